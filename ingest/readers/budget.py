"""What one reading may use up, for readers that can stop half-way and say so.

The child that parses files sets it before each file (see `ingest.sandbox_worker`); called without it, a reader
works under the defaults. A context variable, because `read(source)` has no room for it.
"""

from __future__ import annotations

import time
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Budget:
    """`pages` a file may have; `deadline` on `time.monotonic()` after which optional work is left undone."""

    pages: int = 5_000
    deadline: float | None = None

    def left(self) -> float:
        """Seconds until the deadline, never below 0; infinite without one."""
        return float("inf") if self.deadline is None else max(0.0, self.deadline - time.monotonic())


CURRENT: ContextVar[Budget] = ContextVar("budget", default=Budget())  # noqa: B039 - it is frozen
