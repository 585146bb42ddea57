"""The statements of the library on one subject, as the ledger stores them, and the claims that the gate makes of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from assistant.conversation.naming import with_article
from assistant.desk.dossiers.dating import dated
from assistant.desk.dossiers.naming import Names, without_brackets
from assistant.desk.finding import Candidate
from assistant.domain import Scope, Supported, Withheld
from assistant.drafting import Draft, DraftClaim
from assistant.families import lemma
from ingest.ledger.entity_index import fold, holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.desk.dossiers.dating import Dated
    from assistant.desk.dossiers.entries import NamedIn
    from assistant.desk.weighing import Admits
    from assistant.domain import Citation
    from ingest.ledger.records import DocumentRecord, PassageRecord
    from ingest.ledger.understood import Understood
    from ingest.understanding.statement import Attribution

MOST = 600
"""Statements of one dossier; of more, those in no standing of weight are left out first, and that is told."""

_TAKES_UP = re.compile(r"[“\"'‘]?(?:He|She|It|They|This|That|These|Those|His|Her|Its|Their|Both)\b")
_PRONOUN = re.compile(r"(?:He|She|It|They)\b")
_ITEM = re.compile(r"\|")
_COMPANY = re.compile(r"\b[Tt]he (?:company|firm|vendor|manufacturer|supplier|maker)\b", re.I)
FEWEST = 3
"""Words of a statement; fewer are a greeting, a heading or a rule."""
SHORT = 2_500
"""Characters of a document that is on what its title names from end to end; a longer one tells of other things as well."""


class Reads(Protocol):
    """What is asked of the ledger."""

    def documents(self, *, live_only: bool = True, scope: Scope = ...) -> list[DocumentRecord]:
        """Live documents inside a scope."""
        ...

    def mentioning(self, phrases: Sequence[str], scope: Scope = ...) -> list[DocumentRecord]:
        """Live documents inside a scope whose text has one of those phrases."""
        ...

    def passages_of(self, document_id: str, version: int | None = None) -> list[PassageRecord]:
        """The passages of a document, in the order of its text."""
        ...

    def understanding(self, id: str, version: int | None = None) -> Understood:  # noqa: A002 - the ledger's own word
        """Whom a document names, and whether it is the thing itself."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """A statement on the subject. `by` tells that the words are its own, `addressed` that they are put to it."""

    candidate: Candidate
    by: bool
    addressed: bool
    named_in: NamedIn
    dated: Dated

    @property
    def order(self) -> tuple[str, str, str, int]:
        """By date, those without one last, then by place."""
        document, _, start = self.candidate.key
        return self.dated.date or "9999", self.candidate.passage.document.metadata.published or "9999", document, start

    @property
    def weighs(self) -> bool:
        """Whether it is more than told as a fact, or somebody's words."""
        told = self.candidate.told
        return self.by or (told is not None and (told.standing != "statement_of_fact" or told.attribution is not None))


class Read(NamedTuple):
    """One document as it was read: what is known of it as a whole, and its statements on the subject."""

    record: DocumentRecord
    known: Understood
    found: tuple[Found, ...]
    officers: tuple[Attribution, ...] = ()
    """Attributions that give their speaker a role."""


class Admitted(NamedTuple):
    """A statement with the claim that the gate made of it; `copies` are the same words elsewhere."""

    found: Found
    claim: Supported
    copies: tuple[Found, ...]
    before: Citation | None = None


def documents_on(ledger: Reads, name: str, forms: Sequence[str], scope: Scope) -> list[DocumentRecord]:
    """The live documents inside `scope` that name somebody, or have the words of a name of theirs.

    The entities of the scope must be named as well. The ledger does not store everybody whom a text names in passing.
    """
    inside = ledger.documents(scope=replace(scope, entities=(name,)))
    known = {one.id for one in inside}
    by_words = ledger.mentioning(forms, replace(scope, entities=()))
    inside += sorted((one for one in by_words if one.id not in known), key=lambda one: one.id)
    for other in scope.entities:
        allowed = {one.id for one in ledger.documents(scope=replace(scope, entities=(other,)))}
        inside = [one for one in inside if one.id in allowed]
    return inside


def read(ledger: Reads, record: DocumentRecord, names: Names) -> Read:
    """What one document holds on whoever bears `names`."""
    known = ledger.understanding(record.id, record.version)
    here = names.within(known.entities)
    about = _about(record, known, here)
    found: list[Found] = []
    officers: list[Attribution] = []
    for passage in ledger.passages_of(record.id, record.version):
        for at, told in enumerate(passage.statements):
            candidate = Candidate(passage, at, told)
            one = _found(candidate, here, about) or (_taken_up(candidate, here) if here.vendor else None)
            if one is not None:
                found.append(one)
            if told.attribution is not None and told.attribution.role:
                officers.append(told.attribution)
    return Read(record, known, tuple(found), tuple(officers))


class _About(NamedTuple):
    """How far a document as a whole is the subject's own, is on it, or is addressed to it; whether it is a short one.

    `others` are the folded names of other vendors in it.
    """

    own: bool
    titled: bool
    letter: bool
    short: bool
    others: frozenset[str] = frozenset()


def _about(record: DocumentRecord, known: Understood, names: Names) -> _About:
    metadata = record.metadata
    own = known.primary and any(
        names.are(one) or names.are(without_brackets(one)) for one in (metadata.publisher, metadata.author) if one
    )
    title = metadata.title or ""
    titled = not own and names.named(title)
    behind = re.split(r"\bto\b", title, maxsplit=1)
    is_letter = re.search(r"\bletter\b", f"{title} {metadata.source_type or ''}", re.I) is not None
    letter = titled and is_letter and len(behind) > 1 and names.named(behind[1])
    vendors = {fold(one.name) for one in known.entities if one.kind == "vendor"}
    short = {word for one in vendors for word in (one, one.partition(" ")[0])} - names.forms
    return _About(own, titled, letter, record.characters <= SHORT, frozenset(short))


def _found(one: Candidate, names: Names, about: _About) -> Found | None:
    told = one.told
    attribution = told.attribution if told else None
    by = names.speak(attribution) or (attribution is None and (about.own or _answers(one, names)))
    addressed = attribution is not None and not by and _is_put_to(attribution.addressee, names, about)
    named_in: NamedIn
    if len(one.text.split()) < FEWEST or one.text.rstrip().endswith("?"):
        return None
    if names.named(_without_another(one, names)):
        named_in = "statement"
    elif attribution is not None and (by or addressed):
        named_in = "speaker"
    elif by:
        named_in = "publisher"
    elif about.titled and _on_the_title(one, names, about):
        named_in = "title"
    else:
        return None
    requested = told is not None and told.standing == "request" and (attribution is None or not attribution.addressee)
    return Found(one, by, addressed or (about.letter and requested and not by), named_in, dated(one))


def _taken_up(one: Candidate, names: Names) -> Found | None:
    """A sentence that opens with "The company" behind one that opens with the subject's name."""
    before = one.neighbour(-1)
    if before is None or not _COMPANY.match(one.text) or len(one.text.split()) < FEWEST:
        return None
    if not names.named(" ".join(before.text.split()[:4])):
        return None
    told = one.told.attribution if one.told else None
    by = told is not None and _COMPANY.match(told.name) is not None
    return Found(one, by, False, "before", dated(one)) if by or told is None else None


def _without_another(one: Candidate, names: Names) -> str:
    """The sentence without its speaker, where that is another of the same short name."""
    told = one.told.attribution if one.told else None
    return one.text.replace(told.speaker, "") if told is not None and names.another(told) else one.text


def _answers(one: Candidate, names: Names) -> bool:
    """Whether a sentence without a speaker tells what the subject denied or replied: its name stands before the verb."""
    told = one.told
    if told is None or told.standing not in ("denial", "response") or not told.cue:
        return False
    before, found, _ = one.text.partition(told.cue)
    return bool(found) and names.named(before) and not re.search(r"[;:]", before)


def _is_put_to(addressee: str | None, names: Names, about: _About) -> bool:
    """Whether somebody is spoken to by name, or as the company in a document whose title names it."""
    return names.are(addressee) or (about.titled and _COMPANY.search(addressee or "") is not None)


def _on_the_title(one: Candidate, names: Names, about: _About) -> bool:
    """Whether a sentence without the name may be taken to be on what the title names.

    A sentence with a part of the name that is not the name ("Northgate Hospital") is on another.
    """
    told = one.told
    if told is None or (told.attribution is None and _TAKES_UP.match(one.text)):
        return False
    if re.search(r"://|\|", one.text) or holds(about.others | names.short, one.text):
        return False
    return about.short or (told.standing not in ("statement_of_fact", "opinion") and told.attribution is not None)


def chosen(found: Sequence[Found], most: int = MOST) -> tuple[list[Found], int]:
    """The statements to be told, in order, and how many are left out; those of more weight go first."""
    ranked = sorted(found, key=lambda one: (not one.weighs, one.named_in in ("title", "publisher"), one.order))
    return sorted(ranked[:most], key=lambda one: one.order), max(0, len(ranked) - most)


def admitted(gate: Admits, found: Sequence[Found]) -> tuple[list[Admitted], list[Withheld]]:
    """What the gate lets pass, in the order of `found`, and what it withholds. The same words are one claim."""
    groups: dict[tuple[str, bool], list[Found]] = {}
    for one in found:
        groups.setdefault((_said(one.candidate.text), one.by), []).append(one)
    passed, withheld = list[Admitted](), list[Withheld]()
    drafts = [list(_drafts(group)) for group in groups.values()]
    decided = iter(gate.admit(Draft(tuple(draft for tries in drafts for draft in tries))))
    for group, tries in zip(groups.values(), drafts, strict=True):
        results = [next(decided) for _ in tries]
        claim = next((one for one in results if isinstance(one, Supported)), None)
        if claim is not None:
            passed.append(Admitted(group[0], claim, tuple(group[1:]), _before(gate, group[0], claim)))
        else:
            withheld += [one for one in results[-1:] if isinstance(one, Withheld)]
    return passed, withheld


def _drafts(group: Sequence[Found]) -> Iterator[DraftClaim]:
    """A statement with its speaker for the pronoun that it opens with, where that is who it stands for; then as it is."""
    one = group[0].candidate
    told = one.told.attribution if one.told else None
    opening, basis = _PRONOUN.match(one.text), one.basis()
    if opening and told is not None and basis is not None and not told.quoted:
        verb = one.text[opening.end() :].split()[:2]
        if lemma(told.verb) in {lemma(word.strip(".,").casefold()) for word in verb}:
            for name in dict.fromkeys((with_article(told.speaker), told.speaker)):
                text = f"{name[:1].upper()}{name[1:]}{one.text[opening.end() :]}"
                yield DraftClaim(text, (basis, one.reference()))
    yield DraftClaim(one.text, tuple(found.candidate.reference() for found in group))


def _before(gate: Admits, found: Found, claim: Supported) -> Citation | None:
    """The sentence before one that takes up what it says and is told as it is."""
    one = found.candidate
    before = one.neighbour(-1)
    if (
        before is None
        or claim.text != one.text
        or not (found.named_in == "before" or _TAKES_UP.match(one.text))
        or _ITEM.search(before.text)
    ):
        return None
    return gate.cite(one.passage, before.span.start, before.span.end)


def _said(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
