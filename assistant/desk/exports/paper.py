"""The one document model behind every export: title, sections of lines, numbered notes, sources, what it rests on.

A renderer reads it from top to bottom and decides nothing: what is shown, in which order and with which note is settled
here and in `composing`. Only claims that the gate passed are lines with notes; what was withheld is counted, and told in
the JSON alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

from assistant.web.markup import web_address
from assistant.web.wording import day, kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from assistant.domain import Citation
    from assistant.web.markup import Markup

LineKind = Literal["paragraph", "bullet", "aside", "quote", "question"]
"""`aside` says something of the line before it: its standing, its verdict. `quote` is a source's own words, `question` what the lines below it answer."""

_WHOLE_FRAGMENT = 12
"""A quote of more words than this is named by its first and last words, as browsers do."""

_ENDS = 5


@dataclass(frozen=True, slots=True)
class Note:
    """One numbered note: where a claim stands."""

    number: int
    citation: Citation

    @property
    def reference(self) -> str:
        """Title, publisher, date, type, page and version in one line."""
        one = self.citation
        parts = [
            one.title or "Untitled document",
            one.publisher or "publisher unknown",
            day(one.published),
            kind(one.source_type) if one.source_type else None,
            f"page {one.page}" if one.page else None,
            f"version {one.version}" if one.version > 1 else None,
        ]
        return ", ".join(part.rstrip(".") for part in parts if part) + "."

    @property
    def quote(self) -> str:
        """The exact words, on one line."""
        return " ".join(self.citation.quote.split())

    @property
    def address(self) -> str | None:
        """Where the public can read it, at the very words where that is a web page; None when there is no address."""
        address = web_address(self.citation.source)
        if address is None or self.citation.page or address.lower().partition("?")[0].endswith(".pdf"):
            return address
        return f"{address.partition('#')[0]}#:~:text={text_fragment(self.quote)}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text. `notes` are the numbers of its notes."""

    text: str
    kind: LineKind = "paragraph"
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in both makes, `width` by `height` (in any unit), and what it shows for those who do not see it."""

    png: bytes
    svg: Markup
    told: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with lines, and a picture before them where the format has pictures. `level` counts from 1."""

    heading: str
    lines: tuple[Line, ...]
    level: int = 1
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One document version in the list of sources, with the notes that cite it."""

    citation: Citation
    notes: tuple[int, ...]

    @property
    def reference(self) -> str:
        """As a note's, without page and quote."""
        return Note(0, self.citation.model_copy(update={"page": None})).reference

    @property
    def address(self) -> str | None:
        """Its address; None when it has none."""
        return web_address(self.citation.source)


@dataclass(frozen=True, slots=True)
class Registered:
    """One row of the claims register: a claim and one place where it stands."""

    claim: str
    speaker: str | None
    standing: str | None
    citation: Citation
    verdict: str = "supported"


@dataclass(frozen=True)
class Paper:
    """A document to be exported. `resting_on` are the lines that say of which library it is and when; `data` is its JSON."""

    title: str
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    resting_on: tuple[str, ...]
    made: datetime
    register: tuple[Registered, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)
    language: str = "en-GB"

    @property
    def sources(self) -> tuple[SourceEntry, ...]:
        """Each document version that is cited, in order of its first note."""
        found: dict[tuple[str, int], list[Note]] = {}
        for note in self.notes:
            found.setdefault((note.citation.document, note.citation.version), []).append(note)
        return tuple(SourceEntry(notes[0].citation, tuple(one.number for one in notes)) for notes in found.values())


class Numbering:
    """Gives each cited place one number, in order of first use."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int, int, int], Note] = {}

    def numbers(self, citations: Iterable[Citation]) -> tuple[int, ...]:
        """The numbers of some citations, each once."""
        found = []
        for one in citations:
            place = (one.document, one.version, one.start, one.end)
            note = self._numbers.setdefault(place, Note(len(self._numbers) + 1, one))
            found.append(note.number)
        return tuple(dict.fromkeys(found))

    @property
    def notes(self) -> tuple[Note, ...]:
        """All notes, by number."""
        return tuple(self._numbers.values())


def text_fragment(words: str) -> str:
    """A quote as the value of a text directive (WICG scroll-to-text-fragment): whole, or its first and last words."""
    plain = re.sub(r"\s+", " ", words).strip()
    parts = plain.split(" ")
    if len(parts) <= _WHOLE_FRAGMENT:
        return _encoded(plain)
    return f"{_encoded(' '.join(parts[:_ENDS]))},{_encoded(' '.join(parts[-_ENDS:]))}"


def _encoded(words: str) -> str:
    # A hyphen and a comma are the directive's own marks, and `quote` leaves hyphens alone.
    return quote(words, safe="").replace("-", "%2D")
