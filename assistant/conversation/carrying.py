"""Whether a question points back, and the plainest way to complete it.

A question is a follow-up when it says hardly anything, opens as one ("and ...", "what about ..."), or points at what
it has not named itself ("it" with no name before it, "that decision", "the company" in a short question without
names). Then the names and the matter of the question before are put behind it in brackets, where people can see them
and where search finds them; the words asked are left as they were asked. What points at nothing ("is it lawful to
...") is no follow-up: words carried over for no reason would bring in another matter.
"""

from __future__ import annotations

import re

from assistant.question import view
from assistant.wording import stem

_OPENS = re.compile(
    r"(?:and|but|so|also|any(?:thing|one|body))\b|(?:what|how) about\b|"
    r"(?:please )?(?:summari[sz]e|explain|repeat|shorten|list|compare) (?:that|this|it|them)\b",
    re.I,
)
_PRONOUN = re.compile(r"\b(?:it|its|he|his|him|she|her|they|their|them|theirs)\b", re.I)
_POINTING = re.compile(
    r"\b(?:this|these|those)\b|\b(?:else|instead|since then|before that|after that|next|afterwards)\b|"
    r"\bthat (?:letter|report|statement|order|decision|finding|vote|claim|meeting|answer|reply|company|firm|committee)\b",
    re.I,
)
_DEFINITE = re.compile(r"\bthe [a-z]{3,}\b")
_LEANS = re.compile(
    r"\b(?:(?:dis)?agree[ds]?|responds?|responded|react(?:ed|s)?|think|thought|comment(?:ed)?|do the same|say so|know)\W*$",
    re.I,
)
_POINTS_AT_NOTHING = re.compile(
    r"\b(?:is|was|be|been|would|will|does|did) it (?:\w+ ){0,3}(?:to|that|for|take|takes|mean|means)\b", re.I
)
_SHORT = 3
_ALMOST_NOTHING = 2
_NOBODY = frozenset(stem(word) for word in ("anyone", "anybody", "else"))
MOST_CARRIED = 12
"""Words of the earlier question that are carried over at most."""


def carried(text: str, base: str) -> str:
    """`text`, with the matter of `base` behind it in brackets; `text` itself when it says all of that already."""
    words = matter(text, base)
    return f"{text} ({words})" if words else text


def matter(text: str, base: str) -> str:
    """The words of `base` that carry meaning and are not in `text`, as many as are carried over."""
    own = {word.stem for word in view(text).words} | _NOBODY
    return " ".join([word.text for word in view(base).words if word.stem not in own][:MOST_CARRIED])


def points_back(text: str) -> bool:
    """Whether `text` is a follow-up: it says hardly anything, opens as one, or points at what it has not named."""
    seen = view(text)
    names = [word for word in seen.names if not word.text.isdigit()]
    if len(seen.words) < 2 and (not names or len(text.split()) <= _ALMOST_NOTHING):
        return True
    if len(names) < 2 and (_OPENS.match(text) or _POINTING.search(text)):
        return True
    if _LEANS.search(text) or (not names and len(seen.words) <= _SHORT and _DEFINITE.search(text)):
        return True
    pronoun = None if _POINTS_AT_NOTHING.search(text) else _PRONOUN.search(text)
    return pronoun is not None and not any(name.start < pronoun.start() for name in names)
