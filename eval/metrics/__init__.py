"""Figures with their uncertainty. A metric that does not apply is None and the mean leaves it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

_AT_ONCE = 100


def interval(values: Sequence[float], *, rounds: int = 2000, seed: int = 0) -> tuple[float, float]:
    """The 95 % interval of the mean of `values` by percentile bootstrap (Efron 1979); raises on no values."""
    if not values:
        raise ValueError("an interval needs at least one value")
    drawn, draw = np.asarray(values, dtype=np.float64), np.random.default_rng(seed)
    means = [
        drawn[draw.integers(0, len(drawn), (min(_AT_ONCE, rounds - first), len(drawn)))].mean(axis=1)
        for first in range(0, rounds, _AT_ONCE)
    ]
    low, high = np.percentile(np.concatenate(means), [2.5, 97.5])
    return float(low), float(high)
