"""Time taken side by side: by the clock, and by the processor, which other processes of a shared machine change less.

Processor time is that of this process, all its threads, and of child processes that have ended.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(slots=True)
class Cost:
    """Seconds."""

    clock: float = 0.0
    processor: float = 0.0


@dataclass(frozen=True, slots=True)
class Figure:
    """What was compared with what: a cost each round, and the goal for the ratio of the first to the second.

    With `speeds` the ratio is that of speeds and must be at least the goal; else it is that of costs and must be at
    most the goal.
    """

    name: str
    ours: Sequence[Cost]
    theirs: Sequence[Cost]
    goal: float
    speeds: bool = False

    def ratio(self, kind: str) -> float:
        """Of the medians over all rounds; `kind` is a field of `Cost`."""
        ours, theirs = (median(getattr(cost, kind) for cost in side) for side in (self.ours, self.theirs))
        ratio: float = ours / theirs
        return 1 / ratio if self.speeds else ratio

    def met(self, kind: str) -> bool:
        """Whether the goal is met."""
        return self.ratio(kind) >= self.goal if self.speeds else self.ratio(kind) <= self.goal


@contextmanager
def measured() -> Iterator[Cost]:
    """The cost of the block, filled in at its end."""
    cost = Cost()
    clock, processor = time.perf_counter(), _processor()
    try:
        yield cost
    finally:
        cost.clock, cost.processor = time.perf_counter() - clock, _processor() - processor


def _processor() -> float:
    spent = os.times()
    return spent.children_user + spent.children_system + time.process_time()


def show(title: str, figures: Sequence[Figure]) -> None:
    """Print a table of the figures with both ratios and whether the goal is met."""
    sys.stdout.write(f"\n{title}\n{'figure':<58}{'ratio, clock':>14}{'processor':>11}{'goal':>8}  met\n")
    for one in figures:
        met = [one.met(kind) for kind in ("clock", "processor")]
        said = {
            (True, True): "yes",
            (False, False): "no",
            (True, False): "by the clock",
            (False, True): "by processor time",
        }
        sys.stdout.write(f"{one.name:<58}{one.ratio('clock'):>14.2f}{one.ratio('processor'):>11.2f}")
        sys.stdout.write(f"{'≥' if one.speeds else '≤'} {one.goal:<4g}".rjust(8) + f"  {said[met[0], met[1]]}\n")
    sys.stdout.write("\n")
