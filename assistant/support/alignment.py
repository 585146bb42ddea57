"""What can be seen of support without a model: which words, figures, names and negations of a claim the evidence holds.

The built-in checker weighs these beside its cross-encoder, and names them in its reason; without a model file
they are all there is. They cannot tell who did what to whom, nor that two words mean the same.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.wording import is_stop_word, stems, words
from ingest.token_vectors import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

_NEGATION = re.compile(
    r"\b(?:not|no|never|nor|neither|none|nobody|nothing|without|cannot|denied|denies|refused|failed)\b|n[’']t\b", re.I
)

_FIGURE = re.compile(r"\d+(?:,\d{3})*(?:[.:/]\d+)*")
_LETTERS = re.compile(r"[a-z]+")
_SPELLED = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90"}


_CLAUSE = re.compile(r"[;:,()]| (?:and|but|while|which|who|after|before|because|although) ")
ENOUGH = 0.65
"""The plain rule: this share of a claim's words found, and every figure."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a claim lies on its evidence. Shares are between 0 and 1; without words, figures or names nothing is missing.

    `coverage` is the share of the claim's content words that the evidence holds, `nearest` what one sentence of it
    holds, `weakest` the share of that clause of the claim of which least is found. `gap` is the longest
    run of its words that are found nowhere. `denies` is True when claim and nearest sentence differ in whether they deny.
    """

    coverage: float
    nearest: float
    weakest: float
    gap: int
    missing_figures: tuple[str, ...]
    missing_names: tuple[str, ...]
    denies: bool
    words: int

    @property
    def length(self) -> float:
        """The claim's length as it is weighed: 0 at ten words, 1 at 27."""
        return math.log(max(self.words, 3) / 10)

    @property
    def plain(self) -> bool:
        """What the plain rule says."""
        return self.coverage >= ENOUGH and not self.missing_figures

    def features(self) -> tuple[float, ...]:
        """The numbers that are weighed, in the order of `FEATURES`."""
        shares = (self.coverage, self.nearest, self.weakest, float(self.gap))
        flags = (bool(self.missing_figures), bool(self.missing_names), self.plain, self.denies)
        return (*shares, *map(float, flags), self.length)


FEATURES = ("coverage", "nearest", "weakest", "gap", "figures", "names", "plain", "denies", "length")
"""What `Alignment.features` holds; `figures` and `names` are 1.0 when one is missing."""


def align(claim: str, evidence_sentences: Sequence[str]) -> Alignment:
    """Lays the claim on all of the evidence; nothing is fetched and no model is run."""
    held = [stems(sentence) for sentence in evidence_sentences]
    everything = frozenset().union(*held)
    wanted = telling(claim)
    found = [bool(one & everything) for one in wanted]
    by_sentence = [frozenset(place for place, one in enumerate(wanted) if one & there) for there in held]
    nearest = max(range(len(held)), key=lambda place: (len(by_sentence[place]), -place), default=None)
    wanted_figures = figures(claim)
    missing_figures = sorted(wanted_figures - figures("\n".join(evidence_sentences))) if wanted_figures else []
    names = [word for word in words(claim)[1:] if word.capital and word.text[0].isalpha()]
    missing_names = [word.text for word in names if word.stem not in everything]
    denies = nearest is not None and _denies(claim) != _denies(evidence_sentences[nearest])
    clauses = [telling(clause) for clause in _CLAUSE.split(claim)]
    shares = [
        _share(sum(bool(one & everything) for one in clause), len(clause)) for clause in clauses if len(clause) > 1
    ]
    coverage = _share(sum(found), len(found))
    return Alignment(
        coverage=coverage,
        nearest=_share(max(map(len, by_sentence), default=0), len(wanted)),
        weakest=min(shares, default=coverage),
        gap=max((len(list(run)) for there, run in groupby(found) if not there), default=0),
        missing_figures=tuple(missing_figures),
        missing_names=tuple(dict.fromkeys(missing_names)),
        denies=denies,
        words=len(claim.split()),
    )


def _denies(text: str) -> bool:
    return bool(_NEGATION.search(text))


def figures(text: str) -> frozenset[str]:
    """Every number of `text` as it is written, less separators of thousands; "three" is "3".

    This is to weigh and to explain with. Units, ranges and "about" are the gate's own checks' affair.
    """
    written = {match.replace(",", "") for match in _FIGURE.findall(text)}
    spelled = {_SPELLED[word] for word in _LETTERS.findall(text.casefold()) if word in _SPELLED}
    return frozenset(written | spelled)


def telling(text: str) -> list[frozenset[str]]:
    """The stems of each word that carries meaning, in order; "library" and "report" are words like any other here."""
    return [
        stems(word.text)
        for word in words(text)
        if word.text.casefold() not in STOP_WORDS or not is_stop_word(word.text)
    ]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
