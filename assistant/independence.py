"""Whether what is cited rests on sources of their own: copies of one story, a story and the letter it tells of, one party.

Two documents are one source when their texts are nearly the same, when a sentence of one is copied in the other, and
when one tells what somebody says in the other, or both tell the same words of one speaker.
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple, Protocol

from assistant.wording import STOP_WORDS, stems, words
from ingest.ledger.entity_index import fold
from ingest.near_duplicates import likeness

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.domain import Citation, Supported
    from ingest.ledger.understood import Understood
    from ingest.understanding.statement import Entity

COPY = 0.5
"""Share of five-word shingles that two documents of one wire story have in common, cut and edited as they are."""

SAME_WORDS = 0.5
"""Share of the shorter sentence's words that two sentences have which tell the same words of one speaker."""

_LONG_ENOUGH = 8
_VENDOR_TYPE = re.compile(r"\b(?:vendor|company|corporate|supplier|manufacturer)\b", re.I)
_OURS = re.compile(r"\b(?:we|our|us|I|my)\b", re.I)


class Holdings(Protocol):
    """What is asked of the ledger about cited documents."""

    def understanding(self, id: str, version: int | None = None) -> Understood:  # noqa: A002 - the ledger's own word
        """Whom a version names."""
        ...

    def is_vendor(self, name: str) -> bool:
        """Whether a document of the library takes that name for a vendor's."""
        ...

    def signatures(self, ids: Sequence[str]) -> Mapping[str, bytes]:
        """The MinHash of each live document; see `ingest.near_duplicates`."""
        ...


class _Place(NamedTuple):
    claim: Supported
    citation: Citation


def sources(claims: Sequence[Supported], holdings: Holdings) -> int:
    """How many sources of their own the claims rest on."""
    places = [_Place(claim, citation) for claim in claims for citation in claim.citations]
    documents = list(dict.fromkeys(place.citation.document for place in places))
    if len(documents) < 2:
        return len(documents)
    packed = holdings.signatures(documents)
    group = {document: document for document in documents}
    for one, other in combinations(documents, 2):
        near = likeness(packed.get(one, b""), packed.get(other, b"")) >= COPY
        if near or _retold(one, other, places):
            joined, kept = group[other], group[one]
            group = {name: kept if mine == joined else mine for name, mine in group.items()}
    return len(set(group.values()))


def _retold(one: str, other: str, places: Sequence[_Place]) -> bool:
    mine = [place for place in places if place.citation.document == one]
    theirs = [place for place in places if place.citation.document == other]
    return any(_same_origin(a, b) for a in mine for b in theirs)


def _same_origin(one: _Place, other: _Place) -> bool:
    mine, theirs = _content(one.citation.quote), _content(other.citation.quote)
    shared = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
    if shared > 0.95 and min(len(mine), len(theirs)) >= _LONG_ENOUGH:
        return True
    if shared < SAME_WORDS or "reported" not in (one.claim.account, other.claim.account):
        return False
    return bool(_tellers(one) & _tellers(other))


def _tellers(place: _Place) -> frozenset[str]:
    """Names of whoever says it: the speaker with what explains the name, or the publisher of the thing itself."""
    claim, citation = place
    if claim.account == "primary":
        return _names(" ".join(filter(None, (claim.speaker, citation.publisher))))
    if claim.speaker is None:
        return frozenset()
    # "The ombudsman, Halima Quist, asked" and "Halima Quist" are one.
    behind = re.match(r", ([^,.;]{3,60}),", citation.quote.partition(claim.speaker)[2])
    return _names(f"{claim.speaker} {behind[1] if behind else ''}")


def vendor(claims: Sequence[Supported], question: str, holdings: Holdings) -> str | None:
    """The vendor on whose own account of itself every claim rests; None where there is none."""
    first: str | None = None
    for claim in claims:
        name = _vendor_of(claim, question, holdings)
        if name is None or first not in (None, name):
            return None
        first = name
    return first


def _vendor_of(claim: Supported, question: str, holdings: Holdings) -> str | None:
    """The vendor that says the claim, where the question or the claim is about it."""
    found = {_vendor_behind(claim, citation, holdings) for citation in claim.citations}
    name = found.pop() if len(found) == 1 else None
    if name is None:
        return None
    about = f" {fold(f'{question} {claim.text}')} "
    return name if f" {fold(name)} " in about or _OURS.search(claim.text) else None


def _vendor_behind(claim: Supported, citation: Citation, holdings: Holdings) -> str | None:
    teller = claim.speaker or (citation.publisher if claim.account == "primary" else None)
    entities = holdings.understanding(citation.document, citation.version).entities
    publisher = citation.publisher or ""
    own = bool(publisher and _VENDOR_TYPE.search(citation.source_type or ""))
    if teller is None:
        return publisher if own else None
    said = f" {fold(teller)} "
    for entity in entities:
        named = any(f" {fold(name)} " in said for name in (entity.name, *entity.aliases) if fold(name))
        if named and _sells(entity, holdings):
            return entity.name
    # Whoever signs a vendor's own statement speaks for the vendor.
    if claim.account == "primary" and (own or (publisher and holdings.is_vendor(publisher))):
        return publisher
    return None


def _sells(entity: Entity, holdings: Holdings) -> bool:
    return entity.kind == "vendor" or (entity.kind == "organisation" and holdings.is_vendor(entity.name))


def _content(text: str) -> frozenset[str]:
    return frozenset(one for one in stems(text) if one not in STOP_WORDS)


def _names(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in words(text) if word.capital and word.text.casefold() not in STOP_WORDS)
