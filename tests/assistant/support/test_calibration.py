from __future__ import annotations

import pytest

from assistant.support.alignment import FEATURES
from assistant.support.calibration import BUILT_IN, BY_WORDS, Calibration, Weighing

TWO = Calibration(
    short=Weighing(0.0, 1.0, (0.0,) * 5), long=Weighing(0.0, 0.0, (2.0, 0.0, 0.0, 0.0, 0.0)), balanced=0.5, strict=0.9
)
COVERED = (1.0, 0.0, 0.0, 0.0, 0.0)


def test_on_one_sentence_the_model_decides() -> None:
    assert TWO.score(-3.0, COVERED, 10) == pytest.approx(0.0474, abs=1e-4)


def test_on_a_page_the_words_decide() -> None:
    assert TWO.score(-3.0, COVERED, 200) == pytest.approx(0.8808, abs=1e-4)


def test_between_them_both_count() -> None:
    assert TWO.score(-3.0, COVERED, 10) < TWO.score(-3.0, COVERED, 45) < TWO.score(-3.0, COVERED, 200)


def test_a_model_that_is_surer_than_sure_is_not_believed_more() -> None:
    assert TWO.score(60.0, COVERED, 10) == TWO.score(6.0, COVERED, 10)


@pytest.mark.parametrize("shipped", [BUILT_IN, BY_WORDS])
def test_what_is_shipped_weighs_every_feature_and_is_stricter_when_strict(shipped: Calibration) -> None:
    assert len(shipped.short.alignment) == len(shipped.long.alignment) == len(FEATURES)
    assert 0 < shipped.balanced <= shipped.strict < 1
