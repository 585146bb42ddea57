"""What of the turns before a follow-up is understood by."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from assistant.domain import Earlier, Scope
from assistant.question import view

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.conversation.keeping import Turn
    from assistant.domain import Outcome

MOST_TURNS = 8
MOST_NAMES = 8
DAYS = frozenset(
    "January February March April May June July August September October November December "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
)
_WHEN = r"(?:in|on|by|since) (?:\d{1,2} )?(?:[A-Z][a-z]+ )?\d{4}"
_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}")


def earlier(turns: Sequence[Turn], *, every_filter: bool) -> tuple[Earlier, ...]:
    """The last turns as a question takes them along.

    With `every_filter` the filters that a turn was asked with are carried over like those that its words set; without
    it only the latter are, as where the fields stay in sight and are sent with each question.
    """
    return tuple(
        Earlier(
            question=turn.question,
            standalone=turn.outcome.standalone_question,
            scope=turn.outcome.scope if every_filter else _of_its_words(turn.outcome.scope, turn.scope),
            names=names_of(turn.outcome),
            time=time_of(turn.outcome),
            choices=turn.outcome.choices,
        )
        for turn in turns[-MOST_TURNS:]
    )


def names_of(outcome: Outcome) -> tuple[str, ...]:
    """Whom an answer is about: the doer of its first claim, then speakers, those spoken to, and the rest."""
    told = [[name for name in view(claim.text).subjects if name not in DAYS] for claim in outcome.claims]
    doers = [
        names[0] for names, claim in zip(told, outcome.claims, strict=True) if names and _opens(claim.text, names[0])
    ]
    speakers = [claim.speaker for claim in outcome.claims]
    addressees = [claim.addressee for claim in outcome.claims]
    rest = [name for names in told for name in names]
    found: Iterable[str | None] = (*doers[:1], *speakers, *addressees, *doers[1:], *rest)
    return tuple(dict.fromkeys(" ".join(name.split()) for name in found if name))[:MOST_NAMES]


def time_of(outcome: Outcome) -> str | None:
    """The latest date an answer speaks of; else the latest its sources were published; None where none is known."""
    spoken = [match.group() for claim in outcome.claims for match in _DATE.finditer(claim.time or "")]
    published = [one.published for claim in outcome.claims for one in claim.citations if one.published]
    return max(spoken or [match.group() for one in published if (match := _DATE.match(one))], default=None)


def _opens(text: str, name: str) -> bool:
    return re.match(rf"(?:{_WHEN},? )?(?:the |a |an )?{re.escape(name)}\b", text, re.I) is not None


def _of_its_words(applied: Scope, asked: Scope) -> Scope:
    empty = Scope()
    same = [one.name for one in fields(Scope) if getattr(applied, one.name) == getattr(asked, one.name)]
    return replace(applied, **{name: getattr(empty, name) for name in same})
