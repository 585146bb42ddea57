"""Token vectors of a passage in four bits a number, for late interaction when a question is asked.

Late interaction (MaxSim, Khattab and Zaharia 2020, ColBERT) compares every word of a question with every word of a
passage. Running the model over fifty passages for each question would take half a second; their token vectors as
floats would take fifty times the room of the text. Packed, a passage of 176 tokens takes about 20 kB.

Left out are tokens that carry nothing by themselves: punctuation and a short list of English words. Negations,
modal verbs and numbers stay. Components of unit vectors are nearly normal with variance 1 / dimensions, so that one
fixed grid of 16 steps out to 2.8 standard deviations serves all tokens; a factor per token restores its length.

Layout, little endian: version (1 byte), a zero byte, dimensions (2), tokens (2); then per token a half float (the
factor); then per token a short (the sentence, -1 in front of the body); then the codes, two to a byte, low first.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ingest.errors import LibraryDamaged

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ingest.documents import Span
    from ingest.embedding import Encoded

VERSION = 1
STOP_WORDS = frozenset(
    """
    a about after all also am an and any are as at be because been before being between both but by did do does
    doing during each for from further had has have having he her here hers him his how i if in into is it its
    itself just me more most my of on once only or other our ours out over own same she so some such than that the
    their theirs them then there these they this those through to too under until up very was we were what when
    where which while who whom why will with you your yours
    """.split()  # noqa: SIM905 - a list of these would take a hundred lines
)
"""English words without a meaning of their own. "not", "no", "may", "must", "should" and the like are not here."""

_WORD = re.compile(r"[^\W_]|[%£$€§]")
_HEADER = struct.Struct("<BxHH")
_REACH = 2.8
_BLOCK = 32
"""Tokens multiplied at once: so few that BLAS keeps to the calling thread. Its other threads would spin for some time
after each product, and take the processor from the embedding model."""

_BLOCKS_AT_ONCE = 16
"""So few that their floats stay in the processor's cache."""


class PackedTokens:
    """The token vectors of several passages as they are stored, one under another.

    `sentence`: int32 (tokens,), which of its passage's sentences (from 0) each token stands in, -1 for tokens of the
    context in front. `passage`: int32 (tokens,), ascending, the position of the passage in what was given.
    """

    def __init__(self, packed: Sequence[bytes]) -> None:
        """`packed` as `pack` made them; empty bytes for a passage of which nothing is known.

        Raises:
            LibraryDamaged: one is not what `pack` of this version makes, or their vectors differ in length.
        """
        counts, self._dimensions = _measured(packed)
        factors, sentences, codes = [], [], []
        for blob, count in zip(packed, counts, strict=True):
            view, first = memoryview(blob), _HEADER.size
            factors.append(view[first : first + 2 * count])
            sentences.append(view[first + 2 * count : first + 4 * count])
            codes.append(view[first + 4 * count :])
        width = (self._dimensions + 1) // 2
        self._factors = np.frombuffer(b"".join(factors), dtype="<f2").astype(np.float32)
        # Filled up to whole blocks, so that one call multiplies several.
        codes.append(memoryview(bytes(-len(self._factors) % _BLOCK * width)))
        self._codes = np.frombuffer(b"".join(codes), dtype=np.uint8).reshape(-1, _BLOCK, max(1, width))
        self.sentence: NDArray[np.int32] = np.frombuffer(b"".join(sentences), dtype="<i2").astype(np.int32)
        self.passage: NDArray[np.int32] = np.repeat(np.arange(len(counts), dtype=np.int32), counts)

    def similarity(self, tokens: NDArray[np.float32]) -> NDArray[np.float32]:
        """Cosines to a thousandth, float32 (tokens here, `tokens`), where the rows of `tokens` have length 1.

        The two numbers in a byte are multiplied as they are, with the even and the odd components; what all numbers
        have in common (the middle of the grid, the factor) is put right afterwards, on the small product. So no vector
        is ever unpacked, and fifty passages take a millisecond.
        """
        if not len(self._factors):
            return np.zeros((0, len(tokens)), dtype=np.float32)
        even = np.ascontiguousarray(tokens[:, 0::2].T)
        odd = np.zeros_like(even)
        odd[: self._dimensions // 2] = tokens[:, 1::2].T / 16
        blocks = np.empty((len(self._codes), _BLOCK, len(tokens)), dtype=np.float32)
        for first in range(0, len(blocks), _BLOCKS_AT_ONCE):
            codes, part = self._codes[first : first + _BLOCKS_AT_ONCE], blocks[first : first + _BLOCKS_AT_ONCE]
            np.matmul((codes & 15).astype(np.float32), even, out=part)
            part += (codes & 240).astype(np.float32) @ odd
        found: NDArray[np.float32] = blocks.reshape(-1, len(tokens))[: len(self._factors)]
        found -= np.float32(7.5) * tokens.sum(axis=1)
        found *= self._factors[:, None]
        return found


def pack(encoded: Encoded, text: str, body_start: int, sentences: Sequence[Span]) -> bytes:
    """The token vectors of one embedded text.

    `text` is what was embedded: the passage's context, a line break, its body; `body_start` is where the body
    begins. `sentences` are spans into the body (from 0), in order.
    """
    kept = _carrying(text, encoded.offsets)
    vectors = encoded.tokens[kept]
    starts = encoded.offsets[kept, 0] - body_start
    sentence = np.searchsorted([one.start for one in sentences], starts, side="right") - 1
    codes, factors = _quantised(vectors)
    header = _HEADER.pack(VERSION, encoded.tokens.shape[1], len(vectors))
    return b"".join((header, factors.tobytes(), sentence.astype("<i2").tobytes(), codes.tobytes()))


def _carrying(text: str, offsets: NDArray[np.int32]) -> NDArray[np.bool_]:
    """For each token, whether it carries something: not punctuation, and not a stop word standing by itself.

    A piece of a longer word ("a" in "Dahu|a") may look like a stop word; it touches another piece and is kept.
    """
    pieces = [text[first:last].strip().casefold() for first, last in offsets.tolist()]
    word = np.array([piece.isalnum() or _WORD.search(piece) is not None for piece in pieces], dtype=bool)
    stop = np.array([piece in STOP_WORDS for piece in pieces], dtype=bool)
    touching = (offsets[1:, 0] == offsets[:-1, 1]) & word[1:] & word[:-1]
    inside = np.concatenate([touching, [False]]) | np.concatenate([[False], touching])
    kept: NDArray[np.bool_] = word & ~(stop & ~inside[: len(pieces)])
    return kept


def _quantised(vectors: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
    count, dimensions = vectors.shape
    steps = np.full((count, dimensions + dimensions % 2), 8, dtype=np.float32)
    np.multiply(vectors, np.float32(8 * dimensions**0.5 / _REACH), out=steps[:, :dimensions])
    steps[:, :dimensions] += 8
    np.clip(steps, 0, 15, out=steps)
    codes = steps.astype(np.uint8)
    levels = codes[:, :dimensions].astype(np.float32) - np.float32(7.5)
    factors = 1 / np.sqrt(np.einsum("ij,ij->i", levels, levels))
    couples = codes.view("<u2")
    return (couples | (couples >> 4)).astype(np.uint8), factors.astype("<f2")


def _measured(packed: Sequence[bytes]) -> tuple[list[int], int]:
    counts, lengths = [], set()
    for blob in packed:
        if not blob:
            counts.append(0)
            continue
        version, dimensions, count = _HEADER.unpack_from(blob) if len(blob) >= _HEADER.size else (0, 0, 0)
        expected = _HEADER.size + count * (4 + (dimensions + 1) // 2)
        if version != VERSION or len(blob) != expected:
            raise _damaged()
        counts.append(count)
        lengths.add(dimensions)
    if len(lengths) > 1:
        raise _damaged()
    return counts, lengths.pop() if lengths else 0


def _damaged() -> LibraryDamaged:
    return LibraryDamaged(
        "The stored token vectors cannot be read.", remedy="Make them anew with: briefing library rebuild"
    )
