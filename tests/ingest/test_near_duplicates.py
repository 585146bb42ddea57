from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.near_duplicates import BAND_ENTRIES, ENTRIES, NEARLY_THE_SAME, SHINGLE_WORDS, likeness, signature


def words(count: int, seed: int) -> list[str]:
    draw = random.Random(seed)
    return [f"word{draw.randrange(10**6)}" for _ in range(count)]


def likeness_of(left: str, right: str) -> float:
    return likeness(signature(left).packed, signature(right).packed)


def shared(left: list[str], right: list[str]) -> float:
    """The true share of shingles in common."""
    sets = [
        {tuple(text[at : at + SHINGLE_WORDS]) for at in range(len(text) - SHINGLE_WORDS + 1)} for text in (left, right)
    ]
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1])


LETTER = " ".join(words(400, 1))


def test_the_same_text_is_wholly_alike_whatever_its_case_stops_and_line_breaks() -> None:
    other = LETTER.upper().replace(" ", ",\n", 50)
    assert signature(other) == signature(LETTER)
    assert likeness_of(LETTER, other) == 1.0


def test_texts_with_nothing_in_common_are_not_alike() -> None:
    assert likeness_of(LETTER, " ".join(words(400, 2))) < 0.1


def test_the_same_words_in_another_order_are_not_alike() -> None:
    assert likeness_of(LETTER, " ".join(reversed(LETTER.split()))) < 0.1


def test_a_corrected_date_and_an_added_line_leave_a_text_nearly_the_same() -> None:
    changed = LETTER.split()
    changed[200] = "corrected"
    assert likeness_of(LETTER, " ".join(changed) + " published again on the third of May") >= NEARLY_THE_SAME


def test_half_of_a_text_is_not_nearly_the_same() -> None:
    assert likeness_of(LETTER, " ".join(LETTER.split()[:200])) < NEARLY_THE_SAME


@pytest.mark.parametrize("replaced", [0, 4, 10, 25, 60])
def test_the_estimate_is_near_the_true_share(replaced: int) -> None:
    off = []
    for seed in range(12):
        left = words(600, seed)
        right = list(left)
        for at in random.Random(seed + 100).sample(range(600), replaced):
            right[at] = f"other{at}"
        off.append(likeness_of(" ".join(left), " ".join(right)) - shared(left, right))
    # Standard error of the mean of 12 estimates by 64 entries each is at most 0.018.
    assert abs(float(np.mean(off))) < 0.06


def test_nearly_equal_texts_meet_in_a_band_and_unlike_ones_do_not() -> None:
    met = strangers = 0
    for seed in range(60):
        left = words(500, seed)
        right = list(left)
        for at in (50, 150, 250, 350, 450):
            right[at] = "other"
        assert shared(left, right) > 0.8
        met += not set(signature(" ".join(left)).bands).isdisjoint(signature(" ".join(right)).bands)
        strangers += not set(signature(" ".join(left)).bands).isdisjoint(
            signature(" ".join(words(500, seed + 999))).bands
        )
    assert met == 60
    assert strangers == 0


@pytest.mark.parametrize("text", ["", "   ", "One two three four", "?!"])
def test_a_text_of_fewer_than_five_words_is_like_nothing(text: str) -> None:
    found = signature(text)
    assert (found.packed, found.bands) == (b"", ())
    assert likeness(found.packed, found.packed) == 0.0
    assert likeness_of(text, LETTER) == 0.0


def test_a_text_of_exactly_five_words_has_a_signature() -> None:
    assert likeness_of("one two three four five", "One, two, three, four, five.") == 1.0


def test_a_signature_has_its_stated_size() -> None:
    found = signature(LETTER)
    assert len(found.packed) == ENTRIES * 4
    assert len(found.bands) == ENTRIES // BAND_ENTRIES
    assert all(0 <= band < 2**31 for band in found.bands)


def test_a_signature_is_the_same_in_every_process() -> None:
    assert signature("The commissioner wrote to the company in April.").bands[:2] == (938268046, 1894032284)


def test_other_scripts_have_signatures() -> None:
    text = "Комиссар написал компании письмо и попросил ответить до мая"
    assert likeness_of(text, text.upper()) == 1.0


@given(st.lists(st.sampled_from("a b c d e f g h".split()), max_size=40).map(" ".join), st.integers(0, 5))
@settings(max_examples=100, deadline=None)
def test_likeness_is_symmetric_and_between_nothing_and_all(text: str, dropped: int) -> None:
    other = " ".join(text.split()[dropped:])
    assert likeness_of(text, other) == likeness_of(other, text)
    assert 0.0 <= likeness_of(text, other) <= 1.0
