"""The index on a real Chroma server: used, away, back, restarted, emptied, silent, foreign."""

from __future__ import annotations

import socket
import time
from contextlib import closing
from typing import TYPE_CHECKING

import chromadb
import pytest

from ingest.errors import IndexUnavailable
from ingest.integrity import LibraryIndex
from ingest.maintenance import rebuild, remove, verify
from tests.ingest.chroma_server import ChromaProcess
from tests.ingest.libraries import found_by_meaning, opened, put
from tests.ingest.plain_steps import PlainSteps, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chromadb.api import ClientAPI

    from ingest.library import Library

NOTES = [text(f"n{n}", f"Note {n}", *(f"Camera {n}x{m} of pier {m}." for m in range(6))) for n in range(4)]
ASKED = "Camera 3x2 of pier 2."


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ChromaProcess]:
    with ChromaProcess(tmp_path / "server") as running:
        yield running


@pytest.fixture
def library(server: ChromaProcess, tmp_path: Path) -> Iterator[Library]:
    with opened(tmp_path, chroma_url=server.url, index={"exact_up_to": 0}) as made:
        put(made, *NOTES)
        yield made


@pytest.fixture
def client(server: ChromaProcess) -> Iterator[ClientAPI]:
    """Chroma's own client, as anybody may use it who reaches the server."""
    with closing(chromadb.HttpClient(port=int(server.url.rpartition(":")[2]))) as made:
        yield made
        for one in (made, made._admin_client):
            one._server._session.close()  # type: ignore[attr-defined]


def asked_of_chroma(library: Library) -> bool:
    """Whether a search was answered by the server; it is the right answer either way."""
    assert found_by_meaning(library, ASKED, 1)[0].strip() == ASKED
    return library.index.is_open and library.state() == "ready"


def test_what_is_stored_is_found_on_the_server_and_nothing_but_vectors_is_there(
    library: Library, client: ClientAPI
) -> None:
    assert asked_of_chroma(library)
    assert verify(library).sound
    assert not (library.folder / "index").exists()
    [collection] = client.list_collections()
    held = client.get_collection(collection.name, embedding_function=None).get(include=["documents", "metadatas"])
    assert len(held["ids"]) == 28
    assert set(held["documents"] or ()) | set(held["metadatas"] or ()) <= {None}


def test_server_and_exact_search_give_equal_answers(library: Library) -> None:
    vector = library.embedder.encode([ASKED])[0].vector
    by_server = library.nearest(vector, 10)
    assert library.index.is_open
    assert by_server == library._exact.nearest(vector, 10)


def test_a_server_that_was_restarted_is_used_on(library: Library, server: ChromaProcess) -> None:
    assert asked_of_chroma(library)
    server.kill()
    server.start()
    assert asked_of_chroma(library)
    assert put(library, text("late", "Late", "A late note."))[0].searchable is True
    remove(library, [library.ledger.documents()[0].id])
    assert verify(library).sound


def test_searches_go_on_without_the_server_and_use_it_again_when_it_is_back(
    library: Library, server: ChromaProcess
) -> None:
    now = [0.0]
    library.index = LibraryIndex(library.ledger, library.place(), library.lock, clock=lambda: now[0])
    assert asked_of_chroma(library)
    server.kill()
    assert not asked_of_chroma(library)
    assert library.warm().found
    server.start()
    assert not asked_of_chroma(library)
    now[0] += 60
    assert asked_of_chroma(library)


def test_writing_without_the_server_is_refused_with_the_remedy_and_changes_nothing(
    library: Library, server: ChromaProcess
) -> None:
    before = library.ledger.header()
    server.kill()
    with pytest.raises(IndexUnavailable, match="does not answer .*Start it, or correct BRIEFING_CHROMA_URL"):
        put(library, text("late", "Late", "A late note."))
    assert library.ledger.header().generation == before.generation
    assert any("does not answer" in fault for fault in verify(library).faults)
    server.start()
    assert put(library, text("late", "Late", "A late note."))[0].searchable is True
    assert verify(library).sound


def test_a_server_that_lost_everything_is_filled_again_from_the_ledger(
    library: Library, server: ChromaProcess, tmp_path: Path
) -> None:
    server.kill()
    server.folder = tmp_path / "empty"
    server.start()
    assert not asked_of_chroma(library)
    assert library.warm().done == "rebuilt"
    assert asked_of_chroma(library)
    assert verify(library).sound


def test_a_server_that_lost_some_vectors_is_found_out(library: Library, client: ClientAPI) -> None:
    [collection] = client.list_collections()
    collection.delete(ids=collection.get(include=[])["ids"][:3])
    assert "the vector index lacks 3 vectors of live passages" in verify(library).faults
    library.index.close()
    assert library.warm().done == "patched"
    assert asked_of_chroma(library)
    assert verify(library).sound


def test_deriving_anew_leaves_one_collection_of_ours_and_strangers_alone(library: Library, client: ClientAPI) -> None:
    client.create_collection("somebody-elses", embedding_function=None)
    for _ in range(2):
        rebuild(library, library.embedder, PlainSteps())
    names = [one.name for one in client.list_collections()]
    assert len(names) == 2
    assert "somebody-elses" in names


def test_a_collection_that_names_code_to_run_is_refused_and_made_anew(library: Library, client: ClientAPI) -> None:
    [ours] = client.list_collections()
    client.delete_collection(ours.name)
    client.create_collection(ours.name)  # with Chroma's default embedding function
    library.index.close()
    with pytest.raises(IndexUnavailable, match="was not made by this program"):
        library.place().open(library.ledger.header().index_generation)
    assert library.warm().done == "rebuilt"
    assert asked_of_chroma(library)


def test_a_server_that_is_silent_is_given_up_on(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        began = time.monotonic()
        with opened(tmp_path, chroma_url=url) as library, pytest.raises(IndexUnavailable, match="timed out"):
            put(library, NOTES[0])
        assert time.monotonic() - began < 40


def test_what_is_no_chroma_server_is_not_taken_for_one(tmp_path: Path) -> None:
    for url in ("http://127.0.0.1:1", "nonsense://", "http://[::1", "http://127.0.0.1:notaport"):
        with opened(tmp_path, chroma_url=url) as library, pytest.raises(IndexUnavailable, match="BRIEFING_CHROMA_URL"):
            put(library, NOTES[0])
