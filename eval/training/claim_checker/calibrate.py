"""Fits the logistic models of `assistant.support.calibration` on sets that the cross-encoder has read nothing of.

    python -m eval.training.claim_checker.calibrate --pairs held-out.jsonl --graph claim-checker.onnx

`held-out.jsonl` is what `data --mix second` wrote: the sets marked for weighing stand in it whole. Besides their own
pairs there are pages made of them with a seed: a claim with its evidence among other sentences, and two claims in one
(sentences of articles, whole or changed, were tried and left out: with them the other sets were foretold worse). First
the words are weighed, then their log odds beside the cross-encoder's. Every set counts the same, and in a set carried and not carried do. The
balanced threshold is the best mean of the sets' balanced accuracies, the strict one the lowest score from which nine
claims in ten are right. Prints what to write into `calibration.py`, and how a set fares when it was left out.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assistant.support.alignment import align
from assistant.support.built_in import read
from assistant.support.calibration import FURTHEST, Calibration, Weighing, breadth
from assistant.support.cross_encoder import CrossEncoder
from assistant.support.selection import select
from eval.metrics.verdicts import area, balanced_accuracy
from eval.training.claim_checker.lengthened import Neighbours, around, split, two
from eval.training.claim_checker.pair import Pair
from ingest.models import locate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

WEIGHED = ("semiauto-wiki", "propsegment-wiki", "infotabs")
_PRECISION = 0.9
_MOST, _PAGES, _TWO = 1_000, 1_800, 800
_SEED = 7
_STEPS = 97


class Scored(NamedTuple):
    """What is fitted: one row a pair. `words` are the alignment's numbers, `verdict` both log odds of the model."""

    words: NDArray[np.float64]
    verdict: NDArray[np.float64]
    length: NDArray[np.float64]
    part: NDArray[np.float64]
    right: NDArray[np.bool_]
    source: NDArray[np.str_]


def main() -> None:
    """Read, weigh, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--graph", type=Path, required=True)
    given = parser.parse_args()
    with given.pairs.open(encoding="utf-8") as lines:
        pairs = pages([Pair(**json.loads(line)) for line in lines])
    reader = CrossEncoder(given.graph, locate("all-MiniLM-L6-v2").transformer / "tokenizer.json")
    scored = score(pairs, reader)
    for name in sorted(set(scored.source)):
        rest, one = (
            Scored(*(column[kept] for column in scored)) for kept in (scored.source != name, scored.source == name)
        )
        words, both = fit(rest)
        found = area(_log_odds(both, _second(words, one), one.part), one.right) or 0.0
        sys.stdout.write(
            f"{name}: {len(one.right)} pairs, area under the curve {found:.3f} with weights of the others\n"
        )
    words, both = fit(scored)
    sys.stdout.write(f"BY_WORDS = {words}\nBUILT_IN = {both}\n")


def pages(held: Sequence[Pair]) -> list[Pair]:
    """The pairs of the sets for weighing, and the pages made of them and of what else is held out."""
    random = Random(_SEED)  # noqa: S311 - a seed is the point
    made: list[Pair] = []
    for name in WEIGHED:
        mine = [pair for pair in held if pair.source == name]
        made += random.sample(mine, min(_MOST, len(mine)))
    short = [pair for pair in held if not pair.source.startswith("made") and len(pair.evidence.split()) < 70]
    pool = Neighbours(short)
    near = [pair for pair in short if pair.source == WEIGHED[0] and 12 <= len(pair.claim.split()) <= 40]
    random.shuffle(near)
    carried = [pair for pair in near if pair.label == "supported"]
    others = [pair for pair in near if pair.label != "supported"]
    half = _PAGES // 2
    made += around([*carried[:half], *others[:half]], pool, random)
    made += list(two(carried[half:] + carried[:half], others[half:], pool, random))[:_TWO]
    return made


def score(pairs: Sequence[Pair], reader: CrossEncoder) -> Scored:
    """Every pair as the built-in checker sees it."""
    words, verdicts, lengths, part = [], [], [], []
    for pair in pairs:
        evidence = split(pair.evidence)
        verdict, _ = read(reader, pair.claim, [evidence[place] for place in select(pair.claim, evidence)])
        alignment = align(pair.claim, evidence)
        words.append(alignment.features())
        verdicts.append(verdict)
        lengths.append(alignment.length)
        part.append(breadth(sum(len(one.split()) for one in evidence)))
    right = np.array([pair.label == "supported" for pair in pairs])
    source = np.array([pair.source for pair in pairs])
    return Scored(np.array(words), np.array(verdicts), np.array(lengths), np.array(part), right, source)


def weights(source: NDArray[np.str_], right: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Sum 1; every set the same, and in a set the carried as much as the others."""
    weight = np.zeros(len(source))
    for name in set(source):
        mine = source == name
        for side in (mine & right, mine & ~right):
            weight[side] = 1 / max(1, side.sum())
    weight /= weight.sum()
    return weight


def fit(scored: Scored) -> tuple[Calibration, Calibration]:
    """The words alone, and their log odds beside the verdict."""
    words = _step(scored.words, scored)
    return words, _step(_second(words, scored), scored)


def _second(words: Calibration, scored: Scored) -> NDArray[np.float64]:
    told = scored.verdict.clip(-FURTHEST, FURTHEST)
    return np.column_stack([_log_odds(words, scored.words, scored.part), told, told * scored.length[:, None]])


def _step(numbers: NDArray[np.float64], scored: Scored) -> Calibration:
    """Both logistic models of a step at once, and both thresholds."""
    weight = weights(scored.source, scored.right)
    design = _design(numbers, scored.part)
    coefficients = _newton(design, scored.right.astype(np.float64), 2 * weight)
    short, long = (_weighing(half) for half in np.split(coefficients, 2))
    value = 1 / (1 + np.exp(-_log_odds(Calibration(short, long, 0.5, 0.5), numbers, scored.part)))
    return Calibration(short, long, balanced(value, scored), strict(value, scored.right, weight))


def _design(numbers: NDArray[np.float64], part: NDArray[np.float64]) -> NDArray[np.float64]:
    with_one = np.column_stack([numbers, np.ones(len(numbers))])
    return np.column_stack([with_one * (1 - part)[:, None], with_one * part[:, None]])


def _log_odds(found: Calibration, numbers: NDArray[np.float64], part: NDArray[np.float64]) -> NDArray[np.float64]:
    coefficients = np.concatenate([[*one.weights, one.intercept] for one in (found.short, found.long)])
    return np.asarray(_design(numbers, part) @ coefficients, dtype=np.float64)


def _weighing(coefficients: NDArray[np.float64]) -> Weighing:
    *weighed, intercept = (round(float(one), 3) for one in coefficients)
    return Weighing(intercept, tuple(weighed))


def _newton(
    design: NDArray[np.float64], right: NDArray[np.float64], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Logistic regression by Newton's method, with a small penalty so that a column of zeros has an answer."""
    coefficients = np.zeros(design.shape[1])
    penalty = np.full(design.shape[1], 1e-3)
    for _ in range(30):
        probability = 1 / (1 + np.exp(-design @ coefficients))
        slope = design.T @ (weight * (right - probability)) - penalty * coefficients
        curve = (design * (weight * probability * (1 - probability))[:, None]).T @ design + np.diag(penalty)
        coefficients += np.linalg.solve(curve, slope)
    return coefficients


def balanced(value: NDArray[np.float64], scored: Scored) -> float:
    """Where the mean of the sets' balanced accuracies is best."""
    sets = [scored.source == name for name in sorted(set(scored.source))]
    steps = np.quantile(value, np.linspace(0.02, 0.98, _STEPS))
    means = [
        float(np.mean([balanced_accuracy(value[one] >= step, scored.right[one]) or 0.0 for one in sets]))
        for step in steps
    ]
    return round(float(steps[int(np.argmax(means))]), 3)


def strict(value: NDArray[np.float64], right: NDArray[np.bool_], weight: NDArray[np.float64]) -> float:
    """The lowest score from which the weighted precision is `_PRECISION`."""
    order = np.argsort(-value, kind="stable")
    passed = np.cumsum(np.where(right, weight, 0)[order])
    precise = np.flatnonzero(passed / np.cumsum(weight[order]) >= _PRECISION)
    return round(float(value[order[precise[-1] if len(precise) else 0]]), 3)


if __name__ == "__main__":
    main()
