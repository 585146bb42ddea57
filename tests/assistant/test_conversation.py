from __future__ import annotations

import pytest

from assistant.conversation import standalone

BEFORE = ("What did the ministry decide about Acme Cameras in March 2022?",)


@pytest.mark.parametrize(
    "follow_up", ["And what did it reply?", "Has that decision been changed?", "Why?", "Who else?"]
)
def test_a_follow_up_carries_the_matter_of_the_question_before(follow_up: str) -> None:
    resolved = standalone(follow_up, BEFORE)
    assert resolved.startswith(follow_up)
    assert "Acme" in resolved


@pytest.mark.parametrize(
    "question",
    ["What did the House of Lords say about its own rules?", "How many schools were fined in Wales?"],
)
def test_a_question_that_names_its_own_matter_is_left_alone(question: str) -> None:
    assert standalone(question, BEFORE) == question


def test_a_first_question_is_left_alone() -> None:
    assert standalone("What did it reply?", ()) == "What did it reply?"
