"""The claims register: one row for each claim and place where it stands, for records and freedom of information.

A cell that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection). The file opens with
a byte order mark, without which Excel reads UTF-8 as something else; the first column is a number, so that a program
that does not expect the mark finds every other column by its name.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from assistant.web.markup import visible

if TYPE_CHECKING:
    from assistant.desk.exports.paper import Paper

COLUMNS = (
    "number",
    "claim",
    "speaker",
    "standing",
    "source",
    "publisher",
    "date",
    "page",
    "quote",
    "digest",
    "address",
    "document",
    "version",
    "start",
    "end",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(paper: Paper, template: bytes | None = None) -> bytes:
    """See `assistant.desk.exports.export`."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for number, row in enumerate(paper.register, 1):
        one = row.citation
        cells = (row.claim, row.speaker, row.standing, one.title, one.publisher, one.published, one.page, one.quote)
        place = (one.sha256, one.source, one.document, one.version, one.start, one.end)
        writer.writerow([number, *(_cell(cell) for cell in (*cells, *place))])
    return b"\xef\xbb\xbf" + held.getvalue().encode("utf-8", "backslashreplace")


def _cell(value: object) -> str:
    text = "" if value is None else visible(" ".join(str(value).split()) if isinstance(value, str) else str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text
