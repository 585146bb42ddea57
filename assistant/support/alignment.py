"""What can be seen of support without a model: which words, figures, names and negations of a claim the evidence holds.

The built-in checker weighs these beside its cross-encoder, and names them in its reason; without a model file
they are all there is. They cannot tell who did what to whom, nor that two words mean the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a claim lies on its evidence. Shares are between 0 and 1; without words, figures or names nothing is missing.

    `coverage` is the share of the claim's content words that the evidence holds, `pairs` that of its neighbouring
    pairs of content words. `negation` is 1.0 when claim and nearest sentence differ in whether they deny.
    """

    coverage: float
    pairs: float
    missing_figures: tuple[str, ...]
    missing_names: tuple[str, ...]
    figures: float
    names: float
    negation: float

    def features(self) -> tuple[float, ...]:
        """The numbers that are weighed, in the order of `FEATURES`."""
        return (self.coverage, self.pairs, self.figures, self.names, self.negation)


FEATURES = ("coverage", "pairs", "figures", "names", "negation")
"""What `Alignment.features` holds: two shares found, two shares missing, one difference."""


def align(claim: str, evidence_sentences: Sequence[str]) -> Alignment:
    """Lays the claim on the sentences; nothing is fetched and no model is run."""
    held = [stems(sentence) for sentence in evidence_sentences]
    everything = frozenset().union(*held)
    wanted = telling(claim)
    flat = frozenset().union(*wanted)
    evidence = "\n".join(evidence_sentences)
    wanted_figures = figures(claim)
    missing_figures = sorted(wanted_figures - figures(evidence)) if wanted_figures else []
    names = [word for word in words(claim)[1:] if word.capital and word.text[0].isalpha()]
    missing_names = [word.text for word in names if word.stem not in everything]
    nearest = max(range(len(held)), key=lambda place: (len(flat & held[place]), -place), default=None)
    denied = nearest is not None and bool(_NEGATION.search(claim)) != bool(
        _NEGATION.search(evidence_sentences[nearest])
    )
    return Alignment(
        coverage=_share(sum(bool(one & everything) for one in wanted), len(wanted)),
        pairs=_pairs(wanted, evidence),
        missing_figures=tuple(missing_figures),
        missing_names=tuple(dict.fromkeys(missing_names)),
        figures=1 - _share(len(wanted_figures) - len(missing_figures), len(wanted_figures)),
        names=1 - _share(len(names) - len(missing_names), len(names)),
        negation=float(denied),
    )


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


def _pairs(wanted: Sequence[frozenset[str]], evidence: str) -> float:
    order = telling(evidence)
    there = {(one, other) for first, second in zip(order, order[1:], strict=False) for one in first for other in second}
    found = [
        any((one, other) in there for one in first for other in second)
        for first, second in zip(wanted, wanted[1:], strict=False)
    ]
    return _share(sum(found), len(found))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
