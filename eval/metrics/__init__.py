"""Figures with their uncertainty. A metric that does not apply is None and the mean leaves it out."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def interval(values: Sequence[float], *, rounds: int = 2000, seed: int = 0) -> tuple[float, float]:
    """The 95 % interval of the mean of `values` by percentile bootstrap (Efron 1979); raises on no values."""
    if not values:
        raise ValueError("an interval needs at least one value")
    draw = random.Random(seed)  # noqa: S311 - resampling, not a secret
    means = sorted(sum(draw.choices(values, k=len(values))) / len(values) for _ in range(rounds))
    return means[int(rounds * 0.025)], means[int(rounds * 0.975) - 1]
