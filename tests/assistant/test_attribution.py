from __future__ import annotations

import pytest

from assistant.attribution import attribute


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The regulator said that the notice stands.", "The regulator"),
        ("Professor Jane Doe wrote to the firm.", "Professor Jane Doe"),
        ("“We reject this,” said Ann Other, a spokeswoman.", "Ann Other"),
        ("According to Big Brother Watch, the cameras stayed.", "Big Brother Watch"),
        ("Doe, the surveillance commissioner, asked for a reply.", "Doe"),
        (
            "The House of Commons Foreign Affairs Committee found abuses.",
            "The House of Commons Foreign Affairs Committee",
        ),
    ],
)
def test_a_sentence_that_names_its_speaker_is_attributed(sentence: str, speaker: str) -> None:
    found = attribute([sentence], 0)
    assert found is not None
    assert found.speaker == speaker
    assert found.basis == 0


@pytest.mark.parametrize(
    "sentence", ["The cameras were removed in 2023.", "In March it rained.", "A spokesman was not available."]
)
def test_a_sentence_without_a_speaker_has_none(sentence: str) -> None:
    assert attribute([sentence], 0) is None


def test_the_second_sentence_of_a_quotation_has_the_speaker_of_the_first() -> None:
    sentences = ["“The law is clear,” wrote Professor Jane Doe.", "“We expect answers by Friday.”"]
    found = attribute(sentences, 1)
    assert found is not None
    assert (found.speaker, found.basis, found.quoted) == ("Professor Jane Doe", 0, True)


def test_a_name_inside_the_quotation_is_not_its_speaker() -> None:
    found = attribute(["“John Smith said nothing,” wrote Jane Doe."], 0)
    assert found is not None
    assert found.speaker == "Jane Doe"


def test_a_pronoun_is_resolved_when_one_speaker_stands_before_it() -> None:
    found = attribute(["Jane Doe wrote to the firm.", "She asked it to reply."], 1)
    assert found is not None
    assert (found.speaker, found.basis) == ("Jane Doe", 0)


def test_a_pronoun_is_left_alone_when_two_speakers_stand_before_it() -> None:
    assert attribute(["Jane Doe wrote first.", "Ann Other replied.", "She asked for more."], 2) is None
