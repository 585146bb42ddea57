from __future__ import annotations

import pytest

from assistant.checks import figures, quotations, wording


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("It paid £1,200.", "It paid £1200 in all."),
        ("There were three letters.", "There were 3 letters."),
        ("It began in April 2022.", "The letter of 11 April 2022."),
        ("He may go on a march.", "Nothing here."),
    ],
)
def test_numbers_and_dates_that_stand_in_the_quote_pass(claim: str, quote: str) -> None:
    assert figures.check(claim, [quote]) is None


@pytest.mark.parametrize(
    ("claim", "quote", "reason"),
    [
        ("It paid £1,300.", "It paid £1,200.", "number_not_in_source"),
        ("Seven sites were named.", "Six sites were named.", "number_not_in_source"),
        ("It began in May 2022.", "It began in April 2022.", "date_not_in_source"),
        ("In July last year it began.", "It began in June last year.", "date_not_in_source"),
        ("It was on 3 March 2021.", "It was on 3 April 2021.", "date_not_in_source"),
    ],
)
def test_a_number_or_date_that_is_not_in_the_quote_is_found(claim: str, quote: str, reason: str) -> None:
    finding = figures.check(claim, [quote])
    assert finding is not None
    assert finding.reason == reason


def test_an_altered_quotation_is_found() -> None:
    finding = quotations.check("He called it “no contract”.", ["He called it “a contract”."])
    assert finding is not None
    assert finding.reason == "quote_altered"


def test_straight_and_curly_marks_are_one() -> None:
    assert quotations.check('He called it "the firm\'s view".', ["He called it “the firm’s view”."]) is None


def test_a_quotation_that_never_closes_runs_to_the_end() -> None:
    assert quotations.quotations("He wrote: “We will not") == ["We will not"]


def test_a_sentence_in_the_sources_words_passes() -> None:
    assert wording.check("The firm did not reply.", ["The firm did not reply."]) is None


def test_a_speaker_in_front_passes_when_a_cited_text_names_her() -> None:
    assert wording.check("Jane Doe: “We expect answers.”", ["“We expect answers.”", "“Yes,” wrote Jane Doe."]) is None


@pytest.mark.parametrize(
    "claim",
    [
        "The firm did reply.",
        "The firm replied.",
        "reply",
        "John Roe: “The firm did not reply.”",
        "The firm did not reply and was fined.",
    ],
)
def test_any_other_wording_is_withheld(claim: str) -> None:
    finding = wording.check(claim, ["The firm did not reply."])
    assert finding is not None
    assert finding.reason == "not_supported"
