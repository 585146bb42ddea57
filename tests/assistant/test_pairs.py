from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from assistant.pairs import pair_scores
from assistant.wording import content_words


def scores(question: str, *texts: str) -> NDArray[np.float32]:
    words = content_words(question)
    return pair_scores(words, np.full(len(words), 1 / max(1, len(words)), np.float32), texts)


def test_a_pair_that_stands_together_counts_and_the_same_words_apart_do_not() -> None:
    together, apart, turned = scores(
        "closing date", "The closing dates passed.", "On that date it closed.", "Date closing"
    )
    assert together > 0
    assert apart == turned == 0


def test_small_words_between_two_words_do_not_part_them() -> None:
    assert scores("opinion of the court", "An opinion by a court.")[0] > 0


def test_a_second_mention_adds_less_than_the_first() -> None:
    once, twice = scores("closing date", "closing date and more words follow", "closing date and another closing date")
    assert once < twice < 2 * once


def test_a_long_passage_needs_more_mentions_than_a_short_one() -> None:
    short, long = scores("closing date", "The closing date.", "The closing date. " + "Harvest prices rose. " * 20)
    assert short > long > 0


def test_a_question_of_one_word_has_no_pairs() -> None:
    assert scores("cameras", "cameras cameras").tolist() == [0.0]
    assert scores("", "cameras").tolist() == [0.0]
    assert scores("closing date").shape == (0,)
