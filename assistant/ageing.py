"""Whether the library holds something newer than what is cited: on the same matter, or much newer on the same names."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from assistant.wording import stems
from ingest.errors import BadSettings
from ingest.ledger.scope import bounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Citation
    from assistant.evidence import Evidence
    from ingest.ledger.records import DocumentRecord

NEWER_DAYS, MUCH_NEWER_DAYS = 30, 365
"""A document on the same matter is newer from the first on, one that only names the same from the second."""

SAME_MATTER = 0.6
"""A newer document speaks of the same matter when a sentence of it holds so much of the question."""

_DATED = re.compile(r"\b(?:19|20)\d\d\b")


class Newer(NamedTuple):
    """A newer document than `cited`, the newest date that is cited; dates are ISO at the precision of the source."""

    cited: str
    document: DocumentRecord
    on_the_matter: bool

    @property
    def published(self) -> str:
        """When it was published."""
        return self.document.metadata.published or ""


def newer(citations: Sequence[Citation], evidence: Evidence) -> Newer | None:
    """The newest document found that is newer than everything cited; None where there is none, or nothing tells.

    A question that names a year is about that year. Documents without a date are older and newer than nothing.
    """
    dates = [citation.published for citation in citations if citation.published and _days(citation.published)]
    if not dates or _DATED.search(evidence.view.text):
        return None
    newest = max(dates, key=lambda one: _days(one) or (date.min, date.min))
    cited = {citation.document for citation in citations}
    held = {hit.passage.document.id: hit.passage.document for hit in evidence.hits}
    after = [(_gap(newest, one), one) for one in held.values() if one.id not in cited]
    after.sort(key=lambda pair: (-pair[0], pair[1].id))
    for days, one in after:
        if days >= NEWER_DAYS and _on_the_matter(one, evidence):
            return Newer(newest, one, on_the_matter=True)
    for days, one in after:
        if days >= MUCH_NEWER_DAYS and _names_the_same(one, evidence):
            return Newer(newest, one, on_the_matter=False)
    return None


def _days(published: str) -> tuple[date, date] | None:
    try:
        first, last = bounds(published)
        return date.fromisoformat(first), date.fromisoformat(last)
    except (BadSettings, ValueError):
        return None


def _gap(cited: str, other: DocumentRecord) -> int:
    """Days between the end of the one date and the beginning of the other; 0 where one is unknown."""
    mine, theirs = _days(cited), _days(other.metadata.published or "")
    return (theirs[0] - mine[1]).days if mine and theirs else 0


def _on_the_matter(one: DocumentRecord, evidence: Evidence) -> bool:
    held = [each for each in evidence.statements if each.passage.document.id == one.id]
    best = max((max(each.coverage, each.resolved) for each in held), default=0.0)
    return best >= SAME_MATTER and _names_the_same(one, evidence)


def _names_the_same(one: DocumentRecord, evidence: Evidence) -> bool:
    """Whether its passages found, with its title, hold every name of the question; none where it has no name."""
    names = {word.stem for word in evidence.view.names if not word.text[0].isdigit()}
    found = [hit.passage.text for hit in evidence.hits if hit.passage.document.id == one.id]
    told = stems(" ".join((*found, one.metadata.title or "", one.metadata.publisher or "")))
    return bool(names) and names <= told
