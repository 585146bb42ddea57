"""Every number and date of a claim stands in one of the texts it cites.

Numbers are compared as written figures and as words ("three" is 3), with their thousands separators removed; a
month named beside a day or a year is compared as a month. This first form knows no arithmetic: "1.2 million" is
not found in "1,200,000", which withholds a right claim rather than passing a wrong one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.checks import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_LARGE = {"dozen": 12, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_LARGE |= {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_WORDS = {word: str(value) for value, word in enumerate(_UNITS.split())} | {k: str(v) for k, v in _LARGE.items()}
_MONTHS = "january february march april may june july august september october november december".split()
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_MONTH = re.compile(
    rf"\b(?P<month>{'|'.join(_MONTHS)})\b(?=,? (?:\d|last|this|next))|(?<=\d )(?P<after>{'|'.join(_MONTHS)})\b|"
    rf"\b(?:in|since|until|by|last|this|next|during|from|of) (?P<named>{'|'.join(_MONTHS)})\b",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]+")


def check(claim: str, quotes: Sequence[str]) -> Finding | None:
    """See `assistant.checks`."""
    held = " \n ".join(quotes)
    missing = sorted(numbers(claim) - numbers(held))
    if missing:
        return Finding("number_not_in_source", f"`{missing[0]}` does not stand in what the claim cites.")
    held_words = {word.casefold() for word in _WORD.findall(held)}
    for month in sorted(months(claim)):
        if month not in held_words:
            return Finding("date_not_in_source", f"`{month.capitalize()}` does not stand in what the claim cites.")
    return None


def numbers(text: str) -> frozenset[str]:
    """Every number of `text` in one spelling; "1,200" is "1200", "three" is "3"."""
    figures = {re.sub(r"(?<=\d),(?=\d{3}\b)", "", match) for match in _NUMBER.findall(text)}
    spelled = {_WORDS[word.casefold()] for word in _WORD.findall(text) if word.casefold() in _WORDS}
    return frozenset(figures | spelled)


def months(text: str) -> frozenset[str]:
    """Months named as part of a date, lower case; "may" the verb and "march" the walk are not among them."""
    return frozenset(
        next(filter(None, match.group("month", "after", "named"))).casefold() for match in _MONTH.finditer(text)
    )
