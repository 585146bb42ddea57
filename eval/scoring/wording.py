"""Whether the claims hold the words they must hold, and none that they must not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from eval.scoring.marks import Mark

if TYPE_CHECKING:
    from assistant.domain import Outcome
    from eval.suite import Expectation, Wanted

_MARKS = str.maketrans(
    {"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'", "\u00a0": " ", "\u2011": "-", "\u00ad": None}
)


def plain(text: str) -> str:
    """`text` as it is compared: small letters, straight quotation marks, single blanks."""
    return " ".join(text.translate(_MARKS).casefold().split())


def holds(text: str, wanted: Wanted) -> bool:
    """Whether `text` holds any of the words, as whole words, or what the expression matches."""
    if wanted.regex is not None:
        return re.search(wanted.regex, text, re.I) is not None
    held = plain(text)
    return any(_whole(plain(one)).search(held) for one in wanted.any or ())


def included(expect: Expectation, outcome: Outcome) -> list[Mark]:
    """A mark for each of `includes`, looked for in claims and, as the source words them, in their quotes."""
    said = _said(outcome)
    marks = [_included("includes", one, said) for one in expect.includes]
    return marks + [_included("read as", one, outcome.standalone_question) for one in expect.standalone]


def excluded(expect: Expectation, outcome: Outcome) -> list[Mark]:
    """A mark for each of `excludes`, looked for in all that is shown: claims, notes, nearest passages, choices."""
    marks = []
    for one in expect.excludes:
        found = next((text for text in _shown(outcome) if holds(text, one)), None)
        marks.append(Mark("excludes", found is None, f"`{one}` stands in: {found}" if found else ""))
    return marks


def _included(name: str, wanted: Wanted, said: str) -> Mark:
    found = holds(said, wanted)
    return Mark(name, found, "" if found else f"`{wanted}` is not there")


def _said(outcome: Outcome) -> str:
    return "\n".join(claim.text for claim in outcome.claims)


def _shown(outcome: Outcome) -> list[str]:
    claims = [claim.text for claim in outcome.claims]
    return [*claims, *outcome.notes, *outcome.choices]


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
