"""The evaluators' tab in a real Chromium, over a real library and a suite that the test writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe

from assistant import wiring
from assistant.desk.routes import Desk
from assistant.settings import Settings
from assistant.web import library_holdings
from assistant.web.tabs import Tab
from eval.linting import lint
from eval.web import tab
from eval.web.routes import router
from eval.web.runner import Runner
from ingest.documents import Source
from ingest.pipeline import ingest
from tests.assistant.web.scripted import no_picture
from tests.assistant.web.served import served
from tests.end_to_end.browser import Watched, watched

pytestmark = pytest.mark.browser

NEWS = (
    "---\ntitle: Northgate answers\npublisher: Felmouth Herald\npublished: 2022-03-02\n---\n\n"
    "Northgate Cameras denied that it can reach any recording. The harbour of Felmouth fined Northgate Cameras 500 pounds.\n"
)
DENIED = "What did Northgate Cameras deny?"


@dataclass
class Place:
    address: str
    own: Path
    runs: Path


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, model_cache: Path) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("page-evaluation")
    assistant = wiring.build(Settings(library=folder / "library", cache=model_cache), create=True)
    with assistant.library as library:
        assert [one.status for one in ingest(library, [Source("n.md", "n.md", NEWS.encode(), None)])] == ["ingested"]
        desk = Desk(wiring.checker(assistant))
        own, runs = folder / "my-cases.yaml", folder / "runs"
        made = Tab("evaluation", "Evaluation", tab(assistant).static, router(Runner(assistant, runs, own)))
        with served(assistant, library_holdings.holdings(library), no_picture, desk=desk, tabs=[made]) as address:
            yield Place(address, own, runs)


@pytest.fixture
def seen(browser: Any, place: Place) -> Iterator[Watched]:
    with watched(browser, place.address) as page:
        yield page
    assert page.complaints == []
    assert page.outside == []


def opened(seen: Watched) -> Any:
    page = seen.open()
    page.get_by_role("tab", name="Evaluation").click()
    page.get_by_role("heading", name="Run a suite").wait_for()
    return page


def run(page: Any) -> None:
    page.locator("#evaluation-room select[name=suite]").select_option("my-cases")
    page.get_by_role("button", name="Run", exact=True).click()


def rates_all(page: Any, rater: str) -> None:
    page.get_by_label("Your name").fill(rater)
    page.get_by_role("button", name="Rate its claims").click()
    heading = page.locator("#evaluation-shown h2")
    page.get_by_role("heading", name="Claim 1 of").wait_for()
    for claim in range(2, 2 + int(heading.inner_text().split()[-1])):
        assert page.get_by_text("agree on").count() == 0
        page.get_by_role("button", name="Supported", exact=True).click()
        page.get_by_role("heading", name=re.compile(f"Claim {claim} of|All claims of")).wait_for()


def test_an_answer_becomes_a_case_in_two_clicks_is_run_rated_and_compared(seen: Watched, place: Place) -> None:
    seen.open()
    seen.ask(DENIED)
    answer = seen.page.locator(".keep-case").first
    answer.get_by_text("Keep as a test case").click()
    answer.get_by_role("button", name="It is right").click()
    answer.get_by_text("Kept as").wait_for()
    (case,) = yaml.safe_load(place.own.read_text(encoding="utf-8"))["cases"]
    assert case["ask"] == DENIED
    assert "denied that it can reach" in case["expect"]["cites"][0]["quote"]
    assert lint(place.own) == ()

    page = opened(seen)
    run(page)
    page.get_by_text("1 of 1 cases passed").wait_for()
    rates_all(page, "first")
    page.get_by_text("Agreement is shown once a second person has rated").wait_for()
    page.locator("#evaluation-room button[name=open-run]").first.click()
    rates_all(page, "second")
    page.get_by_text("first and second agree on 100%").wait_for()

    place.own.write_text(
        place.own.read_text(encoding="utf-8").replace("denied that", "admitted that"), encoding="utf-8"
    )
    page.get_by_text("Another configuration").click()
    page.get_by_label("Threshold below which it abstains").fill("1")
    run(page)
    page.get_by_text("0 of 1 cases passed").wait_for()
    sides = page.locator("#evaluation-room table input[type=radio]")
    sides.nth(2).check()
    sides.nth(1).check()
    page.get_by_role("button", name="Compare").click()
    page.get_by_text("regression: 1 case compared, 1 broken").wait_for()
    page.get_by_text("sufficiency 1.0").wait_for()

    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_fault_of_the_suite_is_said_on_the_page(seen: Watched, place: Place) -> None:
    before = place.own.read_bytes() if place.own.is_file() else None
    place.own.write_text("suite: [", encoding="utf-8")
    page = opened(seen)
    run(page)
    page.locator("#evaluation-now .failure").wait_for()
    assert "is no YAML" in page.locator("#evaluation-now .failure").inner_text()
    seen.complaints.clear()  # the browser notes the refusal
    if before is None:
        place.own.unlink()
    else:
        place.own.write_bytes(before)
