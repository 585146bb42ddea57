"""Words of a text: spans, stems, and which of them carry meaning.

Stems are those of the Porter 2 algorithm (Snowball "english"), the same family that the full-text index uses, so
that "questions", "question" and "questioned" meet. English only: words of other languages stay as they are.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

WORD = re.compile(r"[^\W_]+(?:[’'.\-–][^\W_]+)*", re.UNICODE)
"""A word: letters and digits, with inner apostrophes, points and hyphens ("U.S", "fine-tuned", "Committee’s")."""

STOP_WORDS = frozenset(
    (
        "a about above after again all also am an and any are as at be because been before being below between both "
        "but by can could did do does doing down during each either ever few for from further had has have having he "
        "her here hers him his how i if in into is it its itself just may me might more most must my no nor not now "
        "of off on once only or other our out over own per shall she should so some such than that the their them "
        "then there these they this those through to too under until up upon us very was we were what when where "
        "whether which while who whom whose why will with within without would you your please tell give list "
        "describe explain say says said according article document documents source sources report reports reported "
        "stored library collection held "
    ).split()
)
"""Words that do not tell one sentence from another, and words by which a question speaks of the library itself."""

_local = threading.local()

_SHORT = 4

_MONTHS = {
    "jan": "january",
    "feb": "february",
    "apr": "april",
    "aug": "august",
    "sept": "september",
    "oct": "october",
    "nov": "november",
}
"""Short forms that are no words of their own."""

_BRITISH = (
    (re.compile(r"(?<=\w{3})is(?=(?:e[drs]?|ing|ations?|ers)$)"), "iz"),
    (re.compile(r"(?<=\w{2})our(?=(?:s|ed|ing|al|able|ite|ful|ers?)?$)"), "or"),
    (re.compile(r"(?<=[a-z]{3}[bt])re(?=s?$)"), "er"),
    (re.compile(r"(?<=def|off)ence(?=s?$)|(?<=lic)ence(?=s?$)"), "ense"),
    (re.compile(r"(?<=progra)mme(?=s?$)"), "m"),
)
"""British endings with the American ones; what no other word ends in, or where both sides change alike."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text with its place. `capital` is True when it begins with a capital or is a number."""

    text: str
    stem: str
    start: int
    end: int
    capital: bool


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one word, case folded, without possessive; "U.K." and "UK" become one."""
    plain = word.casefold().replace("’", "'")
    plain = plain.removesuffix("'s").rstrip("'")
    if "." in plain and not any(character.isdigit() for character in plain):
        plain = plain.replace(".", "")
    plain = _one_spelling(_MONTHS.get(plain, plain))
    stemmer = getattr(_local, "stemmer", None)
    if stemmer is None:  # a stemmer must not be shared between threads
        stemmer = _local.stemmer = Stemmer.Stemmer("english")
    return str(stemmer.stemWord(plain))


_PER_CENT = frozenset({"%", "cent", "percent", "percentag"})
"""What a share is called: “19 per cent”, “19%”, “a percentage”."""


def _one_spelling(plain: str) -> str:
    """`plain` in the one spelling by which words of either side of the Atlantic are compared."""
    if len(plain) > _SHORT:
        for british, american in _BRITISH:
            plain = british.sub(american, plain)
    return plain


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[Word, ...]:
    """Every word of `text` in order, stop words included."""
    return tuple(
        Word(word, stem(word), match.start(), match.end(), not word[0].islower())
        for match in WORD.finditer(text)
        for word in (match.group(),)
    )


def content_words(text: str) -> tuple[Word, ...]:
    """The words of `text` that carry meaning, in order."""
    return tuple(word for word in words(text) if not is_stop_word(word.text))


def is_stop_word(word: str) -> bool:
    """True for a word without meaning of its own; "US", "WHO" and "May" are names, "us", "who" and "may" are not."""
    return word.casefold() in STOP_WORDS and word != "May" and not (word.isupper() and len(word) > 1)


@lru_cache(maxsize=20_000)
def stems(text: str) -> frozenset[str]:
    """The set of stems of all words of `text`; parts of hyphenated words count as words too."""
    found = set()
    for match in WORD.finditer(text):
        word = match.group()
        found.add(stem(word))
        if "-" in word or "–" in word:
            found.update(stem(part) for part in re.split(r"[-–]", word) if part)
    if re.search(r"%|\bper ?cent\b", text, re.IGNORECASE):
        found |= _PER_CENT
    return frozenset(found)
