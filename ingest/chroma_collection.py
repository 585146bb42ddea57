"""One open collection of Chroma's: what is put in, what is found, and what its graph does not reach.

Why it is asked as it is: see `ingest.chroma_index`, which opens it.
"""

from __future__ import annotations

import math
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from ingest.errors import IndexUnavailable
from ingest.strays import NO_STRAYS, Strays, strays

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

Failure: TypeAlias = "Callable[[str], IndexUnavailable]"
"""Makes an error of what was said by an index that failed: a folder is damaged, a server is away."""

_BATCH = 2_000
"""Chroma takes at most 5,461 vectors a call."""

_PAGE = 5_000
_SEED = 5
_PROBES, _PROBES_OF_MANY, _QUICK_UP_TO = 5, 3, 20_000
_LOOKED_FOR = (10, 200)
_AS_NEAR = 1e-6
"""Cosine distances less than this are rounding."""


class ChromaIndex:
    """One collection, open; see `ingest.vector_index.VectorIndex`. It may be searched from several threads.

    After `trusted_seconds` its graph may be another one, though nothing was put in.
    """

    def __init__(
        self,
        client: Any,
        collection: Any,
        failure: Failure,
        *,
        trusted_seconds: float = math.inf,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._collection = collection
        self._failure = failure
        self._trusted_seconds = trusted_seconds
        self._clock = clock
        self._learning = threading.Lock()
        self._strays: Strays | None = None
        self._learnt_at = 0.0

    def add(self, keys: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """See `VectorIndex`."""
        with answers(self._failure), self._learning:
            for start in range(0, len(keys), _BATCH):
                part = list(keys[start : start + _BATCH])
                there = set(self._collection.get(ids=part, include=[])["ids"])
                fresh = [at for at, key in enumerate(part) if key not in there]
                if fresh:
                    self._strays = None
                    rows = vectors[start : start + _BATCH][fresh]
                    self._collection.add(ids=[part[at] for at in fresh], embeddings=rows)

    def nearest(self, vectors: NDArray[np.float32], limit: int) -> list[list[str]]:
        """See `VectorIndex`."""
        with answers(self._failure):
            known = self._known_strays()
            if not known.keys:
                return [list(keys) for keys in self._query(vectors, limit, [])["ids"]]
            found = self._query(vectors, limit, ["distances"])
            return known.beside(found["ids"], found["distances"], vectors, limit)

    def finds(self, keys: Sequence[str], vectors: NDArray[np.float32]) -> list[bool]:
        """See `VectorIndex`."""
        lost = list(range(len(keys)))
        with answers(self._failure):
            for limit in _LOOKED_FOR:
                if lost:
                    found = self._query(vectors[lost], limit, ["distances"])
                    rows = zip(lost, found["ids"], found["distances"], strict=True)
                    lost = [at for at, near, far in rows if keys[at] not in near and not _all_alike(far, limit)]
            beside = set(self._known_strays().keys) if lost else set()
        return [at not in lost or key in beside for at, key in enumerate(keys)]

    def unreached(self) -> Sequence[str]:
        """See `VectorIndex`."""
        with answers(self._failure):
            return self._known_strays().keys

    def count(self) -> int:
        """See `VectorIndex`."""
        with answers(self._failure):
            return int(self._collection.count())

    def keys(self) -> set[str]:
        """See `VectorIndex`."""
        found: set[str] = set()
        with answers(self._failure):
            while page := self._collection.get(limit=_PAGE, offset=len(found), include=[])["ids"]:
                before = len(found)
                found.update(page)
                if len(found) == before:
                    break
        return found

    def vectors(self, keys: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """See `VectorIndex`."""
        found: dict[str, NDArray[np.float32]] = {}
        with answers(self._failure):
            for start in range(0, len(keys), _BATCH):
                page = self._collection.get(ids=list(keys[start : start + _BATCH]), include=["embeddings"])
                rows = np.asarray(page["embeddings"], dtype=np.float32)
                found.update(zip(page["ids"], rows, strict=True))
        return found

    def close(self) -> None:
        """See `VectorIndex`. Chroma keeps one client per folder and process; the last to close lets go."""
        close_client(self._client)

    def _query(self, vectors: NDArray[np.float32], limit: int, include: list[str]) -> Any:
        return self._collection.query(query_embeddings=vectors, n_results=limit, include=include)

    def _known_strays(self) -> Strays:
        with self._learning:
            known = self._strays
            if known is None or self._clock() - self._learnt_at > self._trusted_seconds:
                known = self._strays = self._learnt()
                self._learnt_at = self._clock()
            return known

    def _learnt(self) -> Strays:
        """Ask for all neighbours of several vectors; what does not come back to each of them is out of reach of some search.

        Several, because a search enters the graph where its own vector leads it, and links lead one way.
        """
        some = np.asarray(self._collection.get(limit=1, include=["embeddings"])["embeddings"], np.float32)
        if not len(some):
            return NO_STRAYS
        held = self.count()
        probes = _PROBES if held <= _QUICK_UP_TO else _PROBES_OF_MANY
        around = np.random.default_rng(_SEED).standard_normal((probes - 1, some.shape[1])).astype(np.float32)
        found = [set(self._query(one[None, :], held, [])["ids"][0]) for one in (*some, *around)]
        # One that came to a dead end is short of neighbours, which whoever searches sees by itself.
        most = max(map(len, found))
        reached = set.intersection(*(one for one in found if 2 * len(one) >= most))
        if len(reached) >= held:
            return NO_STRAYS
        lost = self.vectors(sorted(self.keys() - reached))
        return strays(lost) if lost else NO_STRAYS


def _all_alike(distances: Sequence[float], limit: int) -> bool:
    """Whether a list is full of vectors so near that no search could tell them apart."""
    return len(distances) == limit and distances[-1] <= _AS_NEAR


@contextmanager
def answers(failure: Failure) -> Iterator[None]:
    """Turn whatever Chroma raises in the block into `failure`."""
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


def close_client(client: Any) -> None:
    """Let go of a client and of its connections."""
    client.close()
    # A server's connections are left open by Chroma's client, and it has two of them.
    for one in (client, client._admin_client):
        session = getattr(one._server, "_session", None)
        if session is not None:
            session.close()
