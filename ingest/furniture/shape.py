"""The shapes that furniture and text have: a short line, a title, prose, what stands around them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.documents import Block

_STOPS = (".", "!", ";", ",", ":", '."', ".”", ".)", ".’", "。")
_SENTENCE_INSIDE = re.compile(r"[a-z0-9)\"”’][.!?]\s+[\"“‘(]?[A-Z]")
_CLAUSE = re.compile(
    r"(?:article|section|regulation|schedule|rule|annex|paragraph|clause|chapter|part|recommendation|principle|question)"
    r"s?\s+[\dIVX]",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"#?\d{1,2}[.)]?\s+")


def plain(text: str) -> str:
    """`text` in lower case, without the marks that surround a label."""
    return text.casefold().strip(" :.…-–—*#|>»›→▼↓\u00a0")


def is_prose(block: Block) -> bool:
    """A paragraph of at least one whole sentence of some length."""
    text = block.text
    words = len(text.split())
    if block.kind in ("heading", "table_row", "caption"):
        return False
    return words >= 12 and (text.endswith((".", "!", "?", *_STOPS, '"', "”", "’", ")", "…")) or words >= 40)


def is_title(block: Block) -> bool:
    """A line with the length and make of a headline: no full stop, a capital in front, not a clause of a law.

    A rank in front of it ("1. Council votes to …") does not count.
    """
    if block.kind in ("table_row", "note"):
        return False
    text = _NUMBER.sub("", block.text, count=1)
    words = len(text.split())
    if not 2 <= words <= 25 or len(text) > 170:
        return False
    if text.endswith(_STOPS) or text[0].islower() or _CLAUSE.match(text) or _SENTENCE_INSIDE.search(text):
        return False
    return "://" not in text and "@" not in text


def is_introduced(blocks: Sequence[Block], place: int) -> bool:
    """Whether the line before ends in a colon: what follows it is the text's own list."""
    return place > 0 and blocks[place - 1].text.rstrip().endswith(":")


def ranks(blocks: Sequence[Block]) -> dict[int, set[str]]:
    """For each rank of heading up to two different wordings of it, which is all that `is_section` asks."""
    found: dict[int, set[str]] = {}
    for block in blocks:
        if block.kind == "heading" and len(held := found.setdefault(block.level, set())) < 2:
            held.add(plain(block.text))
    return found


def is_section(block: Block, ranked: dict[int, set[str]]) -> bool:
    """Whether the block is a heading among others of its rank, and so a part of how the document is built."""
    return block.kind == "heading" and bool(ranked[block.level] - {plain(block.text)})


def ends_here(reasons: Sequence[str | None], place: int) -> bool:
    """Whether nothing but furniture follows `place`."""
    return all(reason is not None for reason in reasons[place + 1 :])
