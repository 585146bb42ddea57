"""A run's report, opened from the disk in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from eval.comparing import compare
from eval.reports.page import page
from tests.eval.desk.material import GOOD, abstention
from tests.eval.desk.test_reports import held

pytestmark = pytest.mark.browser

LOOKS: list[dict[str, Any]] = [{}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 844}}]


@pytest.fixture
def report(tmp_path: Path) -> str:
    before = held(tmp_path / "a", GOOD)
    after = held(tmp_path / "b", {**GOOD, "How much was the fine?": abstention()})
    file = tmp_path / "report.html"
    history = [(f"2026-01-0{day}", day / 10) for day in range(1, 8)]
    file.write_text(page(after, made=compare(before.cases, after.cases, {}), history=history), encoding="utf-8")
    return file.as_uri()


@pytest.fixture(params=LOOKS, ids=["light", "dark", "narrow"])
def opened(request: pytest.FixtureRequest, browser: Any, report: str) -> Iterator[Any]:
    context = browser.new_context(bypass_csp=True, **request.param)
    shown = context.new_page()
    faults: list[str] = []
    shown.on("pageerror", lambda error: faults.append(str(error)))
    shown.goto(report)
    yield shown
    context.close()
    assert faults == []


def test_the_report_can_be_read_by_everybody_and_fits_its_window(opened: Any) -> None:
    opened.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
    found = Axe().run(opened)

    assert found.violations_count == 0, found.generate_report()
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_cases_are_narrowed_with_the_keyboard(opened: Any) -> None:
    opened.get_by_label("Result").focus()
    opened.keyboard.press("f")
    assert opened.locator("#shown").inner_text() == "1 of 3 cases shown"
    opened.keyboard.press("Tab")
    opened.keyboard.press("Tab")
    opened.keyboard.type("rain")
    assert opened.locator("#shown").inner_text() == "0 of 3 cases shown"


def test_on_paper_what_did_not_pass_is_open(opened: Any) -> None:
    opened.pdf()
    assert opened.locator("details.case[open]").count() == 1
