from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from pydantic import ValidationError

from assistant.domain import Citation, Supported, Withheld
from assistant.drafting import Draft, DraftClaim, Reference
from assistant.gate import Gate
from assistant.support import Support
from ingest.ledger.records import DocumentText

from .material import Shelf, document, passage

LETTER = document(
    "The commissioner wrote to the firm on 3 May 2021. It is not true that the cameras were removed.",
    "“We expect answers,” wrote Jane Doe. “None has come.”",
    page=2,
    published="2021-05-04",
)


def refer(quote: str, shift: int = 0) -> Reference:
    start = LETTER.text.index(quote) + shift
    return Reference(LETTER.document.id, 1, start, start + len(quote), quote)


def decide(text: str, *references: Reference) -> Supported | Withheld:
    (decided,) = Gate(Shelf(LETTER)).admit(Draft((DraftClaim(text, references),)))
    return decided


def test_a_whole_sentence_in_the_sources_words_is_shown_with_its_exact_place() -> None:
    quote = "The commissioner wrote to the firm on 3 May 2021."
    decided = decide(quote, refer(quote))
    assert isinstance(decided, Supported)
    (citation,) = decided.citations
    assert LETTER.text[citation.start : citation.end] == citation.quote == quote
    assert (citation.page, citation.published, citation.sha256) == (2, "2021-05-04", LETTER.document.digest)


def reason(decided: Supported | Withheld) -> str:
    assert isinstance(decided, Withheld)
    return decided.reason


def test_a_claim_without_a_reference_is_withheld() -> None:
    assert reason(decide("The commissioner wrote to the firm.")) == "no_citation"


def test_a_claim_whose_quote_stands_one_character_further_is_withheld() -> None:
    quote = "The commissioner wrote to the firm on 3 May 2021."
    assert reason(decide(quote, refer(quote, shift=1))) == "quote_not_found"


def test_a_claim_cut_out_of_its_negation_is_withheld() -> None:
    assert reason(decide("The cameras were removed.", refer("the cameras were removed."))) == "quote_not_found"


def test_a_claim_that_cites_no_document_we_hold_is_withheld() -> None:
    lost = Reference("feedfeedfeedfeed", 1, 0, 4, "text")
    assert reason(decide("text", lost)) == "quote_not_found"


def test_a_claim_with_another_day_is_withheld() -> None:
    quote = "The commissioner wrote to the firm on 3 May 2021."
    assert reason(decide(quote.replace("3 May", "4 May"), refer(quote))) == "date_not_in_source"


def test_a_claim_with_another_month_is_withheld() -> None:
    quote = "The commissioner wrote to the firm on 3 May 2021."
    assert reason(decide(quote.replace("May", "June"), refer(quote))) == "date_not_in_source"


def test_a_claim_whose_quote_was_altered_is_withheld() -> None:
    quote = "“We expect answers,” wrote Jane Doe."
    assert reason(decide("“We expect an answer,” wrote Jane Doe.", refer(quote))) == "quote_altered"


def test_a_claim_put_in_another_mouth_is_withheld() -> None:
    quotes = refer("“None has come.”"), refer("“We expect answers,” wrote Jane Doe.")
    assert reason(decide("Ann Other: “None has come.”", *quotes)) == "wrong_speaker"


def test_a_quotation_with_its_speaker_in_front_is_shown() -> None:
    quotes = refer("“None has come.”"), refer("“We expect answers,” wrote Jane Doe.")
    assert isinstance(decide("Jane Doe: “None has come.”", *quotes), Supported)


def test_a_claim_beside_which_another_speaker_is_named_is_withheld() -> None:
    quotes = refer("“None has come.”"), refer("“We expect answers,” wrote Jane Doe.")
    drafts = (DraftClaim("“None has come.”", quotes, who) for who in ("Jane Doe", "Doe", "Ann Other"))
    right, short, wrong = Gate(Shelf(LETTER)).admit(Draft(tuple(drafts)))
    assert isinstance(right, Supported)
    assert isinstance(short, Supported)
    assert reason(wrong) == "wrong_speaker"


def test_a_speaker_may_be_named_in_full_where_the_sentence_has_the_short_name() -> None:
    source = document(
        "This is about the Harbour Commissioner's Office (HCO).",
        "In May 2022 the HCO fined Example Ltd £500 and ordered it to pay.",
        name="note.txt",
    )
    fined = "In May 2022 the HCO fined Example Ltd £500 and ordered it to pay."
    start = source.text.index(fined)
    quote = (Reference(source.document.id, 1, start, start + len(fined), fined),)
    drafts = (
        DraftClaim(fined, quote, who) for who in ("Harbour Commissioner's Office", "Customs Commissioner's Office")
    )
    right, wrong = Gate(Shelf(source)).admit(Draft(tuple(drafts)))
    assert isinstance(right, Supported)
    assert reason(wrong) == "wrong_speaker"


def test_a_faithful_rewording_is_shown() -> None:
    decided = decide(
        "On 3 May 2021 the commissioner wrote to the firm.", refer("The commissioner wrote to the firm on 3 May 2021.")
    )
    assert isinstance(decided, Supported)


def test_every_sentence_of_a_claim_must_stand() -> None:
    quote = "The commissioner wrote to the firm on 3 May 2021."
    assert reason(decide(f"{quote} The firm was fined.", refer(quote))) == "not_supported"


def test_the_clauses_of_a_claim_may_stand_in_different_sentences() -> None:
    held = document("Halden paid the fine in May 2020. Bright did not reply.", name="two.txt")
    first, second = "Halden paid the fine in May 2020.", "Bright did not reply."
    references = tuple(
        Reference(held.document.id, 1, held.text.index(one), held.text.index(one) + len(one), one)
        for one in (first, second)
    )
    claims = (
        DraftClaim("Halden paid the fine in 2020, and Bright did not reply.", references),
        DraftClaim("Bright paid the fine in 2020, and Halden did not reply.", references),
        DraftClaim("Halden paid the fine in 2020, and Bright replied.", references),
    )
    right, swapped, turned = Gate(Shelf(held)).admit(Draft(claims))
    assert isinstance(right, Supported)
    assert isinstance(swapped, Withheld)
    assert isinstance(turned, Withheld)


def test_another_document_names_nobody_for_a_pronoun() -> None:
    other = document("Nordvale said so in June.", name="other.txt")
    first = document("It said the cameras were safe.", name="first.txt")
    draft = DraftClaim(
        "Nordvale said the cameras were safe.",
        tuple(Reference(one.document.id, 1, 0, len(one.text), one.text) for one in (first, other)),
    )
    (decided,) = Gate(Shelf(first, other)).admit(Draft((draft,)))
    assert reason(decided) == "wrong_speaker"


class Checker:
    """A support checker with one opinion."""

    name = "scripted"

    def __init__(self, score: float) -> None:
        self._score = score

    def check(self, claim: str, evidence_sentences: Sequence[str]) -> Support:
        return Support(self._score, 0.8, "scripted")


def test_a_claim_that_lacks_only_a_plain_word_is_shown_when_the_support_checker_carries_it() -> None:
    quote = "The commissioner wrote to the firm on 3 May 2021."
    draft = Draft((DraftClaim("The commissioner wrote to the wholesaler on 3 May 2021.", (refer(quote),)),))
    (sure,) = Gate(Shelf(LETTER), support=Checker(0.9)).admit(draft)
    (unsure,) = Gate(Shelf(LETTER), support=Checker(0.7)).admit(draft)
    assert isinstance(sure, Supported)
    assert sure.support == 0.9
    assert reason(unsure) == "not_supported"


def test_the_support_checker_is_not_asked_about_a_claim_that_says_nothing() -> None:
    quote = "The commissioner wrote to the firm on 3 May 2021."
    (decided,) = Gate(Shelf(LETTER), support=Checker(1.0)).admit(Draft((DraftClaim("It was.", (refer(quote),)),)))
    assert reason(decided) == "not_supported"


def test_the_support_checker_outweighs_no_other_check() -> None:
    quote = "The commissioner wrote to the firm on 3 May 2021."
    draft = Draft((DraftClaim("The commissioner wrote to the firm on 4 May 2021.", (refer(quote),)),))
    (decided,) = Gate(Shelf(LETTER), support=Checker(1.0)).admit(draft)
    assert reason(decided) == "date_not_in_source"


def test_a_claim_without_a_citation_cannot_be_constructed() -> None:
    with pytest.raises(ValidationError):
        Supported(text="Something.", citations=())


def test_a_citation_of_another_text_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="not that of"):
        Citation.checked(LETTER.document, LETTER.text + "!", 0, 4, None)


def test_a_citation_outside_the_text_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="no span"):
        Citation.checked(LETTER.document, LETTER.text, 0, len(LETTER.text) + 1, None)


def test_a_citation_whose_span_and_quote_differ_cannot_be_read_back() -> None:
    cited = Gate(Shelf(LETTER)).cite(passage(LETTER, "None has come."), 0, 3)
    with pytest.raises(ValidationError):
        Citation.model_validate({**cited.model_dump(), "end": 9})


STORY = document(
    "Mira Holt, the rail ombudsman, alleged that Norvale Optics hid the fault last July.",
    "She asked the firm to answer.",
    "The firm runs two depots.",
    name="story.txt",
    published="2022-02-14",
    source_type="news",
)
ALLEGED = "Mira Holt, the rail ombudsman, alleged that Norvale Optics hid the fault last July."


def beside(sentence: str, source: DocumentText = STORY, **given: Any) -> Supported | Withheld:
    span = passage(source, sentence)
    place = Reference(source.document.id, 1, span.start, span.end, sentence)
    (decided,) = Gate(Shelf(source)).admit(Draft((DraftClaim(sentence, (place,), **given),)))
    return decided


def test_what_stands_beside_a_claim_is_the_ledgers_word_of_the_sentence() -> None:
    shown = beside(ALLEGED)
    assert isinstance(shown, Supported)
    assert (shown.standing, shown.cue, shown.speaker) == ("allegation", "allege", "Mira Holt")
    assert (shown.account, shown.time) == ("reported", "2021-07")
    assert shown.time_basis == "“last July”, counted from the date of publication, 14 February 2022"


def test_a_relative_date_of_an_undated_source_stands_as_written_with_the_reason() -> None:
    undated = document(ALLEGED, name="undated.txt")
    shown = beside(ALLEGED, undated)
    assert isinstance(shown, Supported)
    assert (shown.time, shown.time_basis) == ("last July", "as written, source undated")


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"standing": "finding"}, "standing_changed"),
        ({"standing": "statement_of_fact"}, "standing_changed"),
        ({"speaker": "Norvale Optics"}, "wrong_speaker"),
        ({"addressee": "The Transport Committee"}, "wrong_addressee"),
        ({"time": "2022-07"}, "wrong_time"),
        ({"time": "2021-07-14"}, "wrong_time"),
    ],
)
def test_a_label_beside_a_claim_that_the_ledger_does_not_have_stops_it(given: dict[str, Any], reason: str) -> None:
    shown = beside(ALLEGED, **given)
    assert isinstance(shown, Withheld)
    assert shown.reason == reason


def test_labels_that_are_the_ledgers_own_pass() -> None:
    given = {"standing": "allegation", "speaker": "Mira Holt", "time": "2021"}
    assert isinstance(beside(ALLEGED, **given), Supported)


def test_the_sentence_that_names_the_speaker_is_cited_too() -> None:
    shown = beside("She asked the firm to answer.")
    assert isinstance(shown, Supported)
    assert shown.speaker == "Mira Holt"
    assert [one.quote for one in shown.citations] == ["She asked the firm to answer.", ALLEGED]


def test_a_claim_made_of_an_allegation_and_a_fact_is_labelled_an_allegation() -> None:
    fact = "The firm runs two depots."
    places = [passage(STORY, one) for one in (ALLEGED, fact)]
    references = tuple(
        Reference(STORY.document.id, 1, one.start, one.end, text)
        for one, text in zip(places, (ALLEGED, fact), strict=True)
    )
    (shown,) = Gate(Shelf(STORY)).admit(Draft((DraftClaim(f"{ALLEGED} {fact}", references),)))
    assert isinstance(shown, Supported)
    assert (shown.standing, shown.speaker) == ("allegation", None)
