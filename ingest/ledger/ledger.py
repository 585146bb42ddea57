"""The database of record, as the rest of the house reads it. Every quote shown comes from here.

Each method sees one committed state of the ledger. What is the same for all questions (the live documents) is
kept in memory for as long as `generation` stays the same; another process's commit is seen at the next call.
Methods may be called from several threads.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from sqlalchemy import bindparam, select
from sqlalchemy.exc import OperationalError

from ingest.errors import DocumentMissing, LibraryDamaged
from ingest.ledger import rows, schema
from ingest.ledger.engine import compact, one_state, reading
from ingest.ledger.live import LiveDocuments
from ingest.ledger.records import DocumentText, Scope, TextHit
from ingest.ledger.understood import UnderstandingReader, linked_corrections
from ingest.token_vectors import PackedTokens
from ingest.understanding.rules import Rules

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from numpy.typing import NDArray
    from sqlalchemy import BindParameter
    from sqlalchemy.engine import Connection, Engine

    from ingest.ledger.entity_index import Bearer, NameAsked
    from ingest.ledger.fulltext import FullText
    from ingest.ledger.records import DocumentRecord, PassageRecord
    from ingest.ledger.understood import Corrected, Understood
    from ingest.understanding.statement import Statement

_IDS: BindParameter[str] = bindparam("ids", expanding=True)
_PASSAGES = schema.passages.c
_SELECT_PASSAGES = rows.PASSAGE_COLUMNS.where(_PASSAGES.id.in_(_IDS), _PASSAGES.live).order_by(_PASSAGES.row)
_SELECT_OF_VERSION = rows.PASSAGE_COLUMNS.where(_PASSAGES.version_row == bindparam("version")).order_by(
    _PASSAGES.start, _PASSAGES.row
)
# Highest row first: the lowest, the first copy stored, is the last to be put into a mapping and stays there.
_SELECT_VECTORS = (
    select(_PASSAGES.id, schema.vectors.c.vector)
    .join(schema.vectors, schema.vectors.c.row == _PASSAGES.row)
    .where(_PASSAGES.id.in_(_IDS), _PASSAGES.live)
    .order_by(_PASSAGES.row.desc())
)
_SELECT_TOKENS = (
    select(_PASSAGES.id, schema.token_vectors.c.packed)
    .join(schema.token_vectors, schema.token_vectors.c.row == _PASSAGES.row)
    .where(_PASSAGES.id.in_(_IDS), _PASSAGES.live)
    .order_by(_PASSAGES.row.desc())
)
_SELECT_KEYED_VECTORS = (
    select(_PASSAGES.id, schema.vectors.c.vector)
    .join(schema.vectors, schema.vectors.c.row == _PASSAGES.row)
    .where(_PASSAGES.index_key.in_(_IDS), _PASSAGES.live)
)
_SELECT_AROUND = _SELECT_OF_VERSION.where(_PASSAGES.start <= bindparam("start"), _PASSAGES.end >= bindparam("end"))
_VERSIONS = schema.versions.c
_SELECT_HOLDERS = (
    select(_VERSIONS.document, _VERSIONS.version, _VERSIONS.given)
    .where(_VERSIONS.source_digest == bindparam("digest"), _VERSIONS.live)
    .order_by(_VERSIONS.document)
)
_OF_DOCUMENT = rows.DOCUMENT_COLUMNS.where(_VERSIONS.document == bindparam("document"))
_SELECT_LIVE_VERSION = _OF_DOCUMENT.where(_VERSIONS.live)
_SELECT_VERSION = _OF_DOCUMENT.where(_VERSIONS.version == bindparam("version"))
_TEXTS = schema.texts.c
_SELECT_TEXT = select(_TEXTS.text, _TEXTS.blocks, _TEXTS.set_aside).where(_TEXTS.version_row == bindparam("row"))
_SELECT_HEADER = select(schema.library).where(schema.library.c.id == 1)
_SELECT_GENERATION = select(schema.library.c.generation).where(schema.library.c.id == 1)


class Header(NamedTuple):
    """What the ledger says of the library as a whole; see `schema.library`."""

    id: int
    schema_version: int
    name: str
    created_at: str
    fingerprint: str
    dimensions: int
    generation: int
    index_generation: int
    index_state: str
    index_dead: int
    vectors_since: int


class Ledger:
    """Reads the ledger behind `engine`; `ingest.ledger.writing` changes it."""

    def __init__(self, engine: Engine, fulltext: FullText, rules: Rules | None = None) -> None:
        """`rules` are what statements are read by; None takes the package's own."""
        self.engine = engine
        self.fulltext = fulltext
        self.understood = UnderstandingReader(rules or Rules())
        self._corrections: tuple[int, Corrected] | None = None
        self._live: LiveDocuments | None = None

    def header(self) -> Header:
        """The library's own row.

        Raises:
            LibraryDamaged: the database holds no ledger.
        """
        with reading(self.engine) as connection:
            return self.header_in(connection)

    def header_in(self, connection: Connection) -> Header:
        """As `header`, as `connection` sees it."""
        try:
            found = connection.execute(_SELECT_HEADER).one_or_none()
        except OperationalError as error:
            raise _no_ledger() from error
        if found is None:
            raise _no_ledger()
        return Header(*found)

    def generation(self) -> int:
        """Grows with every committed change of what is live, whichever process made it."""
        with reading(self.engine) as connection:
            return self._generation(connection)

    def counts(self, scope: Scope = Scope()) -> tuple[int, int]:  # noqa: B008 - a frozen value
        """How many live documents and live passages are inside `scope`."""
        with reading(self.engine) as connection:
            return self.live(connection).counts(connection, scope)

    def documents(
        self,
        *,
        live_only: bool = True,
        scope: Scope = Scope(),  # noqa: B008 - a frozen value
    ) -> list[DocumentRecord]:
        """Documents inside `scope`, by title and id; with `live_only=False` every version there is."""
        with reading(self.engine) as connection:
            if live_only:
                found = self.live(connection).documents(connection, scope)
            else:
                found = [rows.document_record(row) for row in connection.execute(rows.DOCUMENT_COLUMNS)]
        return sorted(found, key=lambda one: ((one.metadata.title or "").casefold(), one.id, one.version))

    def document(self, id: str, version: int | None = None) -> DocumentRecord:  # noqa: A002
        """The live version of a document, or the one asked for; a prefix of the id will do if it is unique.

        Raises:
            DocumentMissing: there is none, or none with that number, or several begin with that prefix.
        """
        with reading(self.engine) as connection:
            return self._version(connection, id, version)[1]

    def versions(self, id: str) -> list[DocumentRecord]:  # noqa: A002
        """Every version of a document, oldest first, removed ones too.

        Raises:
            DocumentMissing: there is none, or several begin with that prefix.
        """
        with reading(self.engine) as connection:
            named = self._named(connection, id)
            query = rows.DOCUMENT_COLUMNS.where(_VERSIONS.document == named).order_by(_VERSIONS.version)
            return [rows.document_record(row) for row in connection.execute(query)]

    def text(self, id: str, version: int | None = None) -> DocumentText:  # noqa: A002
        """The canonical text of a version, with its blocks and what was set aside."""
        with reading(self.engine) as connection:
            row, record = self._version(connection, id, version)
            found = connection.execute(_SELECT_TEXT, {"row": row}).one()
        return DocumentText(record, found.text, rows.unpack_blocks(found.blocks), rows.set_aside(found.set_aside))

    def corrections(self) -> dict[str, tuple[str, ...]]:
        """Live documents that another live document says it corrects, by id, with the ids of those that do."""
        return self._corrected().by_others

    def notes_on_themselves(self) -> frozenset[str]:
        """Live documents that say that they were corrected themselves, by id."""
        return self._corrected().by_themselves

    def _corrected(self) -> Corrected:
        with reading(self.engine) as connection:
            live = self.live(connection)
            known = self._corrections
            if known is None or known[0] != live.generation:
                known = (live.generation, linked_corrections(connection, live.by_row))
                self._corrections = known
        return known[1]

    def named(self, name: str) -> NameAsked:
        """Whom the library's documents name so: one, several, or none with names that are near."""
        with reading(self.engine) as connection:
            return self.live(connection).entities(connection).ask(name)

    def bearer(self, name: str) -> Bearer | None:
        """Whoever the library's documents name so, with every name that is theirs alone; None for none or several."""
        with reading(self.engine) as connection:
            return self.live(connection).entities(connection).bearer(name)

    def mentioning(self, phrases: Sequence[str], scope: Scope = Scope()) -> list[DocumentRecord]:  # noqa: B008 - a frozen value
        """Live documents inside `scope` that have one of those phrases in their text, by full text, in no order."""
        with reading(self.engine) as connection:
            live = self.live(connection)
            inside, found = live.rows_inside(connection, scope), self.fulltext.mentioning(connection, phrases)
            return [one for row, one in live.by_row.items() if row in found and (inside is None or row in inside)]

    def is_vendor(self, name: str) -> bool:
        """Whether a live document names a vendor so, as it was stored."""
        columns, versions = schema.understandings.c, schema.versions.c
        held = rows.compact([name, "vendor"])[:-1]
        query = (
            select(columns.version_row)
            .join(schema.versions, versions.row == columns.version_row)
            .where(versions.live, columns.entities.contains(held, autoescape=True))
            .limit(1)
        )
        with reading(self.engine) as connection:
            return connection.execute(query).first() is not None

    def signatures(self, ids: Sequence[str]) -> dict[str, bytes]:
        """The MinHash of each live document by id, as `ingest.near_duplicates` packs it; absent for one not live."""
        query = select(_VERSIONS.document, _VERSIONS.signature).where(_VERSIONS.document.in_(ids), _VERSIONS.live)
        with reading(self.engine) as connection:
            return {row.document: bytes(row.signature) for row in connection.execute(query)}

    def original(self, id: str, version: int | None = None) -> bytes:  # noqa: A002
        """The bytes a version was made from, as they came."""
        with reading(self.engine) as connection:
            _, record = self._version(connection, id, version)
            originals = schema.originals.c
            found = connection.execute(
                select(originals.packed, originals.content).where(originals.digest == record.source_digest)
            ).one()
        return zlib.decompress(found.content) if found.packed else bytes(found.content)

    def passages(self, ids: Sequence[str]) -> list[PassageRecord]:
        """Live passages in the order of `ids`; one that is not live is left out.

        Two documents with the same text share passage ids: each has its own record here, next to each other
        by document id, so that both can be cited.
        """
        wanted = list(dict.fromkeys(ids))
        found: dict[str, list[PassageRecord]] = {}
        with reading(self.engine) as connection:
            live = self.live(connection)
            for row in connection.execute(_SELECT_PASSAGES, {"ids": wanted}).all():
                found.setdefault(row[0], []).append(self._passage(connection, row, live.by_row[row[1]]))
        return [
            passage
            for passage_id in wanted
            for passage in sorted(found.get(passage_id, ()), key=lambda one: one.document.id)
        ]

    def passages_of(self, document_id: str, version: int | None = None) -> list[PassageRecord]:
        """All passages of one version, live or not, in the order of the text."""
        with reading(self.engine) as connection:
            row, record = self._version(connection, document_id, version)
            found = connection.execute(_SELECT_OF_VERSION, {"version": row}).all()
            return [self._passage(connection, one, record) for one in found]

    def told(self, id: str, version: int, start: int, end: int) -> Statement | None:  # noqa: A002
        """What is known of the sentence `start:end` of a version; None where no passage has that sentence.

        Raises:
            DocumentMissing: there is no such version.
        """
        with reading(self.engine) as connection:
            row, record = self._version(connection, id, version)
            place = {"version": row, "start": start, "end": end}
            found = connection.execute(_SELECT_AROUND, place).first()
            statements = self._passage(connection, found, record).statements if found is not None else ()
        return next((one for one in statements if (one.span.start, one.span.end) == (start, end)), None)

    def understanding(self, id: str, version: int | None = None) -> Understood:  # noqa: A002
        """Whether a version is the thing itself, whom it names, and what it corrects."""
        with reading(self.engine) as connection:
            row, _ = self._version(connection, id, version)
            return self.understood.document(connection, row)

    def token_vectors(self, ids: Sequence[str]) -> PackedTokens:
        """Token vectors of passages, in order; no tokens for a passage that is not live (any more)."""
        with reading(self.engine) as connection:
            found = {row[0]: row[1] for row in connection.execute(_SELECT_TOKENS, {"ids": list(dict.fromkeys(ids))})}
        return PackedTokens([found.get(passage_id, b"") for passage_id in ids])

    def vectors(self, ids: Sequence[str]) -> NDArray[np.float32]:
        """float32 (len(ids), dimensions), in order; a row of zeros for a passage not live."""
        with reading(self.engine) as connection:
            dimensions = self.live(connection).dimensions
            found = {row[0]: row[1] for row in connection.execute(_SELECT_VECTORS, {"ids": list(dict.fromkeys(ids))})}
        nothing = bytes(4 * dimensions)
        return rows.unpack_vectors([found.get(passage_id, nothing) for passage_id in ids], dimensions)

    def search_text(
        self,
        words: Sequence[str],
        limit: int,
        scope: Scope = Scope(),  # noqa: B008 - a frozen value
    ) -> list[TextHit]:
        """Live passages whose text or context holds any of `words`, stemmed, by BM25; ties by id."""
        with reading(self.engine) as connection:
            inside = self.live(connection).rows_inside(connection, scope)
            if inside is not None and not inside:
                return []
            found = self.fulltext.search(connection, words, limit, inside)
        return [TextHit(passage_id, score) for passage_id, score in found]

    def word_frequencies(self, words: Sequence[str]) -> tuple[int, dict[str, int]]:
        """How many live passages there are, and how many hold each of `words` after stemming."""
        with reading(self.engine) as connection:
            _, passages = self.live(connection).counts(connection, Scope())
            return passages, self.fulltext.frequencies(connection, words)

    def keyed_vectors(
        self, connection: Connection, keys: Sequence[str], dimensions: int
    ) -> tuple[NDArray[np.str_], NDArray[np.float32]]:
        """Ids and vectors of the live passages that have one of `keys`, in no order."""
        found = connection.execute(_SELECT_KEYED_VECTORS, {"ids": list(keys)}).all()
        vectors = rows.unpack_vectors([row[1] for row in found], dimensions)
        return np.array([row[0] for row in found], dtype="U32"), vectors

    def live(self, connection: Connection, generation: int | None = None) -> LiveDocuments:
        """The live documents as `connection` sees them; `generation` if it was asked for already."""
        generation = self._generation(connection) if generation is None else generation
        known = self._live
        if known is None or known.generation != generation:
            known = LiveDocuments.load(connection, generation, self.fulltext, lambda: self.understood.rules.lexicon)
            self._live = known
        return known

    def holders(self, source_digest: str) -> list[tuple[str, int, str]]:
        """Live documents made from the bytes with that digest, as (id, version, what was given), by id."""
        with reading(self.engine) as connection:
            found = connection.execute(_SELECT_HOLDERS, {"digest": source_digest})
            return [(row.document, row.version, row.given) for row in found]

    def one_state(self) -> AbstractContextManager[None]:
        """See `ingest.ledger.engine.one_state`."""
        return one_state(self.engine)

    def compact(self) -> None:
        """Leave nothing of deleted rows in the files."""
        compact(self.engine)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def _passage(self, connection: Connection, row: Any, document: DocumentRecord) -> PassageRecord:
        packed = self.understood.packed(connection, row.version_row, row.row, row.body, row.rules)
        return rows.passage_record(row, document, packed)

    def _generation(self, connection: Connection) -> int:
        return int(connection.execute(_SELECT_GENERATION).scalar_one())

    def _named(self, connection: Connection, prefix: str) -> str:
        ids = schema.documents.c.id
        query = select(ids).where(ids.startswith(prefix, autoescape=True)).limit(3)
        found = list(connection.execute(query).scalars()) if prefix else []
        if len(found) == 1 or prefix in found:
            return found[0] if len(found) == 1 else prefix
        what = f"Several documents have an id that begins with `{prefix}`." if found else f"No document `{prefix}`."
        raise DocumentMissing(what, remedy="See `briefing library list`.")

    def _version(self, connection: Connection, prefix: str, version: int | None) -> tuple[int, DocumentRecord]:
        wanted = _SELECT_LIVE_VERSION if version is None else _SELECT_VERSION
        # Nearly always the whole id is given; it needs no search for ids that begin so.
        found = connection.execute(wanted, {"document": prefix, "version": version}).one_or_none()
        if found is None:
            named = self._named(connection, prefix)
            found = connection.execute(wanted, {"document": named, "version": version}).one_or_none()
        if found is not None:
            return int(found.row), rows.document_record(found)
        columns = schema.versions.c
        held = list(
            connection.execute(
                select(columns.version).where(columns.document == named).order_by(columns.version)
            ).scalars()
        )
        if version is None and held:
            message, remedy = f"Document `{named}` was removed.", f"Read it with `--version {held[-1]}`."
        else:
            numbers = ", ".join(map(str, held)) or "none"
            message, remedy = f"No version {version} of `{named}`.", f"Versions held: {numbers}."
        raise DocumentMissing(message, remedy=remedy)


def _no_ledger() -> LibraryDamaged:
    return LibraryDamaged("The ledger holds no library.", remedy="Restore the library folder from a backup.")
