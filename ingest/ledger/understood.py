"""What documents were understood to say, in the ledger: stored with the passages, and made up for where it is not.

Each version remembers the digest of the rules that it was understood by. One that was understood by other rules, or
never, is understood anew from its stored text when it is read: answers are right at once, and faster again after
`briefing library rebuild`.
"""

from __future__ import annotations

import json
import logging
import threading
from collections import OrderedDict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import bindparam, delete, insert, select

from ingest.ledger import rows, schema
from ingest.understanding.linking import linked
from ingest.understanding.packing import pack
from ingest.understanding.statement import Correction, Entity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.engine import Connection

    from ingest.documents import Metadata, Passage, Span
    from ingest.ledger.records import DocumentRecord
    from ingest.understanding.rules import Rules
    from ingest.understanding.statement import Statement, Understanding

_REMEMBERED = 64
"""Documents whose statements are kept in memory while the ledger has none by these rules."""

_VERSIONS = schema.versions.c
_STORED = select(_VERSIONS.digest, _VERSIONS.ingested_at).where(_VERSIONS.row == bindparam("version"))

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Understood:
    """What is known of a document version as a whole; see `ingest.understanding.statement.Understanding`."""

    primary: bool
    primary_cue: str
    entities: tuple[Entity, ...]
    correction: Correction | None


def store(
    connection: Connection,
    version_row: int,
    passages: Sequence[tuple[int, Passage]],
    found: Understanding,
    rules: str,
    *,
    fresh: bool = False,
) -> None:
    """Keep what a version says, in the place of what was kept before; `passages` are its passages with their rows.

    A version that is `fresh` has nothing before.
    """
    if not fresh:
        mine = select(schema.passages.c.row).where(schema.passages.c.version_row == version_row)
        drop(connection, mine, [version_row])
    connection.execute(
        insert(schema.understandings),
        {
            "version_row": version_row,
            "rules": rules,
            "primary": found.primary,
            "primary_cue": found.primary_cue,
            "entities": rows.compact([[one.name, one.kind, one.aliases] for one in found.entities]),
            "correction": rows.compact(asdict(found.correction)) if found.correction else None,
        },
    )
    packed = _by_passage([(row, one.start, one.end, one.sentences) for row, one in passages], found.statements)
    if packed:
        connection.execute(
            insert(schema.statements), [{"row": row, "rules": rules, "body": body} for row, body in packed]
        )


def drop(connection: Connection, passage_rows: Any, version_rows: Any) -> None:
    """Forget what versions say; either argument is a list or a query."""
    connection.execute(delete(schema.statements).where(schema.statements.c.row.in_(passage_rows)))
    connection.execute(delete(schema.understandings).where(schema.understandings.c.version_row.in_(version_rows)))


def _by_passage(
    passages: Sequence[tuple[int, int, int, Sequence[Span]]], statements: Sequence[Statement]
) -> list[tuple[int, str]]:
    """Each passage row with its statements packed."""
    place, found = 0, []
    for row, start, end, spans in passages:
        found.append((row, pack(statements[place : place + len(spans)], start, end)))
        place += len(spans)
    return found


class UnderstandingReader:
    """Reads what versions say by `rules`, understanding anew what the ledger does not hold by them."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._made: OrderedDict[int, tuple[str, dict[int, str], Understanding]] = OrderedDict()
        self._guard = threading.Lock()
        self._told = False

    def packed(self, connection: Connection, version_row: int, passage_row: int, stored: Any, rules: Any) -> str:
        """The packed statements of one passage, given what the ledger holds of it and by which rules."""
        if rules == self.rules.digest:
            return str(stored)
        return self._anew(connection, version_row)[1][passage_row]

    def document(self, connection: Connection, version_row: int) -> Understood:
        """What a version says as a whole."""
        columns = schema.understandings.c
        held = connection.execute(select(schema.understandings).where(columns.version_row == version_row)).one_or_none()
        if held is None or held.rules != self.rules.digest:
            made = self._anew(connection, version_row)[2]
            return Understood(made.primary, made.primary_cue, made.entities, made.correction)
        entities = tuple(Entity(name, kind, tuple(aliases)) for name, kind, aliases in json.loads(held.entities))
        correction = Correction(**json.loads(held.correction)) if held.correction else None
        return Understood(bool(held.primary), held.primary_cue, entities, correction)

    def stale(self, connection: Connection) -> list[int]:
        """Rows of the live versions that are not understood by these rules."""
        versions, known = schema.versions.c, schema.understandings.c
        current = select(known.version_row).where(known.rules == self.rules.digest)
        query = select(versions.row).where(versions.live, versions.row.not_in(current)).order_by(versions.row)
        return [int(row) for row in connection.execute(query).scalars()]

    def make(self, connection: Connection, version_row: int) -> tuple[list[tuple[int, Passage]], Understanding]:
        """A version's passages with their rows, and what it says, from the stored text."""
        texts, versions, passages = schema.texts.c, schema.versions.c, schema.passages.c
        text = connection.execute(select(texts.text, texts.blocks).where(texts.version_row == version_row)).one()
        query = rows.DOCUMENT_COLUMNS.where(versions.row == version_row)
        metadata: Metadata = rows.document_record(connection.execute(query).one()).metadata
        cut = [
            (int(row.row), rows.passage(row))
            for row in connection.execute(
                select(schema.passages)
                .where(passages.version_row == version_row)
                .order_by(passages.start, passages.row)
            )
        ]
        blocks = rows.unpack_blocks(text.blocks)
        return cut, self.rules.understand(text.text, blocks, [one for _, one in cut], metadata)

    def _anew(self, connection: Connection, version_row: int) -> tuple[str, dict[int, str], Understanding]:
        digest = " ".join(connection.execute(_STORED, {"version": version_row}).one())
        with self._guard:
            known = self._made.get(version_row)
            if known is not None and known[0] == digest:
                self._made.move_to_end(version_row)
                return known
            if not self._told:
                self._told = True
                log.warning("Documents were read by earlier rules. `briefing library rebuild` makes answers faster.")
        cut, found = self.make(connection, version_row)
        packed = dict(_by_passage([(row, one.start, one.end, one.sentences) for row, one in cut], found.statements))
        with self._guard:
            self._made[version_row] = (digest, packed, found)
            while len(self._made) > _REMEMBERED:
                self._made.popitem(last=False)
        return digest, packed, found


class Corrected(NamedTuple):
    """Documents that others correct, by id, with those that do, and documents that bear a note on themselves."""

    by_others: dict[str, tuple[str, ...]]
    by_themselves: frozenset[str]


def linked_corrections(connection: Connection, live: Mapping[int, DocumentRecord]) -> Corrected:
    """Which live documents have been corrected; `live` is by version row."""
    known = schema.understandings.c
    query = select(known.version_row, known.correction).where(known.correction.is_not(None))
    found: dict[str, dict[str, None]] = {}
    own_notes: set[str] = set()
    for row in connection.execute(query.order_by(known.version_row)):
        correction = Correction(**json.loads(row.correction))
        own = live.get(row.version_row)
        if own is not None and correction.of == "itself":
            own_notes.add(own.id)
        if own is None or correction.of != "another":
            continue
        others = [(one.id, one.metadata) for one in live.values() if one.id != own.id]
        meant = linked(correction, own.metadata, others).document
        if meant is not None:
            found.setdefault(meant, {})[own.id] = None
    return Corrected({document: tuple(by) for document, by in found.items()}, frozenset(own_notes))
