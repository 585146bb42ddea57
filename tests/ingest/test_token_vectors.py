from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.documents import Span
from ingest.embedding import Encoded, StableEmbedder
from ingest.errors import LibraryDamaged
from ingest.token_vectors import STOP_WORDS, PackedTokens, pack

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


# --- what is kept, and at what cost


def pieces(text: str, *spans: tuple[int, int]) -> PackedTokens:
    """Packed as the tokens `spans` of one sentence."""
    tokens = StableEmbedder(24).encode(["word"])[0].tokens.repeat(len(spans), axis=0)
    encoded = Encoded(tokens[0], tokens, np.array(spans, dtype=np.int32))
    return PackedTokens([pack(encoded, text, 0, [Span(0, len(text))])])


@pytest.mark.parametrize("word", ["not", "no", "never", "may", "must", "should", "shall", "could", "5", "£", "%", "§"])
def test_what_turns_the_sense_of_a_sentence_is_kept(word: str) -> None:
    assert word not in STOP_WORDS
    assert len(pieces(word, (0, len(word))).sentence) == 1


def test_punctuation_is_left_out() -> None:
    assert len(pieces("? _ “", (0, 1), (2, 3), (4, 5)).sentence) == 0


def test_a_piece_of_a_longer_word_is_kept_though_it_looks_like_a_stop_word() -> None:
    assert len(pieces("Dahua a", (0, 4), (4, 5), (6, 7)).sentence) == 2


@pytest.mark.parametrize(("dimensions", "room"), [(384, 192), (47, 24)])
def test_a_token_takes_four_bits_a_number_and_four_bytes(dimensions: int, room: int) -> None:
    assert len(packed(dimensions)) == 6 + len(WORDS_KEPT) * (4 + room)


def test_a_text_without_words_has_no_tokens() -> None:
    nothing = Encoded(np.ones(8, np.float32), np.empty((0, 8), np.float32), np.empty((0, 2), np.int32))
    assert PackedTokens([pack(nothing, "", 0, [])]).similarity(np.eye(8, dtype=np.float32)).shape == (0, 8)


@settings(deadline=None, max_examples=60)
@given(
    count=st.integers(1, 20),
    dimensions=st.integers(3, 70),
    seed=st.integers(0, 2**32 - 1),
    spread=st.sampled_from([0.01, 1.0, 30.0]),
)
def test_any_unit_vectors_survive_packing(count: int, dimensions: int, seed: int, spread: float) -> None:
    random = np.random.default_rng(seed)
    tokens = random.standard_normal((count, dimensions)) * np.exp(spread * random.standard_normal(dimensions) / 10)
    tokens = (tokens / np.linalg.norm(tokens, axis=1, keepdims=True)).astype(np.float32)
    encoded = Encoded(tokens[0], tokens, np.array([(n, n + 1) for n in range(count)], dtype=np.int32))
    made = PackedTokens([pack(encoded, "x" * count, 0, [Span(n, n + 1) for n in range(count)])])
    kept = made.similarity(np.eye(dimensions, dtype=np.float32))
    assert made.sentence.tolist() == list(range(count))
    assert np.abs(np.linalg.norm(kept, axis=1) - 1).max() < 2e-3
    # Evenly spread components lose little; a vector that is nearly one axis is held to the grid's reach.
    cosines = np.einsum("ij,ij->i", kept, tokens)
    assert cosines.min() > (0.95 if spread == 0.01 and dimensions > 30 else 0.3)
