from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import furniture
from ingest.documents import Block

if TYPE_CHECKING:
    from ingest.documents import BlockKind

PROSE = "The regulator said on Tuesday that it had opened an inquiry into the cameras at four railway stations."
MORE = "The operator replied that the trial had ended in March, and that no image of a passenger had been kept."


def reasons(*texts: str | Block) -> list[str | None]:
    blocks = [text if isinstance(text, Block) else Block("paragraph", text) for text in texts]
    return [block.furniture for block in furniture.mark(blocks)]


def heading(text: str, level: int = 2) -> Block:
    return Block("heading", text, level)


def item(text: str) -> Block:
    return Block("list_item", text)


def on_page(page: int, *texts: str) -> list[Block]:
    return [Block("paragraph", text, page=page) for text in texts]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Share this article", "share"),
        ("Share on Facebook, Twitter and LinkedIn", "share"),
        ("Tweet this", "share"),
        ("Copy link to clipboard", "share"),
        ("Facebook | Twitter | LinkedIn", "share"),
        ("Skip to main content", "menu"),
        ("Back to top", "menu"),
        ("Home > News > Transport", "menu"),
        ("Home | News | Events | Contact", "menu"),
        ("Advertisement", "advert"),
        ("Sponsored content", "advert"),
        ("4 min read", "byline"),
        ("Subscribe to continue reading", "subscription"),
        ("Already a subscriber? Log in", "subscription"),
        ("Sign up for our daily newsletter", "newsletter"),
        ("Read more: Council votes to switch off cameras", "teasers"),
        ("This website uses cookies. By continuing to use the site you agree to our use of cookies.", "cookie"),
        ("© 2024 Northern Transport Agency", "page_footer"),
        ("Copyright 2024 Northern Ledger. All rights reserved.", "page_footer"),
        ("from Northern Ledger - Latest News https://example.org/feed/38Tn", "page_footer"),
        ("Got a tip? Write to us at the address below.", "page_footer"),
        ("Tags: cameras, railways", "page_footer"),
        ("Leave a Reply", "comments"),
        ("Is this page useful?", "feedback"),
        ("Unsubscribe | View in browser", "menu"),
    ],
)
def test_a_line_that_only_a_web_page_says_bears_its_reason(line: str, reason: str) -> None:
    assert reasons(PROSE, MORE, line) == [None, None, reason]


@pytest.mark.parametrize(
    "line",
    [
        "Share",
        "Share prices fell on the news",
        "Share options",
        "Facebook, Instagram",
        "Home Office | Ministry of Justice | Cabinet Office",
        "He shared this article with the committee.",
        "Read more: see section 4.",
        "Read more widely, the section would swallow the exception.",
        "See also: R (Okafor) v Chief Constable [2020] EWCA Civ 1058",
        "Who watches the stations?",
        "Is the page of the contract that names the price useful to the regulator?",
        "Signed from the office in Leeds, https://example.org/letter.",
        "© is the sign of copyright.",
        "Copyright stays with the supplier",
        "Yes",
        "Maybe",
        "Comments",
        "More",
        "Recommended",
        "Related reports",
        "Newsletter",
        "Cookies",
    ],
)
def test_a_line_that_a_document_may_say_is_kept(line: str) -> None:
    assert reasons(PROSE, MORE, line) == [None, None, None]


def test_what_stands_at_the_foot_of_a_page_is_text_in_its_middle() -> None:
    for line in ("Leave a Reply", "Is this page useful?", "Tags: cameras, railways"):
        assert reasons(PROSE, line, MORE) == [None, None, None]


def test_answers_below_a_question_to_the_visitor_go_with_it() -> None:
    assert reasons(PROSE, "Was this page helpful?", "Yes", "No") == [None, "feedback", "feedback", "feedback"]
    assert reasons(PROSE, "Was the board told?", "Yes", "No") == [None, None, None, None]


def test_teasers_end_where_a_heading_begins_text() -> None:
    found = reasons(
        heading("Station cameras", 1), PROSE, MORE,
        heading("Related stories"), item("Council votes to switch off cameras"), item("Minister says code will follow"),
        heading("What happens next"), PROSE,
    )  # fmt: skip
    assert found == [None, None, None, "teasers", "teasers", "teasers", None, None]


def test_the_last_paragraph_of_an_article_is_not_taken_for_a_standfirst() -> None:
    titles = ("Council votes to switch off cameras", "Minister says code will follow")
    assert reasons(PROSE, MORE, heading("Related stories"), *titles, MORE) == [None, None, *["teasers"] * 3, None]


def test_a_label_at_the_beginning_of_a_document_is_its_title() -> None:
    titles = ("Council votes to switch off cameras", "Minister says code will follow")
    assert set(reasons(heading("Latest news", 1), *titles)) == {None}


def test_a_label_followed_by_paragraphs_is_a_section() -> None:
    assert set(reasons(PROSE, heading("Recent stories"), PROSE, MORE)) == {None}


def test_a_list_that_the_text_introduces_is_text() -> None:
    assert set(reasons(PROSE, "It was served on:", "Facebook", "Twitter", "Reddit", "Print")) == {None}


def test_networks_in_a_list_are_text_and_with_buttons_a_share_bar() -> None:
    names = [item("Facebook"), item("Twitter"), item("LinkedIn")]
    assert set(reasons(PROSE, heading("Channels"), *names)) == {None}
    assert reasons(PROSE, *names, item("Copy link"))[1:] == ["share"] * 4


def test_a_menu_needs_four_entries_at_an_end_of_the_page() -> None:
    entries = ("Home", "News", "Events", "Contact us")
    assert reasons(*entries, PROSE) == ["menu"] * 4 + [None]
    assert set(reasons(*entries[:3], PROSE)) == {None}
    assert set(reasons(*[PROSE] * 13, *entries, *[PROSE] * 13)) == {None}


def test_a_cookie_notice_needs_its_buttons_or_a_consent_by_going_on() -> None:
    notice = "We use cookies on this site to see how it is used."
    assert reasons(notice, "Accept all", "Reject all", PROSE) == ["cookie", "cookie", "cookie", None]
    assert set(reasons(notice, PROSE)) == {None}
    assert set(reasons(notice, heading("Cookie settings"), PROSE)) == {None}


def test_consent_by_going_on_is_text_where_the_document_is_about_cookies() -> None:
    notice = "This website uses cookies. By continuing to use the site you agree to our use of cookies."
    about = [f"A cookie of kind {kind} is kept for a day, and its purpose is named in the table." for kind in "ABC"]
    assert set(reasons(notice, *about)) == {None}


def test_running_heads_and_feet_are_set_aside_on_every_page() -> None:
    blocks = [
        block
        for page in (1, 2, 3, 4)
        for block in on_page(
            page,
            "Northline inquiry",
            f"{PROSE} It was heard on day {'one two three four'.split()[page - 1]}.",
            f"{page}",
        )
    ]
    assert reasons(*blocks) == ["page_header", None, "page_footer"] * 4


def test_a_line_that_repeats_on_two_pages_only_is_kept() -> None:
    assert set(reasons(*on_page(1, "The Chair:", PROSE), *on_page(2, "The Chair:", MORE), *on_page(3, PROSE))) == {None}


def test_a_paragraph_that_repeats_at_the_top_of_every_page_is_kept() -> None:
    assert set(reasons(*[block for page in (1, 2, 3) for block in on_page(page, PROSE, MORE)])) == {None}


def test_counted_page_numbers_take_the_line_that_goes_with_them() -> None:
    pages = [line for page in (1, 2, 3) for line in (PROSE, "Northline inquiry", f"Page {page} of 3")]
    assert reasons(*pages) == [None, "page_header", "page_footer"] * 3


def test_page_numbers_that_do_not_count_up_are_text() -> None:
    assert set(reasons(PROSE, "Page 4", PROSE, "Page 9", PROSE, "Page 2")) == {None}


def test_what_a_reader_has_marked_stays_marked() -> None:
    hidden = Block("paragraph", "Share this article", furniture="hidden")
    assert reasons(PROSE, hidden) == [None, "hidden"]


@pytest.mark.parametrize("kind", ["quote", "note", "table_row"])
def test_quotes_notes_and_rows_of_tables_are_text_whatever_they_say(kind: BlockKind) -> None:
    assert reasons(PROSE, Block(kind, "Share this article"), MORE) == [None, None, None]


WORDS = st.sampled_from(
    "share related stories recent news cookies newsletter the commissioner said cameras read more page menu home "
    "sign up to our letter report of 3 March and was told that it had not been asked".split()
)
SENTENCE = st.lists(WORDS, min_size=14, max_size=30).map(lambda words: " ".join(words).capitalize() + ".")


@given(st.lists(SENTENCE, min_size=1, max_size=12))
@settings(max_examples=150, deadline=None)
def test_whole_sentences_in_paragraphs_are_never_furniture_whatever_words_they_use(texts: list[str]) -> None:
    assert set(reasons(*texts)) == {None}


LINES = st.sampled_from(
    [PROSE, MORE, "Share this article", "Related stories", "Council votes to switch off cameras", "Home", "News", "Yes",
     "We use cookies on this site.", "Accept all", "Page 1", "Page 2", "Page 3", "© 2024 Agency", "Facebook", "Print",
     "Sign up for our newsletter", "Email address", "Leave a Reply", "3 hours ago", "Read more", "Comments:"]
)  # fmt: skip
KINDS: st.SearchStrategy[BlockKind] = st.sampled_from(["paragraph", "heading", "list_item", "quote", "note"])
BLOCKS = st.builds(lambda kind, text: Block(kind, text, 2 if kind == "heading" else 0), KINDS, LINES)


@given(st.lists(BLOCKS, max_size=25))
@settings(max_examples=200, deadline=None)
def test_marking_changes_nothing_but_the_reason_and_is_the_same_when_done_again(blocks: list[Block]) -> None:
    marked = furniture.mark(blocks)
    assert [replace(block, furniture=None) for block in marked] == blocks
    assert furniture.mark(blocks) == marked


@pytest.mark.parametrize(
    "unit",
    [
        ["Related stories"],
        ["Related stories", "Council votes to switch off cameras"],
        ["Sign up for our newsletter.", PROSE],
        ["We use cookies here. By using the site you agree to cookies.", PROSE],
        ["Advertisement"],
        ["Facebook", "Print"],
        ["Page 1"],
        ["© 2024 Agency"],
    ],
    ids=lambda unit: unit[0],
)
def test_no_page_takes_long_however_much_furniture_it_has(unit: list[str]) -> None:
    blocks = [Block("paragraph", PROSE), *[Block("paragraph", text) for text in unit] * 8000]
    started = time.process_time()
    furniture.mark(blocks)
    assert time.process_time() - started < 5


def test_a_list_too_long_for_a_box_is_the_document() -> None:
    titles = [item(f"Council {number} votes to switch off cameras") for number in range(80)]
    assert set(reasons(*[PROSE] * 90, heading("Latest news"), *titles)) == {None}
