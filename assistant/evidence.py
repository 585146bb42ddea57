"""What was found for one question: passages as hits, sentences as statements."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from assistant.domain import Searched
    from assistant.question import QuestionView
    from assistant.spelling import Respelt
    from ingest.ledger.records import PassageRecord, Scope
    from ingest.understanding.statement import Attribution
    from ingest.understanding.statement import Statement as Understood

FoundBy = Literal["meaning", "words"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question. `score` is the blended score in about [0, 1], higher is better.

    `signals` are the parts of the score by name, for the trace.
    """

    passage: PassageRecord
    score: float
    found_by: tuple[FoundBy, ...]
    signals: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of a hit, scored against the question.

    `start` and `end` are offsets into the document's canonical text. `match` holds, for each content word of
    the question in order, how well this sentence matches it, in [0, 1] (1 = the same word); `context_match` the
    same for the best of its whole passage, title and headings. `coverage` is the share of the question's content
    words, weighted by rarity, that `match` amounts to; `resolved` the same when a pronoun or "the company" may stand
    for a name of the passage. `meaning` is how near the sentence is to the question in meaning, about 0 to .5 (see
    `assistant.reranking.Matches`). `deed` tells whether it speaks of what the question says is done, by whom the
    question says, in [0, 1] (see `assistant.roles.done`). `about` is 0 where it
    speaks of another bearer, time or attribute than the question names (see `assistant.aligning`), else 1. `told` is what the ledger holds of the sentence by itself:
    speaker, standing, times; None for a passage that was made without.
    """

    passage: PassageRecord
    index: int
    start: int
    end: int
    text: str
    score: float
    coverage: float
    match: tuple[float, ...]
    context_match: tuple[float, ...]
    hit_score: float
    told: Understood | None = None
    resolved: float = 0.0
    meaning: float = 0.0
    deed: float = 1.0
    about: float = 1.0

    @property
    def attribution(self) -> Attribution | None:
        """Who says it, as the ledger holds it."""
        return self.told.attribution if self.told is not None else None

    @property
    def named_elsewhere(self) -> str | None:
        """The speaker, when another sentence than this one names them."""
        return self.told.named_elsewhere if self.told is not None else None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Hits and statements, each best first, possibly none; ties are broken by passage id and place.

    `weights` are the rarities of the question's content words, in order, summing to 1 (empty when it has none). `respelt` are words
    that the question writes otherwise than the library: `view` reads them as the library does.
    """

    view: QuestionView
    scope: Scope
    searched: Searched
    hits: tuple[Hit, ...] = ()
    statements: tuple[Statement, ...] = ()
    weights: tuple[float, ...] = ()
    signals: dict[str, float] = field(default_factory=dict)
    respelt: tuple[Respelt, ...] = ()
