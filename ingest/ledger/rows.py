"""Between the ledger's rows and the records it hands out."""

from __future__ import annotations

import json
import zlib
from dataclasses import astuple
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import select

from ingest.documents import METADATA_FIELDS, Box, Metadata, Passage, PlacedBlock, Span
from ingest.ledger import schema
from ingest.ledger.records import DocumentRecord, PassageRecord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ingest.documents import Source

DOCUMENT_COLUMNS = select(
    *(
        schema.versions.c[name]
        for name in (
            "row",
            "document",
            "version",
            "live",
            "digest",
            "source_digest",
            "origin",
            "name",
            "format",
            *METADATA_FIELDS,
            "extra",
            "pages",
            "characters",
            "passages",
            "ingested_at",
            "retired_at",
            "fetched_at",
        )
    )
)

_PASSAGES = schema.passages.c
_STATEMENTS = schema.statements.c
PASSAGE_COLUMNS = select(
    _PASSAGES.id,
    _PASSAGES.version_row,
    _PASSAGES.start,
    _PASSAGES.end,
    _PASSAGES.text,
    _PASSAGES.sentences,
    _PASSAGES.page,
    _PASSAGES.headings,
    _PASSAGES.row,
    _STATEMENTS.body,
    _STATEMENTS.rules,
).join(schema.statements, _STATEMENTS.row == _PASSAGES.row, isouter=True)


def compact(value: object) -> str:
    """JSON without spaces, other alphabets as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def document_record(row: Any) -> DocumentRecord:
    """The record of one row of `DOCUMENT_COLUMNS`."""
    extra = tuple((str(key), str(value)) for key, value in json.loads(row.extra))
    return DocumentRecord(
        id=row.document,
        version=row.version,
        live=bool(row.live),
        digest=row.digest,
        source_digest=row.source_digest,
        origin=row.origin,
        name=row.name,
        format=row.format,
        metadata=Metadata(**{name: getattr(row, name) for name in METADATA_FIELDS}, extra=extra),
        pages=row.pages,
        characters=row.characters,
        passages=row.passages,
        ingested_at=row.ingested_at,
        retired_at=row.retired_at,
        fetched_at=row.fetched_at,
    )


def passage_record(row: Sequence[Any], document: DocumentRecord, understood: str) -> PassageRecord:
    """The record of one row of `PASSAGE_COLUMNS`; `understood` are its statements, packed."""
    passage_id, _, start, end, text, sentences, page, headings = row[:8]
    offsets = json.loads(sentences)
    return PassageRecord(
        id=passage_id,
        document=document,
        start=start,
        end=end,
        text=text,
        sentences=tuple(map(Span, offsets[::2], offsets[1::2])),
        page=page,
        heading_path=tuple(json.loads(headings)) if headings != "[]" else (),
        understood=understood,
    )


def passage(row: Any) -> Passage:
    """The passage of one whole row of `schema.passages`, as it was cut."""
    offsets = json.loads(row.sentences)
    return Passage(
        id=row.id,
        start=row.start,
        end=row.end,
        text=row.text,
        sentences=tuple(map(Span, offsets[::2], offsets[1::2])),
        page=row.page,
        heading_path=tuple(json.loads(row.headings)),
        context=row.context,
    )


def pack_sentences(sentences: Sequence[Span]) -> str:
    """A flat list of offsets as JSON."""
    return compact([offset for span in sentences for offset in (span.start, span.end)])


def pack_vector(vector: NDArray[np.float32]) -> bytes:
    """float32, little endian."""
    return np.ascontiguousarray(vector, dtype="<f4").tobytes()


def unpack_vectors(blobs: Sequence[bytes], dimensions: int) -> NDArray[np.float32]:
    """One row per blob; shape (0, dimensions) for none."""
    joined = np.frombuffer(b"".join(blobs), dtype="<f4").reshape(-1, dimensions)
    return joined.astype(np.float32, copy=False)


def pack_blocks(blocks: Sequence[PlacedBlock]) -> bytes:
    """Blocks as packed JSON, fields in their declared order."""
    rows = [
        [
            block.kind,
            block.start,
            block.end,
            block.level,
            block.page,
            [astuple(box) for box in block.boxes],
            block.char_boxes,
        ]
        for block in blocks
    ]
    return zlib.compress(compact(rows).encode(), 1)


def unpack_blocks(packed: bytes) -> tuple[PlacedBlock, ...]:
    """The reverse of `pack_blocks`."""
    return tuple(
        PlacedBlock(
            kind,
            start,
            end,
            level,
            page,
            tuple(Box(*box) for box in boxes),
            tuple((line, count) for line, count in char_boxes),
        )
        for kind, start, end, level, page, boxes, char_boxes in json.loads(zlib.decompress(packed))
    )


def original_row(source: Source) -> dict[str, Any]:
    """The row of `originals` for the bytes of `source`, packed when that saves a tenth."""
    content = source.content
    packed = zlib.compress(content, 3)
    saves = len(packed) < 0.9 * len(content)
    return {
        "digest": source.digest,
        "size": len(content),
        "packed": saves,
        "content": packed if saves else content,
    }


def set_aside(packed: str) -> tuple[tuple[str, str], ...]:
    """Pairs of reason and text."""
    return tuple((str(reason), str(text)) for reason, text in json.loads(packed))
