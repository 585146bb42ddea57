from __future__ import annotations

import pytest

from assistant.arranging import sides, wants_counts, wants_items, wants_later
from assistant.extractive import ExtractiveWriter
from assistant.question import view
from assistant.settings import AnsweringSettings

from .material import document, passage, weighed_evidence

WRITER = ExtractiveWriter(AnsweringSettings())


def written(question: str, *texts: str, **metadata: str) -> list[str]:
    """What is written of one document with `texts` as the sentences of one passage, each in a line of its own."""
    source = document(*texts, **metadata)
    return told(question, passage(source, *texts))


def told(question: str, *passages: object) -> list[str]:
    evidence = weighed_evidence(question, *passages, nearness=0.2)  # type: ignore[arg-type]
    return [claim.text for claim in WRITER.write(evidence).claims]


def test_a_list_is_told_whole_with_what_introduces_it() -> None:
    lines = (
        "Tarn Lamps had agreed to changes:",
        "Tarn Lamps agreed to keep sound for one day.",
        "Tarn Lamps agreed to name an officer.",
        "Tarn Lamps agreed to put up signs in every street.",
        "The council welcomed the decision.",
    )
    assert written("What changes did Tarn Lamps agree to?", *lines) == list(lines[:4])


def test_what_one_paper_asks_for_is_told_in_all_its_sentences() -> None:
    lines = (
        "The Harbour Board asks for a ban on drones over the quay.",
        "It asks for signs at each gate.",
        "It also asks for a yearly report on lamps.",
        "Gulls nest there.",
    )
    assert written("What does the Harbour Board ask for?", *lines) == list(lines[:3])


def test_a_story_reaches_from_its_first_date_to_its_last() -> None:
    lines = tuple(
        f"In {month} the case of Tarn Lamps came before court number {at}."
        for at, month in enumerate(
            ("May 2018", "May 2019", "June 2019", "May 2020", "May 2021", "May 2022", "May 2023", "June 2024"), 1
        )
    )
    found = written("What happened in the case of Tarn Lamps between 2019 and 2023?", *lines)
    assert found[0] == lines[1] and found[-1] == lines[6]
    assert lines[0] not in found and lines[7] not in found and len(found) == 6


def test_days_without_a_year_are_of_the_year_asked_about() -> None:
    lines = (
        "On 3 May the board wrote to Tarn Lamps of Quay Street.",
        "On 2 April 2031 the board met Tarn Lamps in Quay Street.",
        "On 9 May the board fined Tarn Lamps of Quay Street.",
    )
    found = written("What happened between the board and Tarn Lamps in April and May 2031?", *lines)
    assert found == [lines[1], lines[0], lines[2]]


def test_what_followed_is_what_came_later() -> None:
    lines = (
        "On 4 May 2020 the ministry gave the order on lamps in the harbour.",
        "The order on lamps followed a review of March 2019 by the ministry.",
        "In June 2021 the ministry promised a plan for lamps in the harbour.",
        "In July 2022 the ministry took the lamps in the harbour down.",
    )
    assert written("What followed the order on lamps in the harbour?", *lines) == [lines[0], lines[2], lines[3]]


def test_how_somebody_voted_is_told_by_the_count_of_each_document() -> None:
    first = document(
        "The Quay Council voted for the ban on drones.", "The vote on drones was 31 in favour and 12 against.", name="a"
    )
    second = document("By its count 30 members of the Quay Council voted in favour of the ban.", name="b")
    found = told(
        "How did the Quay Council vote on the ban on drones?",
        passage(first, *first.text.split("\n\n")),
        passage(second, second.text),
    )
    assert {"The vote on drones was 31 in favour and 12 against.", second.text} <= set(found)


def test_a_conclusion_stands_with_what_it_is_drawn_from() -> None:
    lines = ("The board said that the firm had hidden a fault.", "Ruiz therefore left the Tarn conference.")
    assert written("Why did Ruiz leave the Tarn conference?", *lines) == list(lines)


def test_a_reason_is_told_by_each_who_gives_one() -> None:
    first = document("Ana Ruiz left Quay 2031 because the firm had hidden a fault.", name="a", publisher="Board")
    second = document("The Lamp Guild says that Ana Ruiz chose to leave Quay 2031.", name="b", publisher="Guild")
    found = told("Why did Ana Ruiz leave Quay 2031?", passage(first, first.text), passage(second, second.text))
    assert sorted(found) == sorted([first.text, second.text])


def test_a_headline_never_stands_without_what_narrows_it() -> None:
    lines = (
        "The Ledger ran a headline saying that the ministry had banned Tarn lamps.",
        "The order that it quotes is narrower than the headline.",
        "The order stopped short of banning lamps.",
        "Gulls nest there.",
    )
    assert written("Did the ministry ban Tarn lamps?", *lines) == list(lines[:3])


def test_what_a_note_says_of_itself_answers_nothing() -> None:
    lines = ("This is a note on the fine that the ministry imposed on Tarn Lamps.", "Tarn Lamps paid the fine in May.")
    assert written("What did Tarn Lamps pay?", *lines) == [lines[1]]


def test_a_row_stands_with_the_head_of_its_columns_and_the_head_never_alone() -> None:
    lines = ("Ward | Lamps | Complaints", "Quayside | 31 lamps | 4 complaints", "Hilltop | 12 lamps | 9 complaints")
    found = written("How many lamps does Quayside have?", *lines)
    assert found[:2] == list(lines[:2])
    assert written("Which ward and which lamps and complaints?", lines[0]) == [lines[0]]


@pytest.mark.parametrize(
    ("question", "pair"),
    [
        ("How do the press report and the Quay Guild differ on lamps?", ({"press"}, {"quay", "guild"})),
        (
            "What are the differences between the mayor and the tram board on lamps?",
            ({"mayor"}, {"tram", "board"}),
        ),
        ("Compare the ministry with the union on pay.", ({"ministri"}, {"union"})),
    ],
)
def test_sides_are_read_from_how_they_are_set_against_each_other(question: str, pair: tuple[set[str], ...]) -> None:
    assert sides(view(question)) == tuple(map(frozenset, pair))


@pytest.mark.parametrize(
    ("question", "shape"),
    [
        ("What recommendations did the board make?", "items"),
        ("What did the board ask Ruiz to confirm?", None),
        ("What was the fine?", None),
        ("What happened after the order?", "later"),
        ("What followed the order?", "later"),
        ("What was the result of the vote?", "counts"),
        ("Who voted?", None),
    ],
)
def test_the_shape_of_an_answer_is_read_off_the_question(question: str, shape: str | None) -> None:
    asked = {"items": wants_items, "later": wants_later, "counts": wants_counts}
    assert [name for name, wants in asked.items() if wants(view(question))] == ([shape] if shape else [])
