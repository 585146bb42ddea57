"""The page in a real Chromium, with every request and every complaint of the browser on record."""

from __future__ import annotations

import io
import json
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from assistant import wiring
from assistant.domain import Withheld
from assistant.settings import Settings
from assistant.web import library_holdings
from ingest import starter
from ingest.documents import Box, Metadata, PlacedBlock
from ingest.ledger.records import DocumentText
from ingest.sandbox import Parser
from tests.assistant.web.scripted import MemoryLedger, ScriptedAssistant, holdings, stored
from tests.assistant.web.served import served
from tests.end_to_end.browser import Watched, chromium, watched
from tests.end_to_end.hostile_payloads import PAYLOADS

pytestmark = pytest.mark.browser

QUOTE = "I ask Northgate Cameras to confirm whether it supplied the harbour."
LETTER = stored(
    "# Questions\n\nI write about the harbour cameras.\n\n" + QUOTE + "\n\n- whether it knows of the contract",
    metadata=Metadata(
        title="Letter to Northgate Cameras",
        publisher="Office of the Commissioner",
        published="2022-02-14",
        source_type="regulator_letter",
        address="https://example.org/letter",
    ),
)
NEWS = stored(
    "Northgate Cameras denies that it supplied the harbour.",
    name="news.html",
    metadata=Metadata(title="Northgate denies it", publisher="Harbour News"),
)


@dataclass
class Site:
    """A running server and what stands behind it."""

    address: str
    ledger: MemoryLedger
    assistant: ScriptedAssistant


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    ledger = MemoryLedger()
    assistant = ScriptedAssistant(ledger)
    with (
        Parser() as parser,
        served(assistant, holdings(ledger), parser.render, lambda: ["What was Northgate asked?"]) as address,
    ):
        yield Site(address, ledger, assistant)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture(autouse=True)
def _library(site: Site) -> None:
    site.ledger.held = [LETTER, NEWS]
    site.assistant.withheld = ()
    site.assistant.pause = 0.0


@pytest.fixture
def seen(browser: Any, site: Site) -> Iterator[Watched]:
    with watched(browser, site.address, permissions=["clipboard-read", "clipboard-write"]) as page:
        yield page
    assert page.complaints == []
    assert page.outside == []


@pytest.fixture
def phone(browser: Any, site: Site) -> Iterator[Watched]:
    with watched(browser, site.address, viewport={"width": 390, "height": 844}, has_touch=True) as page:
        yield page
    assert page.complaints == []
    assert page.outside == []


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
    page.get_by_role("tab", name="Ask").focus()
    page.keyboard.press("ArrowRight")
    page.locator("#documents li").first.wait_for()
    assert page.get_by_role("tab", name="Library").evaluate("one => one === document.activeElement")
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


def test_an_answer_is_copied_with_its_sources(seen: Watched) -> None:
    page = seen.open()
    answer = seen.ask("What did Northgate confirm?")
    answer.get_by_role("button", name="Copy with citations").click()
    answer.get_by_text("Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert QUOTE in copied and "[1] " in copied and "Office of the Commissioner. 14 February 2022" in copied


def test_a_file_goes_in_gives_a_receipt_can_be_asked_about_and_taken_out(seen: Watched, tmp_path: Path) -> None:
    note = tmp_path / "tribunal.txt"
    note.write_text("The tribunal dismissed the lighthouse appeal.", encoding="utf-8")
    page = seen.open()
    page.get_by_role("tab", name="Library").click()
    page.locator("#documents").get_by_text("2 documents.").wait_for()
    page.get_by_label("Files").set_input_files(note)
    page.locator("#add").click()
    page.locator("#receipts").get_by_text("can be asked about now").wait_for()
    page.locator("#documents").get_by_text("3 documents.").wait_for()

    page.get_by_role("tab", name="Ask").click()
    answer = seen.ask("What did the tribunal decide on the lighthouse?")
    assert "dismissed the lighthouse appeal" in answer.inner_text()

    page.get_by_role("tab", name="Library").click()
    page.get_by_role("button", name="Remove tribunal").click()
    page.locator("#confirm").get_by_role("button", name="Keep it").click()
    assert page.locator("#documents .linklike").count() == 3
    page.get_by_role("button", name="Remove tribunal").click()
    page.locator("#confirm").get_by_role("button", name="Remove it").click()
    page.locator("#documents").get_by_text("2 documents.").wait_for()
    page.get_by_role("tab", name="Ask").click()
    assert "Nothing in the library" in seen.ask("What did the tribunal decide on the lighthouse?").inner_text()


def test_a_refused_source_says_why(seen: Watched) -> None:
    page = seen.open()
    page.get_by_role("tab", name="Library").click()
    page.get_by_label("Web addresses").fill("/etc/passwd")
    page.locator("#add").click()
    page.locator("#receipts").get_by_text("This is no web address.").wait_for()


def test_the_list_is_searched_and_a_document_opened(seen: Watched) -> None:
    page = seen.open()
    page.get_by_role("tab", name="Library").click()
    page.locator("#find textarea, #find input").first.fill("denies")
    page.locator("#documents").get_by_text("1 document of 2.").wait_for()
    page.get_by_role("button", name="Northgate denies it", exact=True).click()
    page.locator("#source-panel").get_by_text("Northgate Cameras denies").wait_for()


def test_verifying_says_what_it_found(seen: Watched) -> None:
    page = seen.open()
    page.get_by_role("tab", name="Library").click()
    page.locator("#verify").click()
    page.locator("#verified").get_by_text("as it should be").wait_for()


def test_an_empty_library_says_what_to_do(seen: Watched, site: Site) -> None:
    site.ledger.held = []
    page = seen.open()
    page.get_by_text("The library is empty").wait_for()
    assert "Add the letters" in page.locator("#status").inner_text()
    page.get_by_role("button", name="Add documents").click()
    page.get_by_label("Files").wait_for()
    seen.wait_until("document.activeElement.id === 'files'")


def _letter_as_pdf(ledger: MemoryLedger, down: int = 110) -> DocumentText:
    """A page with one line of text, `down` points from its top."""
    from reportlab.pdfgen.canvas import Canvas

    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(595, 842))
    canvas.drawString(72, 842 - down, "The harbour contract ended in March.")
    canvas.save()
    text = "The harbour contract ended in March."
    shown = stored(text, name="contract.pdf", metadata=Metadata(title="Contract"))
    line = Box(1, 72, down - 12, 262, down + 4)
    block = PlacedBlock("paragraph", 0, len(text), page=1, boxes=(line,), char_boxes=((0, len(text)),))
    shown = replace(shown, blocks=(block,), document=replace(shown.document, format="pdf", pages=1))
    ledger.held.append(shown)
    ledger.originals[shown.document.id] = written.getvalue()
    return shown


def test_the_page_of_a_pdf_is_shown_with_the_quote_outlined(seen: Watched, site: Site) -> None:
    _letter_as_pdf(site.ledger)
    seen.open()
    answer = seen.ask("When was the contract ended?")
    answer.locator(".claim").filter(has_text="March").locator(".marker").click()
    picture = seen.page.locator("#source-panel img.page-picture")
    picture.wait_for()
    seen.wait_until("document.querySelector('.page-picture').naturalWidth > 500")
    yellow = seen.page.evaluate(
        """() => {
            const image = document.querySelector(".page-picture"), canvas = document.createElement("canvas");
            canvas.width = image.naturalWidth; canvas.height = image.naturalHeight;
            const context = canvas.getContext("2d", {willReadFrequently: true}); context.drawImage(image, 0, 0);
            const scale = canvas.width / 595;
            return [[100, 112], [100, 300]].map(([x, y]) => [...context.getImageData(x * scale, y * scale, 1, 1).data]);
        }"""
    )
    assert yellow[0][2] < 200 and yellow[1] == [255, 255, 255, 255]


def test_a_quote_low_on_its_page_is_scrolled_to_with_the_title_in_sight(seen: Watched, site: Site) -> None:
    _letter_as_pdf(site.ledger, down=780)
    page = seen.open()
    answer = seen.ask("When was the contract ended?")
    answer.locator(".claim").filter(has_text="March").locator(".marker").click()
    seen.wait_until("document.querySelector('.page-picture')?.naturalWidth > 500")
    seen.wait_until("document.querySelector('#source-panel').scrollTop > 100")
    shown, panel = page.evaluate(
        """() => {
            const picture = document.querySelector(".page-picture").getBoundingClientRect();
            const panel = document.querySelector("#source-panel").getBoundingClientRect();
            return [picture.top + picture.height * 780 / 842, [panel.top, panel.bottom]];
        }"""
    )
    assert panel[0] < shown < panel[1]
    page.locator(".panel-name").get_by_text("Contract").wait_for()
    facts = page.locator("#source-panel .facts").first.inner_text().split()
    assert facts[-4:] == ["Page", "1", "of", "1"]


@pytest.mark.parametrize("query", ["", "?__theme=dark"])
def test_nothing_is_wider_than_a_phone(phone: Watched, query: str) -> None:
    page = phone.open(query)
    answer = phone.ask("What is Northgate asked to confirm?")
    assert _too_wide(page) == 0
    answer.locator(".marker").first.click()
    page.locator("#source-panel mark").wait_for()
    assert _too_wide(page) == 0
    page.get_by_role("button", name="Close").click()
    page.get_by_role("tab", name="Library").click()
    page.locator("#documents li").first.wait_for()
    assert _too_wide(page) == 0


def _too_wide(page: Any) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


@pytest.mark.parametrize(("query", "scheme"), [("?__theme=dark", "light"), ("", "dark")])
def test_dark_is_dark_by_choice_and_by_system(browser: Any, site: Site, query: str, scheme: Any) -> None:
    with watched(browser, site.address, color_scheme=scheme) as seen:
        page = seen.open(query)
        seen.ask("What is Northgate asked to confirm?")
        ground, ink = page.evaluate(
            """() => [document.body, document.querySelector(".said")].map(
                (one) => getComputedStyle(one)[one === document.body ? "backgroundColor" : "color"])"""
        )
        assert (ground, ink) == ("rgb(20, 24, 28)", "rgb(231, 234, 237)")
        assert seen.complaints == []


def test_a_screen_reader_finds_heading_log_labels_and_names(seen: Watched) -> None:
    page = seen.open()
    answer = seen.ask("What is Northgate asked to confirm?")

    assert page.get_by_role("heading", level=1).all_inner_texts() == ["Policy briefing assistant"]
    assert page.get_by_role("log").get_attribute("aria-live") == "polite"
    assert page.get_by_role("banner").count() == page.get_by_role("main").count() == 1
    assert page.get_by_role("textbox", name="Your question").count() == 1
    assert answer.get_by_role("button", name="Source 1: ").count() >= 1
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("button, input, textarea, a, img")].filter((one) =>
            one.offsetParent && !one.closest("[aria-hidden=true]")
            && !(one.textContent.trim() || one.getAttribute("aria-label") || one.title || one.hasAttribute("alt")
                 || one.labels?.length || one.type === "file")).map((one) => one.outerHTML.slice(0, 120))"""
    )
    assert nameless == []
    labels = page.locator("#conversation [data-testid=user], #conversation [data-testid=bot]").evaluate_all(
        "all => all.map((one) => one.ariaLabel)"
    )
    assert labels == ["Your question", "Answer"]


def test_motion_stops_for_who_asks_for_less_of_it(browser: Any, site: Site) -> None:
    with watched(browser, site.address, reduced_motion="reduce") as seen:
        page = seen.open()
        running = page.evaluate("document.getAnimations().filter((one) => one.playState === 'running').length")
        assert running == 0


def test_two_people_see_nothing_of_each_other(browser: Any, site: Site) -> None:
    site.assistant.pause = 0.2
    with watched(browser, site.address) as one, watched(browser, site.address) as other:
        for each, word in ((one, "harbour"), (other, "Northgate")):
            each.open()
            each.page.locator("#question textarea").fill(f"What of {word}?")
            each.page.keyboard.press("Enter")
        for each, word, alien in ((one, "harbour", "Northgate"), (other, "Northgate", "harbour")):
            each.page.locator("article.answer").wait_for()
            assert each.page.locator(".asked").all_inner_texts() == [f"What of {word}?"], alien


def test_another_site_cannot_use_the_server_through_the_reader(browser: Any, site: Site) -> None:
    with watched(browser, site.address) as seen:
        seen.page.route(
            "http://attacker.test/*", lambda route: route.fulfill(body="<p>x</p>", content_type="text/html")
        )
        seen.page.goto("http://attacker.test/")
        outcome = seen.page.evaluate(
            """async (address) => {
                const tries = [["POST", "api/ask", '{"question": "x"}'], ["POST", "gradio_api/queue/join", "{}"],
                               ["GET", "api/documents", undefined]];
                const seen = [];
                for (const [method, path, body] of tries)
                    try { seen.push((await fetch(address + path, {method, body, mode: "no-cors"})).type); }
                    catch (error) { seen.push("refused"); }
                return seen;
            }""",
            seen.address,
        )
        asked = [one.text for one in site.assistant.asked]
        assert "x" not in asked
        assert set(outcome) <= {"opaque", "refused"}


HARMFUL = (
    "script, iframe, object, embed, video, audio, form, style, link, meta, base, svg, math, img, input, textarea, "
    "[style], [onclick], [onerror], [onload], a[href^='javascript'], a[href^='data']"
)
LOOK_FOR_HARM = """(harmful) => ({
    taken: window.__taken ?? null,
    elements: [...document.querySelectorAll(".answer, .asked, .source, .documents, .receipts, .failure")]
        .flatMap((one) => [...one.querySelectorAll(harmful)]).map((one) => one.outerHTML.slice(0, 200)),
    covering: [...document.querySelectorAll("body *")].filter((one) => {
        const box = one.getBoundingClientRect(), position = getComputedStyle(one).position;
        return position === "fixed" && box.width * box.height > innerWidth * innerHeight / 2;
    }).map((one) => one.outerHTML.slice(0, 200)),
    forms: [...document.querySelectorAll("form")].filter((one) => !one.closest("#confirm, #adding")).length,
    title: document.title,
})"""
UNHARMED = {"taken": None, "elements": [], "covering": [], "forms": 0, "title": "Policy briefing assistant"}


def test_the_watch_notices_what_it_watches_for(browser: Any, site: Site) -> None:
    with watched(browser, site.address) as seen:
        page = seen.open()
        page.evaluate(
            """() => {
                const place = document.createElement("div");
                place.className = "answer";
                place.innerHTML = '<img src="https://attacker.invalid/x.png"><form></form>'
                    + '<div style="position:fixed;inset:0">over</div>';
                document.body.append(place);
                const other = document.createElement("img");
                other.src = "http://127.0.0.2/";
                document.body.append(other);
                window.__taken = 1;
            }"""
        )
        page.wait_for_timeout(300)
        harm = page.evaluate(LOOK_FOR_HARM, HARMFUL)
        assert harm["taken"] == 1 and harm["forms"] == 1 and len(harm["covering"]) == 1
        assert len(harm["elements"]) == 3
        assert sum("Content Security Policy" in one for one in seen.complaints) == 2


def test_no_hostile_document_takes_over_the_page(seen: Watched, site: Site) -> None:
    site.ledger.held = [
        stored(
            f"lookout {payload}",
            name=f"{number}{payload}",
            metadata=Metadata(title=payload, publisher=payload, author=payload, source_type=payload, address=payload),
        )
        for number, payload in enumerate(PAYLOADS.values())
    ]
    page = seen.open()
    answer = seen.ask("lookout")
    assert answer.locator(".claim").count() >= len(PAYLOADS)
    assert page.evaluate(LOOK_FOR_HARM, HARMFUL) == UNHARMED
    openers = answer.locator(".sources .linklike")
    assert openers.count() == len(PAYLOADS)
    for at in range(len(PAYLOADS)):
        openers.nth(at).evaluate("one => one.click()")
        page.locator("#source-panel mark").first.wait_for()
        seen.wait_until("!document.querySelector('#source-panel[aria-busy]')")
        assert page.evaluate(LOOK_FOR_HARM, HARMFUL) == UNHARMED
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Library").click()
    page.locator("#documents li").nth(len(PAYLOADS) - 1).wait_for()
    assert page.evaluate(LOOK_FOR_HARM, HARMFUL) == UNHARMED
    page.locator("#documents [name=remove-document]").first.click()
    page.locator("#confirm").wait_for()
    assert page.evaluate(LOOK_FOR_HARM, HARMFUL) == UNHARMED


def test_no_hostile_question_takes_over_the_page(seen: Watched) -> None:
    page = seen.open()
    page.get_by_role("button", name="Filters").first.click()
    page.get_by_label("Names").fill(PAYLOADS["overlay"] + PAYLOADS["image error"])
    page.get_by_role("button", name="Filters (1 set)").click()
    for number, payload in enumerate(PAYLOADS.values()):
        page.locator("#question textarea").fill(payload)
        page.locator("#send").click()
        page.locator("article.answer").nth(min(number, 19)).wait_for()
        seen.wait_until("!document.querySelector('.forming')")
        assert page.evaluate(LOOK_FOR_HARM, HARMFUL) == UNHARMED


def test_no_hostile_file_takes_over_the_page(seen: Watched, site: Site) -> None:
    page = seen.open()
    page.get_by_role("tab", name="Library").click()
    files = [
        {
            "name": f"{payload[:100].replace('/', '-')}.txt",
            "mimeType": "text/plain",
            "buffer": f"lookout {payload}".encode(),
        }
        for payload in PAYLOADS.values()
        if "\x00" not in payload
    ]
    page.get_by_label("Files").set_input_files(files)
    page.locator("#add").click()
    page.locator("#receipts li.receipt").nth(len(files) - 1).wait_for()
    page.locator("#documents").get_by_text(f"{len(site.ledger.documents())} documents.").wait_for()
    assert page.evaluate(LOOK_FOR_HARM, HARMFUL) == UNHARMED


def test_no_hostile_upload_by_the_interface_takes_over_the_page(seen: Watched, site: Site) -> None:
    for payload in PAYLOADS.values():
        body = json.dumps({"question": payload}).encode()
        request = urllib.request.Request(  # noqa: S310 - our own server
            site.address + "api/ask", data=body, headers={"content-type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            assert answer.headers["content-type"] == "application/json"
            assert "script-src 'self'" in answer.headers["content-security-policy"]
            json.load(answer)
    # A reader who follows a link to an answer of the interface sees text, not a page.
    seen.page.goto(site.address + "api/documents")
    assert seen.page.evaluate(LOOK_FOR_HARM, HARMFUL)["taken"] is None


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
