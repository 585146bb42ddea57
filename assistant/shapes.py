"""Answers that are more than the best sentence: every item of a list, a stretch of time, each account, each count.

Each function takes statements, best first, and returns those that the shape of the question asks for; none when the
question asks for no such shape, or too little was found for one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.arranging import counts_a_vote, dated, wants_counts, wants_dates_in_order, wants_later, year_of
from assistant.asking import asked
from assistant.company import is_lead, lists
from assistant.describing import CELLS
from assistant.families import lemmas
from assistant.periods import periods, stretch
from assistant.roles import MAYBE, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.evidence import Evidence, Statement

NEAR_BEST_ITEM = 0.5
"""An item of a list, a step of a story or a count is taken down to this share of the best statement's score."""

NEAR_FIRST = 0.35
"""What the same document tells of later dates may share fewer words with the question."""

NEAR_BEST_REASON = 0.65
"""Somebody else's account of the reason must be this near to the first."""

MOST_QUALIFYING = 2

FEWEST_WORDS = 6
"""Fewer words are no step of a story."""

_NARROWS = re.compile(
    r"\b(?:(?:stop|stopp|fall|fell)\w* short of|short of|no|not|never|only|without|nor|narrower|limited to|rather than|"
    r"except|unless)\b|n[’']t\b",
    re.I,
)
_GOES_ON = re.compile(r"^(?:It|He|She|They)\b")
_ENDS = re.compile(r"[.!?;][”\"’')\]]*$")
_HEADLINE = re.compile(r"\bheadlines?\b", re.I)


def whole_list(evidence: Evidence, ranked: Sequence[Statement]) -> list[Statement]:
    """Every item of the list that answers best, and the sentences of one document that tell one deed of one doer."""
    best = next((one for one in evidence.statements if one in ranked or is_lead(one)), None)
    if best is None:
        return []
    least = NEAR_BEST_ITEM * best.score
    items = next((each for each in lists(best, evidence.statements) if best in each), [])
    taken = [one for one in items if not is_lead(one)]
    if asked(evidence.view.text).deeds:
        told = [one for one in ranked if one.passage.document.id == best.passage.document.id and one.score >= least]
        theirs = [one for one in told if _is_theirs(one, evidence)]
        behind = {(one.passage.id, one.index + 1) for one in theirs}
        goes_on = [one for one in told if one.deed >= UNKNOWN and _GOES_ON.match(one.text)]
        taken += [one for one in theirs if one not in taken]
        taken += [one for one in goes_on if (one.passage.id, one.index) in behind and one not in taken]
    return taken if len(taken) > 1 else []


def _is_theirs(one: Statement, evidence: Evidence) -> bool:
    """Whether the deed of the statement is, or may be, by whom the question names."""
    wanted = asked(evidence.view.text).doer
    return one.deed >= MAYBE or (one.deed >= UNKNOWN and not wanted.isdisjoint(lemmas(one.text)))


def story(evidence: Evidence, ranked: Sequence[Statement], limit: int) -> list[Statement]:
    """Dated statements, one for each date, over the whole of the period asked about, or after what is asked about."""
    view = evidence.view
    later = wants_later(view)
    if not ranked or not (later or wants_dates_in_order(view)):
        return []
    least = NEAR_BEST_ITEM * ranked[0].score
    year = year_of(view)
    first = dated(ranked[0], year) if later else ""
    if first is None:
        return []
    told = [one for one in ranked if _tells(one) and (one.score >= least or (later and _goes_on_from(one, ranked[0])))]
    steps: dict[str, Statement] = {}
    for one in told:
        date = dated(one, year)
        if date is None or date <= first or not _inside(date, view.text, later=later):
            continue
        # A month and a day of it are one step, told twice.
        if not any(date.startswith(known) or known.startswith(date) for known in steps):
            steps[date] = one
    if len(steps) < 1 + (not later):
        return []
    return ([ranked[0]] if later else []) + _spread(steps, limit - later)


def _goes_on_from(one: Statement, first: Statement) -> bool:
    """Whether the statement stands in the document of the first, not too far below it."""
    same = one.passage.document.id == first.passage.document.id
    return same and bool(one.about) and one.score >= NEAR_FIRST * first.score


def _tells(one: Statement) -> bool:
    """Whether the statement is a sentence or a row, and no heading or line with a date."""
    whole = _ENDS.search(one.text) and len(one.text.split()) >= FEWEST_WORDS
    return bool(whole) or CELLS in one.text


def _spread(steps: dict[str, Statement], limit: int) -> list[Statement]:
    """At most `limit` of the steps: the first, the last, and the best between."""
    order = sorted(steps)
    ends = [steps[order[0]], steps[order[-1]]] if len(order) > 1 else [steps[order[0]]]
    between = sorted((steps[date] for date in order[1:-1]), key=lambda one: -one.score)
    return [*ends, *between][:limit]


def _inside(date: str, question: str, *, later: bool) -> bool:
    wanted = periods(question)
    if later or not wanted:
        return True
    first, last = stretch(date)
    return any(first <= end and begin <= last for begin, end in wanted)


def counts(evidence: Evidence, ranked: Sequence[Statement]) -> list[Statement]:
    """The count of a vote that each document gives, where the question asks how somebody voted."""
    if not ranked or not wants_counts(evidence.view):
        return []
    found: dict[str, Statement] = {}
    for one in ranked:
        if one.score >= NEAR_BEST_ITEM * ranked[0].score and counts_a_vote(one.text):
            found.setdefault(one.passage.document.id, one)
    return list(found.values())


def other_account(evidence: Evidence, chosen: Sequence[Statement], ranked: Sequence[Statement]) -> list[Statement]:
    """What somebody else, in another document, says of the thing whose reason is asked for; at most one."""
    if evidence.view.kind != "reason" or not chosen:
        return []
    best, named = chosen[0], {word.start for word in evidence.view.names}
    at = [place for place, word in enumerate(evidence.view.words) if word.start in named]
    for one in ranked:
        apart = one.passage.document.id != best.passage.document.id and one.attribution is not None
        names = all(one.match[place] >= 1 for place in at if best.match[place] or best.context_match[place] >= 1)
        if at and apart and names and one.score >= NEAR_BEST_REASON * best.score and _speaker(one) != _speaker(best):
            return [one]
    return []


def _speaker(one: Statement) -> str | None:
    return one.attribution.name if one.attribution else one.passage.document.metadata.publisher


def qualifying(evidence: Evidence, chosen: Sequence[Statement]) -> list[Statement]:
    """What narrows or denies the deed of a yes-or-no question, and what is said of a headline that is cited."""
    documents = {one.passage.document.id for one in chosen}
    others = [one for one in evidence.statements if one.about and one not in chosen]
    mine = [one for one in others if one.passage.document.id in documents]
    heads = any(_HEADLINE.search(one.text) for one in chosen)
    found = [one for one in mine if heads and _HEADLINE.search(one.text) and _NARROWS.search(one.text)]
    deeds = asked(evidence.view.text).deeds
    if evidence.view.kind == "yes_no" and deeds:
        for one in others:
            told = not deeds.isdisjoint(lemmas(one.text)) and _NARROWS.search(one.text)
            if told and (one in mine or _names_one(one, evidence)):
                found.append(one)
    return list(dict.fromkeys(found))[:MOST_QUALIFYING]


def _names_one(one: Statement, evidence: Evidence) -> bool:
    named = {word.start for word in evidence.view.names}
    return any(one.match[place] >= 1 for place, word in enumerate(evidence.view.words) if word.start in named)
