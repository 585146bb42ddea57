"""Documents as the HTTP interface shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from ingest.ledger.records import DocumentRecord, DocumentText


class DocumentView(BaseModel):
    """One version of a document; None where a source does not say."""

    model_config = ConfigDict(frozen=True)

    id: str
    version: int
    live: bool
    sha256: str
    title: str | None
    publisher: str | None
    author: str | None
    published: str | None
    source_type: str | None
    language: str | None
    licence: str | None
    source: str
    name: str
    format: str
    pages: int | None
    characters: int
    passages: int
    ingested_at: str
    retired_at: str | None


class TextView(BaseModel):
    """The canonical text of a version, and what of the file was set aside as no part of it."""

    model_config = ConfigDict(frozen=True)

    document: DocumentView
    text: str
    set_aside: list[tuple[str, str]]


def document_view(record: DocumentRecord) -> DocumentView:
    """`record` as it goes out."""
    known = record.metadata
    return DocumentView(
        id=record.id,
        version=record.version,
        live=record.live,
        sha256=record.digest,
        title=known.title,
        publisher=known.publisher,
        author=known.author,
        published=known.published,
        source_type=known.source_type,
        language=known.language,
        licence=known.licence,
        source=known.address or record.name,
        name=record.name,
        format=record.format,
        pages=record.pages,
        characters=record.characters,
        passages=record.passages,
        ingested_at=record.ingested_at,
        retired_at=record.retired_at,
    )


def text_view(shown: DocumentText) -> TextView:
    """`shown` as it goes out."""
    return TextView(document=document_view(shown.document), text=shown.text, set_aside=list(shown.set_aside))
