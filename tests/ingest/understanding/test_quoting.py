from ingest.understanding.quoting import quotations
from tests.ingest.understanding.material import placed


def quoted(*paragraphs):
    text, blocks = placed(*paragraphs)
    found = quotations(text, blocks)
    return [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)], found


def test_marks_are_paired_straight_and_curly():
    assert quoted('He said "no" and “never”.')[0] == ['"no"', "“never”"]


def test_a_quotation_inside_another_does_not_end_it():
    assert quoted("“They call it “the yard” here,” she said.")[0] == ["“They call it “the yard” here,”"]


def test_an_apostrophe_opens_nothing():
    assert quoted("The firms’ lawyers said it wasn’t Orvell’s.")[0] == []


def test_speech_in_single_marks_is_a_quotation():
    assert quoted("‘We were not asked about it,’ she said.")[0] == ["‘We were not asked about it,’"]


def test_inches_open_nothing():
    assert quoted('A 12" screen and a 14" screen.')[0] == []


def test_an_open_quotation_belongs_with_the_paragraph_that_goes_on():
    parts, found = quoted("She wrote: “It is late.", "“It is costly.”", "“Another.”")
    assert len(parts) == 3
    assert found.runs[0] == found.runs[1] != found.runs[2]


def test_a_closing_mark_without_an_opening_one_is_passed_over():
    assert quoted("in ‘camps” in the north and “there”")[0] == ["“there”"]
