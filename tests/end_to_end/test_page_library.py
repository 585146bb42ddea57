"""The library on the page in a real Chromium: files in and out, receipts, versions, pages of a PDF."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.documents import Box, Metadata, PlacedBlock
from ingest.ledger.records import DocumentText
from tests.assistant.web.scripted import MemoryLedger, stored
from tests.end_to_end.browser import Watched
from tests.end_to_end.site import Site

pytestmark = pytest.mark.browser


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
