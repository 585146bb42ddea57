"""What the gate holds against every claim, one check a function, in the order they are made.

A check is a function `(case) -> Finding | None`: `case` is the claim beside one sentence it cites (see
`assistant.checks.case`), and None means that the check has nothing to say against it. Where a check cannot tell, it
speaks against the claim.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.checks.case import Case
    from assistant.domain import WithheldReason


class Finding(NamedTuple):
    """Why a claim must be withheld: the closed reason and a sentence for people."""

    reason: WithheldReason
    detail: str


if TYPE_CHECKING:
    Check = Callable[[Case], Finding | None]
