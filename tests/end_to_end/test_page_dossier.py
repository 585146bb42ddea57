"""Dossiers and the grid on the page, in a real Chromium, over a real library whose sources are hostile."""

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
def dossier_site(tmp_path_factory: pytest.TempPathFactory, model_cache: Path) -> Iterator[str]:
    settings = Settings(library=tmp_path_factory.mktemp("page-dossier") / "library", cache=model_cache)
    assistant = wiring.build(settings, create=True)
    with assistant.library as library:
        sources = [Source(name, name, text.encode(), None) for name, text in (("l.md", LETTER), ("n.md", NEWS))]
        assert [one.status for one in ingest(library, sources)] == ["ingested", "ingested"]
        desk = Desk(wiring.checker(assistant), dossiers=wiring.dossiers(assistant))
        with served(assistant, library_holdings.holdings(library), no_picture, desk=desk) as address:
            yield address


def dossier_tab(seen: Watched) -> Any:
    page = seen.open()
    page.get_by_role("tab", name="Dossier").click()
    page.locator("#dossier-entity").wait_for()
    return page


def test_a_dossier_is_made_with_the_keyboard_and_its_source_opens(browser: Any, dossier_site: str) -> None:
    with watched(browser, dossier_site) as seen:
        page = dossier_tab(seen)
        page.locator("#dossier-entity").fill("northgate cameras")
        page.keyboard.press("Enter")
        page.locator("article.dossier").wait_for()
        assert page.evaluate("document.activeElement.id") == "dossier-title"
        assert page.locator(".answered.reply_held").count() == 1
        assert "No reply to this is held in the library." in page.locator(".answered.no_reply_held").inner_text()
        assert page.locator(".dossier img").count() == 0
        assert page.locator("svg.timeline").get_attribute("role") == "img"
        page.locator(".dossier button[name=open-source]:visible").first.click()
        page.locator("#source-panel mark").first.wait_for()
        with page.expect_download() as coming:
            page.locator(".dossier .downloads a").first.click()
        assert Path(coming.value.path()).read_bytes().startswith(b"PK")
        assert seen.complaints == []
        assert seen.outside == []


def test_an_unknown_name_is_told_with_those_that_are_near(browser: Any, dossier_site: str) -> None:
    with watched(browser, dossier_site) as seen:
        page = dossier_tab(seen)
        page.locator("#make-dossier").click()
        page.get_by_text("Name a vendor or a body first.").wait_for()
        page.locator("#dossier-entity").fill("Northgat Cameras")
        page.locator("#make-dossier").click()
        page.locator("#dossier .failure").wait_for()
        assert "Northgate Cameras" in page.locator("#dossier .failure").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dossier_and_grid_fit_a_phone_and_pass_an_audit(browser: Any, dossier_site: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with watched(browser, dossier_site, viewport={"width": 360, "height": 740}, color_scheme=scheme) as seen:
        page = dossier_tab(seen)
        page.locator("#dossier-entity").fill("Northgate Cameras")
        page.locator("#make-dossier").click()
        page.locator("article.dossier svg").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        found = Axe().run(page, {"include": [["#dossiers"]]}).response["violations"]
        assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
        page.locator("#make-grid").click()
        page.locator("#dossier table").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        found = Axe().run(page, {"include": [["#dossiers"]]}).response["violations"]
        assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
