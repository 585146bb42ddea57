"""Lists of other stories under a label such as "Recent Stories", with titles, standfirsts or both.

The label alone proves nothing: a report may have a section of that name. What follows it must be built like
teasers, that is titles, or a title and one standfirst by turns, and must go on like that to the end of the document
or to where the text plainly resumes: at a heading of the label's own rank over prose, or at two paragraphs in a row.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from ingest.furniture.shape import is_prose, is_title, plain
from ingest.furniture.teaser_units import has_standfirst, teasers_under
from ingest.furniture.wording import any_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.documents import Block

_LABEL = any_of(
    r"""
    {kind}(?: (?:news|top|related|recent|popular))? {noun}(?: (?:from|on) .{2,50}| for you)?
    most (?:read|popular|viewed|shared|recent|commented)(?: (?:stories|articles|news|today|now|posts|this week))?
    you (?:may|might) (?:also )?(?:like|enjoy|be interested in)(?: these| reading)?
    (?:people|others|readers) also (?:read|viewed|liked)
    more (?:from|on|like|about) .{2,60}
    read (?:more|next|also|this next)|up next|next up|what to read next|don(?:'|’)t miss
    trending(?: now| topics)?
    recommended(?: for you| reading)?
    editor(?:'|’)?s(?:'|’)? (?:picks?|choice)
    in case you missed it
    also (?:on|in|from) .{2,40}
    around the web|from (?:around|across) the web
    (?:sponsored|promoted) (?:stories|links)
    """,
    kind="recent|latest|related|similar|popular|top|other|more|trending|featured|recommended|previous and related|further",
    noun="stories|articles|coverage|content|news|posts|reading|topics|headlines|videos|items|reports",
)
# Labels that are also fair headings of a document's own section: these need more to be believed.
_LOOSE = re.compile(
    r"more (?:from|on|like|about) |also (?:on|in|from) |further |read more|other |top |previous ", re.IGNORECASE
)
# News sites name their lists so; a document's own list or section has such a name as often.
_MODEST = re.compile(
    r".*(?:reports|items|reading|topics|content)|recommended|trending|"
    r"(?:more (?:on|about) (?!this\b)|also |further |other |top ).*",
    re.IGNORECASE,
)
# One other story in a line of its own, between two paragraphs: "Read more: Council votes to …".
_POINTER = any_of(
    r"""
    read (?:more|also|next)(?: on this)?: ?.+
    also read: ?.+
    (?:related|recommended) (?:story|article|stories|articles|coverage): ?.+
    """
)
_LONGEST_LABEL = 80
_FEWEST_WORDS = 4
_MANY = 12
_REACH = 60
"""A list of teasers is not longer than this, in blocks; what goes on beyond it is a list that is the document."""
_MOST_LABELS = 50
"""Labels looked at in one document: no page has as many boxes, and a hostile one must not take long."""


def mark(blocks: Sequence[Block], reasons: list[str | None]) -> None:
    """Set the reason of each label of teasers and of the teasers under it."""
    words_before = labels = 0
    for place, block in enumerate(blocks):
        if reasons[place] is not None:
            continue
        if words_before and _is_pointer(block):
            reasons[place] = "teasers"
        elif words_before and labels < _MOST_LABELS and _is_label(block):
            labels += 1
            for at in range(place, _end(blocks, reasons, place, words_before) or place):
                reasons[at] = reasons[at] or "teasers"
        elif is_prose(block):
            words_before += len(block.text.split())


def _is_label(block: Block) -> bool:
    # A label ends in nothing or a colon; a sentence ends in a full stop.
    text = block.text.rstrip()
    if block.kind not in ("heading", "paragraph") or len(text) > _LONGEST_LABEL or text[-1:] in (".", "?", ","):
        return False
    return bool(_LABEL.fullmatch(plain(text)))


def _is_pointer(block: Block) -> bool:
    """One other story in a line of its own: "Read more: Council votes to switch off face matching"."""
    if block.kind not in ("heading", "paragraph") or not _POINTER.fullmatch(block.text.strip()):
        return False
    title = block.text.partition(":")[2].strip()
    return len(title.split()) >= _FEWEST_WORDS and is_title(replace(block, text=title))


def _end(blocks: Sequence[Block], reasons: Sequence[str | None], label: int, words_before: int) -> int | None:
    """Where the teasers under the label end; None when what follows is not built like teasers."""
    wording = plain(blocks[label].text)
    loose, beside = bool(_LOOSE.match(wording)), _beside_furniture(reasons, label)
    places = list(islice((at for at in range(label + 1, len(blocks)) if reasons[at] is None), _REACH + 1))
    if _MODEST.fullmatch(wording) and not beside:
        return None
    if not places:
        return None if loose else len(blocks)
    units, rest = teasers_under(blocks, label, places, is_label=_is_label)
    titled = [unit for unit in units if is_title(blocks[unit[0]])]
    if not titled:
        return _run_on(blocks, reasons, label, places)
    if (loose and (len(titled) < 2 or rest)) or not (beside or _is_aside(blocks, label, units, words_before)):
        return None
    several = len(units) > 1 or blocks[label].kind == "heading"
    if rest:
        # The text resumes behind the box that stood in its way.
        return max(at for unit in units for at in unit) + 1 if several else None
    return len(blocks) if (several or beside) and len(places) <= _REACH else None


def _is_aside(blocks: Sequence[Block], label: int, units: Sequence[Sequence[int]], words_before: int) -> bool:
    """Whether what stands under the label is little beside the text above it, and not in sections of its own.

    A newsletter's "Latest news", or a list of somebody's recent articles, is the document itself.
    """
    words = sum(len(blocks[at].text.split()) for unit in units for at in unit)
    if not any(has_standfirst(blocks, unit) for unit in units):
        return words <= words_before
    in_sections = blocks[label].kind == "heading" and all(blocks[unit[0]].kind == "heading" for unit in units)
    return words * 2 <= words_before and not in_sections


def _run_on(blocks: Sequence[Block], reasons: Sequence[str | None], label: int, places: Sequence[int]) -> int | None:
    """Teasers whose title ran into the standfirst: believed only with other furniture right before the label.

    A converter that joins lines makes one long paragraph of a headline and its standfirst.
    """
    loose = bool(_LOOSE.match(plain(blocks[label].text)))
    if loose or not _beside_furniture(reasons, label) or len(places) > _MANY:
        return None
    shape = all(blocks[at].kind in ("paragraph", "list_item", "heading") for at in places)
    return len(blocks) if shape and not any(blocks[at].kind == "heading" for at in places[1:]) else None


def _beside_furniture(reasons: Sequence[str | None], label: int) -> bool:
    return (
        label > 0 and reasons[label - 1] is not None and reasons[label - 1] not in ("hidden", "contents", "signature")
    )
