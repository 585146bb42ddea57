"""A page to blocks in reading order, each with the zone of the page it stands in and how much of it is links."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from lxml import etree

from ingest.readers.html_page import UNSEEN
from ingest.readers.html_zones import Zone, zone_of
from ingest.readers.lines import arrange, groups, width_of

if TYPE_CHECKING:
    from ingest.documents import BlockKind
    from ingest.readers.html_page import Page

_BREAKS = frozenset(
    {
        "html", "body", "address", "article", "aside", "blockquote", "center", "dd", "details", "dir", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend",
        "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
        "tr", "ul", "caption", "hgroup", "search",
    }
)  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NOTE_ROLES = {"doc-footnote", "doc-endnote", "doc-endnotes", "doc-footnotes"}
_NOTE_CLASS = re.compile(r"(?:^|[\s_-])(?:footnotes?|endnotes?)(?:$|[\s_-])", re.I)
_MARK = re.compile(r"\s*[\[(]?\s*(?:\d{1,3}|[a-z]|[*\u2020\u2021\u00a7])\s*[\])]?\s*")
_LONGEST_CELL = 400
_STRUCK = Zone("struck", True)
_STRIKES = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.I)


@dataclass(slots=True)
class Found:
    """A block of the page before anything is decided: `linked` counts its characters that are link text."""

    kind: BlockKind
    text: str
    level: int
    zone: Zone | None
    linked: int = 0
    hidden: bool = False

    @property
    def apart(self) -> str | None:
        """Why it is no text of the page whatever stands around it: "hidden", "struck" (out), or None."""
        if self.hidden:
            return "hidden"
        return "struck" if self.zone is _STRUCK else None


@dataclass(slots=True)
class _Frame:
    """What holds for the text inside the element being walked."""

    element: Any
    kind: BlockKind
    level: int
    zone: Zone | None
    hidden: bool
    role: Literal["", "skip", "pre", "row", "cell", "link"] = ""
    outer: list[str] | None = None


def blocks_of(page: Page) -> list[Found]:
    """All text of the page's body, hidden text marked so; nothing is left out but what is never text."""
    return _Walk(page).run()


@dataclass(slots=True)
class _Walk:
    page: Page
    found: list[Found] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)
    _cells: list[str] | None = None
    _linked: int = 0
    _links: int = 0
    _breaks: int = 0
    _skipping: int = 0
    _total: int = 0

    def run(self) -> list[Found]:
        body = self.page.root.find("body")
        root = body if body is not None else self.page.root
        self._total = self.page.words(root)
        frames = [_Frame(root, "paragraph", 0, None, False)]
        # Walked by events, not by recursion: real pages nest hundreds deep, hostile ones thousands.
        for event, element in etree.iterwalk(root, events=("start", "end", "comment")):
            if event == "comment":
                self._say(None if self._skipping else element.tail, frames[-1])
            elif event == "start":
                self._enter(element, frames)
            else:
                self._leave(element, frames, root)
        self._flush(frames[0])
        return self.found

    def _enter(self, element: Any, frames: list[_Frame]) -> None:
        if self._skipping or element.tag in UNSEEN or _is_note_mark(element):
            self._skipping += 1
            return
        above = frames[-1]
        frame = self._frame(element, above)
        if element.tag == "br":
            self._break(above)
        elif element.tag in _BREAKS:
            self._flush(above)
        if frame.role == "row":
            self._cells = []
        if frame.role == "link":
            self._links += 1
        frames.append(frame)
        if element.tag == "q":
            self._say("\u201c", frame)  # the browser writes the marks
        self._say(element.text, frame)

    def _leave(self, element: Any, frames: list[_Frame], root: Any) -> None:
        if self._skipping:
            self._skipping -= 1
            if not self._skipping and element is not root:
                self._say(element.tail, frames[-1])
            return
        frame = frames.pop()
        above = frames[-1] if frames else frame
        if element.tag == "q":
            self._say("\u201d", frame)
        if frame.role == "link":
            self._links -= 1
        if frame.role == "cell" and self._cells is not None:
            self._cells.append(" ".join("".join(self._text).split()))
            self._text = []
        elif element.tag in _BREAKS:
            self._flush(frame)
        if frame.role == "row" and self._cells is not None:
            self._row(frame)
        if element is not root:
            self._say(element.tail, above)

    def _frame(self, element: Any, above: _Frame) -> _Frame:  # noqa: C901 - one line for each mark that opens a frame
        hidden = above.hidden or self.page.is_hidden(element)
        zone = above.zone
        if (zone is None or not zone.sure) and (own := zone_of(element, self.page, self._total)):
            zone = own if zone is None or own.sure else zone
        tag = element.tag
        if zone is not _STRUCK and (tag in ("del", "s", "strike") or _STRIKES.search(element.get("style", ""))):
            zone = _STRUCK
        frame = _Frame(element, above.kind, above.level, zone, hidden)
        if tag in _HEADINGS and above.kind not in ("quote", "note"):
            frame.kind, frame.level = "heading", _HEADINGS[tag]
        elif tag == "blockquote":
            frame.kind = "quote"
        elif tag in ("li", "dd") and above.kind not in ("quote", "note"):
            frame.kind = "list_item"
        elif tag in ("figcaption", "caption"):
            frame.kind = "caption"
        elif tag == "pre":
            frame.role = "pre"
        elif tag == "a" and element.get("href"):
            frame.role = "link"
        elif tag == "tr" and self._cells is None and self._is_data(element):
            frame.role, frame.kind = "row", "table_row"
        elif tag in ("td", "th") and self._cells is not None and above.role == "row":
            frame.role = "cell"
        if above.kind != "heading" and _is_note(element):
            frame.kind = "note"
        return frame

    def _is_data(self, row: Any) -> bool:
        """A row of data, not of a table that only lays out the page."""
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if len(cells) < 2 or self.page.words(row) > _LONGEST_CELL * len(cells):
            return False
        return all(next(cell.iter("table", "h1", "h2", "article", "nav"), None) is None for cell in cells)

    def _say(self, text: str | None, frame: _Frame) -> None:
        if not text:
            return
        if frame.hidden:
            if not text.isspace():
                self.found.append(Found(frame.kind, text, 0, None, hidden=True))
            return
        if frame.zone is _STRUCK:
            if not text.isspace():
                self.found.append(Found(frame.kind, text, 0, _STRUCK))
            return
        if frame.role == "pre":
            self._pre(text, frame)
            return
        if not text.isspace():
            self._breaks = 0
        self._text.append(text)
        if self._links:
            self._linked += len(text.strip())

    def _pre(self, text: str, frame: _Frame) -> None:
        lines = text.split("\n")
        width = width_of(lines)
        for group in groups(lines):
            for piece in arrange(group, width):
                kind: BlockKind = "paragraph" if piece.kind == "heading" else piece.kind
                kind = kind if frame.kind == "paragraph" else frame.kind
                self.found.append(Found(kind, piece.text, 0, frame.zone))

    def _break(self, frame: _Frame) -> None:
        """Two line breaks in a row are how old pages write a new paragraph."""
        self._breaks += 1
        if self._breaks > 1 and self._cells is None and frame.kind != "heading":
            self._flush(frame)
        else:
            self._text.append(" ")

    def _flush(self, frame: _Frame) -> None:
        if self._cells is not None:
            self._text.append(" ")
            return
        text = "".join(self._text)
        if text and not text.isspace():
            self.found.append(Found(frame.kind, text, frame.level, frame.zone, self._linked))
        self._text, self._linked, self._breaks = [], 0, 0

    def _row(self, frame: _Frame) -> None:
        cells = [cell for cell in self._cells or [] if cell]
        self._cells, self._text = None, []
        if cells:
            self.found.append(Found("table_row", " | ".join(cells), 0, frame.zone, self._linked))
        self._linked = 0


def _is_note(element: Any) -> bool:
    if element.tag not in ("li", "div", "section", "aside", "p", "ol"):
        return False
    return element.get("role") in _NOTE_ROLES or bool(_NOTE_CLASS.search(element.get("class", "")))


def _is_note_mark(element: Any) -> bool:
    """The small number that points to a footnote: layout, and glued to the word before it."""
    if element.tag != "sup" and element.get("role") != "doc-noteref":
        return False
    link = element if element.tag == "a" else element.find(".//a")
    if link is None and element.getparent() is not None and element.getparent().tag == "a":
        link = element.getparent()
    if link is None or "#" not in (link.get("href") or ""):
        return False
    return bool(_MARK.fullmatch("".join(element.itertext())[:20]))
