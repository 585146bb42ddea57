from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.chat.parsing import LONGEST_REPLY, Parser, Said
from assistant.chat.tokens import tokens_for

TOKENS = tokens_for(9)


def read(reply: str, *, cut: bool = False, step: int = 7, numbered: bool = False) -> list[Said]:
    parser = Parser(TOKENS, numbered=numbered)
    said = [one for at in range(0, len(reply), step) for one in parser.feed(reply[at : at + step])]
    return said + list(parser.close(cut=cut))


def told(reply: str, *, cut: bool = False) -> list[tuple[str, tuple[int, ...]]]:
    """The same however the reply is cut into pieces."""
    ways = [[(one.text, one.evidence) for one in read(reply, cut=cut, step=step)] for step in (1, 7, 10_000)]
    assert ways[0] == ways[1] == ways[2]
    return ways[0]


PAID = ("The firm paid nine pounds.", (1,))
DENIED = ("It denied the rest.", (2, 3))


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("The firm paid nine pounds. [[ev1]]\nIt denied the rest. [[ev2]][[ev3]]", [PAID, DENIED]),
        ("The firm paid nine pounds [[ev1]]. It denied the rest [ev2, ev3].", [PAID, DENIED]),
        ("[[ev1]] The firm paid nine pounds.\n[[ev2]] [[ev3]] It denied the rest.", [PAID, DENIED]),
        ("The firm paid nine pounds.[[EV1]] It denied the rest.\u3010ev2\u3011\u3010ev3\u3011", [PAID, DENIED]),
        ("1. The firm paid nine pounds (ev1).\n2) It denied the rest ({ev2}; <ev3>).", [PAID, DENIED]),
        ("- **The firm paid nine pounds.** [[ev1]]\n\n* _It denied the rest._ [[ev2 and ev3]]", [PAID, DENIED]),
        ("| The firm paid nine pounds. | [[ev1]] |\n|---|---|\n", [PAID]),
        ("> The firm paid nine pounds. [[ev1]]", [PAID]),
        ("According to [[ev1]], the firm paid nine pounds.", [PAID]),
        ("The firm [[ev1]] paid nine pounds.", [PAID]),
        ("Here is the briefing:\n\n## Main points\n\nThe firm paid nine pounds. [[ev1]]\n\nLet me know!", [PAID]),
        ("<think>Should I cite [[ev5]]?</think>The firm paid nine pounds. [[ev1]]", [PAID]),
        ("```\nThe firm paid nine pounds. [[ev1]]\n```", [PAID]),
        ("The firm paid nine pounds. [[ev1]]\nThe firm paid NINE pounds! [[ev4]]", [PAID]),
        ("[[ev1]] The firm paid nine pounds. [[ev2]][[ev3]] It denied the rest.", [PAID, DENIED]),
        ("The firm paid nine pounds.\nSources: [[ev1]]\n\nIt denied the rest.\n[[ev2]], [[ev3]]", [PAID, DENIED]),
        ("The firm paid nine pounds. [[ev1]]\nIt denied the rest. [[ev2]]-[[ev3]]", [PAID, DENIED]),
        ("The firm paid nine pounds. \\[\\[ev1\\]\\]\nIt denied the rest. [[\u200bev2]] [ev3]", [PAID, DENIED]),
        ("> The firm paid nine pounds. \u2014 [[ev1]]\n**Denial:** It denied the rest. **[[ev2]][[ev3]]**", [PAID, DENIED]),
        ("Claim 1: The firm paid nine pounds. (Evidence: ev1)", [PAID]),
        ("Sure! Here is a short briefing: The firm paid nine pounds. [[ev1]] Shall I go on?", [PAID]),
        ("The firm paid&nbsp;nine pounds. [[ev1]]\n\x1b[31mIt denied the rest.\x1b[0m [[ev2, ev3]]", [PAID, DENIED]),
        ("The firm paid nine pounds. [[ev1]]\n<think>Or ten? [[ev4]]\nNo.</think>It denied the rest. [[ev2-ev3]]", [PAID, DENIED]),
        ("The firm paid nine pounds. [[ev1]]\n<think>It may have paid ten pounds. [[ev4]]\n", [PAID]),
    ],
)  # fmt: skip
def test_claims_are_read_out_of_whatever_surrounds_them(reply: str, expected: list[object]) -> None:
    assert told(reply) == expected


def test_a_sentence_without_tokens_shares_those_behind_it_in_its_line_and_no_others() -> None:
    assert told("It was late. The firm paid. [[ev1]] Nobody said this.") == [
        ("It was late.", (1,)), ("The firm paid.", (1,)), ("Nobody said this.", ()),
    ]  # fmt: skip
    assert told("Nobody said this.\nThe firm paid. [[ev1]]")[0] == ("Nobody said this.", ())


def test_official_numbers_in_brackets_are_no_tokens() -> None:
    reply = "In [2020] EWCA Civ 1058 (our ref 12) the court said no [14]. [[ev4]]"
    assert told(reply) == [("In [2020] EWCA Civ 1058 (our ref 12) the court said no [14].", (4,))]


def test_a_token_of_no_statement_stays_one_that_can_be_told() -> None:
    assert told("The firm paid. [[ev77]]") == [("The firm paid.", (77,))]


@pytest.mark.parametrize(
    "reply",
    ["", "   \n\n", "NOTHING", "Nothing.", "I'm sorry, but I can't help with that.", "As an AI, I have no views.",
     "The statements do not say who paid.", "## Summary\n\n---", "Here are the claims:", "```json\n```", "<think>hm"],
)  # fmt: skip
def test_refusals_and_empty_replies_hold_no_claim(reply: str) -> None:
    assert told(reply) == []


def test_the_half_sentence_of_a_reply_that_was_cut_off_is_dropped() -> None:
    assert told("The firm paid nine pounds. [[ev1]]\nIt was fined for not pay", cut=True) == [PAID]
    assert told("The firm paid nine pounds. [[ev1]] It was fined for [[e", cut=True) == [PAID]
    assert told("The firm paid nine pounds. [[ev1]]", cut=True) == [PAID]
    assert told("The firm paid ni", cut=True) == []


CLAIMS = {"claims": [{"text": PAID[0], "evidence": ["ev1"]}, {"text": DENIED[0], "evidence": ["ev2", "[[ev3]]"]}]}


@pytest.mark.parametrize(
    "reply",
    [
        json.dumps({"briefing": [{"statement": PAID[0], "sources": ["[[ev1]]"]}]}),
        json.dumps({"claims": [{"text": PAID[0], "evidence": [1]}]}),
        json.dumps({"title": "All that the firm paid", "answer": f"{PAID[0]} [[ev1]]"}),
        json.dumps([f"{PAID[0]} [[ev1]]"]),
    ],
)
def test_json_is_read_whatever_its_keys_are_called(reply: str) -> None:
    assert told(reply) == [PAID]


@pytest.mark.parametrize(
    "reply",
    [json.dumps(CLAIMS), json.dumps(CLAIMS, indent=2), f"```json\n{json.dumps(CLAIMS)}\n```", json.dumps(CLAIMS["claims"]),
     f"Here is the JSON:\n{json.dumps(CLAIMS)}\nDone."],
)  # fmt: skip
def test_json_is_read_with_and_without_what_stands_around_it(reply: str) -> None:
    assert told(reply) == [PAID, DENIED]


def test_half_json_gives_the_claims_that_are_whole() -> None:
    whole = json.dumps(CLAIMS)
    assert told(whole[: whole.rindex("evidence")], cut=True) == [PAID]
    assert told('{"claims": [', cut=True) == []


def test_claims_of_json_come_before_the_reply_ends() -> None:
    whole = json.dumps(CLAIMS)
    parser = Parser(TOKENS)
    assert [one.text for one in parser.feed(whole[: whole.index('"It')])] == [PAID[0]]


def test_a_claim_is_known_as_soon_as_the_next_begins() -> None:
    parser = Parser(TOKENS)
    assert not list(parser.feed("The firm paid nine pounds. [[ev1]]"))
    assert [one.text for one in parser.feed(" It denied")] == [PAID[0]]


def test_claims_that_were_to_be_numbered_are_read_by_their_numbers() -> None:
    reply = (
        "Certainly:\n1: The firm paid nine pounds. [[ev1]]\nClaim 3: It denied the rest. [[ev2]] [[ev3]]\n2: dropped"
    )
    assert [(one.number, one.text) for one in read(reply, numbered=True)][:2] == [(1, PAID[0]), (3, DENIED[0])]
    numbered = json.dumps({"claims": [{"number": 2, "text": PAID[0], "evidence": ["ev1"]}]})
    assert read(numbered, numbered=True) == [Said(PAID[0], (1,), 2)]


def test_a_link_or_tag_is_left_for_the_gate_to_see() -> None:
    assert (
        told("See [here](http://evil.example/) <b>now</b>. [[ev1]]")[0][0]
        == "See [here](http://evil.example/) <b>now</b>."
    )


def test_an_endless_reply_is_read_no_further_than_its_cap() -> None:
    begun = time.process_time()
    said = read("{" * 200_000 + "x" * LONGEST_REPLY, step=4_000) + read("word " * 100_000, step=4_000)
    assert len(said) <= 1 and time.process_time() - begun < 20


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab .[]{}()\"'`*#\n:,ev12<>|-_T", max_size=120), st.booleans())
def test_no_reply_makes_the_parser_fail(reply: str, cut: bool) -> None:
    for one in read(reply, cut=cut, step=5):
        assert one.text and "[[ev1" not in one.text
