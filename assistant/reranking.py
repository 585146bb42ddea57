"""Late interaction: how well each question word is met by each sentence of each candidate passage.

Method: ColBERT's MaxSim (Khattab and Zaharia 2020) over the token vectors of the library's own embedding model,
each question word weighted by its rarity in the library. The token vectors were kept at ingest, so nothing is
encoded here but the question.

Passages are put in order by a MaxSim over phrases: a token of the passage meets a word of the question as well as it
does itself and as its neighbours meet the neighbours of that word. It is the ordered-phrase feature of the sequential
dependence model (Metzler and Croft 2005) on soft matches, as in Conv-KNRM (Dai et al. 2018), with nothing trained.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assistant.wording import Word
    from ingest.embedding import Encoded


@dataclass(frozen=True, slots=True)
class Matches:
    """Similarity of question words to passages and sentences.

    `passage`: float32 (passages, words), the best token of the passage with its context, in about [-1, 1].
    `sentence`: for each passage a float32 array (sentences, words). `spread`: float32 (passages,), MaxSim over
    every token of the question, function words included, unweighted. `meaning`: for each passage a float32 array
    (sentences,), the mean cosine of the sentence's tokens and the whole question: how near the sentence is in
    meaning, read where it stands (late chunking, Günther et al. 2024). `phrases`: float32 (passages, words), how well
    each word is met together with its neighbours, in [0, 1]; a lone word in other company gives at most a half.
    """

    passage: NDArray[np.float32]
    sentence: tuple[NDArray[np.float32], ...]
    spread: NDArray[np.float32]
    meaning: tuple[NDArray[np.float32], ...]
    phrases: NDArray[np.float32]


_SHARPENED = 2
"""Similarities are raised to this power, so that one word met exactly outweighs several that are nearly met: cosines of
unrelated words in one language lie around .2 to .45."""


def token_weights(question: Encoded, words: Sequence[Word]) -> NDArray[np.float32]:
    """Which tokens make up which word: float32 (words, tokens), rows summing to 1, all zero where none was kept."""
    starts, ends = question.offsets[:, 0], question.offsets[:, 1]
    table = np.zeros((len(words), len(starts)), dtype=np.float32)
    for row, word in enumerate(words):
        inside = (starts < word.end) & (ends > word.start)
        if inside.any():
            table[row, inside] = 1.0 / inside.sum()
    return table


class PassageTokens(Protocol):
    """The tokens of several passages, one under another; `ingest.token_vectors.PackedTokens` is one."""

    @property
    def sentence(self) -> NDArray[np.int32]:
        """(tokens,): the sentence of its passage that each stands in, ascending; -1 for the context in front."""
        ...

    @property
    def passage(self) -> NDArray[np.int32]:
        """(tokens,): the position of its passage, ascending."""
        ...

    def similarity(self, tokens: NDArray[np.float32]) -> NDArray[np.float32]:
        """Cosines: float32 (tokens here, `tokens`)."""
        ...


def match(question: Encoded, words: Sequence[Word], passages: PassageTokens, sentences: Sequence[int]) -> Matches:
    """Compare the question with `passages`; `sentences` says how many sentences each of them has."""
    weights = token_weights(question, words)
    similarity = passages.similarity(np.vstack([question.tokens, question.vector]))
    owner, group = passages.passage, passages.sentence
    phrases = _phrases(similarity[:, :-1], owner, weights, len(sentences))
    starts = np.flatnonzero((np.diff(owner, prepend=-1) != 0) | (np.diff(group, prepend=-1) != 0))
    if not len(starts):
        return _gather(similarity[:, :-1], similarity[:, -1], phrases, owner, group, weights, sentences)
    best = np.maximum.reduceat(similarity[:, :-1], starts, axis=0)
    counts = np.diff(starts, append=len(owner)).astype(np.float32)
    mean = np.add.reduceat(similarity[:, -1], starts) / counts
    return _gather(best, mean.astype(np.float32), phrases, owner[starts], group[starts], weights, sentences)


def _phrases(
    similarity: NDArray[np.float32], owner: NDArray[np.int32], weights: NDArray[np.float32], passages: int
) -> NDArray[np.float32]:
    """See `Matches.phrases`. Function words are left out on both sides, so neighbours are words that carry meaning."""
    carrying = weights.any(axis=0)
    sharp = np.clip(similarity[:, carrying], 0.0, 1.0) ** _SHARPENED
    met = sharp.copy()
    if len(owner):
        within = np.float32(0.5) * (np.diff(owner) == 0).astype(np.float32)[:, None]
        met[1:, 1:] += within * sharp[:-1, :-1]
        met[:-1, :-1] += within * sharp[1:, 1:]
    best = np.zeros((passages, met.shape[1]), dtype=np.float32)
    if len(owner):
        firsts = np.flatnonzero(np.diff(owner, prepend=-1))
        best[owner[firsts]] = np.maximum.reduceat(met, firsts, axis=0) / 2
    return best @ weights[:, carrying].T


def _gather(
    best: NDArray[np.float32],
    mean: NDArray[np.float32],
    phrases: NDArray[np.float32],
    owner: NDArray[np.int32],
    group: NDArray[np.int32],
    weights: NDArray[np.float32],
    sentences: Sequence[int],
) -> Matches:
    tokens = best.shape[1]
    whole = np.full((len(sentences), tokens), -1.0, dtype=np.float32)
    if len(owner):
        firsts = np.flatnonzero(np.diff(owner, prepend=-1))
        whole[owner[firsts]] = np.maximum.reduceat(best, firsts, axis=0)
    by_word = best @ weights.T
    counts = np.asarray(sentences, dtype=np.int64)
    offsets = np.concatenate(([0], np.cumsum(counts)))
    table = np.zeros((int(offsets[-1]), weights.shape[0]), dtype=np.float32)
    inside = (group >= 0) & (group < counts[owner])
    place = offsets[owner[inside]] + group[inside]
    table[place] = by_word[inside]
    near = np.zeros(len(table), dtype=np.float32)
    near[place] = mean[inside]
    return Matches(
        passage=whole @ weights.T,
        sentence=tuple(table[offsets[i] : offsets[i + 1]] for i in range(len(counts))),
        spread=whole.mean(axis=1) if tokens else np.zeros(len(counts), np.float32),
        meaning=tuple(near[offsets[i] : offsets[i + 1]] for i in range(len(counts))),
        phrases=phrases,
    )
