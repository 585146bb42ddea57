"""A relative clause between a subject and its verb takes nothing from who does it."""

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
