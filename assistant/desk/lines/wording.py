"""A stored statement as a press office words it: speaker and verb in front, no "however", nobody called "he".

Every wording is a proposal. The gate is asked about one after another, and the first that it lets pass is taken; the
source's own words come last. Nothing is put in that the statement or its speaker's sentence does not have.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.domain import Supported, Withheld
from assistant.drafting import Draft, DraftClaim
from assistant.referring import own_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.desk.weighing import Admits
    from assistant.evidence import Statement

_PRONOUN = re.compile(r"(?P<one>He|She|It|They)\b(?!['’])", re.I)
_POINTS = re.compile(
    r"\W*(?:He|She|It|They|This|That|These|Those|His|Her|Its|Their|Both|Such|There|Here|"
    r"An? (?:later|corrected|subsequent) (?:update|version|correction|notice))\b",
    re.I,
)
_LABEL = re.compile(r"\[(?P<label>[A-Z]{3,})(?P<more>[,:] [^\]]{1,60})?\]\s+")
_LEADS_IN = re.compile(
    r"(?:However|Meanwhile|Moreover|Furthermore|Additionally|In addition|Also|But|And|Yet|Indeed|Separately|Instead),?\s+(?=\S)"
)
_FRAGMENT = re.compile(
    r"(?:Says|Claims|Argues|Warns|Adds|Notes|Reports that|Published (?:on )?\d|Asked by|Told|Providing|Speaking)\b(?! by)"
)
"""What has lost whoever says it."""

_ASKED_BY = re.compile(r"Asked by (?P<who>(?:[A-Z][\w’'.-]+ ?){1,5}) (?P<rest>(?:about|for|to|whether|how|what|why)\b)")
_POINTS_BACK = re.compile(
    r"(?:After|Following|In|By|Despite|With|On|Under|As a result of)\b[^,]{0,40}\b(?:this|that|these|those|it|them|which)\b[^,]{0,30}, (?=[A-Z“])"
)
_RELATIVE = re.compile(r"(?P<when>(?:Last|This|Earlier this|Later this|Yesterday|Today)\b[^,]{0,16}), (?=\w)")
_ALSO = re.compile(r"^((?:\S+ ){1,6})also (?=[a-z])")
_SAID = r"(?:said|says|wrote|writes|added|adds|argued|warned|claimed|stated|told [^,“”\"]{2,40}|explained|insisted)"
_QUOTED_FIRST = re.compile(
    rf"(?P<quote>[“\"][^“”\"]+[”\"]),?\s+(?:(?P<who>[^,“”\"]{{2,80}}?)\s+(?P<verb>{_SAID})|(?P<verb2>said|says|wrote|writes)\s+(?P<who2>[^“”\"]{{2,90}}?))\.?$"
)
_SAID_LAST = re.compile(
    rf"(?P<what>[^“”\"]{{20,}}?),\s+(?P<who>(?:the\s+)?[A-Z][^,“”\"]{{1,60}}?)\s+(?P<verb>{_SAID})\.$"
)
_ENDS = re.compile(r"[.!][”\"’')\]]*$")


class Worder:
    """Words statements; safe to share between threads."""

    def __init__(self, gate: Admits) -> None:
        self._gate = gate

    def word(self, one: Statement, statements: Sequence[Statement]) -> Supported | Withheld | None:
        """The best wording that passes; else why the source's own words do not; None where none can be read alone."""
        refused: Withheld | None = None
        for claim in wordings(one, statements):
            decided = next(iter(self._gate.admit(Draft((claim,)))))
            if isinstance(decided, Supported):
                return decided
            refused = decided
        return refused


def wordings(one: Statement, statements: Sequence[Statement]) -> Iterator[DraftClaim]:
    """Proposals, the best first; none for what can only be read in its place ("This shows ...", a heading)."""
    plain = own_words(one, statements)
    seen: set[str] = set()
    for text in _texts(one, plain.text):
        if text not in seen:
            seen.add(text)
            yield replace(plain, text=text)


def _texts(one: Statement, own: str) -> Iterator[str]:
    text = " ".join(own.split())
    if not _ENDS.search(text):
        return
    bare = _unlabelled(text, one)
    proposals = dict.fromkeys((*_tidied(bare, one), bare, text))
    for wording in proposals:
        if _POINTS.match(wording):
            yield from _named(wording, one)
        elif asked := _ASKED_BY.match(wording):
            yield f"{asked['who'].strip()} asked {wording[asked.start('rest') :]}"
        elif not _FRAGMENT.match(wording) and not (wording == text and (_FRAGMENT.match(bare) or _POINTS.match(bare))):
            yield from _speaker_first(wording, one)
            yield wording


def _tidied(text: str, one: Statement) -> Iterator[str]:
    """Without what leads over from a sentence before, and without "last week" where the ledger knows the date."""
    if text[:1] in '“"':
        return
    shorter = _POINTS_BACK.sub("", _LEADS_IN.sub("", text, count=1), count=1)
    relative = _RELATIVE.match(shorter)
    times = one.told.times if one.told is not None else ()
    if relative and any(time.date and time.words.casefold() == relative["when"].casefold() for time in times[:1]):
        shorter = shorter[relative.end() :]
    yield _capital(_ALSO.sub(r"\1", shorter))
    yield _capital(shorter)


def _unlabelled(text: str, one: Statement) -> str:
    """Without a label that a note puts in front of its lines; of an allegation it is the word that says so."""
    label = _LABEL.match(text)
    if label is None:
        return text
    rest = text[label.end() :]
    if one.attribution is not None:
        return rest
    if one.told is not None and one.told.standing == "allegation":
        return f"{label['label'].capitalize()}: {rest}"
    return text if label["more"] else rest


def _named(text: str, one: Statement) -> Iterator[str]:
    """Whoever "he" or "it" is, where the ledger knows it; nothing otherwise."""
    told, pronoun = one.attribution, _PRONOUN.match(text)
    if told is None or pronoun is None:
        return
    for name in dict.fromkeys((told.name, told.speaker)):
        if not _POINTS.match(f"{name} "):
            yield _capital(name) + text[pronoun.end() :]


def _speaker_first(text: str, one: Statement) -> Iterator[str]:
    """What ends on "Ruiz said" with that in front, and a bare quotation with whoever says it in front."""
    told = one.attribution
    quoted = _QUOTED_FIRST.fullmatch(text)
    if quoted:
        who, verb = quoted["who"] or quoted["who2"], quoted["verb"] or quoted["verb2"]
        words = quoted["quote"][1:-1].rstrip(",")
        if not _POINTS.match(who):
            yield f"{_capital(who)}{',' if ',' in who else ''} {verb}: “{words if words[-1:] in '.!?' else words + '.'}”"
        elif told is not None:
            yield f"{_capital(told.name)} {verb}: “{words if words[-1:] in '.!?' else words + '.'}”"
        return
    last = _SAID_LAST.fullmatch(text)
    if last and not _POINTS.match(last["what"]):
        what = last["what"]
        lowered = what[0].lower() + what[1:] if re.match(r"(?:The|A|An|In|No|All|Some|More)\b", what) else what
        yield f"{_capital(last['who'])} {last['verb']} that {lowered}."
    if told is not None and told.quoted and one.named_elsewhere and text.startswith(f"{told.speaker}: "):
        for name in dict.fromkeys((told.name, told.speaker)):
            yield f"{_capital(name)}: {text[len(told.speaker) + 2 :]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
