"""What the library says on a topic: the statements of several searches, each once, with how much they are on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.desk.finding import Candidate
from assistant.desk.outdated import taken_back
from assistant.domain import Question
from assistant.wariness import without_orders
from assistant.wording import stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Scope
    from assistant.evidence import Evidence, Statement
    from assistant.retrieval import Retriever

_OF_A_TEXT = re.compile(
    r"^\W*(?:the|this|a|an) (?:\w+ )?(?:story|note|notes|article|page|post|piece|wording|text|summary|part of the report)\b|"
    r"\b(?:story|headline)\b|\bthere(?=[.,;]| as\b)",
    re.I,
)
"""What says something of a text, not of what it tells, or leans on a sentence before it."""

_FEWEST_WORDS = 6


@dataclass(frozen=True, slots=True)
class OnTopic:
    """A statement with how much of the topic it speaks of itself (`own`) and in its passage (`around`), both in [0, 1]."""

    statement: Statement
    own: float
    around: float

    @property
    def fit(self) -> float:
        """How well it serves the topic; higher is better."""
        return 0.5 * self.own + 0.2 * self.around + 0.3 * self.statement.score

    @property
    def place(self) -> tuple[str, int, int]:
        """Document, version and start."""
        document = self.statement.passage.document
        return document.id, document.version, self.statement.start


@dataclass(frozen=True)
class Pool:
    """Statements, the fittest first. `evidence` is that of the topic itself."""

    topic: str
    evidence: Evidence
    found: tuple[OnTopic, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The bare statements, in the same order."""
        return tuple(one.statement for one in self.found)


def gather(retriever: Retriever, topic: str, questions: Sequence[str], scope: Scope) -> Pool:
    """One search for the topic and one for each of `questions`, which are looked for near the topic."""
    first = without_orders(retriever.search(Question(text=topic, scope=scope)))
    every = list(first.statements)
    for question in questions:
        near = Question(text=question, scope=scope, context=topic)
        every += without_orders(retriever.search(near)).statements
    best: dict[tuple[str, int, int], OnTopic] = {}
    asked = len(first.statements)
    for place, one in enumerate(every):
        rated = _rated(one, first, found_for_it=place < asked)
        if rated.place not in best and _may_stand(rated):
            best[rated.place] = rated
    return Pool(topic, first, tuple(sorted(best.values(), key=lambda one: (-round(one.fit, 4), one.place))))


def _rated(one: Statement, first: Evidence, *, found_for_it: bool) -> OnTopic:
    """`found_for_it` tells that the topic itself was searched for, so that words of like meaning count too."""
    told, known = one.attribution, one.passage.document.metadata
    speaks = filter(None, (one.text, *((told.name, told.addressee) if told else ())))
    own = stems(" ".join(speaks))
    around = own | stems(" ".join(filter(None, (one.passage.text, known.title, *one.passage.heading_path))))
    wanted = first.view.words
    weights = first.weights or tuple(1 / len(wanted) for _ in wanted)

    def share(held: frozenset[str]) -> float:
        return sum(weight for word, weight in zip(wanted, weights, strict=True) if word.stem in held)

    meant = one.coverage if found_for_it else 0.0
    return OnTopic(one, max(share(own), meant), max(share(around), meant))


def _may_stand(one: OnTopic) -> bool:
    """Whether it can be a line: a whole sentence, not about a text, that names something of the topic."""
    text = one.statement.text
    if len(text.split()) < _FEWEST_WORDS or _OF_A_TEXT.search(text) or text.rstrip("”\"’')").endswith(("?", ":")):
        return False
    candidate = Candidate(one.statement.passage, one.statement.index, one.statement.told)
    return one.own > 0 and taken_back(candidate) is None
