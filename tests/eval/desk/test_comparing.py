from __future__ import annotations

from typing import Any

import pytest

from eval.comparing import CaseResult, compare
from eval.metrics.grouped import change, figure


def result(case: str, passed: int, repeats: int = 1, **told: Any) -> CaseResult:
    known = {"kind": "factoid", "severity": "medium", "group": case, "facts": ("briefing",), "missed": ()}
    return CaseResult.model_validate({"case": case, "passed": passed, "repeats": repeats, **known, **told})


def test_a_case_that_passed_and_fails_is_a_regression_and_is_named() -> None:
    made = compare([result("a", 1), result("b", 1)], [result("a", 0), result("b", 1)], {})

    assert made.verdict == "regression"
    assert [one.after.case for one in made.broken] == ["a"]


def test_a_case_that_failed_and_passes_is_an_improvement() -> None:
    made = compare([result("a", 0), result("b", 1)], [result("a", 1), result("b", 1)], {})

    assert made.verdict == "improvement"
    assert [one.after.case for one in made.mended] == ["a"]


def test_one_broken_case_outweighs_any_number_mended() -> None:
    before = [result("a", 1), *(result(f"m{n}", 0) for n in range(9))]
    after = [result("a", 0), *(result(f"m{n}", 1) for n in range(9))]

    assert compare(before, after, {}).verdict == "regression"


@pytest.mark.parametrize("passed", [1, 2])
def test_an_unsteady_case_is_noise(passed: int) -> None:
    made = compare([result("a", 3, 3)], [result("a", passed, 3)], {})

    assert made.verdict == "noise"
    assert made.steadiness_known
    assert not made.broken


def test_a_quarantined_case_decides_nothing_and_is_told() -> None:
    made = compare([result("a", 1)], [result("a", 0)], {"a": "the source is being rewritten"})

    assert made.verdict == "noise"
    assert made.changed[0].quarantined == "the source is being rewritten"


def test_equal_runs_are_the_same() -> None:
    assert compare([result("a", 1)], [result("a", 1)], {}).verdict == "same"


def test_changed_facts_are_told_though_the_case_still_passes() -> None:
    made = compare([result("a", 1, facts=("x", "y"))], [result("a", 1, facts=("x", "z"))], {})

    assert made.verdict == "same"
    assert (made.changed[0].lost, made.changed[0].gained) == (("y",), ("z",))


def test_with_a_model_one_case_of_many_may_be_chance_unless_it_weighs() -> None:
    before = [result(f"c{n}", 1) for n in range(30)]
    light = [result("c0", 0), *before[1:]]
    grave = [result("c0", 0, severity="critical"), *before[1:]]
    many = [*(result(f"c{n}", 0) for n in range(12)), *before[12:]]

    assert compare(before, light, {}, by_model=True).verdict == "noise"
    assert compare(before, grave, {}, by_model=True).verdict == "regression"
    assert compare(before, many, {}, by_model=True).verdict == "regression"


def test_cases_that_only_one_run_has_are_named_and_not_compared() -> None:
    made = compare([result("a", 1), result("old", 1)], [result("a", 1), result("new", 0)], {})

    assert (made.only_before, made.only_after, made.compared) == (("old",), ("new",), 1)
    assert made.verdict == "same"


def test_items_of_one_source_widen_the_interval() -> None:
    alone = figure([(str(n), float(n % 2)) for n in range(40)])
    shared = figure([(str(n % 2), float(n % 2)) for n in range(40)])

    assert alone is not None and shared is not None
    assert alone.mean == shared.mean == 0.5
    assert shared.high - shared.low > alone.high - alone.low


def test_a_figure_of_nothing_and_a_change_of_nothing_are_absent() -> None:
    assert figure([("a", None)]) is None
    assert change([]) is None


def test_a_change_for_the_worse_that_is_sure_leaves_out_nought() -> None:
    made = change([(str(n), 1.0, 0.0 if n < 15 else 1.0) for n in range(30)])

    assert made is not None
    assert made.sure
    assert made.mean == -0.5
    assert made.chance < 0.01
