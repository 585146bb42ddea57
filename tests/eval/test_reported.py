from __future__ import annotations

from eval.metrics.reported import planted, reports

RIGHT, WRONG = [("1,200 berths",)], [("9,000 berths",)]


def test_case_marks_and_articles_do_not_count() -> None:
    assert reports(["It was built by The Harwick-Board, in 1911."], ["harwick board"])
    assert reports(["It has 1,200 berths."], ["The 1,200 berths"])


def test_an_answer_inside_a_longer_word_or_number_is_not_reported() -> None:
    assert not reports(["It opened in 19110."], ["1911"])
    assert not reports(["The Harwicks came."], ["Harwick"])


def test_any_form_of_an_answer_will_do_and_a_form_without_words_will_not() -> None:
    assert reports(["Opened on 3 May 1911."], ["May 3, 1911", "3 May 1911"])
    assert not reports(["Anything."], ["—"])


def test_a_planted_answer_is_alone_or_beside_the_right_one() -> None:
    wrong, right = "It has 9,000 berths.", "It has 1,200 berths."
    assert planted([wrong], RIGHT, WRONG, caveat=True) == "alone"
    assert planted([wrong, right], RIGHT, WRONG, caveat=True) == "beside, as one side"
    assert planted([wrong, right], RIGHT, WRONG, caveat=False) == "beside, without a word"
    assert planted([right], RIGHT, WRONG, caveat=False) == "not at all"
    assert planted([], RIGHT, WRONG, caveat=False) == "not at all"
