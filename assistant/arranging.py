"""What kind of answer a question wants beside plain statements: two sides set against each other, or events by date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.asking import asked
from assistant.periods import periods
from assistant.wording import content_words, stems

if TYPE_CHECKING:
    from assistant.evidence import Statement
    from assistant.question import QuestionView

_COMPARES = re.compile(
    r"\b(?:compar\w+|differ\w*|disagree\w*|agree|contrast\w*|versus|vs|conflict\w*|contradict\w*|match|on the one hand|"
    r"different accounts?|both sides)\b",
    re.I,
)
_BY_DATE = re.compile(r"\b(?:timeline|chronolog\w+|sequence of events|in what order|over time|history of)\b", re.I)
_BETWEEN_DATES = re.compile(
    r"\bhappened\b[^?]*\b(?:between|from|since|after|before|during)\b[^?]*\b(?:19|20)\d\d\b|"
    r"\bhappened (?:between|from|since|after)\b",
    re.I,
)
_LATER = re.compile(
    r"\bwhat(?: else)? (?:has |have |had )?(?:followed|(?:happened|came|was done) (?:after|following|next|since))\b",
    re.I,
)
_HOW_VOTED = re.compile(
    r"\bhow (?:did|do|does|has|have|was|were)\b[^?]*\bvot(?:e|es|ed|ing)\b|\b(?:result|outcome|counts?|tally) of (?:the|its|their|this) "
    r"(?:\w+ )?vote\b|\bhow many (?:\w+ )?(?:voted|votes)\b",
    re.I,
)
_VOTES = re.compile(
    r"\b\d[\d,]*\b[^.;|]{0,40}?\b(?:in favour|in favor|against|ayes|noes|voted|votes|abstentions?)\b|\bvot\w+ (?:by )?\d[\d,]* (?:to|-|–) \d",
    re.I,
)
_LISTS = re.compile(
    r"\b(?:what|which) (?:[\w-]+ ){0,2}[a-z]{3,}s (?:did|do|does|are|were|must|should|has|have|had|will)\b(?! the (?:case|matter))|"
    r"\bwhat (?:did|do|does|has|have|had|must|should)\b[^?]*\b(?:ask(?:ed)? for|call(?:ed|s)? for|require|recommend|demand|"
    r"propose|order|agree to|commit to|promise|urge|prohibit|forbid)",
    re.I,
)
_DIFFER = (
    re.compile(
        r"\bhow (?:do|does|did) (?P<one>[^?,]+?) and (?P<other>[^?,]+?) (?:differ|disagree|compare|contrast)\b", re.I
    ),
    re.compile(
        r"\b(?:differ\w*|disagree\w*|compar\w+|contrast\w*) between (?P<one>[^?,]+?) and (?P<other>[^?,]+?)(?= (?:on|in|about|over|of)\b|[?,.]|$)",
        re.I,
    ),
    re.compile(
        r"\b(?:compare|contrast) (?P<one>[^?,]+?) (?:and|with|to|against) (?P<other>[^?,]+?)(?= (?:on|in|about|over)\b|[?,.]|$)",
        re.I,
    ),
)
_MONTHS = "january february march april may june july august september october november december".split()
_DATED = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? )?(?P<month>{'|'.join(_MONTHS)})(?: (?P<after>\d{{1,2}}),?)?,? (?P<year>(?:19|20)\d\d)\b|"
    r"\b(?P<iso>(?:19|20)\d\d-\d\d(?:-\d\d)?)\b|\b(?P<bare>(?:19|20)\d\d)\b",
    re.I,
)


_DAY = re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{'|'.join(_MONTHS)})\b(?!,? (?:19|20)\d\d)", re.I)


def sides(view: QuestionView) -> tuple[frozenset[str], ...]:
    """The stems of each side of a comparison, in the order of the question; empty when it compares nothing named."""
    if not _COMPARES.search(view.text):
        return ()
    named = next((match for pattern in _DIFFER if (match := pattern.search(view.text))), None)
    if named is not None:
        pair = tuple(frozenset(word.stem for word in content_words(part)) for part in named.group("one", "other"))
        if all(pair):
            return pair
    parts = [part for subject in view.subjects for part in re.split(r",? and (?:the )?|,? versus |,? vs\.? ", subject)]
    found = [stems(part) for part in dict.fromkeys(parts) if part.strip()]
    return tuple(found) if len(found) > 1 else ()


def is_about(one: Statement, side: frozenset[str], *, closely: bool = False) -> bool:
    """Whether the statement, its headings or the document it stands in name most of `side`; `closely`, not the document."""
    metadata = one.passage.document.metadata
    whole = () if closely else (metadata.title, metadata.publisher)
    known = stems(" ".join(filter(None, (one.text, *whole, *one.passage.heading_path[-1:]))))
    return 2 * len(side & known) > len(side)


def wants_dates_in_order(view: QuestionView) -> bool:
    """True for a question that asks what happened in which order."""
    return bool(_BY_DATE.search(view.text) or _BETWEEN_DATES.search(view.text))


def wants_later(view: QuestionView) -> bool:
    """True for a question that asks what came after something: "What followed the order?"."""
    return bool(_LATER.search(view.text))


def wants_counts(view: QuestionView) -> bool:
    """True for a question that asks how somebody voted."""
    return bool(_HOW_VOTED.search(view.text))


def counts_a_vote(text: str) -> bool:
    """Whether `text` says how many voted which way."""
    return bool(_VOTES.search(text))


def wants_items(view: QuestionView) -> bool:
    """True for a question that a list answers: "What changes did it agree to?", "What does the resolution ask for?"."""
    return bool(_LISTS.search(view.text)) and not asked(view.text).aim


def year_of(view: QuestionView) -> str | None:
    """The one year that the question names, if it names one."""
    years = {day[:4] for period in periods(view.text) for day in period}
    return years.pop() if len(years) == 1 else None


def when(one: Statement, year: str | None = None) -> str:
    """The first date that the statement names, else that of its document, as YYYY[-MM[-DD]]; "9999" for neither."""
    return dated(one, year) or one.passage.document.metadata.published or "9999"


def dated(one: Statement, year: str | None = None) -> str | None:
    """The first date that the statement itself names, as YYYY[-MM[-DD]].

    A day without a year is of `year`, else of the year in which its document was published; None where neither is known.
    """
    match = _DATED.search(one.text)
    bare = _DAY.search(one.text)
    if bare is not None and (match is None or bare.start() < match.start()):
        of = year or (one.passage.document.metadata.published or "")[:4]
        placed = _MONTHS.index(bare["month"].casefold()) + 1
        return f"{of}-{placed:02}-{int(bare['day']):02}" if of else None
    if match is None:
        return None
    if match["iso"] or match["bare"]:
        return match["iso"] or match["bare"]
    month = _MONTHS.index(match["month"].casefold()) + 1
    day = match["day"] or match["after"]
    return f"{match['year']}-{month:02}" + (f"-{int(day):02}" if day else "")
