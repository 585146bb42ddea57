from __future__ import annotations

from assistant.evidence import Statement
from ingest.ledger.records import PassageRecord

from .material import document, passage, weighed_evidence


def scored(question: str, *passages: PassageRecord) -> tuple[Statement, ...]:
    """The statements of `passages`, best first."""
    return weighed_evidence(question, *passages).statements


def test_the_sentence_in_which_the_right_one_does_it_comes_first() -> None:
    source = document(
        "The council wrote to Arc Optics to ask about cameras. It followed a request by Arc Optics to meet."
    )
    one = passage(
        source, "The council wrote to Arc Optics to ask about cameras.", "It followed a request by Arc Optics to meet."
    )
    best, other = scored("What had Arc Optics asked for?", one)
    assert best.text.startswith("It followed")
    assert best.deed > other.deed


def test_a_pronoun_is_credited_with_a_name_of_the_passage_before_it() -> None:
    source = document("Arc Optics sells cameras.", "It must file a plan.", "Plans must be filed.")
    first = passage(source, "Arc Optics sells cameras.")
    second = passage(source, "It must file a plan.")
    third = passage(source, "Plans must be filed.")
    found = {one.text: one.resolved for one in scored("What must Arc Optics file?", first, second, third)}
    assert found["It must file a plan."] > found["Plans must be filed."]


def test_a_name_in_another_document_is_not_lent() -> None:
    here, there = document("It must file a plan.", name="a.txt"), document("Arc Optics sells cameras.", name="b.txt")
    alone = scored("What must Arc Optics file?", passage(here, "It must file a plan."))
    beside = scored(
        "What must Arc Optics file?", passage(here, "It must file a plan."), passage(there, "Arc Optics sells cameras.")
    )
    assert alone[0].resolved == next(one for one in beside if one.text == alone[0].text).resolved


def test_another_word_for_the_same_deed_counts_nearly_as_much_as_the_word_itself() -> None:
    source = document("The council reprimanded the firm.", "The council held a feast.")
    found = scored(
        "Whom did the council censure?",
        passage(source, "The council reprimanded the firm."),
        passage(source, "The council held a feast."),
    )
    assert found[0].text == "The council reprimanded the firm."
    assert 0.5 < found[0].coverage < 1


def test_a_question_without_words_scores_by_passage_alone() -> None:
    source = document("The council held a feast.")
    (one,) = scored("?", passage(source, "The council held a feast."))
    assert one.coverage == 0
