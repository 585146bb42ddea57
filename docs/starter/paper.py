"""A printed note: A4, running header, page numbers, tables. The same input gives the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reportlab.pdfgen.canvas import Canvas

_BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=11.5, leading=16, spaceAfter=8)
_CELL = ParagraphStyle("cell", parent=_BODY, fontSize=10.5, leading=13, spaceAfter=0)
_HEADINGS = {
    1: ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=18, leading=23, spaceAfter=12),
    2: ParagraphStyle("section", fontName="Helvetica-Bold", fontSize=13, leading=17, spaceBefore=10, spaceAfter=5),
}


class Sheet:
    """Collects paragraphs, headings and tables in order; `save` writes the file."""

    def __init__(self, path: Path, title: str, header: str) -> None:
        self._header = header
        self._flow: list[object] = []
        self._template = SimpleDocTemplate(
            str(path),
            pagesize=A4,
            leftMargin=25 * mm,
            rightMargin=25 * mm,
            topMargin=30 * mm,
            bottomMargin=25 * mm,
            title=title,
            author="Policy briefing assistant project",
            lang="en-GB",
            invariant=1,
        )

    def heading(self, text: str, level: int = 1) -> None:
        """A title (level 1) or a section heading (level 2)."""
        self._flow.append(Paragraph(text, _HEADINGS[level]))

    def paragraph(self, text: str) -> None:
        """Running text."""
        self._flow.append(Paragraph(text, _BODY))

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """A table whose first row is its header."""
        body = [
            [Paragraph(f"<b>{cell}</b>" if not number else cell, _CELL) for cell in row]
            for number, row in enumerate(rows)
        ]
        table = Table(body, colWidths=[38 * mm, 72 * mm, 50 * mm], repeatRows=1)
        table.setStyle(
            TableStyle(
                [
                    ("GRID", (0, 0), (-1, -1), 0.5, colors.grey),
                    ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ]
            )
        )
        self._flow += [table, Spacer(1, 8)]

    def next_page(self) -> None:
        """What follows starts a new page."""
        self._flow.append(PageBreak())

    def save(self) -> None:
        """Write the file."""
        self._template.build(self._flow, onFirstPage=self._frame, onLaterPages=self._frame)

    def _frame(self, canvas: Canvas, _: object) -> None:
        width, height = A4
        canvas.setFont("Helvetica", 9)
        canvas.drawString(25 * mm, height - 18 * mm, self._header)
        canvas.drawCentredString(width / 2, 14 * mm, f"Page {canvas.getPageNumber()}")
