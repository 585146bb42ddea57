from __future__ import annotations

import pytest

from ingest.describe import describe
from ingest.documents import Block, Metadata, Reading, Source
from ingest.errors import UnreadableSource
from ingest.readers.dates import iso_date
from tests.ingest.readers.material import document, pdf, prose, read, source

FIELDS = ("title", "publisher", "author", "published", "address", "source_type", "language", "licence")
PAGE = (
    '<html><head><meta property="og:title" content="Found"><meta property="og:site_name" content="Found"></head>'
    "<body><p>The commissioner wrote to the company.</p></body></html>"
)


def described(
    given: dict[str, str], sidecar: Metadata | None, *, name: str = "a.html", origin: str | None = None
) -> Metadata:
    one = source(name, PAGE, origin=origin)
    return describe(read(name, PAGE), one, given=given, sidecar=sidecar).metadata


def test_what_a_person_gives_goes_before_the_sidecar_and_that_before_what_is_found() -> None:
    assert described({}, None).title == "Found"
    assert described({}, Metadata(title="Beside")).title == "Beside"
    assert described({"title": "Given"}, Metadata(title="Beside", publisher="Beside")).title == "Given"
    assert described({"title": "Given"}, Metadata(title="Beside", publisher="Beside")).publisher == "Beside"
    assert described({"title": "Given"}, None).publisher == "Found"


def test_what_a_person_gives_may_be_named_as_people_name_it() -> None:
    found = described({"date": "11 April 2022", "url": "https://ico.example/x", "type": "letter", "shelf": "A12"}, None)
    assert (found.published, found.address, found.source_type) == ("2022-04-11", "https://ico.example/x", "letter")
    assert ("shelf", "A12") in found.extra


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "The commissioner wrote to the company on 3 May 2022. By Jane Doe, The Daily."),
        ("a.md", "Published 3 May 2022 by The Daily\n\nThe commissioner wrote to the company."),
        ("a.html", "<html><body><p>3 May 2022, The Daily: the commissioner wrote.</p></body></html>"),
        ("2022-05-03-the-daily.pdf", pdf(prose("3 May 2022, The Daily: the commissioner wrote to the company."))),
    ],
)
def test_nothing_is_guessed_from_running_text_or_from_the_file_s_name(name: str, content: str | bytes) -> None:
    found = document(name, content).metadata
    assert [field for field in FIELDS if getattr(found, field) is not None] == []


def test_the_address_of_a_fetched_page_is_where_it_was_fetched_from_unless_it_names_another() -> None:
    assert described({}, None, origin="https://daily.example/a").address == "https://daily.example/a"
    assert (
        described({"url": "https://x.example"}, None, origin="https://daily.example/a").address == "https://x.example"
    )
    assert described({}, None, origin="/given/a.html").address is None


@pytest.mark.parametrize("value", ["unknown", "Unknown", "n/a", "none", "?", "undated", "-"])
def test_a_value_that_says_unknown_is_unknown(value: str) -> None:
    found = document("a.md", f"---\npublisher: '{value}'\ndate: '{value}'\n---\nThe text.\n").metadata
    assert (found.publisher, found.published) == (None, None)


@pytest.mark.parametrize(
    ("stated", "published"),
    [
        ("2022-04-11", "2022-04-11"),
        ("2022-04", "2022-04"),
        ("2022", "2022"),
        ("11 April 2022", "2022-04-11"),
        ("Monday, 11th April 2022", "2022-04-11"),
        ("April 11, 2022", "2022-04-11"),
        ("Apr 2022", "2022-04"),
        ("2022-04-11T23:30:00+05:00", "2022-04-11"),
        ("21/03/2022", "2022-03-21"),
        ("03/04/2022", None),
        ("2022-13-45", None),
        ("29 February 2022", None),
        ("last July", None),
        ("2023-08 (day unknown)", "2023-08"),
        ("2021-08-10 (updated 2021-08-11)", "2021-08-10"),
        ("2022-12-20 (updated)", None),
        ("2022-03-18 (inferred)", None),
        ("2023-03 or 2023-04", None),
    ],
)
def test_a_date_keeps_its_precision_and_one_that_may_be_two_is_unknown(stated: str, published: str | None) -> None:
    made = document("a.md", f"---\ndate: {stated}\n---\nThe text.\n")
    assert made.metadata.published == published
    if published is None:
        assert "the publication date is unknown" in made.warnings[0]
        assert ("date", stated) in made.metadata.extra
    elif "(" in stated:
        assert ("date", stated) in made.metadata.extra


def test_a_number_of_eight_digits_is_a_date_only_when_it_can_be_one() -> None:
    assert iso_date("20220411") == "2022-04-11"
    assert iso_date("20229911") is None


def test_the_canonical_text_is_the_kept_blocks_and_every_block_stands_where_it_says() -> None:
    blocks = (
        Block("heading", "One", level=1),
        Block("paragraph", "Menu", furniture="menu"),
        Block("paragraph", "Two words."),
    )
    made = describe(Reading("text", blocks), Source("/x", "x", b"x"), given={})
    assert made.text == "One\n\nTwo words."
    assert [made.text[block.start : block.end] for block in made.blocks] == ["One", "Two words."]
    assert made.set_aside == (("menu", "Menu"),)


def test_a_page_that_is_all_furniture_is_kept_and_said() -> None:
    made = describe(
        Reading("html", (Block("paragraph", "Home News Sport", furniture="menu"),)), Source("/x", "x", b"x"), given={}
    )
    assert made.text == "Home News Sport"
    assert "looks like page furniture" in made.warnings[0]


@pytest.mark.parametrize(
    "blocks", [(), (Block("paragraph", "* * *"),), (Block("paragraph", "Obey me.", furniture="hidden"),)]
)
def test_a_reading_without_words_that_can_be_seen_is_no_document(blocks: tuple[Block, ...]) -> None:
    with pytest.raises(UnreadableSource, match="holds no text") as refused:
        describe(Reading("text", blocks), Source("/x/a.txt", "a.txt", b"x"), given={})
    assert refused.value.remedy


def test_lone_surrogates_in_metadata_and_text_are_made_storable() -> None:
    made = document("a.md", '---\ntitle: "bad \\ud83d title"\n---\nThe text.')
    assert made.metadata.title == "bad \ufffd title"
    blocks = (Block("paragraph", "half \ud83d pair"),)
    assert describe(Reading("text", blocks), Source("/x", "x", b"x"), given={}).text == "half \ufffd pair"
