"""Bringing the ledger of an earlier release up to this one's tables, without touching what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from ingest.ledger import schema
from ingest.ledger.engine import writing

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine


def upgrade(engine: Engine) -> None:
    """Make the tables that are missing, in one transaction; call it under the writer's lock.

    Every change so far only adds tables whose rows are made from what is stored, so none has rows to carry over.
    """
    with writing(engine) as connection:
        schema.metadata.create_all(connection, checkfirst=True)
        connection.execute(update(schema.library).values(schema_version=schema.SCHEMA_VERSION))
