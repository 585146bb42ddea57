"""Where a cited statement has been corrected since: the paragraph of a later document, or of its own, that says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol

from assistant.wording import STOP_WORDS, stems
from ingest.segment.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from assistant.domain import Citation
    from ingest.ledger.records import DocumentText
    from ingest.ledger.understood import Understood

LONGEST = 600
"""A paragraph of more characters is cited by the one sentence of it that comes nearest."""

RELATED = 3
"""A correction that takes back a part of a document bears on a statement with which it shares so many words, or two and
a figure."""

_FIGURE = re.compile(r"[£$€]?\d[\d,.]*\d|\d")


class Place(NamedTuple):
    """Where a correction stands."""

    source: DocumentText
    start: int
    end: int


class Records(Protocol):
    """What is asked of the ledger."""

    def corrections(self) -> Mapping[str, Sequence[str]]:
        """Documents that others correct, with those that do."""
        ...

    def notes_on_themselves(self) -> Collection[str]:
        """Documents that say that they were corrected themselves."""
        ...

    def understanding(self, id: str, version: int | None = None) -> Understood:  # noqa: A002 - the ledger's own word
        """What a version corrects."""
        ...

    def text(self, id: str, version: int | None = None) -> DocumentText:  # noqa: A002
        """The text of a version."""
        ...


def correcting(citation: Citation, records: Records) -> Place | None:
    """The correction of what is cited, the newest first; None where there is none that bears on it."""
    by = [records.text(one) for one in records.corrections().get(citation.document, ())]
    by.sort(key=lambda one: one.document.metadata.published or "", reverse=True)
    for source in by:
        told = records.understanding(source.document.id, source.document.version).correction
        found = _nearest(citation.quote, source, whole=told is not None and told.whole)
        if found is not None:
            return found
    return _own_note(citation, records) if citation.document in records.notes_on_themselves() else None


def _own_note(citation: Citation, records: Records) -> Place | None:
    """The note of a document on itself, where the statement still has the figure that the note takes back."""
    told = records.understanding(citation.document, citation.version).correction
    if told is None or told.of != "itself" or citation.quote in told.notice:
        return None
    source = records.text(citation.document, citation.version)
    start = source.text.find(told.notice)
    wrong, right = _figures_of(told.notice)
    if start < 0 or not wrong & _figures(citation.quote) or right & _figures(citation.quote):
        return None
    return _whole_sentences(source, start, start + len(told.notice))


def _figures_of(notice: str) -> tuple[set[str], set[str]]:
    """The figures of the sentence that tells what was wrong, and those of the others."""
    parts = [notice[span.start : span.end] for span in sentences(notice, 0, len(notice))]
    wrong = next((one for one in parts if re.search(r"earlier|previous|original|wrongly|incorrectly", one, re.I)), "")
    before, _, after = wrong.partition(", not ")
    right = set().union(*(_figures(one) for one in parts if one != wrong))
    return _figures(after or before) - right, right


def _nearest(quote: str, source: DocumentText, *, whole: bool) -> Place | None:
    """The paragraph that shares most with the quote; of one that takes back all, the first where none shares anything."""
    best: tuple[int, Place] | None = None
    for start, end in _paragraphs(source):
        text = source.text[start:end]
        shared = len(_content(quote) & _content(text))
        same_figure = bool(_figures(quote) & _figures(text))
        if not whole and not (shared >= RELATED or (shared >= RELATED - 1 and same_figure)):
            continue
        score = shared + 2 * same_figure
        if best is None or score > best[0]:
            best = score, Place(source, start, end)
    return _whole_sentences(*best[1], quote=quote) if best else None


def _paragraphs(source: DocumentText) -> Iterator[tuple[int, int]]:
    return ((block.start, block.end) for block in source.blocks if block.kind != "heading")


def _whole_sentences(source: DocumentText, start: int, end: int, quote: str = "") -> Place | None:
    """The sentences between two places, or the nearest of them where they are long."""
    spans = list(sentences(source.text, start, end))
    if not spans:
        return None
    if spans[-1].end - spans[0].start > LONGEST:
        spans = [max(spans, key=lambda one: len(_content(quote) & _content(source.text[one.start : one.end])))]
    return Place(source, spans[0].start, spans[-1].end)


def _content(text: str) -> frozenset[str]:
    return frozenset(one for one in stems(text) if one not in STOP_WORDS and not one[0].isdigit())


def _figures(text: str) -> set[str]:
    return {match.group().strip(".,") for match in _FIGURE.finditer(text)}
