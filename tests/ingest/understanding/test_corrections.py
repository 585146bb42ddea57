from dataclasses import replace

import pytest

from ingest.documents import Metadata
from ingest.understanding.linking import linked
from ingest.understanding.statement import Correction
from tests.ingest.understanding.material import understood


def corrected(notice, own, others):
    return linked(notice, own, others).document


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


POST = {"publisher": "The Post", "published": "2023-03-09"}
CAMERAS = Metadata(title="Council puts up 120 cameras", publisher="The Post", published="2023-03-02")


@pytest.mark.parametrize(
    ("said", "date", "about"),
    [
        (
            "Correction: our article of 2 March on the council’s cameras gave the cost as £2m.",
            "2023-03-02",
            "the council’s cameras",
        ),
        ("This replaces the statement of 3 March 2023 on storage.", "2023-03-03", "storage"),
        ("This guidance supersedes the guidance published in May 2021.", "2021-05", None),
        ("We retract our report of 2 March about the cameras.", "2023-03-02", "the cameras"),
        ("The statement of 20 April 2022 on accuracy has been withdrawn.", "2022-04-20", "accuracy"),
    ],
)
def test_a_notice_gives_the_day_and_the_matter_of_what_it_corrects(said, date, about):
    found = correction("The board met on Monday.", said, **POST)
    assert (found.of, found.date, found.about) == ("another", date, about)


@pytest.mark.parametrize(
    "said",
    [
        "The board replaces the cameras of 3 March 2021.",
        "This replaces the old rules.",
        "The minister withdrew from the report of the committee on cameras.",
        "The letter may be withdrawn on 3 March.",
        "The statement was welcomed on 3 March.",
    ],
)
def test_what_is_no_document_is_corrected_by_none(said):
    assert correction(said, **POST) is None


@pytest.mark.parametrize(
    "said",
    [
        "Clarification: our story of 9 March gave the wrong year.",
        "This article was amended on 10 March 2023 to remove a name.",
        "We have updated this story to correct the year.",
        "A previous version of this article named the wrong firm.",
    ],
)
def test_a_footer_about_the_article_it_stands_under_is_the_articles_own(said):
    assert correction("The port closed.", said, **POST).of == "itself"


def test_a_replacement_takes_back_the_whole_document_and_a_correction_a_part():
    assert correction("This replaces the statement of 3 March 2023 on storage.", **POST).whole
    assert not correction("Correction: our article of 2 March on cameras gave a wrong cost.", **POST).whole


def meant(notice, *others, **own):
    found = correction(notice, **{**POST, **own})
    return linked(found, Metadata(**{**POST, **own}), [(str(i), other) for i, other in enumerate(others)])


NOTICE = "Correction: our article of 2 March on the council’s cameras gave a wrong cost."


def test_a_notice_is_linked_by_publisher_day_and_matter():
    other_day = replace(CAMERAS, published="2023-03-01")
    elsewhere = replace(CAMERAS, publisher="The Echo")
    assert meant(NOTICE, other_day, CAMERAS, elsewhere).document == "1"


def test_of_two_of_one_day_the_matter_decides_and_nothing_is_guessed():
    rates = replace(CAMERAS, title="Council raises rates")
    assert meant(NOTICE, rates, CAMERAS).document == "1"
    assert meant("Correction: our article of 2 March gave a wrong cost.", rates, CAMERAS) == (None, ("0", "1"))
    assert meant("Correction: our article of 2 March on the port gave a wrong cost.", rates, CAMERAS).document is None
    assert meant(NOTICE, CAMERAS, CAMERAS) == (None, ("0", "1"))


def test_a_lone_document_of_the_day_on_another_matter_is_not_linked():
    assert meant(NOTICE, replace(CAMERAS, title="Port closes")) == (None, ())


def test_without_a_day_a_title_must_share_two_words_with_the_matter():
    notice = "Correction: our story “X” of the year about council cameras gave a wrong cost."
    found = Correction("another", notice, about="the council’s new cameras")
    own = Metadata(**POST)
    assert linked(found, own, [("a", CAMERAS)]).document == "a"
    assert linked(found, own, [("a", replace(CAMERAS, title="Cameras return"))]).document is None
