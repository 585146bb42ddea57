"""The statements that a sentence of a draft is held against: what retrieval finds, and wherever its quotations stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from assistant.checks.quotations import quotations
from assistant.domain import Question
from assistant.drafting import Reference
from assistant.question import view
from assistant.wording import content_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.domain import Scope
    from assistant.retrieval import Retriever
    from ingest.documents import Span
    from ingest.ledger.records import PassageRecord, TextHit
    from ingest.understanding.statement import Statement

KEPT = 12
"""Statements that a sentence is held against; the gate reads each."""

_QUOTE_HITS = 12
_LONGEST_QUESTION = 2000
_HALF = 3
"""A quotation of twice so many words is looked up by halves as well: it may be put together from two places."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence of the library. `told` is what the ledger holds of it."""

    passage: PassageRecord
    index: int
    told: Statement | None = None

    @property
    def span(self) -> Span:
        """Its place in the document's text."""
        return self.passage.sentences[self.index]

    @property
    def text(self) -> str:
        """The sentence, in the source's words."""
        return self.passage.text[self.span.start - self.passage.start : self.span.end - self.passage.start]

    @property
    def key(self) -> tuple[str, int, int]:
        """Document and place."""
        return self.passage.document.id, self.passage.document.version, self.span.start

    def neighbour(self, step: int) -> Candidate | None:
        """The sentence so many further on in the same passage; None outside of it."""
        at = self.index + step
        if not 0 <= at < len(self.passage.sentences):
            return None
        told = self.passage.statements
        return Candidate(self.passage, at, told[at] if told else None)

    def reference(self) -> Reference:
        """What the gate is told of it."""
        record = self.passage.document
        return Reference(record.id, record.version, self.span.start, self.span.end, self.text)

    def basis(self) -> Reference | None:
        """The sentence that names its speaker, where that is another one of the passage."""
        told = self.told.attribution if self.told else None
        if told is None or told.basis == self.span or not told.basis_text:
            return None
        record = self.passage.document
        return Reference(record.id, record.version, told.basis.start, told.basis.end, told.basis_text)


class Words(Protocol):
    """The part of the ledger that is searched here."""

    def search_text(self, words: Sequence[str], limit: int, scope: Scope = ...) -> list[TextHit]:
        """Live passages that hold any of the words, best first."""
        ...

    def passages(self, ids: Sequence[str]) -> list[PassageRecord]:
        """Live passages by id."""
        ...


class Finder:
    """Finds candidates in one library."""

    def __init__(self, retriever: Retriever, ledger: Words) -> None:
        self._retriever = retriever
        self._ledger = ledger

    def find(self, text: str, scope: Scope) -> list[Candidate]:
        """The statements most like `text`, best first; ties by retrieval's order, then by place."""
        found: dict[tuple[str, int, int], Candidate] = {}
        for one in (*self._by_quotation(text, scope), *self._by_retrieval(text, scope)):
            found.setdefault(one.key, one)
        wanted = telling(text)
        ranked = sorted(enumerate(found.values()), key=lambda one: (-likeness(wanted, one[1].text), one[0]))
        return [one for _, one in ranked[:KEPT]]

    def _by_retrieval(self, text: str, scope: Scope) -> Iterator[Candidate]:
        evidence = self._retriever.search(Question(text=text[:_LONGEST_QUESTION], scope=scope))
        for one in evidence.statements:
            yield Candidate(one.passage, one.index, one.told)

    def _by_quotation(self, text: str, scope: Scope) -> Iterator[Candidate]:
        for quoted in quotations(text):
            for part in _parts(quoted):
                words = [word.text for word in view(part).words] or part.split()
                hits = self._ledger.search_text(words, _QUOTE_HITS, scope)
                for passage in self._ledger.passages([hit.passage_id for hit in hits]):
                    told = passage.statements
                    for index in range(len(passage.sentences)):
                        yield Candidate(passage, index, told[index] if told else None)


def _parts(quoted: str) -> list[str]:
    words = quoted.split()
    if len(words) < 2 * _HALF:
        return [quoted]
    gap = [part for part in re.split(r"\s*(?:\[?…\]?|\[?\.\s?\.\s?\.\]?)\s*", quoted) if part]
    halves = gap if len(gap) > 1 else [" ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])]
    return [quoted, *halves]


def likeness(wanted: frozenset[str], text: str) -> float:
    """Stems in common, a long sentence counting a little less than a short one."""
    held = telling(text)
    return len(wanted & held) - 0.02 * len(held - wanted)


def telling(text: str) -> frozenset[str]:
    """The stems of its words that tell one sentence from another."""
    return frozenset(word.stem for word in content_words(text))
