"""What can be read off evidence about whether it answers: a few figures, each of one plain meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.attribution import REPORTING_VERBS
from assistant.wording import stem, stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.evidence import Evidence, Statement

ABSENT = 0.35
"""A word of the question that no passage meets better than this is absent from what was found."""

_REPLIES = frozenset(map(stem, "reply respond answer deny admit apologise refuse reject concede accept".split()))
"""What only the one who is asked can do: a passage about them in which they say nothing does not tell it."""

_SPEAKS = re.compile(
    rf"^(?:[’']s?)?(?:\W+\w+){{0,8}}?\W+(?:{REPORTING_VERBS}|tells|replies|responds|answers|admits|refused|repl(?:y|ied)|"
    r"respond(?:ed)?|answer(?:ed)?|apologised|conceded|accepted|comment(?:ed)?|in (?:reply|response))\b"
)


@dataclass(frozen=True, slots=True)
class Signals:
    """All figures in about [0, 1].

    `coverage`: share of the question, by rarity of its words, that the best sentence and its surroundings hold.
    `meaning`: cosine of the nearest passage. `late`: idf-weighted MaxSim of the best passage.
    `kind`: 0 when the question asks for a date or a number and the best sentences hold none, else 1.
    `spoken`: 0 when it asks what somebody replied, and nothing found has them speak, else 1.
    `absent_names` are names of the question, as asked, that nothing found holds or comes near to.
    """

    coverage: float
    meaning: float
    late: float
    kind: float
    spoken: float
    absent_names: tuple[str, ...]
    absent_words: tuple[str, ...]

    def values(self) -> dict[str, float]:
        """The figures by name."""
        return {
            "coverage": self.coverage,
            "meaning": self.meaning,
            "late": self.late,
            "kind": self.kind,
            "spoken": self.spoken,
        }


def read(evidence: Evidence) -> Signals:
    """The signals of evidence that holds at least one statement."""
    found = evidence.statements
    anywhere = [max(values) for values in zip(*(one.context_match for one in found), strict=True)]
    words = evidence.view.words
    names = {word.start for word in evidence.view.names}
    absent = [word for word, value in zip(words, anywhere, strict=True) if value < ABSENT]
    return Signals(
        coverage=max(_with_surroundings(one, evidence.weights) for one in found),
        meaning=max(hit.signals["meaning"] for hit in evidence.hits),
        late=max(hit.signals["late"] for hit in evidence.hits),
        kind=float(_holds_kind(evidence)),
        spoken=float(_speaks(evidence)),
        absent_names=tuple(word.text for word in absent if word.start in names),
        absent_words=tuple(word.text for word in absent),
    )


def _with_surroundings(one: Statement, weights: Sequence[float]) -> float:
    around = sum(weight * value for weight, value in zip(weights, one.context_match, strict=True))
    return (one.coverage + around) / 2


def _holds_kind(evidence: Evidence) -> bool:
    pattern = KINDS.get(evidence.view.kind)
    return pattern is None or any(pattern.search(one.text) for one in evidence.statements[:3])


def _speaks(evidence: Evidence) -> bool:
    """False when the question asks for a reply and its subject says nothing in what was found."""
    view = evidence.view
    if view.predicate is None or view.predicate.stem not in _REPLIES:
        return True
    agents = [word for word in view.names if word.start < view.predicate.start]
    return not agents or any(_has_speak(one, agents[-1].stem) for one in evidence.statements)


def _has_speak(one: Statement, agent: str) -> bool:
    if one.attribution and agent in stems(one.attribution.speaker):
        return True
    return any(
        stem(match.group()) == agent and _SPEAKS.match(one.text[match.end() :])
        for match in re.finditer(r"[^\W_]+", one.text)
    )


_DATE = re.compile(
    r"\b(?:1[89]|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December)\b|\b(?:last|this) (?:year|month|week|summer|autumn|spring|winter)\b|\bago\b|\byesterday\b",
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|million|billion|half|third|"
    r"quarter|none)\b",
    re.I,
)
KINDS = {"date": _DATE, "number": _NUMBER}
"""What a sentence must hold, at least, to answer a question of that kind."""
