"""Statements in the ledger: stored with the passages, made up for when the rules changed, gone with the document."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from ingest.embedding import StableEmbedder
from ingest.ledger import schema
from ingest.ledger.engine import FILE, reading
from ingest.ledger.writing import document_id
from ingest.library import Library
from ingest.maintenance import rebuild, remove, verify
from ingest.pipeline import ingest
from tests.ingest.libraries import NOON, opened, put, settings
from tests.ingest.plain_steps import PlainSteps, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ingest.ledger.records import PassageRecord

STORY = text(
    "story.txt", "Ada Thorne, the harbour commissioner, said the port was shut.", "She asked Hikvision to reply."
)
ID = document_id("/given/story.txt")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with opened(tmp_path) as made:
        receipts = list(ingest(made, [STORY], clock=lambda: NOON))
        assert [one.status for one in receipts] == ["ingested"]
        yield made


def told(library: Library) -> list[tuple[str | None, str]]:
    passages: list[PassageRecord] = library.ledger.passages_of(ID)
    return [
        (one.attribution.name if one.attribution else None, one.standing)
        for passage in passages
        for one in passage.statements
    ]


def rows(library: Library) -> tuple[int, int]:
    with reading(library.ledger.engine) as connection:
        count = [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in TABLES]
    return count[0], count[1]


TABLES = (schema.understandings, schema.statements)
EXPECTED = [("Ada Thorne", "statement_of_fact"), ("Ada Thorne", "request")]


def test_a_passage_is_read_with_what_it_says(library: Library) -> None:
    assert told(library) == EXPECTED
    assert rows(library) == (1, len(library.ledger.passages_of(ID)))


def test_a_document_is_read_with_whom_it_names(library: Library) -> None:
    found = library.ledger.understanding(ID)
    assert "Hikvision" in {one.name for one in found.entities}
    assert not found.primary


def test_a_document_stored_without_statements_is_understood_when_it_is_read(tmp_path: Path) -> None:
    with opened(tmp_path) as made:
        put(made, STORY, steps=PlainSteps())
        assert rows(made) == (0, 0)
        assert told(made) == EXPECTED
        assert "Hikvision" in {one.name for one in made.ledger.understanding(ID).entities}


def test_other_rules_are_noticed_and_a_rebuild_keeps_what_they_find(library: Library, tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("vendors:\n  - {name: Hikvision Example, aliases: [Hikvision]}\n")
    library.close()
    with Library.open(settings(tmp_path, understanding={"lexicon": mine}), embedder=StableEmbedder(32)) as other:
        assert told(other) == EXPECTED
        with reading(other.ledger.engine) as connection:
            assert len(other.ledger.understood.stale(connection)) == 1
        rebuild(other, other.embedder, PlainSteps())
        with reading(other.ledger.engine) as connection:
            assert other.ledger.understood.stale(connection) == []
        assert told(other) == EXPECTED
        assert verify(other).sound


def test_a_library_of_the_release_before_is_brought_up_to_date(library: Library, tmp_path: Path) -> None:
    library.close()
    with sqlite3.connect(tmp_path / "library" / FILE) as connection:
        connection.executescript(
            "DROP TABLE statements; DROP TABLE understandings; UPDATE library SET schema_version = 1"
        )
    connection.close()
    with Library.open(settings(tmp_path), embedder=StableEmbedder(32)) as again:
        assert again.ledger.header().schema_version == schema.SCHEMA_VERSION
        assert told(again) == EXPECTED


def test_a_purge_leaves_no_statement(library: Library) -> None:
    remove(library, [ID], purge=True)
    assert rows(library) == (0, 0)
    assert verify(library).sound


def test_a_correction_is_linked_to_what_it_corrects(library: Library) -> None:
    notice = text("notice.txt", "Correction: our story “Harbour news” gave the wrong year for the port.")
    list(ingest(library, [STORY], given={"title": "Harbour news", "publisher": "Record"}, clock=lambda: NOON))
    list(ingest(library, [notice], given={"title": "Notices", "publisher": "Record"}, clock=lambda: NOON))
    assert library.ledger.corrections() == {ID: (document_id("/given/notice.txt"),)}


def test_a_correction_that_several_documents_fit_is_told_in_its_receipt(library: Library) -> None:
    other = text("other.txt", "The port was opened again.")
    given = {"title": "Harbour news", "publisher": "Record", "published": "2021-03-02"}
    list(ingest(library, [STORY, other], given=given, clock=lambda: NOON))
    told_of = {"title": "Notices", "publisher": "Record", "published": "2021-03-09"}
    notice = text("notice.txt", "Correction: our article of 2 March gave the wrong year for the port.")
    (receipt,) = ingest(library, [notice], given=told_of, clock=lambda: NOON)
    assert any("several may be meant" in warning for warning in receipt.warnings)
    assert library.ledger.corrections() == {}


def test_a_correction_of_what_is_not_held_is_told_in_its_receipt(library: Library) -> None:
    notice = text("notice.txt", "This replaces the statement of 3 March 2019 on storage.")
    (receipt,) = ingest(library, [notice], given={"publisher": "Record"}, clock=lambda: NOON)
    assert any("does not hold" in warning for warning in receipt.warnings)
