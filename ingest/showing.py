"""What the write side prints: receipts, lists and documents, for people and as JSON."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn
from rich.progress import Progress as Bar
from rich.table import Table
from rich.text import Text

from ingest.documents import METADATA_FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ingest.ledger.records import DocumentRecord, DocumentText
    from ingest.pipeline import Progress
    from ingest.receipts import Receipt

_STYLES = {"ingested": "green", "new_version": "cyan", "unchanged": "dim", "refused": "red"}
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_PLAIN_WIDTH = 160
"""Width where the output is no terminal; a file has no edge to wrap at."""


def console(*, stderr: bool = False) -> Console:
    """A console whose colours show on a terminal only."""
    made = Console(stderr=stderr, highlight=False)
    return made if made.is_terminal else Console(stderr=stderr, highlight=False, width=_PLAIN_WIDTH)


@contextmanager
def progress_bar(sources: int, *, shown: bool = True) -> Iterator[Callable[[Progress], None] | None]:
    """A bar on standard error that follows an ingest of so many sources; None where that is no terminal.

    Attachments are found on the way, so there may be more sources than were counted.
    """
    terminal = console(stderr=True)
    if not (shown and terminal.is_terminal):
        yield None
        return
    columns = (SpinnerColumn(), BarColumn(24), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    # Rich would send what is written to standard output meanwhile to standard error: JSON must go where it was sent.
    with Bar(*columns, console=terminal, transient=True, redirect_stdout=False) as bar:
        task = bar.add_task("opening the library", total=sources)

        def show(progress: Progress) -> None:
            refused = f", {progress.refused} refused" if progress.refused else ""
            counted = f"{_counted(progress.passages, 'passage')}{refused} · {visible(progress.current)}"
            bar.update(task, completed=progress.done, total=max(sources, progress.done), description=counted)

        yield show


def print_receipts(receipts: Sequence[Receipt]) -> None:
    """A few lines for each receipt, and how many there are of each kind."""
    shown = console()
    if not receipts:
        return
    table = _grid()
    for one in receipts:
        style = _STYLES[one.status]
        table.add_row(Text(one.status.replace("_", " "), style=style), Text(visible(one.title or one.source)))
        for line in _lines(one):
            table.add_row("", Text(visible(line), style="dim"))
    shown.print(table)
    counts = {status: sum(one.status == status for one in receipts) for status in _STYLES}
    shown.print(Text(", ".join(f"{count} {status.replace('_', ' ')}" for status, count in counts.items() if count)))


def print_documents(documents: Sequence[DocumentRecord]) -> None:
    """Two lines for each document: what it is called, and what is known of it."""
    shown, table = console(), _grid()
    for one in documents:
        known = one.metadata
        version = f"version {one.version}" + ("" if one.live else ", retired")
        told = [known.published or "undated", known.publisher or "publisher unknown", known.source_type]
        counted = [_counted(one.passages, "passage"), version if one.version > 1 or not one.live else None]
        table.add_row(Text(one.id, style="" if one.live else "dim"), Text(visible(known.title or one.name)))
        table.add_row("", Text(visible(" · ".join(part for part in (*told, *counted) if part)), style="dim"))
    if documents:
        shown.print(table)
    shown.print(_counted(len({one.id for one in documents}), "document"))


def print_versions(versions: Sequence[DocumentRecord]) -> None:
    """All that is known of one document; its versions, oldest first, the last described in full."""
    last = versions[-1]
    table = _grid()
    known = asdict(last.metadata)
    described = [(name.replace("_", " "), known[name] or "unknown") for name in METADATA_FIELDS]
    # What else a source says of itself stands under its own heading, so that it cannot pass for what was measured here.
    said = [("the source says", f"{name}: {value}") for name, value in last.metadata.extra]
    measured = {
        "origin": last.origin,
        "format": last.format,
        "pages": last.pages,
        "characters": last.characters,
        "passages": last.passages,
        "sha256 of the text": last.digest,
        "sha256 of the file": last.source_digest,
    }
    stated = [(name, str(value)) for name, value in measured.items() if value is not None]
    for name, value in [("document", last.id), *described, *said, *stated]:
        table.add_row(name, Text(visible(value)))
    for one in versions:
        state = "live" if one.live else f"retired {one.retired_at}"
        fetched = f"fetched {one.fetched_at}, " if one.fetched_at else ""
        table.add_row(f"version {one.version}", f"{fetched}ingested {one.ingested_at}, {state}")
    console().print(table)


def visible(text: str) -> str:
    """`text` with a mark for every character that would steer a terminal; line breaks and tabs stay."""
    return _STEERING.sub("\ufffd", text)


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


def _grid() -> Table:
    """Two columns: what names a thing, and what is said of it."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    return table


def _lines(one: Receipt) -> Iterator[str]:
    """What a receipt says under its title, most telling first."""
    if one.status == "refused":
        yield f"{one.reason or ''} {one.remedy or ''}".strip()
        return
    version = f"{one.document} version {one.version}" if (one.version or 1) > 1 else one.document
    pages = [_counted(one.pages, "page")] if one.pages is not None else []
    counts = [*pages, _counted(one.characters, "character"), _counted(one.passages, "passage")]
    found = {True: ["searchable"], False: ["NOT SEARCHABLE"], None: []}[one.searchable]
    name = one.source if "://" in one.source else Path(one.source).name
    yield " · ".join(part for part in (version, f"{name} ({one.format})", *counts, *found) if part)
    if one.duplicate_of:
        yield f"the same file as document {one.duplicate_of}"
    if one.near_duplicates:
        yield "nearly the same text as document " + ", ".join(one.near_duplicates)
    if one.furniture:
        yield "set aside: " + ", ".join(
            f"{count} {reason.replace('_', ' ')}" for reason, count in one.furniture.items()
        )
    if one.pages_without_text:
        yield "no text on page " + ", ".join(map(str, one.pages_without_text))
    if one.missing:
        yield "unknown: " + ", ".join(name.replace("_", " ") for name in one.missing)
    yield from (f"warning: {warning}" for warning in one.warnings)


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
