"""Plain text: paragraphs by blank line, wrapped lines joined, lists, tables and quoted mail recognised."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from ingest.documents import Metadata, Reading
from ingest.encodings import decode
from ingest.readers.blocks import BlockList
from ingest.readers.lines import arrange, groups, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.documents import Source

_QUOTED = re.compile(r"(?:> ?)+")
_NO_TITLE = re.compile(
    r"(?:dear|to|from|date|subject|re|ref|our ref|your ref|page|contents|draft|confidential|embargo\w*|"
    r"for immediate release|private|official|skip to|home|menu|by)\b[\s:]|"
    r"(?:https?:|www\.)|\W*\d[\d\s/.:-]*$|"
    r"\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]+\s+\d{4}$|.*@",
    re.IGNORECASE,
)


def read(source: Source) -> Reading:
    """Read a text file. A form feed begins a new page, as printers and PDF converters write it."""
    declared = (source.media_type or "").partition("charset=")[2].partition(";")[0]
    decoded = decode(source.content, declared or None)
    text = re.sub(r"\r\n?|[\x0b\x85\u2028]", "\n", decoded.text).replace("\u2029", "\n\n")
    pages = text.rstrip("\x0c\n ").split("\x0c")
    blocks = BlockList()
    title = _title(text)
    for number, page in enumerate(pages, start=1):
        lines = page.split("\n")
        if title and number == 1:
            at = next(index for index, line in enumerate(lines) if line.strip())
            blocks.add("heading", lines[at], level=1, page=1 if len(pages) > 1 else None)
            lines = lines[at + 1 :]
        add_lines(blocks, lines, page=number if len(pages) > 1 else None)
    return Reading(
        format="text",
        blocks=blocks.blocks(),
        metadata=Metadata(title=title),
        pages=len(pages) if len(pages) > 1 else None,
        warnings=(*decoded.warnings, *blocks.warnings()),
    )


def add_lines(blocks: BlockList, lines: Sequence[str], *, page: int | None = None, quoted: bool = False) -> None:
    """Append the blocks that `lines` hold; lines marked ">" become quotes, and all do when `quoted`."""
    for marked, run in groupby(lines, key=lambda line: line.startswith(">")):
        plain = [_QUOTED.sub("", line, count=1) if marked else line for line in run]
        width = width_of(plain)
        for group in groups(plain):
            for piece in arrange(group, width):
                if marked or quoted:
                    blocks.add("quote", piece.text, page=page)
                else:
                    blocks.add(piece.kind, piece.text, level=piece.level, page=page)


def _title(text: str) -> str | None:
    """The first line, when it stands alone, reads like a title, and prose follows it."""
    start = re.match(r"[\ufeff\s]*(\S[^\n]*)\n\s*\n", text)
    if not start:
        return None
    line = " ".join(start[1].lstrip("\ufeff").split())
    if len(line) > 160 or not len(line.split()) >= 2 or line[-1] in ".,;:|" or not line[0].isprintable():
        return None
    if (
        _NO_TITLE.match(line)
        or line[0] in ">-*|{[<\u2022"
        or line[0].islower()
        or " | " in line
        or "\t" in start[1].strip()
    ):
        return None
    following = text[start.end() :].lstrip()[:4000]
    paragraph = following.split("\n\n", 1)[0]
    if len(paragraph) < 80 or (max(map(len, paragraph.split("\n"))) < 40) or paragraph[0] == ">":
        return None
    return line
