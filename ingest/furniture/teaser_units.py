"""Teasers one by one: a title, with the standfirst, date or author that belongs to it, and where the text resumes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.furniture.shape import is_prose, is_title, plain
from ingest.furniture.wording import any_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ingest.documents import Block

_DATELINE = any_of(
    r"""
    \d{1,2}(?:st|nd|rd|th)? [a-z]{3,9}\.? \d{4}{tail}
    [a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}{tail}
    \d{4}-\d\d-\d\d{tail}
    \d+ (?:minute|min|hour|day|week|month|year)s?(?: ago| read){tail}
    (?:yesterday|today){tail}
    by [a-z][\w .'-]{2,40}{tail}
    read more|continue reading
    """,
    tail=r" *[|·-] *.{1,40}|",
)
_FEWEST_WORDS = 5


def teasers_under(
    blocks: Sequence[Block], label: int, places: Sequence[int], *, is_label: Callable[[Block], bool]
) -> tuple[list[list[int]], bool]:
    """The teasers at `places`, which follow the label, each as the places of its blocks; and whether text comes after.

    Teasers of one list are built alike: a paragraph behind titles that have no standfirst is the text going on.
    """
    units: list[list[int]] = []
    for index, at in enumerate(places):
        block = blocks[at]
        if _heads_text(blocks, label, places[index:], units) and not is_label(block):
            return units, True
        if units and _DATELINE.fullmatch(plain(block.text)):
            units[-1].append(at)
        elif is_title(block):
            units.append([at])
        elif _may_be_standfirst(blocks, units, block):
            units[-1].append(at)
        else:
            return units, True
    return units, False


def has_standfirst(blocks: Sequence[Block], unit: Sequence[int]) -> bool:
    """Whether a sentence or more belongs to the title."""
    return any(_is_sentence(blocks[at]) for at in unit[1:])


def _may_be_standfirst(blocks: Sequence[Block], units: Sequence[Sequence[int]], block: Block) -> bool:
    if not units or block.kind not in ("paragraph", "list_item") or not _is_sentence(block):
        return False
    if has_standfirst(blocks, units[-1]):
        return False
    return len(units) == 1 or has_standfirst(blocks, units[-2])


def _is_sentence(block: Block) -> bool:
    text = block.text
    return is_prose(block) or (len(text.split()) >= _FEWEST_WORDS and text.endswith((".", "!", "?", "…", ".”", '."')))


def _heads_text(blocks: Sequence[Block], label: int, places: Sequence[int], units: Sequence[Sequence[int]]) -> bool:
    """Whether `places` begins with a heading of the label's rank, or above, that has text of its own under it.

    Under the heading of a teaser stands one standfirst or nothing.
    """
    first = blocks[places[0]]
    if first.kind != "heading" or blocks[label].kind != "heading" or first.level > blocks[label].level:
        return False
    if units and blocks[units[0][0]].kind != "heading":
        return True
    under = 0
    for at in places[1:]:
        if blocks[at].kind == "heading":
            break
        under += not _DATELINE.fullmatch(plain(blocks[at].text))
    return under > 1
