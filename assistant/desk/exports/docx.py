"""Word: built-in styles throughout, real footnotes, a table of contents field; a department's template applies."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from assistant.desk.exports import UnknownFormat
from assistant.desk.exports.footnotes import Footnotes, linked
from assistant.desk.recheck.carried import of_paper
from assistant.web.markup import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.desk.exports.paper import Line, Paper, Picture, SourceEntry

AUTHOR = "Policy briefing assistant"
_STYLES = {
    "paragraph": "Normal",
    "bullet": "List Bullet",
    "aside": "Caption",
    "quote": "Quote",
    "question": "Heading 3",
}
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEMPLATE_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_DOCUMENT_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_REMEDY = "Give a .docx or .dotx file that Word opens."
_TEMPLATE_BYTES = 50_000_000


def render(paper: Paper, template: bytes | None = None) -> bytes:
    """See `assistant.desk.exports.export`. Of a template all is kept but the text of its body."""
    document = _fresh() if template is None else _from_template(template)
    _known(document, paper)
    footnotes = Footnotes(document, paper.notes)
    document.add_paragraph(visible(paper.title), style=_style(document, "Title"))
    headings = [(one.heading, one.level) for one in paper.sections] + [("Sources", 1)]
    _contents(document, headings)
    for place, section in enumerate(paper.sections):
        _heading(document, section.heading, section.level, place)
        if section.picture is not None:
            _picture(document, section.picture)
        for at, line in enumerate(section.lines, 1):
            _line(document, line, section.lines[at] if at < len(section.lines) else None, footnotes)
    _heading(document, "Sources", 1, len(paper.sections))
    for entry in paper.sources:
        _source(document, entry)
    for told in paper.resting_on:
        document.add_paragraph(visible(told), style=_style(document, "Normal"))
    footnotes.write()
    _carry(document, paper)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _carry(document: Any, paper: Paper) -> None:
    """Put the claims into a part of their own, by which the file can be rechecked."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    main = document.part
    taken = {str(part.partname) for part in main.package.iter_parts()}
    name = next(one for number in range(1, 1_000) if (one := f"/customXml/item{number}.xml") not in taken)
    part = Part(PackURI(name), CONTENT_TYPE.XML, of_paper(paper), main.package)
    main.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def _fresh() -> Any:
    from docx import Document
    from docx.shared import Mm, Pt, RGBColor

    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(25)
    document.styles["Normal"].font.size = Pt(11)
    document.styles["Normal"].font.name = "Calibri"
    aside = document.styles["Caption"]
    aside.font.size, aside.font.bold, aside.font.italic = Pt(9.5), False, True
    aside.font.color.rgb = RGBColor(0x44, 0x44, 0x44)
    return document


def _from_template(template: bytes) -> Any:
    from docx import Document

    try:
        document = Document(io.BytesIO(_as_document(template)))
    except Exception as error:  # the library says in many ways that a file is not what it should be
        raise UnknownFormat("The template is no Word document.", remedy=_REMEDY) from error
    body = document.element.body
    for child in list(body):
        if child.tag != f"{_W}sectPr":
            body.remove(child)
    return document


def _as_document(template: bytes) -> bytes:
    """A .dotx is a .docx under another media type."""
    if len(template) > _TEMPLATE_BYTES:
        raise ValueError("too large")
    with zipfile.ZipFile(io.BytesIO(template)) as packed:
        if _TEMPLATE_TYPE not in packed.read("[Content_Types].xml"):
            return template
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as written:
            for name in packed.namelist():
                content = packed.read(name)
                if name == "[Content_Types].xml":
                    content = content.replace(_TEMPLATE_TYPE, _DOCUMENT_TYPE)
                written.writestr(name, content)
    return held.getvalue()


def _known(document: Any, paper: Paper) -> None:
    known = document.core_properties
    known.title, known.author, known.language = visible(paper.title)[:250], AUTHOR, paper.language
    known.created = known.modified = paper.made.replace(tzinfo=None)
    known.comments, known.last_modified_by = "", AUTHOR


def _style(document: Any, name: str) -> Any:
    """A built-in style; made anew where a template has lost it."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    named = {style.name for style in document.styles}
    if name not in named:
        made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        if name != "Normal" and "Normal" in named:
            made.base_style = document.styles["Normal"]
        if name.startswith("toc "):
            made.paragraph_format.space_after = Pt(2)
            made.paragraph_format.left_indent = Pt(12 * (int(name[-1]) - 1))
    return document.styles[name]


def _heading(document: Any, text: str, level: int, place: int) -> None:
    paragraph = document.add_paragraph(style=_style(document, f"Heading {min(level, 9)}"))
    mark = _element(paragraph._p, "bookmarkStart", id=str(place + 1), name=f"_Toc{place + 1:06}")
    paragraph._p.append(mark)
    paragraph.add_run(visible(text))
    paragraph._p.append(_element(paragraph._p, "bookmarkEnd", id=str(place + 1)))


def _line(document: Any, line: Line, following: Line | None, footnotes: Footnotes) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph(visible(line.text), style=_style(document, _STYLES[line.kind]))
    for at, number in enumerate(line.notes):
        if at:
            _small_comma(paragraph)
        footnotes.mention(paragraph, number)
    if following is not None and following.kind == "aside":
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_after = Pt(2)


def _picture(document: Any, picture: Picture) -> None:
    """As wide as the text; its words are what a screen reader says of it."""
    page = document.sections[-1]
    room = page.page_width - page.left_margin - page.right_margin
    tallest = (page.page_height - page.top_margin - page.bottom_margin) * 4 // 5
    width = min(room, tallest * picture.width // picture.height)
    shown = document.add_picture(io.BytesIO(picture.png), width=width)
    shown._inline.docPr.set("descr", visible(picture.told))


def _small_comma(paragraph: Any) -> None:
    paragraph.add_run(",").font.superscript = True


def _source(document: Any, entry: SourceEntry) -> None:
    paragraph = document.add_paragraph(visible(entry.reference) + " ", style=_style(document, "List Bullet"))
    if entry.address:
        linked(paragraph._p, document.part, entry.address, entry.address)
        paragraph.add_run(". ")
    cited = entry.citation
    notes = ", ".join(map(str, entry.notes))
    paragraph.add_run(f"Document {cited.document}, version {cited.version}. {_noted(notes)}")


def _noted(notes: str) -> str:
    return f"Notes {notes}." if "," in notes else f"Note {notes}."


def _contents(document: Any, headings: Sequence[tuple[str, int]]) -> None:
    """A table of contents field. It shows the headings at once; Word adds the pages when the field is updated."""
    shown = [(text, level) for text, level in headings]
    paragraph = None
    for place, (text, level) in enumerate(shown):
        paragraph = document.add_paragraph(style=_style(document, f"toc {min(level, 3)}"))
        if place == 0:
            _field(paragraph, "begin")
            _instruction(paragraph, ' TOC \\o "1-3" \\h \\z \\u ')
            _field(paragraph, "separate")
        link = _element(paragraph._p, "hyperlink", anchor=f"_Toc{place + 1:06}")
        run = _element(link, "r")
        words = _element(run, "t")
        words.text = visible(text)
        run.append(words)
        link.append(run)
        paragraph._p.append(link)
    if paragraph is not None:
        _field(paragraph, "end")


def _field(paragraph: Any, kind: str) -> None:
    run = paragraph.add_run()
    run._r.append(_element(run._r, "fldChar", fldCharType=kind))


def _instruction(paragraph: Any, text: str) -> None:
    run = paragraph.add_run()
    told = _element(run._r, "instrText")
    told.text = text
    told.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run._r.append(told)


def _element(near: Any, tag: str, **attributes: str) -> Any:
    return near.makeelement(f"{_W}{tag}", {f"{_W}{name}": value for name, value in attributes.items()})
