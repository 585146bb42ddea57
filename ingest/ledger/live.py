"""The live documents of one generation of the ledger, in memory, and which of them a scope lets in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select

from ingest.ledger import rows, schema, scope

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from ingest.ledger.fulltext import FullText
    from ingest.ledger.records import DocumentRecord, Scope

_REMEMBERED_SCOPES = 256


@dataclass(frozen=True)
class LiveDocuments:
    """Records of the live versions by their row in the ledger; about 2 kB of memory for each."""

    generation: int
    dimensions: int
    vectors_since: int
    fingerprint: str
    by_row: dict[int, DocumentRecord]
    fulltext: FullText
    passages: int
    _inside: dict[Scope, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def load(cls, connection: Connection, generation: int, fulltext: FullText) -> LiveDocuments:
        """Read them all; `generation` is the one that `connection` sees."""
        found = connection.execute(rows.DOCUMENT_COLUMNS.where(schema.versions.c.live))
        by_row = {row.row: rows.document_record(row) for row in found}
        columns = schema.library.c
        dimensions, since, fingerprint = connection.execute(
            select(columns.dimensions, columns.vectors_since, columns.fingerprint)
        ).one()
        total = sum(record.passages for record in by_row.values())
        return cls(generation, int(dimensions), int(since), str(fingerprint), by_row, fulltext, total)

    def rows_inside(self, connection: Connection, wanted: Scope) -> frozenset[int] | None:
        """Rows of the versions inside `wanted`; None when it is everything."""
        if wanted.is_everything:
            return None
        known = self._inside.get(wanted)
        if known is None:
            known = self._admitted(connection, wanted)
            if len(self._inside) >= _REMEMBERED_SCOPES:
                self._inside.clear()
            self._inside[wanted] = known
        return known

    def documents(self, connection: Connection, wanted: Scope) -> list[DocumentRecord]:
        """Records inside `wanted`, in no order."""
        inside = self.rows_inside(connection, wanted)
        return [record for row, record in self.by_row.items() if inside is None or row in inside]

    def counts(self, connection: Connection, wanted: Scope) -> tuple[int, int]:
        """How many documents and passages are inside `wanted`."""
        inside = self.rows_inside(connection, wanted)
        if inside is None:
            return len(self.by_row), self.passages
        return len(inside), sum(self.by_row[row].passages for row in inside)

    def _admitted(self, connection: Connection, wanted: Scope) -> frozenset[int]:
        # Reading every text for an entity would be slow; full text says where it is worth looking.
        worth = self.fulltext.mentioning(connection, wanted.entities) if wanted.entities else set()

        def text_of(row: int) -> str:
            if row not in worth:
                return ""
            texts = schema.texts.c
            return str(connection.execute(select(texts.text).where(texts.version_row == row)).scalar_one())

        return frozenset(
            row
            for row, record in self.by_row.items()
            if scope.admits(wanted, record, lambda row=row: text_of(row))  # type: ignore[misc]
        )
