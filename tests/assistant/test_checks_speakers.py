"""Who does or says it, across what stands between."""

from __future__ import annotations

import pytest

from assistant.domain import Supported, Withheld
from assistant.drafting import Draft, DraftClaim, Reference
from assistant.gate import Gate
from tests.assistant.material import Shelf, document

SENTENCE = "Halden Stores, whose shops used the system, welcomed the decision."


@pytest.mark.parametrize(
    ("claim", "kind"),
    [
        ("Halden Stores welcomed the decision.", Supported),
        ("The shops welcomed the decision.", Withheld),
        ("The decision welcomed Halden Stores.", Withheld),
    ],
)
def test_the_subject_is_found_across_a_relative_clause(claim: str, kind: type) -> None:
    held = document(SENTENCE)
    reference = Reference(held.document.id, 1, 0, len(SENTENCE), SENTENCE)
    decided = next(iter(Gate(Shelf(held)).admit(Draft((DraftClaim(claim, (reference,)),)))))
    assert isinstance(decided, kind)


@pytest.mark.parametrize(
    ("claim", "kind"),
    [
        ("More than 60% of ports use the two brands.", Withheld),
        ("Pier Watch says that more than 60% of ports use the two brands.", Supported),
        ("The Courier repeats a figure from Pier Watch, that more than 60% of ports use the two brands.", Supported),
    ],
)
def test_a_figure_that_is_somebodys_is_not_told_as_a_fact(claim: str, kind: type) -> None:
    sentence = "The Courier repeats a figure from Pier Watch, that more than 60% of ports use the two brands."
    held = document(sentence)
    reference = Reference(held.document.id, 1, 0, len(sentence), sentence)
    decided = next(iter(Gate(Shelf(held)).admit(Draft((DraftClaim(claim, (reference,)),)))))
    assert isinstance(decided, kind), decided
