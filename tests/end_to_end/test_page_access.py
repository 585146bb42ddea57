"""The page for everybody: phones, dark, screen readers, keyboards, less motion."""

from __future__ import annotations

import itertools
from typing import Any, get_args

import pytest

from assistant.domain import Standing, Withheld
from tests.assistant.web.scripted import stored
from tests.end_to_end.browser import Watched, watched
from tests.end_to_end.site import LETTER, NEWS, Site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("query", ["", "?__theme=dark"])
def test_nothing_is_wider_than_a_phone(phone: Watched, site: Site, query: str) -> None:
    site.assistant.told = _in_turn
    page = phone.open(query)
    answer = phone.ask("What is Northgate asked to confirm about the harbour cameras and the contract?")
    assert _too_wide(page) == 0
    _open_all(answer)
    assert _too_wide(page) == 0
    answer.locator(".marker").first.click()
    page.locator("#source-panel mark").wait_for()
    assert _too_wide(page) == 0
    page.get_by_role("button", name="Close").click()
    page.get_by_role("tab", name="Library").click()
    page.locator("#documents li").first.wait_for()
    assert _too_wide(page) == 0


def _in_turn(text: str) -> dict[str, Any]:
    """Every standing in its turn, by a speaker with a long name, at a time that needs placing."""
    standings = get_args(Standing)
    long = "The Office of the Commissioner for " + "Oversight-and-" * 12
    return {"standing": standings[len(text) % len(standings)], "speaker": long, "addressee": long, "time": "2019-07"}


def _open_all(answer: Any) -> None:
    answer.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")


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


@pytest.mark.parametrize("query", ["", "?__theme=dark"])
def test_an_accessibility_checker_finds_nothing(seen: Watched, site: Site, query: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    turns = itertools.cycle(get_args(Standing))
    site.assistant.told = lambda text: {"standing": next(turns), "speaker": "A. Speaker", "time": "last July"}
    site.assistant.withheld = (Withheld(text="It was.", reason="not_supported", detail="No source says so."),)
    site.ledger.held = [
        LETTER,
        NEWS,
        *(stored(f"harbour {n}", name=f"{n}.txt") for n in range(len(get_args(Standing)))),
    ]
    page = seen.open(query)
    answer = seen.ask("What is Northgate asked to confirm of the harbour?")
    assert answer.locator(".claim.allegation").count() >= 1
    _open_all(answer)
    answer.locator(".marker").first.click()
    page.locator("#source-panel mark").wait_for()
    found = Axe().run(page).response["violations"]
    assert [f"{one['id']}: {one['help']}" for one in found] == []
