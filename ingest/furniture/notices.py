"""Boxes of several lines: cookie notices with their buttons, newsletter boxes with their form."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from ingest.furniture.shape import ends_here, is_prose, is_section, plain, ranks
from ingest.furniture.wording import any_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.documents import Block

_COOKIE = any_of(
    r"""
    {who} (?:and our (?:\d+ )?partners )?uses?(?: some)?(?: essential| necessary)? cookies\b
    we(?:'|’)d (?:also )?like to (?:set|use)\b.{0,40}\bcookies
    cookies on (?:this (?:web)?site|[\w.]{3,40})$
    we value your privacy
    your (?:privacy|cookie) (?:choices|preferences|settings)
    this (?:web)?site (?:stores|places) cookies
    """,
    who=r"we|this (?:web)?site|our (?:web)?site|[\w.&' -]{2,40}",
)
_PRESS = any_of(
    r"""
    {press}(?: {which})* (?:cookies?|cookie (?:settings|preferences|message|policy)|settings|preferences|all|message)
    (?:accept|allow|reject|decline|deny|disagree)(?: all)?
    accept and (?:close|continue)
    (?:i )?agree|got it!?|i understand|no,? thanks|ok(?:ay)?|close|dismiss
    """,
    press="accept|allow|agree to|reject|decline|refuse|manage|set|view|change|hide|customi[sz]e",
    which="all|additional|optional|necessary|this|your|my|essential|only",
)
# Links of a notice that may as well be headings of a cookie policy.
_LINK = any_of(
    r"""
    cookie (?:settings|preferences|policy|options)|view cookies
    find out more|learn more|read more
    """
)
_CONSENT = re.compile(
    r"by (?:continuing|using|browsing|closing|clicking|scrolling)\b.{0,120}\b(?:cookies|site|website|agree|consent)",
    re.IGNORECASE,
)
_NEWSLETTER = any_of(
    r"""
    (?:sign(?:ing)? up|subscribe|register|join)\b.{0,80}?\b{letter}\b.{0,60}
    (?:get|receive|want)\b.{0,90}\b(?:{letter}|to your inbox|by e-?mail|in your inbox)\b.{0,40}
    (?:our|free|the)?\s*(?:daily|weekly|free|e-?mail)?\s*newsletters?(?: sign ?up)?
    never miss an? (?:story|update|article).{0,60}
    stay (?:up to date|informed|in the loop|connected)(?: with.{0,60})?
    """,
    letter=r"newsletters?|e-?mail (?:updates?|alerts?|bulletin)|bulletin|inbox|mailing list|"
    r"(?:daily|weekly) (?:briefing|digest|update)",
)
_ORDER = re.compile(r"(?:sign up|subscribe|get|join|register)\b", re.IGNORECASE)
_FORM = any_of(
    r"""
    (?:enter |your )+(?:e-?mail|name)(?: address)?.{0,30}
    e-?mail(?: address)?\*?|(?:first|last|full) name\*?
    sign (?:me )?up(?: now| today)?|subscribe(?: now)?|submit|join(?: now)?
    i (?:agree|consent|have read|would like)\b.{0,160}
    by (?:signing up|subscribing|submitting|clicking).{0,240}
    you can unsubscribe.{0,80}|unsubscribe (?:at )?any ?time.{0,40}|no spam.{0,60}
    (?:thank you|thanks) for (?:subscribing|signing up).{0,40}
    check your inbox.{0,80}|please enter a valid.{0,60}
    we(?:'|’)ll (?:never|only).{0,120}
    view our privacy.{0,40}|privacy (?:policy|notice)
    """
)
_LONGEST_NOTICE = 90
_LONGEST_CALL = 28
_REACH = 12
_MANY_MENTIONS = 3


def mark(blocks: Sequence[Block], reasons: list[str | None]) -> None:
    """Set the reason of cookie notices and newsletter boxes."""
    ranked = ranks(blocks)
    for place, block in enumerate(blocks):
        if reasons[place] is not None or block.kind in ("quote", "note", "table_row"):
            continue
        if _tells_of_cookies(block):
            _cookies(blocks, reasons, place)
        elif _calls(block):
            _newsletter(blocks, reasons, place, ranked)


def _tells_of_cookies(block: Block) -> bool:
    return bool(_COOKIE.match(block.text)) and len(block.text.split()) <= _LONGEST_NOTICE


def _cookies(blocks: Sequence[Block], reasons: list[str | None], place: int) -> None:
    """A notice needs its buttons beside it, or to ask for consent by going on: a cookie policy does neither."""
    said, end = [place], place + 1
    while end < len(blocks) and reasons[end] is None and _tells_of_cookies(blocks[end]):
        said.append(end)
        end += 1
    buttons = [at for at in _following(blocks, reasons, said[-1], _PRESS, _LINK) if _is_button(blocks[at])]
    if buttons:
        between = [at for at in range(end, buttons[0]) if "cookie" in blocks[at].text.casefold()]
        for at in (*said, *between, *buttons):
            reasons[at] = "cookie"
    elif _CONSENT.search(blocks[place].text) and _stands_apart(blocks, reasons, said):
        for at in said:
            reasons[at] = "cookie"


def _stands_apart(blocks: Sequence[Block], reasons: Sequence[str | None], said: Sequence[int]) -> bool:
    """Whether a notice without buttons is at an end of a page that is not itself about cookies."""
    others = (block for at, block in enumerate(blocks) if not said[0] <= at <= said[-1] and reasons[at] is None)
    mentions = islice((block for block in others if "cookie" in block.text.casefold()), _MANY_MENTIONS)
    if blocks[said[0]].kind == "list_item" or sum(1 for _ in mentions) == _MANY_MENTIONS:
        return False
    first = not any(is_prose(blocks[at]) and reasons[at] is None for at in range(said[0]))
    return first or ends_here(reasons, said[-1])


def _is_button(block: Block) -> bool:
    return block.kind != "heading" or bool(_PRESS.fullmatch(plain(block.text)))


def _calls(block: Block) -> bool:
    text = block.text.strip()
    words = len(text.split())
    if not 2 <= words <= _LONGEST_CALL and not (words == 1 and block.kind == "heading"):
        return False
    return bool(_NEWSLETTER.fullmatch(plain(text)))


def _newsletter(blocks: Sequence[Block], reasons: list[str | None], place: int, ranked: dict[int, set[str]]) -> None:
    """A call to sign up is a box when a form follows, or other furniture stands beside it, or nothing follows it."""
    block = blocks[place]
    form = _following(blocks, reasons, place, _FORM)
    beside = [reasons[at] for at in (place - 1, place + 1) if 0 <= at < len(blocks)]
    if block.kind == "list_item" and not form:
        return
    # "Our newsletter" is a fair heading of a section; an order to sign up is not.
    ordered = _ORDER.match(block.text.strip())
    alone = (
        any(beside) or ends_here(reasons, place) or not (block.text.rstrip().endswith(".") or is_section(block, ranked))
    )
    if form or (ordered and alone):
        for at in (place, *form):
            reasons[at] = "newsletter"


def _following(
    blocks: Sequence[Block], reasons: Sequence[str | None], place: int, *patterns: re.Pattern[str]
) -> list[int]:
    """The blocks right after `place` that a pattern fully matches, one other line of no great length allowed between."""
    found: list[int] = []
    missed = False
    for at in range(place + 1, min(place + _REACH, len(blocks))):
        text = plain(blocks[at].text)
        if reasons[at] is None and len(text) <= 260 and any(pattern.fullmatch(text) for pattern in patterns):
            found.append(at)
        elif missed or found or len(text.split()) > 60:
            break
        else:
            missed = True
    return found
