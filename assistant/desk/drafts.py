"""A draft as the check reads it: its text, and each sentence with its place and the kind of block it stands in.

Files are read by the library's own readers, in the child process that reads what strangers send.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.describe import describe
from ingest.documents import Source
from ingest.errors import SourceTooLarge, UnreadableSource
from ingest.readers import read
from ingest.segment.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ingest.documents import BlockKind, PlacedBlock, Reading

    Read = Callable[[Source], Reading]

LONGEST = 400_000
"""Characters of one draft; a hundred pages or more."""

REFERENCES = re.compile(
    r"(?:\W|\d)*(?:to bear in mind|no answer|sources?|references?|bibliography|works cited|footnotes?|endnotes?|sources and notes|notes)\W*",
    re.I,
)
"""A heading under which no claim is made: what stands there says where things come from."""


_MARKDOWN = re.compile(rb"^(?:#{1,6} |[-*+] |> |\d+\. )|\[\^\w+\]|\*\*\w", re.M)
_NOTE_MARKS = re.compile(
    r"(?<=[.!?”\"’)])(?:\s*(?:[¹²³⁰⁴-⁹][¹²³⁰⁴-⁹,\s]*|(?:\[\^?\d{1,3}\],?\s*)+|,?\d{1,3}(?:,\s?\d{1,3})*))$"
)


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """One sentence. `kind` is that of its block; `reference` is True below a heading such as "Sources"."""

    text: str
    start: int
    end: int
    kind: BlockKind
    reference: bool = False

    @property
    def words(self) -> str:
        """The sentence without the marks of notes behind it: "asked this.[^1]", "asked this.¹,²"."""
        return _NOTE_MARKS.sub("", self.text)


@dataclass(frozen=True, slots=True)
class DraftText:
    """A draft: its canonical text, its blocks and sentences in order. `format` is what it was read as."""

    name: str
    text: str
    blocks: tuple[PlacedBlock, ...]
    sentences: tuple[DraftSentence, ...]
    format: str = "text"


def from_source(source: Source, reader: Read = read) -> DraftText:
    """The draft in a file.

    Raises:
        RefusedSource: it cannot be read, or holds no text.
    """
    reading = reader(source)
    document = describe(reading, source, given={})
    if len(document.text) > LONGEST:
        raise SourceTooLarge(
            f"`{source.name}` has {len(document.text):,} characters; a draft may have {LONGEST:,}.",
            remedy="Check it in parts.",
        )
    found = _sentences(document.text, document.blocks)
    return DraftText(source.name, document.text, document.blocks, found, reading.format)


def from_text(text: str, reader: Read = read) -> DraftText:
    """A draft that was pasted; read as Markdown where it is written as such, else as plain text.

    Raises:
        UnreadableSource: it is empty.
    """
    return from_source(pasted(text.encode("utf-8", "backslashreplace")), reader)


def pasted(content: bytes) -> Source:
    """Text without a file name, as a source. What only Markdown would hide, such as `<b>`, stays text otherwise.

    Raises:
        UnreadableSource: it is empty.
    """
    if not content.strip():
        raise UnreadableSource("There is no draft to check.", remedy="Give a file, or text on standard input.")
    if _MARKDOWN.search(content):
        return Source("draft.md", "draft.md", content, "text/markdown")
    return Source("draft.txt", "draft.txt", content, "text/plain")


def _sentences(text: str, blocks: Sequence[PlacedBlock]) -> tuple[DraftSentence, ...]:
    found: list[DraftSentence] = []
    below, level = False, 0
    for block in blocks:
        shown = text[block.start : block.end]
        if block.kind == "heading":
            if not below or block.level <= level:
                below, level = bool(REFERENCES.fullmatch(shown)), block.level
            found.append(DraftSentence(shown, block.start, block.end, block.kind, below))
            continue
        for span in sentences(text, block.start, block.end):
            reference = below or block.kind == "note"
            found.append(DraftSentence(text[span.start : span.end], span.start, span.end, block.kind, reference))
    return tuple(found)
