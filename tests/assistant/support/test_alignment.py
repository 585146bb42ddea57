from __future__ import annotations

import pytest

from assistant.support.alignment import FEATURES, align


def test_a_sentence_lies_fully_on_itself() -> None:
    said = "The Lyndon Council fined Northgate Water 9 million pounds in March 2021."
    found = align(said, [said])
    assert (found.coverage, found.pairs, found.figures, found.names, found.negation) == (1.0, 1.0, 0.0, 0.0, 0.0)


def test_a_figure_that_the_evidence_lacks_is_named() -> None:
    assert align("The fine was 9 million pounds.", ["The fine was 7 million pounds."]).missing_figures == ("9",)


def test_a_name_that_the_evidence_lacks_is_named() -> None:
    found = align("The fine was set for Southgate Water.", ["The fine was set for Northgate Water."])
    assert found.missing_names == ("Southgate",)


def test_a_claim_that_denies_what_the_evidence_says_is_seen() -> None:
    assert align("The council did not fine the company.", ["The council fined the company."]).negation == 1.0


def test_words_that_the_evidence_lacks_lower_the_coverage() -> None:
    assert align("The council closed the library.", ["The council closed the harbour."]).coverage == pytest.approx(
        2 / 3
    )


def test_evidence_that_is_absent_covers_nothing() -> None:
    assert align("The council closed the harbour.", []).coverage == 0.0


def test_there_is_a_name_for_every_feature() -> None:
    assert len(align("A claim.", ["A claim."]).features()) == len(FEATURES)
