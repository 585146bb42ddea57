from __future__ import annotations

import pytest

from assistant.checks import Finding, figures, quotations
from assistant.checks.case import Case
from assistant.checks.dates import dates
from assistant.checks.quantities import quantities
from assistant.checks.quotations import quotations as quoted_in


def case(claim: str, *cited: str) -> Case:
    return Case(claim, cited)


def figure(claim: str, cited: str) -> Finding | None:
    return figures.numbers(case(claim, cited)) or figures.dates(case(claim, cited))


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("It paid £1,200.", "It paid £1200 in all."),
        ("There were three letters.", "There were 3 letters."),
        ("It paid £1.2m.", "It paid £1,200,000."),
        ("It paid 1.2 million pounds.", "It paid £1,200,000."),
        ("Over a million records leaked.", "Some 1.2 million records leaked."),
        ("About 1.2 million records leaked.", "1,213,450 records leaked."),
        ("At least 300 sites closed.", "No fewer than 300 sites closed."),
        ("Twelve or more sites closed.", "At least 12 sites closed."),
        ("40 per cent objected.", "40% objected."),
        ("Two in five objected.", "40% objected."),
        ("More than half objected.", "Over half objected."),
        ("Between 5 and 10 sites closed.", "Between five and ten sites closed."),
        ("5-10 sites closed.", "5 to 10 sites closed."),
        ("It came 3rd.", "It came third."),
        ("Some 2000 islands are named.", "Some 2,000 islands are named."),
        ("It began in April 2022.", "It began on 11 April 2022."),
        ("It began on 2022-04-11.", "It began on April 11th, 2022."),
        ("It began on 25/3/2021.", "It began on 25 March 2021."),
        ("It began in 2022.", "It began on the 11th of April 2022."),
        ("He may go on a march.", "He may go on a march."),
    ],
)
def test_numbers_and_dates_in_another_form_pass(claim: str, cited: str) -> None:
    assert figure(claim, cited) is None


@pytest.mark.parametrize(
    ("claim", "cited", "reason"),
    [
        ("It paid £1,300.", "It paid £1,200.", "number_not_in_source"),
        ("It paid $40 million.", "It paid £40 million.", "number_not_in_source"),
        ("40 objected.", "40% objected.", "number_not_in_source"),
        ("It fell by 4 percentage points.", "It fell by 4 per cent.", "number_not_in_source"),
        ("Seven sites were named.", "Six sites were named.", "number_not_in_source"),
        ("Over a million records leaked.", "Some 900,000 records leaked.", "number_not_in_source"),
        ("Over a million records leaked.", "Some 40 million records leaked.", "number_not_in_source"),
        ("About 537 sites closed.", "About 530 sites closed.", "number_not_in_source"),
        ("100 sites closed.", "About 100 sites closed.", "number_not_in_source"),
        ("At most 300 sites closed.", "At least 300 sites closed.", "number_not_in_source"),
        ("Between 40 and 90 sites closed.", "Between 40 and 60 sites closed.", "number_not_in_source"),
        ("A third objected.", "A quarter objected.", "number_not_in_source"),
        ("12 forces and 30 councils replied.", "30 forces and 12 councils replied.", "number_not_in_source"),
        ("It breaks rule 3.2.2(b).", "It breaks rule 3.2.1(b).", "number_not_in_source"),
        ("It began in May 2022.", "It began in April 2022.", "date_not_in_source"),
        ("It began on 11 April 2022.", "It began in April 2022.", "date_not_in_source"),
        ("It began on 3/4/2021.", "It began on 4/3/2021.", "date_not_in_source"),
        ("In July last year it began.", "In June last year it began.", "date_not_in_source"),
        ("It was on 3 March 2021.", "It was on 3 April 2021.", "date_not_in_source"),
        ("It began between 1910 and 1910.", "It began between 1910 and 1911.", "date_not_in_source"),
        ("She was appointed in 2019.", "She was appointed in 2016; she resigned in 2019.", "date_not_in_source"),
    ],
)
def test_another_number_or_date_is_found(claim: str, cited: str, reason: str) -> None:
    finding = figure(claim, cited)
    assert finding is not None
    assert finding.reason == reason


def test_may_the_verb_and_march_the_walk_are_no_months() -> None:
    assert dates("He may march in May.")[0].month == 5
    assert len(dates("He may march in May.")) == 1


def test_a_scale_word_behind_a_range_counts_for_both_ends() -> None:
    (one,) = quantities("between 5 and 10 million")
    assert (one.low, one.high) == (5_000_000, 10_000_000)


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ('He called it "the firm\'s view".', "He called it “the firm’s view”."),
        ("She spoke of “co\u00adoperation – at last”.", "She spoke of “cooperation—at last”."),
        ("“[T]he reply is late,” she wrote.", "“We note that the reply is late,” she wrote."),
        ("“The reply … is late,” she wrote.", "“The reply of the firm is late,” she wrote."),
        ("“The reply [...] is late,” she wrote.", "“The reply of the firm is late,” she wrote."),
        ("“[The firm] is late,” she wrote of the firm.", "“It is late,” she wrote of the firm."),
        ("“They answer[ed] late,” she wrote.", "“They answer late,” she wrote."),
        ("She wrote that the reply was “late”.", "“The reply was late,” she wrote."),
    ],
)
def test_a_quotation_as_an_editor_would_have_it_passes(claim: str, cited: str) -> None:
    assert quotations.check(case(claim, cited)) is None


@pytest.mark.parametrize(
    ("claim", "cited", "reason"),
    [
        ("He called it “no contract”.", "He called it “a contract”.", "quote_altered"),
        ("“The reply … late,” she wrote.", "“The reply is not late,” she wrote.", "quote_altered"),
        ("“[Dahua] is late,” she wrote.", "“It is late,” she wrote.", "quote_altered"),
        ("“[The firm] late,” she wrote of the firm.", "“It is not late,” she wrote of the firm.", "quote_altered"),
        ("She wrote “a late reply to us”.", "She wrote “a late reply” and “gave it to us”.", "stitched_quote"),
        ("She wrote “a late … answer”.", "She wrote “a late reply” and “no answer”.", "stitched_quote"),
    ],
)
def test_an_altered_or_stitched_quotation_is_found(claim: str, cited: str, reason: str) -> None:
    finding = quotations.check(case(claim, cited))
    assert finding is not None
    assert finding.reason == reason


def test_an_altered_quotation_is_told_by_the_words_that_differ() -> None:
    finding = quotations.check(case("It is “a serious failure of candour”.", "It is “a sorry failure of candour”."))
    assert finding is not None
    assert "“serious” where the source has “sorry”" in finding.detail


def test_a_quotation_over_two_neighbouring_sentences_passes() -> None:
    joined = ("“We wait. Nobody writes,” she said.",)
    held = Case("“We wait. Nobody writes,” she said.", ("“We wait.", "Nobody writes,” she said."), joined=joined)
    assert quotations.check(held) is None


def test_a_quotation_that_never_closes_runs_to_the_end() -> None:
    assert quoted_in("He wrote: “We will not") == ["We will not"]
