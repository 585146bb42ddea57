"""What the library needs of a vector index; behind it stands `ingest.chroma_index`.

An index is derived from the ledger and never decides what exists: it maps vectors to index keys (see
`ingest.ledger.schema`), and whoever asks it filters by what is live in the ledger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray


class VectorIndex(Protocol):
    """One generation of the index, open. Every method raises `IndexUnavailable` when the index does not answer."""

    def add(self, keys: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Put vectors (rows of length 1) in under their keys; a key that is there keeps the vector it has."""
        ...

    def nearest(self, vectors: NDArray[np.float32], limit: int) -> list[list[str]]:
        """For each row, up to `limit` keys, nearest first by cosine. Approximate, but no key is out of its reach."""
        ...

    def finds(self, keys: Sequence[str], vectors: NDArray[np.float32]) -> list[bool]:
        """For each row, whether searches for it find its key; quicker after a change than `nearest` is."""
        ...

    def unreached(self) -> Sequence[str]:
        """Keys that are not reached by way of the index and are therefore searched one by one."""
        ...

    def count(self) -> int:
        """How many keys there are."""
        ...

    def keys(self) -> set[str]:
        """All keys."""
        ...

    def vectors(self, keys: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Stored vectors by key; keys that are not there are left out."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class IndexPlace(Protocol):
    """Where the generations of one library's index live."""

    def open(self, generation: int, *, create: bool = False) -> VectorIndex:
        """Open a generation; `create` makes an empty one where there is none.

        Raises:
            IndexUnavailable: it is not there, does not answer, or is not what we made.
        """
        ...

    def folder(self, generation: int) -> Path | None:
        """The folder that holds a generation, None when it is on a server."""
        ...

    def collection(self, generation: int) -> str:
        """The name of a generation's collection."""
        ...

    def remove_others(self, generation: int) -> None:
        """Remove every other generation of this library's index, if any."""
        ...
