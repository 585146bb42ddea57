from __future__ import annotations

import pytest

from eval.metrics.shares import share


def test_marks_that_do_not_apply_are_left_out_and_nothing_has_no_figure() -> None:
    figure = share([(1.0, "a"), (None, "b"), (0.0, "c")])
    assert figure is not None
    assert (figure.mean, figure.size, figure.groups) == (0.5, 2, 2)
    assert share([(None, "a")]) is None
    assert share([]) is None


def test_the_interval_widens_when_marks_share_a_source() -> None:
    marks = [float(number % 4 > 0) for number in range(80)]
    alone = share((mark, str(number)) for number, mark in enumerate(marks))
    together = share((mark, str(number % 4)) for number, mark in enumerate(marks))
    assert alone is not None
    assert together is not None
    assert together.high - together.low > 2 * (alone.high - alone.low)
    assert together.mean == alone.mean == pytest.approx(0.75)


def test_a_mark_that_everything_has_is_still_not_certain() -> None:
    every = share((1.0, str(number)) for number in range(10))
    none = share((0.0, str(number)) for number in range(10))
    assert every is not None
    assert none is not None
    assert (every.low, every.high) == (pytest.approx(0.692, abs=0.001), 1.0)
    assert (none.low, none.high) == (0.0, pytest.approx(0.308, abs=0.001))


def test_a_figure_prints_its_count_and_its_groups() -> None:
    assert str(share([(1.0, "a"), (1.0, "a")])).endswith("of 2 in 1 groups")
    assert str(share([(1.0, "a"), (0.0, "b")])).startswith("0.500 [0.000, 1.000] of 2")
