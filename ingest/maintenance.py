"""What is done to a library as a whole: remove a document, verify everything, derive everything anew."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from ingest.ledger import rows, schema
from ingest.ledger.engine import database_faults, reading
from ingest.ledger.writing import changing
from ingest.storing import writing_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy.engine import Connection

    from ingest.documents import Passage
    from ingest.embedding import Embedder
    from ingest.ledger.records import DocumentRecord
    from ingest.library import Library
    from ingest.steps import Steps

_AT_ONCE = 128


@dataclass(frozen=True, slots=True)
class Verification:
    """What was compared, and every difference found, in words. Sound when there is none."""

    documents: int
    versions: int
    passages: int
    faults: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """True when nothing is wrong."""
        return not self.faults


def remove(
    library: Library, documents: Sequence[str], *, purge: bool = False, clock: Callable[[], datetime] | None = None
) -> list[DocumentRecord]:
    """Take documents out of what may be searched and cited, and return what they were; all of them, or none.

    Their versions stay readable, unless `purge` is set: then text, vectors, receipts and bytes are deleted, from
    the files too, and the index is made anew. A document that was removed before can still be purged.

    Raises:
        DocumentMissing: one of them is not there.
    """
    ledger = library.ledger
    found = [ledger.versions(one)[-1] if purge else ledger.document(one) for one in documents]
    records = list({record.id: record for record in found}.values())
    with writing_to(library, "briefing library remove", clock or (lambda: datetime.now(UTC))) as writer:
        writer.retire([record.id for record in records], purge=purge)
    return records


def verify(library: Library) -> Verification:
    """Compare everything with everything, changing nothing: the ledger with itself, full text and index with it.

    Raises:
        LibraryBusy: another process writes to the library.
    """
    with library.locked("briefing library verify"):
        with reading(library.ledger.engine) as connection:
            faults = database_faults(connection)
            versions, text_faults = _texts(connection)
            faults += text_faults + _missing_vectors(connection) + library.ledger.fulltext.faults(connection)
        findings = library.index.check()
        if findings.fault:
            faults.append(f"the vector index: {findings.fault}")
        if findings.missing:
            faults.append(f"the vector index lacks {len(findings.missing)} vectors of live passages")
    documents, passages = library.ledger.counts()
    return Verification(documents, versions, passages, tuple(faults))


def rebuild(
    library: Library,
    embedder: Embedder,
    steps: Steps,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> bool:
    """Derive statements, full text and index anew from the ledger; says whether passages were embedded anew too.

    Statements are made anew where they were made by other rules than today's.

    They are when `embedder` is not the one the library remembers. New vectors are put aside until all are there, and
    then replace the old ones in one transaction: a rebuild that is stopped changes nothing. `progress`
    is told passages done and passages in all.
    """
    with library.locked("briefing library rebuild"):
        anew = library.ledger.header().fingerprint != embedder.fingerprint
        if anew:
            _embed_anew(library, embedder, steps, progress)
            library.adopt_model(embedder)
        _understand_anew(library)
        with changing(library.ledger) as change:
            change.rebuild_fulltext()
        library.index.rebuild("it was asked for")
    return anew


def _embed_anew(
    library: Library, embedder: Embedder, steps: Steps, progress: Callable[[int, int], None] | None
) -> None:
    total, done = library.ledger.counts()[1], 0
    with changing(library.ledger) as change:
        change.drop_staged()
    for part in _live_passages(library):
        encoded = embedder.encode([steps.text_of(passage) for _, passage in part])
        with changing(library.ledger) as change:
            change.stage_vectors(
                [
                    (row, rows.pack_vector(seen.vector), steps.pack(seen, passage))
                    for (row, passage), seen in zip(part, encoded, strict=True)
                ]
            )
        done += len(part)
        if progress is not None:
            progress(done, total)
    with changing(library.ledger) as change:
        change.adopt_staged(fingerprint=embedder.fingerprint, dimensions=embedder.dimensions)


def _understand_anew(library: Library) -> None:
    """Read what was read by other rules; a part at a time, since each version is right by itself."""
    with reading(library.ledger.engine) as connection:
        stale = library.ledger.understood.stale(connection)
    for start in range(0, len(stale), _AT_ONCE):
        with changing(library.ledger) as change:
            change.understand_anew(stale[start : start + _AT_ONCE])


def _live_passages(library: Library) -> Iterator[list[tuple[int, Passage]]]:
    columns, last = schema.passages.c, 0
    while True:
        query = select(schema.passages).where(columns.live, columns.row > last).order_by(columns.row)
        with reading(library.ledger.engine) as connection:
            found = connection.execute(query.limit(_AT_ONCE)).all()
        if not found:
            return
        last = found[-1].row
        yield [(row.row, rows.passage(row)) for row in found]


def _texts(connection: Connection) -> tuple[int, list[str]]:
    """Every version's text against its digest, and every passage against the text it was cut from."""
    versions, texts, passages = schema.versions.c, schema.texts.c, schema.passages.c
    query = select(versions.row, versions.document, versions.version, versions.digest, texts.text).join(
        schema.texts, texts.version_row == versions.row, isouter=True
    )
    faults: list[str] = []
    count = 0
    for row in connection.execute(query.order_by(versions.row)):
        count += 1
        name = f"document {row.document} version {row.version}"
        if row.text is None or hashlib.sha256(row.text.encode()).hexdigest() != row.digest:
            faults.append(f"{name}: the text is not the one that was stored")
            continue
        cut = connection.execute(
            select(passages.start, passages.end, passages.text).where(passages.version_row == row.row)
        )
        wrong = sum(row.text[start:end] != text for start, end, text in cut)
        if wrong:
            faults.append(f"{name}: {wrong} passages are not what the text says at their place")
    return count, faults


def _missing_vectors(connection: Connection) -> list[str]:
    passages = schema.passages.c
    faults = []
    for table, name in ((schema.vectors, "vector"), (schema.token_vectors, "token vectors")):
        query = select(func.count()).select_from(schema.passages).where(passages.live)
        missing = connection.execute(query.where(passages.row.not_in(select(table.c.row)))).scalar_one()
        if missing:
            faults.append(f"{missing} live passages have no {name}")
    return faults
