"""What training reads: one claim with its evidence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    """One claim with its evidence: whole as it was read from the set, later only what the checker will read."""

    claim: str
    evidence: str
    label: str
    source: str
    group: str
    weight: float = 1.0
