"""Lists of other stories under a label such as "Recent Stories", with titles, standfirsts or both.

The label alone proves nothing: a report may have a section of that name. What follows it must be built like
teasers, that is titles, or a title and one standfirst by turns, and must go on like that to the end of the document
or to where the text plainly resumes: at a heading of the label's own rank over prose, or at two paragraphs in a row.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.furniture.shape import is_prose, is_title, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.documents import Block

_NOUN = r"(?:stories|articles|coverage|content|news|posts|reading|topics|headlines|videos|items|reports)"
_CUE = re.compile(
    rf"(?:recent|latest|related|similar|popular|top|other|more|trending|featured|recommended|previous and related|further)"
    rf"(?: (?:news|top|related|recent|popular))? {_NOUN}(?: from .{{2,50}}| on .{{2,50}}| for you)?|"
    r"most (?:read|popular|viewed|shared|recent|commented)(?: (?:stories|articles|news|today|now|posts|this week))?|"
    r"you (?:may|might) (?:also )?(?:like|enjoy|be interested in)(?: these| reading)?|(?:people|others|readers) also (?:read|viewed|liked)|"
    r"more (?:from|on|like|about) .{2,60}|read (?:more|next|also|this next)|up next|next up|what to read next|don(?:'|\u2019)t miss|"
    r"trending(?: now| topics)?|recommended(?: for you| reading)?|editor(?:'|\u2019)?s(?:'|\u2019)? (?:picks?|choice)|in case you missed it|"
    r"also (?:on|in|from) .{2,40}|around the web|from (?:around|across) the web|sponsored (?:stories|links)|promoted (?:stories|links)",
    re.I,
)
_LOOSE = re.compile(r"more (?:from|on|like|about) |also (?:on|in|from) |further |read more|other |top |previous ", re.I)
_DATELINE = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9}\.? \d{4}|[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{4}-\d\d-\d\d|"
    r"\d+ (?:minute|min|hour|day|week|month|year)s?(?: ago| read)|yesterday|today|by [a-z][\w .'-]{2,40}|read more|continue reading)"
    r"(?: *[|\u00b7-] *.{1,40})?",
    re.I,
)


def mark(blocks: Sequence[Block], reasons: list[str | None]) -> None:
    """Set the reason of each label of teasers and of the teasers under it."""
    text_before = 0
    place = 0
    while place < len(blocks):
        block = blocks[place]
        if reasons[place] is None and text_before and _is_cue(block):
            end = _end(blocks, reasons, place)
            if end is not None:
                for at in range(place, end):
                    reasons[at] = reasons[at] or "teasers"
                place = end
                continue
        if reasons[place] is None and is_prose(block):
            text_before += 1
        place += 1


def _is_cue(block: Block) -> bool:
    # A label ends in nothing or a colon; a sentence ends in a full stop.
    if (
        block.kind not in ("heading", "paragraph")
        or len(block.text) > 80
        or block.text.rstrip()[-1:] in (".", "?", ",")
    ):
        return False
    return bool(_CUE.fullmatch(plain(block.text)))


def _end(blocks: Sequence[Block], reasons: Sequence[str | None], cue: int) -> int | None:
    """Where the teasers under the label at `cue` end; None when what follows is not built like teasers."""
    places = [at for at in range(cue + 1, len(blocks)) if reasons[at] is None]
    if not places:
        return None if _LOOSE.match(plain(blocks[cue].text)) else len(blocks)
    units, rest = _units(blocks, cue, places)
    titled = [unit for unit in units if is_title(blocks[unit[0]])]
    if not units or not titled:
        return _run_on(blocks, reasons, cue, places)
    loose = bool(_LOOSE.match(plain(blocks[cue].text)))
    if loose and (len(titled) < 2 or rest):
        return None
    if not rest:
        return (
            len(blocks) if len(units) > 1 or _beside_furniture(reasons, cue) or blocks[cue].kind == "heading" else None
        )
    # The text resumes: only bare titles, or items of a list, are surely the box that stood in its way.
    bare = _bare(units)
    return bare if bare is not None and (len(units) > 1 or blocks[cue].kind == "heading") else None


def _units(blocks: Sequence[Block], cue: int, places: Sequence[int]) -> tuple[list[list[int]], bool]:
    """Teasers from the label on, each a title with what belongs to it; and whether other text comes after them."""
    units: list[list[int]] = []
    for index, at in enumerate(places):
        block = blocks[at]
        if _resumes(blocks, cue, places, index, units):
            return _cut(blocks, units), True
        if _DATELINE.fullmatch(plain(block.text)) and units:
            units[-1].append(at)
        elif is_title(block):
            units.append([at])
        elif is_prose(block) and units and block.kind != "quote" and not _has_prose(blocks, units[-1]):
            units[-1].append(at)
        else:
            return units, True
    return units, False


def _resumes(
    blocks: Sequence[Block], cue: int, places: Sequence[int], index: int, units: Sequence[Sequence[int]]
) -> bool:
    """Whether the text goes on at `index`: a heading of the label's rank over prose, or a second paragraph running."""
    block = blocks[places[index]]
    if block.kind == "heading" and blocks[cue].kind == "heading" and block.level <= blocks[cue].level:
        following = [blocks[at] for at in places[index + 1 : index + 3]]
        if not _is_cue(block) and sum(map(is_prose, following)) != 1:
            return True
    return is_prose(block) and bool(units) and _has_prose(blocks, units[-1])


def _cut(blocks: Sequence[Block], units: list[list[int]]) -> list[list[int]]:
    """Without the standfirst that proved to be the text going on, when the teasers before it have none."""
    if len(units) > 1 and not any(_has_prose(blocks, unit) for unit in units[:-1]):
        units[-1] = [at for at in units[-1] if not is_prose(blocks[at])]
    return units


def _bare(units: Sequence[Sequence[int]]) -> int | None:
    last = max((at for unit in units for at in unit), default=None)
    return None if last is None else last + 1


def _has_prose(blocks: Sequence[Block], unit: Sequence[int]) -> bool:
    return any(is_prose(blocks[at]) for at in unit)


def _run_on(blocks: Sequence[Block], reasons: Sequence[str | None], cue: int, places: Sequence[int]) -> int | None:
    """Teasers whose title ran into the standfirst: believed only with other furniture right before the label.

    A converter that joins lines makes one long paragraph of a headline and its standfirst.
    """
    loose = bool(_LOOSE.match(plain(blocks[cue].text)))
    if loose or not _beside_furniture(reasons, cue) or len(places) > 12:
        return None
    shape = all(blocks[at].kind in ("paragraph", "list_item", "heading") for at in places)
    return len(blocks) if shape and not any(blocks[at].kind == "heading" for at in places[1:]) else None


def _beside_furniture(reasons: Sequence[str | None], cue: int) -> bool:
    return cue > 0 and reasons[cue - 1] is not None and reasons[cue - 1] not in ("hidden", "contents", "signature")
