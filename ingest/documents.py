"""The words of the write side as types: source, document, block, sentence, passage.

All are frozen and hold tuples. Offsets are Python string indexes (code points) into the canonical text of one
document version: `text[start:end]`. Pages count from 1. Dates are ISO 8601 strings at the precision the source
gives ("2022-04-11", "2022-04", "2022"), or None when the source bears none.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["heading", "paragraph", "list_item", "quote", "table_row", "caption", "note"]
"""`table_row` is one row, cells joined by " | ". `note` is a footnote or a speaker note."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in PDF points from the top left corner, y growing downwards."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or table row, as a reader found it, in reading order.

    `text` has no leading or trailing white space and no line breaks of its own (a wrapped line is joined).
    `level` is the heading depth from 1, and 0 for all else. `boxes` are the rectangles of its lines; empty
    where the format has no pages. `char_boxes`, where the reader can give it, holds for each character of
    `text` the index into `boxes` of the line it stands on, run-length coded as (line index, characters).
    `furniture` names why the block is not part of the document (see `ingest.furniture`), or is None.
    """

    kind: BlockKind
    text: str
    level: int = 0
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    char_boxes: tuple[tuple[int, int], ...] = ()
    furniture: str | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document; None means unknown, and is said in the receipt. Nothing is guessed.

    `address` is where the public can read it; `published` is when its publisher dated it, never when it was
    ingested. `language` is an ISO 639-1 code. `extra` keeps what the source says beyond these fields, in order.
    """

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    address: str | None = None
    source_type: str | None = None
    language: str | None = None
    licence: str | None = None
    extra: tuple[tuple[str, str], ...] = ()


METADATA_FIELDS = (
    "title",
    "publisher",
    "author",
    "published",
    "address",
    "source_type",
    "language",
    "licence",
)


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes somebody gave us, as they came.

    `origin` is the path or address as given; `name` the file name shown to people. `fetched_at` is an ISO
    timestamp (UTC) for addresses, else None. `part_of` is the digest of the mail a file was attached to.
    """

    origin: str
    name: str
    content: bytes = field(repr=False)
    media_type: str | None = None
    fetched_at: str | None = None
    part_of: str | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of one source: blocks in reading order, metadata found in it, warnings for the receipt.

    `pages` is the number of pages, None where the format has none. `pages_without_text` lists pages (from 1)
    that hold no text layer. `attachments` are sources of their own.
    """

    format: str
    blocks: tuple[Block, ...]
    metadata: Metadata = Metadata()
    pages: int | None = None
    pages_without_text: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()
    attachments: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters of the canonical text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block with its place in the canonical text."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    char_boxes: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One version of a document: canonical text and where everything stands in it.

    `text` is the kept blocks joined by a blank line; furniture is not in it but kept in `set_aside` as
    (reason, text) so that a person can see what was left out.
    """

    source_digest: str
    format: str
    text: str
    blocks: tuple[PlacedBlock, ...]
    metadata: Metadata
    set_aside: tuple[tuple[str, str], ...] = ()
    pages: int | None = None
    pages_without_text: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical text, in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one document version.

    `sentences` are spans into the canonical text, in order, inside [start, end). `heading_path` is the
    headings above it, outermost first. `context` is what is put in front of the text for embedding and
    full-text search (title and headings); it is never quoted.
    """

    id: str
    start: int
    end: int
    text: str
    sentences: tuple[Span, ...]
    page: int | None = None
    heading_path: tuple[str, ...] = ()
    context: str = ""


def passage_id(document_digest: str, start: int, end: int) -> str:
    """Digest of document digest and span: the same text cut the same way keeps its id, in any library."""
    return hashlib.sha256(f"{document_digest}:{start}:{end}".encode()).hexdigest()[:32]
