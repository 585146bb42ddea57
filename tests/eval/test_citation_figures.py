from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.support import Support
from eval.metrics.citations import carried, needed

if TYPE_CHECKING:
    from collections.abc import Sequence


class EveryWord:
    """Takes a claim to be carried when the evidence holds every word of it."""

    name = "every-word"

    def check(self, claim: str, evidence_sentences: Sequence[str]) -> Support:
        held = set(" ".join(evidence_sentences).split())
        return Support(float(set(claim.split()) <= held), 0.5, "")


CHECKER = EveryWord()


def test_a_claim_is_carried_by_its_citations_together() -> None:
    assert carried("harbour closed in March", ["harbour closed", "closed in March"], CHECKER)
    assert not carried("harbour closed in March", ["harbour closed"], CHECKER)
    assert not carried("harbour closed", [], CHECKER)


def test_a_citation_is_needed_when_the_claim_falls_without_it() -> None:
    assert needed("harbour closed in March", ["harbour closed", "closed in March"], CHECKER) == (True, True)


def test_a_citation_that_neither_carries_nor_is_missed_is_not_needed() -> None:
    assert needed("harbour closed", ["harbour closed", "the weather"], CHECKER) == (True, False)


def test_two_citations_that_each_carry_the_claim_are_both_good() -> None:
    assert needed("harbour closed", ["harbour closed", "the harbour closed"], CHECKER) == (True, True)


def test_no_citation_of_a_claim_that_does_not_stand_counts() -> None:
    assert needed("harbour opened", ["harbour closed", "opened"], CHECKER) == (True, True)
    assert needed("harbour burnt", ["harbour closed", "opened"], CHECKER) == (False, False)
