from __future__ import annotations

import pytest

from assistant.arranging import is_about, sides, wants_dates_in_order, when
from assistant.extractive import ExtractiveWriter
from assistant.question import view
from assistant.settings import AnsweringSettings
from assistant.wording import stems

from .material import document, passage, weighed_evidence

WRITER = ExtractiveWriter(AnsweringSettings())


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("How do Arc Optics and the Ports Board differ on the ban?", ["Arc Optics", "Ports Board"]),
        ("Compare the accounts of Arc Optics versus Borealis.", ["Arc Optics", "Borealis"]),
        ("Do Arc Optics and Borealis agree on the count?", ["Arc Optics", "Borealis"]),
    ],
)
def test_a_comparison_has_the_sides_it_names(question: str, found: list[str]) -> None:
    named = sides(view(question))
    assert [side for side in named if side in [stems(one) for one in found]] == [stems(one) for one in found]


@pytest.mark.parametrize("question", ["What did Arc Optics and Borealis sign?", "How do the two accounts differ?"])
def test_a_question_that_compares_nothing_named_has_no_sides(question: str) -> None:
    assert sides(view(question)) == ()


def test_each_side_of_a_comparison_is_told_though_one_is_told_better() -> None:
    first = document(
        "Arc Optics counted nine cameras on the site.", "Arc Optics counted the cameras twice.", name="a.txt"
    )
    second = document("By the count of Borealis there were seven.", name="b.txt")
    evidence = weighed_evidence(
        "How do the counts of cameras by Arc Optics and Borealis differ?",
        passage(first, "Arc Optics counted nine cameras on the site."),
        passage(first, "Arc Optics counted the cameras twice."),
        passage(second, "By the count of Borealis there were seven."),
        nearness=0.2,
    )
    texts = [claim.text for claim in WRITER.write(evidence).claims]
    assert "By the count of Borealis there were seven." in texts
    assert any("Arc Optics" in text for text in texts)


def test_a_document_about_a_side_speaks_for_it() -> None:
    source = document("It counted seven.", name="b.txt", title="Borealis report")
    (one,) = weighed_evidence("Who counted?", passage(source, "It counted seven.")).statements
    assert is_about(one, stems("Borealis"))
    assert not is_about(one, stems("Arc Optics"))


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("On 3 May 2021 it sat.", "2021-05-03"),
        ("On May 3, 2021 it sat.", "2021-05-03"),
        ("In May 2021 it sat.", "2021-05"),
        ("It sat in 2021.", "2021"),
        ("It sat on 2021-05-03.", "2021-05-03"),
        ("It sat.", "2020-01-02"),
    ],
)
def test_a_statement_is_dated_by_its_words_else_by_its_document(text: str, date: str) -> None:
    source = document(text, published="2020-01-02")
    (one,) = weighed_evidence("What sat?", passage(source, text)).statements
    assert when(one) == date


def test_events_asked_for_in_order_are_told_by_date() -> None:
    assert wants_dates_in_order(view("Give a timeline of the cameras.")) and not wants_dates_in_order(view("Who sat?"))
    source = document(
        "The cameras were removed in 2023.", "The cameras were bought in May 2019.", "The cameras failed in 2021."
    )
    parts = [passage(source, text) for text in source.text.split("\n\n")]
    evidence = weighed_evidence("Give a timeline of the cameras.", *parts, nearness=0.2)
    texts = [claim.text for claim in WRITER.write(evidence).claims]
    assert texts == sorted(texts, key=lambda text: text[-5:])
    assert len(texts) == 3
