"""The vector index in Chroma, in a folder of its own or on a server. The only module that imports chromadb.

Chroma is given vectors and keys, no text: quotes come from the ledger, and storing documents halves its speed. What
it is told, and why:

- `embedding_function=None` always, and a collection that names an embedding function is refused: a client
  that believes a server's collection would run what the collection says.
- `upsert`, never `add`: `add` passes over a key that is there already, without a word.
- Nothing is ever deleted from a collection. Its graph takes a deleted vector out of use and not out of the way; what
  is put in afterwards close to it, as the passages of a document's next version are, may never be reached by a search
  again (measured: 480 of 19,500 probes, and not the same ones at every opening). Retired vectors stay, whoever searches
  asks the ledger what is live, and a collection with too many of them is made anew.
- `sync_threshold` 1,000: that many vectors are kept in Chroma's own log before the index files are written. A
  kill while they are written can leave files that crash the process that opens them, so they should be
  written seldom; but the log is replayed at every opening, at about 0.5 ms a vector. At 1,000 that is half a
  second at worst. Damaged files are found by `ingest.integrity` and replaced from the ledger.
- A folder is named by Chroma's release and the index generation, so that no release opens another's files.
- Settings are passed in, and no `.env` file is read for them.
- A server gets a minute to answer; of its own accord the client would wait without end.
"""

from __future__ import annotations

import hashlib
import shutil
from contextlib import ExitStack, closing, contextmanager
from http import HTTPStatus
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlsplit

import numpy as np

from ingest.errors import IndexUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

Failure: TypeAlias = "Callable[[str], IndexUnavailable]"
"""Makes an error of what was said by an index that failed: a folder is damaged, a server is away."""

_BATCH = 2_000
"""Chroma takes at most 5,461 vectors a call."""

_PAGE = 5_000
_CONNECT_SECONDS = 5.0
_ANSWER_SECONDS = 60.0
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
            raise _not_there()
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
        with _answers(self._away):
            return _collection(self._client(), self.collection(generation), self._away, create=create)

    def remove_others(self, generation: int) -> None:
        """See `IndexPlace`."""
        kept, prefix = self.collection(generation), f"{self._library[:12]}-"
        with _answers(self._away), ExitStack() as stack:
            client = self._client()
            stack.callback(_close, client)
            for collection in client.list_collections():
                if collection.name.startswith(prefix) and collection.name != kept:
                    client.delete_collection(collection.name)

    def _client(self) -> Any:
        import chromadb
        from chromadb.config import Settings

        address = urlsplit(self._url if "//" in self._url else f"//{self._url}")
        ssl = address.scheme == "https"
        host, port = address.hostname or "localhost", address.port or (443 if ssl else 8000)
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        _knock((HTTPSConnection if ssl else HTTPConnection)(host, port, timeout=_CONNECT_SECONDS), headers)
        client = chromadb.HttpClient(
            host=host,
            port=port,
            ssl=ssl,
            headers=headers or None,
            settings=Settings(_env_file=None, anonymized_telemetry=False),
        )
        client._server._session.timeout = _ANSWER_SECONDS
        return client

    def _away(self, said: str) -> IndexUnavailable:
        return IndexUnavailable(
            f"The Chroma server at {self._url} does not answer ({said}).",
            remedy="Start it, or correct BRIEFING_CHROMA_URL; what is stored can be asked about meanwhile.",
        )


class ChromaIndex:
    """One collection, open; see `ingest.vector_index.VectorIndex`."""

    def __init__(self, client: Any, collection: Any, failure: Failure) -> None:
        self._client = client
        self._collection = collection
        self._failure = failure

    def upsert(self, keys: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """See `VectorIndex`."""
        with _answers(self._failure):
            for start in range(0, len(keys), _BATCH):
                end = start + _BATCH
                self._collection.upsert(ids=list(keys[start:end]), embeddings=vectors[start:end])

    def nearest(self, vectors: NDArray[np.float32], limit: int) -> list[list[str]]:
        """See `VectorIndex`."""
        with _answers(self._failure):
            found = self._collection.query(query_embeddings=vectors, n_results=limit, include=[])
            return [list(keys) for keys in found["ids"]]

    def count(self) -> int:
        """See `VectorIndex`."""
        with _answers(self._failure):
            return int(self._collection.count())

    def keys(self) -> set[str]:
        """See `VectorIndex`."""
        found: set[str] = set()
        with _answers(self._failure):
            while page := self._collection.get(limit=_PAGE, offset=len(found), include=[])["ids"]:
                before = len(found)
                found.update(page)
                if len(found) == before:
                    break
        return found

    def vectors(self, keys: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """See `VectorIndex`."""
        found: dict[str, NDArray[np.float32]] = {}
        with _answers(self._failure):
            for start in range(0, len(keys), _BATCH):
                page = self._collection.get(ids=list(keys[start : start + _BATCH]), include=["embeddings"])
                rows = np.asarray(page["embeddings"], dtype=np.float32)
                found.update(zip(page["ids"], rows, strict=True))
        return found

    def close(self) -> None:
        """See `VectorIndex`. Chroma keeps one client per folder and process; the last to close lets go."""
        _close(self._client)


def _knock(connection: HTTPConnection, headers: dict[str, str]) -> None:
    """Raise unless a Chroma server answers soon: from its first call on, Chroma's client waits without end for one."""
    with closing(connection):
        connection.request("GET", "/api/v2/heartbeat", headers=headers)
        status = connection.getresponse().status
        if status != HTTPStatus.OK:
            raise ConnectionError(f"it answers with status {status}")


def open_folder(folder: Path, collection: str, *, create: bool = False) -> ChromaIndex:
    """Open a collection in a folder; used by the library and, in a child process, by `ingest.index_check`."""
    with _answers(_damaged):
        import chromadb
        from chromadb.config import Settings

        settings = Settings(
            _env_file=None, anonymized_telemetry=False, chroma_api_impl="chromadb.api.rust.RustBindingsAPI"
        )
        client = chromadb.PersistentClient(path=str(folder), settings=settings)
        return _collection(client, collection, _damaged, create=create)


def _collection(client: Any, name: str, failure: Failure, *, create: bool) -> ChromaIndex:
    try:
        if create:
            collection = client.get_or_create_collection(name, embedding_function=None, configuration=_CONFIGURATION)
        else:
            collection = _existing(client, name)
        _refuse_foreign(collection)
    except BaseException:
        _close(client)
        raise
    return ChromaIndex(client, collection, failure)


def _existing(client: Any, name: str) -> Any:
    from chromadb.errors import NotFoundError

    try:
        return client.get_collection(name, embedding_function=None)
    except NotFoundError:
        raise _not_there() from None


def _not_there() -> IndexUnavailable:
    return IndexUnavailable("The vector index is not there.", remedy="Run `briefing library rebuild`.")


def _close(client: Any) -> None:
    client.close()
    # A server's connections are left open by Chroma's client, and it has two of them.
    for one in (client, client._admin_client):
        session = getattr(one._server, "_session", None)
        if session is not None:
            session.close()


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
def _answers(failure: Failure) -> Iterator[None]:
    try:
        yield
    except IndexUnavailable:
        raise
    except Exception as error:  # Chroma raises its own errors, ValueError, KeyError, RuntimeError and httpx's
        raise failure(_said(error)) from error
    except BaseException as error:
        # A panic in Chroma's Rust part derives from BaseException; its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise failure(_said(error)) from error


def _said(error: BaseException) -> str:
    said = (isinstance(error, OSError) and error.strerror) or str(error)
    return " ".join(said.split()).rstrip(".")[:200] or type(error).__name__


def _damaged(said: str) -> IndexUnavailable:
    return IndexUnavailable(
        f"The vector index does not answer ({said}).",
        remedy="Answers are searched in the ledger meanwhile. `briefing library rebuild` makes the index anew.",
    )
