"""Suites, outcomes and a target that answers from a script, for tests of the evaluators' desk."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.domain import Abstention, Briefing, Citation, Outcome, Searched, Supported, Trace
from assistant.web.filters import Filters
from eval.record import Checked
from eval.suite import Suite
from eval.targets import Held, Timed, TimedDraft

TEXT = "The harbour office fined Example Ltd £500. Example Ltd denied it."
DIGEST = hashlib.sha256(TEXT.encode()).hexdigest()
SEARCHED, TRACE = Searched(documents=1, passages=1), Trace(library="library", embedder="embedder")

SUITE = """
suite: harbour
documents: ["*.txt"]
cases:
  - id: fine
    kind: numerical
    ask: How much was the fine?
    expect: {outcome: briefing, includes: ["£500"], cites: [{document: harbour.txt, quote: "fined Example Ltd £500"}]}
  - id: denial
    kind: standing
    ask: What did Example Ltd deny?
    expect: {outcome: briefing, includes: ["denied it"], standing: denial}
  - id: weather
    kind: off_topic
    ask: Will it rain?
    expect: {outcome: abstention}
"""


def citation(quote: str, *, start: int | None = None, document: str = "d1") -> Citation:
    at = TEXT.index(quote) if start is None else start
    return Citation(
        document=document,
        version=1,
        title="Harbour notes",
        publisher="Harbour office",
        published="2022-02-14",
        source="harbour.txt",
        page=1,
        start=at,
        end=at + len(quote),
        quote=quote,
        sha256=DIGEST,
    )


def briefing(
    text: str, *, question: str = "?", quote: str | None = None, start: int | None = None, **told: object
) -> Briefing:
    claim = Supported.model_validate({"text": text, "citations": (citation(quote or text, start=start),), **told})
    return Briefing(question=question, standalone_question=question, claims=(claim,), searched=SEARCHED, trace=TRACE)


def abstention(question: str = "?") -> Abstention:
    return Abstention(
        question=question,
        standalone_question=question,
        reason="nothing_found",
        detail="Not held.",
        searched=SEARCHED,
        trace=TRACE,
    )


FINE = briefing("The harbour office fined Example Ltd £500.")
DENIAL = briefing("Example Ltd denied it.", standing="denial", speaker="Example Ltd")
GOOD: dict[str, Outcome] = {
    "How much was the fine?": FINE,
    "What did Example Ltd deny?": DENIAL,
    "Will it rain?": abstention("Will it rain?"),
}


class ScriptedTarget:
    """Answers by question; `fails` is called with each question and may raise."""

    def __init__(self, answers: dict[str, Outcome], fails: Callable[[str], None] = lambda _: None) -> None:
        self.answers = answers
        self.fails = fails
        self.asked: list[str] = []
        self._asking = threading.Lock()

    @property
    def about(self) -> dict[str, str]:
        return {"where": "script"}

    def ask(self, question: str, previous: Sequence[str], filters: Filters) -> Timed:
        with self._asking:
            self.asked.append(question)
        self.fails(question)
        return Timed(self.answers[question], 0.01)

    def check(self, draft: str) -> TimedDraft:
        return TimedDraft((Checked(text=draft, verdict="supported"),), 0.01)

    def documents(self) -> list[Held]:
        return [Held("d1", "harbour.txt", "Harbour notes")]

    def text(self, document: str, version: int) -> str | None:
        return TEXT if (document, version) == ("d1", 1) else None

    def found(self, outcome: Outcome) -> tuple[str, ...] | None:
        return ("d1",)


def suite(text: str = SUITE) -> Suite:
    import yaml

    return Suite.model_validate(yaml.safe_load(text))


def written(folder: Path, text: str = SUITE) -> Path:
    path = folder / "harbour.yaml"
    path.write_text(text, encoding="utf-8")
    (folder / "harbour.txt").write_text(TEXT, encoding="utf-8")
    return path
