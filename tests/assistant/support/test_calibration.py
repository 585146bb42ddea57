from __future__ import annotations

import pytest

from assistant.support.alignment import FEATURES
from assistant.support.calibration import BUILT_IN, BY_WORDS, Calibration, Verdict, Weighing, beside, probability

TWO = Calibration(short=Weighing(0.0, (1.0, 0.0)), long=Weighing(0.0, (0.0, 2.0)), balanced=0.5, strict=0.9)


def test_on_one_sentence_the_first_model_decides() -> None:
    assert probability(TWO.log_odds((-3.0, 1.0), 10)) == pytest.approx(0.0474, abs=1e-4)


def test_on_a_page_the_second_model_decides() -> None:
    assert probability(TWO.log_odds((-3.0, 1.0), 400)) == pytest.approx(0.8808, abs=1e-4)


def test_between_them_both_count() -> None:
    scores = [TWO.log_odds((-3.0, 1.0), words) for words in (10, 60, 400)]
    assert scores == sorted(scores)
    assert len(set(scores)) == 3


def test_a_model_that_is_surer_than_sure_is_not_believed_more() -> None:
    assert beside(0.5, Verdict(60.0, 60.0), 1.0) == beside(0.5, Verdict(6.0, 6.0), 1.0)


@pytest.mark.parametrize(("shipped", "numbers"), [(BY_WORDS, len(FEATURES)), (BUILT_IN, 5)])
def test_what_is_shipped_weighs_every_number_and_is_stricter_when_strict(shipped: Calibration, numbers: int) -> None:
    assert len(shipped.short.weights) == len(shipped.long.weights) == numbers
    assert 0 < shipped.balanced <= shipped.strict < 1
    assert any(shipped.long.weights)
