"""The time a question names, and whether a statement speaks of another one."""

from __future__ import annotations

import re
from calendar import monthrange
from functools import lru_cache
from typing import TYPE_CHECKING

from ingest.understanding.times import times

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ingest.understanding.statement import Time

AGREES, UNTOLD, DIFFERS = 1.0, 0.5, 0.0
"""A statement speaks of the time the question names; of none; of another."""

_FIRST, _LAST = "0000-01-01", "9999-12-31"
_BETWEEN = re.compile(r"\bbetween\b.+\band\b|\bfrom\b.+\b(?:to|until|till)\b", re.I)
_UNTIL = re.compile(
    r"\b(?:by|until|till|before|up to|as of|as at)(?: the)?(?: end of)?(?: (?:late|early|mid))?\W*$", re.I
)
_SINCE = re.compile(r"\b(?:since|after|from)(?: the)?(?: end of)?(?: (?:late|early|mid))?\W*$", re.I)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]*\b")

_NUMBERED = {
    word: str(i)
    for i, group in enumerate(("first q1 1st", "second q2 2nd", "third q3 3rd", "fourth q4 4th"), 1)
    for word in group.split()
}
_QUARTER = re.compile(r"\b(first|second|third|fourth|1st|2nd|3rd|4th)[ -]quarter\b|\b(?=(q[1-4])\b)", re.I)

Period = tuple[str, str]
"""First and last day, ISO 8601."""


@lru_cache(maxsize=512)
def periods(question: str) -> tuple[Period, ...]:
    """The stretches of time that `question` names; empty when it names none that the calendar places."""
    named = times(question, None)
    years = [one.date[:4] for one in named if one.date]
    # "in April and May 2025": a month without a year is of the year that is named with another
    placed = [(one, one.date or _in_year(one.words, years)) for one in named]
    dated = [(one, stretch(iso)) for one, iso in placed if iso]
    found = [each for _, each in dated]
    if len(found) > 1 and _BETWEEN.search(question):
        return ((min(first for first, _ in found), max(last for _, last in found)),)
    return tuple(_opened(question, one, each) for one, each in dated)


def _in_year(words: str, years: list[str]) -> str | None:
    month = _MONTH.search(words.casefold())
    return f"{years[-1]}-{_MONTHS.index(month[1]) + 1:02}" if month and len(set(years)) == 1 else None


def _opened(question: str, time: Time, period: Period) -> Period:
    words = re.sub(r"^(?:by|until|since|from|in|during)\s+", "", time.words, flags=re.I)
    before = question[: max(question.find(words), 0)]
    if _UNTIL.search(before):
        return _FIRST, period[1]
    if _SINCE.search(before):
        return period[0], _LAST
    return period


def stretch(iso: str) -> Period:
    """The first and last day of a date of any precision, or of two with a slash between."""
    first, _, last = iso.partition("/")
    return _edge(first, 0), _edge(last or first, 1)


def _edge(iso: str, end: int) -> str:
    parts = iso.split("-")
    if len(parts) == 1:
        return f"{iso}-{('01-01', '12-31')[end]}"
    if len(parts) == 2:
        return f"{iso}-{monthrange(int(parts[0]), int(parts[1]))[1] if end else 1:02}"
    return iso


def agreement(question: str, sentence: str, told: Iterable[Time], published: str | None) -> float:
    """Whether `sentence`, which speaks of the times `told` in a document of `published`, is about the question's time.

    A month without a year differs from another month and agrees with none. What a document published at that very time
    says is of that time, whatever else it mentions.
    """
    quarters, theirs = _quarters(question), _quarters(sentence)
    if quarters and theirs and not quarters & theirs:
        return DIFFERS
    wanted = periods(question)
    named = list(told)
    if not wanted or not named:
        return UNTOLD
    known = [stretch(one.date) for one in named if one.date]
    if any(_overlap(one, each) for one in known for each in wanted):
        return AGREES
    if published and any(_inside(stretch(published), each) for each in wanted):
        return UNTOLD
    if known:
        return DIFFERS
    months = {month for one in named for month in _MONTH.findall(one.words.casefold())}
    asked_for = {_MONTHS[int(first[5:7]) - 1] for first, last in wanted if first[:7] == last[:7]}
    return DIFFERS if months and asked_for and not months & asked_for else UNTOLD


def _quarters(text: str) -> frozenset[str]:
    """The quarters of a year that `text` names, by number."""
    return frozenset(_NUMBERED[(match[1] or match[2]).casefold()] for match in _QUARTER.finditer(text))


def _overlap(one: Period, other: Period) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _inside(one: Period, other: Period) -> bool:
    return other[0] <= one[0] and one[1] <= other[1]
