"""From a document to its passages: runs of whole sentences, near a target length, each with where it stands.

A passage never crosses a heading of the first two levels, holds each sentence but headings exactly once, and is
as long as the embedding model reads. What stands above it (title, headings, the header row of its table, publisher,
date) goes into its `context`, which is searched and never quoted. A heading with nothing under it is above no passage:
it is cut like a paragraph, so that it can be found.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from ingest.documents import Passage, Span, passage_id
from ingest.segment.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ingest.documents import Document, PlacedBlock

CONTEXT_CHARACTERS = 240
"""Context is cut here, at a word: more would push the text itself out of the model's window."""

_CHARACTERS_A_TOKEN = 5

SEPARATING_LEVEL = 2
"""Headings down to this level begin a new passage."""


class PassageSizes(Protocol):
    """How long a passage is, in tokens of the embedding model; `ingest.settings.PassageSettings` is one."""

    @property
    def target_tokens(self) -> int:
        """A passage that has reached this is closed."""
        ...

    @property
    def max_tokens(self) -> int:
        """No sentence is added that would go beyond this, context included."""
        ...


@dataclass(slots=True)
class _Run:
    """Sentences gathered for one passage."""

    headings: tuple[str, ...]
    page: int | None
    header_row: str = ""
    spans: list[Span] = field(default_factory=list)
    tokens: int = 0


def passages(
    document: Document, *, count_tokens: Callable[[Sequence[str]], list[int]], settings: PassageSizes
) -> tuple[Passage, ...]:
    """The passages of `document` in the order of its text, possibly none.

    `count_tokens` is asked once, for every sentence. A sentence longer than `max_tokens` is a passage of its own,
    of which the model reads the beginning.
    """
    placed = _placed(document)
    lengths = count_tokens([document.text[span.start : span.end] for _, spans, _ in placed for span in spans])
    runs = _gather(document, placed, iter(lengths), settings)
    return tuple(_passage(document, run) for run in runs if run.spans)


_Placed = tuple["PlacedBlock", tuple[Span, ...], bool]


def _placed(document: Document) -> list[_Placed]:
    """Every block with its sentences and whether it is context only."""
    found: list[_Placed] = []
    for place, block in enumerate(document.blocks):
        context = block.kind == "heading" and _has_text_under(document.blocks, place)
        found.append((block, () if context else _spans(document.text, block), context))
    return found


def _has_text_under(blocks: Sequence[PlacedBlock], place: int) -> bool:
    for block in blocks[place + 1 :]:
        if block.kind != "heading":
            return True
        if block.level <= blocks[place].level:
            return False
    return False


def _spans(text: str, block: PlacedBlock) -> tuple[Span, ...]:
    if block.kind in ("heading", "table_row"):
        return (Span(block.start, block.end),) if block.end > block.start else ()
    return sentences(text, block.start, block.end)


def _gather(document: Document, placed: list[_Placed], lengths: Iterator[int], settings: PassageSizes) -> list[_Run]:
    runs: list[_Run] = []
    headings: list[tuple[int, str]] = []
    header_row, in_table, after_bare = "", False, False
    for block, spans, context in placed:
        text = document.text[block.start : block.end]
        heading, bare = block.kind == "heading", block.kind == "heading" and not context
        if heading:
            headings = [one for one in headings if one[0] < block.level] + [(block.level, text)] * context
        in_table, header_row = _table(block, in_table, header_row, text)
        path = tuple(one for _, one in headings)
        if heading and block.level <= SEPARATING_LEVEL and not (bare and after_bare):
            runs.append(_Run(path, block.page))
        after_bare = bare
        for span in spans:
            _add(runs, _Run(path, block.page, header_row if in_table else ""), span, next(lengths), settings)
    return runs


def _table(block: PlacedBlock, in_table: bool, header_row: str, text: str) -> tuple[bool, str]:
    """Whether `block` stands in a table, and the first row of that table."""
    if block.kind != "table_row":
        return False, ""
    return True, header_row if in_table else text


def _add(runs: list[_Run], fresh: _Run, span: Span, tokens: int, settings: PassageSizes) -> None:
    current = runs[-1] if runs else None
    spare = settings.max_tokens - CONTEXT_CHARACTERS // _CHARACTERS_A_TOKEN
    fits = current is not None and current.tokens < settings.target_tokens and current.tokens + tokens <= spare
    if current is None or (current.spans and not fits):
        current = fresh
        runs.append(current)
    elif not current.spans:
        current.headings, current.page, current.header_row = fresh.headings, fresh.page, fresh.header_row
    current.spans.append(span)
    current.tokens += tokens


def _passage(document: Document, run: _Run) -> Passage:
    start, end = run.spans[0].start, run.spans[-1].end
    return Passage(
        id=passage_id(document.digest, start, end),
        start=start,
        end=end,
        text=document.text[start:end],
        sentences=tuple(run.spans),
        page=run.page,
        heading_path=run.headings,
        context=_context(document, run),
    )


def _context(document: Document, run: _Run) -> str:
    """What a reader of the passage knows from elsewhere, in one line; empty when nothing is known."""
    title = document.metadata.title
    known = [title, *(heading for heading in run.headings if heading != title)]
    if run.header_row and not document.text.startswith(run.header_row, run.spans[0].start):
        known.append(run.header_row)
    known += [document.metadata.publisher, document.metadata.published]
    line = " · ".join(part for part in known if part)
    if len(line) <= CONTEXT_CHARACTERS:
        return line
    return line[:CONTEXT_CHARACTERS].rsplit(" ", 1)[0]
