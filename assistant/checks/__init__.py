"""What the gate holds against every claim, one check a module, in the order they are made.

A check is a function `(claim, quotes) -> Finding | None`: `claim` is the claim's text, `quotes` the exact texts it
cites, and None means that the check has nothing to say against it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.domain import WithheldReason


class Finding(NamedTuple):
    """Why a claim must be withheld: the closed reason and a sentence for people."""

    reason: WithheldReason
    detail: str


if TYPE_CHECKING:
    Check = Callable[[str, Sequence[str]], Finding | None]
