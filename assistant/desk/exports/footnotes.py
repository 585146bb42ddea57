"""Real footnotes for a Word file: python-docx has none, so the part is written here (ISO/IEC 29500-1, 17.11).

`word/footnotes.xml` holds the two separators that Word expects, then one footnote for each note. The first mention of a
note is a footnote reference; a later one is a NOTEREF field that points to it, so that numbers never disagree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.web.markup import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.desk.exports.paper import Note

_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = f"{{{_NS}}}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BEHIND = frozenset(
    "endnotePr compat docVars rsids mathPr attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats "
    "shapeDefaults decimalSymbol listSeparator".split()
)
TEXT_STYLE, REFERENCE_STYLE = "footnote text", "footnote reference"


class Footnotes:
    """The footnotes of one document; mention notes in reading order, then `write` the part."""

    def __init__(self, document: Any, notes: Sequence[Note]) -> None:
        self._document = document
        self._notes = {note.number: note for note in notes}
        self._mentioned: list[int] = []
        self.styles = _styles(document)

    def mention(self, paragraph: Any, number: int) -> None:
        """Put the mark of a note at the end of a paragraph."""
        if number in self._mentioned:
            self._point_to(paragraph, number)
            return
        self._mentioned.append(number)
        mark = f"note{number}"
        _add(paragraph._p, "bookmarkStart", id=str(10_000 + number), name=mark)
        run = _reference_run(paragraph._p, self.styles[1])
        _add(run, "footnoteReference", id=str(number))
        _add(paragraph._p, "bookmarkEnd", id=str(10_000 + number))

    def _point_to(self, paragraph: Any, number: int) -> None:
        field = _add(paragraph._p, "fldSimple", instr=f" NOTEREF note{number} \\f \\h ")
        run = _reference_run(field, self.styles[1])
        _add(run, "t").text = str(number)

    def write(self) -> None:
        """Add the part, in place of one that a template brought, and name the separators in the settings."""
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
        from lxml import etree

        main = self._document.part
        for key, related in list(main.rels.items()):
            if related.reltype == RELATIONSHIP_TYPE.FOOTNOTES:
                del main.rels[key]
        root = etree.Element(f"{_W}footnotes", nsmap={"w": _NS, "r": _R})
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, b"", main.package)
        for key, kind in ((-1, "separator"), (0, "continuationSeparator")):
            note = _add(root, "footnote", type=kind, id=str(key))
            _add(_add(_add(note, "p"), "r"), kind)
        for number in self._mentioned:
            self._footnote(root, part, self._notes[number])
        part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        main.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        _name_separators(self._document.settings.element)

    def _footnote(self, root: Any, part: Any, note: Note) -> None:
        paragraph = _add(_add(root, "footnote", id=str(note.number)), "p")
        _add(_add(paragraph, "pPr"), "pStyle", val=self.styles[0])
        _add(_reference_run(paragraph, self.styles[1]), "footnoteRef")
        _text(paragraph, f" {note.reference} “{note.quote}” ")
        if note.address:
            linked(paragraph, part, note.address, note.citation.source)


def linked(paragraph: Any, part: Any, address: str, shown: str) -> None:
    """A link at the end of a paragraph element; the address is a relationship of `part`."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    key = part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = _add(paragraph, "hyperlink")
    link.set(f"{{{_R}}}id", key)
    run = _add(link, "r")
    properties = _add(run, "rPr")
    _add(properties, "color", val="0B4F8A")
    _add(properties, "u", val="single")
    _put(run, shown)


def _styles(document: Any) -> tuple[str, str]:
    """The ids of the two footnote styles; made as Word has them where the template has none."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    styles = document.styles
    named = {style.name for style in styles}
    if TEXT_STYLE not in named:
        text = styles.add_style(TEXT_STYLE, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        text.element.styleId = "FootnoteText"
        text.base_style = styles["Normal"]
        text.font.size = Pt(9)
        text.paragraph_format.space_after = Pt(2)
    if REFERENCE_STYLE not in named:
        reference = styles.add_style(REFERENCE_STYLE, WD_STYLE_TYPE.CHARACTER, builtin=True)
        reference.element.styleId = "FootnoteReference"
        reference.font.superscript = True
    return styles[TEXT_STYLE].style_id, styles[REFERENCE_STYLE].style_id


def _name_separators(settings: Any) -> None:
    """`w:footnotePr` of the settings, where the schema wants it: in front of what follows it there."""
    for old in settings.findall(f"{_W}footnotePr"):
        settings.remove(old)
    named = settings.makeelement(f"{_W}footnotePr", {})
    for key in ("-1", "0"):
        _add(named, "footnote", id=key)
    following = next((one for one in settings if one.tag.rpartition("}")[2] in _BEHIND), None)
    if following is None:
        settings.append(named)
    else:
        following.addprevious(named)


def _reference_run(parent: Any, style: str) -> Any:
    run = _add(parent, "r")
    _add(_add(run, "rPr"), "rStyle", val=style)
    return run


def _text(paragraph: Any, text: str) -> None:
    _put(_add(paragraph, "r"), text)


def _put(run: Any, text: str) -> None:
    held = _add(run, "t")
    held.text = visible(text)
    held.set(_SPACE, "preserve")


def _add(parent: Any, tag: str, **attributes: str) -> Any:
    child = parent.makeelement(f"{_W}{tag}", {f"{_W}{name}": value for name, value in attributes.items()})
    parent.append(child)
    return child
