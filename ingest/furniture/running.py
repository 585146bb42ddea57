"""Running heads, feet and page numbers that repeat from page to page, of paged text and of text that lost its pages.

PDF is not looked at here: its reader knows where on the page a line stands (see `ingest.readers.pdf_furniture`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from ingest.furniture.shape import is_prose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.documents import Block

_PAGES = 3
_EDGE = 3
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"\W*(?:page\s+)?(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.I)
# "Page 3", "Page 3 of 9", "- 3 -"; a reader may have taken the first dash for a bullet.
_SAID_PAGE = re.compile(r"\W*page\s+(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?\W*|(?:[-–—]\s*)?(\d{1,4})\s*[-–—]", re.I)
_KINDS = ("paragraph", "heading", "note", "table_row")


def mark(blocks: Sequence[Block], reasons: list[str | None]) -> None:
    """Set the reason of blocks that repeat at the same edge of three pages or more, and of counted page numbers."""
    pages: defaultdict[int, list[int]] = defaultdict(list)
    for place, block in enumerate(blocks):
        if block.page is not None and reasons[place] is None and not block.boxes:
            pages[block.page].append(place)
    if len(pages) >= _PAGES:
        tops = {page: places[: min(_EDGE, (len(places) + 1) // 2)] for page, places in pages.items()}
        feet = {page: places[max(len(places) - _EDGE, (len(places) + 1) // 2) :] for page, places in pages.items()}
        _repeated(blocks, reasons, tops, "page_header")
        _repeated(blocks, reasons, feet, "page_footer")
    _counted(blocks, reasons)


def _repeated(blocks: Sequence[Block], reasons: list[str | None], edges: dict[int, list[int]], reason: str) -> None:
    at: defaultdict[str, set[int]] = defaultdict(set)
    for page, places in edges.items():
        for place in places:
            at[_key(blocks[place])].add(page)
    for page, places in edges.items():
        for place in places:
            block = blocks[place]
            often = at[_key(block)]
            if (
                reasons[place] is None
                and len(often) >= _PAGES
                and len(often) * 2 >= len(edges)
                and _may_run(block, page)
            ):
                reasons[place] = reason


def _may_run(block: Block, page: int) -> bool:
    """Short, and when it is little but a number, then the page's own or one at a fixed distance from it."""
    if block.kind not in _KINDS or len(block.text) > 200 or is_prose(block):
        return False
    number = _PAGE_NUMBER.fullmatch(block.text)
    return number is None or abs(int(number[1]) - page) <= 50 or "of" in block.text


def _key(block: Block) -> str:
    return " ".join(_NUMBER.sub("#", block.text).casefold().split())


def _counted(blocks: Sequence[Block], reasons: list[str | None]) -> None:
    """Lines like "Page 3 of 9" in text without pages: three or more that count up one by one, with the lines that go with them."""
    found = [
        (place, int(match[1] or match[2]))
        for place, block in enumerate(blocks)
        if reasons[place] is None and (match := _SAID_PAGE.fullmatch(block.text))
    ]
    if len(found) < _PAGES or any(
        after != before + 1 for (_, before), (_, after) in zip(found, found[1:], strict=False)
    ):
        return
    beside: defaultdict[str, list[int]] = defaultdict(list)
    for place, _ in found:
        reasons[place] = "page_footer"
        for near in (place - 1, place + 1):
            if 0 <= near < len(blocks) and reasons[near] is None and not is_prose(blocks[near]):
                beside[_key(blocks[near])].append(near)
    for places in beside.values():
        if len(places) >= max(_PAGES, len(found) - 1):
            for place in places:
                reasons[place] = "page_header"
