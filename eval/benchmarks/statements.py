"""Which sentences are cited: right ones, and how many beside them, on labelled sets.

    python -m eval.benchmarks.statements --data DIR [--cache DIR] [--set NAME]

`DIR` holds `clapnq/`, `dragonball/` and `policy/`. Of the answerable questions of each set it prints how many have the
right sentence ranked first, how many are answered, and of those: answers that cite a labelled sentence, claims that do
(a lower bound: sets name one way to answer), and claims an answer. 95 % intervals by bootstrap over questions.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from assistant.conversation import standalone
from assistant.domain import Briefing, Question
from eval.benchmarks.answer_sets import SETS, assistant_over
from eval.metrics import interval

if TYPE_CHECKING:
    from assistant.answering import Assistant
    from eval.benchmarks.answer_sets import AnswerSet, Labelled


class Marks(NamedTuple):
    """One question: the best statement is a labelled one; answered; share of claims that cite one (None: no answer)."""

    first: float
    answered: float
    cited: float | None
    claims: int


def main() -> None:
    """Measure the chosen sets and print one line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, help="Folder to keep the libraries in (default: a temporary one)")
    parser.add_argument("--set", choices=sorted(set(SETS) - {"mtrag-govt"}), help="Only this set")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        for name in [given.set] if given.set else ["clapnq", "dragonball", "policy"]:
            chosen = SETS[name](given.data)
            with assistant_over(chosen, given.cache or Path(scratch)) as assistant:
                _report(
                    name, [_marks(assistant, chosen, one) for one in chosen.questions if one.answerable and one.gold]
                )


def _marks(assistant: Assistant, chosen: AnswerSet, one: Labelled) -> Marks:
    names = {document.id: document.name for document in assistant.library.ledger.documents()}
    found = assistant.retriever.search(Question(text=standalone(one.question, one.previous)[:2000])).statements
    first = float(bool(found) and one.is_gold(found[0].passage.document.name, found[0].text))
    outcome = assistant.answer(Question(text=one.question, previous=one.previous))
    if not isinstance(outcome, Briefing):
        return Marks(first, 0.0, None, 0)
    right = [any(one.is_gold(names[c.document], c.quote) for c in claim.citations) for claim in outcome.claims]
    return Marks(first, 1.0, sum(right) / len(right), len(right))


def _report(name: str, marks: list[Marks]) -> None:
    cited = [one.cited for one in marks if one.cited is not None]
    claims = [one.claims for one in marks if one.claims]
    sys.stdout.write(f"{name}: {len(marks)} answerable questions with labelled sentences\n")
    rows = {
        "a labelled sentence is ranked first": [one.first for one in marks],
        "answered": [one.answered for one in marks],
        "answers that cite a labelled sentence": [float(one > 0) for one in cited],
        "claims that cite a labelled sentence": cited,
    }
    for label, values in rows.items():
        low, high = interval(values)
        sys.stdout.write(f"  {label:<38} {sum(values) / len(values):.3f} [{low:.3f}, {high:.3f}] of {len(values)}\n")
    sys.stdout.write(f"  claims an answer                       {sum(claims) / max(1, len(claims)):.2f}\n")


if __name__ == "__main__":
    main()
