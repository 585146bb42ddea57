"""From a question to passages: by meaning and by words, fused, then re-ranked by late interaction over phrases.

`search` reads top to bottom: who could answer (candidates of both indexes), how well does each (signals),
in which order (blend), and which of their sentences (statements).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from assistant.aligning import aligned
from assistant.domain import Searched
from assistant.evidence import Evidence, FoundBy, Hit
from assistant.pairs import pair_scores
from assistant.question import view
from assistant.reranking import Matches, match
from assistant.spelling import candidates, respellings, rewritten
from assistant.statements import by_subject, statements

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assistant.domain import Question
    from assistant.question import QuestionView
    from assistant.settings import RetrievalSettings
    from assistant.spelling import Respelt
    from ingest.embedding import Encoded
    from ingest.ledger.records import PassageRecord
    from ingest.library import Library


SMALL_LIBRARY = 200
"""With this many passages, how rare a word is in the library counts half."""

PAIRS_FROM = 40
"""Passages, best first by the other signals, in which pairs of words are counted."""


class Retriever(Protocol):
    """Finds evidence for a question."""

    def search(self, question: Question) -> Evidence:
        """Best passages and statements first, possibly none."""
        ...


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Live passages with the cosine and BM25 score of each; 0 where an index did not find it."""

    passages: list[PassageRecord]
    cosine: NDArray[np.float32]
    words: NDArray[np.float32]
    found_by: list[tuple[FoundBy, ...]]


@dataclass(frozen=True, slots=True)
class _Ranked:
    """Hits best first; `order` gives the place of each among the passages that `matches` holds."""

    hits: list[Hit]
    order: list[int]
    matches: Matches
    weights: NDArray[np.float32]

    def ordered_by(self, ids: Sequence[str]) -> _Ranked:
        """The same with the passages of `ids` in front, in their order."""
        place = {passage: number for number, passage in reversed(list(enumerate(ids)))}
        ranks = [place.get(hit.passage.id, len(ids)) for hit in self.hits]
        new = sorted(range(len(ranks)), key=lambda at: (ranks[at], at))
        return replace(self, hits=[self.hits[at] for at in new], order=[self.order[at] for at in new])


class HybridRetriever:
    """Chroma and full text over one library, blended with idf-weighted MaxSim over phrases.

    The order is a weighted sum of four signals, each scaled to [0, 1] over the candidates (convex combination, Bruch et
    al. 2023): meaning (cosine), words (BM25), phrases (`reranking.Matches.phrases`) and pairs (`pairs.pair_scores`).
    A fifth, late, is the plain MaxSim; it has no part in the order and tells how much of the question a passage
    speaks of.
    """

    def __init__(self, library: Library, settings: RetrievalSettings) -> None:
        self._library = library
        self._settings = settings

    def search(self, question: Question) -> Evidence:
        """See `Retriever`. Costs one query embedding, one index query, one full-text query; twice that with a context.

        A question with a word that the library does not know is searched again where the library writes it otherwise.
        """
        with self._library.ledger.one_state():
            found = self._evidence(question)
            readings = self._readings(question, found)
            if not readings:
                return found
            respelt = question.model_copy(update={"text": rewritten(question.text, readings)})
            return replace(self._evidence(respelt), respelt=readings)

    def _readings(self, question: Question, found: Evidence) -> tuple[Respelt, ...]:
        """How the library writes words of the question that it does not know."""
        asked = candidates(question.text)
        if not asked or not found.hits:
            return ()
        _, known = self._library.ledger.word_frequencies(asked)
        unknown = [word for word in asked if not known.get(word)]
        return respellings(unknown, (_with_headings(hit.passage) for hit in found.hits)) if unknown else ()

    def _evidence(self, question: Question) -> Evidence:
        seen = view(question.text)
        documents, passages = self._library.ledger.counts(question.scope)
        searched = Searched(documents=documents, passages=passages)
        if not passages:
            return Evidence(seen, question.scope, searched)
        wide = self._in_context(question)
        ranked = self._ranked(question, seen, wide)
        if ranked is None:
            return Evidence(seen, question.scope, searched)
        if wide:
            ranked = ranked.ordered_by(wide)
        kept = ranked.order[: self._settings.statements_from]
        telling = by_subject(seen, ranked.weights)
        hits = tuple(ranked.hits)
        found = aligned(seen, hits, statements(seen, hits[: len(kept)], ranked.matches, kept, telling))
        return Evidence(seen, question.scope, searched, hits, found, tuple(float(weight) for weight in telling))

    def _in_context(self, question: Question) -> list[str]:
        """Ids of passages by how well they meet the question together with its context; none without a context.

        The context says where to look, not what is asked: signals and statements are those of the question alone.
        """
        if not question.context:
            return []
        wide = question.model_copy(update={"text": f"{question.text} ({question.context})", "context": ""})
        ranked = self._ranked(wide, view(wide.text))
        return [hit.passage.id for hit in ranked.hits] if ranked is not None else []

    def _ranked(self, question: Question, seen: QuestionView, also: Sequence[str] = ()) -> _Ranked | None:
        """Passages in the order of the blend, those of `also` among them; None when nothing was found."""
        encoded = self._library.embedder.encode_query(question.text)
        candidates = self._candidates(question, seen, encoded, also)
        if not candidates.passages:
            return None
        weights = self._rarity(seen)
        matches = self._matches(seen, encoded, candidates)
        return _Ranked(*self._blend(seen, candidates, matches, weights), matches, weights)

    def _candidates(
        self, question: Question, seen: QuestionView, encoded: Encoded, also: Sequence[str] = ()
    ) -> _Candidates:
        limit = self._settings.candidates
        near = dict(self._library.nearest(encoded.vector, limit, question.scope))
        words = list(dict.fromkeys(word.text for word in seen.words)) or question.text.split()
        text = {hit.passage_id: hit.score for hit in self._library.ledger.search_text(words, limit, question.scope)}
        passages = self._library.ledger.passages(list(dict.fromkeys((*near, *text, *also))))
        absent = [passage.id for passage in passages if passage.id not in near]
        if absent:
            vectors = self._library.ledger.vectors(absent)
            near |= dict(zip(absent, (vectors @ encoded.vector).tolist(), strict=True))
        return _Candidates(
            passages,
            np.array([near.get(passage.id, 0.0) for passage in passages], dtype=np.float32),
            np.array([text.get(passage.id, 0.0) for passage in passages], dtype=np.float32),
            [_found_by(passage.id in text, passage.id not in absent) for passage in passages],
        )

    def _rarity(self, seen: QuestionView) -> NDArray[np.float32]:
        """Inverse passage frequency of each content word (Robertson), summing to 1.

        A small library cannot tell a rare word from a common one, so there the words count nearly alike.
        """
        total, frequency = self._library.ledger.word_frequencies([word.text for word in seen.words])
        if not seen.words:
            return np.zeros(0, dtype=np.float32)
        found = np.array([frequency.get(word.text, 0) for word in seen.words], dtype=np.float32)
        rarity = np.log(1 + (total - found + 0.5) / (found + 0.5))
        trust = total / (total + SMALL_LIBRARY)
        weights = trust * rarity / max(float(rarity.max()), 1e-6) + (1 - trust)
        return np.asarray(weights / weights.sum(), dtype=np.float32)

    def _matches(self, seen: QuestionView, encoded: Encoded, candidates: _Candidates) -> Matches:
        return match(
            encoded,
            seen.words,
            self._library.ledger.token_vectors([passage.id for passage in candidates.passages]),
            [len(passage.sentences) for passage in candidates.passages],
        )

    def _blend(
        self, seen: QuestionView, candidates: _Candidates, matches: Matches, weights: NDArray[np.float32]
    ) -> tuple[list[Hit], list[int]]:
        settings = self._settings
        # Vectorised products may raise the processor's "invalid" flag for lanes they do not use; the figures are finite.
        with np.errstate(invalid="ignore"):
            late = matches.passage @ weights if weights.size else matches.spread
            phrases = matches.phrases @ weights if weights.size else matches.spread
        signals = {"meaning": candidates.cosine, "words": candidates.words, "late": late, "phrases": phrases}
        score = (
            settings.weight_meaning * _unit(candidates.cosine)
            + settings.weight_words * _unit(candidates.words)
            + settings.weight_phrases * _unit(phrases)
        )
        signals["pairs"] = self._pairs(seen, candidates, weights, np.argsort(-score, kind="stable")[:PAIRS_FROM])
        score += settings.weight_pairs * _unit(signals["pairs"])
        ids = [passage.id for passage in candidates.passages]
        order = sorted(range(len(ids)), key=lambda i: (-round(float(score[i]), 6), ids[i]))
        hits = [
            Hit(
                candidates.passages[i],
                float(score[i]),
                candidates.found_by[i],
                {name: round(float(values[i]), 4) for name, values in signals.items()},
            )
            for i in order
        ]
        return hits, order

    def _pairs(
        self, seen: QuestionView, candidates: _Candidates, weights: NDArray[np.float32], promising: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """Reading text is slower than comparing vectors, so only the promising passages are read; 0 for the others."""
        pairs = np.zeros(len(candidates.passages), dtype=np.float32)
        texts = [_with_headings(candidates.passages[i]) for i in promising]
        pairs[promising] = pair_scores(seen.words, weights, texts)
        return pairs


def _found_by(words: bool, meaning: bool) -> tuple[FoundBy, ...]:
    found: list[FoundBy] = []
    if meaning:
        found.append("meaning")
    if words:
        found.append("words")
    return tuple(found)


def _with_headings(passage: PassageRecord) -> str:
    return "\n".join((passage.document.metadata.title or "", *passage.heading_path, passage.text))


def _unit(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scaled to [0, 1] over the candidates of one question; all zero when they do not differ."""
    low, high = float(values.min()), float(values.max())
    return (values - low) / (high - low) if high > low else np.zeros_like(values)


def ids(hits: Sequence[Hit]) -> tuple[str, ...]:
    """Passage ids of `hits`, in order."""
    return tuple(hit.passage.id for hit in hits)
