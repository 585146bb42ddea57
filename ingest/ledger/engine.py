"""How the ledger's database is opened: with `fulltext_sqlite`, all that knows which database it is.

SQLite runs in write-ahead mode with full synchronisation: a commit is on the disk when it returns, and
readers never wait for a writer. A writing transaction takes the write lock when it begins, so that it can
fail then and never halfway.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError

from ingest.errors import LibraryBusy, LibraryDamaged, LibraryError, StorageFull

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.engine import Connection, Engine

FILE = "ledger.sqlite3"

_PRAGMAS = (
    "PRAGMA page_size=8192",  # five vectors to a page; only heeded when the file is made
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-32768",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA secure_delete=FAST",
)


def open_engine(folder: Path, database_url: str | None = None, *, busy_seconds: float = 30.0) -> Engine:
    """The engine of the ledger in `folder`, or of the database that `database_url` names."""
    if database_url is not None:
        return create_engine(database_url, pool_pre_ping=True)
    engine = create_engine(
        f"sqlite:///{folder / FILE}", connect_args={"timeout": busy_seconds}, pool_size=8, max_overflow=-1
    )
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: sqlite3.Connection, _record: object) -> None:
    # The driver's own notion of when a transaction begins is switched off: `_on_begin` says it.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma).close()


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("ledger_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the ledger from its first query to its end."""
    with foreseen_faults(), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that commits at the end of the block, or leaves no trace."""
    with (
        foreseen_faults(),
        engine.connect().execution_options(ledger_writes=True) as connection,
        connection.begin(),
    ):
        yield connection


def compact(engine: Engine) -> None:
    """Give the room of deleted rows back to the disk and leave nothing of them in the files."""
    if engine.dialect.name != "sqlite":
        return
    with foreseen_faults(), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def database_faults(connection: Connection) -> list[str]:
    """What the database itself finds wrong with its files, in words; may take a second per gigabyte."""
    if connection.dialect.name != "sqlite":
        return []
    said = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(20)")]
    broken = len(connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall())
    faults = [] if said == ["ok"] else [f"the ledger's file: {line}" for line in said]
    return faults + ([f"{broken} rows point at rows that are not there"] if broken else [])


@contextmanager
def foreseen_faults() -> Iterator[None]:
    """Turn the database's own exceptions into ours, each with a remedy."""
    try:
        yield
    except DBAPIError as error:
        raise _translated(error) from error


def _translated(error: DBAPIError) -> LibraryError | DBAPIError:
    said = str(error.orig).casefold()
    code: Any = getattr(error.orig, "sqlite_errorname", "") or ""
    if "full" in said or code.startswith("SQLITE_FULL") or "disk i/o error" in said:
        return StorageFull(
            "The disk has no room for what was to be written.",
            remedy="Free some space and run the same command again; nothing acknowledged was lost.",
        )
    if isinstance(error, OperationalError) and ("locked" in said or "busy" in said):
        return LibraryBusy("Another process is writing to the library.", remedy="Try again when it has finished.")
    if isinstance(error, OperationalError) and ("unable to open" in said or "readonly" in said):
        return LibraryDamaged(
            f"The ledger cannot be opened: {error.orig}.", remedy="Check the folder and who may write to it."
        )
    if isinstance(error, DatabaseError) and ("malformed" in said or "not a database" in said):
        return LibraryDamaged(
            "The ledger is damaged.", remedy="Restore the library folder from a backup, or ingest again."
        )
    return error
