"""The library tab: the list of documents, receipts, and what a verification found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.web import wording
from assistant.web.markup import Markup, element, join, told

if TYPE_CHECKING:
    from ingest.ledger.records import DocumentRecord
    from ingest.receipts import Receipt

EXAMPLES = 4
"""Example questions shown."""

LISTED = 200
"""Documents shown at once; a search finds the others."""


def status(documents: int, passages: int, examples: Sequence[str] = ()) -> Markup:
    """How much the library holds, and questions to begin with."""
    held = f"{wording.counted(documents, 'document')} ({wording.counted(passages, 'passage')})"
    said = f"The library holds {held}. Each sentence of an answer stands in one of them; where none does, you are told."
    asked = (
        element("li", element("button", example, type="button", name="ask-this", value=example, class_="example"))
        for example in examples[:EXAMPLES]
    )
    return join(
        (
            element("p", said, class_="quiet holdings"),
            element("ul", *asked, class_="choices", aria_label="Example questions") if examples else None,
        )
    )


def empty() -> Markup:
    """What to do when there is nothing to ask about yet."""
    return element(
        "div",
        element("h2", "The library is empty"),
        element(
            "p",
            "Answers come only from documents in the library. Add the letters, reports, articles and "
            "statements you want to ask about, then ask here.",
        ),
        element("p", opener()),
        class_="empty",
    )


def opener() -> Markup:
    """The way to where documents are added."""
    return element("button", "Add documents", type="button", name="open-library", class_="quiet-button")


def documents(found: Sequence[DocumentRecord], held: int, number_of_versions: dict[str, int]) -> Markup:
    """The list. `held` is how many documents the library holds, found or not."""
    if not held:
        return element("p", "No documents yet. Add files or addresses above.", class_="empty")
    if not found:
        return element("p", "No document fits. Clear the search to see all of them.", class_="empty")
    more = f"The first {LISTED} are shown; search to narrow." if len(found) > LISTED else ""
    line = f"{wording.counted(len(found), 'document')}{'' if len(found) == held else f' of {held:,}'}. {more}".strip()
    rows = (_document(record, number_of_versions.get(record.id, 1)) for record in found[:LISTED])
    return join((element("p", line, class_="quiet", role="status"), element("ul", *rows, class_="documents")))


def _document(record: DocumentRecord, versions: int) -> Markup:
    known = record.metadata
    title = known.title or record.name
    kind = wording.kind(known.source_type) if known.source_type else None
    parts = (
        known.publisher or "publisher unknown",
        wording.day(known.published),
        *dict.fromkeys(filter(None, (kind, wording.FORMATS.get(record.format, record.format)))),
        wording.counted(record.pages, "page") if record.pages else None,
        wording.counted(record.passages, "passage"),
        f"{versions} versions" if versions > 1 else None,
    )
    about = element("span", join((part for part in parts if part), " \u00b7 "), class_="provenance")
    opener = element(
        "button",
        title,
        type="button",
        name="open-document",
        value=f"{record.id}/{record.version}",
        class_="linklike",
        dir="auto",
    )
    remove = element(
        "button",
        "Remove",
        element("span", f" {title}", class_="unseen"),
        type="button",
        name="remove-document",
        value=record.id,
        title=f"Remove {title}",
        class_="quiet-button",
    )
    return element("li", element("div", opener, about), remove)


def receipts(made: Sequence[Receipt]) -> Markup:
    """Receipts, as items of a list."""
    return join(_receipt(receipt) for receipt in made)


def _receipt(receipt: Receipt) -> Markup:
    notes = [*_troubles(receipt), *receipt.warnings]
    return element(
        "li",
        element(
            "p",
            element("strong", wording.STATUSES[receipt.status], class_=f"status {receipt.status}"),
            " ",
            _named(receipt),
            dir="auto",
        ),
        element("p", _measures(receipt), class_="provenance") if receipt.document else None,
        element("p", told(f"{receipt.reason} {receipt.remedy or ''}".strip())) if receipt.reason else None,
        element("ul", *(element("li", told(note)) for note in notes), class_="notes") if notes else None,
        class_="receipt",
    )


def _named(receipt: Receipt) -> Markup | str:
    """What the receipt is of: the document, to be opened, or the source that did not become one."""
    title = receipt.title or receipt.source
    if not receipt.document:
        return title
    place = f"{receipt.document}/{receipt.version or 1}"
    return element("button", title, type="button", name="open-document", value=place, class_="linklike")


def _measures(receipt: Receipt) -> Markup:
    set_aside = sum(receipt.furniture.values())
    parts = (
        wording.FORMATS.get(receipt.format, receipt.format) if receipt.format else None,
        wording.counted(receipt.pages, "page") if receipt.pages else None,
        wording.counted(receipt.characters, "character"),
        wording.counted(receipt.passages, "passage"),
        f"{wording.counted(set_aside, 'piece')} set aside" if set_aside else None,
        _SEARCHABLE[receipt.searchable],
    )
    return join((part for part in parts if part), " \u00b7 ")


_SEARCHABLE = {True: "can be asked about now", False: "cannot be searched yet", None: None}


def _troubles(receipt: Receipt) -> list[str]:
    """What of a receipt a person should act on."""
    troubles = []
    missing = [wording.FIELDS[name] for name in receipt.missing if name in wording.FIELDS]
    if missing and receipt.status in {"ingested", "new_version"}:
        troubles.append(f"Not stated in the source: {', '.join(missing)}.")
    if receipt.pages_without_text:
        pages = ", ".join(str(page) for page in receipt.pages_without_text)
        troubles.append(f"Pages without text: {pages}.")
    if receipt.duplicate_of and receipt.duplicate_of != receipt.document:
        troubles.append("The same bytes are in the library already.")
    if receipt.near_duplicates:
        troubles.append(f"Nearly the same text as {wording.counted(len(receipt.near_duplicates), 'document')} held.")
    return troubles


def verified(findings: Sequence[str]) -> Markup:
    """What a verification found; nothing means that all is well."""
    if not findings:
        return element("p", "Every document, passage and index entry is as it should be.", role="status")
    return element("ul", *(element("li", told(finding)) for finding in findings), class_="notes", role="status")
