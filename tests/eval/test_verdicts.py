from __future__ import annotations

import numpy as np
import pytest

from eval.metrics.verdicts import area, balanced_accuracy, grouped_interval

RIGHT = np.array([True, True, False, False])


def test_scores_that_sort_perfectly_have_area_one() -> None:
    assert area(np.array([0.9, 0.8, 0.2, 0.1]), RIGHT) == 1.0
    assert area(np.array([0.1, 0.2, 0.8, 0.9]), RIGHT) == 0.0


def test_ties_count_half() -> None:
    assert area(np.array([0.5, 0.5, 0.5, 0.5]), RIGHT) == pytest.approx(0.5)


def test_a_kind_that_is_absent_has_no_figure() -> None:
    everything = np.array([True, True])
    assert area(np.array([0.1, 0.2]), everything) is None
    assert balanced_accuracy(everything, everything) is None
    assert grouped_interval(everything, everything, ["a", "b"]) is None


def test_balanced_accuracy_gives_both_kinds_the_same_weight() -> None:
    said = np.array([True, True, True, True, True, False])
    right = np.array([True, True, True, True, False, False])
    assert balanced_accuracy(said, right) == pytest.approx(0.75)


def test_lines_of_one_group_are_drawn_together() -> None:
    random = np.random.default_rng(1)
    right = np.tile([True, False], 200)
    said = np.where(random.random(400) < 0.7, right, ~right)
    alone = grouped_interval(said, right, [str(n) for n in range(400)])
    repeated = grouped_interval(np.repeat(said, 4), np.repeat(right, 4), [str(n // 4) for n in range(1600)])
    assert alone is not None
    assert repeated is not None
    assert repeated[1] - repeated[0] == pytest.approx(alone[1] - alone[0], abs=0.02)
