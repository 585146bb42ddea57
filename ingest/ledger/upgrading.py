"""Bringing the ledger of an earlier release up to this one's tables, without touching what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select, update

from ingest.documents import Passage
from ingest.ledger import schema
from ingest.ledger.engine import writing
from ingest.ledger.writing import index_key
from ingest.steps import embedded_text

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine

_AT_ONCE = 5_000
_KEYED_BY_TEXT = 3


def upgrade(engine: Engine) -> None:
    """Make the tables that are missing, in one transaction; call it under the writer's lock.

    New tables get their rows from what is stored, when it is next asked for. Index keys name what was embedded since
    schema 3; older ones are written anew, and the index is then made anew from the ledger before it is used.
    """
    with writing(engine) as connection:
        schema.metadata.create_all(connection, checkfirst=True)
        if connection.execute(select(schema.library.c.schema_version)).scalar_one() < _KEYED_BY_TEXT:
            _name_vectors_by_text(connection)
        connection.execute(update(schema.library).values(schema_version=schema.SCHEMA_VERSION))


def _name_vectors_by_text(connection: Connection) -> None:
    passages, last = schema.passages.c, 0
    query = select(passages.row, passages.start, passages.end, passages.text, passages.context)
    renamed = update(schema.passages).where(passages.row == bindparam("of")).values(index_key=bindparam("key"))
    while found := connection.execute(query.where(passages.row > last).order_by(passages.row).limit(_AT_ONCE)).all():
        last = found[-1].row
        texts = [embedded_text(Passage("", one.start, one.end, one.text, (), context=one.context)) for one in found]
        named = zip(found, texts, strict=True)
        connection.execute(renamed, [{"of": one.row, "key": index_key(text)} for one, text in named])
    library = schema.library.c
    # Of the next generation there are no files: whoever writes next makes them, from the ledger's vectors.
    connection.execute(
        update(schema.library).values(
            generation=library.generation + 1, index_generation=library.index_generation + 1, index_state="writing"
        )
    )
