from __future__ import annotations

import pytest

from assistant.aliases import aliases
from assistant.asking import asked
from assistant.roles import MAYBE, OTHER, SAME, UNKNOWN, UNTOLD, done, speaks


@pytest.mark.parametrize(
    ("question", "verb", "doer"),
    [
        ("What had the vendor asked for?", "asked", {"vendor"}),
        ("What did the Ports Tribunal find?", "find", {"port", "tribun"}),
        ("Why did Norvale Council's audit panel reject the tender?", "reject", {"norval", "council", "audit", "panel"}),
        ("When was the tender rejected by Norvale Council?", "rejected", {"norval", "council"}),
        ("Has Arc Optics publicly denied it?", "denied", {"arc", "optic"}),
        ("What did the panel's report find?", "find", {"panel"}),
    ],
)
def test_deed_and_doer_are_read_off_a_question(question: str, verb: str, doer: set[str]) -> None:
    seen = asked(question)
    assert seen.verb is not None and seen.verb.text == verb
    assert doer <= seen.doer
    assert not seen.doer_wanted


@pytest.mark.parametrize(
    "question",
    [
        "Who named the vendor?",
        "Which minister met the vendor in May?",
        "Who has held the post?",
        "By whom was it named?",
    ],
)
def test_a_question_for_the_doer_names_none(question: str) -> None:
    seen = asked(question)
    assert seen.doer_wanted and not seen.doer and seen.deeds


@pytest.mark.parametrize("question", ["Vendors and cameras", "What is a code of practice?", ""])
def test_a_question_without_a_deed_speaks_against_no_sentence(question: str) -> None:
    assert not asked(question).deeds
    assert done("The council rejected it.", question) == 1.0


def test_a_second_verb_that_depends_on_the_first_is_the_aim() -> None:
    seen = asked("What did the minister ask the vendor to publish?")
    assert "public" in seen.aim
    without = done("The minister asked the vendor for a meeting.", "What did the minister ask the vendor to publish?")
    with_it = done(
        "The minister asked the vendor to publish its list.", "What did the minister ask the vendor to publish?"
    )
    assert without < with_it == SAME


@pytest.mark.parametrize(
    ("sentence", "worth"),
    [
        ("Arc Optics asked the council for a meeting.", SAME),
        ("The meeting followed a request by Arc Optics.", SAME),
        ("Arc Optics’s request was refused.", SAME),
        ("“May we meet?” asked Arc Optics.", SAME),
        ("It asked the council for a meeting.", MAYBE),
        ("The Norwegian company asked for a meeting.", MAYBE),
        ("A meeting was requested.", UNKNOWN),
        ("The council wrote to Arc Optics to ask about its cameras.", OTHER),
        ("Arc Optics was asked by the council to explain.", OTHER),
        ("The government’s request to Arc Optics is public.", OTHER),
        ("Arc Optics sells cameras.", 0.0),
    ],
)
def test_a_sentence_counts_by_who_does_what_in_it(sentence: str, worth: float) -> None:
    assert done(sentence, "What had Arc Optics asked for?") == worth


def test_a_doer_who_is_asked_for_must_be_told() -> None:
    question = "Who named the vendor?"
    assert done("The vendor was named by the Ports Committee.", question) == SAME
    assert done("They named the vendor.", question) == MAYBE
    assert done("The vendor was named.", question) == UNTOLD


def test_a_pronoun_counts_as_the_speaker_the_text_settles_and_by_that_speakers_other_names() -> None:
    question = "What did the commissioner ask the vendor?"
    sentence = "She asked the vendor for its list."
    assert done(sentence, question) == MAYBE
    assert done(sentence, question, "Ana Ruiz") == OTHER
    known = aliases(["“Yes,” wrote Dr Ana Ruiz, ports and cameras commissioner."])
    assert done(sentence, question, "Ruiz", known) == SAME


def test_somebody_speaks_when_they_answer_and_not_when_they_ask_or_are_written_about() -> None:
    doer = asked("What did Arc Optics reply?").doer
    assert speaks("Arc Optics said that it sells none.", doer)
    assert speaks("It declined, said Arc Optics.", doer)
    assert speaks("No reply from Arc Optics has come.", doer)
    assert not speaks("The letter followed a request by Arc Optics.", doer)
    assert not speaks("A second letter to Arc Optics: the minister had received no answer.", doer)


def test_two_bodies_of_one_kind_are_told_apart_and_the_tribunal_is_the_one_named_last() -> None:
    question = "What did the Upper Tribunal decide about Arc Optics?"
    sentence = "The tribunal held that the law does not apply."
    assert done("The First-tier Tribunal decided that it may.", question) == OTHER
    assert done(sentence, question) == MAYBE
    assert done(sentence, question, before="In May the First-tier Tribunal allowed its appeal. ") == OTHER
    assert done(sentence, question, before="In June the Upper Tribunal sat. ") == SAME
