"""The writer that uses no model: the fewest statements that answer, in the sources' own words.

A statement is taken when it is near the best one and adds something: a word of the question nobody before it
met, or, where several statements are asked for, another document's account. Where the question says who does what
and the best statement tells it, none is taken that tells of another deed or doer. One sentence that stands in two
documents becomes one claim that cites both.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant import shapes
from assistant.arranging import is_about, sides, wants_dates_in_order, wants_items, wants_later, when, year_of
from assistant.asking import asked
from assistant.both_sides import other_sides, place_of
from assistant.company import company, is_item, is_lead
from assistant.describing import heads_a_table, tells_of_its_document
from assistant.drafting import Draft
from assistant.kinds import holds_kind
from assistant.referring import own_words
from assistant.roles import MAYBE, UNKNOWN
from assistant.wording import stems

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.evidence import Evidence, Statement
    from assistant.settings import AnsweringSettings

NEAR_BEST = 0.75
"""A statement below this share of the best one's score is not taken, whatever it adds."""

NEAR_BEST_PLAIN = 0.9
"""A statement that adds no new word of the question must be this near to the best one."""

NEAR_BEST_ACCOUNT = 0.8
"""Another document's account of the same deed must be this near: it may differ."""

NEAR_BEST_SIDE = 0.5
"""A side of a comparison is told by its best statement, unless that falls below this share of the best of all."""

FEWEST_OF_A_SHAPE = 3
"""So many statements make a list or a story; fewer are filled up with what is near."""

FEWEST_WORDS = 4
"""Shorter sentences are headings and numbers, if they are not items of a list."""

SAME = 0.8
"""Two sentences that share this much of their words (Jaccard) say the same."""


_DOCUMENT = re.compile(r"\b(?:note|page|document|paper|summary|briefing|e?-?mail|file|leaflet)s?\b", re.I)
_FIGURE = re.compile(r"\d[\d,.]*")
_LINE_OF_NAMES = re.compile(r"^(?:[A-Z][\w’'.-]*,?|of|for|and|the|&)(?: (?:[A-Z][\w’'.-]*,?|of|for|and|the|&))*$")


class ExtractiveWriter:
    """Deterministic; needs no network and no model."""

    def __init__(self, settings: AnsweringSettings) -> None:
        self._settings = settings

    def write(self, evidence: Evidence) -> Draft:
        """See `Writer`."""
        chosen = self._choose(evidence)
        by_date = wants_dates_in_order(evidence.view) or wants_later(evidence.view)
        ordered = sorted(chosen, key=_date_order(evidence) if by_date else _reading_order(chosen))
        return Draft(tuple(own_words(one, evidence.statements) for one in ordered))

    def _choose(self, evidence: Evidence) -> list[Statement]:
        several = evidence.view.breadth == "several"
        limit = self._settings.claims_several if several else self._settings.claims
        ranked = sorted(
            (one for one in evidence.statements if _may_stand(one, evidence)),
            key=lambda one: (-_fit(one, evidence), one.passage.id, one.start),
        )
        chosen = self._by_shape(evidence, ranked)
        if len(chosen) >= FEWEST_OF_A_SHAPE:
            limit = len(chosen)  # nothing that is only near belongs to it
        elif not chosen:
            chosen = (_one_for_each_side(evidence, ranked) or shapes.counts(evidence, ranked))[:limit]
        for one in ranked:
            if len(chosen) == limit:
                break
            if one in chosen:
                continue
            if not chosen or (not _said_already(one, chosen) and self._adds(one, chosen, evidence, several)):
                chosen.append(one)
        chosen += [one for one in shapes.other_account(evidence, chosen, ranked) if not _said_already(one, chosen)]
        chosen += [one for one in shapes.qualifying(evidence, chosen) if not _said_already(one, chosen)]
        return _with_company(_with_other_sides(chosen, evidence), evidence.statements)

    def _by_shape(self, evidence: Evidence, ranked: Sequence[Statement]) -> list[Statement]:
        """What the shape of the question asks for, without what says the same twice; empty where it has no such shape."""
        most = self._settings.claims_several
        found = shapes.story(evidence, ranked, most)
        if not found and wants_items(evidence.view):
            found = shapes.whole_list(evidence, ranked)
        chosen: list[Statement] = []
        for one in found:
            if not _said_already(one, chosen):
                chosen.append(one)
        return chosen[:most]

    def _adds(self, one: Statement, chosen: list[Statement], evidence: Evidence, several: bool) -> bool:
        share = _fit(one, evidence) / max(_fit(chosen[0], evidence), 1e-6)
        if share < NEAR_BEST or (not several and _tells_otherwise(one, chosen[0], evidence)):
            return False
        another = all(one.passage.document.id != taken.passage.document.id for taken in chosen)
        if share >= NEAR_BEST_PLAIN or (another and share >= NEAR_BEST_ACCOUNT and one.deed >= MAYBE):
            return True
        met = [max(values) for values in zip(*(taken.match for taken in chosen), strict=True)]
        gain = sum(
            weight * max(0.0, now - before)
            for weight, now, before in zip(evidence.weights, one.match, met, strict=True)
        )
        return gain > 0.12 or (several and another and one.coverage > 0.4)


def _with_company(chosen: Sequence[Statement], statements: Sequence[Statement]) -> list[Statement]:
    """`chosen` and what each of them must not be shown without."""
    found = list(chosen)
    for one in chosen:
        found += [other for other in company(one, statements) if not _said_already(other, found)]
    return found


def _with_other_sides(chosen: Sequence[Statement], evidence: Evidence) -> list[Statement]:
    """`chosen`, each followed by what was found that disagrees with it."""
    against = {place_of(pair.one): pair.other for pair in other_sides(chosen, evidence)}
    return [each for one in chosen for each in (one, against.get(place_of(one))) if each is not None]


def _one_for_each_side(evidence: Evidence, ranked: Sequence[Statement]) -> list[Statement]:
    """The best statement on each side of a comparison; none when the question compares nothing, or no side is met."""
    chosen: list[Statement] = []
    wanted = sides(evidence.view)
    for side in wanted:
        others = [other for other in wanted if other != side]
        least = NEAR_BEST_SIDE * ranked[0].score if ranked else 0.0
        fitting = [one for one in ranked if one.score >= least and is_about(one, side) and one not in chosen]
        # A statement that names this side alone tells more of it than one that names both.
        alone = [one for one in fitting if not any(is_about(one, other) for other in others)] or [
            one
            for one in fitting
            if is_about(one, side, closely=True) and not any(is_about(one, other, closely=True) for other in others)
        ]
        best = next(iter(alone or fitting), None)
        if best is not None:
            chosen.append(best)
    return chosen


def _date_order(evidence: Evidence) -> Callable[[Statement], tuple[str, str, int]]:
    year = year_of(evidence.view)
    return lambda one: (when(one, year), one.passage.id, one.start)


def _tells_otherwise(one: Statement, best: Statement, evidence: Evidence) -> bool:
    """Whether `best` tells what the question asks, who does what or when, and `one` does not."""
    kind = evidence.view.kind
    if holds_kind(best.text, kind) and not holds_kind(one.text, kind):
        return True
    wanted = asked(evidence.view.text)
    return bool(wanted.doer or wanted.doer_wanted) and best.deed >= MAYBE > UNKNOWN > one.deed


def _fit(one: Statement, evidence: Evidence) -> float:
    """The statement's score, raised when it holds what the question's kind asks for."""
    return one.score + (0.06 if holds_kind(one.text, evidence.view.kind) else 0.0)


def _may_stand(one: Statement, evidence: Evidence) -> bool:
    """False for stubs such as "Background", what only introduces a list, and questions that the source asks.

    A line of capitals without an end, a signature or a heading, stands only where somebody's name is asked for.
    """
    text = one.text
    if evidence.view.kind != "person" and _LINE_OF_NAMES.match(text):
        return False
    asks = text.rstrip("”\"’')").endswith("?") and not re.search(r"[“\"]", text)
    if asks or is_lead(one) or heads_a_table(one, evidence.statements):
        return False
    if tells_of_its_document(one, evidence.statements) and not _DOCUMENT.search(evidence.view.text):
        return False
    words = len(text.split())
    return words >= FEWEST_WORDS or (words > 1 and is_item(one, evidence.statements))


def _said_already(one: Statement, chosen: Sequence[Statement]) -> bool:
    """Whether a sentence of the same words, and the same figures, is taken."""
    mine = _FIGURE.findall(one.text)
    return any(_overlap(one.text, taken.text) >= SAME and mine == _FIGURE.findall(taken.text) for taken in chosen)


def _overlap(one: str, other: str) -> float:
    a, b = stems(one), stems(other)
    return len(a & b) / max(1, len(a | b))


def _reading_order(chosen: Sequence[Statement]) -> Callable[[Statement], tuple[int, int]]:
    """Documents by their best statement; inside a document as the source has it."""
    first: dict[str, int] = {}
    for rank, one in enumerate(chosen):
        first.setdefault(one.passage.document.id, rank)
    return lambda one: (first[one.passage.document.id], one.start)
