"""The source panel: a document's text with the exact quote marked, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.web import wording
from assistant.web.markup import Markup, element, join, web_address

if TYPE_CHECKING:
    from ingest.documents import PlacedBlock
    from ingest.ledger.records import DocumentRecord, DocumentText

REACH = 12_000
"""Characters shown before and after the quote; the rest of a long document is one press away."""


@dataclass(frozen=True)
class View:
    """What of a document is to be shown: the quote's span (None: no quote), and whether to show all of it."""

    start: int | None = None
    end: int | None = None
    whole: bool = False

    @property
    def quoted(self) -> tuple[int, int]:
        """The span to mark; empty when there is no quote."""
        return (self.start or 0, self.end or 0)

    def window(self, length: int) -> tuple[int, int]:
        """The part of a text of `length` characters that is shown."""
        if self.whole:
            return (0, length)
        start, end = self.quoted
        return (max(0, start - REACH), end + REACH)


@dataclass(frozen=True)
class Picture:
    """The picture of a page: its address, its number from 1, and where on it the quote begins, in its pixels.

    `width` and `height` keep its place until it is there; they are those of A4, and the browser takes the true ones
    when it has them.
    """

    address: str
    page: int
    top: int
    width: int = 952
    height: int = 1347


def panel(shown: DocumentText, view: View, versions: Sequence[DocumentRecord], picture: Picture | None) -> Markup:
    """The whole panel: what the source is, the quote in it, and the rest that is known of it."""
    record = shown.document
    quote = shown.text[slice(*view.quoted)]
    return element(
        "div",
        element("h2", record.metadata.title or record.name, id="source-title", tabindex=-1, dir="auto"),
        _facts(record, page_of(shown.blocks, view)),
        _versions(record, versions),
        _quote(quote, picture),
        element("h3", "In the document" if quote else "Text"),
        _text(shown, view),
        _more(record),
        _set_aside(shown),
        class_="source",
    )


def page_of(blocks: Sequence[PlacedBlock], view: View) -> int | None:
    """The page that the quote begins on; None without a quote, or where there are no pages."""
    start, end = view.quoted
    if start >= end:
        return None
    return next((block.page for block in blocks if block.start <= start < block.end), None)


def _facts(record: DocumentRecord, page: int | None) -> Markup:
    known = record.metadata
    facts = {
        "Publisher": known.publisher or "publisher unknown",
        "Published": wording.day(known.published),
        "Type": wording.kind(known.source_type) if known.source_type else None,
        "Page": f"{page} of {record.pages}" if page and record.pages else str(page) if page else None,
    }
    return join((_list(facts), element("p", *_ways_out(record), class_="ways-out")))


def _more(record: DocumentRecord) -> Markup:
    """What a reader seldom asks: folded away, below the text."""
    facts = {
        "Author": record.metadata.author,
        "Licence": record.metadata.licence,
        "Language": record.metadata.language,
        "Address": record.metadata.address,
        "File": record.name,
        "Added": wording.day(record.ingested_at),
    }
    return element("details", element("summary", "More about this source"), _list(facts), class_="aside")


def _list(facts: Mapping[str, str | None]) -> Markup:
    rows = (element("div", element("dt", name), element("dd", said)) for name, said in facts.items() if said)
    return element("dl", *rows, class_="facts")


def _ways_out(record: DocumentRecord) -> Iterator[Markup]:
    """The file as it came, and the web page where the source has one."""
    followed = web_address(record.metadata.address or record.origin)
    if followed is not None:
        yield element("a", "Open the web page", href=followed, rel="noopener noreferrer", target="_blank")
    original = f"/api/documents/{record.id}/original?version={record.version}"
    yield element("a", "Download the original", href=original, download="")


def _versions(record: DocumentRecord, versions: Sequence[DocumentRecord]) -> Markup | None:
    if record.live and len(versions) <= 1:
        return None
    if record.live:
        said = f"Version {record.version} of {len(versions)}, the one in force."
    elif any(one.live for one in versions):
        said = f"Version {record.version}. A newer version of this document is in the library."
    else:
        said = f"Version {record.version}. This document was removed from the library."
    others = (
        element(
            "button",
            f"Version {one.version}",
            type="button",
            name="open-document",
            value=f"{one.id}/{one.version}",
            class_="linklike",
        )
        for one in versions
        if one.version != record.version
    )
    return element("p", said, " ", join(others, " "), class_="version" if record.live else "version old")


def _quote(quote: str, picture: Picture | None) -> Markup | None:
    """The quote and the picture of its page, for a document that has pictures; else the mark below is enough."""
    if picture is None:
        return None
    shown = element(
        "img",
        src=picture.address,
        alt=f"Page {picture.page}, with the quote outlined",
        width=picture.width,
        height=picture.height,
        data_top=picture.top,
        class_="page-picture",
    )
    full = element("a", "Open the picture", href=picture.address, target="_blank", rel="noopener")
    said = element("figcaption", f"Page {picture.page} as published, with the quote outlined. ", full)
    return join((element("blockquote", quote, class_="exact", dir="auto"), element("figure", shown, said)))


def _text(shown: DocumentText, view: View) -> Markup:
    first, last = view.window(len(shown.text))
    kept = [block for block in shown.blocks if block.end > first and block.start < last]
    cut = len(kept) < len(shown.blocks)
    document = shown.document
    whole = element(
        "button",
        "Show the whole document",
        type="button",
        name="open-source",
        value=f"{document.id}/{document.version}/{view.quoted[0]}/{view.quoted[1]}/whole",
        class_="linklike",
    )
    return element(
        "div",
        element("p", "Part of a long document. ", whole, class_="quiet") if cut else None,
        *_pieces(shown.text, kept, view.quoted),
        class_="text",
        dir="auto",
    )


_TAGS = {"heading": "h4", "quote": "blockquote", "table_row": "p", "caption": "p", "note": "p"}


def _pieces(text: str, blocks: Sequence[PlacedBlock], quoted: tuple[int, int]) -> Iterator[Markup]:
    """Blocks as HTML in order; neighbouring list items share one list."""
    items: list[Markup] = []
    for block in blocks:
        body = _marked(text, block.start, block.end, quoted)
        if block.kind == "list_item":
            items.append(element("li", body))
            continue
        if items:
            yield element("ul", *items)
            items = []
        yield element(_TAGS.get(block.kind, "p"), body, class_=block.kind.replace("_", "-"))
    if items:
        yield element("ul", *items)


def _marked(text: str, start: int, end: int, quoted: tuple[int, int]) -> Markup:
    """`text[start:end]` with its share of the quote marked."""
    opening, closing = max(start, quoted[0]), min(end, quoted[1])
    if opening >= closing:
        return join((text[start:end],))
    return join((text[start:opening], element("mark", text[opening:closing]), text[closing:end]))


def _set_aside(shown: DocumentText) -> Markup | None:
    if not shown.set_aside:
        return None
    items = (
        element("li", element("strong", f"{wording.SET_ASIDE.get(reason, reason)}: "), text)
        for reason, text in shown.set_aside
    )
    number = wording.counted(len(shown.set_aside), "piece")
    return element(
        "details",
        element("summary", f"{number} of the file set aside as no part of the document"),
        element("ul", *items),
        class_="aside",
    )
