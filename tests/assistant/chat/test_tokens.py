from __future__ import annotations

import pytest

from assistant.chat.tokens import tokens_for


def test_tokens_are_chosen_that_neither_evidence_nor_question_holds() -> None:
    assert tokens_for(3, "[2020] EWCA Civ 1058, our ref 12").of(2) == "[[ev2]]"
    assert tokens_for(3, "see EV 14 of the annex").of(2) == "[[st2]]"
    assert tokens_for(3, "ev1", "ST 2", "pt3").prefix == "zq"


def test_tokens_are_found_when_every_short_prefix_is_taken() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    crowded = " ".join(f"{a}{b}1 q{a}{b}1" for a in letters for b in letters)
    tokens = tokens_for(2, crowded, "briefingstatement1")
    assert tokens.numbers(f"said {tokens.of(1)}{tokens.of(2)}") == (1, 2)
    assert tokens.prefix not in crowded


@pytest.mark.parametrize("written", ["[[ev3]]", "[ev3]", "(EV3)", "\u3010ev3\u3011", "{ev 3}", "ev3"])
def test_a_token_is_known_in_any_brackets(written: str) -> None:
    tokens = tokens_for(5)
    found = tokens.group.search(f"The firm paid {written}.")
    assert found is not None and tokens.numbers(found.group()) == (3,)


@pytest.mark.parametrize("text", ["[2020] EWCA Civ 1058", "our ref 12", "[3]", "Revenue 3", "level3 ", "dev3"])
def test_prose_holds_no_token(text: str) -> None:
    assert tokens_for(5).group.search(text) is None
