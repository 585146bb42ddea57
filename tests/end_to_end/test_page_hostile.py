"""Documents, questions, files and other sites that mean harm to the page, in a real Chromium."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

import pytest

from ingest.documents import Metadata
from tests.assistant.web.scripted import stored
from tests.end_to_end.browser import Watched, watched
from tests.end_to_end.hostile_payloads import PAYLOADS
from tests.end_to_end.site import Site

pytestmark = pytest.mark.browser


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
    forms: [...document.querySelectorAll("form")].filter((one) => !one.closest("#confirm, #confirm-deleting, #renaming, #adding")).length,
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
    site.assistant.told = lambda text: (
        dict.fromkeys(("speaker", "addressee", "time"), text) | {"standing": "allegation"}
    )
    page = seen.open()
    answer = seen.ask("lookout")
    answer.locator(".why").evaluate_all("all => all.forEach((one) => { one.open = true; })")
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
