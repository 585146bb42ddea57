"""The gate: decides, claim by claim, whether it may be shown. The only maker of citations.

A claim leaves as `Supported` when every reference is an exact quote of a document version in the ledger and, held
against one of the sentences it cites, no check has anything against it; else as `Withheld` with the first reason found
beside the sentence that comes nearest. There is no third way out, whoever wrote the claim. What stands beside it
(speaker, addressee, standing, time, account) is the ledger's word of the sentences that carry it; a writer that gives
others is stopped.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING, Protocol

from assistant.aliases import aliases
from assistant.checks import (
    Finding,
    addresses,
    figures,
    names,
    operators,
    order,
    quotations,
    standing,
    unasserted,
    wording,
)
from assistant.checks.beside import Told, beside, contradicted
from assistant.checks.case import Case
from assistant.checks.stating import unlike_a_claim
from assistant.domain import Citation, Supported, Withheld
from assistant.drafting import Reference
from ingest.errors import DocumentMissing
from ingest.segment.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from assistant.aliases import Alias
    from assistant.checks import Check
    from assistant.correcting import Place
    from assistant.drafting import Draft, DraftClaim
    from assistant.support import SupportChecker
    from ingest.documents import PlacedBlock
    from ingest.ledger.records import DocumentText, PassageRecord
    from ingest.understanding.statement import Statement

OWN_WORDS: tuple[Check, ...] = (quotations.check, standing.speaker_in_front, standing.speaker_beside)
"""For a claim that is a cited sentence itself."""

CHECKS: tuple[Check, ...] = (
    addresses.check,
    wording.checkable,
    quotations.check,
    names.check,
    figures.numbers,
    figures.dates,
    wording.on_the_matter,
    operators.check,
    unasserted.check,
    standing.check,
    standing.speaker_beside,
    order.roles,
    order.phrases,
    wording.check,
)
"""For a claim in any other words, in this order; the first finding withholds it."""


NEAREST = 6
"""How many of the cited sentences a claim is held against, those that share most words with it first."""


class Texts(Protocol):
    """What the gate reads: the ledger's texts, never an index's."""

    def text(self, id: str, version: int | None = None) -> DocumentText:  # noqa: A002 - the ledger's own word
        """The canonical text of one version; raises `DocumentMissing`."""
        ...

    def told(self, id: str, version: int, start: int, end: int) -> Statement | None:  # noqa: A002
        """What is stored of the sentence `start:end` of one version; None where nothing is."""
        ...


class Gate:
    """Reads the cited documents from the ledger and checks each claim against exactly what it cites."""

    def __init__(
        self,
        texts: Texts,
        checks: tuple[Check, ...] = CHECKS,
        support: SupportChecker | None = None,
        correcting: Callable[[Citation], Place | None] | None = None,
    ) -> None:
        """`support` is asked about a claim that only lacks a plain word of the source; without it, that withholds.

        `correcting` tells where what is cited was corrected since; without it, no claim bears a correction.
        """
        self._correcting = correcting
        self._texts = texts
        self._checks = checks
        self._support = support

    def admit(self, draft: Draft) -> Generator[Supported | Withheld]:
        """Each claim of the draft in its order, decided as it is reached."""
        held: dict[tuple[str, int], DocumentText] = {}
        for claim in draft.claims:
            yield self._decide(claim, held)

    def cite(self, passage: PassageRecord, start: int, end: int) -> Citation:
        """The citation of a place in a live passage, for passages that are shown without a claim."""
        document = self._texts.text(passage.document.id, passage.document.version)
        return Citation.checked(document.document, document.text, start, end, passage.page)

    def _decide(self, claim: DraftClaim, held: dict[tuple[str, int], DocumentText]) -> Supported | Withheld:
        unlike = unlike_a_claim(claim.text) if claim.composed else None
        if unlike:
            return Withheld(text=claim.text, reason=unlike.reason, detail=unlike.detail)
        if not claim.references:
            return Withheld(text=claim.text, reason="no_citation", detail="The writer named no source for it.")
        citations = []
        for reference in claim.references:
            citation = self._citation(reference, held)
            if isinstance(citation, str):
                return Withheld(text=claim.text, reason="quote_not_found", detail=citation)
            citations.append(citation)
        finding, support, cases = self._weigh(claim, citations, held)
        carriers = [told for case in cases if (told := self._told(case, held)) is not None]
        finding = finding or contradicted(claim, carriers, cases[0].known if cases else ())
        if finding:
            return Withheld(text=claim.text, reason=finding.reason, detail=finding.detail)
        known = beside(carriers)
        corrected_by = self._correction([one for one in citations if any(told.text in one.quote for told in carriers)])
        citations += self._bases(carriers, cases, citations, held)
        return Supported(
            text=claim.text,
            citations=tuple(citations),
            corrected_by=corrected_by,
            support=support,
            **known._asdict(),
        )

    def _correction(self, citations: Sequence[Citation]) -> Citation | None:
        """The correction of what carries a claim, as its document words it."""
        for one in citations if self._correcting is not None else ():
            place = self._correcting(one) if self._correcting is not None else None
            if place is not None:
                source = place.source
                block = _block_at(source, place.start)
                page = block.page if block is not None else None
                return Citation.checked(source.document, source.text, place.start, place.end, page)
        return None

    def _told(self, case: Case, held: dict[tuple[str, int], DocumentText]) -> Told | None:
        """What the ledger holds of the sentence that carries a claim."""
        if case.place is None:
            return None
        document, version, start, end = case.place
        statement = self._texts.told(document, version, start, end)
        published = held[document, version].document.metadata.published
        return Told(statement, case.cited[case.basis], published) if statement is not None else None

    def _bases(
        self,
        carriers: Sequence[Told],
        cases: Sequence[Case],
        citations: Sequence[Citation],
        held: dict[tuple[str, int], DocumentText],
    ) -> list[Citation]:
        """The sentences that name whoever is shown as the speaker, where nothing that is cited does."""
        found: list[Citation] = []
        for told, case in zip(carriers, cases, strict=False):
            attribution = told.statement.attribution
            if attribution is None or case.place is None or told.statement.named_elsewhere is None:
                continue
            document, version, *_ = case.place
            basis = attribution.basis
            at = [(one.document, one.version, one.start) for one in (*citations, *found)]
            cited = self._citation(Reference(document, version, basis.start, basis.end, attribution.basis_text), held)
            if (document, version, basis.start) not in at and isinstance(cited, Citation):
                found.append(cited)
        return found

    def _weigh(
        self, claim: DraftClaim, citations: Sequence[Citation], held: dict[tuple[str, int], DocumentText]
    ) -> tuple[Finding | None, float, list[Case]]:
        """What speaks against the claim, None when every sentence of it stands; how well the weakest does; and on what."""
        weakest, carriers = 1.0, list[Case]()
        for part in _sentences(claim.text):
            finding, support, cases = self._carries(part, claim.speaker, citations, held)
            if finding:
                return finding, 0.0, []
            weakest = min(weakest, support)
            carriers += cases
        return None, weakest, carriers

    def _carries(
        self,
        part: str,
        speaker: str | None,
        citations: Sequence[Citation],
        held: dict[tuple[str, int], DocumentText],
    ) -> tuple[Finding | None, float, list[Case]]:
        """As `_stands`, for a sentence as a whole; failing that for each of its main clauses, which may stand apart."""
        whole = self._stands([self._with_stored(one) for one in _cases(part, speaker, citations, held)])
        clauses = _clauses(part) if whole[0] else []
        apart = [
            self._stands([self._with_stored(one) for one in _cases(clause, speaker, citations, held)])
            for clause in clauses
        ]
        if apart and not any(finding for finding, _, _ in apart):
            return None, min(value for _, value, _ in apart), [case for _, _, cases in apart for case in cases]
        return whole

    def _with_stored(self, case: Case) -> Case:
        return replace(case, stored=partial(self._speakers, case.place)) if case.place else case

    def _speakers(self, place: tuple[str, int, int, int]) -> tuple[str, ...]:
        """Whom the ledger has say a sentence, by each name and role it holds for them; nobody where it is unsettled."""
        told = self._texts.told(*place)
        who = told.attribution if told is not None else None
        return () if who is None else tuple(filter(None, (who.name, who.speaker, who.role)))

    def _stands(self, cases: Sequence[Case]) -> tuple[Finding | None, float, list[Case]]:
        """None, a support and the cases that carry the claim, else the finding of the nearest one."""
        own = [(case, _first(OWN_WORDS, case)) for case in cases if wording.in_its_own_words(case)]
        if own:
            carrying = [case for case, finding in own if finding is None]
            return (None if carrying else own[0][1]), 1.0, carrying
        findings = []
        for case in sorted(cases, key=wording.likeness, reverse=True)[:NEAREST]:
            finding = _first(self._checks, case)
            if finding is None:
                return None, 1.0, [case]
            carried = self._carried(case, finding)
            if carried is not None:
                return None, carried, [case]
            findings.append(finding)
        return findings[0], 0.0, []

    def _carried(self, case: Case, finding: Finding) -> float | None:
        """The support checker's score where it carries a claim that only the words of the source do not; else None."""
        words_alone = finding.reason == "not_supported" and wording.checkable(case) is None
        if self._support is None or not words_alone or wording.coverage(case) < wording.ENOUGH:
            return None
        support = self._support.check(case.claim, case.cited)
        return support.score if support.carried else None

    def _citation(self, reference: Reference, held: dict[tuple[str, int], DocumentText]) -> Citation | str:
        key = (reference.document, reference.version)
        try:
            source = held.setdefault(key, self._texts.text(*key)) if key not in held else held[key]
        except DocumentMissing:
            return f"The library holds no document `{reference.document}` version {reference.version}."
        if source.text[reference.start : reference.end] != reference.quote:
            return "The quote does not stand where the claim says it does."
        block = _block_at(source, reference.start)
        if block is None or not _whole_sentences(source.text, block, reference):
            return "The quote is not a whole sentence, so that what stands before or after it is lost."
        try:
            return Citation.checked(source.document, source.text, reference.start, reference.end, block.page)
        except ValueError as error:
            return f"The quote cannot be cited: {error}."


def _block_at(source: DocumentText, place: int) -> PlacedBlock | None:
    return next((block for block in source.blocks if block.start <= place < block.end), None)


def _whole_sentences(text: str, block: PlacedBlock, reference: Reference) -> bool:
    spans = sentences(text, block.start, block.end)
    return reference.start in {span.start for span in spans} and reference.end in {span.end for span in spans}


def _first(checks: Sequence[Check], case: Case) -> Finding | None:
    return next((finding for check in checks if (finding := check(case))), None)


def _sentences(text: str) -> list[str]:
    """The sentences of a claim, each of which must stand."""
    return [text[span.start : span.end] for span in sentences(text, 0, len(text))] or [text]


_MAIN_CLAUSE = re.compile(r"; (?:and |but )?|, (?:and|but|while|whereas) (?=(?:the|a|an) |[A-Z])")


def _clauses(part: str) -> list[str]:
    """A sentence's main clauses, each with a subject of its own that is no pronoun; none when it has but one.

    Nothing is taken apart inside quotation marks or behind a word that bears on the whole sentence.
    """
    if re.search(r"[“”\"]|^\W*(?:if|unless|although|according|when|while)\b", part, re.I):
        return []
    clauses = _MAIN_CLAUSE.split(part)
    told = all(
        len(one.split()) > 2 and not re.match(r"(?:it|he|she|they|this|these|who|which)\b", one, re.I)
        for one in clauses
    )
    return clauses if len(clauses) > 1 and told else []


def _cases(
    part: str, speaker: str | None, citations: Sequence[Citation], held: dict[tuple[str, int], DocumentText]
) -> Iterator[Case]:
    """The claim's sentence beside each cited sentence of each document; other documents name nobody for it."""
    for key in dict.fromkeys((one.document, one.version) for one in citations):
        source = held[key]
        spans = sorted({(one.start, one.end) for one in citations if (one.document, one.version) == key})
        at = [span for a, b in spans for span in sentences(source.text, a, b)]
        cited = tuple(source.text[span.start : span.end] for span in at)
        naming = cache(partial(_names, source))
        metadata = source.document.metadata
        about = (metadata.title or "", *filter(None, (metadata.publisher, metadata.author)))
        joined = _joined(source.text, spans)
        for place, text in enumerate(cited):
            where = (*key, at[place].start, at[place].end)
            case = Case(part, cited, place, naming, about, speaker, joined=joined, text=source.text, place=where)
            yield case
            if "(" in text:
                yield replace(case, bracketless=True)


def _names(source: DocumentText) -> tuple[Alias, ...]:
    return aliases(source.text[block.start : block.end] for block in source.blocks)


def _joined(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """The cited spans, those with only blanks between them as one."""
    runs: list[tuple[int, int]] = []
    for start, end in spans:
        if runs and not text[runs[-1][1] : start].strip():
            runs[-1] = (runs[-1][0], max(end, runs[-1][1]))
        else:
            runs.append((start, end))
    return tuple(text[start:end] for start, end in runs)
