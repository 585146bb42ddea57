"""A document's own word that it, or another document, has been corrected."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.understanding.statement import Correction

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ingest.documents import Metadata, PlacedBlock

_ITSELF = re.compile(
    r"\b(?:this (?:story|article|report|page|piece|post|release|document|version) (?:has been|was|is being) (?:corrected|amended|updated to correct|"
    r"revised to correct)|(?:an )?earlier version of this (?:story|article|report|page|piece|post|release) (?:said|stated|gave|misstated|misidentified|"
    r"incorrectly|wrongly|suggested|referred|reported|named)|a previous version of this (?:story|article|report|page|piece|post) |"
    r"an earlier version (?:said|stated|wrongly|incorrectly|misstated))",
    re.I,
)
_NOTICE = re.compile(
    r"^(?:editor[’']s note|correction|corrections and clarifications|clarification|erratum|corrigendum)\b\s*[:–—\-(]?\s*",
    re.I,
)
_OTHER = re.compile(
    r"\b(?:corrects?|correcting|correction (?:to|of)|corrected|we (?:said|reported|wrote|stated) (?:in|on)|(?:our|the|an) (?:earlier |original |previous )?"
    r"(?:story|article|report|post|statement|release|notice)|in (?:our|an|the) (?:story|article|report|post|piece|notice|rule)|"
    r"(?:article|story|report|piece) (?:of|on|from|published))\b",
    re.I,
)
_QUOTED = re.compile(r"[“\"‘](?P<title>[^“”\"’]{12,160})[”\"’]")
_ADDRESS = re.compile(r"https?://[^\s<>)\"”]+[\w/]")


def correction(text: str, blocks: Sequence[PlacedBlock], metadata: Metadata) -> Correction | None:
    """What the document says it corrects; None when it says nothing of the kind."""
    titled = _NOTICE.match(metadata.title or "") or re.search(r"[;:–—-] ?correction\b", metadata.title or "", re.I)
    for block in blocks:
        line = text[block.start : block.end]
        itself = _ITSELF.search(line)
        if itself is not None:
            return Correction("itself", line.strip())
        notice = _NOTICE.match(line)
        if notice is not None and block.kind != "heading" and len(line) > notice.end() + 20 and not titled:
            return _named(line) if _points_elsewhere(line, metadata) else Correction("itself", line.strip())
        if titled and block.kind != "heading" and _OTHER.search(line):
            own, told = _of_title(metadata), _named(line)
            named = own.title is not None and len(own.title.split()) > 2
            return replace(told, title=own.title) if named else told
    return _of_title(metadata) if titled else None


def _points_elsewhere(line: str, metadata: Metadata) -> bool:
    """Whether a notice gives the title or address of a document that is not its own."""
    title, address = _QUOTED.search(line), _ADDRESS.search(line)
    own = (metadata.title or "").casefold()
    return bool(
        (title and title["title"].casefold() not in own and _OTHER.search(line))
        or (address and address.group() != metadata.address)
    )


def _named(line: str) -> Correction:
    title, address = _QUOTED.search(line), _ADDRESS.search(line)
    return Correction(
        "another", line.strip(), title["title"].strip(" ,.") if title else None, address.group() if address else None
    )


def _of_title(metadata: Metadata) -> Correction:
    """A document titled as a correction: what is left of its title names what it corrects."""
    rest = _NOTICE.sub("", metadata.title or "")
    rest = re.sub(r"[;:–—-] ?correction\b.*$", "", rest, flags=re.I).strip(" ,.:;")
    return Correction("another", metadata.title or "", rest or None)


def corrected(found: Correction, own: Metadata, others: Iterable[tuple[str, Metadata]]) -> str | None:
    """The one of `others`, as (id, metadata), that a notice about another document means; None for none or several.

    An address decides; else the title, of the same publisher where both are known.
    """
    known = list(others)
    if found.address is not None:
        wanted = _plain_address(found.address)
        at = [name for name, other in known if other.address and _plain_address(other.address) == wanted]
        if len(at) == 1:
            return at[0]
    if found.title is None:
        return None
    wanted = _plain(found.title)
    titled = [(name, other) for name, other in known if wanted and _plain(other.title or "") == wanted]
    if own.publisher is not None:
        titled = [(name, other) for name, other in titled if other.publisher in (None, own.publisher)]
    return titled[0][0] if len(titled) == 1 else None


def _plain(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))


def _plain_address(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", address.casefold()).split("#")[0].rstrip("/")
