"""Making a ledger where there is none."""

from __future__ import annotations

import errno
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import insert, inspect

from ingest.disk import full
from ingest.errors import LibraryDamaged
from ingest.ledger import schema
from ingest.ledger.engine import FILE, foreseen_faults, open_engine, reading, writing
from ingest.ledger.fulltext_sqlite import SqliteFullText
from ingest.lock import WriterLock

INDEX_FOLDER = "index"
_OURS = frozenset({schema.library.name, schema.versions.name})

if TYPE_CHECKING:
    from ingest.embedding import Embedder
    from ingest.settings import IngestSettings


def has_ledger(settings: IngestSettings) -> bool:
    """Whether there is a library where the settings say. One that was half made counts as none.

    Raises:
        LibraryDamaged: what is there is no library, or no longer one.
    """
    folder = settings.library
    if folder.exists() and not folder.is_dir():
        raise LibraryDamaged(
            f"{folder} is a file, and a library is a folder.", remedy="Name a folder with `--library`."
        )
    engine = open_engine(folder, settings.database_url)
    try:
        if not (folder / FILE).is_file():
            return False
        with reading(engine) as connection:
            tables = set(inspect(connection).get_table_names())
    finally:
        engine.dispose()
    if not tables and (folder / INDEX_FOLDER).is_dir():
        # An index is only made after its ledger: this was a library, and must not be taken for an empty folder.
        raise LibraryDamaged("The ledger is empty.", remedy="Restore the library folder from a backup.")
    if tables and _OURS - tables:
        raise LibraryDamaged(
            f"{folder / FILE} is not a ledger of this program.", remedy="Name another folder with `--library`."
        )
    return bool(tables)


def create_ledger(settings: IngestSettings, embedder: Embedder) -> None:
    """Make an empty ledger in one transaction; does nothing where another process has just made one.

    Raises:
        LibraryDamaged: the folder cannot be made or written to.
    """
    try:
        settings.library.mkdir(parents=True, exist_ok=True)
        lock = WriterLock(settings.library)
        with lock.held("making the library", wait_seconds=settings.lock_seconds):
            if not has_ledger(settings):
                _create(settings, embedder)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise full() from error
        raise LibraryDamaged(
            f"No library can be made at {settings.library} ({(error.strerror or str(error)).lower()}).",
            remedy="Name a folder that you may write to with `--library`.",
        ) from error


def _create(settings: IngestSettings, embedder: Embedder) -> None:
    engine = open_engine(settings.library, settings.database_url)
    try:
        with foreseen_faults(), writing(engine) as connection:
            schema.metadata.create_all(connection)
            connection.exec_driver_sql(schema.ONE_LIVE_VERSION)
            SqliteFullText().create(connection)
            connection.execute(
                insert(schema.library),
                {
                    "id": 1,
                    "schema_version": schema.SCHEMA_VERSION,
                    "name": secrets.token_hex(16),
                    "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
                    "fingerprint": embedder.fingerprint,
                    "dimensions": embedder.dimensions,
                    "generation": 0,
                    "index_generation": 0,
                    "index_state": "writing",
                    "index_dead": 0,
                    "vectors_since": 0,
                },
            )
    finally:
        engine.dispose()
