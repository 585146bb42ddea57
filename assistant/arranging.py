"""What kind of answer a question wants beside plain statements: two sides set against each other, or events by date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.wording import stems

if TYPE_CHECKING:
    from assistant.evidence import Statement
    from assistant.question import QuestionView

_COMPARES = re.compile(
    r"\b(?:compar\w+|differ\w*|disagree\w*|agree|contrast\w*|versus|vs|conflict\w*|contradict\w*|match|on the one hand|"
    r"different accounts?|both sides)\b",
    re.I,
)
_BY_DATE = re.compile(r"\b(?:timeline|chronolog\w+|sequence of events|in what order|over time|history of)\b", re.I)
_BETWEEN_DATES = re.compile(r"\bhappened (?:between|from|since|after)\b", re.I)
_MONTHS = "january february march april may june july august september october november december".split()
_DATED = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? )?(?P<month>{'|'.join(_MONTHS)})(?: (?P<after>\d{{1,2}}),?)?,? (?P<year>(?:19|20)\d\d)\b|"
    r"\b(?P<iso>(?:19|20)\d\d-\d\d(?:-\d\d)?)\b|\b(?P<bare>(?:19|20)\d\d)\b",
    re.I,
)


def sides(view: QuestionView) -> tuple[frozenset[str], ...]:
    """The stems of each side of a comparison, in the order of the question; empty when it compares nothing named."""
    if not _COMPARES.search(view.text):
        return ()
    parts = [part for subject in view.subjects for part in re.split(r",? and (?:the )?|,? versus |,? vs\.? ", subject)]
    found = [stems(part) for part in dict.fromkeys(parts) if part.strip()]
    return tuple(found) if len(found) > 1 else ()


def is_about(one: Statement, side: frozenset[str]) -> bool:
    """Whether the statement, or the document it stands in, names most of `side`."""
    metadata = one.passage.document.metadata
    known = stems(" ".join(filter(None, (one.text, metadata.title, metadata.publisher))))
    return 2 * len(side & known) > len(side)


def wants_dates_in_order(view: QuestionView) -> bool:
    """True for a question that asks what happened in which order."""
    return bool(_BY_DATE.search(view.text) or _BETWEEN_DATES.search(view.text))


def when(one: Statement) -> str:
    """The first date that the statement names, else that of its document, as YYYY[-MM[-DD]]; "9999" for neither."""
    match = _DATED.search(one.text)
    if match is None:
        return one.passage.document.metadata.published or "9999"
    if match["iso"] or match["bare"]:
        return match["iso"] or match["bare"]
    month = _MONTHS.index(match["month"].casefold()) + 1
    day = match["day"] or match["after"]
    return f"{match['year']}-{month:02}" + (f"-{int(day):02}" if day else "")
