"""Which word of a source each word of a claim goes back to."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.aliases import Alias
    from assistant.checks.reading import Reading, Token

_WINDOW = 3


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
    """Every carrying token of `claim` to the like token of `source` whose neighbours agree best."""
    runs = _runs(claim, source)
    places = {i: j for i, j in runs.items() if claim.tokens[i].carries and source.tokens[j].carries}
    figures = {j for j in places.values() if source.tokens[j].number or source.tokens[j].date}
    for i, token in enumerate(claim.tokens):
        if not token.carries or i in places:
            continue
        likely = [j for j, other in enumerate(source.tokens) if j not in figures and _same(token, other)]
        if likely:
            last = next((places[k] for k in range(i - 1, -1, -1) if k in places), -1)
            places[i] = max(likely, key=lambda j: (_agreement(claim, i, source, j), j == last + 1, -abs(j - last)))
            if token.number or token.date:
                figures.add(places[i])
    named = _by_other_names(claim, source, known, places)
    return Alignment(places, runs, frozenset(named))


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
        return token.lemma == other.lemma or token.text.casefold().replace(".", "") == other.text.casefold().replace(
            ".", ""
        )
    return token.lemma in other.kin or other.lemma in token.kin


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
    short = {one.text: j for j, one in enumerate(source.tokens) if one.text.isupper() and len(one.text) > 1}
    spelled = {_letters(source, run): run[0] for run in _long_runs(source)}
    for run in name_runs(claim):
        for i in run:
            if i not in places and claim.tokens[i].text in spelled:
                places[i] = spelled[claim.tokens[i].text]
                met.add(i)
        stems = frozenset(claim.tokens[i].lemma for i in run)
        for mine, other in _other_names(stems, known):
            if any(i not in places for i in run) and other <= held.keys():
                renamed = [i for i in run if claim.tokens[i].lemma in mine]
                places.update(dict.fromkeys(renamed, min(held[one] for one in other)))
                met |= set(renamed)
    for run in _long_runs(claim):
        letters = _letters(claim, run)
        if letters in short and any(i not in places for i in run):
            places.update(dict.fromkeys(run, short[letters]))
            met |= set(run)
    return met


def _other_names(stems: frozenset[str], known: tuple[Alias, ...]) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Pairs of what the claim's name has of an alias and what the source may have instead."""
    found = []
    for alias in known:
        if stems <= alias.name:
            found.append((stems, alias.other))
        for mine, other in ((alias.name, alias.other), (alias.other, alias.name)):
            if mine <= stems:
                found.append((mine, other))
    return found


def _long_runs(reading: Reading) -> list[tuple[int, ...]]:
    """Runs of two to seven neighbouring capitalised words, also across "and" and "of", and every part of them."""
    capital = [i for i, one in enumerate(reading.tokens) if one.text[0].isupper() and one.kind in ("name", "word")]
    found = []
    for first, i in enumerate(capital):
        run = [i]
        for before, k in zip(capital[first:], capital[first + 1 : first + 7], strict=False):
            if reading.between(before, k) not in (" ", " and ", " of ", " for ", " of the ", " for the ", " & "):
                break
            run.append(k)
            found.append(tuple(run))
    return found


def _letters(reading: Reading, run: tuple[int, ...]) -> str:
    return "".join(reading.tokens[i].text[0] for i in run)


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
