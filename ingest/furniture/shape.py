"""The shapes that furniture and text have: a short line, a title, prose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.documents import Block

_STOPS = (".", "!", ";", ",", ":", '."', ".\u201d", ".)", ".\u2019", "\u3002")
_SENTENCE_INSIDE = re.compile(r"[a-z0-9)\"\u201d\u2019][.!?]\s+[\"\u201c\u2018(]?[A-Z]")
_CLAUSE = re.compile(
    r"(?:article|section|regulation|schedule|rule|annex|paragraph|clause|chapter|part|recommendation|principle|question)s?\s+"
    r"[\dIVX]",
    re.I,
)


def plain(text: str) -> str:
    """`text` in lower case, without the marks that surround a label."""
    return text.casefold().strip(" :.\u2026-\u2013\u2014*#|>\u00bb\u203a\u2192\u25bc\u2193\u00a0")


def is_prose(block: Block) -> bool:
    """A paragraph of at least one whole sentence of some length."""
    text = block.text
    words = len(text.split())
    if block.kind in ("heading", "table_row", "caption"):
        return False
    return words >= 12 and (
        text.endswith((".", "!", "?", *_STOPS, '"', "\u201d", "\u2019", ")", "\u2026")) or words >= 40
    )


def is_title(block: Block) -> bool:
    """A line of the length and make of a headline: no full stop, a capital or figure in front, not a clause of a law."""
    text = block.text
    words = len(text.split())
    if not 2 <= words <= 25 or len(text) > 170 or block.kind in ("table_row", "note"):
        return False
    if text.endswith(_STOPS) or text[0].islower() or _CLAUSE.match(text) or _SENTENCE_INSIDE.search(text):
        return False
    return "://" not in text and "@" not in text


def kept(reasons: Sequence[str | None], low: int, high: int) -> list[int]:
    """The places in [low, high) that nothing has set aside yet."""
    return [place for place in range(low, high) if reasons[place] is None]
