"""The order in which a page is read, and its lines.

A page's own writing order is trusted, because it is right for nearly every file and keeps the cells of a table
apart, with two exceptions that can be seen from the page: two columns of prose written line by line across both,
and a block written after another that stands below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from ingest.readers.pdf_text import RAISED, is_raised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.readers.pdf_text import Piece

MARKER = re.compile(
    r"(?P<bullet>[\u2022\u2023\u25aa\u25ab\u25cf\u25cb\u25e6\u2043\u27a2\u2219\u00b7\uf0b7\uf0a7\uf0d8\uf076\u2713\u25a0\u25a1]|[-\u2013\u2014*](?=\s|$))"
    r"|(?P<letter>\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)|[a-z]\)|\d{1,2}\))(?=\s|$)"
    r"|(?P<number>\d{1,3}(?:\.\d{1,3}){0,3}\.?)(?=\s|$)"
)
LEADERS = re.compile(r"(?=.*(?:\.\s?){4})[\s.\divxlc]+")
"""A line of dots and page numbers whose titles are a line of their own."""

_BREAK = re.compile(r"\s*(?:\.\s?){4,}\s*|(?<=[\d)%\u2014])\s+(?=[$\u20ac\u00a3](?:\s|$))")
"""Where a run of words is two cells: at dot leaders, and before a currency sign set off from its figure."""

_CURRENCY = re.compile(r"[$\u20ac\u00a3\u00a5(]+")
_CLOSING = re.compile(r"[)%]+")
_FIGURE = re.compile(
    r"[-\u2013\u2014(]?\s*[$\u20ac\u00a3]?\s*[\d.,]*\d[\d.,]*\s*\)?\s*%?\)?|[\u2014\u2013-]|n/?a", re.IGNORECASE
)
_COLUMN_LINES = 4
_MOST_BLOCKS = 300


@dataclass(slots=True)
class Line:
    """One line of a page as it is read. `column` tells lines apart that stand side by side.

    `cells` holds the texts of a table row, and is empty for any other line.
    """

    page: int
    pieces: list[Piece]
    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool
    column: int = 0
    cells: tuple[str, ...] = ()
    broken: bool = False
    turned: bool = False
    furniture: str | None = None

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.y0 + self.y1) / 2

    @property
    def height(self) -> float:
        """Height of its box, never 0."""
        return max(self.y1 - self.y0, 0.1)


def lines(pieces: Sequence[Piece], page: int) -> list[Line]:
    """The lines of one page in reading order; turned text comes last."""
    upright = [piece for piece in pieces if not piece.turned]
    columns = _columns(upright, depth=3)
    made: list[Line] = []
    for number, column in enumerate(columns):
        made.extend(_rows(column, page, number))
    made = _downwards(made)
    _mark_tables(made)
    made.extend(_line([piece], page, len(columns)) for piece in pieces if piece.turned)
    return made


def _columns(pieces: list[Piece], depth: int) -> list[list[Piece]]:
    """Pieces of columns that were written across, one list a column and band; else all in one list."""
    gutter = _gutter(pieces) if depth else None
    if gutter is None or not _written_across(pieces, gutter):
        return [pieces]
    spanning = sorted((piece for piece in pieces if piece.x0 < gutter < piece.x1), key=lambda piece: piece.middle)
    made: list[list[Piece]] = []
    rest = [piece for piece in pieces if not piece.x0 < gutter < piece.x1]
    for bar in [*spanning, None]:
        band = [piece for piece in rest if bar is None or piece.middle < bar.middle]
        rest = [piece for piece in rest if bar is not None and piece.middle >= bar.middle]
        for side in ([p for p in band if p.x1 <= gutter], [p for p in band if p.x0 >= gutter]):
            if side:
                made.extend(_columns(side, depth - 1))
        if bar is not None:
            made.append([bar])
    return made


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Where white runs down between two columns of prose; None when there is no such place."""
    if len(pieces) < 2 * _COLUMN_LINES:
        return None
    left, right = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    width = right - left
    crossed = [0] * (int(width / 2) + 3)
    for piece in pieces:
        crossed[int((piece.x0 - left) / 2)] += 1
        crossed[int((piece.x1 - left) / 2) + 1] -= 1
    total = 0
    best: tuple[int, float] | None = None
    for step, change in enumerate(crossed):
        total += change
        at = left + 2 * step + 1
        if not change or not 0.2 * width < at - left < 0.8 * width or total > len(pieces) / 3:
            continue
        if (best is None or total < best[0]) and _prose_on_both_sides(pieces, at):
            best = (total, at)
    return best[1] if best else None


def _prose_on_both_sides(pieces: Sequence[Piece], at: float) -> bool:
    return all(
        _is_prose(side)
        for side in ([piece for piece in pieces if piece.x1 <= at], [piece for piece in pieces if piece.x0 >= at])
    )


def _is_prose(side: Sequence[Piece]) -> bool:
    """Lines that fill their column: a table's cells end anywhere, a column's lines end at its edge."""
    long = [
        piece for piece in side if len(piece.text) >= 15 and sum(map(str.isalpha, piece.text)) > len(piece.text) / 2
    ]
    if len(long) < _COLUMN_LINES or len(long) < 0.6 * len(side):
        return False
    width = max(piece.x1 for piece in long) - min(piece.x0 for piece in long)
    return median(piece.x1 - piece.x0 for piece in long) > 0.75 * width


def _written_across(pieces: Sequence[Piece], gutter: float) -> bool:
    sides = [piece.x0 >= gutter for piece in pieces if not piece.x0 < gutter < piece.x1]
    changes = sum(first != second for first, second in pairwise(sides))
    return changes > min(sides.count(True), sides.count(False)) / 2


def _rows(pieces: Sequence[Piece], page: int, column: int) -> list[Line]:
    """Pieces that follow one another on one baseline as one line, from left to right."""
    rows: list[list[Piece]] = []
    for piece in pieces:
        last = rows[-1][-1] if rows else None
        if last is None or not (
            abs(last.middle - piece.middle) < 0.35 * max(last.height, piece.height)
            and (piece.x0 >= last.x1 - 1 or piece.line == last.line)
        ):
            rows.append([piece])
        elif abs(piece.x0 - last.x1) < 0.4 * last.height:
            rows[-1][-1] = _grown(last, piece)
        else:
            rows[-1].append(piece)
    return [_line(row, page, column) for row in rows]


def _grown(first: Piece, second: Piece) -> Piece:
    """The two as one: a raised "th" is a piece of its own, and close to its figure."""
    larger = max(first, second, key=lambda piece: piece.size)
    gap = " " if second.x0 - first.x1 > 0.12 * larger.height else ""
    is_mark = larger is first and is_raised((second.y0, second.y1), (first.y0, first.y1))
    return replace(
        larger,
        text=first.text + gap + (second.text.translate(RAISED) if is_mark else second.text),
        x0=min(first.x0, second.x0),
        y0=min(first.y0, second.y0),
        x1=max(first.x1, second.x1),
        y1=max(first.y1, second.y1),
        bold=first.bold and second.bold,
        line=second.line,
        broken=second.broken,
    )


def _line(row: list[Piece], page: int, column: int) -> Line:
    longest = max(row, key=lambda piece: len(piece.text))
    return Line(
        page,
        row,
        " ".join(piece.text for piece in row),
        min(piece.x0 for piece in row),
        min(piece.y0 for piece in row),
        max(piece.x1 for piece in row),
        max(piece.y1 for piece in row),
        longest.size,
        all(piece.bold for piece in row),
        column,
        broken=row[-1].broken,
        turned=row[0].turned,
    )


def _downwards(made: list[Line]) -> list[Line]:
    """The same lines, with a block put before another that stands below it in the same column."""
    blocks: list[list[Line]] = []
    for line in made:
        last = blocks[-1][-1] if blocks else None
        if last is not None and last.column == line.column and 0 <= line.middle - last.middle < 2.5 * line.height:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    if len(blocks) > _MOST_BLOCKS:
        return made
    frames = [(min(x.x0 for x in b), min(x.y0 for x in b), max(x.x1 for x in b), max(x.y1 for x in b)) for b in blocks]
    above = {
        index: {other for other in range(len(blocks)) if other != index and _stands_above(frames[other], frames[index])}
        for index in range(len(blocks))
    }
    order: dict[int, None] = {}
    for index in range(len(blocks)):
        _place(index, above, order)
    return [line for index in order for line in blocks[index]]


def _place(index: int, above: dict[int, set[int]], order: dict[int, None]) -> None:
    """Append a block to `order`, after what stands above it; `above` has no circles."""
    if index in order:
        return
    for other in sorted(above[index]):
        _place(other, above, order)
    order[index] = None


def _stands_above(first: tuple[float, ...], second: tuple[float, ...]) -> bool:
    shared = min(first[2], second[2]) - max(first[0], second[0])
    narrower = min(first[2] - first[0], second[2] - second[0])
    return shared > 0.5 * narrower and first[3] <= second[1] + 0.3 * (second[3] - second[1]) and first[1] < second[1]


def _mark_tables(made: list[Line]) -> None:
    rows = [_cells(line) for line in made]
    for index, line in enumerate(made):
        near = [made[other] for other in (index - 1, index + 1) if 0 <= other < len(made)]
        # A justified line can have wide gaps too, so that a row needs figures or a neighbour of its shape.
        if len(rows[index]) > 1 and (
            any(_FIGURE.fullmatch(cell) for cell in rows[index][1:]) or any(_aligned(line, other) for other in near)
        ):
            line.cells = rows[index]
    for order in (range(1, len(made)), range(len(made) - 2, -1, -1)):
        for index in order:
            neighbour = made[index - order.step]
            if len(rows[index]) > 1 and neighbour.cells and neighbour.column == made[index].column:
                made[index].cells = rows[index]


def _cells(line: Line) -> tuple[str, ...]:
    """The texts between wide gaps; empty where the first gap only sets off a list marker."""
    texts = [part for piece in line.pieces for part in _BREAK.split(piece.text) if part]
    cells: list[str] = []
    for text in texts:
        if cells and (_CURRENCY.fullmatch(cells[-1]) or _CLOSING.fullmatch(text)):
            cells[-1] += (" " if _CURRENCY.fullmatch(cells[-1]) else "") + text
        else:
            cells.append(text)
    if len(cells) == 2 and MARKER.fullmatch(cells[0]):
        return ()
    return tuple(cells)


def _aligned(line: Line, other: Line) -> bool:
    """True when the two lines have their second cells, or their last, at one place."""
    if len(other.pieces) < 2 or len(line.pieces) < 2:
        return False
    return (
        abs(line.pieces[1].x0 - other.pieces[1].x0) < 3
        or abs(line.pieces[-1].x1 - other.pieces[-1].x1) < 3
        and len(line.pieces[-1].text) < 25
    )
