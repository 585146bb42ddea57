"""Which parts of a document are somebody's own words: quotation marks, nested, over sentences and paragraphs.

A quotation of several paragraphs opens anew at each and closes at the last, so a paragraph that leaves its quotation
open hands it on to a paragraph that begins with a mark. A mark that nothing closes covers the rest of its paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.documents import PlacedBlock, Span

_MARK = re.compile(r"[“”„«»]|(?<!\d)\"")
_SPEECH_IN_SINGLE = re.compile(r"(?<![\w’])‘[^‘“”]{12,600}[.,?!]’(?!\w)")


@dataclass(frozen=True, slots=True)
class Quotations:
    """Quoted stretches of a text, in order and apart, marks included; `runs` numbers those that belong together."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    runs: tuple[int, ...]

    def run_of(self, start: int, end: int) -> int | None:
        """The run that `start:end` stands in from end to end, closing marks and stops apart."""
        at = bisect_right(self.starts, start) - 1
        if at < 0 or self.ends[at] <= start:
            return None
        return self.runs[at] if end - self.ends[at] <= 1 else None

    def inside(self, start: int, end: int) -> list[tuple[int, int]]:
        """The quoted stretches within `start:end`, cut to it."""
        at = max(0, bisect_right(self.starts, start) - 1)
        found = []
        while at < len(self.starts) and self.starts[at] < end:
            if self.ends[at] > start:
                found.append((max(start, self.starts[at]), min(end, self.ends[at])))
            at += 1
        return found

    def runs_in(self, inside: Sequence[tuple[int, int]]) -> frozenset[int]:
        """The runs of the stretches that `inside` found."""
        return frozenset(self.runs[bisect_right(self.starts, start) - 1] for start, _ in inside)

    def joined(self, one: Span, other: Span) -> bool:
        """Whether one and the same pair of marks reaches into both of two sentences."""
        first, second = sorted((one, other), key=lambda span: span.start)
        at = bisect_right(self.starts, first.end - 1) - 1
        return at >= 0 and self.ends[at] > second.start and self.starts[at] < first.end


def quotations(text: str, blocks: Sequence[PlacedBlock]) -> Quotations:
    """The quotations of a document; a block that is itself a quotation counts as one from end to end."""
    starts: list[int] = []
    ends: list[int] = []
    runs: list[int] = []
    run, is_open, last_kind = 0, False, ""
    for block in blocks:
        if block.kind == "quote":
            run += last_kind != "quote"
            found, stays_open = [(block.start, block.end)], False
        elif block.kind in ("paragraph", "list_item", "note", "caption"):
            found, stays_open = _in_paragraph(text, block.start, block.end)
            run += not (is_open and found and found[0][0] == block.start)
        else:
            found, stays_open = [], False
        for start, end in found:
            starts.append(start)
            ends.append(end)
            runs.append(run)
        is_open, last_kind = stays_open, block.kind
    return Quotations(tuple(starts), tuple(ends), tuple(runs))


def _in_paragraph(text: str, start: int, end: int) -> tuple[list[tuple[int, int]], bool]:
    """Quoted stretches of one paragraph, and whether the last is left open."""
    found: list[tuple[int, int]] = []
    depth, opened = 0, start
    for mark in _MARK.finditer(text, start, end):
        at = mark.start()
        if _opens(text, at, depth):
            opened = at if depth == 0 else opened
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                found.append((opened, at + 1))
    if depth:
        found.append((opened, end))
    if not found and "‘" in text[start:end]:
        found = [one.span() for one in _SPEECH_IN_SINGLE.finditer(text, start, end)]
    return found, depth > 0


def _opens(text: str, at: int, depth: int) -> bool:
    mark = text[at]
    if mark in "“„«":
        return True
    if mark != '"':
        return False
    return depth == 0 or (text[at - 1 : at].isspace() and text[at + 1 : at + 2].isalnum() and depth < 2)
