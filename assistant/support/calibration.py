"""How the cross-encoder's verdict and what can be seen of words, figures and names are weighed into one score.

Two logistic models, one for a sentence of evidence and one for a page, and everything between them in proportion:
on a sentence the wording decides and words in common say little, on a page words that are found nowhere tell more.
Fitted on training pairs that the cross-encoder had not seen (`eval.training.claim_checker.calibrate`). Two thresholds:
`balanced` is right equally often for claims that are carried and claims that are not; `strict` is for showing claims to
people, where passing a wrong one costs more than holding a right one back.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

SHORT, LONG = 15, 75
"""Words of evidence up to which only the first model counts, and from which on only the second."""

FURTHEST = 6.0
"""Log odds beyond this are taken for this: the cross-encoder is seldom as sure as it says."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """`model` weighs the log odds of "supported"; `alignment` is for `alignment.FEATURES`, in that order."""

    intercept: float
    model: float
    alignment: tuple[float, ...]

    def log_odds(self, model: float, features: tuple[float, ...]) -> float:
        """The log odds that the evidence carries the claim."""
        weighed = sum(weight * feature for weight, feature in zip(self.alignment, features, strict=True))
        return self.intercept + self.model * max(-FURTHEST, min(FURTHEST, model)) + weighed


@dataclass(frozen=True, slots=True)
class Calibration:
    """Both models and the thresholds that go with them."""

    short: Weighing
    long: Weighing
    balanced: float
    strict: float

    def score(self, model: float, features: tuple[float, ...], words: int) -> float:
        """The probability that evidence of that many words carries the claim; `model`: the cross-encoder's log odds."""
        part = breadth(words)
        total = (1 - part) * self.short.log_odds(model, features) + part * self.long.log_odds(model, features)
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, total))))


def breadth(words: int) -> float:
    """0 for a sentence, 1 for a page."""
    return max(0.0, min(1.0, (words - SHORT) / (LONG - SHORT)))


BUILT_IN = Calibration(
    short=Weighing(0.721, 0.974, (-0.412, 0.48, 0.179, 0.559, -0.4)),
    long=Weighing(-0.18, 0.849, (1.44, 0.185, -0.618, -0.548, -0.16)),
    balanced=0.489,
    strict=0.777,
)
BY_WORDS = Calibration(
    short=Weighing(-1.242, 0.0, (1.9, -0.142, 0.166, 0.024, -1.049)),
    long=Weighing(-1.065, 0.0, (2.675, 0.208, -0.875, -0.906, -0.465)),
    balanced=0.625,
    strict=0.845,
)
