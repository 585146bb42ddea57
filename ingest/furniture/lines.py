"""Single lines that only a web page says: share lines, menus, breadcrumbs, advertisement labels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.furniture.shape import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.documents import Block

_THING = r"(?:story|article|page|post|news|news story|blog|blog post|press release|report|content|item|video)"
_NETWORK = r"(?:facebook|twitter|x|linkedin|whatsapp|reddit|pinterest|telegram|bluesky|mastodon|threads|instagram|youtube|tumblr|flipboard|pocket|e-?mail|messenger|sms|weibo|wechat)"
_SHARE = re.compile(
    rf"share(?: (?:this|the|our))?(?: {_THING})?(?: (?:on|via|with|by|to)(?: {_NETWORK})(?:[,/ &]+(?:and )?{_NETWORK})*)?|"
    rf"share (?:this|the|our) {_THING}(?: with)?(?: (?:friends|your friends|others))?|share(?: this)? (?:with|via|on)|"
    rf"(?:share|tweet|post|send|print|save|e-?mail|pin|bookmark) this(?: {_THING})?|(?:tweet|post) (?:this|it|about this)|"
    rf"(?:follow|like|find|join) us on {_NETWORK}(?:[,/ &]+(?:and )?{_NETWORK})*|copy (?:the )?(?:link|url)(?: to clipboard)?|"
    rf"link copied(?: to clipboard)?|(?:click|tap) to share.{{0,60}}|share options|share tools|sharing options|"
    rf"opens in (?:a )?new (?:window|tab)|print(?: this| friendly)(?: {_THING})?|printer[- ]friendly(?: version)?|"
    rf"\d[\d.,]*k? (?:shares|tweets|likes|retweets)",
    re.I,
)
_WEAK = re.compile(
    rf"(?:{_NETWORK}|share|tweet|print|save|e-?mail(?: this)?|like|follow|copy link|link|pin(?: it)?|post|more|comments?(?: \(?\d+\)?)?|"
    rf"bookmark|download|subscribe|\d[\d.,]*k?)",
    re.I,
)
_NETWORKS_ALONE = re.compile(rf"{_NETWORK}(?:[\s,/|\u00b7\u2022&]+(?:{_NETWORK}|share|print|copy link|link))+", re.I)
_NAV = frozenset(
    "home,about,about us,contact,contact us,news,blog,login,log in,sign in,log out,register,search,menu,sitemap,site map,"
    "privacy,privacy policy,privacy notice,terms,terms of use,terms and conditions,terms of service,cookies,cookie policy,"
    "accessibility,accessibility statement,help,faq,faqs,careers,jobs,events,resources,products,services,solutions,subscribe,"
    "advertise,advertise with us,press,media,topics,sections,latest,opinion,features,podcasts,webinars,magazine,shop,donate,"
    "my account,newsletters,rss,category,categories,tags,archive,archives,main menu,skip to content,sport,business,politics,"
    "technology,science,health,world,uk,culture,video,editorial,contact the editor,about this site,copyright,disclaimer".split(
        ","
    )
)
_STRONG = re.compile(
    r"skip to (?:main |the )?(?:content|navigation|footer|search)|(?:back to|return to|scroll to) (?:the )?top(?: of (?:the )?page)?|"
    r"(?:toggle|open|close|show|hide)(?: the)? (?:main |site |mobile )?(?:menu|navigation|search)|you are here:?|jump to navigation",
    re.I,
)
_ADVERT = re.compile(
    r"advertisement|advertisement - story continues below|sponsored content|\[the_ad[^\]]{0,60}\]", re.I
)
_PARTS = re.compile(r"\s*[|\u00b7\u2022>\u203a\u00bb/\u2192]\s*")
_EDGE = 12


def mark(blocks: Sequence[Block], reasons: list[str | None]) -> None:
    """Set the reason of share lines, menus and advertisement labels."""
    for place, block in enumerate(blocks):
        if reasons[place] is not None or len(block.text) > 200 or block.kind in ("quote", "note", "table_row"):
            continue
        reasons[place] = _reason(block)
    _spread(blocks, reasons)
    _menus(blocks, reasons)


def _reason(block: Block) -> str | None:
    text = plain(block.text)
    if block.text.rstrip().endswith((".", "?")) and not text.startswith("opens in"):
        return None
    stands_alone = (len(text.split()) > 1 or block.text.rstrip().endswith(":")) and block.kind != "list_item"
    if stands_alone and (_SHARE.fullmatch(text) or _NETWORKS_ALONE.fullmatch(text)):
        return "share"
    if _STRONG.fullmatch(text):
        return "menu"
    return "advert" if _ADVERT.fullmatch(text) else None


def _spread(blocks: Sequence[Block], reasons: list[str | None]) -> None:
    """Words such as "Print" or "Facebook" are a share bar beside a share line, or three in a row with two networks."""
    at = 0
    while at < len(blocks):
        if not _is_weak(blocks, reasons, at) and reasons[at] != "share":
            at += 1
            continue
        end = at
        while end < len(blocks) and (reasons[end] == "share" or _is_weak(blocks, reasons, end)):
            end += 1
        run = range(at, end)
        networks = sum(bool(re.fullmatch(_NETWORK, plain(blocks[place].text), re.I)) for place in run)
        if any(reasons[place] == "share" for place in run) or (len(run) >= 3 and networks >= 2):
            for place in run:
                reasons[place] = "share"
        at = end


def _is_weak(blocks: Sequence[Block], reasons: Sequence[str | None], place: int) -> bool:
    block = blocks[place]
    if reasons[place] is not None or block.kind in ("quote", "note", "table_row") or len(block.text) > 40:
        return False
    return bool(_WEAK.fullmatch(plain(block.text)))


def _menus(blocks: Sequence[Block], reasons: list[str | None]) -> None:
    """Near the beginning or the end: lines that hold three links or more, and runs of four entries or more."""
    edges = [*range(min(_EDGE, len(blocks))), *range(max(_EDGE, len(blocks) - _EDGE), len(blocks))]
    run: list[int] = []
    for place in [*edges, -1]:
        if (
            place >= 0
            and reasons[place] is None
            and plain(blocks[place].text) in _NAV
            and (not run or place == run[-1] + 1)
        ):
            run.append(place)
            continue
        if len(run) >= 4:
            for entry in run:
                reasons[entry] = "menu"
        run = []
        if place >= 0 and reasons[place] is None and _is_bar(blocks[place]):
            reasons[place] = "menu"


def _is_bar(block: Block) -> bool:
    if block.kind in ("quote", "note") or len(block.text) > 300:
        return False
    parts = [plain(part) for part in _PARTS.split(block.text) if part.strip()]
    known = sum(part in _NAV for part in parts)
    breadcrumb = (
        len(parts) >= 2 and parts[0] == "home" and bool(re.match(r"\W*home\s*[>\u203a\u00bb/\u2192]", block.text, re.I))
    )
    return breadcrumb or (len(parts) >= 3 and known >= 2 and known * 2 >= len(parts) and max(map(len, parts)) <= 30)
