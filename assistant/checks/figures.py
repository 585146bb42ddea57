"""Every number and date of a claim stands in what it cites, in whatever form, and belongs there to the same thing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.checks import Finding

if TYPE_CHECKING:
    from assistant.checks.case import Case
    from assistant.checks.reading import Reading, Token


def numbers(case: Case) -> Finding | None:
    """See `assistant.checks`; values, units, ranges and "over", "about", "at least" are compared, not spellings."""
    for i, token in enumerate(case.said.tokens):
        if token.number and i not in case.alignment.places:
            return Finding("number_not_in_source", f"`{token.text}` does not stand in what the claim cites.")
        if token.number and _moved(case, i):
            return Finding("number_not_in_source", f"`{token.text}` belongs to something else in what the claim cites.")
    return None


def dates(case: Case) -> Finding | None:
    """See `assistant.checks`; July 2021 stands in 8 July 2021, the other way round it does not."""
    for i, token in enumerate(case.said.tokens):
        if token.date and i not in case.alignment.places:
            return Finding("date_not_in_source", f"`{token.text}` does not stand in what the claim cites.")
        if token.date and _moved(case, i):
            return Finding("date_not_in_source", f"`{token.text}` belongs to something else in what the claim cites.")
    return None


def _moved(case: Case, i: int) -> bool:
    """Whether the word that the figure belongs to in the claim has a figure of its own, another one, in the source."""
    token = case.said.tokens[i]
    rivals = [j for j, one in enumerate(case.source.tokens) if _figure(one) == _figure(token) is not None]
    for owner in (_owner, _before):
        mine = owner(case.said, i)
        held = None if mine is None else case.alignment.places.get(mine)
        own = [j for j in rivals if held is not None and owner(case.source, j) == held]
        if own and not any(_stands(token, case.source.tokens[j]) for j in own):
            return True
    return False


def _figure(token: Token) -> str | None:
    return "number" if token.number else "date" if token.date else None


def _stands(token: Token, other: Token) -> bool:
    if token.number:
        return bool(other.number and token.number.stands_in(other.number))
    return bool(token.date and other.date and token.date.stands_in(other.date))


def _before(reading: Reading, i: int) -> int | None:
    """The word right before a date: "the review started in June and the trial in May"."""
    if not reading.tokens[i].date:
        return None
    before = next((k for k in range(i - 1, -1, -1) if reading.tokens[k].carries), None)
    return before if before is not None and not re.search(r"[,;:]", reading.between(i - 1, i)) else None


def _owner(reading: Reading, i: int) -> int | None:
    """The noun that a number counts, next to it; the verb that a date dates, nearest in its clause."""
    tokens = reading.tokens
    if tokens[i].number:
        after = next((k for k in range(i + 1, min(i + 4, len(tokens))) if tokens[k].carries), None)
        return (
            after
            if after is not None and tokens[after].kind == "word" and tokens[after].clause == tokens[i].clause
            else None
        )
    verbs = [k for k in range(len(tokens)) if tokens[k].clause == tokens[i].clause and reading.is_verb(k)]
    return min(verbs, key=lambda k: (abs(k - i), k > i), default=None)
