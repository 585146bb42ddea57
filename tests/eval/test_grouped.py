from __future__ import annotations

import pytest

from eval.metrics.grouped import figure


def test_marks_that_do_not_apply_are_left_out_and_nothing_has_no_figure() -> None:
    mean = figure([("a", 1.0), ("b", None), ("c", 0.0)])
    assert mean is not None
    assert (mean.mean, mean.count, mean.groups) == (0.5, 2, 2)
    assert figure([("a", None)]) is None
    assert figure([]) is None


def test_the_interval_widens_when_marks_share_a_source() -> None:
    marks = [float(number % 4 > 0) for number in range(80)]
    alone = figure((str(number), mark) for number, mark in enumerate(marks))
    together = figure((str(number % 4), mark) for number, mark in enumerate(marks))
    assert alone is not None
    assert together is not None
    assert together.high - together.low > 2 * (alone.high - alone.low)
    assert together.mean == alone.mean == pytest.approx(0.75)


def test_a_mark_that_everything_has_is_still_not_certain() -> None:
    every = figure((str(number), 1.0) for number in range(10))
    none = figure((str(number), 0.0) for number in range(10))
    assert every is not None
    assert none is not None
    assert (every.low, every.high) == (pytest.approx(0.692, abs=0.001), 1.0)
    assert (none.low, none.high) == (0.0, pytest.approx(0.308, abs=0.001))


def test_a_figure_prints_its_count_and_its_groups() -> None:
    assert str(figure([("a", 1.0), ("a", 1.0)])).endswith("of 2 in 1 groups")
    assert str(figure([("a", 1.0), ("b", 0.0)])).startswith("0.500 [0.000, 1.000] of 2")
