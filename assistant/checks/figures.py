"""Every number and date of a claim stands in what it cites, in whatever form, and belongs there to the same thing."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from assistant.checks import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.checks.case import Case
    from assistant.checks.dates import Date
    from assistant.checks.quantities import Quantity
    from assistant.checks.reading import Reading, Token


_VOTES = re.compile(
    r"[^,;.]{0,30}?\b(?:(?P<favour>in favou?r|voted for|votes for)|(?P<against>against)|(?P<abstained>absten\w+|abstain\w+))\b"
)
_HOURS = {
    "second": Fraction(1, 3600),
    "minute": Fraction(1, 60),
    "hour": Fraction(1),
    "day": Fraction(24),
    "week": Fraction(168),
    "month": Fraction(730),
    "year": Fraction(8760),
}


def numbers(case: Case) -> Finding | None:
    """See `assistant.checks`; values, units, ranges and "over", "about", "at least" are compared, not spellings."""
    for i, token in enumerate(case.said.tokens):
        if token.number and i not in case.alignment.places:
            return Finding("number_not_in_source", f"`{token.text}` does not stand in what the claim cites.")
        if token.number and (_moved(case, i) or _the_whole(case, i)):
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


def _the_whole(case: Case, i: int) -> bool:
    """Whether the claim has of all what its source has of a part: "supplied 40 of the 90 vans" is not "supplied the 90 vans"."""
    j = case.alignment.places[i]
    tokens = case.source.tokens
    lead = [k for k in range(max(0, j - 4), j) if tokens[k].number]
    if not lead or not re.fullmatch(r" of (?:the |its |their |his |her |all )?", case.source.between(lead[-1], j)):
        return False
    part = lead[-1]
    if part in case.back or any(one.number and k != i for k, one in enumerate(case.said.tokens)):
        return False
    before = next((k for k in range(part - 1, -1, -1) if case.source.is_verb(k)), None)
    after = next((k for k in range(j + 1, len(tokens)) if case.source.is_verb(k)), None)
    verb = before if before is not None else after
    return verb is not None and verb in case.back


def counted(case: Case) -> list[tuple[str, str]]:
    """Numbers of the two texts that count the same thing and do not agree, as each writes them.

    The same thing is what stands behind both, or money or a share of which each text has just one.
    """
    return _at_odds(case, lambda token: token.number)


def counts_votes(case: Case) -> bool:
    """Whether both texts tell how many voted which way."""
    return all(
        any(token.number and _vote(side, i) for i, token in enumerate(side.tokens)) for side in (case.said, case.source)
    )


def dated(case: Case) -> list[tuple[str, str]]:
    """Dates of the two texts that date the same deed and do not agree, as each writes them."""
    return _at_odds(case, lambda token: token.date)


def _at_odds(case: Case, value: Callable[[Token], Quantity | Date | None]) -> list[tuple[str, str]]:
    mine = [(i, token) for i, token in enumerate(case.said.tokens) if value(token)]
    theirs = [(j, token) for j, token in enumerate(case.source.tokens) if value(token)]
    agreed = {i for i, token in mine for _, other in theirs if _stands(token, other) or _stands(other, token)}
    taken = {j for j, other in theirs for _, token in mine if _stands(token, other) or _stands(other, token)}
    return [
        (_shown(case.said, i), _shown(case.source, j))
        for i, token in mine
        for j, other in theirs
        if i not in agreed and j not in taken and _of_the_same(case, (i, token), (j, other), mine, theirs)
    ]


def _of_the_same(
    case: Case,
    one: tuple[int, Token],
    other: tuple[int, Token],
    mine: Sequence[tuple[int, Token]],
    theirs: Sequence[tuple[int, Token]],
) -> bool:
    (i, token), (j, against) = one, other
    if token.number and against.number:
        unit = token.number.unit
        if unit != against.number.unit or unit in ("ordinal", "code"):
            return False
        lone = [sum(1 for _, each in side if each.number and each.number.unit == unit) == 1 for side in (mine, theirs)]
        if unit and all(lone):
            return True
        votes = [_vote(side, k) for side, k in ((case.said, i), (case.source, j))]
        if any(votes):
            return votes[0] == votes[1]
        spans = [_stretch(side, k) for side, k in ((case.said, i), (case.source, j))]
        if None not in spans:
            return spans[0] != spans[1]
    owner, held = _owner(case.said, i), _owner(case.source, j)
    return owner is not None and held is not None and case.alignment.places.get(owner) == held


def _vote(reading: Reading, i: int) -> str | None:
    """Which way a number of votes went: "36 in favour and 24 against, with six abstentions"; None for what is no vote."""
    ends = next((one.start for one in reading.tokens[i + 1 :] if one.number), len(reading.text))
    told = _VOTES.match(reading.text, reading.tokens[i].end, ends)
    return told.lastgroup if told is not None else None


def _shown(reading: Reading, i: int) -> str:
    """A figure as it stands, a length of time with its unit."""
    if _stretch(reading, i) is None:
        return reading.tokens[i].text
    return reading.text[reading.tokens[i].start : reading.tokens[i + 1].end]


def _stretch(reading: Reading, i: int) -> Fraction | None:
    """A length of time in hours: "24 hours", "30 days"; None for what is none."""
    number = reading.tokens[i].number
    after = next((one for one in reading.tokens[i + 1 : i + 2]), None)
    hours = _HOURS.get(after.text.casefold().removesuffix("s")) if after is not None else None
    return number.low * hours if hours is not None and number is not None and number.low == number.high else None


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
