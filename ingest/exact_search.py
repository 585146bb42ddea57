"""Exact nearest neighbours over the ledger's own vectors: no index, nothing approximate, nothing to go stale.

Used for narrowed scopes, for a process that asks once, and whenever the index cannot be trusted. The vectors of
all live passages are read when a search first needs them all and kept for the process: 4 bytes per dimension and about
150 bytes more per passage (170 MB for 100,000 passages of 384 dimensions). When the ledger changes,
only what is new is read. A narrowed search before that reads only the vectors inside its scope, and a few scopes
are kept.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ingest.ledger.engine import reading
from ingest.ledger.stored_vectors import live_rows, read_vectors

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from ingest.ledger.ledger import Ledger


_REMEMBERED_SCOPES = 8


@dataclass(frozen=True, slots=True)
class _Matrix:
    """Vectors of live passages, rows ordered by their row in the ledger."""

    generation: int
    rows: NDArray[np.int64]
    versions: NDArray[np.int64]
    ids: NDArray[np.str_]
    vectors: NDArray[np.float32]


class ExactSearch:
    """Searches the live passages of one ledger. May be used from several threads."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._matrix: _Matrix | None = None
        self._scopes: dict[frozenset[int], _Matrix] = {}
        self._loading = threading.Lock()

    def nearest(
        self, vector: NDArray[np.float32], limit: int, inside: Collection[int] | None = None
    ) -> list[tuple[str, float]]:
        """Passage ids and cosine similarities, best first, ties by id; `inside` narrows to version rows."""
        matrix = self._current(inside)
        kept = slice(None) if inside is None else np.isin(matrix.versions, list(inside))
        return best(matrix.ids[kept], matrix.vectors[kept] @ np.asarray(vector, np.float32), limit)

    def forget(self) -> None:
        """Give the memory back."""
        self._matrix = None
        self._scopes.clear()

    def _current(self, inside: Collection[int] | None) -> _Matrix:
        with self._loading:
            known = self._matrix
            if known is None and inside is not None:
                return self._narrowed(frozenset(inside))
            if known is None or known.generation != self._ledger.generation():
                known = self._read(known, None)
                self._matrix = known
            return known

    def _narrowed(self, inside: frozenset[int]) -> _Matrix:
        generation = self._ledger.generation()
        found = self._scopes.get(inside)
        if found is None or found.generation != generation:
            if len(self._scopes) >= _REMEMBERED_SCOPES:
                self._scopes.clear()
            found = self._read(None, inside)
            self._scopes[inside] = found
        return found

    def _read(self, known: _Matrix | None, inside: Collection[int] | None) -> _Matrix:
        with reading(self._ledger.engine) as connection:
            live = self._ledger.live(connection)
            rows, versions, ids = live_rows(connection, inside)
            vectors = np.empty((len(rows), live.dimensions), dtype=np.float32)
            fresh = np.ones(len(rows), dtype=bool)
            if known is not None and known.vectors.shape[1] == live.dimensions and len(known.rows):
                at = np.minimum(np.searchsorted(known.rows, rows), len(known.rows) - 1)
                # Rows are never given twice, but a rebuild with another model changes what is in them.
                fresh = (known.rows[at] != rows) | (known.generation < live.vectors_since)
                vectors[~fresh] = known.vectors[at[~fresh]]
            if fresh.any():
                vectors[fresh] = read_vectors(connection, rows[fresh], live.dimensions)
        return _Matrix(live.generation, rows, versions, ids, vectors)


def best(ids: NDArray[np.str_], similarity: NDArray[np.float32], limit: int) -> list[tuple[str, float]]:
    """The `limit` best of `ids` by similarity, rounded to six places; ties by id, one id once (its best)."""
    if limit < 1 or not len(ids):
        return []
    rounded = np.round(similarity.astype(np.float64), 6)
    # Copies of one text share an id: look a little further than asked, and further still if need be.
    take = min(len(ids), 2 * limit + 32)
    while True:
        cut = np.partition(rounded, len(ids) - take)[len(ids) - take]
        chosen = np.flatnonzero(rounded >= cut)
        found: dict[str, float] = {}
        for place in chosen:
            key, value = str(ids[place]), float(rounded[place])
            found[key] = max(value, found.get(key, value))
        if len(found) >= limit or take == len(ids):
            break
        take = min(len(ids), 4 * take)
    return sorted(found.items(), key=lambda hit: (-hit[1], hit[0]))[:limit]
