"""The database's own faults, and what of the ledger another database could hold."""

from __future__ import annotations

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateIndex, CreateTable

import ingest
from ingest.errors import LibraryBusy, LibraryDamaged, StorageFull
from ingest.ledger import schema
from ingest.ledger.engine import FILE, foreseen_faults, one_state, open_engine, reading, writing
from tests.ingest.libraries import opened, put
from tests.ingest.plain_steps import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.library import Library

KNOW_SQLITE = {"engine.py", "fulltext_sqlite.py"}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with opened(tmp_path) as made:
        put(made, text("letter", "Letter", "The minister was asked about ports."))
        yield made


def test_every_table_can_be_made_in_postgresql() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in schema.metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect)).strip().startswith("CREATE TABLE")
        for index in table.indexes:
            assert str(CreateIndex(index).compile(dialect=dialect))


def test_what_only_sqlite_has_stands_where_it_is_expected() -> None:
    package = Path(str(ingest.__file__)).parent
    spoken = re.compile(r"PRAGMA|fts5|sqlite_master|json_each|\bsqlite3\.|rowid|VACUUM")
    knowing = {path.name for path in package.rglob("*.py") if spoken.search(path.read_text(encoding="utf-8"))}
    assert knowing == KNOW_SQLITE


def test_a_change_that_is_broken_off_leaves_no_trace(library: Library) -> None:
    before = library.ledger.header()
    with pytest.raises(RuntimeError, match="stop"), writing(library.ledger.engine) as connection:
        connection.execute(schema.library.update().values(generation=99))
        raise RuntimeError("stop")
    assert library.ledger.header() == before


def test_a_reader_keeps_the_state_it_began_with_and_does_not_wait_for_a_writer(library: Library) -> None:
    query = select(schema.library.c.generation)
    with reading(library.ledger.engine) as reader:
        before = reader.execute(query).scalar_one()
        with writing(library.ledger.engine) as writer:
            writer.execute(schema.library.update().values(generation=before + 5))
            assert reader.execute(query).scalar_one() == before
        assert reader.execute(query).scalar_one() == before
    assert library.ledger.generation() == before + 5


def test_a_second_writing_transaction_is_refused_when_it_begins(library: Library) -> None:
    impatient = open_engine(library.folder, busy_seconds=0.05)
    with (
        writing(library.ledger.engine),
        pytest.raises(LibraryBusy, match="Another process is writing"),
        writing(impatient),
    ):
        raise AssertionError("two writers at once")
    impatient.dispose()


def test_two_live_versions_of_one_document_cannot_be_written(library: Library) -> None:
    columns = [column for column in schema.versions.c if column.name not in {"row", "version"}]
    second = schema.versions.insert().from_select(
        ["version", *(column.name for column in columns)], select(schema.versions.c.version + 1, *columns)
    )
    with pytest.raises(IntegrityError), writing(library.ledger.engine) as connection:
        connection.execute(second)


def test_a_full_disk_is_told_with_the_remedy(library: Library) -> None:
    with pytest.raises(StorageFull, match="Free some space"), writing(library.ledger.engine) as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        connection.exec_driver_sql("CREATE TABLE big AS SELECT randomblob(5000000) AS content")


def test_a_ledger_damaged_in_the_middle_is_told_when_it_is_read(tmp_path: Path) -> None:
    with opened(tmp_path) as library:
        put(library, *(text(f"n{n}", f"Note {n}", "Some words of it. " * 200) for n in range(30)))
        library.ledger.compact()
    path = tmp_path / "library" / FILE
    content = bytearray(path.read_bytes())
    content[8192 * 3 : 8192 * 60] = b"\xff" * (8192 * 57)
    path.write_bytes(content)
    with pytest.raises(LibraryDamaged, match="damaged .* Restore the library folder"), opened(tmp_path) as library:
        for record in library.ledger.documents(live_only=False):
            library.ledger.text(record.id, record.version)


def test_a_ledger_that_lost_a_table_is_damaged(library: Library) -> None:
    with sqlite3.connect(library.folder / FILE) as connection:
        connection.execute("DROP TABLE receipts")
        connection.execute("DROP TABLE texts")
    connection.close()
    with pytest.raises(LibraryDamaged, match="no such table"):
        library.ledger.text(library.ledger.documents()[0].id)


def test_a_fault_that_nobody_foresaw_is_not_hidden(library: Library) -> None:
    with pytest.raises(IntegrityError), foreseen_faults(), library.ledger.engine.begin() as connection:
        connection.execute(schema.library.insert().from_select(["id"], select(schema.library.c.id)))


def test_all_readings_within_one_state_see_what_was_there_when_it_began(library: Library) -> None:
    ledger = library.ledger

    def elsewhere() -> int:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(lambda: ledger.counts()[0]).result()

    with ledger.one_state():
        assert ledger.counts()[0] == 1
        with opened(library.folder.parent) as other:
            put(other, text("reply", "Reply", "The minister answered."))
        with one_state(ledger.engine):
            assert ledger.counts()[0] == 1
        assert (ledger.counts()[0], elsewhere()) == (1, 2)
        assert len(ledger.documents()) == 1
    assert ledger.counts()[0] == 2


def test_a_state_ends_with_its_block_even_if_that_fails(library: Library) -> None:
    with pytest.raises(LibraryBusy), library.ledger.one_state():
        raise LibraryBusy("Busy.", remedy="Wait.")
    put(library, text("reply", "Reply", "The minister answered."))
    assert library.ledger.counts()[0] == 2
