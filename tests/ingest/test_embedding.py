from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.embedding import StableEmbedder


def test_equal_text_has_an_equal_vector_in_every_process() -> None:
    code = "from ingest.embedding import StableEmbedder as S; print(S(16).encode(['a word'])[0].vector.tobytes().hex())"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.strip() == StableEmbedder(16).encode(["a word"])[0].vector.tobytes().hex()


def test_texts_that_share_words_are_near_and_others_are_not() -> None:
    asked, near, far = (one.vector for one in StableEmbedder().encode(["red cars", "red buses", "blue sky"]))
    assert asked @ near > 0.3 > abs(asked @ far)


def test_a_question_is_encoded_as_a_passage_is() -> None:
    one = StableEmbedder()
    assert np.array_equal(one.encode_query("red cars").vector, one.encode(["red cars"])[0].vector)


def test_the_texts_it_was_given_are_recorded() -> None:
    one = StableEmbedder()
    one.encode(["a", "b"])
    one.encode_query("c")
    assert one.seen == ["a", "b", "c"]


def test_the_fingerprint_tells_lengths_apart() -> None:
    assert StableEmbedder(8).fingerprint != StableEmbedder(16).fingerprint


def test_no_texts_are_no_vectors() -> None:
    assert StableEmbedder().encode([]) == []


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=80))
def test_every_text_has_a_unit_vector_and_offsets_of_its_words(text: str) -> None:
    one = StableEmbedder(8).encode([text])[0]
    assert np.linalg.norm(one.vector) == pytest.approx(1, abs=1e-5)
    assert len(one.tokens) == len(one.offsets) >= 1
    assert all(0 <= start <= end <= len(text) for start, end in one.offsets.tolist())
