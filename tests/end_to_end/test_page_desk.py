"""Checking a draft and downloading answers on the page, in a real Chromium, over a real library."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document

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

NEWS = (
    "---\ntitle: Northgate answers\npublisher: Felmouth Herald\npublished: 2022-03-02\n---\n\n"
    "Northgate Cameras denied that it can reach any recording. Northgate Cameras called the letter a heavy-handed and "
    "needless intervention.\n"
)
DRAFT = "Northgate Cameras denied that it can reach any recording. Northgate Cameras called the letter “a heavy-handed and silly intervention”."


@pytest.fixture(scope="module")
def desk_site(tmp_path_factory: pytest.TempPathFactory, model_cache: Path) -> Iterator[str]:
    settings = Settings(library=tmp_path_factory.mktemp("page-desk") / "library", cache=model_cache)
    assistant = wiring.build(settings, create=True)
    with assistant.library as library:
        assert [one.status for one in ingest(library, [Source("n.md", "n.md", NEWS.encode(), None)])] == ["ingested"]
        desk = Desk(wiring.checker(assistant))
        with served(assistant, library_holdings.holdings(library), no_picture, desk=desk) as address:
            yield address


def check_tab(seen: Watched) -> Any:
    page = seen.open()
    page.get_by_role("tab", name="Check").click()
    page.locator("#draft-text").wait_for()
    return page


def downloaded(page: Any, link: Any) -> bytes:
    with page.expect_download() as coming:
        link.click()
    return Path(coming.value.path()).read_bytes()


def test_a_pasted_draft_is_checked_with_the_keyboard_and_the_difference_is_shown(browser: Any, desk_site: str) -> None:
    with watched(browser, desk_site) as seen:
        page = check_tab(seen)
        page.locator("#draft-text").fill(DRAFT)
        page.keyboard.press("Control+Enter")
        page.locator(".verdicts > li").nth(1).wait_for()
        assert page.locator(".verdict").all_inner_texts() == ["✓ Supported", "! Quote altered"]
        assert page.locator(".difference del").inner_text().endswith("silly")
        assert page.locator(".difference ins").inner_text().endswith("needless")
        assert page.evaluate("document.activeElement.id") == "verdicts-title"
        page.locator("#only-faults").check()
        assert page.locator(".verdicts > li:visible").count() == 1
        page.locator(".verdicts button[name=open-source]:visible").first.click()
        page.locator("#source-panel mark").first.wait_for()
        assert seen.complaints == []
        assert seen.outside == []


def test_an_uploaded_word_file_comes_back_with_comments(browser: Any, desk_site: str) -> None:
    document: Any = Document()
    document.add_paragraph(DRAFT)
    held = io.BytesIO()
    document.save(held)
    with watched(browser, desk_site) as seen:
        page = check_tab(seen)
        page.locator("#draft-file").set_input_files({"name": "d.docx", "mimeType": "", "buffer": held.getvalue()})
        page.locator("#check-draft").click()
        marked: Any = Document(io.BytesIO(downloaded(page, page.get_by_role("link", name="Word, with comments"))))
        assert [one.text.splitlines()[0] for one in marked.comments] == ["Supported", "Quote altered"]


def test_an_answer_can_be_downloaded_as_it_was_shown(browser: Any, desk_site: str) -> None:
    with watched(browser, desk_site) as seen:
        page = seen.open()
        seen.ask("What did Northgate Cameras deny?")
        content = downloaded(page, page.locator(".downloads a").first)
        shown: Any = Document(io.BytesIO(content))
        assert any("denied that it can reach any recording" in paragraph.text for paragraph in shown.paragraphs)
        assert seen.complaints == []


def test_the_check_fits_a_phone_and_says_what_is_missing(browser: Any, desk_site: str) -> None:
    with watched(browser, desk_site, viewport={"width": 360, "height": 740}) as seen:
        page = check_tab(seen)
        page.locator("#check-draft").click()
        page.get_by_text("There is no draft yet").wait_for()
        page.locator("#draft-text").fill(DRAFT)
        page.locator("#check-draft").click()
        page.locator(".verdicts > li").nth(1).wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
