from dataclasses import replace

from ingest.documents import Metadata
from ingest.understanding.corrections import corrected
from ingest.understanding.statement import Correction
from tests.ingest.understanding.material import understood


def correction(*paragraphs, **metadata):
    return understood(*paragraphs, **metadata)[0].correction


def test_a_story_that_says_it_was_corrected_corrects_itself():
    found = correction("The port closed.", "This story has been corrected: the port closed in May.")
    assert (found.of, found.notice) == ("itself", "This story has been corrected: the port closed in May.")


def test_an_earlier_version_is_the_storys_own():
    found = correction("The port closed.", "An earlier version of this article said that it closed in June.")
    assert found.of == "itself"


def test_a_notice_names_the_document_it_corrects():
    found = correction("Correction: Our story “Port closed for the winter” gave the wrong year.")
    assert (found.of, found.title) == ("another", "Port closed for the winter")


def test_a_notice_gives_an_address():
    found = correction("Correction: the report of 4 May, https://harbour.example/2021/port, gave the wrong year.")
    assert found.address == "https://harbour.example/2021/port"


def test_a_title_that_says_so_makes_the_document_a_correction():
    found = correction("The year was 2021.", title="Correction: Port closed for the winter")
    assert (found.of, found.title) == ("another", "Port closed for the winter")


def test_a_name_in_quotation_marks_is_not_taken_for_the_title_that_the_notice_bears():
    found = correction(
        "The board publishes this to correct the entry “Tidewater Optics of Hull”.",
        title="Additions to the List of Harbour Suppliers; Correction",
    )
    assert found.title == "Additions to the List of Harbour Suppliers"


def test_a_story_about_a_correctional_centre_corrects_nothing():
    assert correction("The correctional centre opened. Officials corrected the clocks.") is None


PORT = Metadata(
    title="Port closed for the winter", publisher="The Daily Record", address="https://www.record.example/port/"
)


def test_a_notice_is_linked_by_title_and_publisher():
    notice = Correction("another", "Correction: ...", title="Port Closed for the Winter")
    others = [("a", PORT), ("b", replace(PORT, title="Port opens"))]
    assert corrected(notice, replace(PORT, title="Corrections"), others) == "a"
    assert corrected(notice, replace(PORT, publisher="The Evening Post"), others) is None


def test_a_notice_is_linked_by_address_whatever_its_form():
    notice = Correction("another", "Correction: ...", address="http://record.example/port")
    assert corrected(notice, Metadata(), [("a", PORT)]) == "a"


def test_a_notice_that_two_documents_fit_is_linked_to_neither():
    notice = Correction("another", "Correction: ...", title="Port closed for the winter")
    assert corrected(notice, PORT, [("a", PORT), ("b", PORT)]) is None
