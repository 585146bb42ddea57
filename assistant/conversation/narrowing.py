"""Filters that a follow-up speaks of: "only 2022", "as of March 2023", "from the ICO", "in the committee's report"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from assistant.conversation.naming import known
from assistant.wording import STOP_WORDS, stem, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.conversation.naming import Holdings
    from assistant.domain import Scope
    from ingest.ledger.records import DocumentRecord

_MONTHS = "January February March April May June July August September October November December".split()
_MONTH = "|".join(f"{month}|{month[:3]}\\.?" for month in _MONTHS)
_DATE = rf"(?:\d{{4}}-\d{{2}}(?:-\d{{2}})?|(?:(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{_MONTH}),? )?(?:19|20)\d{{2}})"
_LEAD = r"(?:(?:and|but|ok(?:ay)?|so|now|please|no|then|(?:can you )?(?:show|give) me)[, ]+)*(?:(?:what|how) about )?"
_ONLY = r"(?:(?:only|just|(?:limit|restrict|narrow|filter)(?: (?:that|this|it|them|down))* (?:to|by))(?: (?:those|the ones|documents|sources|papers|what was))?(?: (?:published|dated|written))?)"
_PAPER = "report|letter|statement|judgment|judgement|guidance|order|decision|notice|article|press release|survey|speech"

_AS_OF = re.compile(rf"[, ]*\bas (?:of|at) (?P<as_of>{_DATE})\b", re.I)
_BETWEEN = re.compile(
    rf"[, ]*\b(?:(?:{_ONLY} )?(?:between|from)|{_ONLY}(?: in| for)?) (?P<since>{_DATE}) ?(?:and|or|to|until|-|–) ?(?P<until>{_DATE})\b",
    re.I,
)
_SINCE = re.compile(rf"[, ]*\b(?:{_ONLY} )?(?:since|from|after) (?P<since>{_DATE})(?: on(?:wards?)?)?\b", re.I)
_UNTIL = re.compile(rf"[, ]*\b(?:{_ONLY} )?(?:until|before|up to|by) (?P<until>{_DATE})\b", re.I)
_IN = re.compile(
    rf"[, ]*\b{_ONLY} (?:in |from |of |for |during )?(?P<period>{_DATE})\b|\b(?P<after>{_DATE}) only\b", re.I
)
_SINCE_THEN = re.compile(r"[, ]*\b(?P<since_then>since then|after that|afterwards|since)(?=\W*$)", re.I)
_BEFORE_THEN = re.compile(r"[, ]*\bbefore (?:that|then)(?=\W*$)", re.I)
_EVER = re.compile(
    r"[, ]*\b(?P<ever>(?:(?:from|in|for) )?(?:any|all|every) (?:years?|times?|dates?|publishers?|sources?|documents?)|"
    r"without (?:the |that |any )?(?:filters?|limits?)|no filters?)\b",
    re.I,
)
_FROM = re.compile(
    rf"^{_LEAD}{_ONLY}? ?(?:(?:from|by|according to|published by) )?(?P<name>(?:the )?[\w’'&.-]+(?: [\w’'&.-]+){{0,7}}?)\W*$",
    re.I,
)
_IN_PAPER = re.compile(
    rf"[, ]*\b(?:only |just )?(?:in|from|according to|by) (?P<paper>(?:the|its|his|her|their|that) (?:[\w’'&-]+ ){{0,6}}?(?:{_PAPER})(?: (?:of|to|on|by) [\w ’'-]+)?)(?=\W*$)",
    re.I,
)
EVERYTHING = "without filters"

_MOST_PAPERS = 3
"""A paper that more documents than these could be is not told apart by what was said of it."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What is left of a follow-up without its filters, the filters it sets, and what they are in words."""

    rest: str
    changes: dict[str, Any] = field(default_factory=dict)
    said: tuple[str, ...] = ()

    @property
    def is_all(self) -> bool:
        """Whether the follow-up says nothing but its filters."""
        return bool(self.changes) and not re.sub(
            r"\b(?:and|but|so|now|then|no|ok|okay|what|how|about|only|just|in|from|of|for|during|show|give|me|can|you|please|those|published|dated|documents|sources)\b|\W",
            "",
            self.rest,
            flags=re.I,
        )

    def applied(self, scope: Scope) -> Scope:
        """`scope` with the filters set; a period takes the place of the one before."""
        return replace(scope, **self.changes)


def narrowed(text: str, library: Holdings, since: str | None = None) -> Narrowed:
    """The filters of the follow-up `text`; `since` is the time that "since then" points at, where one is known."""
    found = Narrowed(text)
    for read in (_ever, _periods, _paper, _origin):
        found = read(found, library)
    before = _BEFORE_THEN.search(found.rest)
    if before and since:
        return _with(found, before, {"since": None, "until": since}, f"published until {since}")
    match = _SINCE_THEN.search(found.rest)
    if match and since and (match["since_then"].lower() != "since" or found.rest.strip(" ?").lower() == "since"):
        found = _with(found, match, {"since": since, "until": None}, f"published since {since}")
    return found


def _with(found: Narrowed, match: re.Match[str], changes: dict[str, Any], said: str) -> Narrowed:
    rest = found.rest[: match.start()] + found.rest[match.end() :]
    return Narrowed(rest, found.changes | changes, (*found.said, said))


def _ever(found: Narrowed, _: Holdings) -> Narrowed:
    match = _EVER.search(found.rest)
    if not match:
        return found
    nothing: dict[str, Any] = {"publishers": (), "entities": (), "source_types": (), "documents": ()}
    return _with(found, match, nothing | {"since": None, "until": None, "as_of": None}, EVERYTHING)


def _periods(found: Narrowed, _: Holdings) -> Narrowed:
    if match := _AS_OF.search(found.rest):
        found = _with(found, match, {"as_of": iso(match["as_of"])}, f"as of {match['as_of']}")
    for pattern in (_BETWEEN, _SINCE, _UNTIL):
        match = pattern.search(found.rest)
        # Inside a longer question a date belongs to what is asked, not to what was published.
        if match and _mostly(found.rest, match):
            given = match.groupdict()
            since, until = given.get("since"), given.get("until")
            changes = {"since": iso(since) if since else None, "until": iso(until) if until else None}
            said = " ".join(f"{name} {day}" for name, day in (("since", since), ("until", until)) if day)
            return _with(found, match, changes, f"published {said}")
    if match := _IN.search(found.rest):
        period = match["period"] or match["after"]
        return _with(found, match, {"since": iso(period), "until": iso(period)}, f"published in {period}")
    return found


def _mostly(text: str, match: re.Match[str]) -> bool:
    rest = re.sub(rf"^{_LEAD}", "", text[: match.start()] + text[match.end() :], flags=re.I)
    return all(word.text.casefold() in STOP_WORDS for word in words(rest))


def _paper(found: Narrowed, library: Holdings) -> Narrowed:
    match = _IN_PAPER.search(found.rest)
    if not match:
        return found
    meant = [one for one in library.documents() if _is_called(match["paper"], one)]
    if not 0 < len(meant) <= _MOST_PAPERS:
        return found
    titles = " or ".join(one.metadata.title or one.name for one in meant)
    return _with(found, match, {"documents": tuple(one.id for one in meant)}, f"in “{titles}”")


def _is_called(paper: str, document: DocumentRecord) -> bool:
    known_as = document.metadata
    held = {
        stem(word.text)
        for part in (known_as.title, known_as.publisher, (known_as.source_type or "").replace("_", " "))
        for word in words(part or "")
    }
    wanted = {stem(word.text) for word in words(paper) if word.text.casefold() not in STOP_WORDS}
    wanted |= {stem(word) for word in re.findall(rf"\b(?:{_PAPER})\b", paper, re.I)}
    return len(wanted) > 1 and wanted <= held


def _origin(found: Narrowed, library: Holdings) -> Narrowed:
    """A follow-up that is nothing but a publisher or a type of document behind "only" or "from"."""
    match = _FROM.match(found.rest)
    if not match or not re.search(r"\b(?:only|just|from|by|according to)\b", found.rest, re.I):
        return found
    name = re.sub(r"^the |(?:'s|’s)? only$", "", match["name"], flags=re.I)
    for read in (_source_types, _publishers, _entities):
        changes, said = read(name, library)
        if changes:
            return _with(found, match, changes, said)
    return found


def _source_types(name: str, library: Holdings) -> tuple[dict[str, Any], str]:
    wanted = [stem(word.text) for word in words(name)]
    held = {one.metadata.source_type for one in library.documents() if one.metadata.source_type}
    meant = sorted(kind for kind in held if [stem(part) for part in re.split(r"[_\s]+", kind)] == wanted)
    return ({"source_types": tuple(meant)}, f"of type {meant[0].replace('_', ' ')}") if meant else ({}, "")


def _publishers(name: str, library: Holdings) -> tuple[dict[str, Any], str]:
    bearer = known(name, library.entities())
    forms = {form.replace("’", "'").casefold() for form in (name, *((bearer.name, *bearer.aliases) if bearer else ()))}
    held = sorted({one.metadata.publisher for one in library.documents() if one.metadata.publisher})
    meant = [one for one in held if one.replace("’", "'").casefold() in forms] or [
        one for one in held if any(re.search(rf"\b{re.escape(form)}\b", one.casefold()) for form in forms)
    ]
    return ({"publishers": tuple(meant)}, f"published by {' or '.join(meant)}") if meant else ({}, "")


def _entities(name: str, library: Holdings) -> tuple[dict[str, Any], str]:
    bearer = known(name, library.entities())
    if bearer is None:
        return {}, ""
    return {"entities": (bearer.name, *bearer.aliases)}, f"naming {bearer.name}"


def iso(said: str) -> str:
    """A date in words, as far as it goes: "March 2023" is 2023-03."""
    if re.fullmatch(r"\d{4}-\d{2}(?:-\d{2})?", said):
        return said
    year = said[-4:]
    month = next((number for number, name in enumerate(_MONTHS, 1) if name[:3].lower() in said.lower()), None)
    day = re.match(r"(\d{1,2})(?!\d)", said)
    parts = [year, *([f"{month:02}"] if month else []), *([f"{int(day[1]):02}"] if month and day else [])]
    return "-".join(parts)


def in_words(scope: Scope) -> tuple[str, ...]:
    """The filters of `scope`, one phrase each."""
    tellers: tuple[tuple[Sequence[str] | str | None, Callable[[], str]], ...] = (
        (scope.publishers, lambda: f"published by {' or '.join(scope.publishers)}"),
        (scope.entities, lambda: f"naming {scope.entities[0]}"),
        (scope.source_types, lambda: f"of type {' or '.join(scope.source_types).replace('_', ' ')}"),
        (scope.documents, lambda: "of those named before"),
        (scope.since, lambda: f"published since {scope.since}"),
        (scope.until, lambda: f"published until {scope.until}"),
        (scope.as_of, lambda: f"as of {scope.as_of}"),
    )
    if scope.since and scope.since == scope.until:
        return (*(tell() for held, tell in tellers[:4] if held), f"published in {scope.since}")
    return tuple(tell() for held, tell in tellers if held)
