"""Sentences that say what a text is and what introduces a table: they tell of the document, not of the matter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.evidence import Statement

_OF_ITSELF = re.compile(
    r"^This (?:is an? )?(?:\w+ )?(?:note|page|document|paper|summary|briefing|e?-?mail|file|leaflet|factsheet)\b", re.I
)
_GOES_ON = re.compile(r"^It\b")
CELLS = " | "


def tells_of_its_document(one: Statement, statements: Sequence[Statement]) -> bool:
    """Whether the statement says what its document is, itself ("This is a note on ...") or as the sentence behind one."""
    if _OF_ITSELF.match(one.text):
        return True
    before = _beside(one, statements, -1)
    return bool(_GOES_ON.match(one.text)) and before is not None and bool(_OF_ITSELF.match(before.text))


def header(one: Statement, statements: Sequence[Statement]) -> Statement | None:
    """The row that heads the columns of the table that `one` is a row of; None when it is no row or heads it itself."""
    columns = one.text.count(CELLS)
    if not columns:
        return None
    rows = {
        other.index: other
        for other in statements
        if other.passage.id == one.passage.id and other.text.count(CELLS) == columns
    }
    first = one.index
    while first - 1 in rows:
        first -= 1
    found = rows.get(first)
    return found if found is not None and first != one.index and _heads(found) else None


def heads_a_table(one: Statement, statements: Sequence[Statement]) -> bool:
    """Whether the statement is a row that names the columns of the rows below it."""
    if CELLS not in one.text or not _heads(one):
        return False
    below, above = _beside(one, statements, 1), _beside(one, statements, -1)
    columns = one.text.count(CELLS)
    return (
        below is not None
        and below.text.count(CELLS) == columns
        and (above is None or above.text.count(CELLS) != columns)
    )


def _heads(one: Statement) -> bool:
    """Without a figure: what stands below "Date" or "Sum" has them."""
    return not re.search(r"\d", one.text)


def _beside(one: Statement, statements: Sequence[Statement], step: int) -> Statement | None:
    return next(
        (other for other in statements if other.passage.id == one.passage.id and other.index == one.index + step), None
    )
