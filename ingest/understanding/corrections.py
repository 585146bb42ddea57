"""A document's own word that it, or another document, has been corrected, replaced or withdrawn."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.understanding.statement import Correction
from ingest.understanding.times import reference, times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.documents import Metadata, PlacedBlock

_KIND = (
    r"(?:article|story|report|piece|post|item|statement|letter|notice|guidance|(?:press |news )?release|version|document|"
    r"page|answer|column|blog)"
)
_ITSELF = re.compile(
    rf"\b(?:this {_KIND} (?:has been|was|is being) (?:corrected|amended|changed|updated to (?:correct|clarify|remove|reflect)|"
    rf"revised to correct|edited to correct)|(?:an )?(?:earlier|previous|original) version of (?:this|the) {_KIND} |"
    r"an earlier version (?:said|stated|wrongly|incorrectly|misstated)|"
    rf"we have (?:corrected|amended|updated) (?:this|the) {_KIND})",
    re.I,
)
_NOTICE = re.compile(
    r"^(?:editor[’']s note|corrections? and clarifications?|correction|clarification|erratum|corrigendum|"
    r"(?:notice of )?(?:retraction|withdrawal)|retracted|withdrawn)\b\s*[:–—\-(]?\s*",
    re.I,
)
_WHOLE = re.compile(r"\b(?:retract\w*|withdraw\w*|withdrew|replac\w+|supersed\w+)\b", re.I)
_OTHER = re.compile(
    r"\b(?:corrects?|correcting|correction (?:to|of)|corrected|we (?:said|reported|wrote|stated) (?:in|on)|(?:our|the|an) (?:earlier |original |previous )?"
    r"(?:story|article|report|post|statement|release|notice)|in (?:our|an|the) (?:story|article|report|post|piece|notice|rule)|"
    r"(?:article|story|report|piece) (?:of|on|from|published))\b",
    re.I,
)
_REFERENT = re.compile(
    rf"\b(?:our|my|the|an|a|its|their) (?:[\w’'-]+ ){{0,2}}?{_KIND}\b(?! (?:may|can|should|will)\b)(?P<rest>[^.;]*)",
    re.I,
)
_TAKES_BACK = re.compile(
    rf"\b(?:(?:this|it)(?: (?:new |updated |revised )?{_KIND})? (?:corrects|replaces|supersedes|withdraws|amends|retracts|cancels)|"
    r"(?:we|I) (?:hereby |now |must |wish to |are |have |therefore )*(?:retract(?:ed|ing)?|withdraw(?:n|ing)?|correct(?:ed|ing)?)) (?=(?:our|my|the|an|a|its) )",
    re.I,
)
_TAKEN_BACK = re.compile(r"\b(?:has been|have been|is|was) (?:hereby |now )?(?:retracted|withdrawn|superseded)\b", re.I)
_ABOUT = re.compile(
    r"\b(?:on|about|concerning|regarding|into|headlined|entitled|titled|called)\s+(?P<about>[^,:()]{3,120}?)"
    r"(?=\s+(?:gave|said|stated|wrongly|incorrectly|mistakenly|contained|misstated|reported|which|that|was|is|has|had|have|were)\b|[,:()]|\s*$)",
    re.I,
)
_QUOTED = re.compile(r"[“\"‘](?P<title>[^“”\"’]{12,160})[”\"’]")
_ADDRESS = re.compile(r"https?://[^\s<>)\"”]+[\w/]")


def correction(text: str, blocks: Sequence[PlacedBlock], metadata: Metadata) -> Correction | None:
    """What the document says it corrects; None when it says nothing of the kind."""
    titled = _NOTICE.match(metadata.title or "") or re.search(r"[;:–—-] ?correction\b", metadata.title or "", re.I)
    for block in blocks:
        line = text[block.start : block.end]
        if _ITSELF.search(line) is not None:
            return Correction("itself", line.strip())
        if block.kind == "heading":
            continue
        found = _by_notice(line, metadata) if not titled else _by_title(line, metadata) if _OTHER.search(line) else None
        found = found or _by_its_words(line, metadata)
        if found is not None:
            return found
    return _of_title(metadata) if titled else None


def _by_notice(line: str, metadata: Metadata) -> Correction | None:
    """A line that begins with "Correction:"; it means the document itself unless it points to another."""
    notice = _NOTICE.match(line)
    if notice is None or len(line) <= notice.end() + 20:
        return None
    told = _named(line, metadata)
    elsewhere = _points_elsewhere(line, metadata) or (told.date is not None and told.date != metadata.published)
    return told if elsewhere else Correction("itself", line.strip())


def _by_title(line: str, metadata: Metadata) -> Correction:
    """In a document titled as a correction: what the line says of what it corrects, and the title it bears."""
    own, told = _of_title(metadata), _named(line, metadata)
    named = own.title is not None and len(own.title.split()) > 2 and own.date is None
    return replace(told, title=own.title) if named else told


def _by_its_words(line: str, metadata: Metadata) -> Correction | None:
    """As in "This replaces our statement of 3 March on storage"; nothing without a date, a title or an address."""
    begins = _TAKES_BACK.search(line)
    if begins is None and not (_TAKEN_BACK.search(line) and _REFERENT.search(line)):
        return None
    told = _named(line[begins.start() :] if begins else line, metadata)
    told = replace(told, notice=line.strip(), whole=bool(_WHOLE.search(line)))
    if told.date is not None and told.date == metadata.published and told.title is None and told.address is None:
        return None
    return told if told.date or told.title or told.address else None


def _points_elsewhere(line: str, metadata: Metadata) -> bool:
    """Whether a notice gives the title or address of a document that is not its own."""
    title, address = _QUOTED.search(line), _ADDRESS.search(line)
    own = (metadata.title or "").casefold()
    return bool(
        (title and title["title"].casefold() not in own and _OTHER.search(line))
        or (address and address.group() != metadata.address)
    )


def _named(line: str, metadata: Metadata) -> Correction:
    """What a line gives of the document that it corrects."""
    title, address = _QUOTED.search(line), _ADDRESS.search(line)
    date, about = _date_and_matter(line, metadata)
    return Correction(
        "another",
        line.strip(),
        title["title"].strip(" ,.") if title else None,
        address.group() if address else None,
        date,
        about,
        bool(_WHOLE.search(line)),
    )


def _date_and_matter(line: str, metadata: Metadata) -> tuple[str | None, str | None]:
    """When the other document was published, and what it is said to be on: "our article of 2 March on the cameras"."""
    for referent in _REFERENT.finditer(line):
        rest = referent["rest"]
        dates = [
            one
            for one in times(rest, reference(metadata.published), lookahead=False)
            if one.date and "/" not in one.date
        ]
        date = next((one for one in dates if len(one.date or "") >= len("2022-01")), None)
        about = _ABOUT.search(rest.replace(date.words, " ") if date else rest)
        if date or about:
            return date.date if date else None, about["about"].strip() if about else None
    return None, None


def _of_title(metadata: Metadata) -> Correction:
    """A document titled as a correction: what is left of its title names what it corrects."""
    title = metadata.title or ""
    rest = _NOTICE.sub("", title)
    rest = re.sub(r"[;:–—-] ?correction\b.*$", "", rest, flags=re.I).strip(" ,.:;")
    date, about = _date_and_matter(title, metadata)
    return Correction("another", title, rest or None, None, date, about, bool(_WHOLE.search(title)))
