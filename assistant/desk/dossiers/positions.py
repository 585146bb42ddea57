"""What each body held of the subject over time, and where that changed, as far as standings and words tell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.conversation.naming import by_shape
from assistant.desk.dossiers.entries import Positions, Step
from assistant.desk.dossiers.naming import everybody, without_brackets
from assistant.web.standings import LABELS
from ingest.ledger.entity_index import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from assistant.desk.dossiers.entries import Contrary, Entry
    from assistant.domain import Standing, Supported
    from ingest.ledger.records import DocumentRecord
    from ingest.understanding.statement import Attribution, Entity

WEIGHT: tuple[Standing, ...] = (
    "decision",
    "law",
    "finding",
    "denial",
    "response",
    "request",
    "allegation",
    "opinion",
    "statement_of_fact",
)
"""The weightiest first: what a body has decided outweighs what it asked for in the same document."""

_NO_STEP = frozenset({"statement_of_fact", "opinion", "response"})
"""Standings that neither make nor unmake a position: a view after a decision is no step back."""

_LONGEST_NAME = 10
_BEFORE_AN_OFFICE = frozenset("uk british former then current new acting outgoing deputy".split())
_SPEAKS_FOR = re.compile(
    r"(?:\w+ )?(?:spokes\w+|lawyers?|officials?|solicitors?|representatives?) (?:for|of|at|from) (?:the )?(.+)", re.I
)
_RUN_TOGETHER = re.compile(r"[A-Z]\w*(?: [A-Z]\w*){0,3} the ([A-Z].+)")
_TAKES_A_VIEW = re.compile(
    r"\b(?:no evidence|no concerns?|has (?:\w+ )?concerns?|(?:is|was|remains) (?:not )?(?:satisfied|concerned|persuaded)|cleared|"
    r"compl(?:y|ies|ied) with|in breach|no further action)\b",
    re.I,
)
"""What a body holds, though it is told as a fact."""
_GENERIC = re.compile(r"the ([A-Za-z]+)", re.I)
_ACRONYM = re.compile(r"[A-Z]{2,6}|[^A-Z]*")
_OFFICE = re.compile(r"\b(?:commissioner|minister|secretary|ombudsman|judge|chair\w*|senator|mp|committee)\b", re.I)


@dataclass(frozen=True)
class Bodies:
    """Public bodies by their folded names, and people by the body in whose name they write."""

    named: Mapping[str, Entity]
    officers: Mapping[str, str]

    @classmethod
    def of(cls, entities: Sequence[Entity], documents: Iterable[DocumentRecord]) -> Bodies:
        """The bodies of a library. Whoever is the author of what a body publishes writes for it."""
        named = everybody(entities, ("public_body",))
        made = cls(named, {})
        officers = {
            fold(one.metadata.author): body
            for one in documents
            if one.metadata.author and (body := made.publisher(one.metadata.publisher)) is not None
        }
        return cls(named, officers)

    def publisher(self, name: str | None) -> str | None:
        """The body that a publisher is; None for one that is none."""
        plain = without_brackets(name or "")
        known = self.named.get(fold(plain))
        if known is not None:
            return known.name
        return plain if by_shape(plain) == "public_body" and not _ACRONYM.fullmatch(plain) else None

    def learned(self, read: Iterable[tuple[DocumentRecord, bool, Iterable[Attribution]]]) -> Bodies:
        """With those whom documents give an office: "Ana Ruiz, the UK's Harbour Commissioner".

        `read` are documents, whether each is the thing itself, and its attributions that have a role.
        """
        found = dict(self.officers)
        for record, primary, attributions in read:
            publisher = self.publisher(record.metadata.publisher) if primary else None
            for one in attributions:
                body = self._of_office(one.role or "")
                if body is None and publisher is not None and _OFFICE.search(one.role or ""):
                    body = publisher
                if body is not None:
                    found.setdefault(fold(one.name), body)
        return Bodies(self.named, found)

    def _opening(self, text: str) -> str | None:
        """The body that a sentence opens with and tells of: "The Rail Authority fined ..."."""
        opening = text.split()[:_LONGEST_NAME]
        for end in range(len(opening), 0, -1):
            words = " ".join(opening[:end])
            known = self.named.get(fold(words))
            if known is not None and words[:1].isupper() and not words.endswith(("’s", "'s", ",")):
                return known.name
        return None

    def _of_office(self, role: str) -> str | None:
        """The body of that name, with a country in front of it perhaps; another country's is another."""
        form = fold(role)
        while form:
            if form in self.named:
                return self.named[form].name
            first, _, form = form.partition(" ")
            if first not in _BEFORE_AN_OFFICE:
                return None
        return None

    def behind(self, told: Attribution | None, claim: Supported) -> str | None:
        """The body whose position a claim is; None where nobody says it or whoever does is no body."""
        if told is None:
            own = self.publisher(claim.citations[0].publisher) if claim.account == "primary" else None
            return self._opening(claim.text) or own
        for name in (told.name, told.speaker):
            known = self.named.get(fold(name))
            if known is not None:
                return known.name
        for shape in (_SPEAKS_FOR, _RUN_TOGETHER):
            inner = shape.fullmatch(told.name)
            known = self.named.get(fold(inner[1])) if inner else None
            if known is not None:
                return known.name
        officer = self.officers.get(fold(told.name))
        if officer is not None:
            return officer
        if told.role and _OFFICE.search(told.role):
            return self._of_office(told.role) or told.name
        generic = _GENERIC.fullmatch(told.name)
        if generic:
            publisher = self.publisher(claim.citations[0].publisher)
            return publisher if publisher and generic[1].casefold() in publisher.casefold() else None
        return told.name if by_shape(told.name) == "public_body" and not _ACRONYM.fullmatch(told.name) else None


def positions(
    entries: Sequence[Entry], key: Callable[[Entry], Sequence[tuple[str, str]]], contrary: Sequence[Contrary]
) -> tuple[Positions, ...]:
    """The entries by body and whom it speaks of, as `key` gives them; those that say most first."""
    groups: dict[tuple[str, str], list[Entry]] = {}
    for one in entries:
        for pair in key(one):
            groups.setdefault(pair, []).append(one)
    made = [Positions(body=body, on=on, steps=_steps(group, contrary)) for (body, on), group in groups.items()]
    return tuple(sorted(made, key=lambda one: (-sum(len(step.entries) for step in one.steps), one.body, one.on)))


def weightiest(claims: Iterable[Supported]) -> Standing | None:
    """The weightiest standing among claims."""
    held = [one.standing for one in claims if one.standing is not None]
    return min(held, key=WEIGHT.index) if held else None


def _steps(group: Sequence[Entry], contrary: Sequence[Contrary]) -> tuple[Step, ...]:
    by_time: dict[tuple[str, str], list[Entry]] = {}
    for one in sorted(group, key=lambda one: (one.date or "9999", one.number)):
        cited = one.claim.citations[0]
        by_time.setdefault((one.date or "", cited.document), []).append(one)
    told = [one for group in by_time.values() for one in _of_weight(group)]
    kept = {one.number for one in told}
    steps: list[Step] = []
    for entries in by_time.values():
        shown = [one for one in entries if one.number in kept]
        standing = weightiest(one.claim for one in shown)
        change = _change(steps, standing, shown, contrary)
        steps.append(Step(date=shown[0].date, standing=standing, entries=tuple(e.number for e in shown), change=change))
    return tuple(steps)


def _of_weight(group: Sequence[Entry]) -> Sequence[Entry]:
    """What is more than told as a fact, or all of it where nothing is."""
    weighing = [
        one
        for one in group
        if one.claim.standing not in (None, "statement_of_fact") or _TAKES_A_VIEW.search(one.claim.text)
    ]
    return weighing or group


def _change(
    before: Sequence[Step], standing: Standing | None, shown: Sequence[Entry], contrary: Sequence[Contrary]
) -> str | None:
    if not before or shown[0].date is None or before[-1].date is None:
        return None
    earlier = {number for step in before for number in step.entries}
    now = {one.number for one in shown}
    for pair in contrary:
        one, other = (pair.one, pair.other) if pair.one in earlier else (pair.other, pair.one)
        if one in earlier and other in now:
            return f"Other than entry {one}, which it does not agree with."
    last = before[-1].standing
    if standing is None or last is None or standing == last or {standing, last} & _NO_STEP:
        return None
    return f"From {LABELS[last].lower()} to {LABELS[standing].lower()}."
