"""What is a library and what is not, and how the difference is said."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from ingest.embedding import StableEmbedder
from ingest.errors import BadSettings, LibraryDamaged
from ingest.ledger.creating import has_ledger
from ingest.ledger.engine import FILE
from ingest.library import Library
from tests.ingest.libraries import opened, put, settings
from tests.ingest.plain_steps import text

if TYPE_CHECKING:
    from pathlib import Path


def test_a_folder_that_is_not_there_and_an_empty_one_hold_no_library(tmp_path: Path) -> None:
    assert not has_ledger(settings(tmp_path))
    (tmp_path / "library").mkdir()
    assert not has_ledger(settings(tmp_path))
    assert list((tmp_path / "library").iterdir()) == []


def test_a_library_that_was_made_is_there(tmp_path: Path) -> None:
    opened(tmp_path).close()
    assert has_ledger(settings(tmp_path))


def test_a_ledger_whose_making_was_broken_off_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / FILE).touch()
    with opened(tmp_path) as library:
        assert put(library, text("a", "Title", "A sentence of some words."))[0].searchable


@pytest.mark.parametrize("statement", ["CREATE TABLE books (title)", "CREATE TABLE library (title)"])
def test_a_database_of_another_program_is_left_alone(tmp_path: Path, statement: str) -> None:
    (tmp_path / "library").mkdir()
    with sqlite3.connect(tmp_path / "library" / FILE) as connection:
        connection.execute(statement)
    connection.close()
    before = (tmp_path / "library" / FILE).read_bytes()
    with pytest.raises(LibraryDamaged, match="not a ledger of this program. Name another folder"):
        opened(tmp_path)
    with sqlite3.connect(tmp_path / "library" / FILE) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    connection.close()
    assert len(tables) == 1
    assert len(before) == len((tmp_path / "library" / FILE).read_bytes())


def test_a_file_is_no_library(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("notes")
    with pytest.raises(LibraryDamaged, match="is a file, and a library is a folder. Name a folder"):
        opened(tmp_path)


def test_a_library_below_a_file_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("notes")
    with pytest.raises(LibraryDamaged, match="No library can be made at .* \\(not a directory\\)"):
        opened(tmp_path / "file")


def test_a_ledger_of_a_newer_release_is_not_touched(tmp_path: Path) -> None:
    opened(tmp_path).close()
    with sqlite3.connect(tmp_path / "library" / FILE) as connection:
        connection.execute("UPDATE library SET schema_version = 99")
    connection.close()
    with pytest.raises(LibraryDamaged, match="newer release"):
        Library.open(settings(tmp_path), embedder=StableEmbedder(32))


def test_another_database_is_refused_instead_of_passed_over(tmp_path: Path) -> None:
    for url in ("postgresql://user@localhost/briefing", "junk"):
        with pytest.raises(BadSettings, match="Unset BRIEFING_DATABASE_URL"):
            opened(tmp_path, database_url=url)
