"""Statements that a source itself takes back, and documents that another one corrects."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.desk.finding import Candidate
    from assistant.desk.weighing import Weighed

_EARLIER = re.compile(
    r"\b(?:(?:first|originally|initially|earlier|previously|wrongly|incorrectly) (?:said|stated|reported|gave|told|claimed|wrote|put)|"
    r"(?:an|the) (?:earlier|previous|original|first) version|"
    r"no longer (?:the |its |their |his )?(?:current|case|true|valid|correct|policy|in force|stands?|holds?|applies|apply)|"
    r"(?:was|were|has been|have been) (?:since |later |then )?(?:retracted|superseded|rescinded|revoked|repealed|overturned))\b",
    re.I,
)
_TAKEN_BACK = re.compile(
    r"\b(?:(?:a|the) (?:later|subsequent|new|newer) (?:update|version|correction|notice)|"
    r"(?:withdrew|corrected|retracted|rescinded|revoked|amended|replaced) (?:that|this|it|them)\b|"
    r"(?:that|this|it|these|those|both|which) (?:was|were|has been|have been|had been) (?:since |later |then |now )?"
    r"(?:withdrawn|corrected|retracted|rescinded|revoked|amended|replaced|superseded|overturned)|"
    r"(?:has|have) since (?:withdrawn|corrected|retracted|changed|been)|(?:that|this|it) is no longer)",
    re.I,
)
_TURN_WITHIN = 90


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Why a statement does not hold any more, and the statements that say so, the newer one first."""

    detail: str
    rests_on: tuple[Candidate, ...]


def taken_back(candidate: Candidate) -> TakenBack | None:
    """What takes a statement back: its own words ("first said", "no longer"), or the sentence behind it."""
    following = candidate.neighbour(1)
    if following is not None and _TAKEN_BACK.search(following.text[:_TURN_WITHIN]):
        return TakenBack("The source has this as it stood before, and then takes it back.", (following, candidate))
    if _EARLIER.search(candidate.text):
        return TakenBack("The source has this as how it was before, not as how it is.", (candidate,))
    return None


def supersedes(weighed: Weighed) -> TakenBack | None:
    """As `taken_back`, for a sentence that leaves out the words by which the source does so."""
    if _EARLIER.search(weighed.case.claim) or _TAKEN_BACK.search(weighed.case.claim):
        return None
    return taken_back(weighed.candidate)
