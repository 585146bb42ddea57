from __future__ import annotations

import pytest

from assistant.domain import Scope, Searched
from assistant.evidence import Evidence
from assistant.parts import part_not_met
from assistant.question import view
from assistant.sufficiency import SufficiencyJudge, Verdict, probability_of

from .material import document, passage, weighed_evidence


def weigh(question: str, *sentences: str) -> Verdict:
    """The verdict on `question` over a document of `sentences`."""
    source = document(" ".join(sentences))
    return SufficiencyJudge(0.4).weigh(weighed_evidence(question, passage(source, *sentences), nearness=0.3))


def test_a_sentence_that_says_it_is_enough() -> None:
    assert (
        weigh(
            "What fine did the council impose on Arc Optics?",
            "The council imposed a fine of nine pounds on Arc Optics.",
        ).reason
        is None
    )


def test_an_empty_library_an_empty_scope_and_an_empty_result_are_told_apart() -> None:
    judge = SufficiencyJudge(0.4)
    nothing = Searched(documents=0, passages=0)
    seen = view("Who?")
    assert judge.weigh(Evidence(seen, Scope(), nothing)).reason == "library_empty"
    assert judge.weigh(Evidence(seen, Scope(publishers=("Nobody",)), nothing)).reason == "nothing_in_scope"
    assert judge.weigh(Evidence(seen, Scope(), Searched(documents=1, passages=1))).reason == "nothing_found"


def test_a_name_that_nothing_found_holds_is_missing() -> None:
    verdict = weigh(
        "What fine did the council impose on Borealis?", "The council imposed a fine of nine pounds on Arc Optics."
    )
    assert verdict.reason is not None
    assert "Borealis" in verdict.missing


def test_a_reply_is_not_told_by_a_letter_to_the_one_who_should_give_it() -> None:
    verdict = weigh("What did Arc Optics reply to the council?", "The council wrote to Arc Optics about its cameras.")
    assert verdict.reason == "part_not_found"
    assert verdict.signals["spoken"] == 0


@pytest.mark.parametrize(
    "sentence",
    [
        "Ada Lund, a spokeswoman of the harbour ministry, objected to widening the idea of safety.",
        "Ada Lund, the harbour inspector, said that the ruling upheld the right to inspect.",
    ],
)
def test_somebody_whose_office_stands_behind_the_name_speaks(sentence: str) -> None:
    assert weigh("What did Ada Lund say about it?", sentence).signals["spoken"] == 1.0
    assert weigh("What did Ole Berg say about it?", sentence).signals["spoken"] == 0.0


def test_a_deed_that_nothing_speaks_of_leaves_a_who_question_open() -> None:
    verdict = weigh("Who invented the Arc Optics camera?", "The Arc Optics camera is blue and round.")
    assert verdict.reason == "part_not_found"
    assert verdict.signals["told"] == 0


def test_a_question_for_a_number_is_less_likely_answered_by_sentences_without_one() -> None:
    question = "How many cameras did the council remove?"
    without = weigh(question, "The council did remove cameras.").signals["probability"]
    with_one = weigh(question, "The council did remove nine cameras.").signals["probability"]
    assert without < with_one


@pytest.mark.parametrize(
    ("question", "premise"),
    [
        ("Why did Arc Optics sue the council?", ("Arc Optics", "sue")),
        ("Why did Arc Optics apologise to the council?", ("Arc Optics", "apologise")),
        ("Why did Arc Optics not sue the council?", None),
        ("Did Arc Optics sue the council?", None),
        ("Why did Arc Optics write to the council?", None),
        ("How do Arc Optics and the council differ?", None),
    ],
)
def test_what_a_question_takes_for_granted_and_nothing_says_is_named(
    question: str, premise: tuple[str, str] | None
) -> None:
    source = document("Arc Optics wrote to the council about the council’s plans.")
    evidence = weighed_evidence(question, passage(source, source.text), nearness=0.3)
    assert SufficiencyJudge(0.0).weigh(evidence).premise == premise


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (
            "What fine did the council impose on Arc Optics in 2019?",
            "The council imposed a fine of nine pounds on Arc Optics in 2021.",
        ),
        (
            "What fine did the council impose on Arc Optics?",
            "On 3 May 2021 the council did impose a fine on Arc Optics.",
        ),
        ("When did the council impose a fine on Arc Optics?", "The council did impose a fine on Arc Optics."),
    ],
)
def test_another_year_or_no_figure_or_no_date_is_no_answer(question: str, sentence: str) -> None:
    assert weigh(question, sentence).reason == "part_not_found"


def test_a_country_acts_through_its_bodies() -> None:
    verdict = weigh(
        "What did Australia say about Arc Optics?", "The commissioner of Australia said that Arc Optics broke the law."
    )
    assert verdict.reason is None


def test_the_model_is_a_probability() -> None:
    low = dict.fromkeys(("core", "joint", "late", "meaning", "length", "kind"), 0.0)
    assert 0 < probability_of(low) < 0.1 < 0.9 < probability_of({name: 1.0 for name in low}) < 1


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("The council banned Arc Optics lamps in 2019.", "part_not_found"),
        ("The council promised to ban Arc Optics lamps.", None),
    ],
)
def test_what_has_happened_does_not_tell_what_will(sentence: str, reason: str | None) -> None:
    assert weigh("Will the council ban Arc Optics lamps?", sentence).reason == reason


def test_a_sum_may_be_called_the_figure_where_its_passage_says_what_it_is() -> None:
    lines = ("The council spoke of a fine on Arc Optics.", "It met.", "The provisional figure was nine pounds.")
    assert weigh("What was the provisional fine on Arc Optics?", *lines).reason is None


def test_a_passive_that_nothing_tells_is_a_premise_too() -> None:
    lines = ("The Arc Optics fair was planned for May.", "Who cancelled?")
    assert weigh("Why was the Arc Optics fair cancelled?", *lines).premise == ("the Arc Optics fair", "cancelled")


@pytest.mark.parametrize(
    ("role", "premise"),
    [("the harbour commissioner", ("Ana Ruiz", "the harbour commissioner")), ("the finance director", None)],
)
def test_a_role_that_nobody_gives_somebody_is_a_premise(role: str, premise: tuple[str, str] | None) -> None:
    lines = ("Ana Ruiz, finance director of Arc Optics, asked the harbour commissioner for a licence.",)
    assert weigh(f"What did Ana Ruiz, {role}, ask for?", *lines).premise == premise


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("What did Arc Optics pay and who painted its stadium?", ("painted", "stadium")),
        ("What did Arc Optics pay and when did it pay the fine?", ()),
        ("What did Arc Optics pay?", ()),
    ],
)
def test_a_part_of_a_question_that_nothing_answers_is_named(question: str, missing: tuple[str, ...]) -> None:
    source = document("Arc Optics paid the fine in May.")
    found = weighed_evidence(question, passage(source, source.text), nearness=0.3)
    assert part_not_met(found) == missing
