import pytest

from ingest.errors import BadSettings
from ingest.understanding import lexicon
from ingest.understanding.entities import named
from tests.ingest.understanding.material import understood


def entities(*paragraphs, **given):
    return understood(*paragraphs, **given)[0].entities


def test_a_known_vendor_is_found_under_each_of_its_names():
    found = entities("Hangzhou Hikvision said so. Hikvision did not say more.")
    hikvision = named(found, "Hangzhou Hikvision")
    assert (hikvision.name, hikvision.kind) == ("Hikvision", "vendor")


def test_a_short_form_is_what_the_document_says_it_is():
    found = entities("The Harbour Safety Board (HSB) met in May. The HSB said no more.")
    assert named(found, "HSB").name == "Harbour Safety Board"


def test_a_surname_is_the_person_whom_the_document_names():
    found = entities("Dr Ada Thorne spoke. Thorne left early.")
    assert named(found, "Dr Ada Thorne").kind == "person"


def test_people_of_one_surname_are_two_people():
    found = entities("Dr Ada Thorne spoke. Mr Ben Thorne left.")
    assert {one.name for one in found if one.kind == "person"} == {"Dr Ada Thorne", "Mr Ben Thorne"}
    assert named(found, "Thorne") is None


@pytest.fixture
def homonyms(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(
        "vendors:\n  - {name: Tidewater Optics, aliases: [TOC]}\n"
        "public_bodies:\n  - {name: Tribunal of Coasts, aliases: [TOC]}\n"
    )
    return lexicon.load(path)


def test_an_alias_of_two_stands_for_neither(homonyms):
    assert entities("The TOC met in May.", known=homonyms) == ()


def test_an_alias_of_two_stands_for_the_one_that_is_named_in_full(homonyms):
    found = entities("Tidewater Optics sells lenses. The TOC met in May.", known=homonyms)
    assert named(found, "TOC").name == "Tidewater Optics"


def test_a_lexicon_of_ones_own_adds_to_the_bundled_one(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("vendors:\n  - {name: Orvell, aliases: [Orvell Systems]}\n")
    known = lexicon.load(path)
    found = entities("Orvell Systems and Hikvision met.", known=known)
    assert {one.name for one in found} == {"Orvell", "Hikvision"}
    assert known.digest != lexicon.load().digest


@pytest.mark.parametrize(
    "text", ["vendors: Orvell", "nobody:\n  - {name: A}", "vendors:\n  - {nome: A}", "a: [", "- a"]
)
def test_a_lexicon_in_another_form_is_refused_with_a_remedy(tmp_path, text):
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    with pytest.raises(BadSettings) as refused:
        lexicon.load(path)
    assert refused.value.remedy


def test_a_lexicon_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BadSettings):
        lexicon.load(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    "text",
    [
        "Norvale, a maker of cameras, said so.",
        "The camera maker Norvale said so.",
        "Norvale is one of the largest suppliers of lenses.",
        "The work went to Norvale (NVL), the Danish manufacturer.",
    ],
)
def test_a_company_is_known_by_what_the_document_calls_it(text):
    assert named(entities(text), "Norvale").kind == "vendor"


@pytest.mark.parametrize(
    "text", ["Ada Thorne, a director of the company, left.", "The Harbour Board, which owns the company, met."]
)
def test_whoever_only_has_to_do_with_a_company_is_none(text):
    assert "vendor" not in {one.kind for one in entities(text)}


def test_a_short_form_that_the_document_defines_is_not_a_known_body_of_that_form():
    found = entities("The Security Industry Authority (SIA) met in May. The SIA said no more.")
    assert named(found, "SIA").name == "Security Industry Authority"
    assert "Security Industry Association" not in {one.name for one in found}
