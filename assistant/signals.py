"""What can be read off evidence about whether it answers: a few figures, each of one plain meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.evidence import Evidence

ABSENT = 0.35
"""A word of the question that no passage meets better than this is absent from the library's answer."""


@dataclass(frozen=True, slots=True)
class Signals:
    """All figures in [0, 1].

    `sentence_coverage`: share of the question, by rarity of its words, that the best sentence holds.
    `passage_coverage`: the same for the best passage with its title and headings.
    `weakest_word`: the worst met of the question's words, in the best passage.
    `names_found`: share of its names that stand in the best passages.
    """

    sentence_coverage: float
    passage_coverage: float
    weakest_word: float
    names_found: float
    absent_names: tuple[str, ...]
    absent_words: tuple[str, ...]

    def values(self) -> dict[str, float]:
        """The figures by name."""
        return {
            "sentence_coverage": self.sentence_coverage,
            "passage_coverage": self.passage_coverage,
            "weakest_word": self.weakest_word,
            "names_found": self.names_found,
        }


def read(evidence: Evidence) -> Signals:
    """The signals of evidence that holds at least one statement."""
    weights = evidence.weights
    best = max(evidence.statements, key=lambda one: (one.coverage, one.score))
    covered = {
        one.passage.id: sum(w * m for w, m in zip(weights, one.context_match, strict=True))
        for one in evidence.statements
    }
    top = max(evidence.statements, key=lambda one: (covered[one.passage.id], one.score))
    anywhere = [max(values) for values in zip(*(one.context_match for one in evidence.statements), strict=True)]
    words = evidence.view.words
    names = {word.start for word in evidence.view.names}
    of_names = [value for word, value in zip(words, top.context_match, strict=True) if word.start in names]
    absent = [word for word, value in zip(words, anywhere, strict=True) if value < ABSENT]
    return Signals(
        sentence_coverage=best.coverage,
        passage_coverage=covered[top.passage.id],
        weakest_word=min(top.context_match, default=0.0),
        names_found=sum(of_names) / len(of_names) if of_names else 1.0,
        absent_names=tuple(word.text for word in absent if word.start in names),
        absent_words=tuple(word.text for word in absent),
    )
