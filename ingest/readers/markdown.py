"""Markdown: CommonMark with tables and footnotes, parsed to blocks whose text bears no markup.

Emphasis, links and code give their text, images and HTML give none, and what is struck out is set aside. YAML front matter is the metadata.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from ingest.documents import Reading
from ingest.encodings import decode
from ingest.readers.blocks import BlockList
from ingest.readers.front_matter import split
from ingest.readers.lines import arrange, groups, records, width_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from ingest.documents import BlockKind, Source

_NOTE = re.compile(r"^\[\^([^\]\s]{1,40})\]:[ \t]*(.*(?:\n(?:[ \t]+\S.*)?)*?)(?=\n\[\^|\n\S|\n*\Z)", re.M)
_NOTE_MARK = re.compile(r"\[\^[^\]\s]{1,40}\]")
_HTML_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_HTML_TAG = re.compile(
    r"<(?:br|hr)\s*/?>|</?(?:p|div|h[1-6]|li|tr|td|th|table|blockquote|section|details|summary)\b[^<>]*>", re.I
)
_HTML_ANY = re.compile(r"</?[A-Za-z][^<>]*>")
_HTML_UNSEEN = re.compile(r"<(script|style|template|noscript|svg|title)\b.*?(?:</\1\s*>|\Z)", re.I | re.S)


def read(source: Source) -> Reading:
    """Read a Markdown file. A level 1 heading in front is its title where the front matter gives none."""
    declared = (source.media_type or "").partition("charset=")[2].partition(";")[0]
    decoded = decode(source.content, declared or None)
    metadata, text, warnings = split(re.sub(r"\r\n?", "\n", decoded.text))
    blocks = BlockList()
    notes = [match[2] for match in _NOTE.finditer(text)]
    walk = _Walk(blocks)
    walk.over(_parser().parse(_NOTE.sub("", text)))
    for note in notes:
        for token in _parser().parse(note):
            if token.type == "inline":
                blocks.add("note", _plain(token))
    found = blocks.blocks()
    if metadata.title is None and found and found[0].kind == "heading" and found[0].level == 1:
        metadata = replace(metadata, title=found[0].text)
    return Reading("markdown", found, metadata, warnings=(*decoded.warnings, *warnings, *blocks.warnings()))


@cache
def _parser() -> MarkdownIt:
    # Nesting is bounded by the library's own limit of 20 levels; deeper markup stays text.
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


class _Walk:
    """Turns the token stream into blocks; keeps how deep in lists and quotes it stands."""

    def __init__(self, blocks: BlockList) -> None:
        self._blocks = blocks
        self._quotes = 0
        self._lists = 0
        self._heading = 0
        self._cells: list[str] | None = None

    def over(self, tokens: Sequence[Token]) -> None:
        """Append the blocks of `tokens` in order."""
        for token in tokens:
            if token.type in ("blockquote_open", "blockquote_close"):
                self._quotes += token.nesting
            elif token.type in ("list_item_open", "list_item_close"):
                self._lists += token.nesting
            elif token.type in ("heading_open", "heading_close"):
                self._heading = int(token.tag[1]) if token.nesting > 0 else 0
            elif token.type == "tr_open":
                self._cells = []
            elif token.type == "tr_close":
                self._blocks.add("table_row", " | ".join(self._cells or []))
                self._cells = None
            elif token.type in ("inline", "fence", "code_block", "html_block"):
                self._content(token)

    def _content(self, token: Token) -> None:
        if struck := " ".join(_struck(token.children or [])):
            self._blocks.add("paragraph", struck, furniture="struck")
        if token.type == "html_block":
            for line in without_html(token.content).split("\n"):
                self._blocks.add(self._kind(), line)
        elif token.type in ("fence", "code_block"):
            self._lines(token.content.split("\n"))
        elif self._cells is not None:
            self._cells.append(" ".join(_plain(token).split()))
        elif self._heading and not self._quotes:
            self._blocks.add("heading", _plain(token), level=self._heading)
        else:
            text = _plain(token)
            rows = records(text.split("\n")) if text.count("\n") > 1 else None
            for part in rows or [text]:
                self._blocks.add("table_row" if rows else self._kind(), part)

    def _lines(self, lines: Sequence[str]) -> None:
        width = width_of(lines)
        for group in groups(lines):
            for piece in arrange(group, width):
                kind = piece.kind if self._kind() == "paragraph" and piece.kind != "heading" else self._kind()
                self._blocks.add(kind, piece.text)

    def _kind(self) -> BlockKind:
        if self._quotes:
            return "quote"
        return "list_item" if self._lists else "paragraph"


def without_html(markup: str) -> str:
    """The words of a piece of HTML inside Markdown, one line per block element; comments and scripts gone."""
    markup = _HTML_UNSEEN.sub("", _HTML_COMMENT.sub("", markup))
    return _HTML_ANY.sub("", _HTML_TAG.sub("\n", markup.replace("\n", " ")))


def _plain(token: Token) -> str:
    return _NOTE_MARK.sub("", "".join(_words(token.children or [])))


def _struck(children: Sequence[Token]) -> Iterator[str]:
    depth = 0
    for child in children:
        depth += child.nesting if child.type in ("s_open", "s_close") else 0
        if depth and child.type in ("text", "code_inline"):
            yield child.content


def _words(children: Sequence[Token]) -> Iterator[str]:
    hidden = False
    struck = 0
    for child in children:
        struck += child.nesting if child.type in ("s_open", "s_close") else 0
        if child.type == "html_inline":
            tag = child.content.lower()
            if re.match(r"<(?:script|style|template|del|s|strike)\b", tag):
                hidden = True
            elif tag.startswith("</"):
                hidden = False
            elif tag.startswith("<br"):
                yield " "
        elif hidden or struck or child.type == "image":
            continue
        elif child.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif child.type in ("text", "code_inline", "text_special"):
            yield child.content
