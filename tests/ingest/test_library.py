from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from ingest.embedding import StableEmbedder
from ingest.errors import LibraryDamaged, LibraryMissing, ModelMismatch
from ingest.ledger.records import Scope
from ingest.library import Library
from tests.ingest.libraries import found_by_meaning, found_by_words, opened, put, settings
from tests.ingest.plain_steps import text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LETTER = text("letter", "Letter to Dahua", "The commissioner asked Dahua to confirm the work.", "It may reply in May.")
REPLY = text("reply", "Reply by Hikvision", "Hikvision denied every allegation made.", "No court has found it.")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with opened(tmp_path) as made:
        yield made


def test_a_folder_without_a_library_is_not_taken_for_one(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissing, match="There is no library at"):
        Library.open(settings(tmp_path), embedder=StableEmbedder(32))
    assert not (tmp_path / "library").exists()


def test_a_stored_document_is_found_by_meaning_and_by_words(library: Library) -> None:
    put(library, LETTER, REPLY)
    assert found_by_meaning(library, "Hikvision denied every allegation made.", 1) == [
        "Hikvision denied every allegation made.\n"
    ]
    assert found_by_words(library, "confirming") == ["The commissioner asked Dahua to confirm the work.\n"]


def test_chroma_and_exact_search_give_equal_answers(library: Library) -> None:
    put(library, *(text(f"n{n}", f"Note {n}", *(f"Passage {n} {m} of cameras." for m in range(8))) for n in range(10)))
    vector = library.embedder.encode(["cameras of passage 3 4"])[0].vector
    exact = library.nearest(vector, 20)
    library.warm()
    assert library.index.is_open
    assert library.nearest(vector, 20) == exact


def test_similarity_is_cosine_and_ties_are_broken_by_id(library: Library) -> None:
    put(library, LETTER, text("copy", "Letter to Dahua", "Another text of two words.", "Another text of two words."))
    vector = library.embedder.encode(["Another text of two words."])[0].vector
    hits = library.nearest(vector, 10)
    assert hits == sorted(hits, key=lambda hit: (-hit[1], hit[0]))
    ids = [passage_id for passage_id, _ in hits]
    assert np.allclose(library.ledger.vectors(ids) @ vector, [score for _, score in hits], atol=1e-6)


def test_a_scope_narrows_both_searches(library: Library) -> None:
    put(library, LETTER, given={"publisher": "Biometrics Commissioner"})
    put(library, REPLY, given={"publisher": "IPVM"})
    scope = Scope(publishers=("ipvm",))
    vector = library.embedder.encode(["commissioner Dahua Hikvision"])[0].vector
    ids = [passage_id for passage_id, _ in library.nearest(vector, 10, scope)]
    assert {passage.document.metadata.publisher for passage in library.ledger.passages(ids)} == {"IPVM"}
    assert library.ledger.search_text(["Dahua"], 10, scope) == []
    assert library.ledger.counts(scope) == (1, 3)


def test_the_snapshot_tells_equal_libraries_from_different_ones(tmp_path: Path) -> None:
    with opened(tmp_path / "one") as one, opened(tmp_path / "two") as two:
        put(one, LETTER, REPLY)
        put(two, REPLY)
        assert one.snapshot() != two.snapshot()
        put(two, LETTER)
        assert one.snapshot() == two.snapshot()


def test_another_model_is_refused_with_the_remedy(tmp_path: Path) -> None:
    opened(tmp_path).close()
    with pytest.raises(ModelMismatch, match="briefing library rebuild"):
        Library.open(settings(tmp_path), embedder=StableEmbedder(16))


def test_an_empty_ledger_is_not_taken_for_an_empty_library(tmp_path: Path) -> None:
    with opened(tmp_path) as library:
        put(library, LETTER)
    for file in (tmp_path / "library").glob("ledger.sqlite3*"):
        file.unlink()
    (tmp_path / "library" / "ledger.sqlite3").touch()
    with pytest.raises(LibraryDamaged, match="empty"):
        opened(tmp_path)


def test_a_ledger_that_is_no_database_is_said_to_be_damaged(tmp_path: Path) -> None:
    with opened(tmp_path) as library:
        put(library, LETTER)
    (tmp_path / "library" / "ledger.sqlite3").write_bytes(b"no database" * 1000)
    with pytest.raises(LibraryDamaged, match="damaged"):
        opened(tmp_path)


def test_the_best_by_words_are_found_among_many_that_hold_one_common_word(library: Library) -> None:
    paragraphs = [f"The camera of site {number} is an ordinary camera." for number in range(700)]
    paragraphs[300] += " It was banned."
    paragraphs[500] += " It was banned at the embassy."
    put(library, text("survey", "Survey", *paragraphs))
    hits = library.ledger.search_text(["camera", "banned", "embassy"], 3)
    found = [passage.text for passage in library.ledger.passages([hit.passage_id for hit in hits])]
    assert [part.split(" is ")[0] for part in found[:2]] == ["The camera of site 500", "The camera of site 300"]
    assert hits[0].score > hits[1].score > hits[2].score
