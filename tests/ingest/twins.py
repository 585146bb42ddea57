"""An embedder whose vectors lie so close together that Chroma's graph does not reach all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ingest.embedding import StableEmbedder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.embedding import Encoded

DIMENSIONS = 384
APART = 1e-3


class TwinEmbedder(StableEmbedder):
    """Every text differs from every other by a thousandth and no more."""

    def __init__(self) -> None:
        super().__init__(DIMENSIONS)

    @property
    def fingerprint(self) -> str:
        return "twins@384/hash/fp32"

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        return [self._near(text, encoded) for text, encoded in zip(texts, super().encode(texts), strict=True)]

    def _near(self, text: str, encoded: Encoded) -> Encoded:
        vector = self._direction("alike") + APART * self._direction(text)
        return replace(encoded, vector=(vector / np.linalg.norm(vector)).astype(np.float32))
