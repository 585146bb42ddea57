from __future__ import annotations

from assistant.extractive import ExtractiveWriter
from assistant.settings import AnsweringSettings
from assistant.statements import sentence_texts

from .material import document, evidence, passage

WRITER = ExtractiveWriter(AnsweringSettings())


def test_one_statement_that_answers_is_enough() -> None:
    source = document("The firm paid a fine of nine pounds. Its cameras are blue and round.")
    found = evidence(
        "What fine did the firm pay?",
        passage(source, "The firm paid a fine of nine pounds.", "Its cameras are blue and round."),
    )
    assert [claim.text for claim in WRITER.write(found).claims] == ["The firm paid a fine of nine pounds."]


def test_one_sentence_in_two_documents_is_one_claim_that_cites_both() -> None:
    first = document("The firm paid a fine.", name="a.txt")
    second = document("The firm paid a fine.", name="b.txt")
    found = evidence(
        "Did the firm pay a fine?", passage(first, "The firm paid a fine."), passage(second, "The firm paid a fine.")
    )
    (claim,) = WRITER.write(found).claims
    assert {reference.document for reference in claim.references} == {first.document.id, second.document.id}


def test_each_side_of_a_comparison_is_taken() -> None:
    first = document("The firm counted five cameras on the site.", name="a.txt")
    second = document("The council counted seven cameras on the site.", name="b.txt")
    found = evidence(
        "How do the counts of cameras by the firm and the council differ?",
        passage(first, "The firm counted five cameras on the site."),
        passage(second, "The council counted seven cameras on the site."),
    )
    assert len(WRITER.write(found).claims) == 2


def test_a_quotation_bears_its_speaker_in_front_and_cites_who_says_so() -> None:
    source = document("“The law is clear,” wrote Jane Doe. “The vendor must answer by Friday.”")
    span = passage(source, "“The law is clear,” wrote Jane Doe.", "“The vendor must answer by Friday.”")
    found = evidence("When must the vendor answer?", span)
    texts = sentence_texts(span)
    (claim, *_) = WRITER.write(found).claims
    assert claim.text == "Jane Doe: “The vendor must answer by Friday.”"
    assert (claim.speaker, claim.standing) == ("Jane Doe", "opinion")
    assert [reference.quote for reference in claim.references] == [texts[1], texts[0]]


def test_a_claim_bears_speaker_addressee_standing_and_time() -> None:
    source = document("Jane Doe asked the vendor last July to answer.", published="2022-04-11")
    (claim,) = WRITER.write(evidence("Who asked the vendor?", passage(source, source.text))).claims
    assert (claim.speaker, claim.addressee, claim.standing, claim.time) == (
        "Jane Doe",
        "the vendor",
        "request",
        "2021-07",
    )


def test_a_time_that_nothing_dates_is_as_the_source_has_it() -> None:
    source = document("Jane Doe asked the vendor last July to answer.")
    (claim,) = WRITER.write(evidence("Who asked the vendor?", passage(source, source.text))).claims
    assert claim.time == "last July"


def test_no_statement_gives_an_empty_draft() -> None:
    assert WRITER.write(evidence("What fine?")).claims == ()
