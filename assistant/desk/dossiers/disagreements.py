"""Which entries do not agree, by the rules that answers use; only pairs that share words are held against each other."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from assistant.desk.dossiers.entries import Contrary
from assistant.disagreeing import content, disagreement
from assistant.evidence import Statement
from assistant.question import view
from assistant.wording import stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.desk.dossiers.gathering import Admitted

_SAYING = frozenset(map(stem, "said told asked added wrote statement called says tells asks noted".split()))

SHARED = 3
"""Words of weight that two statements have in common before they are held against each other."""

MOST_PAIRS = 500
"""Pairs that are held against each other, those that share most first."""


def contrary(name: str, admitted: Sequence[Admitted]) -> tuple[Contrary, ...]:
    """Pairs of entries that disagree, by number; each entry is the first of at most one pair."""
    seen = view(f"What is said of {name}?")
    statements = [_statement(one) for one in admitted]
    found: dict[int, Contrary] = {}
    for one, other in _pairs(admitted):
        if one in found:
            continue
        pair = disagreement(statements[one], statements[other], seen)
        if pair is not None and pair.one is statements[one]:
            found[one] = Contrary(kind=pair.kind, one=one + 1, other=other + 1, here=pair.here, there=pair.there)
    return tuple(found[place] for place in sorted(found))


def _pairs(admitted: Sequence[Admitted]) -> list[tuple[int, int]]:
    """Pairs that may speak of one matter; a denial is held against what is alleged, never against its own side."""
    words = [content(one.claim.text) - _SAYING for one in admitted]
    likely: list[tuple[int, int, int]] = []
    for one, other in combinations(range(len(admitted)), 2):
        shared = len(words[one] & words[other])
        standings = {admitted[one].claim.standing, admitted[other].claim.standing}
        if "denial" in standings and admitted[one].found.by == admitted[other].found.by:
            continue
        if shared >= (SHARED - 1 if standings == {"denial", "allegation"} else SHARED):
            likely.append((-shared, one, other))
    return [(one, other) for _, one, other in sorted(likely)[:MOST_PAIRS]]


def _statement(one: Admitted) -> Statement:
    candidate = one.found.candidate
    return Statement(
        passage=candidate.passage,
        index=candidate.index,
        start=candidate.span.start,
        end=candidate.span.end,
        text=candidate.text,
        score=0.0,
        coverage=0.0,
        match=(),
        context_match=(),
        hit_score=0.0,
        told=candidate.told,
    )
