"""Every string a claim puts in quotation marks stands, to the character, in one of the texts it cites."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.checks import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPEN, _CLOSE = "“„«", "”»"
_FOLD = str.maketrans({"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "\u00ad": None, "\u00a0": " "})


def check(claim: str, quotes: Sequence[str]) -> Finding | None:
    """See `assistant.checks`. Straight and curly marks count as one; nothing else about a quotation may differ."""
    for quoted in quotations(claim):
        folded = _fold(quoted)
        if not any(folded in _fold(quote) for quote in quotes):
            return Finding("quote_altered", f"“{quoted}” does not stand in what the claim cites.")
    return None


def quotations(text: str) -> list[str]:
    """What stands between double quotation marks, outermost pair first; an unclosed one runs to the end.

    A sentence cut out of a longer quotation may open with a closing mark or end on an opening one.
    """
    found: list[str] = []
    straight = [match.start() for match in re.finditer('"', text)]
    for first, second in zip(straight[::2], [*straight[1::2], None], strict=False):
        found.append(text[first + 1 : second])
    depth, start = 0, 0
    for place, character in enumerate(text):
        if character in _OPEN:
            if depth == 0:
                start = place + 1
            depth += 1
        elif character in _CLOSE and depth:
            depth -= 1
            if depth == 0:
                found.append(text[start:place])
    if depth:
        found.append(text[start:])
    return [part.strip() for part in found if part.strip()]


def _fold(text: str) -> str:
    return " ".join(text.translate(_FOLD).split())
