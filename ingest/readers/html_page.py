"""A page as a tree: parsed without network or entities, measured, and with what a reader cannot see found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from ingest.encodings import Decoded, charset, decode
from ingest.errors import UnreadableSource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.documents import Source

UNSEEN = frozenset(
    {
        "script", "style", "template", "noscript", "head", "title", "svg", "canvas", "iframe", "object", "embed", "audio",
        "video", "picture", "map", "select", "option", "datalist", "textarea", "button", "input", "link", "meta", "img",
        "frame", "frameset", "noframes", "applet", "param", "source", "track", "dialog", "rp",
    }
)  # fmt: skip
"""Elements whose text is never part of the page's own text."""

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{2,40})|<\?xml[^>]{0,100}encoding=[\"']([\w.:-]{2,40})", re.I
)
_LONG_TAG = re.compile(r"<[^<>]{50000,}")
_MOST_ATTRIBUTES = 5_000
_WHITE = r"(?:white|#fff(?:fff)?|transparent|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\)|rgba\([^)]*,\s*0(?:\.0+)?\s*\))"
_HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0*(?:\.0+)?[01]?(?:px|pt|em|rem|%)?\s*(?:!|;|$)|"
    r"opacity\s*:\s*0(?:\.0+)?\s*(?:!|;|$)|(?:left|top|text-indent|margin-left)\s*:\s*-\d{3,}|"
    r"clip\s*:\s*rect\(\s*[01](?:px)?[\s,]|clip-path\s*:\s*inset\(\s*(?:50|100)%|mso-hide\s*:\s*all|"
    r"(?:max-height|height|width)\s*:\s*[01](?:px)?\s*;.*overflow\s*:\s*hidden|overflow\s*:\s*hidden\s*;.*(?:height|width)\s*:\s*[01](?:px)?\s*(?:;|$)",
    re.I | re.S,
)
_PALE = re.compile(rf"(?:^|[;\s])color\s*:\s*{_WHITE}", re.I)
_GROUND = re.compile(r"background(?:-color|-image)?\s*:", re.I)
_UNSEEN_CLASSES = frozenset(
    {"visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text", "govuk-visually-hidden"}
)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"[.#][\w-]+")


class Page:
    """A parsed page. `words` counts the words under each element, itself included, unseen ones left out."""

    def __init__(self, root: Any, decoded: Decoded) -> None:
        self.root = root
        self.decoded = decoded
        self._hiding = _hiding_selectors(root)
        self._widths: dict[Any, int] = {}
        self.depth = 0
        self._measure()

    def is_hidden(self, element: Any) -> bool:
        """Whether a person looking at the page does not see this element: by attribute, style or class."""
        attributes = element.attrib
        if not attributes:
            return False
        if "hidden" in attributes or attributes.get("aria-hidden", "").lower() == "true":
            return True
        style = attributes.get("style", "")
        if style and (_HIDES.search(style) or (_PALE.search(style) and not self._has_ground(element))):
            return True
        if element.tag == "font" and re.fullmatch(r"white|#?fff(?:fff)?", attributes.get("color", ""), re.I):
            return not self._has_ground(element)
        names = attributes.get("class", "").split()
        if not _UNSEEN_CLASSES.isdisjoint(names):
            return True
        return bool(self._hiding) and (
            not self._hiding.isdisjoint(f".{name}" for name in names) or f"#{attributes.get('id')}" in self._hiding
        )

    def words(self, element: Any) -> int:
        """Words of text under the element."""
        return self._widths.get(element, 0)

    def _measure(self) -> None:
        depth = 0
        for event, element in etree.iterwalk(self.root, events=("start", "end")):
            if event == "start":
                depth += 1
                self.depth = max(self.depth, depth)
                continue
            depth -= 1
            if not isinstance(element.tag, str) or element.tag in UNSEEN:
                continue
            own = len((element.text or "").split())
            own += sum(self._widths.get(child, 0) + len((child.tail or "").split()) for child in element)
            self._widths[element] = own

    @staticmethod
    def _has_ground(element: Any) -> bool:
        """White text is seen on a background; one declared on the element or around it is taken for dark."""
        at = element
        while at is not None:
            if at.get("bgcolor") or at.get("background") or _GROUND.search(at.get("style", "")):
                return True
            at = at.getparent()
        return False


def parse(source: Source) -> Page:
    """The page of `source`.

    Raises:
        UnreadableSource: no element is in it, one bears thousands of attributes, or thousands are nested.
    """
    found = _CHARSET.search(source.content[:4096])
    declared = (source.media_type or "").partition("charset=")[2].partition(";")[0]
    named = (found[1] or found[2]).decode("ascii") if found else None
    decoded = decode(source.content, declared if charset(declared) else named)
    return parse_text(decoded, source.name)


def parse_text(decoded: Decoded, name: str) -> Page:
    """The page of a text that is decoded already."""
    for tag in _LONG_TAG.finditer(decoded.text):
        # Attribute names are compared with one another, so many of them take minutes; long values do no harm.
        if tag.group().count("=") > _MOST_ATTRIBUTES or len(tag.group().split()) > _MOST_ATTRIBUTES:
            raise UnreadableSource(
                f"`{name}` holds an element with thousands of attributes.", remedy="Save the page as PDF."
            )
    # libxml2 ends the text at a NUL, and refuses lone surrogates.
    text = re.sub("[\x00-\x08\x0e-\x1f\ud800-\udfff]", "", decoded.text)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)  # noqa: S320 - HTML mode knows no external entities
    except etree.XMLSyntaxError as error:
        raise UnreadableSource(f"`{name}` holds no readable HTML.", remedy="Save the page again, or as PDF.") from error
    if root is None:
        raise UnreadableSource(f"`{name}` holds no readable HTML.", remedy="Save the page again, or as PDF.")
    if any("depth" in entry.message for entry in parser.error_log):
        # libxml2 drops all that stands beyond the depth it allows, and what follows it.
        raise UnreadableSource(f"`{name}` is nested too deeply.", remedy="Save the page as PDF.")
    return Page(root, decoded)


def _hiding_selectors(root: Any) -> frozenset[str]:
    """Single classes and ids that a style element of the page hides; rules inside @media are left alone."""
    hidden: set[str] = set()
    for style in root.iter("style"):
        text = re.sub(r"/\*.*?\*/", "", (style.text or "")[:500_000], flags=re.S)
        for rule in _RULE.finditer(_outside_at_rules(text)):
            if _HIDES.search(rule[2]) or (_PALE.search(rule[2]) and not _GROUND.search(rule[2])):
                hidden.update(part.strip() for part in rule[1].split(",") if _SIMPLE.fullmatch(part.strip()))
    return frozenset(hidden)


def _outside_at_rules(css: str) -> str:
    return "".join(_top_level(css))


def _top_level(css: str) -> Iterator[str]:
    at = 0
    while (start := css.find("@", at)) >= 0:
        yield css[at:start]
        depth, at = 0, start
        for at in range(start, len(css)):  # noqa: B020 - the place where the rule ends is wanted
            depth += {"{": 1, "}": -1}.get(css[at], 0)
            if depth == 0 and css[at] in "};":
                break
        at += 1
    yield css[at:]
