"""Labelled questions, each with what the product said to it; and how a benchmark prints what it found."""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain import Briefing, Question

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from assistant.answering import Assistant
    from assistant.domain import Outcome
    from eval.benchmarks.answer_sets import Labelled
    from eval.metrics.grouped import Figure


@dataclass(frozen=True, slots=True)
class Answered:
    """A question, its outcome, and every quote that is cited with the name of its document, in the order shown."""

    question: Labelled
    outcome: Outcome
    quotes: tuple[tuple[str, str], ...]

    @property
    def answered(self) -> bool:
        """Whether there is an answer, of whatever worth."""
        return isinstance(self.outcome, Briefing)

    @property
    def is_right(self) -> bool | None:
        """Whether a labelled sentence is cited; None without an answer, or where the set labels none."""
        if not self.answered or not self.question.gold:
            return None
        return any(self.question.is_gold(*quote) for quote in self.quotes)


def ask(assistant: Assistant, questions: Sequence[Labelled]) -> Iterator[Answered]:
    """Each question as a face would ask it, those before it in its conversation included."""
    names = {one.id: one.name for one in assistant.library.ledger.documents()}
    for number, one in enumerate(questions, start=1):
        outcome = assistant.answer(Question(text=one.question, previous=one.previous))
        cited = [citation for claim in outcome.claims for citation in claim.citations]
        yield Answered(one, outcome, tuple((names[citation.document], citation.quote) for citation in cited))
        if number % 50 == 0:
            sys.stderr.write(f"{number} of {len(questions)} questions\n")


def arguments(description: str | None) -> argparse.ArgumentParser:
    """What every benchmark of answers is told."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="Folder of the labelled sets")
    parser.add_argument("--cache", type=Path, help="Folder to keep the libraries in (default: a temporary one)")
    parser.add_argument("--show", action="store_true", help="Print every question that went wrong, with what was said")
    return parser


@contextmanager
def kept(cache: Path | None) -> Iterator[Path]:
    """`cache`, or a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as scratch:
        yield cache or Path(scratch)


def write(title: str, rows: Mapping[str, Figure | None]) -> None:
    """Print figures under a title; those that do not apply are left out."""
    sys.stdout.write(f"\n{title}\n")
    width = max(map(len, rows), default=0)
    for label, row in rows.items():
        if row is not None:
            sys.stdout.write(f"  {label:<{width}}  {row}\n")
    sys.stdout.flush()


def tell(line: str) -> None:
    """Progress and warnings, on standard error."""
    sys.stderr.write(f"{line}\n")


def show(one: Answered, why: str, wanted: Sequence[str] = ()) -> None:
    """Print one question with what was said and what was wanted."""
    asked, outcome = one.question, one.outcome
    sys.stdout.write(f"\n{why}: {asked.id} [{asked.kind}] {asked.question}\n")
    if outcome.standalone_question != asked.question:
        sys.stdout.write(f"  understood: {outcome.standalone_question}\n")
    for line in wanted:
        sys.stdout.write(f"  wanted: {line}\n")
    sys.stdout.write(f"  {outcome.outcome} {outcome.reason or ''} {outcome.detail or ''} {' '.join(outcome.caveats)}\n")
    for claim in outcome.claims:
        sys.stdout.write(f"  - {claim.text}  [{claim.citations[0].title}]\n")
    for near in outcome.nearest:
        sys.stdout.write(f"  ~ {near.citation.quote}  [{near.citation.title}]\n")
