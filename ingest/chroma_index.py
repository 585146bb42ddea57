"""The vector index in Chroma, in a folder of its own or on a server. The only module that imports chromadb.

Chroma is given vectors and keys, no text: quotes come from the ledger, and storing documents halves its speed. What
it is told, and why:

- `embedding_function=None` always, and a collection that names an embedding function is refused: a client
  that believes a server's collection would run what the collection says.
- Nothing is ever deleted from a collection, and no key is put in twice. Chroma's graph takes a deleted vector out of use
  and not out of the way, and `upsert` of a key that is there deletes it and puts a second one beside it: where twins
  lie together, a search may not reach all of them. Retired vectors stay, whoever searches asks the ledger what is live,
  a text that comes back finds its vector there (see `ingest.ledger.writing.index_key`), and a collection with too
  many dead ones is made anew.
- Vectors that differ, but by little, strand each other too, and the graph is another one at every opening. So it is asked
  after every opening and every change, a few times over, for as many neighbours as there are vectors; what does not come
  back is kept and searched one by one (`ingest.strays`). Such a question takes 4 ms for 1,000 vectors, 0.1 s for 10,000
  and 0.7 s for 100,000.
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
import time
from contextlib import ExitStack, closing
from http import HTTPStatus
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ingest.chroma_collection import ChromaIndex, answers, close_client
from ingest.errors import IndexUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CONNECT_SECONDS = 5.0
_ANSWER_SECONDS = 60.0
_SERVER_TRUSTED_SECONDS = 300.0
"""A server that was started anew has another graph, and does not say so."""

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

    def __init__(
        self,
        url: str,
        token: str | None,
        library: str,
        fingerprint: str,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clock = clock
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
        with answers(self._away):
            client = self._client()
            collection = _collection(client, self.collection(generation), create=create)
            return ChromaIndex(
                client, collection, self._away, trusted_seconds=_SERVER_TRUSTED_SECONDS, clock=self._clock
            )

    def remove_others(self, generation: int) -> None:
        """See `IndexPlace`."""
        kept, prefix = self.collection(generation), f"{self._library[:12]}-"
        with answers(self._away), ExitStack() as stack:
            client = self._client()
            stack.callback(close_client, client)
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


def _knock(connection: HTTPConnection, headers: dict[str, str]) -> None:
    """Raise unless a Chroma server answers soon: from its first call on, Chroma's client waits without end for one."""
    with closing(connection):
        connection.request("GET", "/api/v2/heartbeat", headers=headers)
        status = connection.getresponse().status
        if status != HTTPStatus.OK:
            raise ConnectionError(f"it answers with status {status}")


def open_folder(folder: Path, collection: str, *, create: bool = False) -> ChromaIndex:
    """Open a collection in a folder; used by the library and, in a child process, by `ingest.index_check`."""
    with answers(_damaged):
        import chromadb
        from chromadb.config import Settings

        settings = Settings(
            _env_file=None, anonymized_telemetry=False, chroma_api_impl="chromadb.api.rust.RustBindingsAPI"
        )
        client = chromadb.PersistentClient(path=str(folder), settings=settings)
        return ChromaIndex(client, _collection(client, collection, create=create), _damaged)


def _collection(client: Any, name: str, *, create: bool) -> Any:
    try:
        if create:
            collection = client.get_or_create_collection(name, embedding_function=None, configuration=_CONFIGURATION)
        else:
            collection = _existing(client, name)
        _refuse_foreign(collection)
    except BaseException:
        close_client(client)
        raise
    return collection


def _existing(client: Any, name: str) -> Any:
    from chromadb.errors import NotFoundError

    try:
        return client.get_collection(name, embedding_function=None)
    except NotFoundError:
        raise _not_there() from None


def _not_there() -> IndexUnavailable:
    return IndexUnavailable("The vector index is not there.", remedy="Run `briefing library rebuild`.")


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


def _damaged(said: str) -> IndexUnavailable:
    return IndexUnavailable(
        f"The vector index does not answer ({said}).",
        remedy="Answers are searched in the ledger meanwhile. `briefing library rebuild` makes the index anew.",
    )
