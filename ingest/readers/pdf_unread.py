"""What a PDF holds beside its pages, and is not read: said, so that nobody takes the pages for all of it."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 4_096


def warnings(document: Any) -> Iterator[str]:
    """One sentence for each kind: files embedded in it, a form that no open viewer shows, fields filled in."""
    files = document.count_attachments()
    if files:
        which = "1 file is" if files == 1 else f"{files} files are"
        yield f"{which} embedded in it and not read; save what is wanted of it and give that too"
    form = document.get_formtype()
    if form in (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND):
        yield "it is a form of the kind that only Adobe's own programs show whole; print it to a new PDF and give that"
    elif form != pdfium.FORMTYPE_NONE and any(_is_filled(page.raw) for page in _pages(document)):
        yield "what is filled in to its form fields was not read; print it to a new PDF and give that"


def _pages(document: Any) -> Iterator[Any]:
    import pypdfium2

    for number in range(len(document)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            continue
        yield page
        page.close()


def _is_filled(page: Any) -> bool:
    """Whether a text field on the page has a value."""
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        field = pdfium.FPDFPage_GetAnnot(page, index)
        try:
            if pdfium.FPDFAnnot_GetSubtype(field) == pdfium.FPDF_ANNOT_WIDGET and _value(field).strip():
                return True
        finally:
            pdfium.FPDFPage_CloseAnnot(field)
    return False


def _value(field: Any) -> str:
    buffer = (pdfium.FPDF_WCHAR * _LONGEST)()
    length = pdfium.FPDFAnnot_GetStringValue(field, b"V", buffer, ctypes.sizeof(buffer))
    return bytes(buffer)[: max(0, min(length, ctypes.sizeof(buffer)) - 2)].decode("utf-16-le", "replace")
