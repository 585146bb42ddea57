"""What dates a statement, by what the ledger holds of its times alone; a relative time that it does not settle dates nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ingest.errors import BadSettings
from ingest.ledger.scope import bounds

if TYPE_CHECKING:
    from assistant.desk.dossiers.entries import DatedBy
    from assistant.desk.finding import Candidate

_REPORTED = re.compile(r"\b(?:that|whether|if|how|why)\b|[“\"]")
_OF_SOMETHING = re.compile(
    r"\b(?:of|for|since|until|till|from|by|before|after|between)\s+(?:\w+\s+)?$|"
    r"\b(?:an?|the|its|his|her|their|this|that|[A-Z]\w+[’']s?)\s+$",
    re.I,
)
"""Behind these words a date belongs to something else: "a decision of March 2022", "its July complaint", "by 1 March"."""

_LONGEST_DAYS = 31


class Dated(NamedTuple):
    """A date (ISO 8601, two with a slash for a stretch) and what gives it; both None when nothing does."""

    date: str | None
    by: DatedBy | None


def dated(one: Candidate) -> Dated:
    """When a statement was made, or the one time that it tells of, or when its document was published."""
    published = _iso(one.passage.document.metadata.published)
    told = one.told
    if told is not None and told.made is not None and told.made.date is not None:
        return Dated(told.made.date, "statement")
    spoken_of = _spoken_of(one, published)
    if spoken_of is not None:
        return Dated(spoken_of, "spoken_of")
    return Dated(published, "published" if published else None)


def _spoken_of(one: Candidate, published: str | None) -> str | None:
    """The only time that a sentence tells of, where it is no later than its document and stands by what is told."""
    times = one.told.times if one.told is not None else ()
    if len(times) != 1 or times[0].date is None or not _short(times[0].date):
        return None
    place = one.text.find(times[0].words)
    before = one.text[: max(0, place)]
    if place < 0 or _OF_SOMETHING.search(before):
        return None
    if one.told is not None and one.told.attribution is not None and _REPORTED.search(before):
        return None
    late = published is not None and span(times[0].date)[0] > span(published)[1]
    return None if late else times[0].date


def _short(date: str) -> bool:
    """A day, a month, or a stretch of days; a year alone is mostly the name of something."""
    if "/" in date:
        first, last = span(date)
        return first[:7] == last[:7] or int(last[8:]) + _LONGEST_DAYS - int(first[8:]) <= _LONGEST_DAYS
    return len(date) > len("2022")


def span(date: str) -> tuple[str, str]:
    """First and last day of an ISO date or stretch."""
    first, _, last = date.partition("/")
    return bounds(first)[0], bounds(last or first)[1]


def no_earlier(one: str | None, other: str | None) -> bool | None:
    """Whether `one` may be of the same time as `other` or later; None when either is not known."""
    if one is None or other is None:
        return None
    return span(one)[1] >= span(other)[0]


def _iso(published: str | None) -> str | None:
    try:
        bounds(published or "")
    except BadSettings:
        return None
    return (published or "")[:10]
