"""Where a draft's sentence says that it has its words from: "According to the BBC, ...", "as ZDNet reported"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAME = r"(?:the |The |its |Its |his |His |her |a |A )?(?:[A-Z][\w’'&.-]*)(?: (?:of |for |and |the |on )*[A-Z][\w’'&.-]*){0,6}"
_WRITING = "report|letter|article|story|statement|judgment|ruling|note|release|account|survey|blog|post|newspaper|magazine|website"
_OUTLET = re.compile(
    r"\b(?:BBC|ITV|CNN|Reuters|Guardian|Telegraph|Independent|Times|Post|News|Herald|Mail|Mirror|Sun|Express|Gazette|Journal|"
    r"Tribune|Chronicle|Wire|Wires|Trader|Update|Magazine|Press|Register|Economist|Politico|Bloomberg|Observer|Standard|Today|"
    r"Computer|Agence|AP|AFP|PA|Wikipedia)\b|News$|Times$|Post$|[a-z](?:Computer|Update|Crunch|Net|Wires?|Today)\b|ZDNet"
)
_FRONT = (
    re.compile(rf"^According to (?P<who>{_NAME})(?:[’']s? (?:\w+ ){{0,3}}?(?P<thing>{_WRITING})s?)?,? "),
    re.compile(rf"^As (?:reported by |reported in )?(?P<who>{_NAME})(?: (?:has )?(?:reported|reports|wrote))?, "),
    re.compile(rf"^In (?P<who>{_NAME})[’']s? (?:\w+ ){{0,3}}?(?P<thing>{_WRITING})(?: of [^,]{{4,40}})?, "),
    re.compile(rf"^(?P<who>{_NAME}) (?:has )?(?:reported|reports|wrote|writes) that "),
    re.compile(
        rf"^(?P<who>{_NAME})[’']s? (?:\w+ ){{0,3}}?(?P<thing>{_WRITING}) (?:says|said|states|stated|reports) that "
    ),
)
_BACK = (
    re.compile(rf",? according to (?P<who>{_NAME})(?=[.!]?$)"),
    re.compile(rf", (?:as )?(?P<who>{_NAME}) (?:has )?(?:reported|reports|wrote|writes)(?=[.!]?$)"),
    re.compile(rf",? as reported by (?P<who>{_NAME})(?=[.!]?$)"),
    re.compile(rf" [(\[](?:[Ss]ource: )?(?P<who>{_NAME})(?:, [^)\]]{{2,40}})?[)\]](?=[.!]?$)"),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a sentence names as its source, and the sentence without it.

    `is_source` tells that it is named as a publication, not as somebody who says something.
    """

    who: str
    rest: str
    is_source: bool

    def fits(self, *known: str | None) -> bool:
        """Whether one of the names given, a publisher's, an author's or a title's, is the one named."""
        wanted = _plain(self.who)
        return any(wanted in _plain(one) or _plain(one) in wanted for one in known if one)


_TELLS = re.compile(
    rf"(?P<who>{_NAME})[’']s? (?:\w+ ){{0,3}}?(?:{_WRITING}|count|figure)s?\b|[Aa]ccording to (?P<other>{_NAME})|"
    rf"(?P<third>{_NAME}) (?:has )?(?:reported|reports|wrote|writes|stressed|described)\b"
)


def tells_of_another(statement: str, frame: Frame) -> bool:
    """Whether a statement gives what it says as another publication's, and does not name the one the draft names."""
    if _plain(frame.who) in _plain(statement):
        return False
    named = (match["who"] or match["other"] or match["third"] for match in _TELLS.finditer(statement))
    return any(_OUTLET.search(one) for one in named)


def frame_of(text: str) -> Frame | None:
    """The frame of a sentence; None when it names no source. Nothing inside quotation marks is read."""
    for pattern in _FRONT:
        match = pattern.match(text)
        if match:
            rest = text[match.end() :]
            return Frame(_name(match["who"]), rest[:1].upper() + rest[1:], _is_source(match))
    for pattern in _BACK:
        match = pattern.search(text)
        if match and text[: match.start()].count("“") == text[: match.start()].count("”"):
            return Frame(_name(match["who"]), text[: match.start()] + text[match.end() :], _is_source(match, back=True))
    return None


def _is_source(match: re.Match[str], *, back: bool = False) -> bool:
    thing = match.groupdict().get("thing")
    reported = re.search(r"\b(?:reported|reports)\b|^ [(\[]", match.group())
    return bool(thing or reported or _OUTLET.search(match["who"]) or (back and match.group().startswith(" (")))


def _name(shown: str) -> str:
    return re.sub(r"^(?:the|its|his|her|a) ", "", shown, flags=re.I)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"^the ", "", name.casefold())).strip()
