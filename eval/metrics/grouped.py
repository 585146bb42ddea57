"""Means over items of which some share a source, with intervals that heed it.

Items that rest on one source are right or wrong together, so whole groups are drawn (cluster bootstrap; Cameron, Gelbach
and Miller 2008; for evaluations Miller 2024, "Adding Error Bars to Evals").
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ROUNDS = 2_000


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over `count` items in `groups` groups; `low` and `high` bound its 95 % interval."""

    mean: float
    low: float
    high: float
    count: int
    groups: int

    def __str__(self) -> str:
        within = f" in {self.groups} groups" if self.groups != self.count else ""
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}] of {self.count}{within}"


def figure(items: Iterable[tuple[str, float | None]], *, seed: int = 0) -> Figure | None:
    """The mean of the values of (group, value); values that are None are left out; None when nothing is left.

    Where every value is 0, or every one 1, no draw differs from another. The interval is then the exact binomial one for
    as many trials as there are groups (Clopper and Pearson 1934).
    """
    groups: dict[str, list[float]] = defaultdict(list)
    for group, value in items:
        if value is not None:
            groups[group].append(float(value))
    if not groups:
        return None
    sums = np.array([sum(groups[key]) for key in sorted(groups)])
    sizes = np.array([len(groups[key]) for key in sorted(groups)])
    low, high = _bounds(sums, sizes, seed)
    return Figure(float(sums.sum() / sizes.sum()), low, high, int(sizes.sum()), len(groups))


@dataclass(frozen=True, slots=True)
class Change:
    """Mean of paired differences (after less before) with its 95 % interval, and how often chance alone does as much."""

    mean: float
    low: float
    high: float
    chance: float
    count: int

    @property
    def sure(self) -> bool:
        """Whether the interval leaves out nought."""
        return self.low > 0 or self.high < 0


def change(pairs: Sequence[tuple[str, float, float]], *, seed: int = 0) -> Change | None:
    """The change from before to after over (group, before, after), by paired bootstrap over groups; None without pairs.

    `chance` is two-sided: twice the share of draws on the other side of nought (Koehn 2004).
    """
    if not pairs:
        return None
    groups: dict[str, list[float]] = defaultdict(list)
    for group, before, after in pairs:
        groups[group].append(after - before)
    sums = np.array([sum(groups[key]) for key in sorted(groups)])
    sizes = np.array([len(groups[key]) for key in sorted(groups)])
    drawn = _drawn(sums, sizes, seed)
    low, high = (float(bound) for bound in np.percentile(drawn, [2.5, 97.5]))
    chance = 2 * min(float((drawn <= 0).mean()), float((drawn >= 0).mean()))
    return Change(float(sums.sum() / sizes.sum()), low, high, min(1.0, chance), int(sizes.sum()))


def _bounds(sums: np.ndarray, sizes: np.ndarray, seed: int) -> tuple[float, float]:
    certain = 0.025 ** (1 / len(sums))
    if not sums.any():
        return 0.0, 1 - certain
    if (sums == sizes).all():
        return certain, 1.0
    low, high = np.percentile(_drawn(sums, sizes, seed), [2.5, 97.5])
    return float(low), float(high)


def _drawn(sums: np.ndarray, sizes: np.ndarray, seed: int) -> np.ndarray:
    picked = np.random.default_rng(seed).integers(0, len(sums), (_ROUNDS, len(sums)))
    drawn: np.ndarray = sums[picked].sum(axis=1) / sizes[picked].sum(axis=1)
    return drawn
