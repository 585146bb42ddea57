from __future__ import annotations

import pytest

from assistant.question import view


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who wrote to the company?", "person"),
        ("To whom was the letter addressed?", "person"),
        ("When did the committee publish its report?", "date"),
        ("On what date was the notice served?", "date"),
        ("How many cameras were removed?", "number"),
        ("What fine did the regulator impose?", "number"),
        ("Where was the trial held?", "place"),
        ("Why did he resign?", "reason"),
        ("Did the ministry ban the cameras?", "yes_no"),
        ("What did the vendor deny?", "statement"),
    ],
)
def test_the_kind_of_answer_is_read_off_the_question(question: str, kind: str) -> None:
    assert view(question).kind == kind


def test_names_are_the_capitalised_words_inside_the_question() -> None:
    seen = view("Which fine did the ICO impose on Clearview AI in May 2022?")
    assert [word.text for word in seen.names] == ["ICO", "Clearview", "AI", "May", "2022"]


def test_the_first_word_is_no_name_because_it_is_capitalised() -> None:
    assert view("Cameras were removed by whom?").names == ()


def test_a_name_with_small_words_inside_is_one_subject() -> None:
    assert view("Did the Department of Health and Social Care ban it?").subjects == (
        "Department of Health and Social Care",
    )


@pytest.mark.parametrize(
    "question", ["How do the two accounts differ?", "Which bodies objected, and when?", "List all."]
)
def test_a_comparison_or_a_list_asks_for_several_statements(question: str) -> None:
    assert view(question).breadth == "several"


def test_a_question_without_words_has_an_empty_view() -> None:
    assert view("?").words == ()
