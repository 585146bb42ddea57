"""One sentence of a draft beside each candidate: what the gate decides of it, and how near the candidate comes.

The gate is asked and nothing else decides, so that a check never finds fault with what an answer would show, nor passes
what an answer would withhold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from assistant.aliases import aliases
from assistant.checks.case import Case
from assistant.checks.reading import is_light
from assistant.checks.saying import governors
from assistant.desk.finding import telling
from assistant.domain import Supported, Withheld
from assistant.drafting import Draft, DraftClaim
from assistant.web.wording import day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.desk.finding import Candidate
    from assistant.domain import Citation, WithheldReason
    from ingest.ledger.records import PassageRecord

_CAPITALS = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)+")

WORTH_A_SECOND_LOOK = 0.5
"""A statement with no more than this share of the sentence's words in it is asked about once."""

TOGETHER = 4
"""So many of the best candidates may carry a sentence together, each a clause of it."""


class Admits(Protocol):
    """The part of `assistant.gate.Gate` that is used here."""

    def admit(self, draft: Draft) -> Iterator[Supported | Withheld]:
        """Each claim, decided."""
        ...

    def cite(self, passage: PassageRecord, start: int, end: int) -> Citation:
        """The citation of a place in a live passage."""
        ...


@dataclass(frozen=True)
class Weighed:
    """A candidate with what the gate says of the sentence beside it. `case` is the two, aligned.

    `coverage` is the share of the sentence's words that have a like in the statement; `around` counts those too that
    stand in its passage, its title, publisher or date.
    """

    candidate: Candidate
    decided: Supported | Withheld
    case: Case
    coverage: float
    around: float

    @property
    def stands(self) -> bool:
        """Whether the gate lets the sentence pass with it."""
        return isinstance(self.decided, Supported)

    @property
    def reason(self) -> WithheldReason | None:
        """Why the gate withholds it; None where it stands."""
        return self.decided.reason if isinstance(self.decided, Withheld) else None

    @property
    def detail(self) -> str:
        """The gate's own sentence on why; empty where it stands."""
        return self.decided.detail if isinstance(self.decided, Withheld) else ""


def weigh(gate: Admits, text: str, candidates: Sequence[Candidate]) -> list[Weighed]:
    """`text` beside each candidate, alone and with the sentence that names its speaker; nearest first.

    A candidate with which it stands comes before any with which it does not; ties keep the candidates' order.
    """
    alone = list(gate.admit(Draft(tuple(DraftClaim(text, (one.reference(),)) for one in candidates))))
    found = []
    for one, decided in zip(candidates, alone, strict=True):
        case = case_of(text, one)
        near = coverage(case)
        best = decided
        if isinstance(decided, Withheld) and near > WORTH_A_SECOND_LOOK:
            best = next((more for more in gate.admit(_other_ways(text, one)) if isinstance(more, Supported)), decided)
        found.append(Weighed(one, best, case, near, coverage(case, surroundings(one))))
    return sorted(found, key=lambda one: (not one.stands, -round(one.coverage, 3), -round(one.around, 3)))


def together(gate: Admits, text: str, candidates: Sequence[Candidate]) -> Supported | None:
    """The sentence with several candidates at once, of one document or of all; None when it does not stand so."""
    first = candidates[:1]
    same = [one for one in candidates if first and one.passage.document.id == first[0].passage.document.id]
    for group in (same[:TOGETHER], list(candidates[:TOGETHER])):
        if len(group) < 2:
            continue
        claim = DraftClaim(text, tuple(one.reference() for one in group))
        decided = next(iter(gate.admit(Draft((claim,)))))
        if isinstance(decided, Supported):
            return _without_idle(gate, decided, claim)
    return None


def _without_idle(gate: Admits, decided: Supported, claim: DraftClaim) -> Supported:
    """The same with no citation that it stands without."""
    for reference in claim.references:
        fewer = DraftClaim(claim.text, tuple(one for one in claim.references if one != reference))
        if not fewer.references:
            break
        again = next(iter(gate.admit(Draft((fewer,)))))
        if isinstance(again, Supported):
            decided, claim = again, fewer
    return decided


def case_of(text: str, candidate: Candidate) -> Case:
    """The two as the gate's checks read them."""
    metadata = candidate.passage.document.metadata
    about = (metadata.title or "", *filter(None, (metadata.publisher, metadata.author)))
    passage = candidate.passage.text
    return Case(text, (candidate.text,), 0, lambda: aliases((passage,)), about, text=passage)


def coverage(case: Case, around: frozenset[str] = frozenset()) -> float:
    """The share of the sentence's words that have a like in the statement, or a stem in `around`; its names among them.

    A word of saying does not count: every other statement has one.
    """
    saying = {one.place for one in governors(case.said)}
    tokens = case.said.tokens
    carrying = [i for i, one in enumerate(tokens) if one.carries and not is_light(one) and i not in saying]
    missing = [i for i in carrying if i not in case.alignment.places and not telling(tokens[i].text) <= around]
    return 1 - len(missing) / len(carrying) if carrying else 1.0


def surroundings(one: Candidate) -> frozenset[str]:
    """The telling stems of what a reader of the passage knows: its text, headings, title, publisher, author and date."""
    known = one.passage.document.metadata
    written = (one.passage.text, *one.passage.heading_path, known.title, known.publisher, known.author)
    dated = day(known.published) if known.published else ""
    return telling(" ".join((*filter(None, written), dated)))


def as_the_source_names(text: str, one: Candidate) -> str:
    """`text` with the speaker called what the source calls them there: "Professor Sampson" is its "Sampson".

    Only where the document itself has the draft's name for them, by the ledger.
    """
    told = one.told.attribution if one.told else None
    if told is None or any(mark in text for mark in '“"') and told.speaker in text:
        return text
    parts = set(told.name.split())
    for match in _CAPITALS.finditer(text):
        run = match.group().split()
        if len(run) > 1 and set(run) <= parts and match.group() != told.speaker:
            return text[: match.start()] + told.speaker + text[match.end() :]
    return text


def _other_ways(text: str, one: Candidate) -> Draft:
    """The sentence with what names its speaker cited beside the statement, and with the name that the source uses."""
    named = as_the_source_names(text, one)
    basis, before = one.basis(), one.neighbour(-1)
    beside = [basis] if basis is not None else []
    if before is not None and (basis is None or basis.start != before.span.start):
        beside.append(before.reference())
    claims = [DraftClaim(named, (one.reference(),))] if named != text else []
    claims += [DraftClaim(shown, (more, one.reference())) for shown in dict.fromkeys((text, named)) for more in beside]
    return Draft(tuple(claims))
