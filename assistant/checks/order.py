"""Who does what to whom, and which words belong together, is in a claim as in its source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.checks import Finding
from assistant.checks.reading import ANAPHORS, acts, doing
from assistant.checks.saying import governors
from assistant.families import lemma

if TYPE_CHECKING:
    from assistant.checks.case import Case
    from assistant.checks.reading import Reading

_APART = 4
"""Words of one noun phrase stand no further from each other in the source."""

_PARTS = frozenset(
    map(
        lemma,
        "member minority critic opponent supporter customer victim user employee worker resident official former staff "
        "some half third quarter relative friend rival".split(),
    )
)
"""Nouns before "of": whoever they name is not the whole."""

_TIES = frozenset("of in at for with from on about against over between".split())


def roles(case: Case) -> Finding | None:
    """Who does a deed and whom it is done to do not change places, nor is another put in for either."""
    places = case.alignment.places
    for i in range(len(case.said.tokens)):
        j = places.get(i)
        if j is None or not acts(case.said, i) or not acts(case.source, j):
            continue
        mine, theirs = doing(case.said, i), doing(case.source, j)
        agents = {places[k] for k in mine.agents if k in places}
        patients = {places[k] for k in mine.patients if k in places}
        swapped = agents & theirs.patients and not agents & theirs.agents
        turned = patients & theirs.agents and not patients & theirs.patients
        if (
            swapped
            or turned
            or _a_part_of(case.source, agents, theirs.agents)
            or _another(case.source, agents, theirs.agents)
        ):
            return Finding("roles_changed", f"The source has another do or undergo “{case.said.tokens[i].text}”.")
    return None


def _a_part_of(source: Reading, agents: set[int], held: frozenset[int]) -> bool:
    """As in "two members of the committee": what they do, the committee does not."""
    head = min(held, default=None)
    ties = [j for j in range(head, max(held)) if source.tokens[j].text.casefold() == "of"] if head is not None else []
    parts = [j for j in held if ties and j < ties[0] and source.tokens[j].lemma in _PARTS]
    return bool(parts and agents) and all(j > ties[0] for j in agents)


def _another(source: Reading, agents: set[int], held: frozenset[int]) -> bool:
    """Two doers that share no word, neither of them a pronoun."""
    mine = {source.tokens[j].lemma for j in agents if source.tokens[j].text.casefold() not in ANAPHORS}
    theirs = {source.tokens[j].lemma for j in held if source.tokens[j].text.casefold() not in ANAPHORS}
    return bool(mine and theirs) and not mine & theirs


def phrases(case: Case) -> Finding | None:
    """Words side by side in a noun phrase, or tied by a preposition, stand so in the source, in that order."""
    said, places = case.said, case.alignment.places
    saying = {one.place for one in governors(said)}
    for i in range(len(said.tokens) - 1):
        if i in case.alignment.named or i not in places or not said.tokens[i].carries:
            continue
        k = _next(said, i)
        if (
            k is None
            or k not in places
            or k in case.alignment.named
            or saying & {i, k}
            or case.alignment.runs.get(k, -1) - places[i] == k - i
        ):
            continue
        tie = said.tokens[k - 1].text.casefold() if k > i + 1 else ""
        if not _belong(case.source, places[i], places[k], tie):
            shown = said.text[said.tokens[i].start : said.tokens[k].end]
            return Finding("roles_changed", f"“{shown}” is put together otherwise in the source.")
    return None


def _next(said: Reading, i: int) -> int | None:
    """The word that belongs to the one at `i`: side by side with it, or behind one preposition."""
    tokens = said.tokens
    if said.is_verb(i) or tokens[i].date or tokens[i].number:
        return None
    for k in range(i + 1, min(i + 4, len(tokens))):
        gap = said.between(k - 1, k)
        if gap.strip() or said.is_verb(k):
            return None
        if tokens[k].carries:
            return None if tokens[k].date or tokens[k].number else k
        if tokens[k].text.casefold() not in _TIES | {"the", "a", "an", "its", "their"}:
            return None
        if k == i + 1 and tokens[k].text.casefold() not in _TIES:
            return None
    return None


def _belong(source: Reading, first: int, second: int, tie: str) -> bool:
    if first == second:
        return True
    low, high = min(first, second), max(first, second)
    between = re.sub(r"\([^()]*\)", "", source.text[source.tokens[low].end : source.tokens[high].start])
    bracketed = [m.span() for m in re.finditer(r"\([^()]*\)", source.text)]
    inner = [j for j in range(low + 1, high) if not any(a < source.tokens[j].start < b for a, b in bracketed)]
    if re.search(r"[;:.]", between) or any(source.is_verb(j) for j in inner):
        return bool(tie) and first < second
    if first < second:
        return bool(tie) or len(inner) < _APART
    return (
        " of " in between
        or "’s" in source.tokens[second].text
        or "'s" in source.tokens[second].text
        or bool(tie and _governed(source, second))
    )


def _governed(source: Reading, place: int) -> bool:
    return any(source.tokens[j].text.casefold() in _TIES for j in range(max(0, place - 2), place))
