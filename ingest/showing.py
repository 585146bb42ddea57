"""What the write side prints: receipts, lists and documents, for people and as JSON."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ingest.ledger.records import DocumentRecord, DocumentText
    from ingest.pipeline import Progress
    from ingest.receipts import Receipt

_STYLES = {"ingested": "green", "new_version": "cyan", "unchanged": "dim", "refused": "red"}
_PLAIN_WIDTH = 160
"""Width where the output is no terminal; a file has no edge to wrap at."""


def console(*, stderr: bool = False) -> Console:
    """A console whose colours show on a terminal only."""
    made = Console(stderr=stderr, highlight=False)
    return made if made.is_terminal else Console(stderr=stderr, highlight=False, width=_PLAIN_WIDTH)


@contextmanager
def progress_line() -> Iterator[Callable[[Progress], None] | None]:
    """A line on standard error that follows an ingest; None where that is no terminal."""
    shown = console(stderr=True)
    if not shown.is_terminal:
        yield None
        return
    with shown.status("Opening the library") as status:

        def show(progress: Progress) -> None:
            counted = f"{progress.done} sources, {progress.passages} passages"
            refused = f", {progress.refused} refused" if progress.refused else ""
            status.update(Text(f"{counted}{refused} · {progress.current}"))

        yield show


def print_receipts(receipts: Sequence[Receipt]) -> None:
    """A table of receipts, with what a person should know or do under it."""
    shown = console()
    table = Table("Status", "Document", "Title", "Format", "Pages", "Passages", "Notes", box=None, pad_edge=False)
    for one in receipts:
        title = one.title or one.source
        pages = "" if one.pages is None else str(one.pages)
        passages = str(one.passages) if one.passages else ""
        status = Text(one.status.replace("_", " "), style=_STYLES[one.status])
        table.add_row(
            status, one.document or "", Text(title), one.format or "", pages, passages, Text("; ".join(_notes(one)))
        )
    if receipts:
        shown.print(table)
    counts = {status: sum(one.status == status for one in receipts) for status in _STYLES}
    shown.print(Text(", ".join(f"{count} {status.replace('_', ' ')}" for status, count in counts.items() if count)))


def print_documents(documents: Sequence[DocumentRecord]) -> None:
    """One line for each document."""
    table = Table("Document", "Version", "Published", "Publisher", "Title", "Passages", box=None, pad_edge=False)
    for one in documents:
        known = one.metadata
        table.add_row(
            Text(one.id, style="" if one.live else "dim"),
            str(one.version) + ("" if one.live else " (retired)"),
            known.published or "unknown",
            Text(known.publisher or "unknown"),
            Text(known.title or one.name),
            str(one.passages),
        )
    shown = console()
    if documents:
        shown.print(table)
    shown.print(f"{len(documents)} documents" if len(documents) != 1 else "1 document")


def print_versions(versions: Sequence[DocumentRecord]) -> None:
    """All that is known of one document; its versions, oldest first, the last described in full."""
    last = versions[-1]
    table = Table(show_header=False, box=None, pad_edge=False)
    values: dict[str, Any] = {
        "document": last.id,
        **{name: value or "unknown" for name, value in asdict(last.metadata).items() if name != "extra"},
        **dict(last.metadata.extra),
        "origin": last.origin,
        "format": last.format,
        "pages": last.pages,
        "characters": last.characters,
        "passages": last.passages,
        "sha256 of the text": last.digest,
        "sha256 of the file": last.source_digest,
    }
    for name, value in values.items():
        table.add_row(name.replace("_", " "), Text("" if value is None else str(value)))
    for one in versions:
        state = "live" if one.live else f"retired {one.retired_at}"
        table.add_row(f"version {one.version}", f"ingested {one.ingested_at}, {state}")
    console().print(table)


def record_as_dict(record: DocumentRecord) -> dict[str, Any]:
    """A document record for JSON."""
    return asdict(record)


def text_as_json(text: DocumentText) -> str:
    """The text a citation is checked against, with its blocks and what was set aside."""
    blocks = [
        {"kind": one.kind, "start": one.start, "end": one.end, "level": one.level, "page": one.page}
        for one in text.blocks
    ]
    set_aside = [{"reason": reason, "text": left_out} for reason, left_out in text.set_aside]
    record = text.document
    whole = {
        "document": record.id,
        "version": record.version,
        "live": record.live,
        "title": record.metadata.title,
        "publisher": record.metadata.publisher,
        "published": record.metadata.published,
        "source": record.metadata.address or record.name,
        "sha256": record.digest,
        "text": text.text,
        "blocks": blocks,
        "set_aside": set_aside,
        "record": record_as_dict(record),
    }
    return as_json(whole)


def as_json(value: object) -> str:
    """JSON for people and programs: indented, other alphabets as they are, a line break at the end."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _notes(one: Receipt) -> list[str]:
    notes = [f"{one.reason} {one.remedy}"] if one.reason else []
    if one.duplicate_of:
        notes.append(f"the same file as {one.duplicate_of}")
    if one.near_duplicates:
        notes.append("nearly the same text as " + ", ".join(one.near_duplicates))
    if one.pages_without_text:
        notes.append(f"no text on {len(one.pages_without_text)} pages")
    if one.searchable is False:
        notes.append("not searchable")
    unknown = [name for name in ("title", "publisher", "published") if name in one.missing]
    if unknown and one.status != "refused":
        notes.append("unknown: " + ", ".join(unknown))
    return notes + list(one.warnings)
