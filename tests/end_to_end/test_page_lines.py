"""Drafts on the page, in a real Chromium, over a real library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import wiring
from assistant.desk.routes import Desk
from assistant.settings import Settings
from assistant.web import library_holdings
from ingest.documents import Source
from ingest.pipeline import ingest
from tests.assistant.web.scripted import no_picture
from tests.assistant.web.served import served
from tests.end_to_end.browser import Watched, watched

pytestmark = pytest.mark.browser

LETTER = (
    "---\ntitle: Letter to Northgate Cameras\npublisher: Office of the Harbour Commissioner\npublished: 2022-02-14\n"
    "source_type: letter\n---\n\nThe Harbour Commissioner asked Northgate Cameras to publish its list of subcontractors. "
    "The Harbour Commissioner found that Northgate Cameras kept <img src=x onerror=alert(1)> recordings.\n"
)
NEWS = (
    "---\ntitle: Northgate answers\npublisher: Felmouth Herald\npublished: 2022-03-02\n---\n\n"
    "Councillor Tom Bale alleged that Northgate Cameras has sold recordings to a rival port. "
    "Northgate Cameras denied that it has sold recordings to a rival port.\n"
)


@pytest.fixture(scope="module")
def lines_site(tmp_path_factory: pytest.TempPathFactory, model_cache: Path) -> Iterator[str]:
    settings = Settings(library=tmp_path_factory.mktemp("page-lines") / "library", cache=model_cache)
    assistant = wiring.build(settings, create=True)
    with assistant.library as library:
        sources = [Source(name, name, text.encode(), None) for name, text in (("l.md", LETTER), ("n.md", NEWS))]
        assert [one.status for one in ingest(library, sources)] == ["ingested", "ingested"]
        desk = Desk(wiring.checker(assistant), drafting=wiring.drafting(assistant))
        with served(assistant, library_holdings.holdings(library), no_picture, desk=desk) as address:
            yield address


def drafted(seen: Watched) -> Any:
    page = seen.open()
    page.get_by_role("tab", name="Draft").click()
    page.locator("#lines-topic").fill("Northgate Cameras and the Harbour Commissioner")
    page.keyboard.press("Enter")
    page.locator("article.press-draft").wait_for()
    return page


def test_lines_are_drafted_moved_with_the_keyboard_edited_and_exported(browser: Any, lines_site: str) -> None:
    with watched(browser, lines_site) as seen:
        page = drafted(seen)
        assert page.evaluate("document.activeElement.id") == "drafted-title"
        lines = page.locator('#drafted li[data-section="0"]')
        first = lines.nth(0).locator(".drafted").first.inner_text()
        lines.nth(0).locator('button[value="down"]').focus()
        page.keyboard.press("Enter")
        page.wait_for_function(
            "first => document.querySelectorAll('#drafted li[data-section=\"0\"]')[1]?.textContent.includes(first)",
            arg=first,
        )
        assert page.evaluate("document.activeElement.closest('li').dataset.line") == "1"
        edited = page.locator('#drafted li[data-section="0"][data-line="0"]')
        edited.locator("summary").click()
        edited.locator("textarea").fill("Northgate Cameras admitted that it has sold recordings to a rival port.")
        edited.locator('button[value="edit"]').click()
        page.get_by_text("Not used.").wait_for()
        with page.expect_download() as coming:
            page.locator("#drafted .downloads a").first.click()
        assert Path(coming.value.path()).read_bytes().startswith(b"PK")
        assert page.locator("#drafted img").count() == 0
        assert seen.complaints == []
        assert seen.outside == []


def test_a_topic_that_is_missing_is_asked_for(browser: Any, lines_site: str) -> None:
    with watched(browser, lines_site) as seen:
        page = seen.open()
        page.get_by_role("tab", name="Draft").click()
        page.locator("#make-lines").click()
        page.get_by_text("Write what it is about first.").wait_for()
        assert seen.complaints == []
