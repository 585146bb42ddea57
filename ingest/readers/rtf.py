"""Rich Text Format, through striprtf: paragraphs, table rows, and title and author of its information group."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.documents import Metadata, Reading
from ingest.errors import UnreadableSource
from ingest.readers.blocks import BlockList, clean
from ingest.readers.lines import arrange

if TYPE_CHECKING:
    from ingest.documents import Source

_INFORMATION = re.compile(r"\{\\(title|author|company|subject|keywords)\s+((?:[^{}\\]|\\[^{}]|\\[{}\\]){0,2000})\}")
_HIDDEN = re.compile(r"\\v(?:1)?(?=[\s\\{};])(?!0)")
_REMEDY = "Open it in the program that made it and save it as .docx or PDF."


def read(source: Source) -> Reading:
    """Read a .rtf file. Each paragraph mark ends a block; runs marked hidden are read, and warned of."""
    from striprtf.striprtf import rtf_to_text

    markup = source.content.decode("latin-1")
    if not markup.rstrip("\x00\r\n\t ").endswith("}"):
        raise UnreadableSource(f"`{source.name}` is cut off.", remedy="Get a fresh copy of it.")
    text = rtf_to_text(markup, encoding="cp1252", errors="replace")
    blocks = BlockList()
    for line in text.split("\n"):
        if "|" in line and line.rstrip().endswith("|"):
            blocks.add("table_row", " | ".join(cell.strip() for cell in line.split("|") if cell.strip()))
        elif line.strip():
            for piece in arrange([line], None):
                blocks.add(piece.kind, piece.text, level=piece.level)
    said = {name: _plain(value) for name, value in _INFORMATION.findall(markup[:200_000])}
    warnings = ("The file marks some text as hidden; it was read like the rest.",) if _HIDDEN.search(markup) else ()
    return Reading(
        "rtf",
        blocks.blocks(),
        Metadata(
            title=said.get("title") or None,
            author=said.get("author") or None,
            extra=tuple((f"file_{name}", said[name]) for name in ("company", "subject", "keywords") if said.get(name)),
        ),
        warnings=(*warnings, *blocks.warnings()),
    )


def _plain(value: str) -> str:
    from striprtf.striprtf import rtf_to_text

    return clean(rtf_to_text("{\\rtf1\\ansi " + value + "}", encoding="cp1252", errors="replace"))[0]
