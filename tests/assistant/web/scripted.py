"""A library and an assistant that say what a test tells them; real types, no database, no model."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.answering import Step
from assistant.domain import (
    Abstention,
    Briefing,
    Citation,
    Nearest,
    Outcome,
    Question,
    Scope,
    Searched,
    Supported,
    Trace,
    Withheld,
)
from assistant.web.holdings import Holdings
from ingest.documents import BlockKind, Box, Metadata, PlacedBlock, Source
from ingest.errors import BriefingError, DocumentMissing
from ingest.ledger.records import DocumentRecord, DocumentText
from ingest.receipts import Receipt

EVERYTHING = Scope()
NOTHING_KNOWN = Metadata()
TRACE = Trace(library="5" * 64, embedder="stable@64/hash/fp32", timings_ms={"search": 12.0})


def document_id(origin: str) -> str:
    return hashlib.sha256(origin.encode("utf-8", "replace")).hexdigest()[:16]


def stored(
    text: str, *, name: str = "letter.txt", metadata: Metadata = NOTHING_KNOWN, version: int = 1, live: bool = True
) -> DocumentText:
    """A document version of paragraphs separated by blank lines; `# ` begins a heading, `- ` a list item."""
    blocks, start = [], 0
    for paragraph in text.split("\n\n"):
        kind: BlockKind = (
            "heading" if paragraph.startswith("# ") else "list_item" if paragraph.startswith("- ") else "paragraph"
        )
        blocks.append(PlacedBlock(kind, start, start + len(paragraph), level=int(kind == "heading")))
        start += len(paragraph) + 2
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    record = DocumentRecord(
        id=document_id(name),
        version=version,
        live=live,
        digest=digest,
        source_digest=digest,
        origin=name,
        name=name,
        format="text",
        metadata=metadata,
        pages=None,
        characters=len(text),
        passages=len(blocks),
        ingested_at="2026-01-05T10:00:00Z",
        retired_at=None if live else "2026-01-06T10:00:00Z",
    )
    return DocumentText(record, text, tuple(blocks), ())


def cite(shown: DocumentText, quote: str, page: int | None = None) -> Citation:
    start = shown.text.index(quote)
    return Citation.checked(shown.document, shown.text, start, start + len(quote), page)


class MemoryLedger:
    """Document versions in a list."""

    def __init__(self, *held: DocumentText) -> None:
        self.held = list(held)
        self.originals: dict[str, bytes] = {}

    def documents(self, *, live_only: bool = True, scope: Scope = EVERYTHING) -> list[DocumentRecord]:
        records = [one.document for one in self.held if one.document.live or not live_only]
        if scope.publishers:
            records = [one for one in records if one.metadata.publisher in scope.publishers]
        return sorted(records, key=lambda one: (one.metadata.title or "", one.id, one.version))

    def document(self, id: str, version: int | None = None) -> DocumentRecord:  # noqa: A002 - the ledger's word
        return self.text(id, version).document

    def text(self, id: str, version: int | None = None) -> DocumentText:  # noqa: A002 - the ledger's word
        for one in self.held:
            wanted = one.document.live if version is None else one.document.version == version
            if one.document.id == id and wanted:
                return one
        raise DocumentMissing(f"No document `{id}`.", remedy="See the library.")

    def original(self, id: str, version: int | None = None) -> bytes:  # noqa: A002 - the ledger's word
        shown = self.text(id, version)
        return self.originals.get(id, shown.text.encode("utf-8", "replace"))

    def counts(self, scope: Scope = EVERYTHING) -> tuple[int, int]:
        records = self.documents(scope=scope)
        return len(records), sum(one.passages for one in records)

    def add(self, sources: Sequence[str | Source], given: Mapping[str, str]) -> Iterator[Receipt]:
        for source in sources:
            if isinstance(source, str) or not source.content.strip():
                origin = source if isinstance(source, str) else source.name
                yield Receipt(source=origin, status="refused", reason="It cannot be read.", remedy="Try a file.")
                continue
            text = source.content.decode("utf-8", "replace")
            metadata = Metadata(title=given.get("title") or source.name, publisher=given.get("publisher"))
            shown = stored(text, name=source.name, metadata=metadata)
            self.held = [one for one in self.held if one.document.id != shown.document.id] + [shown]
            yield Receipt(
                source=source.name,
                status="ingested",
                document=shown.document.id,
                version=1,
                title=metadata.title,
                format="text",
                characters=len(text),
                passages=len(shown.blocks),
                missing=("published",),
                searchable=True,
            )

    def remove(self, id: str) -> None:  # noqa: A002 - the ledger's word
        self.held = [
            replace(one, document=replace(one.document, live=False)) if one.document.id == id else one
            for one in self.held
        ]


def as_a_request(text: str) -> dict[str, Any]:
    """What is known of a claim: its standing, speaker, addressee and time, as `Supported` has them."""
    return {"standing": "request", "speaker": "A. Speaker"}


def holdings(ledger: MemoryLedger, wait_seconds: float = 5.0) -> Holdings:
    return Holdings(
        ledger,
        add=ledger.add,
        remove=ledger.remove,
        verify=lambda: (),
        snapshot=lambda: hashlib.sha256(repr(ledger.documents()).encode("utf-8", "replace")).hexdigest(),
        wait_seconds=wait_seconds,
    )


class ScriptedAssistant:
    """Answers with every live paragraph that shares a word of five letters or more with the question."""

    def __init__(self, ledger: MemoryLedger, pause: float = 0.0) -> None:
        self.ledger = ledger
        self.pause = pause
        self.asked: list[Question] = []
        self.fails_with: BriefingError | Exception | None = None
        self.withheld: tuple[Withheld, ...] = ()
        self.told: Callable[[str], dict[str, Any]] = as_a_request

    def answer(self, question: Question) -> Outcome:
        *_, outcome = self.steps(question)
        return outcome  # type: ignore[return-value]

    def steps(self, question: Question) -> Iterator[Step | Supported | Withheld | Outcome]:
        self.asked.append(question)
        yield Step("search", "Searching the library")
        time.sleep(self.pause)
        if self.fails_with is not None:
            raise self.fails_with
        claims = []
        for claim in self._claims(question):
            time.sleep(self.pause)
            claims.append(claim)
            yield claim
        documents, passages = self.ledger.counts(question.scope)
        common: dict[str, Any] = {
            "question": question.text,
            "standalone_question": question.text,
            "searched": Searched(documents=documents, passages=passages),
            "trace": TRACE,
            "withheld": self.withheld,
        }
        if claims:
            yield Briefing(claims=tuple(claims), caveats=("single_source",), **common)
        else:
            yield Abstention(
                reason="nothing_found" if documents else "library_empty",
                detail="No document in the library speaks of this.",
                would_settle="A letter that names it.",
                nearest=self._nearest(question),
                **common,
            )

    def _claims(self, question: Question) -> Iterator[Supported]:
        words = {word for word in re.findall(r"\w{5,}", question.text.casefold())}
        for record in self.ledger.documents(scope=question.scope):
            shown = self.ledger.text(record.id)
            for block in shown.blocks:
                quote = shown.text[block.start : block.end]
                if words & set(re.findall(r"\w{5,}", quote.casefold())):
                    citation = Citation.checked(record, shown.text, block.start, block.end, block.page)
                    yield Supported(text=quote, citations=(citation,), **self.told(quote))

    def _nearest(self, question: Question) -> tuple[Nearest, ...]:
        for record in self.ledger.documents(scope=question.scope)[:1]:
            shown = self.ledger.text(record.id)
            block = shown.blocks[0]
            return (Nearest(citation=Citation.checked(record, shown.text, block.start, block.end, None), score=0.2),)
        return ()


def no_picture(content: bytes, page: int, boxes: Sequence[Box]) -> bytes:
    raise AssertionError("no PDF in this test")
