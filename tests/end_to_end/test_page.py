"""Asking on the page in a real Chromium, with every request and complaint of the browser on record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import wiring
from assistant.domain import Withheld
from assistant.settings import Settings
from assistant.web import library_holdings
from ingest import starter
from ingest.sandbox import Parser
from tests.assistant.web.served import served
from tests.end_to_end.browser import Watched, watched
from tests.end_to_end.site import LETTER, QUOTE, Site

pytestmark = pytest.mark.browser


def test_a_question_is_answered_with_a_marker_on_every_claim(seen: Watched) -> None:
    seen.open()
    answer = seen.ask("What is Northgate asked to confirm?")

    claims = answer.locator(".claim")
    assert claims.count() >= 2
    for at in range(claims.count()):
        assert claims.nth(at).locator("button.marker").count() >= 1
    assert seen.page.locator("#question textarea").input_value() == ""


def test_what_is_being_done_and_claims_appear_before_the_answer_is_finished(seen: Watched, site: Site) -> None:
    site.assistant.pause = 0.5
    page = seen.open()
    page.locator("#question textarea").fill("What did Northgate confirm?")
    page.keyboard.press("Enter")
    page.get_by_text("Searching the library").wait_for()
    page.locator(".forming .claim").first.wait_for()
    assert page.locator("article.answer").count() == 0
    page.locator("article.answer").wait_for()
    assert page.locator(".forming").count() == 0


def test_a_marker_pressed_with_the_mouse_shows_the_exact_quote_marked(seen: Watched) -> None:
    seen.open()
    answer = seen.ask("What is Northgate asked to confirm?")
    claim = answer.locator(".claim").filter(has_text=QUOTE)
    claim.locator(".marker").click()

    mark = seen.page.locator("#source-panel mark")
    mark.wait_for()
    assert mark.inner_text() == QUOTE
    panel = seen.page.locator("#source-panel").inner_text()
    for said in ("Letter to Northgate Cameras", "Office of the Commissioner", "14 February 2022", "regulator letter"):
        assert said in panel
    assert seen.page.get_by_role("link", name="Open the web page").get_attribute("rel") == "noopener noreferrer"


def test_the_keyboard_opens_a_source_and_closes_it_where_it_was_opened(seen: Watched) -> None:
    page = seen.open()
    answer = seen.ask("What is Northgate asked to confirm?")
    marker = answer.locator(".claim").filter(has_text=QUOTE).locator(".marker")
    for _ in range(40):
        page.keyboard.press("Tab" if page.evaluate("document.activeElement.id") else "Shift+Tab")
        if marker.evaluate("one => one === document.activeElement"):
            break
    else:
        pytest.fail("the marker cannot be reached with the keyboard")
    page.keyboard.press("Enter")
    page.locator("#source-panel mark").wait_for()
    assert page.evaluate("document.activeElement.id") == "source-title"
    page.keyboard.press("Escape")
    page.locator("#source-panel").wait_for(state="hidden")
    assert marker.evaluate("one => one === document.activeElement")


def test_a_source_without_a_date_or_publisher_says_so(seen: Watched) -> None:
    seen.open()
    answer = seen.ask("Who denies the harbour?")
    answer.locator(".claim").filter(has_text="denies").locator(".marker").click()
    seen.page.locator("#source-panel mark").wait_for()
    assert "date unknown" in seen.page.locator("#source-panel").inner_text()


def test_a_filter_narrows_the_answer(seen: Watched, site: Site) -> None:
    page = seen.open()
    page.get_by_role("button", name="Filters").first.click()
    page.get_by_label("Publisher").first.click()
    page.get_by_role("option", name="Harbour News").click()
    page.get_by_label("Published since").fill("2020")
    page.get_by_role("button", name="Filters (2 set)").wait_for()
    answer = seen.ask("What about Northgate and the harbour?")

    assert answer.locator(".sources > li").count() == 1
    assert "Harbour News" in answer.inner_text()
    assert site.assistant.asked[-1].scope.since == "2020"
    said = page.locator(".narrowed").inner_text()
    assert said == "Only documents published by Harbour News; published since 2020"

    page.get_by_role("button", name="Clear the filters").click()
    page.get_by_role("button", name="Filters", exact=True).wait_for()
    seen.ask("What about Northgate and the harbour?")
    assert site.assistant.asked[-1].scope.since is None and page.locator(".narrowed").count() == 1


def test_a_question_that_is_refused_stays_in_its_field(seen: Watched, site: Site) -> None:
    page = seen.open()
    page.get_by_role("button", name="Filters").first.click()
    page.get_by_label("Published since").fill("yesterday")
    refused = seen.ask("What about Northgate?")
    assert "\u201cPublished since\u201d cannot be read" in refused.inner_text()
    assert page.locator("#question textarea").input_value() == "What about Northgate?"


def test_a_follow_up_knows_what_was_asked_before_until_a_new_conversation_begins(seen: Watched, site: Site) -> None:
    page = seen.open()
    seen.ask("What did <Northgate> confirm?")
    seen.ask("And when?")
    assert site.assistant.asked[-1].previous == ("What did <Northgate> confirm?",)
    page.get_by_role("button", name="Start a new conversation").click()
    page.get_by_role("button", name="What was Northgate asked?").wait_for()
    assert page.locator(".asked").count() == 0
    seen.ask("And when?")
    assert site.assistant.asked[-1].previous == ()


def test_an_abstention_shows_why_and_leads_to_the_nearest_passage(seen: Watched) -> None:
    seen.open()
    answer = seen.ask("zzz")

    said = answer.inner_text()
    assert "Nothing in the library is about this" in said
    assert "Searched 2 documents" in said and "What would settle it" in said
    answer.locator(".nearest button").first.click()
    seen.page.locator("#source-panel mark").wait_for()


def test_an_example_is_asked_by_pressing_it(seen: Watched) -> None:
    page = seen.open()
    page.get_by_role("button", name="What was Northgate asked?").focus()
    page.keyboard.press("Enter")
    page.locator("article.answer .claim").first.wait_for()
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"


def test_the_arrow_keys_go_from_tab_to_tab(seen: Watched) -> None:
    page = seen.open()
    names = [one.inner_text() for one in page.get_by_role("tab").all()]
    assert names[:5] == ["Ask", "Library", "Check", "Draft", "Dossier"]
    page.get_by_role("tab", name="Ask").focus()
    for name in names[1:]:
        page.keyboard.press("ArrowRight")
        assert page.get_by_role("tab", name=name, exact=True).evaluate("one => one === document.activeElement")
        if name == "Library":
            page.locator("#documents li").first.wait_for()
    page.keyboard.press("ArrowRight")
    page.locator("#question").wait_for()


def test_withheld_claims_are_there_for_who_wants_them(seen: Watched, site: Site) -> None:
    site.assistant.withheld = (
        Withheld(text="It was in 2020.", reason="date_not_in_source", detail="No source says 2020."),
    )
    seen.open()
    answer = seen.ask("What did Northgate confirm?")
    assert not answer.get_by_text("It was in 2020.").is_visible()
    answer.get_by_text("1 claim withheld").click()
    assert answer.get_by_text("It was in 2020.").is_visible()


def test_the_keyboard_asks_why_a_claim_was_shown(seen: Watched) -> None:
    page = seen.open()
    answer = seen.ask("What is Northgate asked to confirm?")
    claim = answer.locator(".claim").filter(has_text=QUOTE).first
    assert not claim.locator("blockquote").is_visible()
    claim.locator(".marker").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    claim.locator("blockquote").wait_for()
    told = claim.locator(".why").inner_text()
    start = LETTER.text.index(QUOTE)
    place = f"characters {start} to {start + len(QUOTE)}"
    assert claim.locator("blockquote").inner_text() == QUOTE
    for said in ("Office of the Commissioner", "the document itself", place, "Full:", "Checked"):
        assert said in told
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#source-panel mark").wait_for()
    assert page.locator("#source-panel mark").inner_text() == QUOTE


def test_an_allegation_differs_from_a_finding_without_any_colour(seen: Watched, site: Site) -> None:
    site.assistant.told = lambda text: {"standing": "allegation" if "denies" in text else "finding", "speaker": "A. B."}
    seen.open()
    answer = seen.ask("Northgate denies what of the harbour?")
    shapes, borders = (
        answer.locator(place).evaluate_all(f"all => all.map((one) => getComputedStyle(one).{style})")
        for place, style in ((".shape", "clipPath"), (".claim", "borderLeftStyle"))
    )
    heard = answer.locator(".who").all_inner_texts()
    alleged = [" ".join(one.split()) for one in heard].index("Standing: Allegation , by A. B.")
    assert shapes.count(shapes[alleged]) == 1 and len(set(shapes)) == 2
    assert borders[alleged] == "dashed" and borders.count("dashed") == 1
    assert answer.locator(".who").nth(alleged).evaluate("one => one.innerText").count("Allegation") == 1


def test_an_answer_is_copied_with_its_sources(seen: Watched) -> None:
    page = seen.open()
    answer = seen.ask("What did Northgate confirm?")
    answer.get_by_role("button", name="Copy with citations").click()
    answer.get_by_text("Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert (
        f"{QUOTE} [" in copied
        and "(request, A. Speaker)" in copied
        and "Office of the Commissioner. 14 February 2022" in copied
    )


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, model_cache: Path) -> Iterator[str]:
    """A server over a real, empty library, with the bundled model."""
    folder = tmp_path_factory.mktemp("own")
    assistant = wiring.build(Settings(library=folder / "library", cache=model_cache), create=True)
    library = assistant.library
    with (
        library,
        Parser() as parser,
        served(
            assistant, library_holdings.holdings(library), parser.render, lambda: library_holdings.examples(library)
        ) as address,
    ):
        yield address


def test_the_starter_notes_go_in_are_asked_about_and_shown_on_their_page(browser: Any, own: str) -> None:
    notes = [str(path) for path in starter.paths()]
    with watched(browser, own) as seen:
        page = seen.open()
        assert page.locator(".example").count() == 0
        page.get_by_role("tab", name="Library").click()
        page.get_by_label("Files").set_input_files(notes)
        page.locator("#add").click()
        held = len(notes) + 1  # one of them is mail with an attachment
        page.locator("#added").get_by_text(f"{held} added.").wait_for(timeout=120_000)
        page.locator("#documents").get_by_text(f"{held} documents.").wait_for()
        assert page.locator("#receipts .status.ingested").count() == held

        page.reload()
        page.locator(".example").first.wait_for()
        answer = seen.ask("What did the Upper Tribunal decide about Clearview AI?")
        claim = answer.locator(".claim").first  # which claims are chosen is for other tests to say
        said = claim.locator(".said").evaluate("one => one.firstChild.textContent")
        claim.locator(".marker").first.click()
        page.locator("#source-panel mark").first.wait_for()
        assert said.strip() in " ".join(page.locator("#source-panel mark").all_inner_texts())
        seen.wait_until("document.querySelector('.page-picture')?.naturalWidth > 500")
        page.keyboard.press("Escape")

        refused = seen.ask("What did Michael Gove reply to the Commissioner?")
        assert refused.locator(".nearest li").count() >= 1 and refused.locator(".claim").count() == 0
        page.get_by_role("tab", name="Library").click()
        page.locator("#verify").click()
        page.locator("#verified").get_by_text("as it should be").wait_for(timeout=60_000)
    assert seen.complaints == []
    assert seen.outside == []
