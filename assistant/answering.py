"""From a question to an outcome. Read this file first.

`steps` is the flow: resolve, search, weigh, write, check. It yields what a face may show on the way: a `Step` when one
begins, each claim as the gate lets it through, and the `Outcome` last.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from assistant.abstaining import why
from assistant.admitting import Admission
from assistant.admitting import Step as Step
from assistant.both_sides import with_other_sides
from assistant.caveats import caveats
from assistant.conversation import RuleResolver
from assistant.domain import (
    Abstention,
    AbstentionReason,
    Briefing,
    Clarification,
    Nearest,
    Outcome,
    Question,
    Supported,
    Trace,
    Withheld,
)
from assistant.drafting import Writing
from assistant.messages import CAVEATS, STEPS, WOULD_SETTLE, model_unavailable
from assistant.retrieval import ids
from assistant.wariness import rests_on_suspicious, without_orders

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from assistant.conversation import Asking, Clarifier, Resolved, Resolver
    from assistant.domain import Caveat
    from assistant.drafting import Writer
    from assistant.evidence import Evidence
    from assistant.gate import Gate
    from assistant.retrieval import Retriever
    from assistant.settings import AnsweringSettings
    from assistant.sufficiency import Verdict
    from ingest.library import Library


class Judge(Protocol):
    """Decides whether evidence answers its question."""

    def weigh(self, evidence: Evidence) -> Verdict:
        """The verdict with the signals it rests on."""
        ...


@dataclass(frozen=True)
class Assistant:
    """The parts of the flow; built by `assistant.wiring`, replaced by scripted ones in tests.

    Safe to share between threads: an answer keeps its state in its own generator. `traced` lets LangSmith see its runs
    (see `assistant.chain`).
    """

    library: Library
    retriever: Retriever
    judge: Judge
    writer: Writer
    gate: Gate
    settings: AnsweringSettings
    resolver: Resolver = field(default_factory=RuleResolver)
    clarifier: Clarifier | None = None
    clock: Callable[[], float] = field(default=time.perf_counter)
    traced: bool = False

    def answer(self, question: Question) -> Outcome:
        """The outcome of `question`: a briefing, an abstention or a clarification.

        Raises:
            BriefingError: the library or the model failed; a refusal to answer is no failure.
        """
        *_, outcome = self.steps(question)
        assert not isinstance(outcome, Step | Supported | Withheld)  # noqa: S101 - the flow ends on an outcome
        return outcome

    def steps(self, question: Question) -> Iterator[Step | Supported | Withheld | Outcome]:
        """The flow of one answer; the `Outcome` comes last, and nothing is shown that the gate has not passed."""
        resolved = self.resolver.resolve(question)
        for came in self._answering(question, resolved):
            if isinstance(came, Briefing | Abstention | Clarification):
                trace = came.trace.model_copy(update={"prompts": dict(resolved.prompts) | came.trace.prompts})
                yield came.model_copy(update={"scope": resolved.scope, "understood": resolved.how, "trace": trace})
            else:
                yield came

    def _answering(self, question: Question, resolved: Resolved) -> Iterator[Step | Supported | Withheld | Outcome]:
        times = _Timings(self.clock)
        asked = question.model_copy(
            update={"text": resolved.text, "scope": resolved.scope, "context": resolved.context}
        )
        yield Step("search", STEPS["search"])
        with times("search"):
            evidence = without_orders(self.retriever.search(asked))
        yield Step("weigh", STEPS["weigh"])
        with times("weigh"):
            verdict = self.judge.weigh(evidence)
            asking = self.clarifier.ask_back(resolved, evidence, verdict) if self.clarifier else None
        if asking:
            yield self._clarify(question, evidence, verdict, asking, times)
            return
        if verdict.reason:
            yield self._abstain(question, evidence, verdict, verdict.reason, times)
            return
        with times("write"):
            draft = self.writer.write(evidence)
            if question.own_words and draft.instead is not None:
                draft = draft.instead()
            draft = with_other_sides(draft, evidence)
        admission = Admission(self.gate, times, _titles(evidence))
        for came in admission.run(draft):
            if isinstance(came, Supported):
                times.note_first_claim()
            yield came
        if not admission.claims:
            yield self._abstain(question, evidence, verdict, "all_claims_withheld", times, admission)
            return
        yield self._brief(question, evidence, verdict, admission, times)

    def _brief(
        self,
        question: Question,
        evidence: Evidence,
        verdict: Verdict,
        admission: Admission,
        times: _Timings,
    ) -> Briefing:
        codes, notes = caveats(
            admission.claims,
            evidence,
            verdict,
            self.library.ledger,
            rebuilding=self.library.state() != "ready",
        )
        written = list(dict.fromkeys(admission.writing.caveats))
        if rests_on_suspicious(admission.claims, evidence):
            written.append("suspicious_source")
        return Briefing(
            question=question.text,
            standalone_question=evidence.view.text,
            claims=admission.claims,
            withheld=tuple(admission.withheld),
            caveats=(*codes, *written),
            notes=(*notes, *_notes(written, admission.writing)),
            searched=evidence.searched,
            trace=self._trace(evidence, verdict, times, admission),
        )

    def _clarify(
        self, question: Question, evidence: Evidence, verdict: Verdict, asking: Asking, times: _Timings
    ) -> Clarification:
        return Clarification(
            question=question.text,
            standalone_question=evidence.view.text,
            detail=asking.why,
            choices=asking.choices,
            searched=evidence.searched,
            trace=self._trace(evidence, verdict, times),
        )

    def _abstain(
        self,
        question: Question,
        evidence: Evidence,
        verdict: Verdict,
        reason: AbstentionReason,
        times: _Timings,
        admission: Admission | None = None,
    ) -> Abstention:
        return Abstention(
            question=question.text,
            standalone_question=evidence.view.text,
            withheld=tuple(admission.withheld) if admission else (),
            reason=reason,
            detail=why(reason, verdict, evidence, self.library.ledger),
            would_settle=WOULD_SETTLE[evidence.view.kind],
            nearest=self._nearest(evidence),
            searched=evidence.searched,
            trace=self._trace(evidence, verdict, times, admission),
        )

    def _nearest(self, evidence: Evidence) -> tuple[Nearest, ...]:
        """The best statement of each of the nearest passages."""
        found: list[Nearest] = []
        seen: set[str] = set()
        for one in evidence.statements:
            if len(found) == self.settings.nearest:
                break
            if one.passage.id not in seen:
                seen.add(one.passage.id)
                citation = self.gate.cite(one.passage, one.start, one.end)
                found.append(Nearest(citation=citation, score=round(one.coverage, 4)))
        return tuple(found)

    def _trace(
        self, evidence: Evidence, verdict: Verdict, times: _Timings, admission: Admission | None = None
    ) -> Trace:
        writing = admission.writing if admission else Writing()
        return Trace(
            library=self.library.snapshot(),
            embedder=self.library.embedder.fingerprint,
            prompts=dict(writing.prompts),
            model=writing.model,
            attempts=tuple(writing.attempts),
            tokens=dict(writing.tokens),
            cost=writing.cost,
            timings_ms=times.milliseconds(),
            first_claim_ms=times.first_claim,
            evidence=writing.evidence,
            mended=admission.mended if admission else 0,
            passages=ids(evidence.hits[:20]),
            signals={name: round(value, 4) for name, value in verdict.signals.items()},
        )


def _notes(codes: Sequence[Caveat], writing: Writing) -> list[str]:
    """What the writing gives rise to, in words."""
    return [model_unavailable(writing.attempts) if code == "model_unavailable" else CAVEATS[code] for code in codes]


def _titles(evidence: Evidence) -> Callable[[str], str | None]:
    """The title of a document by its id, of those that were found."""
    found = {hit.passage.document.id: hit.passage.document.metadata.title for hit in evidence.hits}
    return found.get


class _Timings:
    """Wall time per step, and to the first claim shown, in milliseconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._begun = clock()
        self._spent: dict[str, float] = {}
        self.first_claim: float | None = None

    def note_first_claim(self) -> None:
        """To be called at each claim that is shown."""
        if self.first_claim is None:
            self.first_claim = round((self._clock() - self._begun) * 1000, 2)

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        begun = self._clock()
        try:
            yield
        finally:
            self._spent[step] = self._spent.get(step, 0.0) + (self._clock() - begun) * 1000

    def milliseconds(self) -> dict[str, float]:
        return {step: round(spent, 2) for step, spent in self._spent.items()}
