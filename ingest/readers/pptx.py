"""Slide decks: a slide is a page; its title a heading, then text, tables and speaker notes."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from ingest.documents import Reading
from ingest.errors import UnreadableSource
from ingest.readers import package
from ingest.readers.blocks import BlockList
from ingest.readers.core_properties import metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.documents import Source

_REMEDY = "Open it in PowerPoint and save it as an ordinary .pptx, or as PDF."
_RUNNING = {13: "page_footer", 15: "page_footer", 16: "page_footer", 14: "page_header"}
"""Placeholders of slide number, footer, date and header, by their numbers in the file format."""


def read(source: Source) -> Reading:
    """Read a .pptx file. Slides hidden from the show are left out and named in a warning."""
    package.check(source)
    deck = _opened(source)
    blocks = BlockList()
    hidden: list[int] = []
    for number, slide in enumerate(deck.slides, start=1):
        if slide.element.get("show") in ("0", "false"):
            hidden.append(number)
        else:
            _slide(blocks, slide, number)
    found = metadata(deck.core_properties)
    first = next((block for block in blocks.blocks() if block.kind == "heading"), None)
    if found.title is None and first is not None and first.page == 1:
        found = replace(found, title=first.text)
    warnings = [f"Slide {number} is hidden from the show and was left out." for number in hidden[:20]]
    held = {block.page for block in blocks.blocks() if block.furniture is None}
    bare = tuple(number for number in range(1, len(deck.slides) + 1) if number not in held and number not in hidden)
    return Reading(
        "pptx",
        blocks.blocks(),
        found,
        pages=len(deck.slides),
        pages_without_text=bare,
        warnings=(*warnings, *blocks.warnings()),
    )


def _opened(source: Source) -> Any:
    from lxml.etree import XMLSyntaxError
    from pptx import Presentation
    from pptx.exc import PackageNotFoundError

    try:
        return Presentation(io.BytesIO(source.content))
    except XMLSyntaxError as error:
        raise UnreadableSource(f"`{source.name}` holds damaged XML.", remedy=_REMEDY) from error
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, AttributeError, TypeError) as error:
        raise UnreadableSource(f"`{source.name}` is no complete slide deck.", remedy=_REMEDY) from error


def _slide(blocks: BlockList, slide: Any, number: int) -> None:
    title = slide.shapes.title
    if title is not None and title.has_text_frame:
        blocks.add("heading", title.text_frame.text, level=1, page=number)
    known = None if title is None else title.shape_id
    for shape in _in_order(slide.shapes):
        if shape.shape_id != known:
            _shape(blocks, shape, number)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        for paragraph in slide.notes_slide.notes_text_frame.paragraphs:
            blocks.add("note", paragraph.text, page=number)


def _in_order(shapes: Any) -> Iterator[Any]:
    """Shapes from top to bottom and left to right, groups taken apart."""
    flat: list[Any] = []
    waiting = list(shapes)
    while waiting and len(flat) < 20_000:
        shape = waiting.pop(0)
        inner = getattr(shape, "shapes", None)
        if inner is not None:
            waiting = [*inner, *waiting]
        else:
            flat.append(shape)
    return iter(sorted(flat, key=lambda shape: ((shape.top or 0), (shape.left or 0))))


def _shape(blocks: BlockList, shape: Any, number: int) -> None:
    if getattr(shape, "has_table", False) and shape.has_table:
        for row in shape.table.rows:
            cells = [" ".join(cell.text.split()) for cell in row.cells if not cell.is_spanned]
            blocks.add("table_row", " | ".join(cell for cell in cells if cell), page=number)
        return
    if not shape.has_text_frame:
        return
    reason = (
        _RUNNING.get(int(shape.placeholder_format.type))
        if shape.is_placeholder and shape.placeholder_format.type
        else None
    )
    paragraphs = [paragraph for paragraph in shape.text_frame.paragraphs if paragraph.text.strip()]
    listed = len(paragraphs) > 1 or any(paragraph.level for paragraph in paragraphs)
    for paragraph in paragraphs:
        blocks.add("list_item" if listed else "paragraph", paragraph.text, page=number, furniture=reason)
