"""The source panel: a document's text with the exact quote marked, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


def panel(shown: DocumentText, view: View, versions: Sequence[DocumentRecord], page_image: str | None) -> Markup:
    """The whole panel. `page_image` is the address of the page's picture, None where there is none."""
    record = shown.document
    quote = shown.text[slice(*view.quoted)]
    return element(
        "div",
        element("h2", record.metadata.title or record.name, id="source-title", tabindex=-1, dir="auto"),
        _facts(record),
        _versions(record, versions, view),
        _quote(quote, page_image),
        element("h3", "In the document" if quote else "Text"),
        _text(shown, view),
        _set_aside(shown),
        class_="source",
    )


def _facts(record: DocumentRecord) -> Markup:
    known = record.metadata
    facts: dict[str, str | None] = {
        "Publisher": known.publisher or "publisher unknown",
        "Published": wording.day(known.published),
        "Type": wording.kind(known.source_type) if known.source_type else None,
        "Author": known.author,
        "Licence": known.licence,
        "Address": _address(known.address or record.origin),
        "File": record.name,
        "Added": wording.day(record.ingested_at),
    }
    rows = (element("div", element("dt", name), element("dd", said)) for name, said in facts.items() if said)
    original = element(
        "a",
        "Download the original",
        href=f"/api/documents/{record.id}/original?version={record.version}",
        download="",
    )
    return join((element("dl", *rows, class_="facts"), element("p", original)))


def _address(address: str) -> Markup | None:
    """The address as text, with a way out only where it is one of the web."""
    followed = web_address(address)
    if followed is None:
        return None
    text = element("span", address, class_="address")
    out = element("a", "Open the web page", href=followed, rel="noopener noreferrer", target="_blank")
    return join((text, " ", out))


def _versions(record: DocumentRecord, versions: Sequence[DocumentRecord], view: View) -> Markup | None:
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


def _quote(quote: str, page_image: str | None) -> Markup | None:
    """The quote and the picture of its page, for a document that has pictures; else the mark below is enough."""
    if page_image is None:
        return None
    picture = element("img", src=page_image, alt="The page, with the quote outlined", class_="page-picture")
    said = element("figcaption", "The page as published, with the quote outlined.")
    return join((element("blockquote", quote, class_="exact", dir="auto"), element("figure", picture, said)))


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
