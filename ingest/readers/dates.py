"""Dates as sources write them, kept at the precision they give; what is ambiguous is no date."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_WORD = "(" + "|".join(_MONTHS) + r")\.?"
_TIME = r"(?:[T ]+\d{1,2}:\d{2}.*)?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?P<y>\d{{4}})(?:-(?P<m>\d{{1,2}})(?:-(?P<d>\d{{1,2}}){_TIME})?)?",
        rf"(?P<y>\d{{4}})/(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}}){_TIME}",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:T\d{4,6}Z?)?",
        rf"(?:[a-z]{{3,9}},?\s+)?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<w>{_WORD}),?\s+(?P<y>\d{{4}})(?:,?\s+(?:at\s+)?\d.*)?",
        rf"(?:[a-z]{{3,9}},?\s+)?(?P<w>{_WORD})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})(?:,?\s+(?:at\s+)?\d.*)?",
        rf"(?P<w>{_WORD}),?\s+(?P<y>\d{{4}})",
        r"(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>\d{4})",
    )
)


def iso_date(text: str) -> str | None:
    """`text` as "2022", "2022-04" or "2022-04-11"; None when it is no date, or may be two.

    A time of day is dropped, not converted: the day is the one the source wrote. "03/04/2022" is two dates,
    "21/03/2022" is one.
    """
    text = " ".join(text.split())
    if len(text) > 60:
        return None
    for form in _FORMS:
        match = form.fullmatch(text)
        if match:
            return _checked(match.groupdict())
    return None


def _checked(parts: dict[str, str | None]) -> str | None:
    year = int(parts["y"] or 0)
    word = parts.get("w")
    month = _MONTHS[word.rstrip(".").lower()] if word else int(parts.get("m") or 0)
    day = int(parts.get("d") or 0)
    if parts.get("d") and parts.get("m") and not word and _two_ways(parts, day, month):
        return None
    if parts.get("m") or word:
        try:
            date(year, month, day or 1)
        except ValueError:
            return None
    if not 1000 <= year <= 2999 or (parts.get("d") and not day):
        return None
    return "-".join([f"{year:04}", *([f"{month:02}"] if month else []), *([f"{day:02}"] if day else [])])


def _two_ways(parts: dict[str, str | None], day: int, month: int) -> bool:
    """Day first or month first, when the year stands last and neither number tells."""
    return list(parts).index("y") > list(parts).index("d") and day <= 12 and month <= 12 and day != month
