"""Late interaction: how well each question word is met by each sentence of each candidate passage.

Method: ColBERT's MaxSim (Khattab and Zaharia 2020) over the token vectors of the library's own embedding model,
each question word weighted by its rarity in the library. The token vectors were kept at ingest, so nothing is
encoded here but the question.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assistant.wording import Word
    from ingest.embedding import Encoded
    from ingest.ledger.records import TokenVectors


@dataclass(frozen=True, slots=True)
class Matches:
    """Similarity of question words to passages and sentences.

    `passage`: float32 (passages, words), the best token of the passage with its context, in about [-1, 1].
    `sentence`: for each passage a float32 array (sentences, words). `spread`: float32 (passages,), MaxSim over
    every token of the question, function words included, unweighted.
    """

    passage: NDArray[np.float32]
    sentence: tuple[NDArray[np.float32], ...]
    spread: NDArray[np.float32]


def token_weights(question: Encoded, words: Sequence[Word]) -> NDArray[np.float32]:
    """Which tokens make up which word: float32 (words, tokens), rows summing to 1, all zero where none was kept."""
    starts, ends = question.offsets[:, 0], question.offsets[:, 1]
    table = np.zeros((len(words), len(starts)), dtype=np.float32)
    for row, word in enumerate(words):
        inside = (starts < word.end) & (ends > word.start)
        if inside.any():
            table[row, inside] = 1.0 / inside.sum()
    return table


def match(
    question: Encoded, words: Sequence[Word], passages: Sequence[TokenVectors], sentences: Sequence[int]
) -> Matches:
    """Compare the question with `passages`; `sentences` says how many sentences each of them has."""
    weights = token_weights(question, words)
    tokens = question.tokens.shape[0]
    if not passages:
        return Matches(np.zeros((0, len(words)), np.float32), (), np.zeros(0, np.float32))
    lengths = np.array([part.vectors.shape[0] for part in passages])
    similarity = np.concatenate([part.vectors for part in passages]) @ question.tokens.T
    groups = np.concatenate([part.sentence for part in passages])
    owner = np.repeat(np.arange(len(passages)), lengths)
    change = np.flatnonzero((np.diff(owner) != 0) | (np.diff(groups) != 0)) + 1
    starts = np.concatenate(([0], change)) if len(owner) else np.zeros(0, int)
    best = np.maximum.reduceat(similarity, starts, axis=0) if len(starts) else np.zeros((0, tokens), np.float32)
    return _gather(best, owner[starts], groups[starts], weights, sentences)


def _gather(
    best: NDArray[np.float32],
    owner: NDArray[np.int64],
    group: NDArray[np.int64],
    weights: NDArray[np.float32],
    sentences: Sequence[int],
) -> Matches:
    tokens = best.shape[1]
    whole = np.full((len(sentences), tokens), -1.0, dtype=np.float32)
    np.maximum.at(whole, owner, best)
    by_word = best @ weights.T
    offsets = np.concatenate(([0], np.cumsum(np.asarray(sentences, dtype=int))))
    table = np.zeros((int(offsets[-1]), weights.shape[0]), dtype=np.float32)
    inside = (group >= 0) & (group < np.asarray(sentences)[owner])
    table[offsets[owner[inside]] + group[inside]] = by_word[inside]
    return Matches(
        passage=whole @ weights.T,
        sentence=tuple(table[offsets[i] : offsets[i + 1]] for i in range(len(sentences))),
        spread=whole.mean(axis=1) if tokens else np.zeros(len(sentences), np.float32),
    )
