"""What brackets and quotation marks enclose, as pairs of places."""

from __future__ import annotations

import re
from bisect import bisect_right

Pair = tuple[int, int]
_ASIDE = 600
"""Longest bracket, in characters, that counts as one; a bracket that is never closed must not swallow the rest."""


def brackets(paragraph: str) -> list[Pair]:
    """Brackets that are closed again within `_ASIDE`, outermost only, in order."""
    stack: list[int] = []
    found: list[Pair] = []
    for mark in re.finditer(r"[(\[)\]]", paragraph):
        if mark.group() in "([":
            stack.append(mark.start())
        elif stack:
            opened = stack.pop()
            if mark.start() - opened <= _ASIDE:
                while found and found[-1][0] > opened:
                    found.pop()
                found.append((opened, mark.start()))
    return found


def quotations(paragraph: str) -> list[Pair]:
    """Double quotation marks, straight or not, in pairs; one that is never closed is passed over."""
    found: list[Pair] = []
    opened: int | None = None
    for mark in re.finditer(r"[“”„\"«»]", paragraph):
        at, straight = mark.start(), mark.group() == '"'
        opens = mark.group() in "“„«" or (straight and opened is None)
        if opens:
            opened = at
        elif opened is not None:
            found.append((opened, at))
            opened = None
    return found


def inside(pairs: list[Pair], place: int) -> Pair | None:
    """The pair that `place` stands in, just behind its last mark not included."""
    at = bisect_right(pairs, (place, -1)) - 1
    return pairs[at] if at >= 0 and pairs[at][0] < place <= pairs[at][1] else None
