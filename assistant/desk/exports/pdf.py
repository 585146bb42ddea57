"""PDF, laid out here and now with reportlab; no browser, no network, fonts embedded (see `fonts`)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from assistant.desk.exports.fonts import face_for, faces
from assistant.web.markup import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.desk.exports.paper import Line, Note, Paper, Picture, SourceEntry

_LINK = "#0B4F8A"
_MISSING = "\u27e8U+{:04X}\u27e9"


def render(paper: Paper, template: bytes | None = None) -> bytes:
    """See `assistant.desk.exports.export`. Notes stand behind the text, each with a link back and forth."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import SimpleDocTemplate

    held = io.BytesIO()
    document = SimpleDocTemplate(
        held,
        pagesize=A4,
        leftMargin=25 * mm,
        rightMargin=25 * mm,
        topMargin=22 * mm,
        bottomMargin=22 * mm,
        title=visible(paper.title)[:250],
        author="Policy briefing assistant",
        lang=paper.language,
    )
    document.build(list(_flow(paper)), onFirstPage=_numbered, onLaterPages=_numbered)
    return held.getvalue()


def _flow(paper: Paper) -> Iterator[Any]:
    from reportlab.platypus import Paragraph

    styles = _styles()
    yield Paragraph(_marked(paper.title, faces().bold), styles["title"])
    for section in paper.sections:
        yield Paragraph(_marked(section.heading, faces().bold), styles["heading" if section.level == 1 else "lower"])
        if section.picture is not None:
            yield _picture(section.picture)
        for line in section.lines:
            yield _line(line, styles)
    if paper.notes:
        yield Paragraph("Notes", styles["heading"])
        for note in paper.notes:
            yield Paragraph(_note(note), styles["note"])
    yield Paragraph("Sources", styles["heading"])
    for entry in paper.sources:
        yield Paragraph(_source(entry), styles["note"], bulletText="\u2022")
    for told in paper.resting_on:
        yield Paragraph(_marked(told, faces().italic), styles["aside"])


def _picture(picture: Picture) -> Any:
    from reportlab.lib.units import mm
    from reportlab.platypus import Image

    width = min(160 * mm, 200 * mm * picture.width / picture.height)
    return Image(io.BytesIO(picture.png), width=width, height=width * picture.height / picture.width)


def _line(line: Line, styles: dict[str, Any]) -> Any:
    from reportlab.platypus import Paragraph

    base = {"aside": faces().italic, "question": faces().bold}.get(line.kind, faces().regular)
    marks = "".join(
        f'<super><a href="#note-{number}" color="{_LINK}">{number}</a></super>{"<super>,</super>" if at + 1 < len(line.notes) else ""}'
        for at, number in enumerate(line.notes)
    )
    bullet = "\u2022" if line.kind == "bullet" else None
    return Paragraph(f"{_marked(line.text, base)}{marks}", styles[line.kind], bulletText=bullet)


def _note(note: Note) -> str:
    words = _marked(f"{note.reference} \u201c{note.quote}\u201d", faces().regular)
    number = f'<font name="{faces().bold}">{note.number}</font>'
    return f'<a name="note-{note.number}"/>{number}\u2002{words}{_linked(note.address, note.citation.source)}'


def _source(entry: SourceEntry) -> str:
    cited = entry.citation
    where = f" Document {cited.document}, version {cited.version}. Notes {', '.join(map(str, entry.notes))}."
    return f"{_marked(entry.reference, faces().regular)}{_linked(entry.address, entry.address)}{escape(where)}"


def _linked(address: str | None, shown: str | None) -> str:
    if not address:
        return ""
    return f' <a href={quoteattr(address)} color="{_LINK}">{_marked(shown or address, faces().regular)}</a>'


def _marked(text: str, base: str) -> str:
    """`text` as reportlab's paragraph markup, each run of letters in a font that has them."""
    found: list[tuple[str, str]] = []
    for letter in visible(" ".join(text.split())):
        name = face_for(letter, base)
        shown = letter if name else _MISSING.format(ord(letter))
        name = name or base
        if found and found[-1][0] == name:
            found[-1] = (name, found[-1][1] + shown)
        else:
            found.append((name, shown))
    return "".join(f'<font name="{name}">{escape(words)}</font>' for name, words in found)


def _styles() -> dict[str, Any]:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle

    face = faces()
    text = ParagraphStyle("text", fontName=face.regular, fontSize=10.5, leading=15, spaceAfter=6, wordWrap=None)
    grey = HexColor("#444444")
    return {
        "paragraph": text,
        "bullet": ParagraphStyle("bullet", text, leftIndent=12, bulletIndent=2),
        "aside": ParagraphStyle(
            "aside", text, fontName=face.italic, fontSize=9, leading=12, textColor=grey, spaceBefore=-4
        ),
        "quote": ParagraphStyle("quote", text, leftIndent=14, rightIndent=14),
        "question": ParagraphStyle("question", text, fontName=face.bold, spaceBefore=4, spaceAfter=3, keepWithNext=1),
        "note": ParagraphStyle("note", text, fontSize=9, leading=12, spaceAfter=4, leftIndent=12, bulletIndent=2),
        "title": ParagraphStyle("title", text, fontName=face.bold, fontSize=17, leading=22, spaceAfter=10),
        "heading": ParagraphStyle(
            "heading", text, fontName=face.bold, fontSize=12.5, leading=16, spaceBefore=10, keepWithNext=1
        ),
        "lower": ParagraphStyle("lower", text, fontName=face.bold, fontSize=11, spaceBefore=6, keepWithNext=1),
    }


def _numbered(canvas: Any, document: Any) -> None:
    canvas.saveState()
    canvas.setFont(faces().regular, 8)
    canvas.drawRightString(document.pagesize[0] - document.rightMargin, 30, str(canvas.getPageNumber()))
    canvas.restoreState()
