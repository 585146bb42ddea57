from __future__ import annotations

from assistant.caveats import caveats, relative_dates
from assistant.domain import Supported
from assistant.gate import Gate
from assistant.sufficiency import Verdict
from ingest.ledger.records import DocumentText

from .material import Shelf, document, passage


def claim(source: DocumentText, sentence: str) -> Supported:
    span = passage(source, sentence)
    return Supported(text=sentence, citations=(Gate(Shelf(source)).cite(span, span.start, span.end),))


def test_relative_dates_are_found_as_they_are_written() -> None:
    text = "Last July it was named; in December last year it replied, three months ago."
    assert relative_dates(text) == ("Last July", "in December last year", "three months ago")


def test_a_dated_text_has_no_relative_date() -> None:
    assert relative_dates("In July 2021 it was named, and it will last.") == ()


def test_a_relative_date_of_an_undated_source_is_named_and_not_placed() -> None:
    source = document("Last July the firm was named.", publisher="A Paper")
    codes, notes = caveats([claim(source, "Last July the firm was named.")], Verdict(None), rebuilding=False)
    assert codes == ("single_source", "undated_source")
    assert any("“Last July”" in note and "bears no date" in note for note in notes)


def test_two_dated_sources_need_no_caveat() -> None:
    one = document("The firm was named.", name="a.txt", publisher="A", published="2021")
    other = document("The firm denied it.", name="b.txt", publisher="B", published="2022")
    said = [claim(one, "The firm was named."), claim(other, "The firm denied it.")]
    assert caveats(said, Verdict(None), rebuilding=False) == ((), ())


def test_an_unknown_publisher_and_a_rebuild_are_said() -> None:
    source = document("The firm was named.", published="2021")
    codes, notes = caveats([claim(source, "The firm was named.")], Verdict(None), rebuilding=True)
    assert codes == ("single_source", "unknown_publisher", "index_rebuilding")
    assert len(notes) == 3


def test_a_document_that_another_corrects_bears_a_caveat() -> None:
    source = document("The firm was named.", publisher="A", published="2021")
    said = [claim(source, "The firm was named.")]
    codes, notes = caveats(said, Verdict(None), rebuilding=False, corrected={source.document.id: ("notice",)})
    assert codes == ("single_source", "corrected_since")
    assert any("corrected" in note for note in notes)
