from __future__ import annotations

import numpy as np
import pytest

from ingest.documents import Span
from ingest.embedding import StableEmbedder
from ingest.errors import LibraryDamaged
from ingest.token_vectors import PackedTokens, pack

CONTEXT = "Letter"
BODY = "Dahua denied it. The fine was not paid."
SENTENCES = [Span(0, 16), Span(17, 39)]
WORDS_KEPT = ["Letter", "Dahua", "denied", "fine", "not", "paid"]


def packed(dimensions: int = 64) -> bytes:
    text = f"{CONTEXT}\n{BODY}"
    return pack(StableEmbedder(dimensions).encode([text])[0], text, len(CONTEXT) + 1, SENTENCES)


def directions(words: list[str], dimensions: int = 64) -> np.ndarray:
    embedder = StableEmbedder(dimensions)
    return np.concatenate([embedder.encode([word])[0].tokens for word in words])


def test_words_that_carry_meaning_are_kept_with_the_sentence_they_stand_in() -> None:
    kept = PackedTokens([packed()])
    assert kept.sentence.tolist() == [-1, 0, 0, 1, 1, 1]
    assert kept.similarity(directions(WORDS_KEPT)).argmax(axis=1).tolist() == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("dimensions", [63, 64, 384])
def test_similarities_are_those_of_the_vectors_that_were_packed(dimensions: int) -> None:
    question = directions(["fine", "cameras", "Dahua"], dimensions)
    found = PackedTokens([packed(dimensions)]).similarity(question)
    exact = directions(WORDS_KEPT, dimensions) @ question.T
    assert np.abs(found - exact).max() < 0.03


def test_several_passages_stand_one_under_another_and_an_unknown_one_has_no_tokens() -> None:
    several = PackedTokens([packed(), b"", packed()])
    assert np.bincount(several.passage, minlength=3).tolist() == [6, 0, 6]
    found = several.similarity(directions(["fine"]))
    assert found[:6].tolist() == found[6:].tolist()


def test_many_tokens_are_compared_as_few_are() -> None:
    question = directions(WORDS_KEPT)
    once, often = PackedTokens([packed()]), PackedTokens([packed()] * 300)
    assert np.allclose(often.similarity(question), np.tile(once.similarity(question), (300, 1)), atol=1e-6)


def test_no_passages_have_no_similarities() -> None:
    assert PackedTokens([]).similarity(directions(["fine"])).shape == (0, 1)


@pytest.mark.parametrize("damaged", [b"x", b"\x02" + packed()[1:], packed()[:-1]])
def test_damaged_token_vectors_are_refused(damaged: bytes) -> None:
    with pytest.raises(LibraryDamaged, match="token vectors cannot be read"):
        PackedTokens([damaged])


def test_vectors_of_two_lengths_are_refused() -> None:
    with pytest.raises(LibraryDamaged):
        PackedTokens([packed(64), packed(32)])
