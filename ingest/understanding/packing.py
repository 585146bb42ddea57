"""The statements of one passage as text, and back: compact JSON, one row for each sentence, in order.

What the passage holds anyway (spans, the text of a basis within it) is not said again. Offsets are the document's.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, get_args

from ingest.documents import Span
from ingest.understanding.statement import Attribution, Standing, Statement, Time

if TYPE_CHECKING:
    from collections.abc import Sequence

STANDINGS: tuple[Standing, ...] = get_args(Standing)


def pack(statements: Sequence[Statement], start: int, end: int) -> str:
    """The statements of the passage `start:end`."""
    rows = [
        [
            STANDINGS.index(one.standing),
            one.cue,
            _attribution(one.attribution, start, end) if one.attribution else 0,
            [[time.words, time.date, time.basis] for time in one.times],
            [one.made.words, one.made.date, one.made.basis] if one.made else 0,
        ]
        for one in statements
    ]
    primary = int(any(one.primary for one in statements))
    return json.dumps([primary, rows], ensure_ascii=False, separators=(",", ":"))


def _attribution(one: Attribution, start: int, end: int) -> list[Any]:
    inside = start <= one.basis.start and one.basis.end <= end
    return [
        one.speaker,
        one.verb,
        one.basis.start,
        one.basis.end,
        int(one.quoted),
        one.name if one.name != one.speaker else 0,
        one.role or 0,
        one.addressee or 0,
        one.chain,
        0 if inside else one.basis_text,
    ]


@lru_cache(maxsize=4_096)
def unpack(packed: str, text: str, start: int, spans: tuple[Span, ...]) -> tuple[Statement, ...]:
    """The reverse of `pack`, for the passage with that text and those sentences; empty for an empty text."""
    if not packed:
        return ()
    primary, rows = json.loads(packed)
    return tuple(
        Statement(
            span,
            STANDINGS[standing],
            cue,
            _unpacked(attribution, text, start) if attribution else None,
            tuple(Time(*time) for time in times),
            Time(*made) if made else None,
            bool(primary),
        )
        for span, (standing, cue, attribution, times, made) in zip(spans, rows, strict=True)
    )


def _unpacked(row: Sequence[Any], text: str, start: int) -> Attribution:
    speaker, verb, first, last, quoted, name, role, addressee, chain, basis_text = row
    return Attribution(
        speaker,
        verb,
        Span(first, last),
        bool(quoted),
        name or speaker,
        role or None,
        addressee or None,
        tuple(chain),
        basis_text or text[first - start : last - start],
    )
