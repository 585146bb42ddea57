"""The mean of marks with its 95 % interval, where marks that share a source are drawn together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

_DRAWS = 2_000


class Share(NamedTuple):
    """A mean between `low` and `high` with 95 % confidence, of `size` marks over `groups` sources."""

    mean: float
    low: float
    high: float
    size: int
    groups: int

    def __str__(self) -> str:
        within = f" in {self.groups} groups" if self.groups != self.size else ""
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}] of {self.size}{within}"


def share(marks: Iterable[tuple[float | None, str]]) -> Share | None:
    """The mean of the marks, each in [0, 1] with the source it rests on; None when no mark applies.

    Marks that are None are left out. The interval is a percentile bootstrap over sources, which are drawn whole
    (Field and Welsh 2007). Where every mark is 0, or every one 1, no draw differs from another; then it is the exact
    binomial bound for as many trials as there are sources (Clopper and Pearson 1934).
    """
    given = [(float(mark), source) for mark, source in marks if mark is not None]
    if not given:
        return None
    names = {source: number for number, source in enumerate(dict.fromkeys(source for _, source in given))}
    values, groups = np.array([mark for mark, _ in given]), np.array([names[source] for _, source in given])
    low, high = _exact(values[0], len(names)) if np.ptp(values) == 0 else _drawn(values, groups, len(names))
    return Share(float(values.mean()), low, high, len(values), len(names))


def _exact(value: float, trials: int) -> tuple[float, float]:
    bound = 0.025 ** (1 / trials)
    if value == 1:
        return bound, 1.0
    return (0.0, 1 - bound) if value == 0 else (float(value), float(value))


def _drawn(values: NDArray[np.float64], groups: NDArray[np.int64], count: int) -> tuple[float, float]:
    sums, sizes = np.bincount(groups, values, count), np.bincount(groups, minlength=count)
    draws = np.random.default_rng(0).integers(0, count, (_DRAWS, count))
    low, high = np.percentile(sums[draws].sum(axis=1) / sizes[draws].sum(axis=1), [2.5, 97.5])
    return float(low), float(high)
