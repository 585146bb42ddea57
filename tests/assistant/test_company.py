from __future__ import annotations

import pytest

from assistant.company import company, leads
from assistant.evidence import Statement
from assistant.extractive import ExtractiveWriter
from assistant.settings import AnsweringSettings

from .material import document, passage, weighed_evidence

WRITER = ExtractiveWriter(AnsweringSettings())


def stated(*sentences: str) -> list[Statement]:
    """The statements of one passage, in the order of the text."""
    source = document(" ".join(sentences))
    return sorted(weighed_evidence("What happened?", passage(source, *sentences)).statements, key=lambda one: one.start)


@pytest.mark.parametrize(
    ("sentences", "at", "beside"),
    [
        (("An article of 9 May said that a quarter was bought.", "In fact it was a fifth."), 0, [1]),
        (
            ("We wrongly reported nine deaths.", "We are sorry.", "There were not nine but two."),
            0,
            [1, 2],
        ),
        (("I have considered whether to fine them.", "A committee asked for it.", "I am not persuaded."), 0, [1, 2]),
        (("She undertook to write by May.", "No letter had come when we met."), 0, [1]),
        (("Two councils switched them off.", "Harrowmere has not."), 0, [1]),
        (("The release said that two used them.", "A later update withdrew that."), 0, [1]),
        (("Ana Ruiz spoke last.", "He chairs the board."), 1, [0]),
        (("The council sat.", "The mayor spoke.", "The vote was close."), 1, []),
        (("The council sat.", "Not everyone came."), 0, []),
        (("It sat.",), 0, []),
    ],
)
def test_a_statement_keeps_what_it_must_not_be_shown_without(
    sentences: tuple[str, ...], at: int, beside: list[int]
) -> None:
    found = stated(*sentences)
    assert [one.index for one in company(found[at], found)] == beside


def test_a_pronoun_whose_speaker_is_named_anyway_needs_no_company() -> None:
    found = stated("Ana Ruiz said that it was late.", "She added that it was dark.")
    assert found[1].attribution is not None
    assert company(found[1], found) == []


def test_a_withdrawn_figure_is_never_shown_alone() -> None:
    source = document("An article said that the firm bought a quarter. In fact it bought a fifth.")
    told = passage(source, "An article said that the firm bought a quarter.", "In fact it bought a fifth.")
    texts = [claim.text for claim in WRITER.write(weighed_evidence("How much did the firm buy?", told)).claims]
    assert texts == ["An article said that the firm bought a quarter.", "In fact it bought a fifth."]


def test_a_question_that_the_source_asks_is_no_claim() -> None:
    source = document("Has the minister met the firm? The minister has met nobody yet.")
    told = passage(source, "Has the minister met the firm?", "The minister has met nobody yet.")
    texts = [claim.text for claim in WRITER.write(weighed_evidence("Has the minister met the firm?", told)).claims]
    assert texts == ["The minister has met nobody yet."]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("A council must:", "file a plan", "keep a list", "You may ask."), [None, 0, 0, None]),
        (("It must:", "File a plan.", "The office answers."), [None, 0, None]),
        (("It must:", "File a plan;", "Keep a list;", "Ask nobody."), [None, 0, 0, 0]),
        (("It sat.", "It rose."), [None, None]),
        ((), []),
    ],
)
def test_items_are_led_in_by_what_ends_on_a_colon(texts: tuple[str, ...], found: list[int | None]) -> None:
    assert leads(texts) == found


def test_a_list_is_an_answer_with_what_introduces_it() -> None:
    source = document(
        "Before buying lamps a council must:", "file a plan", "tell residents", "The office answers in May."
    )
    told = passage(source, *source.text.split("\n\n"))
    found = weighed_evidence("What must a council do before buying lamps?", told, nearness=0.2)
    texts = [claim.text for claim in WRITER.write(found).claims]
    assert texts == ["Before buying lamps a council must:", "file a plan", "tell residents"]
