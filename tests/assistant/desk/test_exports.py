"""Answers and checks as files; each format is opened again with something that did not write it."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest
from docx import Document
from lxml import etree, html
from pypdf import PdfReader

from assistant.answering import Assistant
from assistant.desk.checking import Checker
from assistant.desk.drafts import from_source, from_text
from assistant.desk.exports import FORMATS, NothingToExport, UnknownFormat, export, format_of
from assistant.desk.exports.composing import of_check, of_conversation, of_outcome
from assistant.desk.exports.paper import Line, Note, Paper, Section, text_fragment
from assistant.domain import Citation, Outcome, Question, Withheld
from ingest.documents import Source

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOW = datetime(2024, 5, 6, 7, 8, tzinfo=UTC)
ASKED = "What did the Harbour Commissioner ask Northgate Cameras to confirm?"


@pytest.fixture(scope="module")
def outcome(harbour: Assistant) -> Outcome:
    found = harbour.answer(Question(text=ASKED))
    assert found.outcome == "briefing"
    return found


def hostile(text: str) -> Paper:
    citation = Citation(
        document="0" * 16, version=2, title=text, publisher=text, published="2022-02-14", source="javascript:alert(1)",
        page=3, start=0, end=len(text), quote=text, sha256="1" * 64,
    )  # fmt: skip
    sections = (Section(text, (Line(text, "paragraph", (1,)), Line(text, "paragraph", (1,)), Line(text, "bullet"))),)
    return Paper(text, sections, (Note(1, citation),), (text,), NOW, data={"text": text})


def part(content: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return etree.fromstring(packed.read(name))


def test_a_word_file_has_real_footnotes_each_with_quote_and_address(outcome: Outcome) -> None:
    content = export(of_outcome(outcome, NOW), "docx")
    notes = part(content, "word/footnotes.xml")
    kinds = [note.get(f"{W}type") for note in notes]
    assert kinds[:2] == ["separator", "continuationSeparator"]
    told = ["".join(text.text for text in note.iter(f"{W}t")) for note in notes[2:]]
    for claim in outcome.claims:
        for citation in claim.citations:
            assert any(citation.quote in one and (citation.publisher or "") in one for one in told)
    body = part(content, "word/document.xml")
    mentioned = [one.get(f"{W}id") for one in body.iter(f"{W}footnoteReference")]
    assert mentioned == [note.get(f"{W}id") for note in notes[2:]]
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        types = packed.read("[Content_Types].xml").decode()
        links = packed.read("word/_rels/footnotes.xml.rels").decode()
    assert "wordprocessingml.footnotes+xml" in types
    assert "https://example.org/letters/northgate#:~:text=" in links
    settings = part(content, "word/settings.xml")
    assert [one.get(f"{W}id") for one in settings.iter(f"{W}footnote")] == ["-1", "0"]


def test_a_word_file_has_built_in_styles_a_contents_field_and_the_as_of_line(outcome: Outcome) -> None:
    content = export(of_outcome(outcome, NOW), "docx")
    document: Any = Document(io.BytesIO(content))
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"Title", "Heading 1", "List Bullet"} <= styles
    ids = {style.get(f"{W}styleId") for style in part(content, "word/styles.xml").iter(f"{W}style")}
    assert {"FootnoteText", "FootnoteReference"} <= ids
    body = part(content, "word/document.xml")
    assert any("TOC" in (one.text or "") for one in body.iter(f"{W}instrText"))
    assert any("as of 6 May 2024" in paragraph.text for paragraph in document.paragraphs)


def test_a_note_that_is_mentioned_twice_is_one_footnote_and_a_pointer_to_it() -> None:
    body = part(export(hostile("Plain words."), "docx"), "word/document.xml")
    assert len(list(body.iter(f"{W}footnoteReference"))) == 1
    assert [one.get(f"{W}instr").split()[:2] for one in body.iter(f"{W}fldSimple")] == [["NOTEREF", "note1"]]


def test_a_template_lends_its_styles_header_and_page_and_none_of_its_text(outcome: Outcome) -> None:
    template: Any = Document()
    template.add_paragraph("Text of the template")
    template.sections[0].header.paragraphs[0].text = "OFFICIAL"
    template.styles["Heading 1"].font.name = "Georgia"
    held = io.BytesIO()
    template.save(held)
    document: Any = Document(io.BytesIO(export(of_outcome(outcome, NOW), "docx", held.getvalue())))
    assert document.sections[0].header.paragraphs[0].text == "OFFICIAL"
    assert document.styles["Heading 1"].font.name == "Georgia"
    assert all("Text of the template" not in paragraph.text for paragraph in document.paragraphs)


@pytest.mark.parametrize("form", ["docx", "pdf", "md", "html"])
def test_what_was_exported_is_found_supported_when_it_is_checked(form: str, outcome: Outcome, checker: Checker) -> None:
    name = f"answer.{form}"
    checked = checker.check(from_source(Source(name, name, export(of_outcome(outcome, NOW), form))))
    assert {one.verdict for one in checked.sentences} == {"supported", "no_claim"}, checked.counts
    assert checked.counts["supported"] >= len(outcome.claims)


def test_the_json_is_the_outcome(outcome: Outcome) -> None:
    assert json.loads(export(of_outcome(outcome, NOW), "json")) == outcome.model_dump(mode="json")


def test_the_register_has_a_row_for_each_claim_and_place_and_guards_formulas(outcome: Outcome) -> None:
    text = export(of_outcome(outcome, NOW), "csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == sum(len(claim.citations) for claim in outcome.claims)
    assert rows[0]["digest"] == outcome.claims[0].citations[0].sha256
    spelled = outcome.claims[0].model_copy(update={"text": "=HYPERLINK(1)", "speaker": "@who"})
    guarded = export(of_outcome(outcome.model_copy(update={"claims": (spelled,)}), NOW), "csv").decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(guarded)))
    assert (row["claim"], row["speaker"]) == ("'=HYPERLINK(1)", "'@who")


def test_what_was_withheld_is_counted_and_not_shown(outcome: Outcome) -> None:
    withheld = Withheld(text="Bale is a thief.", reason="not_supported", detail="No.")
    told = of_outcome(outcome.model_copy(update={"withheld": (withheld,)}), NOW)
    for form in ("md", "html", "csv"):
        shown = export(told, form).decode()
        assert "thief" not in shown
    assert "1 sentence" in export(told, "md").decode()
    assert json.loads(export(told, "json"))["withheld"][0]["text"] == "Bale is a thief."


def test_the_pdf_holds_text_and_letters_of_other_scripts(outcome: Outcome) -> None:
    assert (
        outcome.claims[0].text[:30]
        in PdfReader(io.BytesIO(export(of_outcome(outcome, NOW), "pdf"))).pages[0].extract_text()
    )
    shown = PdfReader(io.BytesIO(export(hostile("Ελλάδα и Київ"), "pdf"))).pages[0].extract_text()
    assert "Ελλάδα" in shown or "U+" in shown


def test_text_of_a_source_is_text_in_every_format() -> None:
    paper = hostile("<script>alert(1)</script> [x](javascript:y) *b* \u202e \x07 & “q”")
    page = html.document_fromstring(export(paper, "html").decode())
    assert not page.xpath("//script")
    assert all(not link.startswith("javascript") for link in page.xpath("//a/@href"))
    assert re.search(r"\\\[x\\\]", export(paper, "md").decode())
    for form in FORMATS:
        assert export(paper, form)


def test_a_conversation_and_an_abstention_are_exported_in_every_format(harbour: Assistant, outcome: Outcome) -> None:
    none = harbour.answer(Question(text="Who won the boat race in Leith in 1990?"))
    assert none.outcome == "abstention"
    told = of_conversation((outcome, none), NOW)
    assert [section.heading for section in told.sections if section.level == 1] == [outcome.question, none.question]
    for form in FORMATS:
        assert export(told, form)


def test_a_conversation_without_answers_is_named(outcome: Outcome) -> None:
    with pytest.raises(NothingToExport, match="no answer yet"):
        of_conversation((), NOW)


def test_a_check_is_exported_in_every_format(checker: Checker) -> None:
    checked = checker.check(from_text("Northgate Cameras has sold recordings to a rival port."))
    for form in FORMATS:
        assert export(of_check(checked, NOW), form)
    assert "Allegation as fact" in export(of_check(checked, NOW), "md").decode()


def test_an_unknown_suffix_and_a_bad_template_are_named_with_a_remedy(outcome: Outcome) -> None:
    with pytest.raises(UnknownFormat, match=r"\.docx"):
        format_of("answer.odt")
    with pytest.raises(UnknownFormat, match="Word"):
        export(of_outcome(outcome, NOW), "docx", b"no zip")
    with pytest.raises(UnknownFormat):
        export(of_outcome(outcome, NOW), "pdf", b"")


def test_a_long_quote_is_named_by_its_first_and_last_words() -> None:
    assert text_fragment("one two-three, four") == "one%20two%2Dthree%2C%20four"
    words = " ".join(str(number) for number in range(20))
    assert text_fragment(words) == "0%201%202%203%204,15%2016%2017%2018%2019"
