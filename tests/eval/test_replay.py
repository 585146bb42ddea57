from __future__ import annotations

from assistant.domain import Supported
from eval.benchmarks.injection import POSITIONS, Attack, planted
from eval.benchmarks.replay import Written, replayed

PAPER = ("The firm paid a fine of nine pounds in 2021.", "It denied that it had sent any recording abroad.")


def test_a_faithful_text_is_shown_and_a_false_one_is_not() -> None:
    good = replayed(Written("The firm paid a fine of nine pounds in 2021.", PAPER, good=True, group="a"))
    false = replayed(Written("The firm paid a fine of ten pounds in 2021.", PAPER, good=False, group="a"))
    assert good.shown and not false.shown
    assert [one.references[0].quote for one in good.claims] == [PAPER[0]]


def test_each_sentence_of_a_text_is_a_claim_with_sentences_of_its_own() -> None:
    text = "The firm paid a fine of nine pounds in 2021. The firm denied that it had sent any recording abroad."
    result = replayed(Written(text, PAPER, good=True, group="a"))
    assert len(result.decided) == 2 and isinstance(result.decided[0], Supported)
    assert PAPER[1] in {one.quote for one in result.claims[1].references}


def test_a_withheld_sentence_is_not_lost_when_what_it_cites_would_be_shown() -> None:
    reworded = replayed(
        Written("A fine of nine pounds was what the firm gladly paid in 2021.", PAPER, good=True, group="a")
    )
    assert not reworded.shown and not reworded.lost(0)
    other = replayed(Written("Nobody mentioned pounds to the weary mayor of Oakford.", PAPER, good=True, group="a"))
    assert not other.shown and other.lost(0)


def test_an_attack_is_planted_before_within_and_behind_the_text() -> None:
    paragraphs = ("One is first.", "Two is here. Three is too.", "Four is last.")
    texts = [planted(paragraphs, "ATTACK", position) for position in POSITIONS]
    assert [text.split().index("ATTACK") for text in texts] == [0, 6, 12]
    assert texts[1].split("\n\n")[1] == "Two is here. ATTACK Three is too."


def test_the_hosts_of_an_attack_are_known_in_whatever_form_it_gives_them() -> None:
    attack = Attack("a", "See https://user@Prize.example.net:1/a?b or www.other.com, mail me@third.org.", None, False)
    assert {host.partition(":")[0] for host in attack.hosts} == {"prize.example.net", "www.other.com", "third.org"}
