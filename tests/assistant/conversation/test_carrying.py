from __future__ import annotations

import pytest

from assistant.conversation import standalone

BEFORE = ("What did the ministry decide about Acme Cameras in March 2022?",)


@pytest.mark.parametrize(
    "follow_up",
    [
        "And what did it reply?",
        "Has that decision been changed?",
        "Why?",
        "Who else?",
        "And what about Hikvision?",
        "Hikvision?",
        "What did he ask the ministry?",
        "Which police forces use them?",
        "Was the decision appealed?",
        "What did the mayor say of this?",
    ],
)
def test_a_follow_up_carries_the_matter_of_the_question_before(follow_up: str) -> None:
    resolved = standalone(follow_up, BEFORE)
    assert "Acme" in resolved or "ministry" in resolved
    assert resolved != follow_up


@pytest.mark.parametrize(
    "question",
    [
        "What did the House of Lords say about its own rules?",
        "How many schools were fined in Wales?",
        "What did Dahua say about its cameras?",
        "What did the committee recommend every port authority publish?",
        "Is it lawful to film pupils in schools?",
        "How long does it take to appeal a fine?",
        "What did Hikvision say that it would do?",
        "What did Hikvision say?",
    ],
)
def test_a_question_that_names_its_own_matter_is_left_alone(question: str) -> None:
    assert standalone(question, BEFORE) == question


def test_a_first_question_is_left_alone() -> None:
    assert standalone("What did it reply?", ()) == "What did it reply?"


def test_a_follow_up_of_a_follow_up_still_carries_the_matter() -> None:
    assert "Acme" in standalone("And why?", (*BEFORE, "And when?"))


def test_a_new_matter_puts_an_end_to_the_old_one() -> None:
    asked = (*BEFORE, "What did Hikvision deny?")
    assert "Acme" not in standalone("And when?", asked) and "Hikvision" in standalone("And when?", asked)


def test_what_can_be_filled_in_no_other_way_stands_in_brackets_behind_the_question() -> None:
    assert standalone("Was the decision appealed?", BEFORE).startswith("Was the decision appealed? (")
