"""However a vector index is damaged, it is found out, searches stay complete, and it mends itself."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import chromadb
import numpy as np
import pytest

from ingest.chroma_index import open_folder
from ingest.embedding import StableEmbedder
from ingest.index_check import check_folder, compare, projections
from ingest.ledger.engine import reading
from ingest.ledger.stored_vectors import keyed_vectors
from ingest.ledger.writing import document_id
from ingest.library import Library
from ingest.maintenance import remove, verify
from tests.ingest.libraries import opened, put, settings
from tests.ingest.plain_steps import text

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

pytestmark = pytest.mark.slow

PASSAGES = 1_300
"""More than Chroma keeps in its log, so that there are index files to damage and rows beyond them."""


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("healthy")
    with opened(folder, dimensions=16) as library:
        for part in range(4):
            paragraphs = [f"Camera c{part}x{n} stands in street s{n}." for n in range(PASSAGES // 4 - 1)]
            put(library, text(f"streets{part}", f"Streets {part}", *paragraphs))
        library.warm()
    return folder


def segment(index: Path) -> Path:
    return next(path.parent for path in index.rglob("header.bin"))


def garbled(name: str, share: float = 0.5) -> Callable[[Path], None]:
    def damage(index: Path) -> None:
        path = next(index.rglob(name))
        content = bytearray(path.read_bytes())
        chance = random.Random(3)
        for place in chance.sample(range(len(content)), int(len(content) * share)):
            content[place] = chance.randrange(256)
        path.write_bytes(content)

    return damage


def truncated(name: str) -> Callable[[Path], None]:
    def damage(index: Path) -> None:
        path = next(index.rglob(name))
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return damage


def emptied(name: str) -> Callable[[Path], None]:
    return lambda index: next(index.rglob(name)).write_bytes(b"") and None


def deleted(name: str) -> Callable[[Path], None]:
    return lambda index: next(index.rglob(name)).unlink()


def without_some_vectors(index: Path) -> None:
    client = chromadb.PersistentClient(str(index))
    collection = client.get_collection(collection_of(index), embedding_function=None)
    collection.delete(collection.get(include=[])["ids"][::10])
    client.close()


def with_foreign_vectors(index: Path) -> None:
    collection = open_folder(index, collection_of(index))
    collection.add([f"{n:032x}" for n in range(5)], np.eye(5, 16, dtype=np.float32))
    collection.close()


def with_wrong_vectors(index: Path) -> None:
    client = chromadb.PersistentClient(str(index))
    collection = client.get_collection(collection_of(index), embedding_function=None)
    keys = sorted(collection.get(include=[])["ids"])[:20]
    collection.upsert(keys, np.eye(20, 16, k=-4, dtype=np.float32) + 0.1)
    client.close()


def collection_of(index: Path) -> str:
    with Library.open(settings(index.parents[2]), embedder=StableEmbedder(16)) as library:
        return library.place().collection(library.ledger.header().index_generation)


DAMAGES: dict[str, Callable[[Path], None]] = {
    "the pickle deleted": deleted("index_metadata.pickle"),
    "the pickle truncated": truncated("index_metadata.pickle"),
    "the pickle garbled": garbled("index_metadata.pickle"),
    "the segment folder deleted": lambda index: shutil.rmtree(segment(index)),
    "the whole folder deleted": lambda index: shutil.rmtree(index),
    "the vectors deleted": deleted("data_level0.bin"),
    "the vectors truncated": truncated("data_level0.bin"),
    "the vectors emptied": emptied("data_level0.bin"),
    "a tenth of the vectors garbled": garbled("data_level0.bin", 0.1),
    "the links garbled": garbled("link_lists.bin"),
    "the links truncated": truncated("link_lists.bin"),
    "the links deleted": deleted("link_lists.bin"),
    "the header garbled": garbled("header.bin"),
    "the header deleted": deleted("header.bin"),
    "the lengths truncated": truncated("length.bin"),
    "the lengths deleted": deleted("length.bin"),
    "the database emptied": emptied("chroma.sqlite3"),
    "the database deleted": deleted("chroma.sqlite3"),
    "the database truncated": truncated("chroma.sqlite3"),
    "the database garbled": garbled("chroma.sqlite3", 0.02),
    "vectors missing": without_some_vectors,
    "foreign vectors": with_foreign_vectors,
    "wrong vectors": with_wrong_vectors,
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_found_searches_stay_complete_and_the_index_is_mended(
    name: str, healthy: Path, tmp_path: Path
) -> None:
    shutil.copytree(healthy, tmp_path, dirs_exist_ok=True)
    index = next((tmp_path / "library" / "index").glob("chroma-*[0-9]"))
    DAMAGES[name](index)
    with Library.open(settings(tmp_path, index={"exact_up_to": 0}), embedder=StableEmbedder(16)) as library:
        # The seal does not fit, so the folder is not opened in this process; the ledger answers.
        assert_complete(library)
        assert library.state() == "index_rebuilding"
        library.warm()
        assert library.state() == "ready"
        assert library.index.is_open
        assert_complete(library)
        index_now = library.index.usable(library.ledger.header())
        assert index_now is not None
        assert compare(index_now, *expected(library)).sound


def expected(library: Library) -> tuple[list[str], NDArray[np.float32]]:
    """Index keys and projections of the vectors that the ledger holds."""
    keys: list[str] = []
    projected = []
    with reading(library.ledger.engine) as connection:
        for part, rows in keyed_vectors(connection, 16):
            keys.extend(part)
            projected.append(projections(rows))
    return keys, np.concatenate(projected)


def assert_complete(library: Library) -> None:
    """Every stored passage finds itself."""
    with reading(library.ledger.engine) as connection:
        stored = [pair for keys, rows in keyed_vectors(connection, 16) for pair in zip(keys, rows, strict=True)]
    assert len(stored) == PASSAGES
    for key, vector in stored[::25]:
        best = library.nearest(vector, 5)
        assert best[0][1] > 0.9999
        with reading(library.ledger.engine) as connection:
            [passage_id] = library.ledger.keyed_vectors(connection, [key], 16)[0]
        assert passage_id in [found for found, score in best if score > 0.9999]


def test_a_healthy_index_passes_the_check(healthy: Path, tmp_path: Path) -> None:
    shutil.copytree(healthy, tmp_path, dirs_exist_ok=True)
    with Library.open(settings(tmp_path), embedder=StableEmbedder(16)) as library:
        header = library.ledger.header()
        folder = library.place().folder(header.index_generation)
        assert folder is not None
        name = library.place().collection(header.index_generation)
        assert check_folder(folder, name, *expected(library)).sound


def test_a_search_reaches_every_passage_of_documents_that_left_and_came_back(tmp_path: Path) -> None:
    """Chroma can lose a vector that is put in beside deleted ones; nothing is deleted from it, and all are reached.

    Its graph is searched approximately, so that the first few neighbours prove nothing: a search for as many as the
    index holds must come back with every one.
    """
    with opened(tmp_path, dimensions=16, index={"exact_up_to": 0}) as library:
        for first in range(0, 25, 5):
            lots = [
                text(f"d{n}", f"Document {n} as of 1", *(f"Paragraph p{n}r1x{m} of camera {m}." for m in range(12)))
                for n in range(first, first + 5)
            ]
            for _ in range(2):
                put(library, *lots)
                remove(library, [document_id(one.origin) for one in lots])
            put(library, *lots)
    for _ in range(5):
        with Library.open(settings(tmp_path, index={"exact_up_to": 0}), embedder=StableEmbedder(16)) as library:
            library.warm()
            index = library.index.usable(library.ledger.header())
            assert index is not None
            keys, vectors = everything(library)
            reached = index.nearest(vectors[:1], index.count())[0]
            assert set(keys) - set(reached) == set()


def everything(library: Library) -> tuple[list[str], NDArray[np.float32]]:
    """Index keys and vectors of all live passages."""
    with reading(library.ledger.engine) as connection:
        parts = list(keyed_vectors(connection, 16))
    return [key for keys, _ in parts for key in keys], np.concatenate([rows for _, rows in parts])


def test_full_text_that_disagrees_with_the_ledger_is_found_and_derived_anew(healthy: Path, tmp_path: Path) -> None:
    from ingest.ledger.engine import writing
    from ingest.maintenance import rebuild
    from tests.ingest.plain_steps import PlainSteps

    shutil.copytree(healthy, tmp_path, dirs_exist_ok=True)
    with Library.open(settings(tmp_path), embedder=StableEmbedder(16)) as library:
        with writing(library.ledger.engine) as connection:
            connection.exec_driver_sql("DELETE FROM passage_words_data WHERE id > 10 AND id % 2 = 0")
        assert any("full-text" in fault for fault in verify(library).faults)
        rebuild(library, library.embedder, PlainSteps())
        assert verify(library).sound
        assert library.ledger.search_text(["c2x17"], 5)
