import pytest

from ingest.understanding.times import reference, times
from tests.ingest.understanding.material import first

MONDAY = reference("2022-04-11")


def dates(sentence, at=MONDAY):
    return [one.date for one in times(sentence, at)]


@pytest.mark.parametrize(
    ("sentence", "date"),
    [
        ("It was signed on 26 October 2021.", "2021-10-26"),
        ("It was signed on October 26, 2021.", "2021-10-26"),
        ("It was signed in October 2021.", "2021-10"),
        ("It was signed in 2021.", "2021"),
        ("It was signed on 2021-10-26.", "2021-10-26"),
        ("It grew in the first half of 2021.", "2021-01/2021-06"),
    ],
)
def test_a_date_that_is_written_out_dates_itself(sentence, date):
    found = times(sentence, None)
    assert [(one.date, one.basis) for one in found] == [(date, "stated")]


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("Last July", "2021-07"),
        ("In December last year", "2021-12"),
        ("Last year", "2021"),
        ("Earlier this year", "2022"),
        ("Last month", "2022-03"),
        ("Last week", "2022-04-04/2022-04-10"),
        ("This week", "2022-04-11/2022-04-17"),
        ("Two weeks ago", "2022-03-28/2022-04-03"),
        ("Three days ago", "2022-04-08"),
        ("Five months ago", "2021-11"),
        ("On Tuesday", "2022-04-05"),
        ("On Monday", "2022-04-11"),
        ("Yesterday", "2022-04-10"),
        ("In November", "2021-11"),
        ("On 26 October", "2021-10-26"),
    ],
)
def test_a_relative_date_is_resolved_against_the_publication(words, date):
    found = times(f"{words} the port closed.", MONDAY)
    assert [(one.date, one.basis) for one in found] == [(date, "published")]


@pytest.mark.parametrize("words", ["Last July", "On Tuesday", "Two weeks ago", "Yesterday", "In November"])
def test_a_relative_date_stays_as_written_when_nothing_dates_it(words):
    (found,) = times(f"{words} the port closed.", None)
    assert (found.words.lower(), found.date, found.basis) == (words.lower(), None, None)


def test_what_lies_ahead_is_not_put_into_the_past():
    assert dates("The port will close in May.") == [None]
    assert dates("The port is due to close on Friday.") == [None]


def test_a_vague_count_is_not_made_a_number():
    assert dates("Several weeks ago the port closed.") == [None]


def test_a_year_that_is_known_alone_gives_no_month():
    assert dates("Last month the port closed.", reference("2022")) == [None]
    assert dates("Last year the port closed.", reference("2022")) == ["2021"]


def test_the_year_in_the_name_of_a_law_is_no_time():
    assert dates("The Harbours Act 2003 applies.") == []


def test_a_day_that_no_calendar_has_is_passed_over():
    assert dates("It was signed on 31 February 2021.") == []


def test_a_publication_date_that_is_none_is_no_reference():
    assert reference("unknown") is None
    assert reference("2022-13-40") is None


def test_quoted_words_are_not_dated_by_the_story_around_them():
    one = first("“Last July the port closed,” wrote Ada Thorne.", published="2022-04-11")
    assert [time.date for time in one.times] == [None]


def test_quoted_words_are_dated_by_the_day_they_were_said():
    one = first("“Today we close the port,” Ada Thorne said on Friday.", published="2022-04-11")
    assert {time.words: time.date for time in one.times} == {"on Friday": "2022-04-08", "Today": "2022-04-08"}
