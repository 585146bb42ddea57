"""Verbs that say the opposite of each other, for telling "dismissed the appeal" from "allowed the appeal"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from assistant.families import lemma

if TYPE_CHECKING:
    from collections.abc import Iterable

_OPPOSITES = """
allow grant uphold accept approve permit admit | dismiss reject refuse deny disallow forbid ban prohibit exclude
start begin open launch resume | stop end close finish cease suspend
rise increase grow raise expand | fall decrease drop shrink cut reduce
support welcome back favour praise endorse | oppose criticise condemn reject object
win succeed | lose fail
join enter attend | leave withdraw
buy | sell
include add | exclude remove omit
lawful legal | unlawful illegal
confirm | deny withdraw
keep retain | destroy delete discard
publish release disclose | withhold conceal
convict | acquit
lift | impose
"""


@cache
def _sides() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    pairs = (line.split("|") for line in _OPPOSITES.strip().splitlines())
    return tuple((_lemmas(one), _lemmas(other)) for one, other in pairs)


def _lemmas(words: str) -> frozenset[str]:
    return frozenset(lemma(word) for word in words.split())


def opposed(mine: Iterable[str], theirs: Iterable[str]) -> bool:
    """Whether a lemma of one is the opposite of a lemma of the other."""
    first, second = set(mine), set(theirs)
    return any((first & one and second & other) or (first & other and second & one) for one, other in _sides())
