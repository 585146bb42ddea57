"""The vector index in Chroma, in a folder of its own or on a server. The only module that imports chromadb.

Chroma is given vectors and keys, no text: quotes come from the ledger, and storing documents halves its speed. What
it is told, and why:

- `embedding_function=None` always, and a collection that names an embedding function is refused: a client
  that believes a server's collection would run what the collection says.
- `upsert`, never `add`: `add` passes over a key that is there already, without a word.
- `sync_threshold` 1,000: that many vectors are kept in Chroma's own log before the index files are written. A
  kill while they are written can leave files that crash the process that opens them, so they should be
  written seldom; but the log is replayed at every opening, at about 0.5 ms a vector. At 1,000 that is half a
  second at worst. Damaged files are found by `ingest.integrity` and replaced from the ledger.
- A folder is named by Chroma's release and the index generation, so that no release opens another's files.
- Settings are passed in, and no `.env` file is read for them.
"""

from __future__ import annotations

import hashlib
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from ingest.errors import IndexUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

_BATCH = 2_000
"""Chroma takes at most 5,461 vectors a call."""

_PAGE = 5_000
_CONFIGURATION = {
    "hnsw": {
        "space": "cosine",
        "ef_construction": 128,
        "ef_search": 256,
        "max_neighbors": 16,
        "sync_threshold": 1_000,
        "batch_size": 100,
    }
}


def release() -> str:
    """Chroma's release up to the minor number; files of another are not opened."""
    from importlib.metadata import version

    return ".".join(version("chromadb").split(".")[:2])


def collection_name(library: str, fingerprint: str, generation: int) -> str:
    """Names the collection by library, embedding model and generation: what differs in one is never mixed."""
    return f"{library[:12]}-{hashlib.sha256(fingerprint.encode()).hexdigest()[:12]}-g{generation}"


class ChromaFolder:
    """Chroma in process, one folder per generation under `root`; see `ingest.vector_index.IndexPlace`."""

    def __init__(self, root: Path, library: str, fingerprint: str) -> None:
        self._root = root
        self._library = library
        self._fingerprint = fingerprint

    def folder(self, generation: int) -> Path:
        """See `IndexPlace`."""
        return self._root / f"chroma-{release()}-g{generation}"

    def collection(self, generation: int) -> str:
        """See `IndexPlace`."""
        return collection_name(self._library, self._fingerprint, generation)

    def open(self, generation: int, *, create: bool = False) -> ChromaIndex:
        """See `IndexPlace`."""
        folder = self.folder(generation)
        if create:
            folder.mkdir(parents=True, exist_ok=True)
        elif not (folder / "chroma.sqlite3").is_file():
            raise IndexUnavailable("The vector index is not there.", remedy="Run `briefing library rebuild`.")
        return open_folder(folder, self.collection(generation), create=create)

    def remove_others(self, generation: int) -> None:
        """See `IndexPlace`."""
        kept = self.folder(generation)
        for folder in self._root.glob("chroma-*"):
            if folder != kept and folder.is_dir():
                shutil.rmtree(folder, ignore_errors=True)


class ChromaServer:
    """Chroma on a server, one collection per generation; see `ingest.vector_index.IndexPlace`."""

    def __init__(self, url: str, token: str | None, library: str, fingerprint: str) -> None:
        self._url = url
        self._token = token
        self._library = library
        self._fingerprint = fingerprint

    def folder(self, generation: int) -> None:
        """See `IndexPlace`."""
        return

    def collection(self, generation: int) -> str:
        """See `IndexPlace`."""
        return collection_name(self._library, self._fingerprint, generation)

    def open(self, generation: int, *, create: bool = False) -> ChromaIndex:
        """See `IndexPlace`."""
        with _answers():
            client = self._client()
            return _collection(client, self.collection(generation), create=create)

    def remove_others(self, generation: int) -> None:
        """See `IndexPlace`."""
        kept, prefix = self.collection(generation), f"{self._library[:12]}-"
        with _answers():
            client = self._client()
            for collection in client.list_collections():
                if collection.name.startswith(prefix) and collection.name != kept:
                    client.delete_collection(collection.name)
            client.close()

    def _client(self) -> Any:
        import chromadb
        from chromadb.config import Settings

        address = urlsplit(self._url if "//" in self._url else f"//{self._url}")
        ssl = address.scheme == "https"
        return chromadb.HttpClient(
            host=address.hostname or "localhost",
            port=address.port or (443 if ssl else 8000),
            ssl=ssl,
            headers={"Authorization": f"Bearer {self._token}"} if self._token else None,
            settings=Settings(_env_file=None, anonymized_telemetry=False),
        )


class ChromaIndex:
    """One collection, open; see `ingest.vector_index.VectorIndex`."""

    def __init__(self, client: Any, collection: Any) -> None:
        self._client = client
        self._collection = collection

    def upsert(self, keys: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """See `VectorIndex`."""
        with _answers():
            for start in range(0, len(keys), _BATCH):
                end = start + _BATCH
                self._collection.upsert(ids=list(keys[start:end]), embeddings=vectors[start:end])

    def delete(self, keys: Sequence[str]) -> None:
        """See `VectorIndex`."""
        with _answers():
            for start in range(0, len(keys), _BATCH):
                self._collection.delete(ids=list(keys[start : start + _BATCH]))

    def nearest(self, vectors: NDArray[np.float32], limit: int) -> list[list[str]]:
        """See `VectorIndex`."""
        with _answers():
            found = self._collection.query(query_embeddings=vectors, n_results=limit, include=[])
            return [list(keys) for keys in found["ids"]]

    def count(self) -> int:
        """See `VectorIndex`."""
        with _answers():
            return int(self._collection.count())

    def keys(self) -> set[str]:
        """See `VectorIndex`."""
        found: set[str] = set()
        with _answers():
            while page := self._collection.get(limit=_PAGE, offset=len(found), include=[])["ids"]:
                before = len(found)
                found.update(page)
                if len(found) == before:
                    break
        return found

    def vectors(self, keys: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """See `VectorIndex`."""
        found: dict[str, NDArray[np.float32]] = {}
        with _answers():
            for start in range(0, len(keys), _BATCH):
                page = self._collection.get(ids=list(keys[start : start + _BATCH]), include=["embeddings"])
                rows = np.asarray(page["embeddings"], dtype=np.float32)
                found.update(zip(page["ids"], rows, strict=True))
        return found

    def close(self) -> None:
        """See `VectorIndex`. Chroma keeps one client per folder and process; the last to close lets go."""
        self._client.close()


def open_folder(folder: Path, collection: str, *, create: bool = False) -> ChromaIndex:
    """Open a collection in a folder; used by the library and, in a child process, by `ingest.index_check`."""
    with _answers():
        import chromadb
        from chromadb.config import Settings

        settings = Settings(
            _env_file=None, anonymized_telemetry=False, chroma_api_impl="chromadb.api.rust.RustBindingsAPI"
        )
        client = chromadb.PersistentClient(path=str(folder), settings=settings)
        return _collection(client, collection, create=create)


def _collection(client: Any, name: str, *, create: bool) -> ChromaIndex:
    try:
        if create:
            collection = client.get_or_create_collection(name, embedding_function=None, configuration=_CONFIGURATION)
        else:
            collection = client.get_collection(name, embedding_function=None)
        _refuse_foreign(collection)
    except BaseException:
        client.close()
        raise
    return ChromaIndex(client, collection)


def _refuse_foreign(collection: Any) -> None:
    """Refuse a collection that is not as we make them; its configuration is read as data, nothing is built."""
    model = collection._model
    told = [model.configuration_json or {}, getattr(model, "serialized_schema", None) or {}]
    kinds = {str(function.get("type")) for part in told for function in _embedding_functions(part)}
    space = ((model.configuration_json or {}).get("hnsw") or {}).get("space", "cosine")
    if kinds - {"legacy", "unknown"} or space != "cosine":
        raise IndexUnavailable(
            f"The collection `{collection.name}` was not made by this program.",
            remedy="Remove it from the Chroma server, then run `briefing library rebuild`.",
        )


def _embedding_functions(part: object) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "embedding_function" and isinstance(value, dict):
                yield value
            else:
                yield from _embedding_functions(value)
    elif isinstance(part, list):
        for value in part:
            yield from _embedding_functions(value)


@contextmanager
def _answers() -> Iterator[None]:
    try:
        yield
    except IndexUnavailable:
        raise
    except Exception as error:  # Chroma raises its own errors, ValueError, KeyError, RuntimeError and httpx's
        raise _unavailable(error) from error
    except BaseException as error:
        # A panic in Chroma's Rust part derives from BaseException; its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise _unavailable(error) from error


def _unavailable(error: BaseException) -> IndexUnavailable:
    said = " ".join(str(error).split())[:200] or type(error).__name__
    return IndexUnavailable(
        f"The vector index does not answer ({said}).",
        remedy="Answers are searched in the ledger meanwhile. `briefing library rebuild` makes the index anew.",
    )
