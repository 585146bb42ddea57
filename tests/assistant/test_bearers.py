from __future__ import annotations

import pytest

from assistant.aliases import aliases
from assistant.bearers import absent, names, runs, same, stands_in, written, written_small


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What was Arc Optics's profit in 2022?", ["Arc Optics"]),
        ("Compare Arc Optics Ltd. and Borealis Group.", ["Arc Optics Ltd", "Borealis Group"]),
        ("When was the Harbour Data Act 2024 passed?", ["Harbour Data Act 2024"]),
        ("Did the Department of Health and Social Care pay?", ["Department of Health", "Social Care"]),
        ("Compare the two offers.", []),
        ("What Did Arc Optics Deny?", []),
        ("WHAT DID ARC OPTICS DENY?", []),
        ("What did Baroness Quint say about Arc Optics?", ["Baroness Quint", "Arc Optics"]),
        ("what did arc optics deny?", []),
    ],
)
def test_the_names_of_a_question_are_its_runs_of_capitals(question: str, found: list[str]) -> None:
    assert [written(question, one) for one in names(question)] == found


def name(text: str) -> tuple[str, ...]:
    return runs(text)[0]


@pytest.mark.parametrize(
    ("one", "other", "may_be_one"),
    [
        ("Arc Optics", "Arc Optics plc", True),
        ("Arc Optics UK", "Arc Optics", True),
        ("Mia Stone", "Ms Stone", True),
        ("Green Harbour Ltd", "Green Harbour Co", False),
        ("Harbour Data Act 2024", "Harbour Data Act 2021", False),
        ("Harbour Data Act 2024", "Harbour Data Commissioner", False),
        ("Elm Retail", "Oak Retail", False),
    ],
)
def test_two_names_are_one_when_the_shorter_is_in_the_longer(one: str, other: str, *, may_be_one: bool) -> None:
    assert same(name(one), name(other)) is may_be_one


@pytest.mark.parametrize(
    ("asked", "text", "named"),
    [
        ("Fraser Holm", "Professor Holm wrote to the vendor.", True),
        ("Borealis Group", "The Borealis makes cameras.", True),
        ("Norvale Harbour Board", "the norvale harbour board met", True),
        ("Home Secretary", "The Under-Secretary has no home.", False),
        ("Retail Emporium", "To cut losses, Elm Retail closed a shop.", False),
    ],
)
def test_a_text_names_somebody_in_full_in_short_or_in_small_letters(asked: str, text: str, *, named: bool) -> None:
    assert stands_in(name(asked), text) is named


def test_a_text_names_somebody_by_an_alias_that_it_gives_itself() -> None:
    known = aliases(["Mia Stone, harbour commissioner, wrote first."])
    assert stands_in(name("Mia Stone"), "The Harbour Commissioner wrote again.", known)


def test_a_common_word_at_the_head_of_a_sentence_names_nobody() -> None:
    texts = ["Home addresses were not needed.", "They had asked for home addresses."]
    plain = written_small(texts)
    assert not any(stands_in(name("Home Secretary"), text, plain=plain) for text in texts)


def test_a_name_that_no_text_bears_is_absent_as_the_question_writes_it() -> None:
    assert absent("What did the Home Secretary ask Arc Optics?", ["Arc Optics had a home."]) == ("Home Secretary",)
