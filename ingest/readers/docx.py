"""Word files: headings by style, lists, tables row by row, footnotes; running headers and footers set aside."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from ingest.documents import Reading
from ingest.errors import UnreadableSource
from ingest.readers import package
from ingest.readers.blocks import BlockList
from ingest.readers.core_properties import metadata
from ingest.readers.docx_text import W, Words, boxed, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.documents import BlockKind, Source

_REMEDY = "Open it in Word and save it as an ordinary .docx, or as PDF."
_HEADING = re.compile(r"heading (\d)", re.I)
_QUOTE = re.compile(r"(?:intense )?quote|block text", re.I)
_CONTENTS = re.compile(r"toc (?:\d|heading)|table of (?:figures|authorities)", re.I)
_CONTAINERS = frozenset({f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"})
_NOTES = ("footnotes", "endnotes")


def read(source: Source) -> Reading:
    """Read a .docx file: text as Word shows it with changes accepted; comments are not text."""
    package.check(source)
    document = _opened(source)
    styles = _Styles(document)
    walk = _Walk(BlockList(), styles)
    for text, reason in _running(document, "header"):
        walk.blocks.add("paragraph", text, furniture=reason)
    walk.over(document.element.body)
    for note in _notes(document):
        walk.blocks.add("note", note)
    for text, reason in _running(document, "footer"):
        walk.blocks.add("paragraph", text, furniture=reason)
    found = metadata(document.core_properties)
    if found.title is None and walk.title:
        found = replace(found, title=walk.title)
    return Reading("docx", walk.blocks.blocks(), found, warnings=(*walk.warnings(), *walk.blocks.warnings()))


def _opened(source: Source) -> Any:
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    try:
        return Document(io.BytesIO(source.content))
    except XMLSyntaxError as error:
        raise UnreadableSource(f"`{source.name}` holds damaged XML.", remedy=_REMEDY) from error
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, AttributeError, TypeError) as error:
        # The library says in many ways that a part is missing or is not what its name says.
        raise UnreadableSource(f"`{source.name}` is no complete Word document.", remedy=_REMEDY) from error


class _Styles:
    """What each paragraph style means, followed up to the style it is based on."""

    def __init__(self, document: Any) -> None:
        self._names: dict[str, str] = {}
        self._based: dict[str, str] = {}
        self._outline: dict[str, int] = {}
        self._listed: set[str] = set()
        for style in document.styles.element.iterchildren(f"{W}style"):
            key = style.get(f"{W}styleId", "")
            self._names[key] = _value(style.find(f"{W}name"))
            self._based[key] = _value(style.find(f"{W}basedOn"))
            outline = _value(style.find(f"{W}pPr/{W}outlineLvl"))
            if outline.isdigit():
                self._outline[key] = int(outline)
            if _is_numbered(style):
                self._listed.add(key)

    def names(self, key: str) -> Iterator[tuple[str, str]]:
        """(key, name) of a style and of those it is based on."""
        for _ in range(12):
            if not key:
                return
            yield key, self._names.get(key, key)
            key = self._based.get(key, "")

    def kind(self, paragraph: Any) -> tuple[BlockKind, int, str | None]:
        """Kind, heading level and furniture reason of a paragraph element."""
        key = _value(paragraph.find(f"{W}pPr/{W}pStyle"))
        outline = _value(paragraph.find(f"{W}pPr/{W}outlineLvl"))
        if outline.isdigit() and int(outline) < 9:
            return "heading", int(outline) + 1, None
        for style, name in self.names(key):
            if _CONTENTS.fullmatch(name):
                return "paragraph", 0, "contents"
            if match := _HEADING.match(name):
                return "heading", int(match[1]), None
            if name.lower() in ("title", "subtitle"):
                return "heading", 1 if name.lower() == "title" else 2, None
            if _QUOTE.fullmatch(name):
                return "quote", 0, None
            if name.lower() == "caption":
                return "caption", 0, None
            if style in self._outline and self._outline[style] < 9:
                return "heading", self._outline[style] + 1, None
            if style in self._listed or name.lower().startswith("list "):
                return ("paragraph" if _is_unnumbered(paragraph) else "list_item"), 0, None
        return ("list_item" if _is_numbered(paragraph) else "paragraph"), 0, None

    def is_title(self, paragraph: Any) -> bool:
        """Whether the paragraph bears the style named Title."""
        return any(name.lower() == "title" for _, name in self.names(_value(paragraph.find(f"{W}pPr/{W}pStyle"))))


class _Walk:
    """Appends the blocks of a body in order; `title` is what stands in the Title style, or a heading 1 in front."""

    def __init__(self, blocks: BlockList, styles: _Styles) -> None:
        self.blocks = blocks
        self.title: str | None = None
        self._styles = styles
        self._hidden = 0

    def over(self, container: Any) -> None:
        """Walk a body, cell or content control."""
        waiting = list(reversed(container))
        while waiting:
            element = waiting.pop()
            if element.tag == f"{W}p":
                self._paragraph(element)
            elif element.tag == f"{W}tbl":
                self._table(element)
            elif element.tag in _CONTAINERS:
                waiting.extend(reversed(element))

    def warnings(self) -> tuple[str, ...]:
        """What the receipt should say of hidden text."""
        return (f"{self._hidden} characters of hidden text were left out.",) if self._hidden else ()

    def _paragraph(self, paragraph: Any) -> None:
        kind, level, reason = self._styles.kind(paragraph)
        text = self._seen(text_of(paragraph))
        if self.title is None and text.strip() and reason is None:  # noqa: SIM102 - one condition too many for a line
            if self._styles.is_title(paragraph) or (kind == "heading" and level == 1 and not len(self.blocks)):
                self.title = " ".join(text.split())
        self.blocks.add(kind, text, level=level if kind == "heading" else 0, furniture=reason)
        for inner in boxed(paragraph):
            self.blocks.add("paragraph", self._seen(text_of(inner)))

    def _table(self, table: Any) -> None:
        for row in _rows(table):
            cells = []
            for cell in row.iter(f"{W}tc"):
                if _value(cell.find(f"{W}tcPr/{W}vMerge")) == "continue" or _is_nested(cell, row):
                    continue
                parts = [self._seen(text_of(paragraph, in_table=True)) for paragraph in cell.iter(f"{W}p")]
                cells.append(" ".join(" ".join(parts).split()))
            self.blocks.add("table_row", " | ".join(cell for cell in cells if cell))

    def _seen(self, words: Words) -> str:
        """What is seen; the rest is set aside."""
        if words.hidden:
            self._hidden += len(words.hidden)
            self.blocks.add("paragraph", words.hidden, furniture="hidden")
        if words.struck:
            self.blocks.add("paragraph", words.struck, furniture="struck")
        return words.seen


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table, those inside content controls and insertions too, deleted ones not."""
    waiting = list(reversed(table))
    while waiting:
        element = waiting.pop()
        if element.tag == f"{W}tr":
            if element.find(f"{W}trPr/{W}del") is None:
                yield element
        elif element.tag in _CONTAINERS:
            waiting.extend(reversed(element))


def _is_nested(cell: Any, row: Any) -> bool:
    """A cell of a table inside this row's cells: its words are in the outer cell already."""
    return next(cell.iterancestors(f"{W}tr"), None) is not row


def _notes(document: Any) -> Iterator[str]:
    """Footnotes, then endnotes, in the order of their parts."""
    from docx.oxml import parse_xml

    for related in document.part.rels.values():
        if related.is_external or related.reltype.rpartition("/")[2] not in _NOTES:
            continue
        for note in parse_xml(related.target_part.blob):
            if note.get(f"{W}type") not in (None, "normal"):
                continue
            yield " ".join(text_of(paragraph).seen.strip() for paragraph in note.iter(f"{W}p"))


def _running(document: Any, which: str) -> Iterator[tuple[str, str]]:
    """Each text of the running headers or footers once."""
    from docx.oxml import parse_xml

    said: set[str] = set()
    for related in document.part.rels.values():
        if related.is_external or related.reltype.rpartition("/")[2] != which:
            continue
        part = related.target_part
        element = getattr(part, "element", None)
        for paragraph in (element if element is not None else parse_xml(part.blob)).iter(f"{W}p"):
            text = " ".join(text_of(paragraph, in_table=True).seen.split())
            if text and text not in said:
                said.add(text)
                yield text, f"page_{which}"


def _is_numbered(element: Any) -> bool:
    number = _value(element.find(f"{W}pPr/{W}numPr/{W}numId"))
    return bool(number) and number != "0"


def _is_unnumbered(paragraph: Any) -> bool:
    return _value(paragraph.find(f"{W}pPr/{W}numPr/{W}numId")) == "0"


def _value(element: Any) -> str:
    return "" if element is None else element.get(f"{W}val", "")
