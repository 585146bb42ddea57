"""What a reader of a briefing should know beside its claims: codes for programs, sentences for people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.messages import CAVEATS, premise_not_found, relative_date

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from assistant.domain import Caveat, Citation, Supported
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


def relative_dates(text: str) -> tuple[str, ...]:
    """Expressions such as "Last July" that only a date of publication can place, as written."""
    return tuple(dict.fromkeys(match.group() for match in _RELATIVE.finditer(text)))


def caveats(
    claims: Sequence[Supported], verdict: Verdict, *, rebuilding: bool, corrected: Collection[str] = ()
) -> tuple[tuple[Caveat, ...], tuple[str, ...]]:
    """Codes and sentences for a briefing of `claims`; `corrected` are ids of documents that others correct."""
    cited = [citation for claim in claims for citation in claim.citations]
    codes: list[Caveat] = []
    if len({citation.document for citation in cited}) == 1:
        codes.append("single_source")
    if any(citation.published is None for citation in cited):
        codes.append("undated_source")
    if any(citation.publisher is None for citation in cited):
        codes.append("unknown_publisher")
    if any(citation.document in corrected for citation in cited):
        codes.append("corrected_since")
    if verdict.missing:
        codes.append("partial_answer")
    if verdict.premise:
        codes.append("premise_not_found")
    if rebuilding:
        codes.append("index_rebuilding")
    told = {"undated_source", "premise_not_found"}
    notes = [premise_not_found(*verdict.premise)] if verdict.premise else []
    notes += [CAVEATS[code] for code in codes if code not in told]
    return tuple(codes), (*notes, *_undated(cited))


def _undated(cited: Sequence[Citation]) -> list[str]:
    notes = []
    for citation in cited:
        if citation.published is None:
            notes += [
                relative_date(words, citation.title or citation.source) for words in relative_dates(citation.quote)
            ]
    if not notes and any(citation.published is None for citation in cited):
        notes = ["No date of publication is recorded for a source."]
    return list(dict.fromkeys(notes))
