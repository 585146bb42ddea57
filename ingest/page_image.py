"""The picture of one page of a PDF with the words of a quote marked on it.

Runs in the child that parses files (`ingest.sandbox`), never in the process that serves people: the same damaged
file that stops a reader can stop the renderer.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from ingest.documents import Box
from ingest.errors import UnreadableSource

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.documents import PlacedBlock

SCALE = 1.6
"""Pixels a point, for a page of ordinary size."""

MOST_PIXELS = 6_000_000
_FILL = (255, 221, 0, 90)
_EDGE = (176, 126, 0, 255)
_REMEDY = "Read the quote in the text of the document instead."


def render(content: bytes, page: int, boxes: Sequence[Box], scale: float = SCALE) -> bytes:
    """A PNG of page `page` (from 1) with those of `boxes` marked that stand on it.

    `scale` is pixels a point; it is lowered where the picture would have more than `MOST_PIXELS`.

    Raises:
        UnreadableSource: the file cannot be opened, or has no such page.
    """
    import pypdfium2

    from ingest.readers.pdf_text import PDFIUM

    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise UnreadableSource("The page cannot be shown: the file cannot be opened.", remedy=_REMEDY) from error
        try:
            picture, scale = _page(document, page, scale)
        finally:
            document.close()
    marked = _marked(picture, [box for box in boxes if box.page == page], scale)
    out = io.BytesIO()
    marked.save(out, "PNG", compress_level=3)
    return out.getvalue()


def _page(document: Any, number: int, scale: float) -> tuple[Any, float]:
    import pypdfium2

    if not 1 <= number <= len(document):
        raise UnreadableSource(f"There is no page {number}; the file has {len(document)}.", remedy=_REMEDY)
    try:
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(scale, (MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
        bitmap = page.render(scale=scale, may_draw_forms=False)
    except (pypdfium2.PdfiumError, RuntimeError) as error:
        raise UnreadableSource(f"Page {number} is damaged and cannot be shown.", remedy=_REMEDY) from error
    picture = bitmap.to_pil().convert("RGBA")
    bitmap.close()
    page.close()
    return picture, scale


def _marked(picture: Any, boxes: Sequence[Box], scale: float) -> Any:
    from PIL import Image, ImageDraw

    layer = Image.new("RGBA", picture.size, (255, 255, 255, 0))
    drawing = ImageDraw.Draw(layer)
    for box in boxes:
        corners = [edge * scale for edge in (box.x0 - 1, box.y0, box.x1 + 1, box.y1)]
        drawing.rectangle(corners, fill=_FILL, outline=_EDGE, width=1)
    return Image.alpha_composite(picture, layer).convert("RGB")


def boxes_for(block: PlacedBlock, start: int, end: int) -> tuple[Box, ...]:
    """The boxes of the characters [start, end) of the canonical text, one a line, cut to those characters.

    Within a line the cut is by the share of its characters, which is right to a letter or two. Empty where the block
    has no boxes or the span lies outside it; all of the block's boxes where the characters of each are not known.
    """
    first, last = max(start, block.start) - block.start, min(end, block.end) - block.start
    if first >= last or not block.boxes:
        return ()
    if not block.char_boxes:
        return block.boxes
    found = []
    position = 0
    for index, length in block.char_boxes:
        left, right = max(first, position) - position, min(last, position + length) - position
        position += length
        if left < right:
            found.append(_cut(block.boxes[index], left / length, right / length))
    return tuple(found)


def _cut(box: Box, start: float, end: float) -> Box:
    if box.y1 - box.y0 > 2 * (box.x1 - box.x0):
        return box  # text that runs up or down the page
    width = box.x1 - box.x0
    return Box(box.page, round(box.x0 + start * width, 2), box.y0, round(box.x0 + end * width, 2), box.y1)
