"""Small documents and evidence made by hand, for tests of the read side."""

from __future__ import annotations

import hashlib

import numpy as np

from assistant.aligning import aligned
from assistant.domain import Scope, Searched
from assistant.evidence import Evidence, Hit, Statement
from assistant.question import view
from assistant.reranking import Matches
from assistant.statements import sentence_texts, statements
from assistant.wording import stems
from ingest.documents import Metadata, Passage, PlacedBlock, Span, passage_id
from ingest.errors import DocumentMissing
from ingest.ledger.records import DocumentRecord, DocumentText, PassageRecord
from ingest.segment.sentences import sentences as split
from ingest.understanding.packing import pack
from ingest.understanding.rules import Rules
from ingest.understanding.statement import Statement as Understood


class Shelf:
    """Documents by id, as the gate reads them."""

    def __init__(self, *documents: DocumentText) -> None:
        self._documents = {(one.document.id, one.document.version): one for one in documents}

    def text(self, id: str, version: int | None = None) -> DocumentText:
        try:
            return self._documents[id, version or 1]
        except KeyError:
            raise DocumentMissing(f"No document `{id}`.", remedy="List them.") from None

    def told(self, id: str, version: int, start: int, end: int) -> Understood | None:
        source = self.text(id, version)
        spans = [span for block in source.blocks for span in split(source.text, block.start, block.end)]
        cut = [Passage("", spans[0].start, spans[-1].end, "", tuple(spans))]
        found = Rules().understand(source.text, source.blocks, cut, source.document.metadata).statements
        return next((one for one in found if (one.span.start, one.span.end) == (start, end)), None)


def document(*paragraphs: str, name: str = "letter.txt", page: int | None = None, **metadata: str) -> DocumentText:
    """A document of one block per paragraph."""
    text = "\n\n".join(paragraphs)
    blocks, place = [], 0
    for paragraph in paragraphs:
        blocks.append(PlacedBlock("paragraph", place, place + len(paragraph), page=page))
        place += len(paragraph) + 2
    record = DocumentRecord(
        id=hashlib.sha256(name.encode()).hexdigest()[:16],
        version=1,
        live=True,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        source_digest="0" * 64,
        origin=name,
        name=name,
        format="text",
        metadata=Metadata(**{"title": name.rsplit(".", 1)[0], **metadata}),
        pages=None,
        characters=len(text),
        passages=len(paragraphs),
        ingested_at="2026-01-01T00:00:00+00:00",
    )
    return DocumentText(record, text, tuple(blocks), ())


def passage(source: DocumentText, *sentences: str) -> PassageRecord:
    """The passage that runs from the first of `sentences` to the last, in the document's text."""
    spans = []
    for sentence in sentences:
        start = source.text.index(sentence)
        spans.append(Span(start, start + len(sentence)))
    start, end = spans[0].start, spans[-1].end
    told = Rules().understand(
        source.text, source.blocks, [Passage("", start, end, "", tuple(spans))], source.document.metadata
    )
    return PassageRecord(
        id=passage_id(source.document.digest, start, end),
        document=source.document,
        start=start,
        end=end,
        text=source.text[start:end],
        sentences=tuple(spans),
        page=source.blocks[0].page,
        heading_path=(),
        understood=pack(told.statements, start, end),
    )


def evidence(question: str, *passages: PassageRecord, scope: Scope = Scope()) -> Evidence:
    """Evidence in which a sentence matches a word of the question when it holds that word."""
    seen = view(question)
    weights = tuple(1 / len(seen.words) for _ in seen.words)
    hits, found = [], []
    for one in passages:
        hits.append(Hit(one, 0.5, ("words",)))
        texts = sentence_texts(one)
        whole = [max(float(word.stem in stems(text)) for text in texts) for word in seen.words]
        for i, span in enumerate(one.sentences):
            matched = tuple(float(word.stem in stems(texts[i])) for word in seen.words)
            coverage = sum(matched) / max(1, len(matched))
            found.append(
                Statement(
                    one,
                    i,
                    span.start,
                    span.end,
                    texts[i],
                    coverage,
                    coverage,
                    matched,
                    tuple(whole),
                    0.5,
                    told=one.statements[i],
                )
            )
    found.sort(key=lambda s: (-s.score, s.passage.id, s.start))
    searched = Searched(documents=len({one.document.id for one in passages}), passages=len(passages))
    return Evidence(seen, scope, searched, tuple(hits), tuple(found), weights)


def weighed_evidence(
    question: str, *passages: PassageRecord, nearness: float = 0.0, scope: Scope = Scope()
) -> Evidence:
    """Evidence as retrieval makes it, where no token is like another and all is as near in meaning as `nearness`."""
    seen = view(question)
    count = len(seen.words)
    matches = Matches(
        passage=np.zeros((len(passages), count), np.float32),
        sentence=tuple(np.zeros((len(one.sentences), count), np.float32) for one in passages),
        spread=np.zeros(len(passages), np.float32),
        meaning=tuple(np.full(len(one.sentences), nearness, np.float32) for one in passages),
        phrases=np.zeros((len(passages), count), np.float32),
    )
    weights = np.full(count, 1 / max(1, count), np.float32)
    signals = {"meaning": 2 * nearness, "words": 1.0, "late": 0.8}
    hits = tuple(Hit(one, 0.5, ("words",), signals) for one in passages)
    found = aligned(seen, hits, statements(seen, hits, matches, list(range(len(passages))), weights))
    searched = Searched(documents=len(passages), passages=len(passages))
    return Evidence(seen, scope, searched, hits, found, tuple(weights.tolist()))
