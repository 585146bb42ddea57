"""Which blocks of a page are the document: trafilatura's verdict, read with care for what it loses.

Trafilatura finds the main text well (F1 about .96 on labelled pages) but is known to drop lists and whole sections
of plainly built pages, and returns nothing for very large or very deep ones. So its verdict is asked only about
blocks that the page's own markup, or their being links, already makes doubtful; all else is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ingest.readers.html_blocks import Found
    from ingest.readers.html_page import Page

_WORD = re.compile(r"\w+")
_RUN = 4
_ENOUGH = 0.6
_TOO_LARGE = 1_500_000
_TOO_DEEP = 200


@dataclass(frozen=True, slots=True)
class Main:
    """The main text as trafilatura found it; empty when it could not be asked or found too little to be trusted."""

    runs: frozenset[int]
    lines: frozenset[str]

    def holds(self, text: str) -> bool:
        """Whether most of `text` is in the main text."""
        words = _words(text)
        if len(words) < _RUN:
            return " ".join(words) in self.lines
        runs = _runs(words)
        return sum(run in self.runs for run in runs) * 2 > len(runs)


def main_text(page: Page, blocks: Sequence[Found]) -> Main:
    """Trafilatura's main text, asked a second time for more when it holds under 60 % of what looks like text."""
    empty = Main(frozenset(), frozenset())
    if len(page.decoded.text) > _TOO_LARGE or page.depth > _TOO_DEEP:
        return empty
    likely = [_words(block.text) for block in blocks if block.zone is None and not block.hidden and not is_links(block)]
    total = sum(map(len, likely))
    for recall in (False, True):
        found = _extracted(page, recall=recall)
        held = sum(len(words) for words in likely if len(words) >= _RUN and _held(words, found))
        if total and held >= _ENOUGH * total:
            return found
    return empty


def is_links(block: Found) -> bool:
    """A block that is little but link text: an entry of a menu or of a list of other pages."""
    return block.linked * 10 >= len("".join(block.text.split())) * 7 and len(block.text.split()) <= 40


def reasons(page: Page, blocks: Sequence[Found]) -> list[str | None]:
    """For each block, why it is not part of the document, or None."""
    main = main_text(page, blocks)
    asked = bool(main.runs)
    decided = [_reason(block, main, asked=asked) for block in blocks]
    for index, block in enumerate(blocks):
        if decided[index] is None and block.zone is None and is_links(block) and asked and not main.holds(block.text):
            decided[index] = _link_reason(index, blocks, decided)
    return decided


def _reason(block: Found, main: Main, *, asked: bool) -> str | None:
    if block.hidden:
        return "hidden"
    if block.zone is None:
        return None
    if block.zone.sure or not asked:
        return block.zone.reason
    return None if main.holds(block.text) else block.zone.reason


def _link_reason(index: int, blocks: Sequence[Found], decided: Sequence[str | None]) -> str | None:
    """Links that stand alone in the text are references; several of them together are a menu or teasers."""
    low, high = index, index
    while low > 0 and _is_loose(blocks[low - 1]):
        low -= 1
    while high + 1 < len(blocks) and _is_loose(blocks[high + 1]):
        high += 1
    first = next((place for place, block in enumerate(blocks) if _is_prose(block) and decided[place] is None), None)
    if high - low < 2:
        return None
    if first is None or high < first:
        return "menu"
    last = max(place for place, block in enumerate(blocks) if _is_prose(block) and decided[place] is None)
    return "teasers" if low > last else None


def _is_loose(block: Found) -> bool:
    return block.hidden or (is_links(block) and not _is_prose(block))


def _is_prose(block: Found) -> bool:
    return block.zone is None and not block.hidden and len(block.text.split()) >= 15 and not is_links(block)


def _extracted(page: Page, *, recall: bool) -> Main:
    from copy import deepcopy

    from trafilatura import bare_extraction

    try:
        # It edits the tree it is given.
        document: Any = bare_extraction(
            deepcopy(page.root), favor_recall=recall, include_comments=False, include_tables=True, with_metadata=False
        )
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, AssertionError, RecursionError):
        # Its faults on odd pages are known and many; the walk over the page stands without it.
        document = None
    body = getattr(document, "body", None)
    if body is None:
        return Main(frozenset(), frozenset())
    return _of(text for element in body.iter() if (text := _own_text(element)))


def _own_text(element: Any) -> str:
    if element.tag not in ("p", "head", "item", "quote", "cell", "code", "ab", "fw"):
        return ""
    return " ".join("".join(element.itertext()).split())


def _of(texts: Iterable[str]) -> Main:
    runs: set[int] = set()
    lines: set[str] = set()
    for text in texts:
        words = _words(text)
        runs.update(_runs(words))
        if len(words) < _RUN:
            lines.add(" ".join(words))
    return Main(frozenset(runs), frozenset(lines))


def _held(words: Sequence[str], main: Main) -> bool:
    runs = _runs(words)
    return sum(run in main.runs for run in runs) * 2 > len(runs)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _runs(words: Sequence[str]) -> list[int]:
    """Runs of four words, as hashes that only ever meet others of the same process."""
    return [hash(tuple(words[at : at + _RUN])) for at in range(len(words) - _RUN + 1)]
