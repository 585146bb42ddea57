"""Which word of a source each word of a claim goes back to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from assistant.checks.reading import ANAPHORS
from assistant.word_classes import is_generic

if TYPE_CHECKING:
    from assistant.aliases import Alias
    from assistant.checks.reading import Reading, Token

_WINDOW = 3
_JOINS = (" ", " and ", " of ", " for ", " of the ", " for the ", " & ", "-")


@dataclass(frozen=True, slots=True)
class Alignment:
    """`places[i]` is the place in the source's sentence that token i of the claim goes back to; others are absent.

    `runs[i]` is the same for every token, small words too, of runs of two or more that stand in both word for word.
    `named` are tokens met by another name of the same: an abbreviation, a title.
    """

    places: dict[int, int]
    runs: dict[int, int]
    named: frozenset[int]


def align(claim: Reading, source: Reading, known: tuple[Alias, ...]) -> Alignment:
    """Every carrying token of `claim` to the like token of `source` whose neighbours agree best, no two to the same.

    Only a name may go back to one that is taken, where the source has a pronoun or "the company" for it.
    """
    runs = _runs(claim, source)
    places = {i: j for i, j in runs.items() if claim.tokens[i].carries and source.tokens[j].carries}
    takes_up = any(
        one.text.casefold() in ANAPHORS or (one.kind == "word" and is_generic(one.text)) for one in source.tokens
    )
    for like in (_same_word, _same):
        for i, token in enumerate(claim.tokens):
            if not token.carries or i in places:
                continue
            taken = set(places.values())
            likely = [j for j, other in enumerate(source.tokens) if like(token, other)]
            unused = [j for j in likely if j not in taken]
            likely = unused or (likely if token.kind == "name" and takes_up else [])
            if likely:
                places[i] = _nearest(claim, i, source, likely, places)
    named = _by_other_names(claim, source, known, places)
    return Alignment(places, runs, frozenset(named))


def _nearest(claim: Reading, i: int, source: Reading, likely: list[int], places: dict[int, int]) -> int:
    last = next((places[k] for k in range(i - 1, -1, -1) if k in places), -1)
    return max(likely, key=lambda j: (_agreement(claim, i, source, j), j == last + 1, -abs(j - last)))


def _same_word(token: Token, other: Token) -> bool:
    return bool(token.lemma) and token.lemma == other.lemma and _same(token, other)


def _runs(claim: Reading, source: Reading) -> dict[int, int]:
    """Longest runs first (Ratcliff and Obershelp); a run of one word is left to its neighbours."""
    mine = [one.text.casefold() for one in claim.tokens]
    theirs = [one.text.casefold() for one in source.tokens]
    found = {}
    for block in SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks():
        if block.size > 1:
            found.update({block.a + k: block.b + k for k in range(block.size)})
    return found


def _same(token: Token, other: Token) -> bool:
    if _year(token) is not None and _year(token) == _year(other):
        return True
    if token.number:
        return bool(other.number and token.number.stands_in(other.number))
    if token.date:
        return bool(other.date and token.date.stands_in(other.date))
    if not other.carries or other.number or other.date:
        return False
    if token.kind == "name" or other.kind == "name":
        return _spelling(token) == _spelling(other)
    return token.lemma in other.kin or other.lemma in token.kin


def _spelling(token: Token) -> str:
    """A name by its letters, without possessive, plural and points; no stem, by which Controller would be control."""
    return re.sub(r"[’']s?$", "", token.text.casefold()).replace(".", "").removesuffix("s")


def _year(token: Token) -> int | None:
    """2021, whether it is read as a year or as a number."""
    if token.date and (token.date.month, token.date.day) == (None, None):
        return token.date.year
    if token.number and (token.number.bound, token.number.unit) == ("=", "") and 1500 <= token.number.low < 2100:
        return int(token.number.low)
    return None


def _agreement(claim: Reading, i: int, source: Reading, j: int) -> float:
    """How many like words stand near both, the token itself counting when it is the very word."""
    near = {one.lemma for one in claim.tokens[max(0, i - _WINDOW) : i + _WINDOW + 1] if one.kind in ("word", "name")}
    held = {one.lemma for one in source.tokens[max(0, j - _WINDOW) : j + _WINDOW + 1] if one.kind in ("word", "name")}
    exact = claim.tokens[i].lemma == source.tokens[j].lemma
    return len((near & held) - {claim.tokens[i].lemma}) + 0.5 * exact


def _by_other_names(claim: Reading, source: Reading, known: tuple[Alias, ...], places: dict[int, int]) -> set[int]:
    """Adds to `places` what the source names otherwise, and returns those tokens."""
    met: set[int] = set()
    held = {one.lemma: j for j, one in reversed(list(enumerate(source.tokens))) if one.kind in ("word", "name")}
    short = {
        one.text.casefold(): j
        for j, one in enumerate(source.tokens)
        if len(one.text) > 1 and one.text[1:] != one.text[1:].lower()
    }
    spelled = {letters: run[0] for run in _long_runs(source) for letters in _letters(source, run)}
    for run in name_runs(claim):
        for i in run:
            letters = (
                claim.tokens[i].text.casefold() if claim.tokens[i].text[1:] != claim.tokens[i].text[1:].lower() else ""
            )
            if i not in places and letters in spelled:
                places[i] = spelled[letters]
                met.add(i)
        stems = frozenset(claim.tokens[i].lemma for i in run)
        for mine, other in _other_names(stems, known):
            if any(i not in places for i in run) and other <= held.keys():
                renamed = [i for i in run if claim.tokens[i].lemma in mine]
                places.update(dict.fromkeys(renamed, min(held[one] for one in other)))
                met |= set(renamed)
    for run in _long_runs(claim):
        met_by = [short[letters] for letters in _letters(claim, run) if letters in short]
        if met_by and any(i not in places for i in run):
            places.update(dict.fromkeys(run, met_by[0]))
            met |= set(run)
    return met


def _other_names(stems: frozenset[str], known: tuple[Alias, ...]) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Pairs of what the claim's name has of an alias and what the source may have instead."""
    found = []
    for alias in known:
        if stems <= alias.name and len(alias.other) > 1:
            found.append((stems, alias.other))
        for mine, other in ((alias.name, alias.other), (alias.other, alias.name)):
            if mine <= stems and (len(other) > 1 or other == alias.name):
                found.append((mine, other))
    return found


def _long_runs(reading: Reading) -> list[tuple[int, ...]]:
    """Runs of two to seven neighbouring capitalised words, also across "and" and "of", and every part of them."""
    capital = [i for i, one in enumerate(reading.tokens) if one.text[0].isupper() and one.kind in ("name", "word")]
    found = []
    for first, i in enumerate(capital):
        run = [i]
        for before, k in zip(capital[first:], capital[first + 1 : first + 7], strict=False):
            if reading.text[reading.tokens[before].end : reading.tokens[k].start].casefold() not in _JOINS:
                break
            run.append(k)
            found.append(tuple(run))
    return found


def _letters(reading: Reading, run: tuple[int, ...]) -> set[str]:
    """The initials, once without and once with the small words between: "dd" and "dod" of the Department of Defense."""
    every = [one.text[0] for one in reading.tokens[run[0] : run[-1] + 1] if one.text.casefold() != "the"]
    return {"".join(reading.tokens[i].text[0] for i in run).casefold(), "".join(every).casefold()}


def name_runs(reading: Reading) -> list[tuple[int, ...]]:
    """Names as runs of places: "Information Commissioner’s Office", "Ministry of Defence"."""
    runs: list[list[int]] = []
    for i, token in enumerate(reading.tokens):
        opening = token.kind == "word" and token.text[0].isupper() and i + 1 < len(reading.tokens)
        if token.kind != "name" and not (opening and reading.tokens[i + 1].kind == "name"):
            continue
        joined = runs and (
            (runs[-1][-1] == i - 1 and reading.between(i - 1, i) in (" ", ". "))
            or (
                runs[-1][-1] == i - 2
                and reading.text[reading.tokens[i - 2].end : token.start] in (" of ", " for ", " of the ")
            )
        )
        if joined:
            runs[-1].append(i)
        else:
            runs.append([i])
    return [tuple(run) for run in runs]
