from __future__ import annotations

import pytest

from assistant.periods import AGREES, DIFFERS, UNTOLD, agreement, periods
from ingest.understanding.times import reference, times


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("What was sold in 2021?", "2021-01-01", "2021-12-31"),
        ("What was sold in February 2024?", "2024-02-01", "2024-02-29"),
        ("Give the timeline from May 2021 to April 2023.", "2021-05-01", "2023-04-30"),
        ("Was it removed by April 2025?", "0000-01-01", "2025-04-30"),
        ("Who has chaired it since March 2021?", "2021-03-01", "9999-12-31"),
    ],
)
def test_a_question_names_a_stretch_of_time(question: str, first: str, last: str) -> None:
    assert periods(question) == ((first, last),)


def test_a_month_without_a_year_is_of_the_year_named_beside_it() -> None:
    assert periods("What happened in April and May 2025?") == (
        ("2025-04-01", "2025-04-30"),
        ("2025-05-01", "2025-05-31"),
    )


@pytest.mark.parametrize(
    ("question", "sentence", "published", "expected"),
    [
        ("What was sold in May 2021?", "In April 2021 Arc Optics sold a lens.", None, DIFFERS),
        ("What was sold in May 2021?", "In April, Arc Optics sold a lens.", None, DIFFERS),
        ("What was sold in May 2021?", "In May, Arc Optics sold a lens.", None, UNTOLD),
        ("What was sold in May 2021?", "In 2021 Arc Optics sold a lens.", None, AGREES),
        ("What was sold in May 2021?", "Arc Optics sold a lens.", None, UNTOLD),
        ("What was the profit in 2022?", "In 2023 the profit was £3m.", None, DIFFERS),
        ("What was the profit in 2022?", "In 2023 the profit was £3m, after £2m in 2022.", None, AGREES),
        ("What does the May 2022 letter say?", "In June 2021 you wrote to me.", "2022-05-04", UNTOLD),
        ("What was the profit in the third quarter of 2023?", "It rose in the second quarter of 2023.", None, DIFFERS),
        ("What was the profit in Q3 2023?", "It rose in the third quarter.", None, UNTOLD),
    ],
)
def test_a_sentence_may_speak_of_another_time(
    question: str, sentence: str, published: str | None, expected: float
) -> None:
    assert agreement(question, sentence, times(sentence, reference(published)), published) == expected
