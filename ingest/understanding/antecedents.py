"""Whom a pronoun, "the company" or a surname stands for, by what the document has said before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.documents import Span
from ingest.understanding.naming import fits, heads
from ingest.understanding.phrases import bare, is_person
from ingest.understanding.vocabulary import BODY_WORDS, ROLES, WRITINGS

if TYPE_CHECKING:
    from ingest.understanding.naming import Names
    from ingest.understanding.reporting import Report

_NEAR = 6
"""A pronoun takes up nobody whom so many sentences have not named."""

_COMPANIES = frozenset(
    "company firm business vendor supplier manufacturer maker giant developer startup retailer".split()
)
_BODIES = frozenset("agency regulator watchdog body authority group organisation organization charity".split())


@dataclass(frozen=True, slots=True)
class Known:
    """A speaker who is settled. `basis` is the sentence that names them, `told_by` the one that has them speak."""

    speaker: str
    name: str
    person: bool
    basis: Span
    told_by: Span
    where: int


class Antecedents:
    """Goes through a document in its order; `settle` a sentence, then tell that it `saw` it."""

    def __init__(self, names: Names, text: str) -> None:
        self._names = names
        self._text = text
        self._spoken: list[Known] = []
        self._spans: list[Span] = []
        self._authors: dict[str, Known] = {}
        self._addressed: str | None = None

    def saw(self, where: int, span: Span, known: Known | None, block: int) -> None:
        """Remember a sentence and its speaker, if it has one."""
        self._spans.append(span)
        if known is not None:
            self._spoken.append(known)

    def addressee(self, said: str | None) -> str | None:
        """Whom a sentence is addressed to, "the company" by the name of the last one that was addressed by name."""
        if said is None:
            return None
        head = bare(said.split()[-1].lower())
        if said.lower().startswith("the ") and head in _COMPANIES and said.islower():
            return self._addressed or said
        if said[:1].isupper():
            self._addressed = self._names.full(said)
        return self._names.full(said)

    def settle(self, report: Report, where: int, span: Span, block: int, headed: bool) -> Known | None:
        """Who a reporting clause's subject is; None when the text leaves it open."""
        plain = report.who.lower()
        if report.kind == "pronoun":
            if headed and plain in ("he", "she"):
                return None
            return self._pronoun(plain, where, span)
        head = bare(plain.split()[-1])
        if report.kind == "noun" or plain.startswith("the "):
            found = self._noun(report.who, head, where, span)
            if found is not None:
                return found
        name = self._names.full(report.who)
        person = self._names.person(report.who) is not None or is_person(report.who)
        if not person and report.kind == "name" and " " not in report.who and _has_personal_role(report):
            person = True
        if person and is_person(report.who):
            self._names.add_person(report.who, report.role)
            name = self._names.full(report.who)
        known = Known(report.who, name, person, span, span, where)
        if report.verb == "write":
            self._authors["letter"] = known
        return known

    def _pronoun(self, plain: str, where: int, span: Span) -> Known | None:
        if plain in ("i", "we", "you", "who", "which"):
            return None
        want = plain in ("he", "she")
        recent = [one for one in reversed(self._spoken[-_NEAR:]) if where - one.where <= _NEAR and one.person == want]
        recent = [one for one in recent if not want or fits(plain, one.name)]
        if not recent:
            return self._only_person(plain, where, span) if want else None
        last = recent[0]
        if want and any(one.name != last.name and last.where - one.where <= 1 for one in recent[1:]):
            return None  # two people spoke one after the other
        if want and self._others(last, span, plain):
            return None
        return Known(last.speaker, last.name, last.person, last.basis, span, where)

    def _others(self, last: Known, span: Span, plain: str) -> bool:
        """Whether somebody else, whom the pronoun fits, was named after the last speaker spoke."""
        start = last.told_by.end
        named = self._names.known_people(start, span.start)
        return any(one != last.name and fits(plain, one) for one in named)

    def _only_person(self, plain: str, where: int, span: Span) -> Known | None:
        """The only person that the last sentences name."""
        near = self._spans[max(0, where - 3) : where]
        if not near:
            return None
        people = [one for one in self._names.known_people(near[0].start, span.start) if fits(plain, one)]
        if len(people) != 1:
            return None
        return self._named_in(people[0], near, span, where, person=True)

    def _named_in(self, name: str, near: list[Span], span: Span, where: int, *, person: bool) -> Known | None:
        for other in reversed(near):
            for one in self._names.between(other.start, other.end):
                if one.name == name or self._names.full(one.name) == name:
                    return Known(one.name, name, person, other, span, where)
        return None

    def _noun(self, who: str, head: str, where: int, span: Span) -> Known | None:
        """Whom "the company", "the committee", "the letter" takes up."""
        words = who.split()
        if head in WRITINGS:
            author = self._authors.get(head)
            return Known(author.speaker, author.name, author.person, author.basis, span, where) if author else None
        if words[0].lower() != "the" or len(words) > 2:
            return None
        if head in self._names.terms:
            return self._defined(head, span, where)
        near = self._spans[max(0, where - 2 * _NEAR) : where]
        if head in _COMPANIES or head in _BODIES:
            spoken = self._spoken[-2 * _NEAR :]
            recent = [one for one in reversed(spoken) if where - one.where <= 2 * _NEAR and not one.person]
            suited = [one for one in recent if one.name[:1].isupper() and _suits(one.name, head)]
            last = suited[0] if len({one.name for one in suited}) == 1 else None  # of two, either may be meant
            return (
                Known(last.speaker, last.name, person=False, basis=last.basis, told_by=span, where=where)
                if last
                else None
            )
        close = [one.name for other in near[-3:] for one in self._names.between(other.start, other.end)]
        body = heads(self._names, head, close)
        return self._named_in(body, near, span, where, person=False) if body else None

    def _defined(self, head: str, span: Span, where: int) -> Known | None:
        """Whom the document itself says that "the Company" stands for; None when no sentence of it does."""
        name, place = self._names.terms[head]
        basis = next((one for one in self._spans if one.start <= place < one.end), None)
        return Known(name, name, person=False, basis=basis, told_by=span, where=where) if basis is not None else None


def _has_personal_role(report: Report) -> bool:
    """Whether an apposition makes a single name a person's: “Thorne, the harbour commissioner”."""
    words = {bare(word.lower().strip(",")) for word in (report.role or "").split()}
    return bool(words & ROLES) and not report.who.isupper()


def _suits(name: str, head: str) -> bool:
    """No company is a ministry, and no regulator bears a company's form."""
    plain = {bare(word.lower()) for word in name.split()}
    official = plain & (
        BODY_WORDS - {"company", "corporation", "corp", "inc", "ltd", "technology", "technologies", "group"}
    )
    return not official if head in _COMPANIES else not plain & {"inc", "ltd", "corp", "plc", "technologies"}
