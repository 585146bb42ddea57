"""Words of a PDF page that nobody who looks at the page sees.

They would be quoted to people who could not find them there, and are how instructions are smuggled into a document: set
off the page, drawn in the mode that leaves no ink, or in white on white. The invisible text that a scanner lays over
its picture is the text of that picture, and stays.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.readers.pdf_text import Frame, Piece

_NO_INK = 3
_PALE = 250
_LEAST_CONTRAST = 6
_MOST_PIXELS = 4_000_000


def mark(page: Any, text_page: Any, pieces: Sequence[Piece], frame: Frame, *, over_picture: bool) -> None:
    """Set `hidden` on the pieces that cannot be seen; `over_picture` when a picture takes up the page."""
    left, bottom, right, top = frame.box
    width, height = (right - left, top - bottom) if frame.reading % 180 == 0 else (top - bottom, right - left)
    pale = []
    for piece in pieces:
        is_off_page = piece.x1 <= 0 or piece.y1 <= 0 or piece.x0 >= width or piece.y0 >= height
        if is_off_page or (not over_picture and _mode(text_page.raw, piece.first) == _NO_INK):
            piece.hidden = True
        elif not piece.hidden and _is_pale(text_page.raw, piece.first):
            pale.append(piece)
    if pale:
        _mark_without_contrast(page, pale, frame)


def _mode(raw: Any, index: int) -> int:
    item = pdfium.FPDFText_GetTextObject(raw, index)
    return int(pdfium.FPDFTextObj_GetTextRenderMode(item)) if item else 0


def _is_pale(raw: Any, index: int) -> bool:
    """Whether the letter is filled with white or nearly so: seen on a dark ground, and on no other."""
    color = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFText_GetFillColor(raw, index, *color):
        return False
    return min(part.value for part in color[:3]) >= _PALE


def _mark_without_contrast(page: Any, pieces: Sequence[Piece], frame: Frame) -> None:
    width, height = page.get_size()
    scale = min(1.5, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    picture = bitmap.to_pil().convert("L")
    for piece in pieces:
        shown = frame.to_shown(piece.x0, piece.y0, piece.x1, piece.y1)
        box = tuple(round(edge * scale) for edge in shown)
        low, high = picture.crop((box[0], box[1], max(box[2], box[0] + 1), max(box[3], box[1] + 1))).getextrema()
        piece.hidden = high - low < _LEAST_CONTRAST
    bitmap.close()
