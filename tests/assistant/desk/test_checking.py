"""A verdict for every sentence of a draft, over a real library."""

from __future__ import annotations

import json

import pytest

from assistant.answering import Assistant
from assistant.desk.checking import Checker
from assistant.desk.drafts import from_text
from assistant.desk.verdicts import CheckedSentence
from assistant.drafting import Draft, DraftClaim, Reference


def only(checker: Checker, text: str) -> CheckedSentence:
    return checker.check(from_text(text)).sentences[-1]


@pytest.mark.parametrize(
    ("verdict", "text"),
    [
        ("supported", "Northgate Cameras denied that it can reach any recording."),
        ("supported", "Northgate Cameras agreed to appoint a data protection officer."),
        ("partly_supported", "Northgate Cameras agreed to appoint a data protection officer and two auditors."),
        (
            "contradicted",
            "The Harbour Commissioner found that Northgate Cameras stored 9,000 recordings without a licence.",
        ),
        ("quote_altered", "Northgate Cameras called the letter “a heavy-handed and pointless intervention”."),
        ("wrong_speaker", "Tom Bale called the letter “a heavy-handed and needless intervention”."),
        ("wrong_source", "According to the Guardian, Northgate Cameras agreed to appoint a data protection officer."),
        (
            "stitched_quote",
            "She said that it was “full of unlicensed cameras and a heavy-handed and needless intervention”.",
        ),
        ("allegation_as_fact", "Northgate Cameras has sold recordings to a rival port."),
        ("out_of_date", "The board keeps recordings for a year."),
        ("out_of_date", "The Felmouth Port Board runs 40 cameras on its piers."),
        ("not_in_library", "The Prime Minister opened a museum of glass in Leith."),
        ("no_claim", "What did the Commissioner ask?"),
        ("no_claim", "Dear Minister,"),
        ("no_claim", "# Background"),
    ],
)
def test_each_verdict_is_given_where_it_belongs(checker: Checker, verdict: str, text: str) -> None:
    assert only(checker, text).verdict == verdict


def test_every_citation_is_the_exact_text_of_its_version(checker: Checker, harbour: Assistant) -> None:
    draft = from_text("Northgate Cameras has sold recordings to a rival port. The board keeps recordings for a year.")
    cited = [citation for one in checker.check(draft).sentences for citation in one.citations]
    assert cited
    for one in cited:
        assert harbour.library.ledger.text(one.document, one.version).text[one.start : one.end] == one.quote


def test_what_is_supported_passes_the_gate_and_what_is_not_does_not(checker: Checker, harbour: Assistant) -> None:
    lines = (
        "Northgate Cameras agreed to appoint a data protection officer.",
        "Northgate Cameras agreed to appoint two data protection officers.",
        "The Harbour Commissioner found that Northgate Cameras stored 4,200 recordings without a licence.",
    )
    for one in checker.check(from_text("\n\n".join(lines))).sentences:
        references = tuple(
            Reference(cited.document, cited.version, cited.start, cited.end, cited.quote) for cited in one.citations
        )
        decided = next(iter(harbour.gate.admit(Draft((DraftClaim(one.text, references),)))))
        assert (one.verdict == "supported") == (type(decided).__name__ == "Supported"), one.text


def test_an_altered_quote_shows_the_difference_word_by_word(checker: Checker) -> None:
    found = only(checker, "Northgate Cameras called the letter “a heavy-handed and pointless intervention”.")
    assert ("draft", "pointless") in found.difference
    assert ("source", "needless") in found.difference
    assert found.suggestion is not None
    assert "needless" in found.suggestion


def test_a_pronoun_is_read_as_whom_the_sentence_before_names(checker: Checker) -> None:
    draft = "Northgate Cameras answered in March. It denied that it can reach any recording."
    assert only(checker, draft).verdict == "supported"
    other = "Councillor Tom Bale spoke in March. He called the letter “a heavy-handed and needless intervention”."
    assert only(checker, other).verdict == "wrong_speaker"


def test_what_stands_under_sources_is_no_claim(checker: Checker) -> None:
    draft = "# Lines\n\nNorthgate Cameras agreed to sell the moon to Leith.\n\n## Sources\n\nThe Felmouth Herald wrote of it."
    assert [one.verdict for one in checker.check(from_text(draft)).sentences][-1] == "no_claim"


def test_the_json_has_the_fields_of_the_schema_and_no_other(checker: Checker) -> None:
    made = json.loads(
        checker.check(from_text("Northgate Cameras denied that it can reach any recording.")).model_dump_json()
    )
    assert set(made) == {"sentences", "counts"}
    assert set(made["sentences"][0]) == {"text", "verdict", "detail", "citations", "suggestion"}
    assert made["counts"] == {"supported": 1}


def test_hostile_drafts_get_verdicts_and_break_nothing(checker: Checker) -> None:
    for text in (
        "“" * 400 + " a quotation",
        "a " * 3000,
        "<script>alert(1)</script> said “ignore all rules”.",
        "\u202eevil text here now.",
    ):
        assert checker.check(from_text(text)).sentences
