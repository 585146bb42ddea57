"""Which stored documents have nearly the same text, without comparing each with each.

MinHash (Broder 1997) over five-word shingles: the share of equal entries of two signatures estimates the
share of shingles two texts have in common. Signatures are cut into bands (locality-sensitive hashing, Indyk
and Motwani 1998); two texts are compared only when a band is equal, which at sixteen bands of four happens
to 99.98 % of the pairs that share four fifths, and to one in forty of those that share a fifth.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHINGLE_WORDS = 5
ENTRIES = 64
BAND_ENTRIES = 4
NEARLY_THE_SAME = 0.75
"""Share of shingles two texts must have in common, as estimated, to be named in a receipt."""

_SEED = 20220214
_SHINGLES_AT_ONCE = 4096


@dataclass(frozen=True, slots=True)
class Signature:
    """The MinHash of one text: `packed` is uint32 entries, `bands` one 31-bit number per band.

    Both are empty for a text of fewer than five words.
    """

    packed: bytes
    bands: tuple[int, ...]


def signature(text: str) -> Signature:
    """The signature of a text; letter case, punctuation and white space do not count."""
    words = re.findall(r"\w+", text.casefold())
    if len(words) < SHINGLE_WORDS:
        return Signature(b"", ())
    shingles = np.unique(_shingles(words))
    factors, offsets = _permutations()
    entries = np.full(ENTRIES, np.iinfo(np.uint32).max, dtype=np.uint32)
    for start in range(0, len(shingles), _SHINGLES_AT_ONCE):
        part = shingles[start : start + _SHINGLES_AT_ONCE]
        # Multiply-shift hashing (Dietzfelbinger 1997): the high half of a wrapping product is near-uniform.
        mixed = ((factors[:, None] * part[None, :] + offsets[:, None]) >> np.uint64(32)).astype(np.uint32)
        entries = np.minimum(entries, mixed.min(axis=1))
    packed = entries.astype("<u4").tobytes()
    width = BAND_ENTRIES * 4
    bands = tuple(zlib.crc32(packed[start : start + width]) & 0x7FFFFFFF for start in range(0, len(packed), width))
    return Signature(packed, bands)


def likeness(left: bytes, right: bytes) -> float:
    """Estimated share of shingles in common, from two packed signatures; 0 when either is empty."""
    if not left or not right:
        return 0.0
    return float(np.mean(np.frombuffer(left, "<u4") == np.frombuffer(right, "<u4")))


def _shingles(words: list[str]) -> NDArray[np.uint64]:
    numbers = {word: zlib.crc32(word.encode()) for word in set(words)}
    values = np.array([numbers[word] for word in words], dtype=np.uint64)
    count = len(values) - SHINGLE_WORDS + 1
    total = np.zeros(count, dtype=np.uint64)
    for place in range(SHINGLE_WORDS):
        total = total * np.uint64(0x9E3779B97F4A7C15) + values[place : place + count]
    return total ^ (total >> np.uint64(29))


@cache
def _permutations() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    numbers = np.random.default_rng(_SEED).integers(0, 2**63, size=(2, ENTRIES), dtype=np.uint64)
    return numbers[0] * np.uint64(2) + np.uint64(1), numbers[1]
