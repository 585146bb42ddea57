"""Everything that changes the ledger, one transaction at a time.

`changing(ledger)` opens a `Change`: what is done in its block is committed together at the end, or leaves
no trace. Only one process should have one open (see `ingest.lock`); the database refuses a second one in
any case.
"""

from __future__ import annotations

import hashlib
import json
import re
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, delete, func, insert, or_, select, update

from ingest.documents import METADATA_FIELDS
from ingest.ledger import rows, schema, understood
from ingest.ledger.engine import writing
from ingest.understanding.linking import linked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from sqlalchemy import Select
    from sqlalchemy.engine import Connection

    from ingest.documents import Document, Passage, Source
    from ingest.ledger.ledger import Ledger
    from ingest.near_duplicates import Signature
    from ingest.receipts import Receipt
    from ingest.understanding.linking import Link
    from ingest.understanding.statement import Understanding


_PROOF_WORDS = 4

# Made once: SQLAlchemy takes longer to put a statement together than SQLite to carry it out.
_VERSIONS, _DOCUMENTS = schema.versions.c, schema.documents.c
_LIVE_ROW = select(_VERSIONS.row).where(_VERSIONS.document == bindparam("document"), _VERSIONS.live)
_NUMBER = select(_DOCUMENTS.versions).where(_DOCUMENTS.id == bindparam("document"))
_NEXT_NUMBER = (
    update(schema.documents).where(_DOCUMENTS.id == bindparam("document")).values(versions=bindparam("number"))
)
_HOLDS_BYTES = select(func.count()).select_from(schema.originals).where(schema.originals.c.digest == bindparam("of"))
_LAST_PASSAGE = select(func.max(schema.passages.c.row))
_GROW = update(schema.library).values(generation=schema.library.c.generation + 1)
_NEW = {
    table.name: insert(table)
    for table in (
        schema.documents,
        schema.originals,
        schema.versions,
        schema.texts,
        schema.passages,
        schema.vectors,
        schema.token_vectors,
        schema.shingle_bands,
        schema.receipts,
    )
}


def document_id(origin: str) -> str:
    """Names a document over all its versions: 16 hexadecimal digits of the digest of its origin."""
    return hashlib.sha256(origin.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def index_key(embedded: str) -> str:
    """Names a vector in the index by the text it was made of, so that one text is one vector there.

    Whether it stands in one version or in many, left and came back: no two vectors lie in one place, where a search may
    not reach both (see `ingest.chroma_index`). The text and not the vector, for a model gives a text that it
    reads beside others a vector that differs in the last digit.
    """
    return hashlib.sha256(embedded.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class EmbeddedPassage:
    """A passage with what the embedder made of it; `tokens` as `ingest.token_vectors` packs them."""

    passage: Passage
    key: str
    vector: NDArray[np.float32]
    tokens: bytes


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A document ready to be stored. `given` is what was said of it from outside.

    `understanding` is what it says; without it, it is understood from the stored text when it is read.
    """

    source: Source
    document: Document
    passages: tuple[EmbeddedPassage, ...]
    signature: Signature
    given: Mapping[str, str]
    understanding: Understanding | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a version went."""

    document: str
    version: int
    replaced: bool


@contextmanager
def changing(ledger: Ledger) -> Iterator[Change]:
    """One transaction; what was live stays so until the block has ended and the commit is on the disk."""
    with writing(ledger.engine) as connection:
        yield Change(connection, ledger)


class Change:
    """A transaction under way."""

    def __init__(self, connection: Connection, ledger: Ledger) -> None:
        self._connection = connection
        self._fulltext = ledger.fulltext
        self._reader = ledger.understood
        self._grown = False

    def store(self, new: NewVersion, *, at: str) -> Stored:
        """Make `new` the live version of its document and retire the one before it."""
        document = document_id(new.source.origin)
        retired = self._retire(document, at)
        number = self._number(document, new.source.origin)
        self._store_original(new.source)
        row = self._store_version(new, document, number, at)
        placed = self._store_passages(row, new.passages)
        if new.understanding is not None:
            rules = self._reader.rules.digest
            understood.store(self._connection, row, placed, new.understanding, rules, fresh=True)
        self._fulltext.add(self._connection, [row])
        self._store_signature(row, new.signature)
        self._grow()
        return Stored(document, number, retired)

    def retire(self, document: str, *, at: str) -> None:
        """Take a document out of what may be searched and cited."""
        self._retire(document, at)
        self._grow()

    def purge(self, document: str, *, at: str) -> None:
        """Retire a document and delete every version of it: text, vectors, receipts and bytes.

        Bytes that another document was made from too stay.
        """
        self.retire(document, at=at)
        of_document = schema.versions.c.document == document
        version_rows = select(schema.versions.c.row).where(of_document)
        digests = list(self._connection.execute(select(schema.versions.c.source_digest).where(of_document)).scalars())
        passage_rows = select(schema.passages.c.row).where(schema.passages.c.version_row.in_(version_rows))
        understood.drop(self._connection, passage_rows, version_rows)
        for table in (schema.passages, schema.texts, schema.shingle_bands):
            self._connection.execute(delete(table).where(table.c.version_row.in_(version_rows)))
        self._connection.execute(delete(schema.versions).where(of_document))
        self._connection.execute(delete(schema.documents).where(schema.documents.c.id == document))
        self._connection.execute(delete(schema.receipts).where(schema.receipts.c.document == document))
        still_needed = select(schema.versions.c.source_digest)
        self._connection.execute(
            delete(schema.originals).where(
                schema.originals.c.digest.in_(digests), schema.originals.c.digest.not_in(still_needed)
            )
        )
        self._fulltext.rebuild(self._connection)
        self._vectors_changed()

    def finds(self, one: EmbeddedPassage) -> bool:
        """Whether full text finds a live passage by its own words."""
        words = sorted(set(re.findall(r"\w+", one.passage.text)), key=lambda word: (-len(word), word))
        return self._fulltext.finds(self._connection, words[:_PROOF_WORDS], one.key)

    def corrects(self, new: NewVersion) -> Link | None:
        """Which live document `new` corrects, and which it may; None where it says of no other that it does."""
        found = new.understanding.correction if new.understanding is not None else None
        if found is None or found.of != "another":
            return None
        own = document_id(new.source.origin)
        live = map(rows.document_record, self._connection.execute(rows.DOCUMENT_COLUMNS.where(schema.versions.c.live)))
        return linked(found, new.document.metadata, [(one.id, one.metadata) for one in live if one.id != own])

    def near_same(self, new: NewVersion) -> list[tuple[str, bytes]]:
        """Live documents that may have nearly the same text as `new`, with their signatures, by id."""
        return near_same(self._connection, new.signature, but_not=document_id(new.source.origin))

    def receipt(self, receipt: Receipt, *, at: str, seconds: float | None = None) -> None:
        """Keep what became of one source."""
        self._connection.execute(
            _NEW["receipts"],
            {
                "at": at,
                "document": receipt.document,
                "version": receipt.version,
                "seconds": seconds,
                "body": receipt.model_dump_json(exclude_defaults=True),
            },
        )

    def set_library(self, **values: int | str) -> None:
        """Set columns of the library's own row."""
        self._connection.execute(update(schema.library).values(**values))

    def stage_vectors(self, staged: Sequence[tuple[int, bytes, bytes]]) -> None:
        """Put vectors of another model aside, as (passage row, vector, packed token vectors)."""
        self._connection.execute(
            insert(schema.staged_vectors),
            [{"row": row, "vector": vector, "packed": packed} for row, vector, packed in staged],
        )

    def drop_staged(self) -> None:
        """Forget vectors put aside."""
        self._connection.execute(delete(schema.staged_vectors))

    def adopt_staged(self, *, fingerprint: str, dimensions: int) -> None:
        """Replace every vector by the one put aside for it, and remember the model that made them."""
        staged = schema.staged_vectors.c
        self._connection.execute(delete(schema.vectors))
        self._connection.execute(delete(schema.token_vectors))
        self._connection.execute(
            insert(schema.vectors).from_select(["row", "vector"], select(staged.row, staged.vector))
        )
        self._connection.execute(
            insert(schema.token_vectors).from_select(["row", "packed"], select(staged.row, staged.packed))
        )
        self.drop_staged()
        self.set_library(fingerprint=fingerprint, dimensions=dimensions, index_state="writing")
        self._grow()
        self._vectors_changed()

    def rebuild_fulltext(self) -> None:
        """Derive the full-text index anew from the live passages."""
        self._fulltext.rebuild(self._connection)
        self._grow()

    def _grow(self) -> None:
        """The generation grows with the transaction, however much is changed in it."""
        if not self._grown:
            self._connection.execute(_GROW)
            self._grown = True

    def _vectors_changed(self) -> None:
        """Call after `_grow`: what other processes remember of earlier generations' vectors is void."""
        self._connection.execute(update(schema.library).values(vectors_since=schema.library.c.generation))

    def _retire(self, document: str, at: str) -> bool:
        versions, passages = schema.versions.c, schema.passages.c
        row = self._connection.execute(_LIVE_ROW, {"document": document}).scalar_one_or_none()
        if row is None:
            return False
        mine = select(passages.row).where(passages.version_row == row)
        self._fulltext.remove(self._connection, [row])
        for table in (schema.vectors, schema.token_vectors):
            self._connection.execute(delete(table).where(table.c.row.in_(mine)))
        self._connection.execute(delete(schema.shingle_bands).where(schema.shingle_bands.c.version_row == row))
        self._connection.execute(update(schema.passages).where(passages.version_row == row).values(live=False))
        self._connection.execute(update(schema.versions).where(versions.row == row).values(live=False, retired_at=at))
        return True

    def _number(self, document: str, origin: str) -> int:
        known = self._connection.execute(_NUMBER, {"document": document}).scalar_one_or_none()
        if known is None:
            self._connection.execute(_NEW["documents"], {"id": document, "origin": origin, "versions": 1})
            return 1
        self._connection.execute(_NEXT_NUMBER, {"document": document, "number": known + 1})
        return int(known) + 1

    def _store_original(self, source: Source) -> None:
        if not self._connection.execute(_HOLDS_BYTES, {"of": source.digest}).scalar_one():
            self._connection.execute(_NEW["originals"], rows.original_row(source))

    def _store_version(self, new: NewVersion, document: str, number: int, at: str) -> int:
        source, described = new.source, new.document
        metadata = asdict(described.metadata)
        values: dict[str, Any] = {
            "document": document,
            "version": number,
            "live": True,
            "digest": described.digest,
            "source_digest": source.digest,
            "given": given_json(new.given),
            "origin": source.origin,
            "name": source.name,
            "format": described.format,
            "media_type": source.media_type,
            "fetched_at": source.fetched_at,
            "part_of": source.part_of,
            **{name: metadata[name] for name in METADATA_FIELDS},
            "extra": rows.compact(described.metadata.extra),
            "pages": described.pages,
            "pages_without_text": rows.compact(described.pages_without_text),
            "warnings": rows.compact(described.warnings),
            "characters": len(described.text),
            "passages": len(new.passages),
            "signature": new.signature.packed,
            "ingested_at": at,
        }
        inserted = self._connection.execute(_NEW["versions"], values)
        row = int((inserted.inserted_primary_key or (0,))[0])
        self._connection.execute(
            _NEW["texts"],
            {
                "version_row": row,
                "text": described.text,
                "blocks": rows.pack_blocks(described.blocks),
                "set_aside": rows.compact(described.set_aside),
            },
        )
        return row

    def understand_anew(self, version_rows: Sequence[int]) -> None:
        """Read stored versions by today's rules and keep what they say."""
        for row in version_rows:
            placed, found = self._reader.make(self._connection, row)
            understood.store(self._connection, row, placed, found, self._reader.rules.digest)

    def _store_passages(self, version_row: int, passages: Sequence[EmbeddedPassage]) -> list[tuple[int, Passage]]:
        """Store the passages of a version; returns them with their rows."""
        if not passages:
            return []
        highest = self._connection.execute(_LAST_PASSAGE).scalar_one() or 0
        numbered = list(enumerate(passages, start=highest + 1))
        self._connection.execute(
            _NEW["passages"],
            [
                {
                    "row": row,
                    "version_row": version_row,
                    "id": one.passage.id,
                    "index_key": one.key,
                    "live": True,
                    "start": one.passage.start,
                    "end": one.passage.end,
                    "text": one.passage.text,
                    "context": one.passage.context,
                    "sentences": rows.pack_sentences(one.passage.sentences),
                    "page": one.passage.page,
                    "headings": rows.compact(one.passage.heading_path),
                }
                for row, one in numbered
            ],
        )
        self._connection.execute(
            _NEW["vectors"],
            [{"row": row, "vector": rows.pack_vector(one.vector)} for row, one in numbered],
        )
        self._connection.execute(_NEW["token_vectors"], [{"row": row, "packed": one.tokens} for row, one in numbered])
        return [(row, one.passage) for row, one in numbered]

    def _store_signature(self, version_row: int, signature: Signature) -> None:
        bands = [
            {"band": band, "value": value, "version_row": version_row} for band, value in enumerate(signature.bands)
        ]
        if bands:
            self._connection.execute(_NEW["shingle_bands"], bands)


def given_json(given: Mapping[str, str]) -> str:
    """What the person gave, in an order that does not depend on how it was typed."""
    return json.dumps(dict(sorted(given.items())), ensure_ascii=False)


def near_same(connection: Connection, signature: Signature, *, but_not: str) -> list[tuple[str, bytes]]:
    """Live documents that share a band with `signature`, with their packed signatures, by id."""
    if not signature.bands:
        return []
    values = {f"value{band}": value for band, value in enumerate(signature.bands)}
    found = connection.execute(_sharing(len(signature.bands)), {**values, "but_not": but_not})
    return [(row.document, row.signature) for row in found]


@cache
def _sharing(count: int) -> Select[tuple[str, bytes]]:
    """Made once: putting it together takes as long as asking it a hundred times."""
    bands, versions = schema.shingle_bands.c, schema.versions.c
    shared = [and_(bands.band == band, bands.value == bindparam(f"value{band}")) for band in range(count)]
    return (
        select(versions.document, versions.signature)
        .where(versions.row.in_(select(bands.version_row).where(or_(*shared))))
        .where(versions.live, versions.document != bindparam("but_not"))
        .order_by(versions.document)
    )
