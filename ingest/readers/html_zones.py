"""Which part of a page an element belongs to, by its tag, role, class and id: the reason it may be furniture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from ingest.readers.html_page import Page

_ROLES = {
    "navigation": "menu",
    "menu": "menu",
    "menubar": "menu",
    "search": "menu",
    "banner": "page_header",
    "contentinfo": "page_footer",
    "complementary": "sidebar",
    "alertdialog": "cookie",
    "dialog": "cookie",
}
_TAGS = {"nav": "menu", "header": "page_header", "footer": "page_footer", "aside": "sidebar"}
_CLASSES = {
    "cookie": {"cookie", "cookies", "cookiebanner", "cookieconsent", "consent", "gdpr", "onetrust", "cmp"},
    "share": {"share", "sharing", "sharebar", "sharedaddy", "addthis", "addtoany", "social", "socials"},
    "newsletter": {"newsletter", "newsletters", "subscribe", "subscription", "signup", "mailinglist", "mailchimp"},
    "teasers": {
        "related", "relatedposts", "relatedarticles", "recommended", "recommendations", "trending", "popular", "teaser",
        "teasers", "outbrain", "taboola", "readmore", "morefrom", "mostread", "upnext", "recent", "promo", "promos",
    },
    "menu": {
        "nav", "navbar", "navigation", "menu", "menus", "breadcrumb", "breadcrumbs", "skip", "skiplink", "pagination",
        "pager", "masthead", "sitemap", "toolbar", "topbar", "megamenu",
    },
    "advert": {"ad", "ads", "advert", "adverts", "advertisement", "advertising", "sponsored", "dfp", "adslot"},
    "comments": {"comments", "commentlist", "disqus", "respond"},
    "sidebar": {"sidebar", "widget", "widgets", "rail"},
    "page_footer": {"footer", "colophon"},
}  # fmt: skip
_REASON = {token: reason for reason, tokens in _CLASSES.items() for token in tokens}
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_FEWEST_WORDS = 12
_CONTENT = {"article", "main", "body", "html"}


class Zone(NamedTuple):
    """Why an element may be furniture. `sure` when its own markup says so, not merely a class name."""

    reason: str
    sure: bool


def zone_of(element: Any, page: Page, total: int) -> Zone | None:
    """The zone that begins at `element`, None when it begins none.

    `total` is the number of words on the page: what holds a large part of them is no side matter, whatever
    it is called.
    """
    tag = element.tag
    if tag in _CONTENT or page.words(element) * 5 > total * 2:
        return None
    role = element.get("role", "")
    if role in _ROLES:
        return Zone(_ROLES[role], role in ("navigation", "menu", "menubar", "contentinfo"))
    if tag in _TAGS:
        return _by_tag(element, tag, page)
    named = f"{element.get('class', '')} {element.get('id', '')}"
    if named == " ":
        return None
    for token in _TOKEN.findall(named):
        reason = _REASON.get(token.lower())
        if reason and element.find(".//h1") is None and element.find(".//article") is None:
            return None if _is_section(element, page, reason) else Zone(reason, False)
    return None


def _is_section(element: Any, page: Page, reason: str) -> bool:
    """Whether a part with an unlucky name ("recent-developments", "share-capital") is a section of the document.

    Boxes of other stories, share bars and menus are made of links, comments of a list or a form.
    """
    if element.tag not in ("section", "div") or page.words(element) < _FEWEST_WORDS:
        return False
    if reason == "comments":
        return next(element.iter("ol", "ul", "form", "article", "time"), None) is None
    return reason in ("teasers", "share", "menu") and not _is_linked(element, page)


def _is_linked(element: Any, page: Page) -> bool:
    return sum(page.words(link) for link in element.iter("a")) * 10 > page.words(element)


def _by_tag(element: Any, tag: str, page: Page) -> Zone | None:
    inside = any(above.tag in ("article", "section", "blockquote") for above in element.iterancestors())
    if tag == "aside" and any(above.tag in ("article", "main") for above in element.iterancestors()):
        # A fact box or a pull quote belongs to the article; a box of links to other pages does not.
        return Zone(_TAGS[tag], False) if _is_linked(element, page) else None
    if tag in ("header", "footer") and (inside or element.find(".//h1") is not None):
        return None
    if tag == "header" and any(above.tag == "main" for above in element.iterancestors()):
        return None
    return Zone(_TAGS[tag], tag == "nav")
