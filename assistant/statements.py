"""From passages to sentences: how well each sentence of the best passages answers the words of the question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assistant.attribution import attribute
from assistant.evidence import Hit, Statement
from assistant.wording import stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assistant.question import QuestionView
    from ingest.ledger.records import PassageRecord

MONTHS = "January February March April May June July August September October November December".split()

FLOOR, CEILING = 0.45, 0.85
"""Token similarities below the first say nothing, above the second as much as the same word would; between the
two a match grows in proportion. Cosines of unrelated words in all-MiniLM-L6-v2 lie around .2 to .45."""

SOFT_CAP = 0.9
"""A near word is never worth as much as the word itself."""


def statements(
    view: QuestionView,
    hits: Sequence[Hit],
    sentence_matches: Sequence[NDArray[np.float32]],
    passage_matches: NDArray[np.float32],
    weights: NDArray[np.float32],
) -> tuple[Statement, ...]:
    """Every sentence of `hits`, best first; ties by passage id and place.

    `sentence_matches[i]` is float32 (sentences of hit i, words of the question), `passage_matches` float32
    (hits, words), both as raw similarities; `weights` float32 (words,), summing to 1.
    """
    found: list[Statement] = []
    for hit, raw, whole in zip(hits, sentence_matches, passage_matches, strict=True):
        found.extend(_of_hit(view, hit, _soften(raw), _soften(whole), weights))
    return tuple(sorted(found, key=lambda one: (-round(one.score, 6), one.passage.id, one.start)))


def _soften(similarity: NDArray[np.float32]) -> NDArray[np.float32]:
    scaled: NDArray[np.float32] = np.clip((similarity - FLOOR) / (CEILING - FLOOR), 0.0, 1.0) * SOFT_CAP
    return scaled.astype(np.float32)


def _of_hit(
    view: QuestionView,
    hit: Hit,
    soft: NDArray[np.float32],
    context: NDArray[np.float32],
    weights: NDArray[np.float32],
) -> list[Statement]:
    passage = hit.passage
    texts = sentence_texts(passage)
    wanted = [word.stem for word in view.words]
    around = stems(_surroundings(passage))
    exact = np.array([[stem in stems(text) for stem in wanted] for text in texts], dtype=np.float32)
    exact = exact.reshape(len(texts), len(wanted))
    matched = np.maximum(soft, exact)
    whole = np.maximum.reduce(
        [context, matched.max(axis=0, initial=0.0), np.array([stem in around for stem in wanted], np.float32)]
    )
    coverage = matched @ weights if weights.size else np.zeros(len(texts), np.float32)
    lent = np.maximum(matched, whole * 0.5) @ weights if weights.size else coverage
    return [
        Statement(
            passage=passage,
            index=i,
            start=span.start,
            end=span.end,
            text=texts[i],
            score=0.45 * float(coverage[i]) + 0.25 * float(lent[i]) + 0.3 * hit.score,
            coverage=float(coverage[i]),
            match=tuple(matched[i].tolist()),
            context_match=tuple(whole.tolist()),
            hit_score=hit.score,
            attribution=attribute(texts, i),
        )
        for i, span in enumerate(passage.sentences)
    ]


def _surroundings(passage: PassageRecord) -> str:
    """What a reader of the passage knows from elsewhere: title, headings, publisher, author, date in words."""
    metadata = passage.document.metadata
    known = (metadata.title, metadata.publisher, metadata.author, metadata.source_type, *passage.heading_path)
    return " ".join((*filter(None, known), _in_words(metadata.published or "")))


def _in_words(published: str) -> str:
    """The date as people write it: 2022-04-11 is "2022 April 11", 2022 is "2022"."""
    year, *rest = published.split("-")
    month = [MONTHS[int(rest[0]) - 1]] if rest and rest[0].isdigit() and 1 <= int(rest[0]) <= 12 else []
    return " ".join([year, *month, *(part.lstrip("0") for part in rest[1:2])])


def sentence_texts(passage: PassageRecord) -> list[str]:
    """The passage's sentences, in order, in the source's own words."""
    return [passage.text[span.start - passage.start : span.end - passage.start] for span in passage.sentences]
