"""From lines to blocks: paragraphs, headings, list items, table rows, notes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

from ingest.documents import Block, BlockKind, Box
from ingest.readers.hyphens import HYPHENS, Hyphens
from ingest.readers.pdf_layout import MARKER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.readers.pdf_layout import Line
    from ingest.readers.pdf_text import Frame

_ENDED = re.compile(r"[.!?:;\u2026][\"'\u201d\u2019)\]\d\u00b9\u00b2\u00b3\u2070-\u2079]*$")
_GOES_ON = re.compile(r"[\"'\u201c\u2018(\[]?[a-z\u00df-\u00f6\u00f8-\u00ff]")
_NOTE = re.compile(r"(?:\d{1,3}|[*\u2020\u2021\u00a7]|[\u00b9\u00b2\u00b3\u2070-\u2079]+)\s?[A-Z\u201c\"'(\[h]")
_SAME_SIZE = 1.08
_HEADING_SIZE = 1.12
_HEADING_LINES = 3
_HEADING_LENGTH = 200
_LETTERS = 3
_SHORT_TEXT = 60


@dataclass(frozen=True, slots=True)
class Type:
    """What is usual in one document: the size of its body, the step from line to line by size, is it mostly bold."""

    body: float
    steps: dict[float, float]
    bold: bool


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together, before they are written out."""

    lines: list[Line]
    kind: BlockKind = "paragraph"
    level: int = 0
    heading_size: float = field(default=0.0)

    @property
    def text(self) -> str:
        """Its lines with a space between; good for looking at, not for keeping."""
        return " ".join(line.text for line in self.lines)


def type_of(lines: Sequence[Line]) -> Type:
    """Measure what is usual over all lines of a document."""
    sizes: Counter[float] = Counter()
    bold = 0
    for line in lines:
        sizes[_rounded(line.size)] += len(line.text)
        bold += len(line.text) if line.bold else 0
    steps: defaultdict[float, list[float]] = defaultdict(list)
    for first, second in zip(lines, lines[1:], strict=False):
        step = second.middle - first.middle
        if _same_column(first, second) and _same_size(first, second) and 0 < step < 2.6 * first.height:
            steps[_rounded(first.size)].append(step)
    # The lower half: between paragraphs there is more room than between lines.
    usual = {size: median(sorted(found)[: len(found) // 2 + 1]) for size, found in steps.items() if len(found) > 2}
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    return Type(body, usual, bold > 0.4 * sizes.total())


def paragraphs(lines: Sequence[Line], usual: Type) -> list[Paragraph]:
    """The lines of one document, furniture left out, as paragraphs; a sentence goes on over a page's end."""
    edges = _right_edges(lines)
    made: list[Paragraph] = []
    for line in lines:
        last = made[-1] if made else None
        if last is None or _begins(last, line, usual, edges[line.page, line.column]):
            made.append(Paragraph([line]))
        else:
            last.lines.append(line)
    for paragraph in made:
        _classify(paragraph, usual)
    _keep_sure_headings(made)
    _set_levels(made)
    return _joined_over_breaks(made)


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def _same_column(first: Line, second: Line) -> bool:
    return (first.page, first.column, first.turned) == (second.page, second.column, second.turned)


def _same_size(first: Line, second: Line) -> bool:
    low, high = sorted((max(first.size, 0.1), max(second.size, 0.1)))
    return high / low < _SAME_SIZE


def _right_edges(lines: Sequence[Line]) -> dict[tuple[int, int], float]:
    ends: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
    for line in lines:
        ends[line.page, line.column].append(line.x1)
    return {place: sorted(found)[int(0.95 * (len(found) - 1))] for place, found in ends.items()}


def _begins(last: Paragraph, line: Line, usual: Type, edge: float) -> bool:
    """True when `line` begins a new paragraph after `last`."""
    before = last.lines[-1]
    if not _same_column(before, line) or before.cells or line.cells or not _same_size(before, line) or line.turned:
        return True
    step = line.middle - before.middle
    usual_step = usual.steps.get(_rounded(line.size), 1.25 * line.height)
    if step <= 0 or step > max(1.3 * usual_step, 1.02 * line.height):
        return True
    if _marked(line, before) or _beside(before, line):
        return True
    if before.broken or before.text[-1:] in HYPHENS:
        return False
    if before.bold != line.bold and (before.bold or line.x1 < edge - 0.1 * (edge - line.x0)):
        return _short(before, line, edge)
    ended = bool(_ENDED.search(before.text))
    indented = line.x0 > before.x0 + 0.8 * line.size and len(last.lines) > 1
    return ended and (indented or (_short(before, line, edge) and not _GOES_ON.match(line.text)))


def _beside(before: Line, line: Line) -> bool:
    """True when the lines do not stand over one another: cells, columns, the two sides of a letterhead."""
    return min(before.x1, line.x1) < max(before.x0, line.x0)


def _marked(line: Line, before: Line) -> bool:
    """True when the line begins with a bullet or a paragraph number, and not with a number of the sentence."""
    found = MARKER.match(line.text)
    if found is None:
        return False
    if found["number"] is None or len(line.pieces) > 1:
        return found["number"] is None or line.x0 <= before.x0 + 1 or bool(_ENDED.search(before.text))
    # "3.1 The appeal" is a numbered paragraph, "3.1 million" goes on with a sentence.
    numbered = found["number"].endswith(".") or (
        "." in found["number"] and line.text[found.end() :].lstrip()[:1].isupper()
    )
    return numbered and bool(_ENDED.search(before.text))


def _short(before: Line, line: Line, edge: float) -> bool:
    """True when the first word of `line` would have had room at the end of the line before."""
    first = line.text.split(" ", 1)[0]
    width = (line.x1 - line.x0) / max(len(line.text), 1) * (len(first) + 1.5)
    return before.x1 + width < edge


def _classify(paragraph: Paragraph, usual: Type) -> None:
    first, text = paragraph.lines[0], paragraph.text
    if first.cells:
        paragraph.kind = "table_row"
        return
    marker = MARKER.match(text)
    if marker and (marker["bullet"] or marker["letter"]):
        paragraph.kind = "list_item"
        return
    if first.size < 0.92 * usual.body and _NOTE.match(text):
        paragraph.kind = "note"
        return
    if len(paragraph.lines) > _HEADING_LINES or len(text) > _HEADING_LENGTH or first.turned:
        return
    if sum(map(str.isalpha, text)) < _LETTERS or text[-1] in ",;":
        return
    if first.size >= _HEADING_SIZE * usual.body:
        paragraph.kind, paragraph.heading_size = "heading", first.size
    elif all(line.bold for line in paragraph.lines) and not usual.bold and text[-1] not in ".:":
        paragraph.kind = "heading"


def _keep_sure_headings(made: Sequence[Paragraph]) -> None:
    """A bold line no larger than the body is a heading only above text: above a table it is a column's head.

    Likewise small print is a note only at the foot of its column.
    """
    above_text, foot = False, True
    for paragraph, following in zip(reversed(made), [None, *reversed(made)], strict=False):
        foot = (
            following is None
            or not _same_column(paragraph.lines[-1], following.lines[0])
            or (foot and following.kind == "note")
        )
        if paragraph.kind == "note" and not foot:
            paragraph.kind = "paragraph"
        if paragraph.kind == "heading" and not paragraph.heading_size and not above_text:
            paragraph.kind = "paragraph"
        elif paragraph.kind in ("table_row", "list_item") or len(paragraph.text) > _SHORT_TEXT:
            above_text = paragraph.kind != "table_row"


def _set_levels(made: Sequence[Paragraph]) -> None:
    headings = [paragraph for paragraph in made if paragraph.kind == "heading"]
    sizes = sorted({_rounded(heading.heading_size) for heading in headings}, reverse=True)
    for heading in headings:
        heading.level = min(6, sizes.index(_rounded(heading.heading_size)) + 1)


def _joined_over_breaks(made: Sequence[Paragraph]) -> list[Paragraph]:
    """Paragraphs whose sentence goes on after a page's or a column's end, as one; notes in between stay notes."""
    joined: list[Paragraph] = []
    for paragraph in made:
        before = next((other for other in reversed(joined) if other.kind != "note"), None)
        if before is not None and _goes_on(before, paragraph):
            before.lines.extend(paragraph.lines)
        else:
            joined.append(paragraph)
    return joined


def _goes_on(before: Paragraph, paragraph: Paragraph) -> bool:
    last, first = before.lines[-1], paragraph.lines[0]
    place, next_place = (last.page, last.column), (first.page, first.column)
    if paragraph.kind != "paragraph" or before.kind not in ("paragraph", "list_item") or last.turned or first.turned:
        return False
    above = first.page == last.page and first.middle < last.middle
    broken_off = next_place > place or above
    if not broken_off or first.page > last.page + 1 or not _same_size(last, first):
        return False
    if last.broken or last.text[-1:] in HYPHENS:
        return True
    return not _ENDED.search(last.text) and bool(_GOES_ON.match(first.text)) and len(last.text) > 2 * _LETTERS


def block(
    paragraph: Paragraph, frames: Sequence[Frame], hyphens: Hyphens, furniture: str | None = None
) -> Block | None:
    """The block of a paragraph, with one box a line; None when no text is left of it."""
    texts = [_row(line) if line.cells else line.text for line in paragraph.lines]
    marker = MARKER.match(texts[0])
    if marker and marker["bullet"] and not furniture:
        texts[0] = texts[0][marker.end() :].lstrip()
    parts: list[tuple[int, str]] = []
    for index, text in enumerate(texts):
        following = texts[index + 1] if index + 1 < len(texts) else None
        parts.append((index, _with_ending(text, paragraph.lines[index].broken, following, hyphens)))
    whole = "".join(part for _, part in parts)
    if not whole.strip():
        return None
    boxes = tuple(_box(line, frames[line.page - 1]) for line in paragraph.lines)
    runs = tuple((index, len(part)) for index, part in parts if part)
    return Block(paragraph.kind, whole, paragraph.level, paragraph.lines[0].page, boxes, runs, furniture)


def _row(line: Line) -> str:
    return " | ".join(line.cells)


def _with_ending(text: str, broken: bool, following: str | None, hyphens: Hyphens) -> str:
    """A line's text with what joins it to the next: a space, a hyphen, or nothing."""
    if following is None or not text:
        return text
    if broken:
        return text + hyphens.between(text, following)
    if text[-1:] in HYPHENS and text[-2:-1].isalnum():
        return text[:-1] + hyphens.between(text[:-1], following)
    return text + " "


def _box(line: Line, frame: Frame) -> Box:
    x0, y0, x1, y1 = frame.to_shown(line.x0, line.y0, line.x1, line.y1)
    return Box(line.page, round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2))
