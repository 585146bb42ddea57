"""Fits the logistic models of `assistant.support.calibration` on pairs that the cross-encoder was not trained on.

    python -m eval.training.claim_checker.calibrate --pairs held-out.jsonl --graph claim-checker.onnx

Every set counts the same up to 150 pairs, and carried and not carried count the same. The balanced threshold
is the best balanced accuracy on these pairs, the strict one the lowest score from which nine claims in ten are right.
Prints what to write into `calibration.py`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.support.alignment import FEATURES, align
from assistant.support.calibration import FURTHEST, Calibration, Weighing, breadth
from assistant.support.cross_encoder import CrossEncoder
from assistant.support.selection import select
from eval.metrics.verdicts import area
from ingest.models import locate
from ingest.segment.sentences import sentences

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PRECISION = 0.9
_MOST = 150


def main() -> None:
    """Read, weigh, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--graph", type=Path, required=True)
    given = parser.parse_args()
    rows = [json.loads(line) for line in given.pairs.open(encoding="utf-8")]
    reader = CrossEncoder(given.graph, locate("all-MiniLM-L6-v2").transformer / "tokenizer.json")
    chosen = [_chosen(row) for row in rows]
    odds = np.array([reader.log_odds(row["claim"], " ".join(read))[0] for row, read in zip(rows, chosen, strict=True)])
    seen = np.array([align(row["claim"], read).features() for row, read in zip(rows, chosen, strict=True)])
    part = np.array([breadth(sum(len(one.split()) for one in read)) for read in chosen])
    right = np.array([row["label"] == "supported" for row in rows])
    weight = weights(rows, right)
    sys.stdout.write(f"{len(rows)} pairs; area under the curve: cross-encoder {area(odds, right) or 0:.3f}\n")
    both = fit(np.column_stack([odds.clip(-FURTHEST, FURTHEST), seen]), part, right, weight)
    words = fit(np.column_stack([np.zeros(len(rows)), seen]), part, right, weight)
    sys.stdout.write(f"BUILT_IN = {both}\nBY_WORDS = {words}\nFEATURES = {FEATURES}\n")


def _chosen(row: dict[str, Any]) -> list[str]:
    evidence = row["evidence"]
    found = [" ".join(evidence[span.start : span.end].split()) for span in sentences(evidence, 0, len(evidence))]
    return [found[place] for place in select(row["claim"], found)]


def weights(rows: list[dict[str, Any]], right: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Sum 1 for the carried and 1 for the others; a set of many pairs counts as one of `_MOST`."""
    sizes = Counter(row["source"] for row in rows)
    weight = np.array([min(1.0, _MOST / sizes[row["source"]]) for row in rows])
    for kind in (right, ~right):
        weight[kind] /= weight[kind].sum()
    return weight


def fit(
    columns: NDArray[np.float64], part: NDArray[np.float64], right: NDArray[np.bool_], weight: NDArray[np.float64]
) -> Calibration:
    """Both logistic models at once and both thresholds; `part` says how much of each pair is the second model's."""
    with_one = np.column_stack([columns, np.ones(len(columns))])
    design = np.column_stack([with_one * (1 - part)[:, None], with_one * part[:, None]])
    coefficients = _newton(design, right.astype(np.float64), weight)
    balanced, strict = thresholds(1 / (1 + np.exp(-design @ coefficients)), right, weight)
    short, long = (_weighing(half) for half in np.split(coefficients, 2))
    return Calibration(short, long, balanced, strict)


def _weighing(coefficients: NDArray[np.float64]) -> Weighing:
    model, *alignment, intercept = (round(float(one), 3) for one in coefficients)
    return Weighing(intercept, model, tuple(alignment))


def _newton(
    columns: NDArray[np.float64], right: NDArray[np.float64], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Logistic regression by Newton's method, with a small penalty so that a column of zeros has an answer."""
    coefficients = np.zeros(columns.shape[1])
    penalty = np.full(columns.shape[1], 1e-4)
    for _ in range(30):
        probability = 1 / (1 + np.exp(-columns @ coefficients))
        slope = columns.T @ (weight * (right - probability)) - penalty * coefficients
        curve = (columns * (weight * probability * (1 - probability))[:, None]).T @ columns + np.diag(penalty)
        coefficients += np.linalg.solve(curve, slope)
    return coefficients


def thresholds(
    score: NDArray[np.float64], right: NDArray[np.bool_], weight: NDArray[np.float64]
) -> tuple[float, float]:
    """Where balanced accuracy is best, and the lowest score above which the weighted precision is `_PRECISION`."""
    order = np.argsort(-score, kind="stable")
    passed = np.cumsum(np.where(right, weight, 0)[order])
    wrong = np.cumsum(np.where(right, 0, weight)[order])
    best = int(np.argmax(passed - wrong))
    precise = np.flatnonzero(passed / (passed + wrong) >= _PRECISION)
    strict = int(precise[-1]) if len(precise) else 0
    return round(float(score[order[best]]), 3), round(float(score[order[strict]]), 3)


if __name__ == "__main__":
    main()
