from __future__ import annotations

import pytest

from assistant.attributes import OTHER, SAME, UNTOLD, bearing, wanted


def test_an_attribute_is_read_off_its_bearer() -> None:
    found = wanted("Who is the chief executive of Borealis Group?")
    assert found is not None and found.head == ("chief", "execut") and found.bearer[0] == "boreali"
    genitive = wanted("Who is Borealis's chief executive?")
    assert genitive is not None and genitive.head == found.head
    assert wanted("Who voted against it?") is None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Mia Stone, Chief Executive of Arc Optics, spoke first.", OTHER),
        ("Arc Optics’s chief executive spoke first.", OTHER),
        ("Ivo Lund, chief executive of Borealis, spoke next.", SAME),
        ("The chief executives of Arc Optics and the chief executive of Borealis met.", SAME),
        ("Its chief executive, Ivo Lund, spoke next.", UNTOLD),
        ("Borealis is in Norvale.", UNTOLD),
    ],
)
def test_an_attribute_of_another_bearer_is_told_apart(sentence: str, expected: float) -> None:
    assert bearing(sentence, "Who is the chief executive of Borealis Group?") == expected
