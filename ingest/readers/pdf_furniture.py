"""Running headers, footers and page numbers of a paged document, by place and repetition.

A line is furniture when it stands near the top or bottom edge and the same words, numbers aside, stand at the same
height on three pages or more that follow closely on one another; of the lines further in, on a good part of all
pages, because tables that go on have heads too. Of one or two pages nothing is set aside but a bare
page number: repetition cannot be seen there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.readers.pdf_layout import Line

_EDGE = 0.13
"""The part of the page's height, at the top and at the bottom, in which furniture is looked for."""

_LINES = 6
_PAGES = 3
_SHARE = 0.1
_NUMBER = re.compile(r"\d+|\b[ivxlc]{1,7}\b", re.IGNORECASE)
_BARE = re.compile(r"\W*(\d{1,4})\W*")
_PAGE_NUMBER = re.compile(r"\W*(?:page|p\.)?\s*(?:\d{1,4}|[ivxl]{1,6})\s*(?:(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)


def mark(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> None:
    """Set `furniture` on the running lines; `heights` are those of the pages in reading space."""
    at: defaultdict[tuple[str, str, int], set[int]] = defaultdict(set)
    _mark_numbers(pages)
    found: list[tuple[Line, tuple[str, str, int]]] = []
    outermost: dict[int, bool] = {}
    for lines, height in zip(pages, heights, strict=True):
        for line, edge, is_outermost in _edges(lines, height):
            outermost[id(line)] = is_outermost
            key = (edge, _key(line.text), round(line.middle / 6))
            found.append((line, key))
            at[key].add(line.page)
    for line, key in found:
        if line.furniture:
            continue
        edge, words, place = key
        where = at[key] | at.get((edge, words, place - 1), set()) | at.get((edge, words, place + 1), set())
        needed = _PAGES if outermost[id(line)] else max(_PAGES, int(_SHARE * len(pages)))
        if _runs(where, needed) or (len(pages) < _PAGES and _is_page_number(line, pages)):
            line.furniture = edge


def _mark_numbers(pages: Sequence[Sequence[Line]]) -> None:
    """Bare numbers that are the first or last line of their page and count up with the pages, at any height."""
    last: defaultdict[tuple[str, int], list[Line]] = defaultdict(list)
    for lines in pages:
        by_height = sorted((line for line in lines if line.furniture is None), key=lambda line: line.middle)
        for edge, outermost in (("page_header", by_height[:1]), ("page_footer", by_height[-1:])):
            for line in outermost:
                if found := _BARE.fullmatch(line.text):
                    last[edge, int(found[1]) - line.page].append(line)
    for (edge, _), numbered in last.items():
        if _runs({line.page for line in numbered}, _PAGES):
            for one in numbered:
                one.furniture = edge


def _edges(lines: Sequence[Line], height: float) -> list[tuple[Line, str, bool]]:
    """The lines of a page that stand near its edges, each with the edge, and whether it is the outermost there."""
    by_height = sorted((line for line in lines if line.furniture is None), key=lambda line: line.middle)
    top = [line for line in by_height[:_LINES] if line.middle < _EDGE * height]
    bottom = [line for line in by_height[-_LINES:] if line.middle > (1 - _EDGE) * height]
    sides = [line for line in by_height if line.turned]
    return [
        *((line, "page_header", line.middle < top[0].y1) for line in top),
        *((line, "page_footer", line.middle > bottom[-1].y0) for line in bottom),
        *((line, "page_header", True) for line in sides),
    ]


def _key(text: str) -> str:
    return " ".join(_NUMBER.sub("#", text).casefold().split())


def _runs(pages: set[int], needed: int) -> bool:
    """True for pages that follow closely: left and right ones may differ, one with a picture may lack it."""
    if len(pages) < needed:
        return False
    return len(pages) * 3 >= max(pages) - min(pages) + 1


def _is_page_number(line: Line, pages: Sequence[Sequence[Line]]) -> bool:
    if not _PAGE_NUMBER.fullmatch(line.text) or len(line.pieces) > 1:
        return False
    page = next(lines for lines in pages if any(other is line for other in lines))
    others = [other for other in page if other is not line]
    return bool(others) and (
        all(other.y0 >= line.y1 for other in others) or all(other.y1 <= line.y0 for other in others)
    )
