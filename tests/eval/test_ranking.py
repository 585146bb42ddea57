from __future__ import annotations

import random

import ir_measures
import pytest
from ir_measures import AP, RR, R, nDCG

from eval.metrics import interval
from eval.metrics.ranking import average_precision, difference, ndcg, recall, reciprocal_rank


def made_up(questions: int) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Rankings of 30 of 60 passages and one to five right ones for each question, some of them not ranked at all."""
    draw = random.Random(7)
    names = [f"p{i:02}" for i in range(60)]
    ranked = {f"q{i}": draw.sample(names, 30) for i in range(questions)}
    right = {f"q{i}": draw.sample(names, draw.randint(1, 5)) for i in range(questions)}
    return ranked, right


@pytest.mark.parametrize("k", [1, 5, 10, 20])
def test_the_metrics_agree_with_trec_eval(k: int) -> None:
    ranked, right = made_up(50)
    relevance = [ir_measures.Qrel(q, one, 1) for q, several in right.items() for one in several]
    run = [
        ir_measures.ScoredDoc(q, one, -float(rank)) for q, several in ranked.items() for rank, one in enumerate(several)
    ]
    wanted = [nDCG @ k, AP @ k, R @ k, RR]
    theirs = {(one.query_id, one.measure): one.value for one in ir_measures.iter_calc(wanted, relevance, run)}
    for q in ranked:
        assert ndcg(ranked[q], right[q], k) == pytest.approx(theirs[q, nDCG @ k], abs=1e-6)
        assert average_precision(ranked[q], right[q], k) == pytest.approx(theirs[q, AP @ k], abs=1e-6)
        assert recall(ranked[q], right[q], k) == pytest.approx(theirs[q, R @ k], abs=1e-6)
        assert reciprocal_rank(ranked[q], right[q]) == pytest.approx(theirs[q, RR], abs=1e-6)


def test_nothing_found_scores_nothing() -> None:
    assert ndcg([], ["a"], 10) == average_precision([], ["a"], 10) == recall([], ["a"], 10) == 0
    assert reciprocal_rank(["b"], ["a"]) == 0


def test_a_difference_is_paired_by_question() -> None:
    ours, theirs = [0.2, 0.9, 0.4] * 20, [0.1, 0.8, 0.3] * 20
    mean, low, high = difference(ours, theirs)
    assert (mean, low, high) == pytest.approx((0.1, 0.1, 0.1))


def test_unequal_numbers_of_questions_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        difference([1.0], [1.0, 0.0])


def test_an_interval_holds_the_mean_and_narrows_with_more_values() -> None:
    few, many = interval([0.0, 1.0] * 10), interval([0.0, 1.0] * 1000)
    assert few[0] < 0.5 < few[1]
    assert many[1] - many[0] < few[1] - few[0]
    assert interval([0.0, 1.0] * 10) == few
    with pytest.raises(ValueError, match="at least one"):
        interval([])
