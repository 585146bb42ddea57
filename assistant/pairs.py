"""Pairs of words that stand together in a question, counted in passages: what exact phrases add to soft ones.

Method: the ordered pairs of the sequential dependence model (Metzler and Croft 2005). A pair is as rare as its two words
together; its count is saturated and measured against the length of the passage as in BM25 (Robertson and Walker).
Small words are left out on both sides, so "opinion of the court" holds the pair of "court" behind "opinion".
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from assistant.wording import WORD, is_stop_word, stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assistant.wording import Word

_SATURATION, _BY_LENGTH = 1.2, 0.75
_REMEMBERED = 200_000


class _Stems(dict[str, str]):
    """The stem of a word as it is written, empty for one without meaning of its own."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = found = "" if is_stop_word(word) else stem(word)
        return found


_stems = _Stems()


def pair_scores(words: Sequence[Word], weights: NDArray[np.float32], texts: Sequence[str]) -> NDArray[np.float32]:
    """float32 (texts,), 0 where none of the pairs stands; `weights` are the rarities of `words`."""
    worth: dict[tuple[str, str], float] = {}
    for i in range(len(words) - 1):
        pair = (words[i].stem, words[i + 1].stem)
        worth[pair] = max(worth.get(pair, 0.0), float(weights[i] + weights[i + 1]))
    if not worth or not texts:
        return np.zeros(len(texts), dtype=np.float32)
    carrying = [[found for word in WORD.findall(text) if (found := _stems[word])] for text in texts]
    usual = max(1.0, sum(map(len, carrying)) / len(carrying))
    scores = [
        _score(Counter(pair for pair in zip(one, one[1:], strict=False) if pair in worth), worth, len(one) / usual)
        for one in carrying
    ]
    return np.array(scores, dtype=np.float32)


def _score(counted: Counter[tuple[str, str]], worth: dict[tuple[str, str], float], length: float) -> float:
    slow = _SATURATION * (1 - _BY_LENGTH + _BY_LENGTH * length)
    return sum(worth[pair] * count * (_SATURATION + 1) / (count + slow) for pair, count in counted.items())
