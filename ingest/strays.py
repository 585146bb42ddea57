"""Vectors that a search of the graph does not reach, searched one by one beside it.

An HNSW graph keeps a few links per vector. Where many lie close together, or about one that stands in their middle,
the links all go to the same few and the others have none that lead to them: of 1,000 vectors that differ by 0.001 some
160 were found by no search, whatever it was asked for, and not the same ones in the next graph made of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Strays:
    """Keys and their vectors, rows of length 1, float32."""

    keys: tuple[str, ...]
    vectors: NDArray[np.float32]

    def beside(
        self,
        found: Sequence[Sequence[str]],
        distances: Sequence[Sequence[float]],
        asked: NDArray[np.float32],
        limit: int,
    ) -> list[list[str]]:
        """What a graph found for each row of `asked`, with its cosine distances, and these; the `limit` nearest."""
        lengths = np.linalg.norm(asked, axis=1, keepdims=True)
        own = 1 - (asked / np.maximum(lengths, 1e-9)) @ self.vectors.T
        merged = []
        for keys, far, mine in zip(found, distances, own, strict=True):
            near = np.argsort(mine, kind="stable")[:limit]
            # A search that happens to begin at a stray, or beside it, finds it by itself too.
            there = set(keys)
            missed = [(float(mine[at]), self.keys[at]) for at in near if self.keys[at] not in there]
            pairs = [*zip(far, keys, strict=True), *missed]
            merged.append([key for _, key in sorted(pairs, key=lambda pair: pair[0])[:limit]])
        return merged


NO_STRAYS = Strays((), np.zeros((0, 0), np.float32))


def strays(found: Mapping[str, NDArray[np.float32]]) -> Strays:
    """Of vectors by key, at least one."""
    rows = np.stack(list(found.values()))
    return Strays(tuple(found), rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9))
