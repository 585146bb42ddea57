"""The times a sentence speaks of, and what dates them.

Absolute dates date themselves. Relative ones ("Last July", "in December last year", "two weeks ago", "on Tuesday") are
resolved against a date of reference: that of publication, or, for quoted words, that of the statement if it is known.
Without one they stay as they are written. A month without a year is the latest one not after the reference, unless
the sentence looks ahead; then nothing tells the year. Weeks run from Monday to Sunday (ISO 8601).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ingest.understanding.statement import Time

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ingest.understanding.statement import Basis

_MONTHS = "january february march april may june july august september october november december".split()
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_NUMBERS = {
    word: i for i, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}
_NUMBERS |= {"a": 1, "an": 1}
_COUNT = rf"(?:{'|'.join(_NUMBERS)}|\d{{1,3}})"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"

_ANY = re.compile(
    # All of them begin with a word; said once in front, most places of a sentence are passed over at a glance.
    r"\b(?:"
    rf"(?P<iso>\b(?:19|20)\d\d-\d\d-\d\d\b)|"
    rf"(?P<dmy>\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m1>{_MONTH}),? (?P<y1>(?:19|20)\d\d)\b)|"
    rf"(?P<mdy>\b(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>(?:19|20)\d\d)\b)|"
    rf"(?P<my>\b(?P<m3>{_MONTH}),? (?:of )?(?P<y3>(?:19|20)\d\d)\b)|"
    rf"(?P<half>\b(?P<which>first|second) half (?:year )?(?:of )?(?P<y4>(?:19|20)\d\d)\b)|"
    rf"(?P<mly>\b(?:(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom) )?(?P<m4>{_MONTH}) (?:of )?(?P<r4>last|this|next) year\b)|"
    rf"(?P<lm>\b(?P<r5>[Ll]ast|[Tt]his|[Nn]ext|[Ee]arlier this|[Ll]ater this) (?P<u5>{_MONTH}|{_DAY}|year|month|week|quarter|{_SEASON})\b)|"
    rf"(?P<ago>\b(?P<n6>(?i:{_COUNT}|several|few|some|many|a few|a couple of)) (?P<u6>days?|weeks?|months?|years?|decades?) ago\b)|"
    rf"(?P<near>\b(?P<w7>[Yy]esterday|[Tt]oday|[Tt]omorrow)\b)|"
    rf"(?P<span>\bthe (?:previous|following) (?:day|week|month|year)\b)|"
    rf"(?P<dm>\b(?P<d8>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m8>{_MONTH})\b(?! \d))|"
    rf"(?P<md>\b(?P<m9>{_MONTH}) (?P<d9>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,? \d))|"
    rf"(?P<m>\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom|[Dd]uring) (?:late |early |mid-)?(?P<m10>{_MONTH})\b(?! \d| {_MONTH}| (?:last|this|next) year))|"
    rf"(?P<wd>\b(?:[Oo]n )?(?P<wd11>{_DAY})(?:[’']s)?\b)|"
    rf"(?P<y>\b(?:[Ii]n|[Ss]ince|[Bb]y|[Ff]rom|[Uu]ntil|[Dd]uring|between|and|of|early|late|mid|to|19|20|,|\() ?(?:early |late |mid-)?(?P<y12>(?:19|20)\d\d)\b(?![/-]\d|\d))"
    r")"
)
_HINT = re.compile(
    r"\d|(?:day|week|month|year|quarter)s?\b|\bago\b|[Yy]esterday|[Tt]omorrow|[Ll]ast |"
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)
_AHEAD = re.compile(
    r"\b(?:will|shall|would|is due|are due|expected|plans? to|deadline|closes?|upcoming|scheduled)\b", re.I
)
_UP_TO = ("by ", "until ")
_NAME_OF_LAW = re.compile(
    r"(?:Act|Bill|Regulations?|Order|Directive|Rules|Code|Year|Agenda|FY|Covid|COVID|Olympics|Strategy)(?: of)?,? ?$"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A date that relative dates are counted from, ISO 8601 as far as it is known, and where it is from."""

    iso: str
    basis: Basis

    @property
    def parts(self) -> tuple[int, int | None, int | None]:
        """Year, month, day; None from where it is not known."""
        numbers = [int(part) for part in self.iso.split("-")[:3]]
        return numbers[0], numbers[1] if len(numbers) > 1 else None, numbers[2] if len(numbers) > 2 else None


def reference(iso: str | None, basis: Basis = "published") -> Reference | None:
    """A reference from ISO text; None for text that is no date."""
    if iso is None or not re.fullmatch(r"\d{4}(?:-\d\d(?:-\d\d)?)?", iso[:10]):
        return None
    found = Reference(iso[:10], basis)
    year, month, day = found.parts
    if (month is not None and not 1 <= month <= 12) or (month and day and not 1 <= day <= monthrange(year, month)[1]):
        return None
    return found


def times(sentence: str, at: Reference | None, *, lookahead: bool | None = None) -> tuple[Time, ...]:
    """The times of a sentence in order, each once. `at` None leaves relative ones as written."""
    if not _HINT.search(sentence):
        return ()
    found: dict[tuple[str, str | None], Time] = {}
    for match in _ANY.finditer(sentence):
        one = _time(match, sentence, at, lookahead)
        if one is not None:
            found.setdefault((one.words, one.date), one)
    return tuple(found.values())


def _time(match: re.Match[str], sentence: str, at: Reference | None, lookahead: bool | None) -> Time | None:
    group = next(name for name in _KINDS if match[name] is not None)
    words = match.group().strip(" ,(")
    stated = _stated(group, match)
    if group == "y" and _NAME_OF_LAW.search(sentence[: match.start("y12")]):
        return None
    if stated is not None:
        return Time(words, stated, "stated") if stated else None
    ahead = _looks_ahead(sentence, match) if lookahead is None else lookahead
    date_ = _relative(group, match, at, ahead) if at is not None else None
    return Time(words, date_, at.basis if at is not None and date_ else None)


_KINDS = ("iso", "dmy", "mdy", "my", "half", "mly", "lm", "ago", "near", "span", "dm", "md", "m", "wd", "y")


def _looks_ahead(sentence: str, match: re.Match[str]) -> bool:
    before = _AHEAD.search(sentence, max(0, match.start() - 60), match.end())
    return before is not None or match.group().lower().startswith(_UP_TO)


def _stated(group: str, match: re.Match[str]) -> str | None:
    """ISO of a date that needs no reference; None for one that does, "" for one that no calendar has."""
    match group:
        case "iso":
            return _checked(*map(int, match["iso"].split("-")))
        case "dmy":
            return _checked(int(match["y1"]), _month(match["m1"]), int(match["d1"]))
        case "mdy":
            return _checked(int(match["y2"]), _month(match["m2"]), int(match["d2"]))
        case "my":
            return f"{match['y3']}-{_month(match['m3']):02}"
        case "half":
            first = match["which"] == "first"
            return f"{match['y4']}-01/{match['y4']}-06" if first else f"{match['y4']}-07/{match['y4']}-12"
        case "y":
            return match["y12"]
    return None


def _checked(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _month(word: str) -> int:
    return next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(word.lower().rstrip(".")[:3]))


def _relative(group: str, match: re.Match[str], at: Reference, ahead: bool) -> str | None:
    year, month, day = at.parts
    match group:
        case "mly":
            shift = {"last": -1, "this": 0, "next": 1}[match["r4"]]
            return f"{year + shift}-{_month(match['m4']):02}"
        case "lm":
            return _last_this_next(match["r5"].lower(), match["u5"], at)
        case "ago":
            return _ago(match["n6"].lower(), match["u6"], at)
        case "near":
            if month is None or day is None:
                return None
            shift = {"yesterday": -1, "today": 0, "tomorrow": 1}[match["w7"].lower()]
            return (date(year, month, day) + timedelta(days=shift)).isoformat()
        case "m":
            return None if ahead else _latest_month(_month(match["m10"]), at, strictly=False)
        case "dm" | "md":
            word, number = (match["m8"], match["d8"]) if group == "dm" else (match["m9"], match["d9"])
            return None if ahead else _latest_day(_month(word), int(number), at)
        case "wd":
            return None if ahead else _weekday(_DAYS.index(match["wd11"].lower()), at)
    return None


def _last_this_next(which: str, unit: str, at: Reference) -> str | None:
    year, month, day = at.parts
    shift = {"last": -1, "next": 1}.get(which, 0)
    plain = unit.lower()
    if plain == "year":
        return str(year + shift)
    if month is None:
        return None
    if plain == "month":
        return _shifted(year, month, shift)
    if unit[0].isupper() and plain in _DAYS:
        return _weekday(_DAYS.index(plain), at, before=True) if which == "last" else None
    if unit[0].isupper():
        return (
            _latest_month(_month(unit), at, strictly=True)
            if which == "last"
            else f"{year}-{_month(unit):02}"
            if shift == 0
            else None
        )
    if plain == "week" and day is not None:
        return _week(date(year, month, day) + timedelta(weeks=shift))
    return None


def _shifted(year: int, month: int, by: int) -> str:
    total = year * 12 + month - 1 + by
    return f"{total // 12}-{total % 12 + 1:02}"


def _latest_month(month: int, at: Reference, *, strictly: bool) -> str | None:
    year, now, _ = at.parts
    if now is None:
        return None
    passed = month < now or (month == now and not strictly)
    return f"{year if passed else year - 1}-{month:02}"


def _latest_day(month: int, number: int, at: Reference) -> str | None:
    year, now, day = at.parts
    if now is None or (day is None and month == now):
        return None
    passed = (month, number) <= (now, day or 0)
    return _checked(year if passed else year - 1, month, number) or None


def _weekday(number: int, at: Reference, *, before: bool = False) -> str | None:
    year, month, day = at.parts
    if month is None or day is None:
        return None
    today = date(year, month, day)
    back = (today.weekday() - number) % 7
    return (today - timedelta(days=back or (7 if before else 0))).isoformat()


def _week(day: date) -> str:
    monday = day - timedelta(days=day.weekday())
    return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"


def _ago(count: str, unit: str, at: Reference) -> str | None:
    number = _NUMBERS.get(count, int(count) if count.isdigit() else None)
    year, month, day = at.parts
    if number is None:
        return None
    if unit.startswith("year"):
        return str(year - number)
    if unit.startswith("month") and month is not None:
        return _shifted(year, month, -number)
    if month is None or day is None:
        return None
    today = date(year, month, day)
    if unit.startswith("day"):
        return (today - timedelta(days=number)).isoformat()
    return _week(today - timedelta(weeks=number)) if unit.startswith("week") else None


def dated(found: Iterable[Time]) -> Time | None:
    """The only day or month among times, None when there is none or more than one."""
    exact = [one for one in found if one.date is not None and "/" not in one.date and len(one.date) >= 7]
    return exact[0] if len(exact) == 1 else None
