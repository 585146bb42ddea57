from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering import Assistant, Step
from assistant.domain import Abstention, Briefing, Question
from assistant.drafting import Draft, DraftClaim, Reference
from assistant.evidence import Evidence
from assistant.gate import Gate
from assistant.settings import AnsweringSettings
from assistant.sufficiency import SufficiencyJudge, Verdict
from ingest.ledger.understood import Understood

from .material import Shelf, document, evidence, passage

LETTER = document("The firm paid a fine of nine pounds.", published="2021", publisher="A Paper")
FOUND = evidence("What fine did the firm pay?", passage(LETTER, "The firm paid a fine of nine pounds."))


@dataclass
class Found:
    evidence: Evidence

    def search(self, question: Question) -> Evidence:
        return self.evidence


@dataclass
class Decided:
    verdict: Verdict

    def weigh(self, evidence: Evidence) -> Verdict:
        return self.verdict


@dataclass
class Scripted:
    texts: tuple[str, ...]

    def write(self, evidence: Evidence) -> Draft:
        one = evidence.statements[0]
        place = Reference(one.passage.document.id, 1, one.start, one.end, one.text)
        return Draft(tuple(DraftClaim(text, (place,)) for text in self.texts))


class Closed:
    """As much of a library as the flow itself asks for."""

    class embedder:
        fingerprint = "stable@64/hash/fp32"

    class ledger:
        @staticmethod
        def corrections() -> dict[str, tuple[str, ...]]:
            return {}

        @staticmethod
        def is_vendor(name: str) -> bool:
            return False

        @staticmethod
        def signatures(ids: Sequence[str]) -> dict[str, bytes]:
            return {}

        @staticmethod
        def understanding(id: str, version: int | None = None) -> Understood:
            return Understood(primary=False, primary_cue="", entities=(), correction=None)

    def snapshot(self) -> str:
        return "0" * 16

    def state(self) -> str:
        return "ready"


def assistant(*texts: str, verdict: Verdict = Verdict(None), found: Evidence = FOUND) -> Assistant:
    return Assistant(
        library=Closed(),  # type: ignore[arg-type]
        retriever=Found(found),
        judge=Decided(verdict),
        writer=Scripted(texts),
        gate=Gate(Shelf(LETTER)),
        settings=AnsweringSettings(),
    )


ASKED = Question(text="What fine did the firm pay?")
TRUE = "The firm paid a fine of nine pounds."
FALSE = "The firm paid a fine of ten pounds."


def test_a_supported_claim_becomes_a_briefing() -> None:
    outcome = assistant(TRUE).answer(ASKED)
    assert isinstance(outcome, Briefing)
    assert [claim.text for claim in outcome.claims] == [TRUE]
    assert outcome.trace.timings_ms.keys() == {"search", "weigh", "write", "check"}


def test_a_claim_the_source_does_not_make_is_withheld_beside_the_one_it_makes() -> None:
    outcome = assistant(TRUE, FALSE).answer(ASKED)
    assert isinstance(outcome, Briefing)
    assert [(one.text, one.reason) for one in outcome.withheld] == [(FALSE, "number_not_in_source")]


def test_when_every_claim_is_withheld_the_assistant_abstains() -> None:
    outcome = assistant(FALSE).answer(ASKED)
    assert isinstance(outcome, Abstention)
    assert outcome.reason == "all_claims_withheld"
    assert outcome.claims == ()


def test_evidence_that_does_not_settle_the_question_is_an_abstention_that_helps() -> None:
    outcome = assistant(TRUE, verdict=Verdict("part_not_found", ("replied",))).answer(ASKED)
    assert isinstance(outcome, Abstention)
    assert "replied" in outcome.detail
    assert outcome.would_settle
    assert [near.citation.quote for near in outcome.nearest] == [TRUE]


def test_the_steps_are_shown_before_the_claims_and_the_outcome_last() -> None:
    shown = list(assistant(TRUE, FALSE).steps(ASKED))
    kinds = [one.name if isinstance(one, Step) else type(one).__name__ for one in shown]
    assert kinds == ["search", "weigh", "write", "check", "Supported", "check", "Withheld", "Briefing"]


def test_an_outcome_reads_back_from_its_json() -> None:
    outcome = assistant(TRUE).answer(ASKED)
    assert Briefing.model_validate_json(outcome.model_dump_json()) == outcome


def test_an_empty_library_and_an_empty_scope_are_told_apart() -> None:
    judge = SufficiencyJudge(0.5)
    assert judge.weigh(evidence("Who?")).reason == "library_empty"
    narrowed = evidence("Who?", scope=type(FOUND.scope)(publishers=("Nobody",)))
    assert judge.weigh(narrowed).reason == "nothing_in_scope"
