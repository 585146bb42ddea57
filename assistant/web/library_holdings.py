"""`ingest.library.Library` as the page's `Holdings`, and what else of the write side the page needs.

What reads files is imported when the first file is added, so that the page is there at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.web.holdings import Holdings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ingest.documents import Source
    from ingest.ledger.records import DocumentRecord
    from ingest.library import Library
    from ingest.receipts import Receipt


def holdings(library: Library) -> Holdings:
    """What the page needs of `library`."""

    def add(sources: Sequence[str | Source], given: Mapping[str, str]) -> Iterator[Receipt]:
        from ingest.pipeline import ingest

        return ingest(library, sources, given=given)

    def remove(document: str) -> DocumentRecord:
        from ingest.maintenance import remove as taken_out

        return taken_out(library, [document])[0]

    def verify() -> Sequence[str]:
        from ingest.maintenance import verify as compared

        return compared(library).faults

    return Holdings(library.ledger, add=add, remove=remove, verify=verify, snapshot=library.snapshot)


def examples(library: Library) -> Sequence[str]:
    """The example questions, when the library holds the starter notes that they are about."""
    from ingest import starter

    notes = {path.name for path in starter.paths()}
    held = {record.name for record in library.ledger.documents()}
    return starter.EXAMPLE_QUESTIONS if notes and notes <= held else ()
