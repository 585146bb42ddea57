"""How the ledger's database is opened: with `fulltext_sqlite`, all that knows which database it is.

SQLite runs in write-ahead mode with full synchronisation: a commit is on the disk when it returns, and
readers never wait for a writer. A writing transaction takes the write lock when it begins, so that it can
fail then and never halfway.
"""

from __future__ import annotations

import sqlite3
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError

from ingest.disk import full
from ingest.errors import BadSettings, LibraryBusy, LibraryDamaged, LibraryError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.engine import Connection, Engine

FILE = "ledger.sqlite3"
_SIGNS_OF_DAMAGE = ("malformed", "not a database", "no such table", "no such column", "disk i/o error")

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
    """The engine of the ledger in `folder`.

    Raises:
        BadSettings: `database_url` is set; all the statements are portable, but full text is SQLite's alone.
    """
    if database_url is not None:
        raise BadSettings(
            "The ledger is kept in the library folder; this release cannot keep it in another database.",
            remedy="Unset BRIEFING_DATABASE_URL.",
        )
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


class _Held(threading.local):
    """The connection that every reading of this thread shares for now, by engine."""

    def __init__(self) -> None:
        self.connections: dict[Engine, Connection] = {}


_HELD = _Held()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the ledger from its first query to its end."""
    held = _HELD.connections.get(engine)
    with foreseen_faults():
        if held is not None:
            yield held
        else:
            with engine.connect() as connection:
                yield connection


@contextmanager
def one_state(engine: Engine) -> Iterator[None]:
    """Let all readings of this thread in the block see one state of the ledger, by one connection.

    Half of the time of a short query goes into beginning and ending its transaction. Never leave the block for a caller, as
    a generator does, and do not look in it for what is written in it.
    """
    with reading(engine) as connection:
        if engine in _HELD.connections:
            yield
            return
        _HELD.connections[engine] = connection
        try:
            yield
        finally:
            del _HELD.connections[engine]


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
    with foreseen_faults(), engine.connect() as connection:
        driver = connection.connection.driver_connection
        if driver is None:
            return
        # Neither may run in a transaction, and SQLAlchemy would begin one.
        for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            driver.execute(statement).close()


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
    if "is full" in said or code.startswith("SQLITE_FULL"):
        return full()
    if isinstance(error, OperationalError) and ("locked" in said or "busy" in said):
        return LibraryBusy("Another process is writing to the library.", remedy="Try again when it has finished.")
    if isinstance(error, OperationalError) and ("unable to open" in said or "readonly" in said):
        return LibraryDamaged(
            f"The ledger cannot be opened: {error.orig}.", remedy="Check the folder and who may write to it."
        )
    if isinstance(error, DatabaseError) and any(sign in said for sign in _SIGNS_OF_DAMAGE):
        return LibraryDamaged(
            f"The ledger is damaged ({error.orig}).",
            remedy="Restore the library folder from a backup, or ingest the sources again into another.",
        )
    return error
