"""Dates of a text in one form, however they are written: day, month and year as far as each is given."""

from __future__ import annotations

import re
from typing import NamedTuple

_MONTHS = "january february march april may june july august september october november december".split()
_SHORT = {name[:3]: number for number, name in enumerate(_MONTHS, 1)} | {"sept": 9}
_NUMBER_OF = {name: number for number, name in enumerate(_MONTHS, 1)} | _SHORT
_MONTH = rf"(?:{'|'.join(_MONTHS)}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
_YEAR = r"(?:1[5-9]|20)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_BEFORE_A_MONTH = r"(?:in|since|until|till|by|last|this|next|during|from|of|early|late|mid|before|after|to|and|every)"
_FORMS = (
    rf"(?P<y>{_YEAR})-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])",
    rf"(?P<d>{_DAY})(?:st|nd|rd|th)?(?: day)?(?: of)? (?P<month>{_MONTH}),?(?: (?P<y>{_YEAR}))?",
    rf"(?P<month>{_MONTH}) (?P<d>{_DAY})(?:st|nd|rd|th)?(?!\d|[.,]\d)(?:,? (?P<y>{_YEAR}))?",
    rf"(?P<month>{_MONTH}),?(?: of)? (?P<y>{_YEAR})",
    r"(?P<raw>\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2}))",
    rf"(?P<raw>{_YEAR}s|{_YEAR}[-–/]\d{{2,4}})",
    rf"(?P<season>spring|summer|autumn|winter)(?: of)? (?P<y>{_YEAR})",
    rf"(?P<y>{_YEAR})",
)
_SEASONS = {"spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11), "winter": (12, 1, 2)}
_LONG_MONTH = re.compile(rf"\b(?:{'|'.join(name for name in _MONTHS if name not in ('may', 'march'))})\b", re.I)
_AMBIGUOUS_MONTH = re.compile(rf"\b{_BEFORE_A_MONTH}[ -](May|March)\b", re.I)
_A_NUMBER = re.compile(
    r"\b(?:than|about|over|nearly|almost|least|most|approximately|roughly|some|up to|under|around) $", re.I
)
_PATTERNS = [re.compile(rf"(?<![\w£$€.,/-]){form}(?![\w%]|[.,]\d)", re.I) for form in _FORMS]


class Date(NamedTuple):
    """What a date gives; `raw` holds one that cannot be read for certain (3/4/2021, 1990s), to be met to the letter; a season holds three months."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    raw: str = ""
    season: str = ""

    def stands_in(self, other: Date) -> bool:
        """True when `other` gives everything that this one gives: July 2021 stands in 8 July 2021."""
        if self.raw or other.raw:
            return self.raw == other.raw
        if self.season and not other.season:
            return self.year == other.year and other.month in _SEASONS[self.season]
        mine = (self.year, self.season or None, self.month, self.day)
        theirs = (other.year, other.season or None, other.month, other.day)
        return all(a is None or a == b for a, b in zip(mine, theirs, strict=True))


def dates(text: str) -> list[Date]:
    """Every date, in order, without overlaps; the longest form wins."""
    found: list[Date] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if len(match.group()) == 4 and _A_NUMBER.search(text[: match.start()]):
                continue
            _add(found, _read(match))
    for match in _LONG_MONTH.finditer(text):
        if match.group()[0].isupper():
            _add(found, Date(match.start(), match.end(), month=_NUMBER_OF[match.group().casefold()]))
    for match in _AMBIGUOUS_MONTH.finditer(text):
        if match.group(1)[0].isupper():
            _add(found, Date(match.start(1), match.end(1), month=_NUMBER_OF[match.group(1).casefold()]))
    return sorted(found)


def _add(found: list[Date], one: Date) -> None:
    if all(one.end <= other.start or one.start >= other.end for other in found):
        found.append(one)


def _read(match: re.Match[str]) -> Date:
    parts = match.groupdict()
    if parts.get("raw"):
        return _slashed(match)
    month = parts.get("m") or parts.get("month")
    number = (int(month) if month.isdigit() else _NUMBER_OF[month.casefold().rstrip(".")]) if month else None
    year, day = parts.get("y"), parts.get("d")
    return Date(
        match.start(),
        match.end(),
        int(year) if year else None,
        number,
        int(day) if day else None,
        season=(parts.get("season") or "").casefold(),
    )


def _slashed(match: re.Match[str]) -> Date:
    """25/3/2021 can be read one way only; 3/4/2021 cannot."""
    parts = re.split(r"[/.]", match["raw"])
    if len(parts) == 3 and len(parts[2]) == 4 and 12 < int(parts[0]) <= 31 and 1 <= int(parts[1]) <= 12:
        return Date(match.start(), match.end(), int(parts[2]), int(parts[1]), int(parts[0]))
    return Date(match.start(), match.end(), raw=match["raw"].replace("–", "-"))
