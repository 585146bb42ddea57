from __future__ import annotations

import numpy as np

from assistant.reranking import match
from assistant.wording import content_words
from ingest.embedding import StableEmbedder
from ingest.ledger.records import TokenVectors

EMBEDDER = StableEmbedder()


def vectors(*sentences: str) -> TokenVectors:
    parts = [EMBEDDER.encode([sentence])[0].tokens for sentence in sentences]
    return TokenVectors(np.concatenate(parts), np.repeat(np.arange(len(parts)), [len(part) for part in parts]))


def test_each_word_is_met_by_the_sentence_that_holds_it() -> None:
    question = "fine cameras"
    found = match(
        EMBEDDER.encode([question])[0],
        content_words(question),
        [vectors("the fine was paid", "the cameras stay"), vectors("nothing of the kind")],
        [2, 1],
    )
    assert found.passage[0].round(3).tolist() == [1.0, 1.0]
    assert (found.passage[1] < 0.6).all()
    assert found.sentence[0].argmax(axis=0).tolist() == [0, 1]
    assert found.sentence[1].shape == (1, 2)


def test_tokens_of_the_context_count_for_the_passage_and_for_no_sentence() -> None:
    question = "fine"
    context = vectors("fine")
    body = TokenVectors(context.vectors, np.array([-1]))
    found = match(EMBEDDER.encode([question])[0], content_words(question), [body], [1])
    assert found.passage[0, 0] > 0.99
    assert found.sentence[0].tolist() == [[0.0]]


def test_no_candidates_give_empty_matches() -> None:
    found = match(EMBEDDER.encode(["fine"])[0], content_words("fine"), [], [])
    assert found.passage.shape == (0, 1)
    assert found.sentence == ()


def test_a_passage_without_kept_tokens_matches_nothing() -> None:
    empty = TokenVectors(np.zeros((0, 64), np.float32), np.zeros(0, np.int32))
    found = match(EMBEDDER.encode(["fine"])[0], content_words("fine"), [empty, vectors("the fine")], [1, 1])
    assert found.passage[0, 0] == -1.0
    assert found.passage[1, 0] > 0.99
