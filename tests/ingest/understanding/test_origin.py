import pytest

from tests.ingest.understanding.material import understood


def primary(*paragraphs, **metadata):
    return understood(*paragraphs, **metadata)[0].primary


@pytest.mark.parametrize(
    "kind", ["letter", "judgment", "legislation", "press release", "committee report", "NGO report", "vendor statement"]
)
def test_the_thing_itself_is_primary(kind):
    assert primary("The port closed.", source_type=kind)


@pytest.mark.parametrize("kind", ["news", "blog", "news (summary)", "guidance (third party)", "research notes", None])
def test_an_account_of_it_is_not(kind):
    assert not primary("The port closed.", source_type=kind)


def test_a_title_that_says_it_is_only_about_the_law_has_the_last_word():
    assert not primary("The Act lists firms.", source_type="legislation", title="Harbours Act: a summary")


def test_the_name_of_a_publisher_makes_no_release_a_story():
    assert primary("The port closed.", source_type="press release", publisher="Harbour News Service")


def test_salutation_and_signature_make_a_letter():
    letter = ("Dear Ms Oduya,", "The port is closed.", "Yours sincerely,", "Ada Thorne")
    assert primary(*letter, source_type=None)
    assert not primary(*letter[:2], source_type=None)


def test_a_role_on_the_line_of_the_name_is_no_part_of_it():
    letter = (
        "Dear Ms Oduya,",
        "I ask you to close the port.",
        "Yours sincerely,",
        "Dr Ada Thorne Harbour Commissioner",
    )
    found = understood(*letter, source_type="letter")[0].statements
    assert "Dr Ada Thorne" in {one.attribution.name for one in found if one.attribution}
