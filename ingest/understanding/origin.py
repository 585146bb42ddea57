"""Whether a document is the thing itself (the letter, the law, the judgment) or an account of it.

Decided by the source type it was given, else by what a letter looks like: salutation, close and signature. A document
that shows no sign counts as an account: who takes it for the thing itself would trust it too far.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.documents import Span
from ingest.understanding.phrases import is_person, split_role
from ingest.understanding.vocabulary import BODY_WORDS, ROLES, TITLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.documents import Metadata, PlacedBlock

_THE_THING = re.compile(
    r"\b(?:letter|e-?mail|correspondence|judge?ment|ruling|determination|legislation|statute|regulation|act|law|order|"
    r"report|oral evidence|written evidence|transcript|hansard|debate|"
    r"(?:written|ministerial|vendor|company|press|official) (?:statement|answer|release|reply|response)|statement|"
    r"press release|notice|guidance|policy|decision|submission|consultation(?: response)?|speech|treaty|contract|"
    r"government response|faq|resolution|foi response)\b",
    re.I,
)
_ONLY_ABOUT = re.compile(
    r"\b(?:summary of|a summary|digest|third[ -]party|description|programme note|toolkit|quoting)\b", re.I
)
_ACCOUNT = re.compile(
    r"\b(?:news|article|blog|story|coverage|report on|summary|digest|notes|commentary|opinion piece|third[ -]party|"
    r"description|analysis|wiki|encyclopa?edia|briefing paper)\b",
    re.I,
)
_SALUTATION = re.compile(r"^Dear (?P<who>(?!all\b|colleagues?\b)[^,.:\n]{2,60})[,:]?$", re.I)
_TO = re.compile(r"^To:? (?P<who>[A-Z][^\n@,]{2,60})$")
_CLOSE = re.compile(
    r"^(?:Yours (?:sincerely|faithfully|ever|truly)|(?:Kind|Best|With best) (?:regards|wishes)|Sincerely)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Origin:
    """`cue` is what decided. `signature` is where a letter's signatory signs, None where only the metadata say who."""

    primary: bool
    cue: str
    signatory: str | None = None
    role: str | None = None
    signature: Span | None = None
    addressee: str | None = None


def origin(text: str, blocks: Sequence[PlacedBlock], metadata: Metadata) -> Origin:
    """What the document is; the signatory only of a letter or statement that is the thing itself."""
    lines = [(block, text[block.start : block.end]) for block in blocks]
    addressee = _addressee(lines)
    signatory, role, signature = _signatory(lines)
    primary, cue = _is_primary(metadata)
    if not cue:
        primary = addressee is not None and signature is not None
        cue = "salutation and signature" if primary else ""
    if not primary:
        return Origin(primary, cue)
    personal = metadata.source_type is None or re.search(
        r"letter|mail|statement|submission|speech|evidence|testimony", metadata.source_type, re.I
    )
    if signatory is None and personal and metadata.author and _is_somebody(metadata.author):
        signatory = metadata.author
    return Origin(primary, cue, signatory, role, signature, addressee)


def _is_primary(metadata: Metadata) -> tuple[bool, str]:
    """By source type; a title or publisher that says it is only about the thing has the last word."""
    kind = metadata.source_type or ""
    about = _ACCOUNT.search(kind)
    for said in (metadata.title, metadata.publisher):
        about = about or (_ONLY_ABOUT.search(said or "") if kind else None)
    if about is not None:
        return False, about.group()
    thing = _THE_THING.search(kind)
    return (True, thing.group()) if thing else (False, kind)


def _addressee(lines: Sequence[tuple[PlacedBlock, str]]) -> str | None:
    for _, line in lines[:24]:
        match = _SALUTATION.match(line.split("\n")[0].strip()) or _TO.match(line.strip())
        if match:
            return match["who"].strip()
    return None


def _signatory(lines: Sequence[tuple[PlacedBlock, str]]) -> tuple[str | None, str | None, Span | None]:
    """The name under the close of a letter, with the role under it."""
    for place in range(len(lines) - 1, -1, -1):
        block, line = lines[place]
        close = _CLOSE.match(line)
        if close is None:
            continue
        below = [(block, line[close.end() :].strip(" ,"))] + [
            (one, text.strip()) for one, text in lines[place + 1 : place + 5]
        ]
        for i, (one, said) in enumerate(below):
            first, beneath = name_over_role(re.split(r"[,\n]", said)[0].strip())
            if _is_somebody(first) or is_person(split_role(first)[0]):
                role = next((text for _, text in below[i + 1 : i + 2] if _is_role(text)), None)
                return first, role or beneath or _after_comma(said), Span(one.start, one.end)
    return None, None, None


def name_over_role(line: str) -> tuple[str, str | None]:
    """A name and a role that a reader put on one line: "Dr Ada Thorne Harbour Commissioner"."""
    words = line.split()
    if len(words) < 3 or words[-1].lower() not in ROLES or not all(word[:1].isupper() for word in words):
        return line, None
    titles = next((i for i, word in enumerate(words) if word.lower().rstrip(".") not in TITLES), 0)
    at = titles + 2
    return (" ".join(words[:at]), " ".join(words[at:])) if at < len(words) else (line, None)


def _is_somebody(name: str) -> bool:
    return 1 < len(name.split()) <= 6 and is_person(name)


def _is_role(line: str) -> bool:
    words = {word.strip(",.").lower() for word in line.split()}
    return len(words) <= 12 and bool(words & (ROLES | BODY_WORDS))


def _after_comma(said: str) -> str | None:
    _, _, role = said.partition(",")
    return role.strip() if _is_role(role) and role.strip() else None
