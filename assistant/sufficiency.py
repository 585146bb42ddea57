"""Does the evidence answer the question? Retrieval scores alone cannot tell: a near miss scores high too.

Signals are read off the best statements; a logistic model over a few of them gives the probability that the
question is answered. See `eval/benchmarks/abstention.py` for how it does on labelled data.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.aligning import absent_names
from assistant.bearers import names
from assistant.parts import part_not_met
from assistant.premises import role_not_held
from assistant.signals import read, unmet_premise
from assistant.things import thing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.domain import AbstentionReason
    from assistant.evidence import Evidence
    from assistant.signals import Signals


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether to answer. `reason` is None when the evidence suffices.

    `missing` are words of the question, as asked, that nothing found speaks of. `premise` is what the question takes
    for granted and nothing found says, as (doer, verb) in its own words. `signals` go into the trace.
    """

    reason: AbstentionReason | None
    missing: tuple[str, ...] = ()
    premise: tuple[str, str] | None = None
    signals: Mapping[str, float] = field(default_factory=dict)


BIAS = -5.18
WEIGHTS: dict[str, float] = {"core": 3.5, "joint": 1.38, "late": 0.66, "meaning": 2.07, "length": 1.35, "kind": 0.76}
"""Fitted by logistic regression (C = 3, classes and sets balanced) on clapnq, dragonball, mtrag-govt and the policy
questions."""


UNMET = 0.3
"""A figure, or a thing that bears its name ("which committee"), that is met less than this is not told of."""

LEAST_REST = 0.35
"""So much of what a question asks of somebody it names one sentence must hold, with the sentences around it."""

IN_THESE_WORDS = 0.65
"""From this coverage and late interaction on, the question's own words are there."""


class SufficiencyJudge:
    """A logistic model over interpretable signals; `threshold` is the probability it asks for."""

    def __init__(self, threshold: float) -> None:
        self._threshold = threshold

    def weigh(self, evidence: Evidence) -> Verdict:
        """The verdict on `evidence`; an empty library, scope or result is told apart from a weak one."""
        if not evidence.searched.passages:
            narrowed = not evidence.scope.is_everything
            return Verdict("nothing_in_scope" if narrowed else "library_empty")
        if not evidence.statements:
            return Verdict("nothing_found")
        signals = read(evidence)
        values = signals.values()
        probability = probability_of(values)
        told = {**values, "probability": probability}
        enough = probability >= self._threshold or _says_it_in_these_words(values)
        missing = tuple(dict.fromkeys((*absent_names(evidence.view, evidence.hits), *signals.absent_names)))
        about = any(one.about for one in evidence.statements)
        unmet = missing or not about or _lacks(signals, evidence)
        if unmet or not enough:
            reason: AbstentionReason = "part_not_found" if _on_the_subject(values) else "evidence_too_weak"
            return Verdict(reason, missing or signals.absent_words, signals=told)
        return Verdict(None, part_not_met(evidence), unmet_premise(evidence) or role_not_held(evidence), told)


def _lacks(signals: Signals, evidence: Evidence) -> bool:
    """Whether what was found lacks something without which nothing can answer."""
    wanted = thing(evidence.view.text)
    no_thing = (wanted.figure or wanted.named) and signals.thing < UNMET
    no_matter = bool(names(evidence.view.text)) and signals.rest < LEAST_REST
    return no_thing or no_matter or not (signals.spoken and signals.told and signals.kind)


def probability_of(values: Mapping[str, float]) -> float:
    """The logistic model: probability that the evidence answers the question."""
    return 1 / (1 + math.exp(-(BIAS + sum(weight * values[name] for name, weight in WEIGHTS.items()))))


def _says_it_in_these_words(values: Mapping[str, float]) -> bool:
    """True when one sentence and its surroundings hold the question's own words.

    A short question is far from a long passage in meaning, whatever it asks, so that meaning alone would refuse it.
    """
    return values["coverage"] >= IN_THESE_WORDS and values["late"] >= IN_THESE_WORDS and bool(values["kind"])


def _on_the_subject(values: Mapping[str, float]) -> bool:
    return values["coverage"] >= 0.45
