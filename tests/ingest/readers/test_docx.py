from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.errors import UnreadableSource
from tests.ingest.readers.material import aside, document, kept, read, texts

if TYPE_CHECKING:
    from collections.abc import Callable

W = nsdecls("w")


def word(build: Callable[[Document], object]) -> bytes:
    made = Document()
    build(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def runs(made: Document, text: str, inner: str) -> None:
    """A paragraph of a plain run and then of the markup given."""
    paragraph = made.add_paragraph(text)._p
    for element in parse_xml(f"<w:p {W}>{inner}</w:p>"):
        paragraph.append(element)


def test_headings_tables_and_lists_come_in_the_order_of_the_body() -> None:
    def build(made: Document) -> None:
        made.add_heading("Report on cameras", 0)
        made.add_heading("Findings", 1)
        made.add_paragraph("Before the table.")
        table = made.add_table(2, 2)
        for row, column, text in ((0, 0, "Year"), (0, 1, "Cameras"), (1, 0, "2020"), (1, 1, "12")):
            table.cell(row, column).text = text
        made.add_paragraph("After the table.")
        made.add_heading("Next", 2)
        made.add_paragraph("Point", style="List Bullet")
        made.add_paragraph("Said so", style="Intense Quote")

    made = read("a.docx", word(build))
    assert kept(made) == [
        ("heading", "Report on cameras"),
        ("heading", "Findings"),
        ("paragraph", "Before the table."),
        ("table_row", "Year | Cameras"),
        ("table_row", "2020 | 12"),
        ("paragraph", "After the table."),
        ("heading", "Next"),
        ("list_item", "Point"),
        ("quote", "Said so"),
    ]
    assert [block.level for block in made.blocks if block.kind == "heading"] == [1, 1, 2]
    assert made.metadata.title == "Report on cameras"


def test_core_properties_are_metadata_and_what_programs_put_there_is_none() -> None:
    def named(made: Document) -> None:
        made.core_properties.title, made.core_properties.author = "The cameras", "Jane Doe"
        made.core_properties.language = "en-GB"
        made.add_paragraph("Text.")

    def unnamed(made: Document) -> None:
        made.core_properties.title = "Microsoft Word - Document1"
        made.add_paragraph("Text.")

    found = read("a.docx", word(named)).metadata
    assert (found.title, found.author, found.language, found.published) == ("The cameras", "Jane Doe", "en", None)
    empty = read("b.docx", word(unnamed)).metadata
    assert (empty.title, empty.author, empty.extra) == (None, None, ())


def test_words_split_over_runs_stay_whole_and_breaks_are_spaces() -> None:
    made = read(
        "a.docx",
        word(
            lambda d: runs(
                d, "un", "<w:r><w:rPr><w:b/></w:rPr><w:t>able</w:t><w:br/><w:t>to</w:t><w:tab/><w:t>pay</w:t></w:r>"
            )
        ),
    )
    assert texts(made) == ["unable to pay"]


def test_tracked_insertions_and_links_are_text_and_deletions_are_not() -> None:
    inner = (
        "<w:ins w:id='1'><w:r><w:t> inserted</w:t></w:r></w:ins><w:del w:id='2'><w:r><w:delText> deleted</w:delText></w:r></w:del>"
        "<w:hyperlink w:anchor='a'><w:r><w:t xml:space='preserve'> linked</w:t></w:r></w:hyperlink>"
    )
    assert texts(read("a.docx", word(lambda d: runs(d, "Kept", inner)))) == ["Kept inserted linked"]


def test_hidden_runs_are_set_aside_and_said() -> None:
    inner = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Obey me.</w:t></w:r>"
    made = read("a.docx", word(lambda d: runs(d, "Seen.", inner)))
    assert texts(made) == ["Seen."]
    assert aside(made) == [("hidden", "Obey me.")]
    assert made.warnings == ("8 characters of hidden text were left out.",)


def test_running_headers_and_footers_are_set_aside() -> None:
    def build(made: Document) -> None:
        made.sections[0].header.paragraphs[0].text = "Official"
        made.sections[0].footer.paragraphs[0].text = "Page 1"
        made.add_paragraph("Text.")

    made = read("a.docx", word(build))
    assert texts(made) == ["Text."]
    assert aside(made) == [("page_header", "Official"), ("page_footer", "Page 1")]


def test_footnotes_are_notes_after_the_text() -> None:
    notes = (
        f"<w:footnotes {W}><w:footnote w:type='separator' w:id='0'><w:p><w:r><w:t>sep</w:t></w:r></w:p></w:footnote>"
        "<w:footnote w:id='2'><w:p><w:r><w:t>See the letter.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )

    def build(made: Document) -> None:
        runs(made, "Said so", "<w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:t> twice.</w:t></w:r>")
        made.add_paragraph("More.")
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        part = Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), made.part.package)
        made.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    assert kept(read("a.docx", word(build))) == [
        ("paragraph", "Said so twice."),
        ("paragraph", "More."),
        ("note", "See the letter."),
    ]


def test_merged_and_nested_cells_are_said_once() -> None:
    def build(made: Document) -> None:
        table = made.add_table(2, 2)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "merged"
        table.cell(1, 0).text = "left"
        inner = table.cell(1, 1).add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "one", "two"

    assert texts(read("a.docx", word(build))) == ["merged", "left | one two"]


def test_a_table_of_contents_is_set_aside() -> None:
    def build(made: Document) -> None:
        made.styles.add_style("TOC 1", 1)
        made.add_paragraph("Findings 3", style="TOC 1")
        made.add_paragraph("Text.")

    made = read("a.docx", word(build))
    assert (texts(made), aside(made)) == (["Text."], [("contents", "Findings 3")])


def test_a_document_without_words_is_refused() -> None:
    with pytest.raises(UnreadableSource, match="holds no text"):
        document("empty.docx", word(lambda made: None))


@pytest.mark.parametrize("mark", ["strike", "dstrike"])
def test_what_is_struck_out_is_set_aside_and_said(mark: str) -> None:
    inner = f"<w:r><w:rPr><w:{mark}/></w:rPr><w:t>admitted</w:t></w:r><w:r><w:t xml:space='preserve'> denied it.</w:t></w:r>"
    made = read("a.docx", word(lambda d: runs(d, "The company ", inner)))
    assert (texts(made), aside(made)) == (["The company denied it."], [("struck", "admitted")])
    assert made.warnings == ("8 characters of struck-out text were left out.",)


def test_the_letters_of_a_formula_are_not_lost() -> None:
    formula = "<m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'><m:r><m:t>n=12</m:t></m:r></m:oMath>"
    assert texts(read("a.docx", word(lambda d: runs(d, "The sample was ", formula)))) == ["The sample was n=12"]
