"""How the cross-encoder's verdict and what can be seen of words, figures and names are weighed into one score.

In two steps, so that few numbers are fitted at a time: the words alone (`BY_WORDS`, all there is without a model), then their
log odds beside the cross-encoder's (`BUILT_IN`). Each step has two logistic models, one for a sentence of evidence and one
for a page, and everything between them in proportion: on a sentence the wording decides, on a page words that are
found nowhere tell more. What the cross-encoder says of a long claim counts differently from what it says of a
short one. Fitted on sets that it has read nothing of (`eval.training.claim_checker.calibrate`): on those it was
trained on it is surer than it is elsewhere. Two thresholds: `balanced` is right equally often for claims that are
carried and claims that are not; `strict` is for showing claims to people, where passing a wrong one costs more than
holding a right one back.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

SHORT, LONG = 20, 240
"""Words of evidence up to which only the first model counts, and from which on only the second."""

FURTHEST = 6.0
"""Log odds beyond this are taken for this: the cross-encoder is seldom as sure as it says."""


class Verdict(NamedTuple):
    """The cross-encoder's log odds: on the sentences read together, and the best of these and of single ones."""

    together: float
    best: float


@dataclass(frozen=True, slots=True)
class Weighing:
    """An intercept, and a weight for each of the numbers that are weighed."""

    intercept: float
    weights: tuple[float, ...]

    def log_odds(self, numbers: tuple[float, ...]) -> float:
        """The log odds that the evidence carries the claim."""
        return self.intercept + sum(weight * one for weight, one in zip(self.weights, numbers, strict=True))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Both models and the thresholds that go with them."""

    short: Weighing
    long: Weighing
    balanced: float
    strict: float

    def log_odds(self, numbers: tuple[float, ...], words: int) -> float:
        """The log odds that evidence of that many words carries the claim."""
        part = breadth(words)
        return (1 - part) * self.short.log_odds(numbers) + part * self.long.log_odds(numbers)


def breadth(words: int) -> float:
    """0 for a sentence, 1 for a page; each doubling adds the same."""
    return max(0.0, min(1.0, math.log(max(words, 1) / SHORT) / math.log(LONG / SHORT)))


def beside(words_say: float, verdict: Verdict, length: float) -> tuple[float, ...]:
    """What the second step weighs: the log odds of the words, the verdict, and the verdict by the claim's length."""
    told = [max(-FURTHEST, min(FURTHEST, odds)) for odds in verdict]
    return (words_say, *told, *(odds * length for odds in told))


def probability(log_odds: float) -> float:
    """Between 0 and 1."""
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, log_odds))))


BY_WORDS = Calibration(
    short=Weighing(-0.835, (0.943, 1.024, 0.188, -0.102, -0.028, -0.341, 0.027, -0.864, 0.461)),
    long=Weighing(-0.836, (1.537, 0.823, -0.239, -0.285, -0.606, -0.345, 0.626, -0.349, 0.455)),
    balanced=0.5,
    strict=0.877,
)
"""For `alignment.FEATURES`."""

BUILT_IN = Calibration(
    short=Weighing(0.709, (0.299, 0.117, 0.484, -0.186, -0.102)),
    long=Weighing(0.314, (0.726, -0.442, 1.009, 0.34, -0.619)),
    balanced=0.5,
    strict=0.885,
)
"""For what `beside` makes of them and of the verdict."""
