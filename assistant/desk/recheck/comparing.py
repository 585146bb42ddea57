"""Each claim against today's library: does its source still stand, unchanged, uncorrected and uncontradicted?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from assistant.desk.difference import difference, nearest_run
from assistant.desk.finding import telling
from assistant.desk.judging import judge
from assistant.desk.recheck.rulings import WORST, Rechecked, RecheckedClaim, counted
from assistant.desk.weighing import weigh
from assistant.domain import Citation, Scope
from ingest.errors import DocumentMissing
from ingest.segment.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from assistant.correcting import Place
    from assistant.desk.finding import Finder
    from assistant.desk.recheck.carried import Claims
    from assistant.desk.weighing import Admits
    from ingest.documents import Span
    from ingest.ledger.records import DocumentRecord, DocumentText

EVERYTHING = Scope()
NEAR = 0.75
"""So much of a claim must stand in a newer statement for that to say otherwise."""

FEWEST = 4
"""Words that a claim must have for anything newer to be held against it; with fewer, all sorts of things come near."""

FOUND_AGAIN = 0.5
"""A sentence of a newer version that is so like the quote (0 to 1) is what became of it."""


class Records(Protocol):
    """What is asked of the ledger."""

    def versions(self, id: str) -> list[DocumentRecord]:  # noqa: A002 - the ledger's own word
        """Every version of a document; raises `DocumentMissing`."""
        ...

    def text(self, id: str, version: int | None = None) -> DocumentText:  # noqa: A002
        """The text of a version, of the live one by default."""
        ...

    def documents(self, *, live_only: bool = True, scope: Scope = ...) -> list[DocumentRecord]:
        """Live documents."""
        ...


@dataclass(frozen=True)
class Rechecker:
    """Rechecks against one library. `correcting` tells where what is cited was corrected since."""

    records: Records
    finder: Finder
    gate: Admits
    correcting: Callable[[Citation], Place | None]
    snapshot: Callable[[], str]

    def recheck(self, claims: Claims, name: str = "") -> Rechecked:
        """What became of each claim, in its order.

        Raises:
            BriefingError: the library or the model failed.
        """
        found = tuple(self._claim(one.text, one.citations) for one in claims.found)
        return Rechecked(
            claims=found, counts=counted(found), left_out=claims.left_out, name=name, library=self.snapshot()
        )

    def _claim(self, text: str, citations: Iterable[Citation]) -> RecheckedClaim:
        each = [self._source(text, one) for one in citations]
        worst = min(each, key=lambda one: WORST.index(one.status))
        return worst if worst.status != "unchanged" else self._otherwise(text, worst) or worst

    def _source(self, text: str, cited: Citation) -> RecheckedClaim:
        try:
            versions = self.records.versions(cited.document)
        except DocumentMissing:
            return self._by_its_text(text, cited)
        live = next((one for one in versions if one.live), None)
        if live is None:
            detail = "The document it rests on was removed from the library."
            return RecheckedClaim(text=text, status="retracted", detail=detail, citation=cited)
        if live.digest != cited.sha256:
            return self._in_the_newer(text, cited, self.records.text(live.id, live.version))
        return self._unless_corrected(text, cited)

    def _by_its_text(self, text: str, cited: Citation) -> RecheckedClaim:
        """The same text may have come to this library from elsewhere, under another id."""
        same = next((one for one in self.records.documents() if one.digest == cited.sha256), None)
        if same is None:
            detail = "This library does not hold the document it rests on, under that id or with that text."
            return RecheckedClaim(text=text, status="not_in_library", detail=detail, citation=cited)
        known = cited.model_copy(update={"document": same.id, "version": same.version})
        return self._unless_corrected(text, known)

    def _in_the_newer(self, text: str, cited: Citation, source: DocumentText) -> RecheckedClaim:
        """A newer version is live: does the quote stand in it?"""
        version = source.document.version
        place = _place(source.text, cited.quote)
        if place is not None:
            now = _cite(source, *place)
            known = self._unless_corrected(text, now or cited)
            if known.status == "corrected":
                return known
            detail = f"Its source has a newer version, {version}, which says the same."
            return RecheckedClaim(text=text, status="unchanged", detail=detail, citation=cited, now=now)
        near = _nearest(source, cited.quote)
        if near is None:
            detail = f"Version {version} of its source no longer says it."
            return RecheckedClaim(text=text, status="newer_version", detail=detail, citation=cited)
        start, end = near
        return RecheckedClaim(
            text=text,
            status="newer_version",
            detail=f"Version {version} of its source says it otherwise.",
            citation=cited,
            now=_cite(source, start, end),
            difference=difference(cited.quote, source.text[start:end]),
        )

    def _unless_corrected(self, text: str, cited: Citation) -> RecheckedClaim:
        place = self.correcting(cited)
        if place is None:
            return RecheckedClaim(text=text, status="unchanged", detail="Its source stands as it was.", citation=cited)
        title = place.source.document.metadata.title or place.source.document.name
        return RecheckedClaim(
            text=text,
            status="corrected",
            detail=f"“{title}” corrects what it rests on.",
            citation=cited,
            now=_cite(place.source, place.start, place.end),
        )

    def _otherwise(self, text: str, known: RecheckedClaim) -> RecheckedClaim | None:
        """What a newer document says against a claim; None where none does, or one says the same."""
        since = known.citation.published
        if since is None or len(telling(text)) < FEWEST:
            return None
        found = self.finder.find(text, EVERYTHING)
        newer = [one for one in found if _later(one.passage.document.metadata.published, since)]
        newer = [one for one in newer if one.passage.document.id != known.citation.document]
        for one in weigh(self.gate, text, newer):
            if one.stands:
                return None
            if one.coverage < NEAR:
                continue
            ruling = judge(text, [one])
            if ruling.verdict == "contradicted":
                now = self.gate.cite(one.candidate.passage, one.candidate.span.start, one.candidate.span.end)
                return known.model_copy(
                    update={
                        "status": "contradicted",
                        "detail": ruling.detail,
                        "now": now,
                        "difference": difference(text, now.quote),
                    }
                )
        return None


def _later(published: str | None, since: str) -> bool:
    """Whether a date is later than another, both at the precision they have."""
    size = min(len(published or ""), len(since))
    return bool(published) and (published or "")[:size] > since[:size]


def _place(text: str, quote: str) -> tuple[int, int] | None:
    """Where a quote stands in a text, whatever the blanks between its words."""
    match = re.search(r"\s+".join(map(re.escape, quote.split())), text)
    return match.span() if match else None


def _nearest(source: DocumentText, quote: str) -> tuple[int, int] | None:
    best: tuple[float, Span] | None = None
    for block in source.blocks:
        for span in sentences(source.text, block.start, block.end):
            ratio = nearest_run(quote, source.text[span.start : span.end])[0]
            if ratio >= FOUND_AGAIN and (best is None or ratio > best[0]):
                best = ratio, span
    return (best[1].start, best[1].end) if best else None


def _cite(source: DocumentText, start: int, end: int) -> Citation | None:
    block = next((one for one in source.blocks if one.start <= start < one.end), None)
    return Citation.checked(source.document, source.text, start, end, block.page if block else None)
