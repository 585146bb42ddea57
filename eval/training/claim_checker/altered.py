"""How many changed claims the built-in checker stops, kind by kind, and how many true ones it lets pass.

    python -m eval.training.claim_checker.altered --pairs held-out.jsonl

The claims are those of supported pairs that were held out of training; the alterations are those of training, so that
this is an upper bound of what to expect of changes that people make.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from assistant.support.built_in import built_in
from assistant.support.calibration import BUILT_IN
from eval.training.claim_checker.alterations import ALTERATIONS
from ingest.segment.sentences import sentences

if TYPE_CHECKING:
    from assistant.support import SupportChecker

_MOST = 150
_SEED = 7


def main() -> None:
    """Change, check, print a line for each kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, required=True)
    given = parser.parse_args()
    rows = [json.loads(line) for line in given.pairs.open(encoding="utf-8")]
    rows = [row for row in rows if row["label"] == "supported"]
    random = Random(_SEED)  # noqa: S311 - a seed is the point
    random.shuffle(rows)
    checker = built_in(say=_say)
    sys.stdout.write("kind | claims | stopped at the balanced threshold | at the strict one\n")
    for kind, alter in ALTERATIONS.items():
        scores: list[float] = []
        for row in rows:
            claim = alter(row["claim"], row["evidence"], random)
            if claim is not None and claim != row["claim"] and len(scores) < _MOST:
                scores.append(_score(checker, claim, row))
        sys.stdout.write(
            f"{kind} | {len(scores)} | {_below(scores, BUILT_IN.balanced)} | {_below(scores, BUILT_IN.strict)}\n"
        )
    scores = [_score(checker, row["claim"], row) for row in rows[: 2 * _MOST]]
    sys.stdout.write(
        f"not changed | {len(scores)} | {_below(scores, BUILT_IN.balanced)} | {_below(scores, BUILT_IN.strict)}\n"
    )


def _score(checker: SupportChecker, claim: str, row: dict[str, Any]) -> float:
    evidence = row["evidence"]
    found = [evidence[span.start : span.end] for span in sentences(evidence, 0, len(evidence))]
    return checker.check(claim, found).score


def _below(scores: list[float], threshold: float) -> str:
    return f"{sum(score < threshold for score in scores) / len(scores):.3f}" if scores else "-"


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    main()
