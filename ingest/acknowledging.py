"""Receipts: what became of a source, in the words of the person who gave it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from ingest.documents import METADATA_FIELDS
from ingest.ledger.writing import document_id, given_json
from ingest.near_duplicates import NEARLY_THE_SAME, likeness
from ingest.receipts import Receipt

if TYPE_CHECKING:
    from ingest.documents import Metadata
    from ingest.ledger.ledger import Ledger
    from ingest.ledger.records import DocumentRecord
    from ingest.ledger.writing import Change, NewVersion, Stored
    from ingest.preparing import Given, Refused
    from ingest.storing import Proof
    from ingest.understanding.linking import Link


class Held(NamedTuple):
    """The live document that holds a source's bytes already."""

    record: DocumentRecord
    same_origin: bool


def holder(ledger: Ledger, given: Given) -> Held | None:
    """Who holds the bytes of `given` already; None when it is news.

    The same bytes from the same origin are news all the same when other metadata is given with them.
    """
    own = document_id(given.source.origin)
    holders = ledger.holders(given.source.digest)
    for document, version, described in holders:
        if document == own:
            if given.described and given_json(given.described) != described:
                return None
            return Held(ledger.document(document, version), same_origin=True)
    return Held(ledger.document(*holders[0][:2]), same_origin=False) if holders else None


def unchanged(given: Given, held: Held) -> Receipt:
    """The receipt of bytes that are in the library already."""
    record = held.record
    unused = bool(given.described) and not held.same_origin
    return Receipt(
        source=given.source.origin,
        status="unchanged",
        document=record.id,
        version=record.version,
        title=record.metadata.title,
        format=record.format,
        pages=record.pages,
        characters=record.characters,
        passages=record.passages,
        duplicate_of=None if held.same_origin else record.id,
        missing=_missing(record.metadata),
        warnings=(f"The metadata given was not used: the same file is held as {record.origin}.",) if unused else (),
    )


def refusal(refused: Refused) -> Receipt:
    """The receipt of a source that could not become a document."""
    return Receipt(source=refused.origin, status="refused", reason=refused.error.message, remedy=refused.error.remedy)


def receipt(change: Change, new: NewVersion, place: Stored, proof: Proof) -> Receipt:
    """The receipt of a document just stored in `change`."""
    document = new.document
    near = tuple(
        other for other, packed in change.near_same(new) if likeness(packed, new.signature.packed) >= NEARLY_THE_SAME
    )
    warnings = list(document.warnings)
    if not proof.by_vector:
        warnings.append("It was not found again by meaning; run `briefing library verify`.")
    if not proof.by_words:
        warnings.append("It was not found again by its words; run `briefing library verify`.")
    warnings += _unlinked(change.corrects(new))
    return Receipt(
        source=new.source.origin,
        status="new_version" if place.replaced else "ingested",
        document=place.document,
        version=place.version,
        title=document.metadata.title,
        format=document.format,
        pages=document.pages,
        pages_without_text=document.pages_without_text,
        characters=len(document.text),
        passages=len(new.passages),
        furniture=dict(sorted(Counter(reason for reason, _ in document.set_aside).items())),
        near_duplicates=near,
        missing=_missing(document.metadata),
        warnings=tuple(warnings),
        searchable=proof.by_vector and proof.by_words,
    )


def _unlinked(link: Link | None) -> list[str]:
    """That a correction could not be linked to what it corrects; nothing where it was, or where there is none."""
    if link is None or link.document is not None:
        return []
    if link.candidates:
        several = ", ".join(f"`{one}`" for one in link.candidates)
        return [f"It corrects another document, and several may be meant: {several}. It was linked to none of them."]
    return ["It corrects another document, which the library does not hold or it does not name clearly enough."]


def _missing(metadata: Metadata) -> tuple[str, ...]:
    return tuple(name for name in METADATA_FIELDS if getattr(metadata, name) is None)
