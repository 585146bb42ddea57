"""The gate: decides, claim by claim, whether it may be shown. The only maker of citations.

A claim leaves as `Supported` when every reference is an exact quote of a document version in the ledger and no
check has anything against it; else as `Withheld` with the first reason found. There is no third way out, whoever
wrote the claim.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from assistant.checks import figures, quotations, wording
from assistant.domain import Citation, Supported, Withheld
from ingest.errors import DocumentMissing
from ingest.segment.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.checks import Check
    from assistant.drafting import Draft, DraftClaim, Reference
    from ingest.documents import PlacedBlock
    from ingest.ledger.records import DocumentText, PassageRecord

CHECKS: tuple[Check, ...] = (quotations.check, figures.check, wording.check)
"""Made in this order; the first finding withholds the claim."""


class Texts(Protocol):
    """What the gate reads: the ledger's texts, never an index's."""

    def text(self, id: str, version: int | None = None) -> DocumentText:  # noqa: A002 - the ledger's own word
        """The canonical text of one version; raises `DocumentMissing`."""
        ...


class Gate:
    """Reads the cited documents from the ledger and checks each claim against exactly what it cites."""

    def __init__(self, texts: Texts, checks: tuple[Check, ...] = CHECKS) -> None:
        self._texts = texts
        self._checks = checks

    def admit(self, draft: Draft) -> Iterator[Supported | Withheld]:
        """Each claim of the draft in its order, decided as it is reached."""
        held: dict[tuple[str, int], DocumentText] = {}
        for claim in draft.claims:
            yield self._decide(claim, held)

    def cite(self, passage: PassageRecord, start: int, end: int) -> Citation:
        """The citation of a place in a live passage, for passages that are shown without a claim."""
        document = self._texts.text(passage.document.id, passage.document.version)
        return Citation.checked(document.document, document.text, start, end, passage.page)

    def _decide(self, claim: DraftClaim, held: dict[tuple[str, int], DocumentText]) -> Supported | Withheld:
        if not claim.references:
            return Withheld(text=claim.text, reason="no_citation", detail="The writer named no source for it.")
        citations = []
        for reference in claim.references:
            citation = self._citation(reference, held)
            if isinstance(citation, str):
                return Withheld(text=claim.text, reason="quote_not_found", detail=citation)
            citations.append(citation)
        quotes = [citation.quote for citation in citations]
        for check in self._checks:
            finding = check(claim.text, quotes)
            if finding:
                return Withheld(text=claim.text, reason=finding.reason, detail=finding.detail)
        return Supported(text=claim.text, citations=tuple(citations), speaker=claim.speaker)

    def _citation(self, reference: Reference, held: dict[tuple[str, int], DocumentText]) -> Citation | str:
        key = (reference.document, reference.version)
        try:
            source = held.setdefault(key, self._texts.text(*key)) if key not in held else held[key]
        except DocumentMissing:
            return f"The library holds no document `{reference.document}` version {reference.version}."
        if source.text[reference.start : reference.end] != reference.quote:
            return "The quote does not stand where the claim says it does."
        block = _block_at(source, reference.start)
        if block is None or not _whole_sentences(source.text, block, reference):
            return "The quote is not a whole sentence, so that what stands before or after it is lost."
        try:
            return Citation.checked(source.document, source.text, reference.start, reference.end, block.page)
        except ValueError as error:
            return f"The quote cannot be cited: {error}."


def _block_at(source: DocumentText, place: int) -> PlacedBlock | None:
    return next((block for block in source.blocks if block.start <= place < block.end), None)


def _whole_sentences(text: str, block: PlacedBlock, reference: Reference) -> bool:
    spans = sentences(text, block.start, block.end)
    return reference.start in {span.start for span in spans} and reference.end in {span.end for span in spans}
