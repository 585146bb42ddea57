from __future__ import annotations

import pytest

from assistant.support.alignment import FEATURES, align


def test_a_sentence_lies_fully_on_itself() -> None:
    said = "The Lyndon Council fined Northgate Water 9 million pounds in March 2021."
    found = align(said, [said])
    assert (found.coverage, found.nearest, found.weakest, found.gap) == (1.0, 1.0, 1.0, 0)
    assert (found.missing_figures, found.missing_names, found.denies) == ((), (), False)
    assert found.plain


def test_a_figure_that_the_evidence_lacks_is_named() -> None:
    assert align("The fine was 9 million pounds.", ["The fine was 7 million pounds."]).missing_figures == ("9",)


def test_a_name_that_the_evidence_lacks_is_named() -> None:
    found = align("The fine was set for Southgate Water.", ["The fine was set for Northgate Water."])
    assert found.missing_names == ("Southgate",)


def test_a_claim_that_denies_what_the_evidence_says_is_seen() -> None:
    assert align("The council did not fine the company.", ["The council fined the company."]).denies


def test_words_that_the_evidence_lacks_lower_the_coverage() -> None:
    assert align("The council closed the library.", ["The council closed the harbour."]).coverage == pytest.approx(
        2 / 3
    )


def test_evidence_that_is_absent_covers_nothing() -> None:
    assert align("The council closed the harbour.", []).coverage == 0.0


def test_there_is_a_name_for_every_feature() -> None:
    assert len(align("A claim.", ["A claim."]).features()) == len(FEATURES)


def test_words_spread_over_sentences_are_covered_by_none_of_them() -> None:
    found = align(
        "The council closed the harbour and fined the company.", ["The council closed it.", "A harbour company."]
    )
    assert found.nearest < found.coverage < 1


def test_the_clause_that_is_found_least_is_the_weakest() -> None:
    found = align(
        "The council closed the harbour, and the minister praised the wardens.", ["The council closed the harbour."]
    )
    assert found.weakest == 0.0
    assert found.gap == 3


def test_the_plain_rule_wants_every_figure() -> None:
    evidence = ["The council fined the company in 2021."]
    assert align("The council fined the company in 2021.", evidence).plain
    assert not align("The council fined the company in 2020.", evidence).plain
