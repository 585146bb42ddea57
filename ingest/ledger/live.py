"""The live documents of one generation of the ledger, in memory, and which of them a scope lets in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select

from ingest.ledger import rows, schema, scope
from ingest.ledger.entity_index import EntityIndex, holds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.engine import Connection

    from ingest.ledger.fulltext import FullText
    from ingest.ledger.records import DocumentRecord, Scope
    from ingest.understanding.lexicon import Lexicon

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
    lexicon: Callable[[], Lexicon]
    _entities: list[EntityIndex] = field(default_factory=list)
    _inside: dict[Scope, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def load(
        cls, connection: Connection, generation: int, fulltext: FullText, lexicon: Callable[[], Lexicon]
    ) -> LiveDocuments:
        """Read them all; `generation` is the one that `connection` sees. `lexicon` is asked when a name is wanted."""
        found = connection.execute(rows.DOCUMENT_COLUMNS.where(schema.versions.c.live))
        by_row = {row.row: rows.document_record(row) for row in found}
        columns = schema.library.c
        dimensions, since, fingerprint = connection.execute(
            select(columns.dimensions, columns.vectors_since, columns.fingerprint)
        ).one()
        total = sum(record.passages for record in by_row.values())
        return cls(generation, int(dimensions), int(since), str(fingerprint), by_row, fulltext, total, lexicon)

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

    def entities(self, connection: Connection) -> EntityIndex:
        """Whom the live documents name."""
        if not self._entities:
            live = {row: record.metadata for row, record in self.by_row.items()}
            self._entities.append(EntityIndex.load(connection, live, self.lexicon().entries))
        return self._entities[0]

    def _admitted(self, connection: Connection, wanted: Scope) -> frozenset[int]:
        naming: set[int] | None = None
        if wanted.entities:
            naming = set[int]().union(*(self._naming(connection, name) for name in wanted.entities))
        return frozenset(
            row
            for row, record in self.by_row.items()
            if (naming is None or row in naming) and scope.admits(wanted, record)
        )

    def _naming(self, connection: Connection, name: str) -> set[int]:
        """Rows of the documents that name an entity; of one that is stored nowhere, those that have its words.

        Titles are read for its names too, and so are the texts of documents for which no entities are stored.
        """
        index = self.entities(connection)
        asked = index.ask(name)
        if asked.found == "several":
            return set()
        named, forms = index.naming(name)
        if asked.found == "none":
            return self._with_words(connection, [name], set(self.by_row))
        titled = {row for row, record in self.by_row.items() if holds(forms, record.metadata.title or "")}
        unread = self.by_row.keys() - index.stored
        return named | titled | (self._with_words(connection, [name, *forms], unread) if unread else set())

    def _with_words(self, connection: Connection, phrases: Sequence[str], among: set[int]) -> set[int]:
        # Reading every text would be slow; full text says where it is worth looking.
        worth = self.fulltext.mentioning(connection, phrases)
        texts = schema.texts.c

        def text_of(row: int) -> str:
            return str(connection.execute(select(texts.text).where(texts.version_row == row)).scalar_one())

        return {
            row
            for row in among
            if scope.mentions(phrases, self.by_row[row], lambda row=row: text_of(row) if row in worth else "")  # type: ignore[misc]
        }
