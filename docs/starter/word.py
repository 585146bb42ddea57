"""A word-processor note: headings, lists and tables, with fixed times so that the bytes stay the same."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import docx

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_MOMENT = datetime(2026, 11, 24, tzinfo=UTC)


class Word:
    """A .docx with a title; add to it in reading order, then `save`."""

    def __init__(self, title: str) -> None:
        self._document = docx.Document()
        properties = self._document.core_properties
        properties.title = title
        properties.author = properties.last_modified_by = "Policy briefing assistant project"
        properties.comments = "Text dedicated to the public domain (CC0 1.0)"
        properties.language = "en-GB"
        properties.created = properties.modified = _MOMENT

    def heading(self, text: str, level: int = 1) -> None:
        """A heading of the level given."""
        self._document.add_heading(text, level)

    def paragraph(self, text: str) -> None:
        """Running text."""
        self._document.add_paragraph(text)

    def bullets(self, items: Sequence[str]) -> None:
        """One list item for each text."""
        for item in items:
            self._document.add_paragraph(item, style="List Bullet")

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """A table whose first row is its header."""
        table = self._document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        self._document.add_paragraph()

    def save(self, path: Path) -> None:
        """Write the file, each part stamped with one fixed time."""
        self._document.save(str(path))
        with zipfile.ZipFile(path) as written:
            parts = [(name, written.read(name)) for name in written.namelist()]
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts:
                part = zipfile.ZipInfo(name, _MOMENT.timetuple()[:6])
                part.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(part, content)
