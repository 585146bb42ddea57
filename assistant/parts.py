"""Questions in two parts, and the part that nothing found speaks of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.evidence import Evidence

LEAST_MET = 0.4
"""A part of a question of which no sentence with its neighbours holds more is not answered."""

_AND_THEN = re.compile(
    r"[,;?]? (?:and|but) (?=(?:what|which|who|whom|when|where|why|how|is|are|was|were|did|does|do|has|have|will|can)\b)|\? (?=\w)",
    re.I,
)


def part_not_met(evidence: Evidence) -> tuple[str, ...]:
    """The words of the part of a question in two that nothing found answers; none where there is one part, or both are met."""
    text = evidence.view.text
    edges = [0, *(match.end() for match in _AND_THEN.finditer(text)), len(text)]
    if len(edges) == 2:
        return ()
    missing: list[str] = []
    for begin, end in zip(edges, edges[1:], strict=False):
        at = [place for place, word in enumerate(evidence.view.words) if begin <= word.start < end]
        own = [place for place in at if not _elsewhere(place, begin, end, evidence)]
        if own and max(_met(one.match, own, evidence.weights) for one in evidence.statements) < LEAST_MET:
            missing += [evidence.view.words[place].text for place in own]
    whole = len(missing) == len(evidence.view.words)
    return () if whole else tuple(dict.fromkeys(missing))


def _elsewhere(place: int, begin: int, end: int, evidence: Evidence) -> bool:
    """Whether another part of the question has the word too."""
    words = evidence.view.words
    return any(word.stem == words[place].stem and not begin <= word.start < end for word in words)


def _met(match: tuple[float, ...], own: list[int], weights: tuple[float, ...]) -> float:
    whole = sum(weights[place] for place in own)
    return sum(weights[place] * match[place] for place in own) / whole if whole else 1.0
