"""What a reader of a briefing should know beside its claims: codes for programs, sentences for people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from assistant import both_sides, disagreeing, messages
from assistant.ageing import newer
from assistant.independence import Holdings, sources, vendor
from assistant.messages import CAVEATS, premise_not_found, read_as, relative_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.disagreeing import Disagreement
    from assistant.domain import Caveat, Citation, Supported
    from assistant.evidence import Evidence, Statement
    from assistant.sufficiency import Verdict

_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
_SEASON = "spring|summer|autumn|winter"
_DAY = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_RELATIVE = re.compile(
    rf"\b(?:(?:in |since |until |by |of )?(?:{_MONTH}|{_SEASON}) (?:last|this|next) year|"
    rf"(?:last|this|next) (?:year|month|week|quarter|{_SEASON}|{_MONTH}|{_DAY})|yesterday|tomorrow|today|tonight|last night|"
    r"earlier this (?:year|month|week)|(?:\w+ )?(?:days?|weeks?|months?|years?) ago|"
    r"the (?:previous|following) (?:day|week|month|year))\b",
    re.I,
)
_WRITING = re.compile(
    r"\b(?:letter|report|statement|judg[e]?ment|ruling|e-?mail|memo(?:randum)?|complaint|lawsuit|notice|submission|filing)\b",
    re.I,
)


_ASKS_FOR_A_REQUEST = re.compile(
    r"\b(?:ask|request|urge|call|demand|recommend|want|seek|sought|invite|propose|advise|suggest|press|plead|petition)\w*\b",
    re.I,
)


class Records(Holdings, Protocol):
    """What is asked of the ledger."""

    def corrections(self) -> Mapping[str, Sequence[str]]:
        """Documents that others correct, by id."""
        ...


def relative_dates(text: str) -> tuple[str, ...]:
    """Expressions such as "Last July" that only a date of publication can place, as written."""
    return tuple(dict.fromkeys(match.group() for match in _RELATIVE.finditer(text)))


def caveats(
    claims: Sequence[Supported], evidence: Evidence, verdict: Verdict, records: Records, *, rebuilding: bool
) -> tuple[tuple[Caveat, ...], tuple[str, ...]]:
    """Codes and sentences for a briefing of `claims`, the gravest first."""
    cited = [citation for claim in claims for citation in claim.citations]
    told: dict[Caveat, list[str]] = {}
    if evidence.respelt:
        told["question_respelt"] = [read_as(*each) for each in evidence.respelt]
    if verdict.premise:
        told["premise_not_found"] = [premise_not_found(*verdict.premise)]
    told |= _between_sources(claims, evidence)
    told |= _of_one_source(claims, cited, evidence, records)
    told |= _of_standing(claims, evidence.view.text)
    told |= _of_dates(cited, evidence)
    if any(citation.publisher is None for citation in cited):
        told["unknown_publisher"] = [CAVEATS["unknown_publisher"]]
    told |= _corrected(claims, cited, records)
    if verdict.missing:
        told["partial_answer"] = [CAVEATS["partial_answer"]]
    if rebuilding:
        told["index_rebuilding"] = [CAVEATS["index_rebuilding"]]
    return tuple(told), tuple(note for notes in told.values() for note in notes)


def _between_sources(claims: Sequence[Supported], evidence: Evidence) -> dict[Caveat, list[str]]:
    """Where what is shown disagrees, each side by its name."""
    # The first citation is what a claim says; others name its speaker or say the same.
    cited = [claim.citations[0] for claim in claims]
    shown = both_sides.at([(one.document, one.version, one.start) for one in cited], evidence)
    pairs = disagreeing.among(shown, evidence.view)
    return {"sources_disagree": [_sides(pair) for pair in pairs]} if pairs and len(claims) > 1 else {}


def _sides(pair: Disagreement) -> str:
    one, other = _side(pair.one), _side(pair.other)
    if pair.kind != "denial":
        return messages.other_figures(one, pair.here, other, pair.there)
    denying = [side for side in (pair.one, pair.other) if side.told is not None and side.told.standing == "denial"]
    if not denying:
        return messages.contrary(one, other)
    return messages.denied(other, one) if denying[0] is pair.one else messages.denied(one, other)


def _side(one: Statement) -> str:
    """Who says it, and where and when it is said."""
    metadata = one.passage.document.metadata
    where = metadata.title or one.passage.document.name
    speaker = one.attribution.name if one.attribution else metadata.publisher
    if speaker and speaker.islower() and metadata.publisher:
        speaker = f"{speaker}, as {metadata.publisher} tells it"
    return messages.side(speaker, where, metadata.published)


def _of_one_source(
    claims: Sequence[Supported], cited: Sequence[Citation], evidence: Evidence, records: Records
) -> dict[Caveat, list[str]]:
    told: dict[Caveat, list[str]] = {}
    if sources(claims, records) == 1:
        several = len({citation.document for citation in cited}) > 1
        told["single_source"] = [messages.ONE_ORIGIN if several else CAVEATS["single_source"]]
    name = vendor(claims, evidence.view.text, records)
    if name is not None:
        told["vendor_account_only"] = [messages.vendor_account(name)]
    return told


def _of_standing(claims: Sequence[Supported], question: str) -> dict[Caveat, list[str]]:
    told: dict[Caveat, list[str]] = {}
    if all(claim.standing == "request" for claim in claims) and not _ASKS_FOR_A_REQUEST.search(question):
        told["request_only"] = [CAVEATS["request_only"]]
    if all(claim.standing == "allegation" for claim in claims):
        told["allegation_only"] = [CAVEATS["allegation_only"]]
    at_second_hand = all(claim.account == "reported" and claim.speaker for claim in claims)
    writings = [match for claim in claims for one in claim.citations if (match := _WRITING.search(one.quote))]
    if at_second_hand and writings:
        told["reported_only"] = [messages.at_second_hand(writings[0].group().lower())]
    return told


def _of_dates(cited: Sequence[Citation], evidence: Evidence) -> dict[Caveat, list[str]]:
    told: dict[Caveat, list[str]] = {}
    if any(citation.published is None for citation in cited):
        told["undated_source"] = _undated(cited)
    later = newer(cited, evidence)
    if later is not None:
        title = later.document.metadata.title or later.document.name
        told["old_account"] = [messages.newer_document(later.cited, title, later.published, later.on_the_matter)]
    return told


def _undated(cited: Sequence[Citation]) -> list[str]:
    notes = []
    for citation in cited:
        if citation.published is None:
            notes += [
                relative_date(words, citation.title or citation.source) for words in relative_dates(citation.quote)
            ]
    return list(dict.fromkeys(notes)) or ["No date of publication is recorded for a source."]


def _corrected(claims: Sequence[Supported], cited: Sequence[Citation], records: Records) -> dict[Caveat, list[str]]:
    """The corrections of what is cited, in their own words where a claim bears them."""
    notes = {
        messages.corrected_by(one.quote, one.title or one.source, one.published): None
        for claim in claims
        if (one := claim.corrected_by) is not None
    }
    known = records.corrections()
    if not notes and any(citation.document in known for citation in cited):
        notes = {CAVEATS["corrected_since"]: None}
    return {"corrected_since": list(notes)} if notes else {}
