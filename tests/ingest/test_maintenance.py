"""Removing, verifying, deriving anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, update

from ingest.embedding import Encoded, StableEmbedder
from ingest.errors import DocumentMissing, ModelMismatch
from ingest.ledger import schema
from ingest.ledger.engine import writing
from ingest.ledger.writing import document_id
from ingest.library import Library
from ingest.maintenance import rebuild, remove, verify
from tests.ingest.libraries import found_by_meaning, found_by_words, opened, put, settings
from tests.ingest.plain_steps import PlainSteps, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LETTER = text("letter", "Letter", "The commissioner asked for the zanzibar list.", "It may reply in May.")
REPLY = text("reply", "Reply", "Harbour Vision denied it.", "No court has found it.")
ID = document_id("/given/letter")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with opened(tmp_path, index={"exact_up_to": 0}) as made:
        put(made, LETTER, REPLY)
        yield made


def test_a_removed_document_is_found_no_more_and_its_text_stays_readable(library: Library) -> None:
    library.warm()
    [record] = remove(library, [ID])
    assert record.id == ID
    assert found_by_words(library, "zanzibar") == []
    assert not any("zanzibar" in one for one in found_by_meaning(library, "the zanzibar list", 10))
    assert [one.name for one in library.ledger.documents()] == ["reply"]
    assert "zanzibar" in library.ledger.text(ID, 1).text
    assert verify(library).sound


def test_all_documents_named_are_removed_or_none(library: Library) -> None:
    with pytest.raises(DocumentMissing):
        remove(library, [ID, "nowhere"])
    assert library.ledger.counts()[0] == 2
    assert len(remove(library, [ID, ID[:6], document_id("/given/reply")])) == 2
    assert library.ledger.counts() == (0, 0)


def test_a_removed_document_can_be_stored_again(library: Library) -> None:
    for _ in range(5):
        remove(library, [ID])
        [receipt] = put(library, LETTER)
        assert receipt.searchable is True
    assert receipt.version == 6
    assert found_by_meaning(library, "the zanzibar list", 1) == ["The commissioner asked for the zanzibar list.\n"]


def test_a_purged_document_leaves_nothing_in_any_file(library: Library) -> None:
    put(library, replace(LETTER, content=LETTER.content + b"\n\nAn addition."))
    [record] = remove(library, [ID], purge=True)
    assert record.version == 2
    library.close()
    for path in library.folder.rglob("*"):
        if path.is_file():
            assert b"zanzibar" not in path.read_bytes(), path
    with pytest.raises(DocumentMissing):
        library.ledger.versions(ID)
    assert verify(library).sound


def test_a_document_that_was_removed_can_be_purged_and_another_keeps_shared_bytes(library: Library) -> None:
    remove(library, [ID])
    put(library, replace(LETTER, origin="/other/letter"))
    remove(library, [ID], purge=True)
    assert found_by_words(library, "zanzibar")
    assert library.ledger.original(document_id("/other/letter")) == LETTER.content


def test_a_sound_library_is_said_to_be_so_with_counts(library: Library) -> None:
    found = verify(library)
    assert (found.sound, found.documents, found.versions, found.passages) == (True, 2, 2, 6)


def test_an_altered_text_is_found(library: Library) -> None:
    with writing(library.ledger.engine) as connection:
        connection.execute(update(schema.texts).values(text="Something else."))
    faults = verify(library).faults
    assert f"document {ID} version 1: the text is not the one that was stored" in faults


def test_an_altered_passage_is_found(library: Library) -> None:
    with writing(library.ledger.engine) as connection:
        connection.execute(update(schema.passages).where(schema.passages.c.start == 0).values(text="Altered"))
    assert any("1 passages are not what the text says at their place" in fault for fault in verify(library).faults)


def test_a_lost_vector_is_found(library: Library) -> None:
    with writing(library.ledger.engine) as connection:
        connection.execute(delete(schema.vectors).where(schema.vectors.c.row == 1))
        connection.execute(delete(schema.token_vectors).where(schema.token_vectors.c.row == 2))
    faults = verify(library).faults
    assert "1 live passages have no vector" in faults
    assert "1 live passages have no token vectors" in faults


def test_deriving_anew_embeds_nothing_when_the_model_is_the_same(library: Library) -> None:
    embedder = StableEmbedder(32)
    assert rebuild(library, embedder, PlainSteps()) is False
    assert embedder.seen == []
    assert verify(library).sound
    assert found_by_meaning(library, "Harbour Vision denied it.", 1) == ["Harbour Vision denied it.\n"]


def test_another_model_is_taken_over_by_deriving_anew(library: Library, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    embedder = StableEmbedder(16)
    assert rebuild(library, embedder, PlainSteps(), progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (6, 6)
    assert len(embedder.seen) == 6
    assert verify(library).sound
    assert found_by_meaning(library, "Harbour Vision denied it.", 1) == ["Harbour Vision denied it.\n"]
    with pytest.raises(ModelMismatch):
        Library.open(settings(tmp_path), embedder=StableEmbedder(32))


def test_a_change_of_model_that_is_broken_off_changes_nothing(library: Library) -> None:
    class Failing(StableEmbedder):
        def encode(self, texts: Sequence[str]) -> list[Encoded]:
            raise RuntimeError("stop")

    before = library.ledger.header()
    with pytest.raises(RuntimeError, match="stop"):
        rebuild(library, Failing(16), PlainSteps())
    assert library.ledger.header() == before
    assert found_by_meaning(library, "Harbour Vision denied it.", 1) == ["Harbour Vision denied it.\n"]
    assert rebuild(library, StableEmbedder(16), PlainSteps())


def test_an_index_with_more_dead_vectors_than_live_ones_is_made_anew(tmp_path: Path) -> None:
    with opened(tmp_path, dimensions=16) as library:
        paragraphs = [f"Camera {n} stands at pier {n}." for n in range(700)]
        put(library, text("list", "List", *paragraphs))
        before = library.ledger.header()
        put(library, text("list", "List of May", *paragraphs))
        assert library.ledger.header().index_dead == 701
        put(library, text("list", "List of June", *paragraphs))
        after = library.ledger.header()
        assert (after.index_generation, after.index_dead) == (before.index_generation + 1, 0)
        library.warm()
        index = library.index.usable(after)
        assert index is not None
        assert index.count() == 701
