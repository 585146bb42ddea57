"""Web pages: the main text in blocks, what was left out of the page with its reason, and the page's own metadata."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.documents import Reading
from ingest.readers.blocks import BlockList
from ingest.readers.front_matter import over, split, split_comment
from ingest.readers.html_blocks import blocks_of
from ingest.readers.html_main import reasons
from ingest.readers.html_metadata import metadata
from ingest.readers.html_page import parse, parse_text

if TYPE_CHECKING:
    from ingest.documents import Source
    from ingest.readers.html_page import Page

_LITTLE = 0.3
_HIDDEN_WORTH_SAYING = 200


def read(source: Source) -> Reading:
    """Read a page. Metadata given in a front matter block (also one in a comment at its top) goes before the page's own."""
    page = parse(source)
    text = page.decoded.text.replace("\r\n", "\n")
    stated, rest, warnings = split(text)
    if rest is not text and rest != text:
        page = parse_text(page.decoded._replace(text=rest), source.name)
    else:
        stated, warnings = split_comment(text)
    found, more = metadata(page.root, source.origin)
    blocks, notes = _blocks(page)
    return Reading(
        "html",
        blocks.blocks(),
        over(stated, found),
        warnings=(*page.decoded.warnings, *warnings, *more, *notes, *blocks.warnings()),
    )


def _blocks(page: Page) -> tuple[BlockList, list[str]]:
    found = blocks_of(page)
    why = reasons(page, found)
    blocks = BlockList()
    kept = total = hidden = 0
    for block, reason in zip(found, why, strict=True):
        blocks.add(block.kind, block.text, level=block.level, furniture=reason)
        size = len(block.text.split())
        total += 0 if block.hidden else size
        kept += size if reason is None else 0
        hidden += len(block.text) if block.hidden else 0
    notes = []
    if total > 50 and kept < _LITTLE * total:
        notes.append(f"Only {100 * kept // total} % of the words on the page were taken for its text.")
    if hidden >= _HIDDEN_WORTH_SAYING:
        notes.append(f"{hidden} characters on the page are hidden from its readers and were left out.")
    return blocks, notes
