"""What the ledger hands out. Frozen values; nothing here touches the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.understanding.packing import unpack

if TYPE_CHECKING:
    from ingest.documents import Metadata, PlacedBlock, Span
    from ingest.understanding.statement import Statement


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """One version of a document as the ledger holds it.

    `id` names the document over all its versions (16 hexadecimal digits of the digest of its origin);
    `version` counts from 1. `live` is True for the one version that may be searched and cited anew;
    older versions stay readable. `ingested_at`, `retired_at` and, of what was fetched from an address, `fetched_at`
    are ISO timestamps (UTC).
    """

    id: str
    version: int
    live: bool
    digest: str
    source_digest: str
    origin: str
    name: str
    format: str
    metadata: Metadata
    pages: int | None
    characters: int
    passages: int
    ingested_at: str
    retired_at: str | None = None
    fetched_at: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The canonical text of one version with its blocks and what was set aside as (reason, text)."""

    document: DocumentRecord
    text: str
    blocks: tuple[PlacedBlock, ...]
    set_aside: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PassageRecord:
    """A live passage with the document it stands in. Spans are offsets into the document's canonical text.

    `understood` holds its statements as `ingest.understanding.packing` packs them.
    """

    id: str
    document: DocumentRecord
    start: int
    end: int
    text: str
    sentences: tuple[Span, ...]
    page: int | None
    heading_path: tuple[str, ...]
    understood: str = ""

    @property
    def statements(self) -> tuple[Statement, ...]:
        """What each sentence says and who says it, one for each of `sentences`; empty when none was made."""
        return unpack(self.understood, self.text, self.start, self.sentences)


@dataclass(frozen=True, slots=True)
class TextHit:
    """One full-text hit; a higher `score` is better (BM25 with the sign turned)."""

    passage_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Scope:
    """Which documents a question may be answered from. Every field narrows; empty means all.

    Text fields are matched case-insensitively: `publishers` as a whole or as a part of the name, `entities`
    by any name that the ledger holds for them (see `ingest.ledger.entity_index`), `source_types` as a whole. `since` and `until` are inclusive ISO
    dates against `published`; a document dated to a month or a year is inside when the whole of that month or
    year is, because a guess at its day would be a guessed date. Documents that bear no
    date are left out when a period is asked for. `as_of` looks at the library as published by that date:
    documents published later are left out, undated ones stay.
    """

    publishers: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    source_types: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    as_of: str | None = None

    @property
    def is_everything(self) -> bool:
        """True when nothing is narrowed."""
        return self == Scope()
