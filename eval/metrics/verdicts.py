"""Figures for a yes or no with a score: area under the curve, balanced accuracy, and its interval over groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_DRAWS = 1_000


def area(scores: NDArray[np.float64], right: NDArray[np.bool_]) -> float | None:
    """Area under the receiver operating curve, ties counted half (Mann and Whitney 1947); None when one kind is absent."""
    positives = int(right.sum())
    negatives = len(right) - positives
    if not positives or not negatives:
        return None
    _, place, count = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[place]
    return float((ranks[right].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def balanced_accuracy(said: NDArray[np.bool_], right: NDArray[np.bool_]) -> float | None:
    """The mean of the shares of right and of wrong things that were judged so; None when one kind is absent."""
    if right.all() or not right.any():
        return None
    return float((said[right].mean() + (~said[~right]).mean()) / 2)


def grouped_interval(
    said: NDArray[np.bool_], right: NDArray[np.bool_], groups: Sequence[str], *, seed: int = 0
) -> tuple[float, float] | None:
    """The 95 % interval of the balanced accuracy by bootstrap over groups, which are drawn whole; None as above."""
    if balanced_accuracy(said, right) is None:
        return None
    names = {name: number for number, name in enumerate(dict.fromkeys(groups))}
    group = np.array([names[one] for one in groups])
    tallies = np.zeros((len(names), 4))
    for kind, picked in enumerate((right & said, right, ~right & ~said, ~right)):
        np.add.at(tallies[:, kind], group[picked], 1)
    random = np.random.default_rng(seed)
    sums = np.array([tallies[random.integers(0, len(names), len(names))].sum(0) for _ in range(_DRAWS)])
    kept = sums[(sums[:, 1] > 0) & (sums[:, 3] > 0)]
    values = (kept[:, 0] / kept[:, 1] + kept[:, 2] / kept[:, 3]) / 2
    return float(np.percentile(values, 2.5)), float(np.percentile(values, 97.5))
