"""Web pages: the main text in blocks, what was left out of the page with its reason, and the page's own metadata."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.documents import Metadata, Reading
from ingest.readers.blocks import BlockList
from ingest.readers.front_matter import split, split_comment
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
        _over(stated, found),
        warnings=(*page.decoded.warnings, *warnings, *more, *notes, *blocks.warnings()),
    )


def add_page(blocks: BlockList, text_page: Page) -> None:
    """Append all visible text of a page that is no web page (the HTML part of a mail): nothing of it is a menu."""
    for block in blocks_of(text_page):
        blocks.add(block.kind, block.text, level=block.level, furniture="hidden" if block.hidden else None)


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


def _over(first: Metadata, second: Metadata) -> Metadata:
    """Each field of `first`, or of `second` where it is unknown; the extra fields of both."""
    fields = {
        name: getattr(first, name) if getattr(first, name) is not None else getattr(second, name)
        for name in Metadata.__dataclass_fields__
        if name != "extra"
    }
    names = {name for name, _ in first.extra}
    return Metadata(**fields, extra=(*first.extra, *((name, value) for name, value in second.extra if name not in names)))


