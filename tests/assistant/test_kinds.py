from __future__ import annotations

import pytest

from assistant.kinds import holds_kind, tells_kind
from assistant.question import view


@pytest.mark.parametrize(
    ("text", "kind", "held"),
    [
        ("It was sold on Tuesday.", "date", True),
        ("It was sold in Sept. 1894.", "date", True),
        ("It was sold.", "date", False),
        ("It cost £3m.", "number", True),
        ("It was sold on 3 May 2021.", "number", False),
        ("The Lamp Act 2021 applies.", "number", False),
        ("It was sold.", "statement", True),
    ],
)
def test_a_sentence_holds_what_a_kind_of_question_asks_for(text: str, kind: str, *, held: bool) -> None:
    assert holds_kind(text, kind) is held


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("Who wrote to Arc Optics?", "Mia Stone wrote to Arc Optics.", True),
        ("Who wrote to Arc Optics?", "A contractor wrote to Arc Optics.", True),
        ("Which subcontractors are named in the notice?", "The notice asks for contracts with subcontractors.", False),
        ("What was the cash flow of Arc Optics?", "Arc Optics manages its cash flow with care.", False),
        ("What was the cash flow of Arc Optics?", "Its cash flow was £3m.", True),
        ("Which sold more, Arc Optics or Borealis?", "Arc Optics sold more.", True),
    ],
)
def test_what_the_question_gives_is_not_what_it_asks_for(question: str, text: str, *, told: bool) -> None:
    assert tells_kind(text, view(question)) is told
