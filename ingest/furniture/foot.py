"""The last lines of a web page: forms for comments, questions to the visitor, tags, copyright, what a feed left.

They are looked for from the last line upwards, and only as long as every line is one of them: a document may speak
of comments, feedback and rights anywhere else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.furniture.lines import is_entry, is_network
from ingest.furniture.wording import any_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.documents import Block

_FOOT = {
    "page_footer": any_of(
        r"""
        (?:copyright )?(?:©|\(c\)|copyright)\W.{2,120}\ball rights reserved\b.{0,20}
        (?:copyright )?(?:©|\(c\)) ?\d{4}\b[^.]{2,80}
        (?:have|got) (?:a|any) (?:news |story )?tips?\?.{0,240}
        do you have (?:a|any) (?:news )?(?:tip|story)\b.{0,60}\? ?(?:get in touch|contact|e-?mail|let us).{0,200}
        (?:tags?|filed under|posted in|topics?): ?[^.:;]{2,160}
        source link
        """
    ),
    "comments": any_of(
        r"""
        leave a (?:comment|reply)(?: cancel reply)?|post (?:a )?comment|be the first to comment|join the conversation
        (?:view|show|read|load) (?:all )?comments|(?:you must )?(?:log|sign) in to (?:comment|reply|post a comment)\.?
        your e-?mail address will not be published\.?.{0,60}|required fields are marked.{0,10}
        save my name, e-?mail.{0,120}
        """
    ),
    "feedback": any_of(
        r"""
        (?:is|was) this (?:page|article) (?:useful|helpful)\??|(?:yes|no),? this (?:page|article) is (?:not )?(?:useful|helpful)
        report a problem with this page|(?:thank you|thanks) for your feedback|maybe|yes|no
        """
    ),
    "menu": any_of(
        r"{link}(?:[\s|·•,]+{link})*",
        link=r"unsubscribe|view (?:this e-?mail )?(?:in|on) (?:your |a |the )?(?:browser|web)|forward to a friend|"
        r"(?:update|manage) (?:your )?(?:e-?mail )?(?:preferences|subscription)",
    ),
}
_ASKED = re.compile(r"(?:is|was) this (?:page|article)\b", re.IGNORECASE)
_SHORT_ANSWER = re.compile(r"maybe|yes|no", re.IGNORECASE)
# What feed readers and re-posting services leave behind the last paragraph: "from The Paper https://…".
_FEED = re.compile(r"(?:from|via) [^.!?]{2,90}(?:\.\.\.|…)? https?://\S+")


def mark(blocks: Sequence[Block], reasons: list[str | None]) -> None:
    """Set the reason of the lines at the foot of a page."""
    answers: list[int] = []
    for place in range(len(blocks) - 1, -1, -1):
        text = blocks[place].text.strip()
        if reasons[place] is not None:
            continue
        reason = _reason(text) or _link(blocks[place], reasons[place + 1 :])
        if reason is None or blocks[place].kind in ("quote", "note", "table_row"):
            return
        if _SHORT_ANSWER.fullmatch(text):
            answers.append(place)
            continue
        if answers and not _ASKED.match(text):
            return
        for at in (place, *answers):
            reasons[at] = reason
        answers = []


def _reason(text: str) -> str | None:
    if _FEED.fullmatch(text):
        return "page_footer"
    return next((reason for reason, wording in _FOOT.items() if wording.fullmatch(text)), None)


def _link(block: Block, below: Sequence[str | None]) -> str | None:
    """An entry of a menu, or a network's name, right above other lines of the foot."""
    if not below or block.kind == "heading":
        return None
    return "menu" if is_entry(block) else "share" if is_network(block) else None
