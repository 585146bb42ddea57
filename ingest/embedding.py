"""What the rest of the house needs of an embedding model, and nothing of how it runs.

The engines behind it: `ingest.onnx_engine` (default), `ingest.sentence_transformer` (torch, the fallback and the
original that an export is checked against) and, for tests, `StableEmbedder` below.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Encoded:
    """One text as an embedding model sees it.

    `vector`: float32, shape (dimensions,), length 1. `tokens`: float32, shape (tokens, dimensions), each row of
    length 1, special tokens left out. `offsets`: int32, shape (tokens, 2), the characters of the text that each
    token covers. A text longer than the model's window is cut there; `offsets` shows how far it was read.
    """

    vector: NDArray[np.float32]
    tokens: NDArray[np.float32]
    offsets: NDArray[np.int32]


class Embedder(Protocol):
    """Turns texts into vectors. Deterministic: equal text, equal vector."""

    @property
    def fingerprint(self) -> str:
        """Model name, weights digest, engine and precision, as `name@sha256[:12]/engine/precision`.

        Two embedders with different fingerprints must never write to one index.
        """
        ...

    @property
    def dimensions(self) -> int:
        """Length of every vector."""
        ...

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """Vectors and token vectors for passages, in their order; an empty list for none."""
        ...

    def encode_query(self, text: str) -> Encoded:
        """The same for a question. Some models were trained to be told which of the two they read."""
        ...


class StableEmbedder:
    """A deterministic embedder without a model, for tests: each word has a fixed random direction.

    Texts that share words are near, others are not; it records the texts it was given in `seen`.
    """

    def __init__(self, dimensions: int = 64) -> None:
        self._dimensions = dimensions
        self.seen: list[str] = []

    @property
    def fingerprint(self) -> str:
        """See `Embedder`."""
        return f"stable@{self._dimensions}/hash/fp32"

    @property
    def dimensions(self) -> int:
        """See `Embedder`."""
        return self._dimensions

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """See `Embedder`."""
        self.seen.extend(texts)
        return [self._encode(text) for text in texts]

    def encode_query(self, text: str) -> Encoded:
        """See `Embedder`."""
        return self.encode([text])[0]

    def _encode(self, text: str) -> Encoded:
        words = [(match.group().casefold(), match.span()) for match in re.finditer(r"\w+", text)][:256]
        tokens = np.stack([self._direction(word) for word, _ in words] or [self._direction("")])
        offsets = np.array([span for _, span in words] or [(0, 0)], dtype=np.int32)
        mean = tokens.mean(axis=0)
        return Encoded((mean / np.linalg.norm(mean)).astype(np.float32), tokens, offsets)

    def _direction(self, word: str) -> NDArray[np.float32]:
        seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
        vector = np.random.default_rng(seed).standard_normal(self._dimensions)
        return (vector / np.linalg.norm(vector)).astype(np.float32)
