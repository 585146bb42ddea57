"""The claim checker on public sets of claims with evidence, none of which it was trained on.

    python -m eval.benchmarks.support --data DIR [--sets NAME ...] [--words] [--save FILE]

`DIR` holds one JSONL file a set with id, claim, evidence, label (supported, or anything else), source, group?. For
every set: balanced accuracy at the balanced threshold with a 95 % interval (bootstrap over groups, so that claims about
one text count as one draw), the floor beside it (65 % of the words found and every number present), area under
the curve, precision and recall at the strict threshold that the gate uses, and processor time a claim on one core.
Thresholds come from training data; nothing here is chosen on these sets.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.support.alignment import align
from assistant.support.built_in import BuiltIn, built_in
from assistant.support.calibration import BUILT_IN, BY_WORDS
from eval.metrics.verdicts import area, balanced_accuracy, grouped_interval
from ingest.segment.sentences import sentences

if TYPE_CHECKING:
    from assistant.support import SupportChecker

SETS = ("foolmetwice", "healthver", "climatefever", "qags", "wice", "attributionbench", "faithbench", "averitec")


@dataclass(frozen=True, slots=True)
class Measured:
    """One claim: the checker's score, the floor's verdict, the truth, its group and the milliseconds it took."""

    id: str
    score: float
    floor: bool
    right: bool
    group: str
    source: str
    milliseconds: float


def main() -> None:
    """Measure every set asked for and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sets", nargs="*", default=SETS)
    parser.add_argument("--words", action="store_true", help="The checker that has no model file")
    parser.add_argument("--save", type=Path, help="Write every score as JSONL")
    given = parser.parse_args()
    words = BuiltIn(None, "words")
    checker = words if given.words else built_in(say=_say)
    calibration = BY_WORDS if checker.name == "words" else BUILT_IN
    print(f"checker {checker.name}, balanced threshold {calibration.balanced:.3f}, strict {calibration.strict:.3f}")
    print(
        "set | items | balanced accuracy [95 %] | floor | AUC | strict: precision, recall, share shown | ms median, p95"
    )
    for name in given.sets:
        rows = _rows(given.data / f"{name}.jsonl")
        measured = [_measure(checker, row) for row in rows]
        print(_line(name, measured, calibration.balanced, calibration.strict), flush=True)
        parts = sorted({one.source for one in measured})
        for part in parts if len(parts) > 1 else ():
            held = [one for one in measured if one.source == part]
            print("  " + _line(part, held, calibration.balanced, calibration.strict), flush=True)
        if given.save:
            with given.save.open("a", encoding="utf-8") as out:
                out.writelines(json.dumps({"id": one.id, "score": one.score}) + "\n" for one in measured)


def _rows(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        raise SystemExit(
            f"{path} is not there. Give the folder that holds the sets with --data, and their names with --sets."
        )
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _measure(checker: SupportChecker, row: dict[str, Any]) -> Measured:
    evidence = row["evidence"]
    found = [evidence[span.start : span.end] for span in sentences(evidence, 0, len(evidence))]
    began = time.process_time()
    score = checker.check(row["claim"], found).score
    spent = 1_000 * (time.process_time() - began)
    floor = align(row["claim"], found).plain
    return Measured(
        row["id"], score, floor, row["label"] == "supported", str(row.get("group") or row["id"]), row["source"], spent
    )


def _line(name: str, measured: list[Measured], balanced: float, strict: float) -> str:
    score, right = np.array([one.score for one in measured]), np.array([one.right for one in measured])
    said, shown = score >= balanced, score >= strict
    spread = grouped_interval(said, right, [one.group for one in measured])
    between = "" if spread is None else f" [{spread[0]:.3f}, {spread[1]:.3f}]"
    floor = np.array([one.floor for one in measured])
    spent = np.array([one.milliseconds for one in measured])
    return (
        f"{name} | {len(measured)} | {_figure(balanced_accuracy(said, right))}{between} | "
        f"{_figure(balanced_accuracy(floor, right))} | {_figure(area(score, right))} | "
        f"{_figure(right[shown].mean() if shown.any() else None)}, {_figure(shown[right].mean() if right.any() else None)}, "
        f"{shown.mean():.3f} | {np.median(spent):.1f}, {np.percentile(spent, 95):.1f}"
    )


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


if __name__ == "__main__":
    main()
