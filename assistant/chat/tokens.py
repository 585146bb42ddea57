"""The tokens by which a language model names evidence: `[[ev7]]`.

Official prose is full of numbers in brackets: "[2020] EWCA Civ 1058", "our ref 12", "[12]". A token therefore has
letters in front of its number, and letters are chosen that no word of the evidence or the question has in front of a
number, so that whatever looks like a token in what a model writes is one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product

_PREFIXES = ("ev", "st", "pt", "zq", *(f"q{a}{b}" for a, b in product("zxkvj", repeat=2)))
_LAST = "briefingstatement"
_OPEN = r"(?:\\?[\[(\u3010\u27e6{<]){1,2}"
_CLOSE = r"(?:\\?[\])\u3011\u27e7}>]){1,2}"
_RANGE = 12
"""Statements from the first to the last that one token names as a range, at most."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens for `count` statements, numbered from 1."""

    prefix: str
    count: int

    def of(self, number: int) -> str:
        """The token as the model sees and writes it."""
        return f"[[{self.prefix}{number}]]"

    def bare(self, number: int) -> str:
        """The token without brackets, as JSON holds it."""
        return f"{self.prefix}{number}"

    @property
    def group(self) -> re.Pattern[str]:
        """One or more tokens side by side, in whatever brackets a model puts them.

        A phrase before them that only points at them ("as stated in [[ev3]]") is part of it.
        """
        one = rf"{self.prefix}\s?\d+"
        listed = rf"{one}(?:\s*(?:,|;|and|&|-|\u2013)\s*{one})*"
        bracketed = rf"(?:{_OPEN}\s*{listed}\s*{_CLOSE}|(?<!\w){listed}(?!\w))"
        phrase = r"(?:,?\s*(?:\((?=\s*see)|\b(?:according to|as (?:stated|noted|shown) (?:in|by)|see|per|sources?:?|evidence:|tokens?:|citations?:)))?"
        return re.compile(rf"{phrase}\s*{bracketed}(?:\s*[,;&\u2013-]?\s*{bracketed})*", re.I)

    def numbers(self, group: str) -> tuple[int, ...]:
        """The numbers that a group of tokens names, in order, each once; those of no statement are left in."""
        found: list[int] = []
        one = rf"{self.prefix}\s?(\d{{1,6}})(?!\d)"
        for match in re.finditer(rf"{one}(?:[\])}}\s]*[-\u2013][\[({{\s]*{one})?", group, re.I):
            first, last = int(match[1]), int(match[2] or match[1])
            found += range(first, last + 1) if first <= last < first + _RANGE else (first, last)
        return tuple(dict.fromkeys(found))


def tokens_for(count: int, *texts: str) -> Tokens:
    """Tokens that occur in none of `texts`."""
    whole = "\n".join(texts)
    for prefix in _PREFIXES:
        if not re.search(rf"{prefix}\s?\d", whole, re.I):
            return Tokens(prefix, count)
    prefix = _LAST
    while re.search(rf"{prefix}\s?\d", whole, re.I):
        prefix += "x"
    return Tokens(prefix, count)
