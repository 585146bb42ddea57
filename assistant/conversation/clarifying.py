"""Asking back: a question that leaves open whom or what it means is answered with the readings this library has.

"What did the commissioner say?" has a reading for every commissioner the library names, "What about the fine?" one for
everybody whom a fine is told of, "What did Tarn say?" one for every Tarn. Each is offered as a question that the
library was found to answer. When the other words of the question fit one of them only, or fewer than two can be
answered, nothing is asked: the question is answered, or refused, as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from assistant.conversation.ellipsis import AUXILIARY
from assistant.conversation.naming import ROLES, known, mentions, with_article
from assistant.conversation.pronouns import ANYBODY_DOES, unexplained
from assistant.conversation.resolving import Asking
from assistant.families import lemma
from assistant.question import view
from assistant.wording import STOP_WORDS, stem, stems, words
from ingest.understanding.statement import Entity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from assistant.conversation.naming import Holdings
    from assistant.conversation.resolving import Resolved
    from assistant.domain import Scope
    from assistant.evidence import Evidence, Statement
    from assistant.sufficiency import Verdict

MOST_CHOICES = 5
MOST_OPEN = 3
"""A question that says more words than these beside the open one is no longer open: they settle who is meant."""

LOOKED_IN = 20
"""Passages, best first, in which two bearers of one name are looked for."""

LOOKED_AT = 8
"""Readings that are tried; a search is made for each."""

_NEARLY_BEST = 0.85
_ROLE = re.compile(
    rf"\b(?P<points>the|that|this)(?P<kind>(?: [a-z]+){{0,2}}?) (?P<head>{ROLES})\b(?!’s|'s)(?! (?:of|for|on|in) )",
    re.I,
)
_THIS = tuple(
    re.compile(
        rf"\b(?P<points>this|that)(?P<kind>(?: [\w-]+){{{more}}}) (?P<head>[A-Za-z]{{4,}})(?=\W|$)(?! (?:of|for) )"
    )
    for more in (2, 1, 0)
)
"""The longest first: "this state library" is a library, though there are states."""

_THING = re.compile(
    r"\b(?:the|that|this) (?P<head>[a-z]{4,})\b(?! (?:of|for|on|about|to|by|against|between|that|which|in) )"
)
_PRONOUN = re.compile(r"\b(?:it|he|she|they)\b", re.I)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_TITLES = frozenset("Professor Prof Dr Mr Mrs Ms Sir Dame Lord Lady Baroness Judge Justice Minister".split())
_ON = frozenset("ban decision order ruling vote judgment judgement opinion view".split())
_FOR = frozenset("fine penalty deadline contract reason".split())
_MODIFIES = frozenset("the this that a an new same other own first last".split())
_COMPANIES = frozenset("company firm vendor supplier manufacturer".split())


class _Vague(NamedTuple):
    """The words of a question that leave it open, and the readings: what may stand in their place."""

    start: int
    end: int
    readings: list[_Reading]


class _Reading(NamedTuple):
    """One whom or what may be meant: how it is written in the question, and the names it goes by."""

    written: str
    forms: tuple[str, ...]


@dataclass(frozen=True)
class LibraryClarifier:
    """See `Clarifier`. `answers` tells whether the library answers a question inside a scope."""

    library: Holdings
    answers: Callable[[str, Scope], bool]

    def ask_back(self, resolved: Resolved, evidence: Evidence, verdict: Verdict) -> Asking | None:
        """See `Clarifier`; the verdict has no say in it: to ask back is no way out of answering."""
        text = resolved.text
        for find in (self._role, self._surname, self._thing):
            vague = find(text, evidence)
            if vague is None:
                continue
            choices: list[str] = []
            for reading in self._open(text, vague, evidence)[:LOOKED_AT]:
                choice = text[: vague.start] + reading.written + text[vague.end :]
                choice = _as_question(choice[0].upper() + choice[1:])
                if len(choices) < MOST_CHOICES and choice not in choices and self.answers(choice, resolved.scope):
                    choices.append(choice)
            if len(choices) > 1:
                return Asking(
                    f"“{text[vague.start : vague.end].strip()}” may mean several in this library.", tuple(choices)
                )
        return None

    def _open(self, text: str, vague: _Vague, evidence: Evidence) -> list[_Reading]:
        """The readings that the other words of the question leave open, those found first in front."""
        rest = [
            at
            for at, word in enumerate(evidence.view.words)
            if not vague.start <= word.start < vague.end and lemma(word.text.casefold()) not in ANYBODY_DOES
        ]
        ranked = sorted(evidence.statements, key=lambda one: -_covered(one, rest, evidence.weights))
        if len(rest) > MOST_OPEN:
            return []
        if rest and ranked:
            best = _covered(ranked[0], rest, evidence.weights)
            ranked = [one for one in ranked if _covered(one, rest, evidence.weights) >= _NEARLY_BEST * best]
        place: dict[int, int] = {}
        for at, one in enumerate(ranked):
            for number, reading in enumerate(vague.readings):
                if number not in place and _speaks_of(one, reading, in_sentence=bool(rest)):
                    place[number] = at
        found = sorted(place, key=lambda number: (place[number], number))
        others = [] if rest else [number for number in range(len(vague.readings)) if number not in place]
        return [vague.readings[number] for number in (*found, *others)]

    def _role(self, text: str, evidence: Evidence) -> _Vague | None:
        """A role or kind that several bear: "the commissioner", "this library", "the company"."""
        matches = [match for pattern in (_ROLE, *_THIS) if (match := pattern.search(text))]
        for match in matches:
            if match.re is _ROLE and re.match(r" [A-Z]", text[match.end() :]):
                return None
            if match["kind"] and match["kind"] != match["kind"].lower() and match["head"][:1].isupper():
                continue  # "the Foreign Affairs Committee" is a name; nobody else is meant
            wanted = {stem(word) for word in match["kind"].split() if word.casefold() not in STOP_WORDS}
            bearers = _bearers(match["head"], wanted, [*self.library.entities(), *_named(match["head"], evidence)])
            if len(bearers) > 1:
                return _Vague(match.start(), match.end(), bearers)
        return None if matches else self._pronoun(text)

    def _pronoun(self, text: str) -> _Vague | None:
        """An "it" or "they" that nothing explains, neither the question nor the conversation."""
        if view(text).names or not _PRONOUN.search(text):
            return None
        entities = self.library.entities()
        match, kinds = unexplained(text, entities)
        if match is None:
            return None
        return _Vague(match.start(), match.end(), _apart([one for one in entities if one.kind in kinds]))

    def _surname(self, text: str, evidence: Evidence) -> _Vague | None:
        """One name that several people bear."""
        for name in (one for one in view(text).subjects if " " not in one):
            # The library's names are only read when what was found speaks of two who bear it.
            first = re.compile(rf"\b([A-Z][\w’'-]+) {re.escape(name)}\b")
            found = {match[1] for hit in evidence.hits[:LOOKED_IN] for match in first.finditer(hit.passage.text)}
            if len(found - _TITLES) < 2 or known(name, self.library.entities()):
                continue
            people = [one for one in self.library.entities() if one.kind == "person" and one.name.split()[-1] == name]
            full = _apart(people)
            place = re.search(rf"\b{re.escape(name)}\b", text)
            if len(full) > 1 and place:
                return _Vague(place.start(), place.end(), full)
        return None

    def _thing(self, text: str, evidence: Evidence) -> _Vague | None:
        """A thing that is told of several: "the fine" in a question that says hardly more and names nobody."""
        match = _THING.search(text)
        if match is None or len(view(text).words) > 2 or mentions(text, self.library.entities()):
            return None
        # "about X" fits behind a thing that ends its phrase: not inside "the chief executive", nor behind one who acts.
        if re.fullmatch(ROLES, match["head"]) or re.match(rf" (?!(?:{AUXILIARY})\b)[a-z]", text[match.end() :]):
            return None
        head, entities = match["head"], self.library.entities()
        told = [one for one in evidence.statements if stem(head) in stems(one.text)]
        names: dict[str, Entity] = {}
        for one in told:
            for mention in mentions(one.text, entities):
                bearer = known(mention.name, entities)
                if bearer is not None and bearer.kind in ("vendor", "person", "organisation"):
                    names.setdefault(bearer.name, bearer)
        between = "for" if head in _FOR else "on" if head in _ON else "about"
        readings = [
            _Reading(f"{match.group()} {between} {one.written}", one.forms) for one in _apart(list(names.values()))
        ]
        return _Vague(match.start(), match.end(), readings) if len(readings) > 1 else None


def _as_question(text: str) -> str:
    """As a question that a source could answer: "what about X" asks nothing yet, what is said of X does."""
    return re.sub(r"^(?:(?:and|but|so) )*(?:what|how) about\b", "What is said of", text, flags=re.I)


def _covered(one: Statement, rest: Sequence[int], weights: Sequence[float]) -> float:
    """How much of the words at `rest` a statement meets, itself or by its passage."""
    whole = sum(weights[at] for at in rest)
    if not whole:
        return one.score
    return sum(weights[at] * max(one.match[at], 0.5 * one.context_match[at]) for at in rest) / whole


def _speaks_of(one: Statement, reading: _Reading, *, in_sentence: bool) -> bool:
    """Whether a statement is by, or of, whom a reading means; with `in_sentence` its title does not count."""
    told = one.attribution
    title = "" if in_sentence else one.passage.document.metadata.title or ""
    whole = " ".join(filter(None, (one.text, told.name if told else "", (told.role if told else "") or "", title)))
    held = stems(whole)
    return any(
        {stem(word.text) for word in words(form) if word.text.casefold() not in STOP_WORDS} <= held
        for form in reading.forms
    )


def _bearers(head: str, wanted: set[str], entities: Iterable[Entity]) -> list[_Reading]:
    """Entities that a form calls by the word `head`, with the words `wanted` in it; one for those that are the same."""
    found: list[Entity] = []
    for one in entities:
        forms = (one.name, *one.aliases)
        fits = any(_ends_on(form, head) and wanted - _MODIFIES <= stems(form) for form in forms)
        if fits or (head.casefold() in _COMPANIES and one.kind == "vendor" and not wanted):
            found.append(one)
    return _apart(found)


def _named(head: str, evidence: Evidence) -> list[Entity]:
    """Whom the passages found call by the word `head`, whether or not the library knows them as one it names."""
    texts = [hit.passage.text for hit in evidence.hits[:LOOKED_IN]]
    names = dict.fromkeys(name for text in texts for name in view(text).subjects if _ends_on(name, head))
    return [Entity(name.removeprefix("The "), "public_body") for name in names]


def _ends_on(form: str, head: str) -> bool:
    """Whether a name is one of a `head`: "Ports Committee", "Committee of Ports", "Superior Court of Felmouth"."""
    core = re.split(r" (?:of|for|on) |, ", form)[0].split()
    return bool(core) and len(form.split()) > 1 and stem(core[-1]) == stem(head)


def _apart(entities: Sequence[Entity]) -> list[_Reading]:
    """Entities as readings, those that are one under two names joined: the first, most named, is how it is written."""
    readings: list[tuple[set[str], list[str]]] = []
    for one in entities:
        held = {_core(form) for form in (one.name, *one.aliases)}
        same = next((reading for reading in readings if reading[0] & held), None)
        if same is None:
            readings.append((held, [one.name, *one.aliases]))
        else:
            same[0].update(held)
            same[1].extend((one.name, *one.aliases))
    return [_Reading(with_article(forms[0]), tuple(dict.fromkeys(forms))) for _, forms in readings]


def _core(form: str) -> str:
    """A name without whose it is and without titles: "the UK’s Ports Committee of the House" is the Ports Committee."""
    plain = re.sub(
        r"^(?:the )?(?:[A-Z][\w.]*['’]s )?(?:(?:Professor|Prof|Dr|Mr|Mrs|Ms|Sir|Dame|Lord|Lady)\.? )*", "", form
    )
    plain = re.sub(rf"^(?:{_MONTHS}) (?:the )?", "", plain)
    first = re.split(r" of (?:the )?(?=[A-Z])", plain)[0]
    return (first if len(first.split()) > 1 else plain).casefold().replace("’", "'")
