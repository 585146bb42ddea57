"""Every word of a claim that carries meaning goes back to a word of the sentence it cites.

The same word, another form of it, a word of its family, or another name of the same. A claim in a source's own words
needs no more than that; any other is held to the other checks first, since words alone do not tell who did what.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.checks import Finding
from assistant.checks.names import anaphors, named_beside
from assistant.checks.reading import is_light
from assistant.checks.saying import governors
from assistant.wording import stems

if TYPE_CHECKING:
    from assistant.checks.case import Case

SPEAKER_IN_FRONT = re.compile(r"^(?P<speaker>[^:“\"]{2,120}): (?=[“\"])")
LONGEST_CLAIM, LONGEST_SENTENCE = 1_500, 6_000
"""In characters; a claim in the source's own words may be longer."""

ENOUGH = 0.6
"""A claim with less than this share of its words in a sentence speaks of something else."""


def checkable(case: Case) -> Finding | None:
    """A claim says something, and neither it nor the sentence it cites is too long to be read word by word."""
    if len(case.claim) > LONGEST_CLAIM or len(case.cited[case.basis]) > LONGEST_SENTENCE:
        return Finding("not_supported", "The claim or the sentence it cites is too long to be checked word by word.")
    if sum(token.carries for token in case.said.tokens) < 2:
        return Finding("not_supported", "The claim says nothing that could be looked up in its source.")
    return None


def check(case: Case) -> Finding | None:
    """See `assistant.checks`."""
    missing = uncovered(case)
    if missing:
        return Finding("not_supported", f"What the claim cites does not say “{missing[0]}”.")
    return None


def on_the_matter(case: Case) -> Finding | None:
    """Most of the claim's words stand in the sentence, so that the two can be told apart by the smaller ones."""
    return check(case) if coverage(case) < ENOUGH else None


def in_its_own_words(case: Case) -> bool:
    """Whether the claim is the cited sentence itself; case, spacing, punctuation and a speaker in front may differ."""
    speaker = SPEAKER_IN_FRONT.match(case.claim)
    body = case.claim[speaker.end() :] if speaker else case.claim
    return _fold(body) == _fold(case.cited[case.basis])


def uncovered(case: Case) -> list[str]:
    """The claim's words that carry meaning and have no like in the sentence, in order."""
    told = governors(case.said)
    speakers = {i for one in told for i in one.speaker if case.said.tokens[i].text[0].isupper()}
    speakers |= {one.place for one in told}
    bracketed = [match.span() for match in re.finditer(r"\[[^\]]*\]", case.said.text)]
    spare = anaphors(case.source)
    missing = []
    for i, token in enumerate(case.said.tokens):
        if not token.carries or i in case.alignment.places or i in speakers or is_light(token):
            continue
        if any(a < token.start < b for a, b in bracketed):
            continue
        if spare and token.text[0].isupper() and named_beside(case, (i,)):
            continue
        missing.append(token.text)
    return missing


def likeness(case: Case) -> int:
    """How many stems the claim shares with the cited sentence, as a first look."""
    return len(stems(case.claim) & stems(case.cited[case.basis]))


def coverage(case: Case) -> float:
    """The share of the claim's words that have a like in the sentence; 1.0 when it has none that carry meaning."""
    carrying = sum(token.carries for token in case.said.tokens)
    return 1 - len(uncovered(case)) / carrying if carrying else 1.0


def _fold(text: str) -> str:
    return " ".join(re.findall(r"[£$€¥%]|[^\W_]+(?:[’'.,\-–][^\W_]+)*", text.casefold().replace("’", "'")))
