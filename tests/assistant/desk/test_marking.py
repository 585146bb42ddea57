"""A marked-up Word file: comments in Word's own part, at the sentences, and nothing else changed."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx import Document
from docx.shared import RGBColor

from assistant.desk.checking import Checker
from assistant.desk.drafts import from_source, from_text
from assistant.desk.marking import marked
from ingest.documents import Source

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def draft_file() -> bytes:
    document: Any = Document()
    document.add_heading("Lines", 1)
    paragraph = document.add_paragraph("Northgate Cameras denied that it can ")
    paragraph.add_run("reach any recording. Northgate").bold = True
    last = paragraph.add_run(" Cameras has sold recordings to a rival port. What now?")
    last.font.color.rgb = RGBColor(0x12, 0x34, 0x56)
    document.add_table(1, 1).cell(0, 0).text = "Northgate Cameras agreed to appoint a data protection officer."
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def formatted(content: bytes) -> list[tuple[str, bool | None, str | None]]:
    """Every letter of the body with whether it is bold and what colour it has."""
    document: Any = Document(io.BytesIO(content))
    return [
        (letter, run.bold, str(run.font.color.rgb) if run.font.color.rgb else None)
        for paragraph in document.paragraphs
        for run in paragraph.runs
        for letter in run.text
    ]


def test_comments_stand_at_their_sentences_and_the_text_keeps_its_formatting(checker: Checker) -> None:
    original = draft_file()
    draft = from_source(Source("draft.docx", "draft.docx", original))
    content = marked(checker.check(draft), draft, original)

    assert formatted(content) == formatted(original)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert "word/comments.xml" in packed.namelist()
        assert "/word/comments.xml" in packed.read("[Content_Types].xml").decode()
    document: Any = Document(io.BytesIO(content))
    comments = {comment.comment_id: comment.text for comment in document.comments}
    body = document.element.body
    ranged: dict[int, str] = {}
    for start in body.iter(f"{W}commentRangeStart"):
        words, key = [], start.get(f"{W}id")
        for element in start.itersiblings():
            if element.tag == f"{W}commentRangeEnd" and element.get(f"{W}id") == key:
                break
            words += [text.text for text in element.iter(f"{W}t")]
        ranged[int(key)] = "".join(words)
    assert sorted(ranged.values()) == [
        "Northgate Cameras agreed to appoint a data protection officer.",
        "Northgate Cameras denied that it can reach any recording.",
        "Northgate Cameras has sold recordings to a rival port.",
    ]
    told = {ranged[key]: text for key, text in comments.items()}
    assert told["Northgate Cameras has sold recordings to a rival port."].startswith("Allegation as fact")
    assert "Felmouth Herald" in told["Northgate Cameras has sold recordings to a rival port."]


def test_a_row_of_a_table_has_its_comment_at_its_first_cell(checker: Checker) -> None:
    document: Any = Document()
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "Northgate Cameras stored", "4,200 recordings without a licence"
    held = io.BytesIO()
    document.save(held)
    draft = from_source(Source("draft.docx", "draft.docx", held.getvalue()))
    again: Any = Document(io.BytesIO(marked(checker.check(draft), draft, held.getvalue())))
    assert len(list(again.comments)) == 1


def test_a_draft_that_is_no_word_file_is_written_as_one(checker: Checker) -> None:
    draft = from_text("# Lines\n\nNorthgate Cameras agreed to appoint a data protection officer.\n\n- a point")
    document: Any = Document(io.BytesIO(marked(checker.check(draft), draft, None)))
    assert [paragraph.style.name for paragraph in document.paragraphs] == ["Heading 1", "Normal", "List Bullet"]
    assert len(list(document.comments)) == 1
