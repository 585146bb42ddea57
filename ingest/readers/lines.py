"""Lines of plain text to blocks: which line break is a wrap, which one ends a paragraph, an item or a row.

A break is taken for a wrap when the next line's first word would not have fitted on the line (the width is
measured on the text itself), when the next line goes on in lower case, or when the line ends on a word such as "of". So hard-wrapped paragraphs are
joined, and addresses, verse and one-line paragraphs are not.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.documents import BlockKind

_BULLET = re.compile(r"\s*(?:[-*+\u2022\u2023\u25aa\u25cf\u25e6\u00b7\u2043\uf0b7\uf0a7]|[oO](?=\s{2,}))\s+(?=\S)")
_DASH = re.compile(r"\s*[\u2013\u2014]\s+(?=\S)")
_NUMBER = re.compile(
    r"\s*(?:\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[a-z]|[ivx]{1,5}|[A-Z])\)|(?:\d{1,3}(?:\.\d{1,3}){0,3}|[a-z])\.)\s+(?=\S)"
)
_UNDERLINE = re.compile(r"\s*([=\-~*_])\1{2,}\s*")
_CELLS = re.compile(r"\t+| {3,}|\s+\|\s+")
_ENDS = re.compile(r"[.!?:;][)\]\"'\u2019\u201d\u00bb]*\s*$")
_UNFINISHED = re.compile(r"\w,? (?:a|an|the|of|to|in|on|at|by|for|from|with|and|or|that|which|its|their|his|her)\s*$")
"""No line of an address, a verse or a title ends like that."""
_SOFT_WIDTH = (50, 130)
_LEVELS = {"=": 1, "*": 1, "-": 2, "~": 3, "_": 3}


class Piece(NamedTuple):
    """A block to be: kind, text (still to be cleaned) and heading level."""

    kind: BlockKind
    text: str
    level: int = 0


def groups(lines: Sequence[str]) -> Iterator[list[str]]:
    """Runs of lines between blank ones."""
    group: list[str] = []
    for line in lines:
        if line.strip():
            group.append(line.rstrip())
        elif group:
            yield group
            group = []
    if group:
        yield group


def width_of(lines: Sequence[str]) -> int | None:
    """The column at which the text is wrapped; None when its lines are not wrapped at all."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    if not lengths:
        return None
    width = lengths[int(len(lengths) * 0.95)]
    return width if _SOFT_WIDTH[0] <= width <= _SOFT_WIDTH[1] else None


def arrange(lines: Sequence[str], width: int | None) -> Iterator[Piece]:
    """The blocks of one run of lines without blank ones between them."""
    if len(lines) > 1 and (rows := records(lines)):
        yield from (Piece("table_row", row) for row in rows)
        return
    if len(lines) == 2 and (rule := _UNDERLINE.fullmatch(lines[1])) and len(lines[0]) <= 200:
        yield Piece("heading", lines[0], _LEVELS[rule[1]])
        return
    kept = [line for line in lines if not _UNDERLINE.fullmatch(line)]
    if len(kept) == 1 and _is_capitals(kept[0]):
        yield Piece("heading", kept[0], 2)
        return
    yield from _paragraphs(kept, width)


def records(lines: Sequence[str]) -> list[str] | None:
    """Lines that are rows of a table or of a CSV file, cells joined by " | "; None when they are neither."""
    if _CELLS.search(lines[0].strip()) and len(lines) > 1:
        split = [_CELLS.split(line.strip().strip("|").strip()) for line in lines]
        if min(map(len, split)) > 1 and len({len(cells) for cells in split}) <= 2:
            return [" | ".join(cell.strip() for cell in cells) for cells in split if not _is_rule(cells)]
    return _comma_separated(lines) if len(lines) > 2 and lines[0].count(",") else None


def _comma_separated(lines: Sequence[str]) -> list[str] | None:
    # Prose has commas too: rows have equally many cells, and either many of them or quoted ones.
    try:
        rows = list(csv.reader(lines, strict=True))
    except csv.Error:
        return None
    cells = len(rows[0])
    if cells < 2 or any(len(row) != cells for row in rows):
        return None
    quoted = sum(line.startswith('"') or line.endswith('"') for line in lines)
    if cells < 4 and quoted * 2 < len(lines) or any(cell.startswith(" ") for cell in rows[0][1:]):
        return None
    return [" | ".join(cell for cell in map(str.strip, row) if cell) for row in rows]


def _is_rule(cells: Sequence[str]) -> bool:
    return all(not cell.strip(" -:=+") for cell in cells)


def _is_capitals(line: str) -> bool:
    letters = [letter for letter in line if letter.isalpha()]
    return len(line) <= 80 and len(letters) >= 4 and all(map(str.isupper, letters)) and len(line.split()) <= 12


def _paragraphs(lines: Sequence[str], width: int | None) -> Iterator[Piece]:
    kind: BlockKind = "paragraph"
    held: list[str] = []
    for line in lines:
        item = _item(line, held, kind)
        if held and (item is not None or not _goes_on(held[-1], line, width, kind)):
            yield Piece(kind, _joined(held))
            held, kind = [], "paragraph"
        if item is not None:
            kind = "list_item"
        held.append(line if item is None else item)
    if held:
        yield Piece(kind, _joined(held))


def _item(line: str, held: Sequence[str], kind: BlockKind) -> str | None:
    """The text of a list item: without its bullet, with its number. None when the line begins no item."""
    if match := _BULLET.match(line):
        return line[match.end() :]
    begins = not held or bool(_ENDS.search(held[-1])) or kind == "list_item"
    if begins and (match := _DASH.match(line)):
        return line[match.end() :]
    return line.strip() if begins and _NUMBER.match(line) else None


def _goes_on(line: str, after: str, width: int | None, kind: BlockKind) -> bool:
    first = after.split(None, 1)[0]
    if first[0].islower() and not _ENDS.search(line):
        return True
    if _UNFINISHED.search(line):
        return True
    if kind == "list_item" and after[:1] in " \t" and line[:1] not in " \t":
        return True
    return width is not None and len(line) + 1 + len(first) > width


def _joined(lines: Sequence[str]) -> str:
    # A word broken at the line's end keeps its hyphen: whether it is the word's own cannot be known.
    return " ".join(line.strip() for line in lines)
