"""PDF: paragraphs in reading order with the boxes of their lines, by pdfium; by pypdf, without boxes, where it refuses.

One page at a time: pieces (`pdf_text`), lines in reading order (`pdf_layout`); then, over the whole document, running
headers (`pdf_furniture`), paragraphs (`pdf_paragraphs`) and line-end hyphens (`hyphens`). Pages that are pictures go
through `ocr` where tesseract is installed.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ingest.documents import Block, Box, Reading
from ingest.errors import SourceTooLarge, UnreadableSource
from ingest.readers import budget, ocr, pdf_furniture, pdf_second, pdf_unread, pdf_unseen
from ingest.readers.hyphens import Hyphens
from ingest.readers.pdf_layout import LEADERS, Line, lines
from ingest.readers.pdf_metadata import catalogue_language, metadata
from ingest.readers.pdf_paragraphs import Paragraph, block, paragraphs, type_of
from ingest.readers.pdf_text import PDFIUM, Frame, pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.documents import Source

_PASSWORD_ERROR = 4
_STAMP_LENGTH = 60
_LARGE = 24
_PICTURE_SHARE = 0.5
_OCR_SCALE = 200 / 72
_MOST_PIXELS = 25_000_000
_NAMED_PAGES = 8


@dataclass(slots=True)
class _Page:
    lines: list[Line]
    frame: Frame
    height: float
    has_text: bool
    drawn: bool
    recognised: list[Block] = field(default_factory=list)


def read(source: Source) -> Reading:
    """The reading of a PDF.

    Raises:
        UnreadableSource: it needs a password, is damaged beyond both parsers, or holds no text at all.
        SourceTooLarge: it has more pages than the budget allows.
    """
    import pypdfium2

    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(source.content)
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) == _PASSWORD_ERROR or "password" in str(error).lower():
                raise pdf_second.password_needed(source) from error
            return pdf_second.read(source)
        try:
            return _read(source, document)
        finally:
            document.close()


def _read(source: Source, document: Any) -> Reading:
    count = len(document)
    allowed = budget.CURRENT.get().pages
    if count > allowed:
        raise SourceTooLarge(
            f"`{source.name}` has {count} pages; at most {allowed} are read.",
            remedy="Split it, or raise the limit on pages.",
        )
    warnings: list[str] = []
    pages = [_page(document, number, warnings) for number in range(1, count + 1)]
    if count and all(page is None for page in pages):
        return pdf_second.read(source)
    opened = [page or _Page([], Frame((0, 0, 612, 792), 0, 0), 792, True, False) for page in pages]
    silent = tuple(number for number, page in enumerate(opened, 1) if not page.has_text)
    _recognise(document, opened, silent, warnings)
    warnings.extend(pdf_unread.warnings(document))
    blocks = _blocks(opened)
    _refuse_empty(source, opened, blocks)
    info = {str(key): str(value) for key, value in document.get_metadata_dict(skip_empty=True).items()}
    found = metadata(info, blocks, catalogue_language(document))
    return Reading("pdf", tuple(blocks), found, count, silent, tuple(warnings))


def _page(document: Any, number: int, warnings: list[str]) -> _Page | None:
    import pypdfium2

    try:
        page = document[number - 1]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        warnings.append(f"page {number} is damaged and was left out")
        return None
    found, frame = pieces(page, text_page)
    width, height = page.get_size() if frame.shown % 180 == frame.reading % 180 else page.get_size()[::-1]
    covered, drawn = _covered(page, width * height)
    pdf_unseen.mark(page, text_page, found, frame, over_picture=covered > _PICTURE_SHARE)
    made = lines(found, number)
    for line in made:
        if all(piece.hidden for piece in line.pieces):
            line.furniture = "hidden"
        elif LEADERS.fullmatch(line.text):
            line.furniture = "leaders"
        elif line.size >= _LARGE and all(piece.skewed for piece in line.pieces):
            line.furniture = "watermark"
    letters = sum(len(piece.text) for piece in found if not piece.hidden)
    has_text = letters > 0 and not (letters <= _STAMP_LENGTH and covered > _PICTURE_SHARE)
    text_page.close()
    page.close()
    return _Page(made, frame, height, has_text, drawn)


def _covered(page: Any, area: float) -> tuple[float, bool]:
    """The part of the page that its largest picture covers, and whether anything is drawn on it at all."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    largest, drawn = 0.0, False
    for item in page.get_objects(max_depth=4):
        drawn = True
        if item.type != pdfium.FPDF_PAGEOBJ_IMAGE:
            continue
        try:
            left, bottom, right, top = item.get_bounds()
        except pypdfium2.PdfiumError:
            continue
        largest = max(largest, (right - left) * (top - bottom))
    return largest / max(area, 1.0), drawn


def _recognise(document: Any, pages: Sequence[_Page], silent: Sequence[int], warnings: list[str]) -> None:
    """Fill `recognised` of the pages that are pictures, and say of each page what was done."""
    pictures = [number for number in silent if pages[number - 1].drawn]
    if not pictures:
        return
    tesseract = ocr.program()
    if tesseract is None:
        warnings.append(
            f"{_named(pictures)} without a text layer: nothing of it was read; "
            f"with the Debian package `{ocr.PACKAGE}` installed it would be"
        )
        return
    left_out = []
    for number in pictures:
        seconds = min(ocr.SECONDS, budget.CURRENT.get().left() - 2)
        found = _recognised(document, number, tesseract, seconds) if seconds > 1 else None
        if found is None:
            left_out.append(number)
            continue
        pages[number - 1].recognised = found
        warnings.append(f"OCR: page {number}")
    if left_out:
        warnings.append(f"{_named(left_out)} without a text layer: not read, recognition failed or took too long")


def _recognised(document: Any, number: int, tesseract: str, seconds: float) -> list[Block] | None:
    page = document[number - 1]
    width, height = page.get_size()
    scale = min(_OCR_SCALE, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    picture = io.BytesIO()
    bitmap.to_pil().save(picture, "PNG", compress_level=1)
    bitmap.close()
    page.close()
    found = ocr.paragraphs(picture.getvalue(), tesseract=tesseract, seconds=seconds)
    return None if found is None else [_recognised_block(number, paragraph, scale) for paragraph in found]


def _recognised_block(number: int, paragraph: Sequence[ocr.ReadLine], scale: float) -> Block:
    hyphens = Hyphens(line.text for line in paragraph)
    parts = []
    for line, following in zip(paragraph, [*paragraph[1:], None], strict=True):
        text = line.text
        if following is not None and len(text) > 1 and text.endswith("-") and text[-2].isalnum():
            parts.append(text[:-1] + hyphens.between(text[:-1], following.text))
        else:
            parts.append(text + (" " if following is not None else ""))
    boxes = tuple(
        Box(number, *(round(edge / scale, 2) for edge in (line.x0, line.y0, line.x1, line.y1))) for line in paragraph
    )
    runs = tuple((index, len(part)) for index, part in enumerate(parts))
    return Block("paragraph", "".join(parts), page=number, boxes=boxes, char_boxes=runs)


def _blocks(pages: Sequence[_Page]) -> list[Block]:
    pdf_furniture.mark([page.lines for page in pages], [page.height for page in pages])
    every = [line for page in pages for line in page.lines if page.has_text]
    body = [line for line in every if line.furniture is None]
    hyphens = Hyphens(line.text for line in body)
    frames = [page.frame for page in pages]
    made: list[tuple[tuple[int, int], Block | None]] = []
    for line in every:
        if line.furniture:
            place = (line.page, 2 if line.furniture == "page_footer" else 0)
            made.append((place, block(Paragraph([line]), frames, hyphens, line.furniture)))
    for paragraph in paragraphs(body, type_of(body)):
        made.append(((paragraph.lines[0].page, 1), block(paragraph, frames, hyphens)))
    for number, page in enumerate(pages, 1):
        made.extend(((number, 1), found) for found in page.recognised)
    return [found for _, found in sorted(made, key=lambda item: item[0]) if found is not None]


def _refuse_empty(source: Source, pages: Sequence[_Page], blocks: Sequence[Block]) -> None:
    if any(found.furniture is None for found in blocks):
        return
    if any(page.drawn and not page.has_text for page in pages):
        remedy = "Give a copy with a text layer, or a clearer scan."
        if ocr.program() is None:
            remedy = f"Install the Debian package `{ocr.PACKAGE}`, or give a copy with a text layer."
        raise UnreadableSource(f"`{source.name}` holds pictures of pages and no text.", remedy=remedy)
    raise UnreadableSource(f"`{source.name}` holds no text.", remedy="Check that it is the right file.")


def _named(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:_NAMED_PAGES])) + (", ..." if len(numbers) > _NAMED_PAGES else "")
    return f"page {shown}" if len(numbers) == 1 else f"{len(numbers)} pages ({shown})"
