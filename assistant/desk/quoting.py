"""The quotations of a draft's sentence against the passages found: as they stand, altered, or put together from two."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from assistant.checks.quotations import quotations
from assistant.desk.difference import difference, nearest_run
from assistant.desk.finding import telling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.desk.difference import Part
    from assistant.desk.finding import Candidate

ALIKE = 0.6
"""A quotation with less than this in common with every sentence found stands nowhere."""

_LEAST_PIECE = 2
"""Telling words of a piece; "of the" stands in every document."""

_GAP = re.compile(r"\s*(?:\[?…\]?|\[?\.\s?\.\s?\.\]?)\s*")
_FOLD = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class QuoteFound:
    """What became of one quotation. `where` are the statements it stands in or comes from."""

    quoted: str
    state: Literal["exact", "altered", "stitched", "nowhere"]
    where: tuple[Candidate, ...] = ()
    difference: tuple[Part, ...] = ()


def quotes_in(text: str, candidates: Sequence[Candidate]) -> list[QuoteFound]:
    """Each quotation of `text`, looked for in the candidates and in their passages."""
    return [_look(quoted, candidates) for quoted in quotations(text) if len(quoted.split()) > 1]


def _look(quoted: str, candidates: Sequence[Candidate]) -> QuoteFound:
    wanted = _fold(quoted)
    exact = [one for one in candidates if wanted in _fold(one.text)]
    exact = exact or [one for one in candidates if wanted in _fold(one.passage.text)]
    if exact:
        return QuoteFound(quoted, "exact", tuple(exact))
    stitched = _stitched(quoted, candidates)
    if stitched:
        return QuoteFound(quoted, "stitched", stitched)
    best = max(
        ((nearest_run(quoted, one.text), one) for one in candidates), key=lambda found: found[0][0], default=None
    )
    if best is None or best[0][0] < ALIKE:
        return QuoteFound(quoted, "nowhere")
    (_, run), one = best
    return QuoteFound(quoted, "altered", (one,), difference(quoted, run))


def _stitched(quoted: str, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The two or more statements that the quotation's pieces come from, whole; empty when it is no such thing."""
    pieces = [part for part in _GAP.split(quoted.strip(" .…")) if part]
    if len(pieces) > 1:
        homes = [_home(piece, candidates) for piece in pieces]
        return _apart([one for one in homes if one]) if all(homes) else ()
    words = quoted.split()
    for cut in range(len(words) - 1, 1, -1):
        head, tail = " ".join(words[:cut]), " ".join(words[cut:])
        for joint in ("", "and ", "but ", "that ", "and a ", "and the "):
            plain = tail.removeprefix(joint)
            if min(len(telling(head)), len(telling(plain))) < _LEAST_PIECE:
                continue
            first, second = _home(head, candidates), _home(plain, candidates)
            if first is not None and second is not None:
                return _apart([first, second])
    return ()


def _apart(homes: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Each statement once; one alone is no stitching, since words left out of one sentence are an alteration."""
    once = {one.key: one for one in homes}
    return tuple(once.values()) if len(once) > 1 else ()


def _home(piece: str, candidates: Sequence[Candidate]) -> Candidate | None:
    wanted = _fold(piece)
    return next((one for one in candidates if re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", _fold(one.text))), None)


def _fold(text: str) -> str:
    return " ".join(text.translate(_FOLD).split()).strip(" .,;\"'").casefold()
