from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from assistant.both_sides import with_other_sides
from assistant.caveats import caveats, relative_dates
from assistant.domain import Caveat, Supported
from assistant.drafting import Draft, DraftClaim, Reference
from assistant.extractive import ExtractiveWriter
from assistant.gate import Gate
from assistant.messages import words_not_found
from assistant.referring import own_words
from assistant.settings import AnsweringSettings
from assistant.sufficiency import Verdict
from ingest.documents import Span
from ingest.ledger.records import DocumentText, PassageRecord
from ingest.ledger.understood import Understood
from ingest.near_duplicates import signature
from ingest.segment.sentences import sentences
from ingest.understanding.statement import Entity

from .material import Shelf, document, evidence, passage


@dataclass
class Records:
    """What a ledger would tell of the documents of a test."""

    documents: Sequence[DocumentText] = ()
    vendors: tuple[str, ...] = ()
    corrected: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def corrections(self) -> dict[str, tuple[str, ...]]:
        return self.corrected

    def is_vendor(self, name: str) -> bool:
        return name in self.vendors

    def signatures(self, ids: Sequence[str]) -> dict[str, bytes]:
        return {one.document.id: signature(one.text).packed for one in self.documents if one.document.id in ids}

    def understanding(self, id: str, version: int | None = None) -> Understood:
        return Understood(False, "", tuple(Entity(name, "vendor") for name in self.vendors), None)


Told = tuple[tuple[Caveat, ...], tuple[str, ...]]


def told(question: str, *shown: tuple[DocumentText, str], also: Sequence[DocumentText] = (), **known: object) -> Told:
    """Caveats of a briefing whose claims are those sentences, with the whole of each document as evidence."""
    cited = {one.document.id: one for one, _ in shown}
    documents = [*cited.values(), *also]
    found = evidence(question, *(whole(one) for one in documents))
    claims = [claim(source, sentence) for source, sentence in shown]
    return caveats(claims, found, Verdict(None), Records(documents, **known), rebuilding=False)  # type: ignore[arg-type]


def whole(source: DocumentText) -> PassageRecord:
    """The one passage that is all of a document."""
    return passage(source, *(source.text[span.start : span.end] for span in spans(source)))


def spans(source: DocumentText) -> list[Span]:
    return [span for block in source.blocks for span in sentences(source.text, block.start, block.end)]


def claim(source: DocumentText, sentence: str) -> Supported:
    """The claim that the gate makes of a sentence in its own words."""
    span = passage(source, sentence)
    place = Reference(source.document.id, 1, span.start, span.end, sentence)
    (decided,) = Gate(Shelf(source)).admit(Draft((DraftClaim(sentence, (place,)),)))
    assert isinstance(decided, Supported)
    return decided


def test_relative_dates_are_found_as_they_are_written() -> None:
    text = "Last July it was named; in December last year it replied, three months ago."
    assert relative_dates(text) == ("Last July", "in December last year", "three months ago")


def test_a_dated_text_has_no_relative_date() -> None:
    assert relative_dates("In July 2021 it was named, and it will last.") == ()


def test_a_relative_date_of_an_undated_source_is_named_and_not_placed() -> None:
    source = document("Last July the firm was named.", publisher="A Paper")
    codes, notes = told("When was the firm named?", (source, "Last July the firm was named."))
    assert codes == ("single_source", "undated_source")
    assert any("“Last July”" in note and "bears no date" in note for note in notes)


def test_an_unknown_publisher_and_a_rebuild_are_said() -> None:
    source = document("The firm was named.", published="2021")
    found = evidence("Was the firm named?", whole(source))
    codes, notes = caveats([claim(source, "The firm was named.")], found, Verdict(None), Records(), rebuilding=True)
    assert codes == ("single_source", "unknown_publisher", "index_rebuilding")
    assert len(notes) == 3


def test_a_document_that_another_corrects_bears_a_caveat() -> None:
    source = document("The firm was named.", publisher="A", published="2021")
    known = {source.document.id: ("notice",)}
    codes, notes = told("Was the firm named?", (source, "The firm was named."), corrected=known)
    assert codes == ("single_source", "corrected_since")
    assert any("corrected" in note for note in notes)


POST = document(
    "Tarn Council put up 120 cameras in the market, its deputy leader told the paper.",
    name="post.txt", publisher="Tarn Post", published="2023-03-02", source_type="news",
)  # fmt: skip
AUDIT = document(
    "We found that Tarn Council put up 146 cameras in the market.",
    name="audit.txt", publisher="Audit Office", published="2023-09-14", source_type="report",
)  # fmt: skip
ALLEGED = document(
    "Openlight alleges that the cameras of Orvane single out ethnic groups.",
    name="ngo.txt", publisher="Openlight", published="2023-05-11", source_type="report",
)  # fmt: skip
DENIED = document(
    "Orvane rejects the claim that its cameras single out ethnic groups.",
    "We store images for 24 hours only.",
    name="orvane.txt", publisher="Orvane", published="2023-06-01", source_type="vendor statement",
)  # fmt: skip
NEVER = document("Orvane has never shared images with the police.", name="n.txt", publisher="Orvane", published="2023")
SHARED = document("Orvane shared images with the police.", name="s.txt", publisher="Tarn Post", published="2023")


def sentence(source: DocumentText, place: int = 0) -> tuple[DocumentText, str]:
    span = spans(source)[place]
    return source, source.text[span.start : span.end]


def test_two_figures_for_one_thing_are_set_against_each_other_by_name() -> None:
    codes, notes = told("How many cameras did Tarn Council put up?", sentence(POST), sentence(AUDIT))
    assert codes == ("sources_disagree",)
    assert "its deputy leader, as Tarn Post tells it (“post”, 2 March 2023) has “120”" in notes[0]
    assert "Audit Office (“audit”, 14 September 2023) has “146”" in notes[0]


def test_an_allegation_and_its_denial_are_named_as_two_sides() -> None:
    codes, notes = told("Do the cameras of Orvane single out groups?", sentence(ALLEGED), sentence(DENIED))
    assert "sources_disagree" in codes
    assert "Openlight (“ngo”, 11 May 2023) says, Orvane (“orvane”, 1 June 2023) denies" in notes[0]


def test_what_one_source_affirms_and_another_negates_is_a_disagreement() -> None:
    codes, _ = told("Did Orvane share images with the police?", sentence(NEVER), sentence(SHARED))
    assert "sources_disagree" in codes


@pytest.mark.parametrize(
    "other",
    [
        "Brack Council put up 146 cameras in the market.",
        "Tarn Council put up 146 benches in the market.",
        "Tarn Council put up over 100 cameras in the market.",
        "In 2019 Tarn Council put up 146 cameras in the market.",
        "A correction said that an earlier version of the story gave 146 cameras in the market for Tarn Council.",
    ],
)
def test_figures_for_other_things_or_times_are_no_disagreement(other: str) -> None:
    dated = document("In March 2023 Tarn Council put up 120 cameras in the market.", name="d.txt", publisher="P")
    against = document(other, name="o.txt", publisher="Q")
    codes, _ = told("How many cameras are there?", sentence(dated), sentence(against))
    assert "sources_disagree" not in codes


def test_the_writer_brings_in_the_side_that_it_did_not_choose() -> None:
    found = evidence("How many cameras did Tarn Council put up?", whole(POST), whole(AUDIT))
    draft = ExtractiveWriter(AnsweringSettings(claims=1)).write(found)
    assert {one.references[0].document for one in draft.claims} == {POST.document.id, AUDIT.document.id}


def test_a_draft_of_another_writer_is_given_the_side_it_leaves_out() -> None:
    found = evidence("Do the cameras of Orvane single out groups?", whole(ALLEGED), whole(DENIED))
    (alleged,) = [one for one in found.statements if one.passage.document.id == ALLEGED.document.id]
    completed = with_other_sides(Draft((own_words(alleged, found.statements),)), found)
    assert [one.text for one in completed.claims] == [sentence(ALLEGED)[1], sentence(DENIED)[1]]


WIRE = (
    "The minister said on Monday that the cameras will stay at every gate of the port.",
    "Critics called the plan of the ministry reckless and said that nobody had asked them.",
)


def test_two_copies_of_a_wire_story_are_one_source() -> None:
    one = document(*WIRE, name="a.txt", publisher="Gazette", published="2023", source_type="news")
    other = document(*WIRE, name="b.txt", publisher="Echo", published="2023", source_type="news")
    codes, notes = told("What did the minister say?", sentence(one), sentence(other, 1))
    assert "single_source" in codes
    assert any("goes back to one source" in note for note in notes)


def test_a_story_and_the_letter_that_it_tells_of_are_one_source() -> None:
    letter = document(
        "I ask Orvane to confirm whether its cameras were trained on images taken without consent.",
        name="l.txt", publisher="Office of the Ombudsman", author="Halima Quist", published="2023", source_type="letter",
    )  # fmt: skip
    story = document(
        "The ombudsman, Halima Quist, asked Orvane to confirm whether its cameras were trained on images taken without "
        "consent.",
        name="s.txt", publisher="Ledger", published="2023", source_type="news",
    )  # fmt: skip
    codes, _ = told("What did the ombudsman ask?", sentence(letter), sentence(story))
    assert "single_source" in codes


def test_two_dated_sources_of_their_own_need_no_caveat() -> None:
    one = document("The firm was named by the board.", name="a.txt", publisher="A", published="2021")
    other = document("Two more gates were opened in May.", name="b.txt", publisher="B", published="2022")
    assert told("What happened?", sentence(one), sentence(other)) == ((), ())


def test_a_vendors_own_account_of_itself_is_said_to_be_no_more() -> None:
    codes, notes = told("How long does Orvane store images?", sentence(DENIED, 1), vendors=("Orvane",))
    assert "vendor_account_only" in codes
    assert any("the account that Orvane gives of itself" in note for note in notes)
    assert "vendor_account_only" not in told("Who?", sentence(POST), sentence(DENIED, 1), vendors=("Orvane",))[0]


def test_allegations_alone_are_said_to_establish_nothing() -> None:
    codes, _ = told("What is Orvane accused of?", sentence(ALLEGED))
    assert "allegation_only" in codes


def test_a_story_about_a_letter_is_told_from_the_letter() -> None:
    story = document(
        "In a letter the ombudsman, Halima Quist, asked Orvane to reply.",
        name="s.txt", publisher="Ledger", published="2023", source_type="news",
    )  # fmt: skip
    codes, notes = told("What did the ombudsman ask?", sentence(story))
    assert "reported_only" in codes
    assert any("the letter itself is not among what is cited" in note for note in notes)


NEW = document(
    "The store of images of Orvane was closed.", name="new.txt", title="Orvane closes store", published="2025-02-01"
)


def test_an_old_account_names_the_newer_document_and_both_dates() -> None:
    codes, notes = told("What of the store of images of Orvane?", sentence(DENIED, 1), also=[NEW])
    assert "old_account" in codes
    assert any("is of 1 June 2023; “Orvane closes store”, of 1 February 2025" in note for note in notes)


@pytest.mark.parametrize("question", ["What of the store of images of Orvane in 2023?", "What of the store of Brack?"])
def test_a_question_of_a_year_or_of_another_name_has_no_newer_account(question: str) -> None:
    assert "old_account" not in told(question, sentence(DENIED, 1), also=[NEW])[0]


def test_an_undated_source_is_never_called_old() -> None:
    undated = document("We store images of Orvane for 24 hours only.", name="u.txt", publisher="Orvane")
    codes, _ = told("What of the store of images of Orvane?", sentence(undated), also=[NEW])
    assert "old_account" not in codes and "undated_source" in codes


def test_another_name_in_the_same_sentence_is_a_disagreement_where_a_name_is_asked_for() -> None:
    one = document("The contract for the gates of the port went to Orvane in May.", name="a.txt", publisher="A")
    other = document("The contract for the gates of the port went to Halden in May.", name="b.txt", publisher="B")
    codes, notes = told("Which company won the contract for the gates of the port?", sentence(one), sentence(other))
    assert "sources_disagree" in codes and "“Orvane”" in notes[0] and "“Halden”" in notes[0]
    assert "sources_disagree" not in told("What contract did Orvane win?", sentence(one), sentence(other))[0]


def test_a_request_alone_is_said_to_tell_of_no_deed() -> None:
    asked = document("We recommend that the council publish the contract.", publisher="Audit", published="2023")
    assert "request_only" in told("Did the council publish the contract?", sentence(asked))[0]
    assert "request_only" not in told("What did the audit recommend?", sentence(asked))[0]


def test_an_allegation_and_a_finding_of_nothing_are_two_sides() -> None:
    alleged = document(
        "Two former employees have claimed that Orvane passed flight data to the army.",
        name="a.txt", publisher="Courier", published="2023-05-03", source_type="news",
    )  # fmt: skip
    found = document(
        "The inspectorate found no evidence that flight data were passed to a foreign army.",
        name="f.txt", publisher="Inspectorate", published="2023-11-12", source_type="report",
    )  # fmt: skip
    codes, notes = told("Did Orvane pass flight data to the army?", sentence(alleged), sentence(found))
    assert "sources_disagree" in codes and "cannot both be so" in notes[0]


def test_two_lengths_of_time_are_compared_whatever_their_units() -> None:
    one = document("Orvane stores the images of the port for 24 hours.", name="a.txt", publisher="A", published="2023")
    same = document("Orvane stores the images of the port for one day.", name="b.txt", publisher="B", published="2023")
    other = document("Orvane stores the images of the port for 30 days.", name="c.txt", publisher="C", published="2023")
    question = "How long are images of the port stored?"
    assert "sources_disagree" not in told(question, sentence(one), sentence(same))[0]
    codes, notes = told(question, sentence(one), sentence(other))
    assert "sources_disagree" in codes and "“24 hours”" in notes[0] and "“30 days”" in notes[0]


def test_two_papers_that_tell_of_one_vote_are_two_sources() -> None:
    one = document(
        "The Gazette reported that the European Parliament adopted a resolution against face scanning by the police.",
        name="a.txt", publisher="Gazette", published="2021-10-06", source_type="news",
    )  # fmt: skip
    other = document(
        "The Echo reported that the European Parliament had voted for a resolution against face scanning.",
        name="b.txt", publisher="Echo", published="2021-10-07", source_type="news",
    )  # fmt: skip
    assert "single_source" not in told("How did the Parliament vote?", sentence(one), sentence(other))[0]


def test_counts_of_one_vote_are_compared_by_the_way_they_went() -> None:
    one = document("377 members of the House voted in favour of the law, 248 against.", name="a.txt", publisher="A")
    other = document("The vote on the law in the House was 36 in favour and 24 against.", name="b.txt", publisher="B")
    codes, notes = told("How many members of the House voted for the law?", sentence(one), sentence(other))
    assert "sources_disagree" in codes and "“377”" in notes[0] and "“36”" in notes[0]


def test_a_sentence_that_shares_some_words_with_a_negated_one_does_not_contradict_it() -> None:
    one = document("That is not how the commissioner tells it in the letter to the group.", name="a.txt", publisher="A")
    other = document("The commissioner wrote the letter to the group in May about cameras in ten ports.", name="b.txt")
    assert "sources_disagree" not in told("What happened?", sentence(one), sentence(other))[0]


def test_a_part_of_a_name_that_is_not_found_is_not_told_beside_the_name() -> None:
    assert words_not_found(("Ada Lund", "Lund", "Borealis")).endswith("with “Ada Lund”, “Borealis”.")
