"""Boxes of several lines: cookie notices with their buttons, newsletter boxes with their form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.furniture.shape import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.documents import Block

_COOKIE = re.compile(
    r"(?:we|this (?:web)?site|our (?:web)?site|[\w.&' -]{2,40}) (?:and our (?:\d+ )?partners )?uses?(?: some)?(?: essential| necessary)? cookies\b|"
    r"we(?:'|\u2019)d (?:also )?like to (?:set|use)\b.{0,40}\bcookies|cookies on (?:this (?:web)?site|gov\.uk|[\w.]{3,40})$|"
    r"we value your privacy|your (?:privacy|cookie) (?:choices|preferences|settings)|this (?:web)?site (?:stores|places) cookies",
    re.I,
)
_COOKIE_BUTTON = re.compile(
    r"(?:accept|allow|agree to|reject|decline|refuse|manage|set|view|change|hide|customi[sz]e)(?: (?:all|additional|optional|necessary|this|your|my|essential|only))*"
    r"(?: (?:cookies?|cookie (?:settings|preferences|message|policy)|settings|preferences|all|message))|"
    r"(?:accept|allow|reject|decline|deny|disagree)(?: all)?|accept and (?:close|continue)|(?:i )?agree|got it!?|i understand|"
    r"cookie (?:settings|preferences|policy|options)|view cookies|no,? thanks|ok(?:ay)?|close|dismiss|find out more|learn more|read more",
    re.I,
)
_CONSENT = re.compile(
    r"by (?:continuing|using|browsing|closing|clicking|scrolling)\b.{0,120}\b(?:cookies|site|website|agree|consent)",
    re.I,
)
_LETTER = r"(?:newsletters?|e-?mail (?:updates?|alerts?|bulletin)|bulletin|inbox|mailing list|daily (?:briefing|digest|update)|weekly (?:briefing|digest|update))"
_NEWSLETTER = re.compile(
    rf"(?:sign(?:ing)? up|subscribe|register|join)\b.{{0,80}}?\b{_LETTER}\b.{{0,60}}|"
    rf"(?:get|receive|want)\b.{{0,90}}\b(?:{_LETTER}|to your inbox|by e-?mail|in your inbox)\b.{{0,40}}|"
    rf"(?:our|free|the)?\s*(?:daily|weekly|free|e-?mail)?\s*newsletters?(?: sign ?up)?|never miss an? (?:story|update|article).{{0,60}}|"
    r"stay (?:up to date|informed|in the loop|connected)(?: with.{0,60})?",
    re.I,
)
_FORM = re.compile(
    r"(?:enter |your )+(?:e-?mail|name)(?: address)?.{0,30}|e-?mail(?: address)?\*?|(?:first|last|full) name\*?|sign (?:me )?up(?: now| today)?|subscribe(?: now)?|submit|"
    r"join(?: now)?|i (?:agree|consent|have read|would like)\b.{0,160}|by (?:signing up|subscribing|submitting|clicking).{0,240}|"
    r"you can unsubscribe.{0,80}|unsubscribe (?:at )?any ?time.{0,40}|no spam.{0,60}|(?:thank you|thanks) for (?:subscribing|signing up).{0,40}|"
    r"check your inbox.{0,80}|please enter a valid.{0,60}|we(?:'|\u2019)ll (?:never|only).{0,120}|view our privacy.{0,40}|privacy (?:policy|notice)",
    re.I,
)
_LONGEST_NOTICE = 90
_LONGEST_CALL = 28


def mark(blocks: Sequence[Block], reasons: list[str | None]) -> None:
    """Set the reason of cookie notices and newsletter boxes."""
    for place, block in enumerate(blocks):
        if reasons[place] is not None or block.kind in ("quote", "note", "table_row"):
            continue
        if _COOKIE.match(block.text) and len(block.text.split()) <= _LONGEST_NOTICE:
            _cookies(blocks, reasons, place)
        elif _calls(block):
            _newsletter(blocks, reasons, place)


def _cookies(blocks: Sequence[Block], reasons: list[str | None], place: int) -> None:
    """A notice needs its buttons beside it, or to ask for consent by going on: a cookie policy does neither."""
    buttons = _following(blocks, reasons, place, _COOKIE_BUTTON)
    text = next((at for at in range(place + 1, min(place + 4, len(blocks))) if at not in buttons), None)
    if not buttons and text is not None and _COOKIE.match(blocks[text].text):
        # A heading such as "Cookies on this site" over the notice itself.
        buttons = _following(blocks, reasons, text, _COOKIE_BUTTON)
        buttons = [text, *buttons] if buttons else []
    if not buttons and not _CONSENT.search(blocks[place].text):
        return
    for at in (place, *buttons):
        reasons[at] = "cookie"


def _calls(block: Block) -> bool:
    text = block.text.strip()
    words = len(text.split())
    if not 2 <= words <= _LONGEST_CALL and not (words == 1 and block.kind == "heading"):
        return False
    return bool(_NEWSLETTER.fullmatch(plain(text)))


def _newsletter(blocks: Sequence[Block], reasons: list[str | None], place: int) -> None:
    """A call to sign up is a box when a form follows, or other furniture stands beside it, or nothing follows it."""
    form = _following(blocks, reasons, place, _FORM)
    beside = [reasons[at] for at in (place - 1, place + 1) if 0 <= at < len(blocks)]
    last = all(reason is not None for reason in reasons[place + 1 :])
    if blocks[place].kind == "list_item" and not form:
        return
    # "Our newsletter" is a fair heading of a section; an order to sign up is not.
    ordered = re.match(r"(?:sign up|subscribe|get|join|register)\b", blocks[place].text.strip(), re.I)
    if form or (ordered and (any(beside) or last or not blocks[place].text.rstrip().endswith("."))):
        for at in (place, *form):
            reasons[at] = "newsletter"


def _following(
    blocks: Sequence[Block], reasons: Sequence[str | None], place: int, pattern: re.Pattern[str]
) -> list[int]:
    """The blocks right after `place` that `pattern` fully matches, one other short line allowed between."""
    found: list[int] = []
    missed = 0
    for at in range(place + 1, min(place + 12, len(blocks))):
        text = plain(blocks[at].text)
        if reasons[at] is None and len(text) <= 260 and pattern.fullmatch(text):
            found.append(at)
            missed = 0
        elif missed or found:
            break
        else:
            missed += 1
            if len(text.split()) > 60:
                break
    return found
