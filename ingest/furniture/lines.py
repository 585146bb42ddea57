"""Single lines that only a web page says: share lines, menus, breadcrumbs, advertisement labels, walls."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from ingest.furniture.shape import ends_here, is_introduced, is_section, plain, ranks
from ingest.furniture.wording import any_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.documents import Block

_NETWORK = (
    "facebook|twitter|x|linked ?in|whatsapp|reddit|pinterest|telegram|bluesky|mastodon|threads|instagram|youtube|tumblr|"
    "flipboard|pocket|e-?mail|messenger|sms|weibo|wechat"
)
_SHARE = any_of(
    r"""
    share(?: (?:this|the|our) {thing}| this)?(?: (?:on|via|with|by|to) {networks})?
    share (?:story|article|page|post|blog|video)(?: (?:on|via|with|by|to) {networks})?
    share (?:this|the|our) {thing}(?: with)?(?: (?:friends|your friends|others))?
    share(?: this)? (?:with|via|on)
    (?:share|tweet|post|send|print|save|e-?mail|pin|bookmark) this(?: {thing})?
    (?:tweet|post) (?:this|it|about this)
    (?:follow|like|find|join) us on {networks}
    copy (?:the )?(?:link|url)(?: to clipboard)?|link copied(?: to clipboard)?
    (?:click|tap) to share.{0,60}
    opens in (?:a )?new (?:window|tab)
    print(?: this| friendly)(?: {thing})?|printer[- ]friendly(?: version)?
    """,
    thing="story|article|page|post|news|news story|blog|blog post|press release|report|content|item|video",
    networks=rf"(?:{_NETWORK})(?:[,/ &]+(?:and )?(?:{_NETWORK}))*",
)
# Words that are a share line only among others of their kind.
_ACTION = any_of(
    r"""
    share|tweet|print|save|e-?mail this|like|follow|copy link|link|pin(?: it)?|post|more|bookmark|download|subscribe
    share options|share tools|sharing options
    comments?(?: \(?\d+\)?)?|\d+ comments?
    \d[\d.,]*k?(?: (?:shares|tweets|likes|retweets))?
    """
)
_NETWORK_NAME = re.compile(_NETWORK, re.IGNORECASE)
_NETWORKS_ALONE = any_of(r"{network}(?:[\s/|·•&]+(?:{network}|share|print|copy link|link))+", network=_NETWORK)
_NAV = frozenset(
    """
    home,about,about us,contact,contact us,news,blog,login,log in,sign in,log out,register,search,menu,sitemap,site map,
    privacy,privacy policy,privacy notice,terms,terms of use,terms and conditions,terms of service,cookies,cookie policy,
    accessibility,accessibility statement,help,faq,faqs,careers,jobs,events,resources,products,services,solutions,
    subscribe,advertise,advertise with us,press,media,topics,sections,latest,opinion,features,podcasts,webinars,magazine,
    shop,donate,my account,newsletters,rss,category,categories,tags,archive,archives,main menu,skip to content,sport,
    business,politics,technology,science,health,world,uk,culture,video,editorial,contact the editor,about this site,
    copyright,disclaimer,reports,publications
    """.replace("\n    ", "").split(",")
)
_ENTRIES = re.compile(rf"(?:(?:{'|'.join(sorted(map(re.escape, _NAV), key=len, reverse=True))})(?: |$)){{3,}}")
_STRONG = any_of(
    r"""
    skip to (?:main |the )?(?:content|navigation|footer|search)
    (?:back to|return to|scroll to) (?:the )?top(?: of (?:the )?page)?
    (?:toggle|open|close|show|hide)(?: the)? (?:main |site |mobile )?(?:menu|navigation|search)
    you are here|jump to navigation
    """
)
_ADVERT = any_of(
    r"""
    advertisement(?: - (?:story|article) continues below)?
    sponsored content
    (?:source link )?\[(?:the_)?ads?\b[^\]]{0,60}\]?
    """
)
_READING_TIME = any_of(
    r"(?:estimated )?(?:reading time:? )?\d{1,2}[ -]min(?:ute)?s? read|reading time:? \d{1,2} min(?:ute)?s?"
)
_WALL = any_of(
    r"""
    subscribe to (?:continue reading|read (?:more|on|the full (?:story|article)))
    (?:to )?continue reading,? (?:subscribe|register|log in|sign in).{0,40}
    already a (?:subscriber|member|registered user)\? ?(?:log|sign) in.{0,20}
    """
)
_PARTS = re.compile(r"\s*[|·•>›»/→]\s*")
_TRAIL = re.compile(r"\W*home\s*(?:[>›»→]|/[^/]+/)", re.IGNORECASE)
_EDGE = 12
_NOT_LABELS = ("quote", "note", "table_row")


def mark(blocks: Sequence[Block], reasons: list[str | None]) -> None:
    """Set the reason of share lines, menus, advertisement labels, reading times and subscribers' walls."""
    ranked = ranks(blocks)
    for place, block in enumerate(blocks):
        if reasons[place] is None and len(block.text) <= 200 and block.kind not in _NOT_LABELS:
            reasons[place] = _reason(block, ranked)
    _share_bars(blocks, reasons)
    _menus(blocks, reasons)


def is_entry(block: Block) -> bool:
    """Whether the block is one word or two that menus are made of."""
    return plain(block.text) in _NAV


def is_network(block: Block) -> bool:
    """Whether the block is the name of a network, as under a button."""
    return bool(_NETWORK_NAME.fullmatch(plain(block.text)))


def _reason(block: Block, ranked: dict[int, set[str]]) -> str | None:
    text = plain(block.text)
    if block.text.rstrip().endswith((".", "?")) and not text.startswith("opens in"):
        return None
    stands_alone = (len(text.split()) > 1 or block.text.rstrip().endswith(":")) and block.kind != "list_item"
    if stands_alone and (_SHARE.fullmatch(text) or _NETWORKS_ALONE.fullmatch(text)):
        return "share"
    if _STRONG.fullmatch(text):
        return "menu"
    if _WALL.fullmatch(text):
        return "subscription"
    if _READING_TIME.fullmatch(text):
        return "byline"
    return "advert" if _ADVERT.fullmatch(text) and not is_section(block, ranked) else None


def _share_bars(blocks: Sequence[Block], reasons: list[str | None]) -> None:
    """Words such as "Print" or "Facebook" are a share bar beside a share line, or three in a row with two networks.

    Networks alone may be what a text is about: they are a bar only at an end of the page, and not as its list.
    """
    for run in _runs(blocks, reasons):
        if not any(reasons[place] == "share" for place in run) and not _is_bar_of_words(blocks, reasons, run):
            continue
        for place in run:
            reasons[place] = "share"


def _runs(blocks: Sequence[Block], reasons: Sequence[str | None]) -> Iterator[list[int]]:
    for belongs, places in groupby(
        range(len(blocks)), lambda at: reasons[at] == "share" or _is_weak(blocks, reasons, at)
    ):
        if belongs:
            yield list(places)


def _is_weak(blocks: Sequence[Block], reasons: Sequence[str | None], place: int) -> bool:
    block = blocks[place]
    if reasons[place] is not None or block.kind in _NOT_LABELS or len(block.text) > 40:
        return False
    return is_network(block) or bool(_ACTION.fullmatch(plain(block.text)))


def _is_bar_of_words(blocks: Sequence[Block], reasons: Sequence[str | None], run: Sequence[int]) -> bool:
    networks = sum(is_network(blocks[place]) for place in run)
    if len(run) < 3 or networks < 2 or is_introduced(blocks, run[0]):
        return False
    if networks < len(run):
        return True
    listed = all(blocks[place].kind == "list_item" for place in run)
    return not listed and (run[0] < _EDGE // 2 or ends_here(reasons, run[-1]))


def _menus(blocks: Sequence[Block], reasons: list[str | None]) -> None:
    """Near the beginning or the end: lines that hold three links or more, and runs of four entries or more."""
    edges = [*range(min(_EDGE, len(blocks))), *range(max(_EDGE, len(blocks) - _EDGE), len(blocks))]
    run: list[int] = []
    for place in edges:
        entry = reasons[place] is None and is_entry(blocks[place])
        if run and (not entry or place != run[-1] + 1):
            _menu(blocks, reasons, run)
            run = []
        if entry:
            run.append(place)
        elif reasons[place] is None and _is_bar(blocks[place]):
            reasons[place] = "menu"
    _menu(blocks, reasons, run)


def _menu(blocks: Sequence[Block], reasons: list[str | None], run: Sequence[int]) -> None:
    if len(run) >= 4 and not is_introduced(blocks, run[0]):
        for place in run:
            reasons[place] = "menu"


def _is_bar(block: Block) -> bool:
    if block.kind in ("quote", "note") or len(block.text) > 300:
        return False
    parts = [plain(part) for part in _PARTS.split(block.text) if part.strip()]
    if len(parts) >= 2 and _TRAIL.match(block.text):
        return True
    if _ENTRIES.fullmatch(plain(block.text)):
        return True
    known = sum(part in _NAV for part in parts)
    return len(parts) >= 3 and known >= 2 and known * 2 >= len(parts) and max(map(len, parts)) <= 30
