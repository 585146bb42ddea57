"""Does this evidence carry this claim? A score with a calibrated threshold, and the reason in words.

One Protocol stands in front of every checker: the built-in cross-encoder, any cross-encoder or entailment model
by name or path, and the reading of overlap alone that remains when no model file is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Support:
    """What a checker says of one claim: `score` and `threshold` are between 0 and 1, `reason` is a sentence for people.

    `read` holds the positions, in order, of the evidence sentences that the score rests on; empty when there were none.
    """

    score: float
    threshold: float
    reason: str
    read: tuple[int, ...] = ()

    @property
    def carried(self) -> bool:
        """True when the evidence carries the claim."""
        return self.score >= self.threshold


class SupportChecker(Protocol):
    """Anything that can say how well evidence carries a claim."""

    @property
    def name(self) -> str:
        """What is recorded beside a verdict: the checker and its version."""
        ...

    def check(self, claim: str, evidence_sentences: Sequence[str]) -> Support:
        """How well the sentences, taken together and in this order, carry the claim; no sentences carry nothing."""
        ...
