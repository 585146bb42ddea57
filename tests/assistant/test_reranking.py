from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.reranking import match
from assistant.wording import content_words
from ingest.embedding import StableEmbedder

if TYPE_CHECKING:
    from numpy.typing import NDArray

EMBEDDER = StableEmbedder()


@dataclass(frozen=True)
class Tokens:
    """Tokens of passages as floats; see `passages`."""

    vectors: NDArray[np.float32]
    sentence: NDArray[np.int32]
    passage: NDArray[np.int32]

    def similarity(self, tokens: NDArray[np.float32]) -> NDArray[np.float32]:
        return self.vectors @ tokens.T


def passages(*given: tuple[str, ...], first_sentence: int = 0) -> Tokens:
    vectors, sentence, passage = [np.zeros((0, 64), np.float32)], list[int](), list[int]()
    for place, sentences in enumerate(given):
        for number, text in enumerate(sentences, start=first_sentence):
            vectors.append(EMBEDDER.encode([text])[0].tokens)
            sentence += [number] * len(vectors[-1])
            passage += [place] * len(vectors[-1])
    return Tokens(np.concatenate(vectors), np.array(sentence, np.int32), np.array(passage, np.int32))


def test_each_word_is_met_by_the_sentence_that_holds_it() -> None:
    question = "fine cameras"
    found = match(
        EMBEDDER.encode([question])[0],
        content_words(question),
        passages(("the fine was paid", "the cameras stay"), ("nothing of the kind",)),
        [2, 1],
    )
    assert found.passage[0].round(3).tolist() == [1.0, 1.0]
    assert (found.passage[1] < 0.6).all()
    assert found.sentence[0].argmax(axis=0).tolist() == [0, 1]
    assert found.sentence[1].shape == (1, 2)


def test_tokens_of_the_context_count_for_the_passage_and_for_no_sentence() -> None:
    question = "fine"
    context = passages(("fine",), first_sentence=-1)
    found = match(EMBEDDER.encode([question])[0], content_words(question), context, [1])
    assert found.passage[0, 0] > 0.99
    assert found.sentence[0].tolist() == [[0.0]]


def test_no_candidates_give_empty_matches() -> None:
    found = match(EMBEDDER.encode(["fine"])[0], content_words("fine"), passages(), [])
    assert found.passage.shape == (0, 1)
    assert found.sentence == ()


def test_a_passage_without_kept_tokens_matches_nothing() -> None:
    found = match(EMBEDDER.encode(["fine"])[0], content_words("fine"), passages((), ("the fine",)), [1, 1])
    assert found.passage[0, 0] == -1.0
    assert found.passage[1, 0] > 0.99


def test_a_phrase_of_the_question_counts_for_more_than_its_words_scattered() -> None:
    question = "annual general meeting"
    body = passages(("annual general meeting",), ("annual budget, general terms, meeting rooms",))
    found = match(EMBEDDER.encode([question])[0], content_words(question), body, [1, 1])
    assert found.passage[0].round(2).tolist() == found.passage[1].round(2).tolist()
    assert (found.phrases[0] > found.phrases[1]).all()
    assert found.phrases.max() <= 1.001


def test_small_words_of_the_question_do_not_part_a_phrase() -> None:
    question = "opinion of the court"
    body = passages(("opinion court",), ("court opinion",))
    found = match(EMBEDDER.encode([question])[0], content_words(question), body, [1, 1])
    assert (found.phrases[0] > found.phrases[1]).all()


def test_a_phrase_does_not_run_from_one_passage_into_the_next() -> None:
    question = "closing date"
    body = passages(("nothing closing",), ("date unknown",))
    found = match(EMBEDDER.encode([question])[0], content_words(question), body, [1, 1])
    assert found.phrases.max() <= 0.51
