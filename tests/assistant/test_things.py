from __future__ import annotations

import pytest

from assistant.things import thing


@pytest.mark.parametrize(
    ("question", "words", "figure", "named"),
    [
        ("On which stock exchange is Arc Optics listed?", ["stock", "exchange"], False, True),
        ("What was the cash flow of Arc Optics?", ["cash", "flow"], True, False),
        ("What was Arc Optics's turnover?", ["turnover"], True, False),
        ("How many cameras did the council buy?", ["cameras"], True, False),
        ("How much is the contract with Borealis worth?", ["contract"], True, False),
        ("What committee oversees the lamps?", ["committee"], False, True),
        ("What is the council's position on lamps?", [], False, False),
        ("Which company makes the lamps?", [], False, False),
        ("What makes a lamp unsafe?", [], False, False),
        ("What did the council buy?", [], False, False),
    ],
)
def test_the_thing_asked_for_is_read_off_its_noun(
    question: str, words: list[str], *, figure: bool, named: bool
) -> None:
    found = thing(question)
    assert [word.text for word in found.words] == words
    if words:
        assert (found.figure, found.named) == (figure, named)
