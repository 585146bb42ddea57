"""The other side of what is said: looked for among what was found, and put beside it.

A writer chooses what answers best; where the library holds a statement that disagrees with it, that belongs to the answer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.disagreeing import content, disagreement
from assistant.referring import own_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from assistant.disagreeing import Disagreement
    from assistant.domain import Supported
    from assistant.drafting import Draft, DraftClaim
    from assistant.evidence import Evidence, Statement

NEAR_ENOUGH = 0.5
"""The other side must be this near to the best statement, as a share of its score."""

MOST_LOOKED_AT, MOST_SHOWN = 40, 2


def other_sides(chosen: Sequence[Statement], evidence: Evidence) -> list[Disagreement]:
    """What else was found that disagrees with what is chosen, nearest first, and is not chosen itself."""
    if not chosen:
        return []
    least = NEAR_ENOUGH * max(one.score for one in evidence.statements)
    likely = [one for one in evidence.statements[:MOST_LOOKED_AT] if one.score >= least and one not in chosen]
    found: list[Disagreement] = []
    for one in chosen:
        answered = {place_of(side) for pair in found for side in (pair.one, pair.other)}
        if len(found) == MOST_SHOWN or any(disagreement(one, other, evidence.view) for other in chosen):
            continue
        for other in likely:
            if place_of(other) in answered or len(content(one.text) & content(other.text)) < 1:
                continue
            pair = disagreement(one, other, evidence.view)
            if pair is not None:
                found.append(pair)
                break
    return found[:MOST_SHOWN]


def with_other_sides(draft: Draft, evidence: Evidence) -> Draft:
    """The draft with the sources' own words for each side it leaves out, behind what it says.

    Of a language model's draft only what has passed the gate has a side.
    """
    company = draft.company
    if company is None:
        return replace(draft, claims=_completed(draft.claims, evidence))
    return replace(draft, company=lambda claims: [*company(claims), *_sides(claims, evidence)])


def _sides(claims: Sequence[Supported], evidence: Evidence) -> Iterator[DraftClaim]:
    cited = {(one.document, one.version, one.start) for claim in claims for one in claim.citations}
    for pair in other_sides(at(cited, evidence), evidence):
        yield own_words(pair.other, evidence.statements)


def _completed(claims: Iterable[DraftClaim], evidence: Evidence) -> Iterator[DraftClaim]:
    cited: set[tuple[str, int, int]] = set()
    for claim in claims:
        cited |= {(one.document, one.version, one.start) for one in claim.references}
        yield claim
    for pair in other_sides(at(cited, evidence), evidence):
        yield own_words(pair.other, evidence.statements)


def at(places: Iterable[tuple[str, int, int]], evidence: Evidence) -> list[Statement]:
    """The statements of the evidence that begin at those places (document, version, start), in their order."""
    held = {place_of(one): one for one in evidence.statements}
    return [held[place] for place in dict.fromkeys(places) if place in held]


def place_of(one: Statement) -> tuple[str, int, int]:
    """Document, version and start of a statement."""
    return one.passage.document.id, one.passage.document.version, one.start
