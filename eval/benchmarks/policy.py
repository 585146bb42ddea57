"""The real job on the policy library: the labelled questions, by type.

    python -m eval.benchmarks.policy --data DIR [--library FOLDER] [--show]

`DIR` holds `policy/library/` and `policy/questions.jsonl` (fields: id, question, type, expected, evidence of file
and quote). For every type it prints, with counts: outcome right (answered, or refused where nothing is held),
right document cited, right sentence cited (a claim's quote shares at least half of the words of a labelled quote,
or holds it). A question with a false premise counts as right when the labelled correction is cited, or refused.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import wiring
from assistant.domain import Briefing, Question
from assistant.settings import load
from assistant.wording import stems
from eval.metrics import interval
from ingest.pipeline import ingest

if TYPE_CHECKING:
    from assistant.answering import Assistant
    from assistant.domain import Outcome


@dataclass(frozen=True, slots=True)
class Score:
    """One question's marks; None where a mark does not apply."""

    kind: str
    outcome: bool
    document: bool | None
    sentence: bool | None
    claims: int


def main() -> None:
    """Build the library when it is not there, ask every question, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--library", type=Path, help="Folder to keep the library in (default: a temporary one)")
    parser.add_argument("--show", action="store_true", help="Print every question with what was answered")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.library or Path(scratch) / "library"
        assistant = wiring.build(load(overrides={"library": folder}), create=True)
        with assistant.library:
            _fill(assistant, given.data / "policy" / "library")
            rows = (given.data / "policy" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
            scores = [_ask(assistant, json.loads(row), show=given.show) for row in rows]
    _table(scores)


def _fill(assistant: Assistant, folder: Path) -> None:
    for receipt in ingest(assistant.library, [folder]):
        if receipt.status == "refused":
            sys.stderr.write(f"{receipt.source}: {receipt.reason}\n")


def _ask(assistant: Assistant, row: dict[str, Any], *, show: bool) -> Score:
    previous = row.get("previous_question")
    outcome = assistant.answer(Question(text=row["question"], previous=(previous,) if previous else ()))
    score = _score(outcome, row, _names(assistant))
    if show:
        _show(row, outcome, score)
    return score


def _names(assistant: Assistant) -> dict[str, str]:
    return {one.id: one.name for one in assistant.library.ledger.documents()}


def _score(outcome: Outcome, row: dict[str, Any], names: dict[str, str]) -> Score:
    answered = isinstance(outcome, Briefing)
    expected = row["expected"]
    quotes = [(names[c.document], c.quote) for claim in outcome.claims for c in claim.citations]
    wanted = [(one["file"], one["quote"]) for one in row["evidence"]]
    document = any(file == name for file, _ in wanted for name, _ in quotes) if answered and wanted else None
    sentence = any(_meets(q, w) for _, w in wanted for _, q in quotes) if answered and wanted else None
    right = not answered if expected == "abstain" else answered
    if expected == "correct_premise":
        right = bool(sentence) or not answered
    if expected == "answer" and not answered:
        document, sentence = False, False
    return Score(row["type"], right, document, sentence, len(outcome.claims))


def _meets(quote: str, wanted: str) -> bool:
    held, needed = stems(quote), stems(wanted)
    return len(held & needed) / max(1, len(needed)) >= 0.5


def _show(row: dict[str, Any], outcome: Outcome, score: Score) -> None:
    sys.stdout.write(f"\n{row['id']} [{row['type']}] {row['question']}\n   wanted: {row['answer']}\n")
    sys.stdout.write(f"   {outcome.outcome} outcome={score.outcome} sentence={score.sentence} ")
    sys.stdout.write(f"{outcome.reason or ''} {dict(outcome.trace.signals)}\n")
    for claim in outcome.claims:
        sys.stdout.write(f"   - {claim.text}  [{claim.citations[0].title}]\n")
    for near in outcome.nearest:
        sys.stdout.write(f"   ~ {near.citation.quote}  [{near.citation.title}]\n")


def _table(scores: list[Score]) -> None:
    kinds: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        kinds[score.kind].append(score)
    sys.stdout.write(f"\n{'type':<16}{'n':>4}{'outcome right':>16}{'document':>12}{'sentence':>12}{'claims':>8}\n")
    for kind, group in [*sorted(kinds.items()), ("all", scores)]:
        claims = sum(score.claims for score in group) / len(group)
        cells = (_share([s.outcome for s in group]), _share([s.document for s in group]))
        sys.stdout.write(f"{kind:<16}{len(group):>4}{cells[0]:>16}{cells[1]:>12}")
        sys.stdout.write(f"{_share([s.sentence for s in group]):>12}{claims:>8.1f}\n")
    low, high = interval([float(score.outcome) for score in scores])
    sys.stdout.write(f"\noutcome right, 95 % interval by bootstrap: {low:.2f} to {high:.2f}\n")


def _share(marks: list[bool | None]) -> str:
    given = [mark for mark in marks if mark is not None]
    return f"{sum(given)}/{len(given)}" if given else "-"


if __name__ == "__main__":
    main()
