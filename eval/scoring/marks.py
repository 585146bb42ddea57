"""One thing that was expected, and whether it came."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """`name` is the expectation, `detail` what was wanted and what came instead, in words; empty when all is well."""

    name: str
    passed: bool
    detail: str = ""
