"""Telling questions that the library answers from those that it does not, on labelled sets.

    python -m eval.benchmarks.abstention --data DIR [--cache DIR] [--fit]

`DIR` holds `clapnq/`, `dragonball/`, `mtrag-govt/` and `policy/`. For each set it prints the AUROC of every signal, of
the product's model, and of the model fitted anew on four fifths and asked about the rest (so that no question judges
itself) and on all other sets, beside the floor (the best BM25 score alone); then the working point: how many answerable questions are
answered and how many others refused, with 95 % intervals. `--fit` prints the weights of a fit on all of them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

from assistant import signals
from assistant.conversation import standalone
from assistant.domain import Question
from assistant.sufficiency import WEIGHTS, probability_of
from eval.benchmarks.answer_sets import SETS, AnswerSet, assistant_over
from eval.metrics import interval


@dataclass(frozen=True, slots=True)
class Marked:
    """One question of a set: its label, its signals, the best BM25 score, and whether the product answers it."""

    set: str
    answerable: bool
    values: dict[str, float]
    bm25: float
    answered: bool


def main() -> None:
    """Measure every set and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, help="Folder to keep the libraries in (default: a temporary one)")
    parser.add_argument("--fit", action="store_true", help="Print the weights of a fit on all sets")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        chosen = [make(given.data) for make in SETS.values()]
        marked = [one for each in chosen for one in _marked(each, given.cache or Path(scratch))]
    crossed = _cross_fitted(marked)
    for each in chosen:
        _report(each, [(one, p) for one, p in zip(marked, crossed, strict=True) if one.set == each.name])
        _report_unseen(each, marked)
    if given.fit:
        model = _fit(marked)
        weights = dict(zip(WEIGHTS, (round(float(one), 2) for one in model.coef_[0]), strict=True))
        sys.stdout.write(f"\nfit on all: bias {float(model.intercept_[0]):.2f}, weights {weights}\n")


def _marked(chosen: AnswerSet, cache: Path) -> list[Marked]:
    found = []
    with assistant_over(chosen, cache) as assistant:
        for one in chosen.questions:
            if one.answerable is None:
                continue
            text = standalone(one.question, one.previous)
            evidence = assistant.retriever.search(Question(text=text[:2000]))
            if not evidence.statements:
                continue
            values = signals.read(evidence).values()
            bm25 = max(hit.signals["words"] for hit in evidence.hits)
            answered = assistant.judge.weigh(evidence).reason is None
            found.append(Marked(chosen.name, one.answerable, values, bm25, answered))
    return found


def _table(marked: list[Marked]) -> np.ndarray:
    return np.array([[one.values[name] for name in WEIGHTS] for one in marked])


def _shares(marked: list[Marked]) -> np.ndarray:
    """A weight for each question: classes count alike inside a set, and a set by the root of its size."""
    found = np.zeros(len(marked))
    for name in {one.set for one in marked}:
        for label in (True, False):
            group = np.array([one.set == name and one.answerable == label for one in marked])
            found[group] = 1 / np.sqrt(group.sum()) if group.any() else 0
    shares: np.ndarray = found / found.mean()
    return shares


def _fit(marked: list[Marked]) -> LogisticRegression:
    model = LogisticRegression(C=3.0, max_iter=5000)
    return model.fit(_table(marked), [one.answerable for one in marked], sample_weight=_shares(marked))


def _cross_fitted(marked: list[Marked]) -> np.ndarray:
    found = np.zeros(len(marked))
    kinds = [f"{one.set} {one.answerable}" for one in marked]
    for rest, fold in StratifiedKFold(5, shuffle=True, random_state=0).split(marked, kinds):
        model = _fit([marked[i] for i in rest])
        found[fold] = model.predict_proba(_table([marked[i] for i in fold]))[:, 1]
    return found


def _report_unseen(chosen: AnswerSet, marked: list[Marked]) -> None:
    """How a model that saw no question of this set tells its questions apart."""
    own = [one for one in marked if one.set == chosen.name]
    found = _fit([one for one in marked if one.set != chosen.name]).predict_proba(_table(own))[:, 1]
    sys.stdout.write(f"  fitted on the other sets alone {roc_auc_score([one.answerable for one in own], found):.3f}\n")


def _report(chosen: AnswerSet, rows: list[tuple[Marked, float]]) -> None:
    labels = [one.answerable for one, _ in rows]
    sys.stdout.write(f"\n{chosen.name}: {sum(labels)} answerable, {len(labels) - sum(labels)} not\n")
    floor = f" (published floor {chosen.floor})" if chosen.floor else ""
    sys.stdout.write(f"  AUROC  best BM25 score {roc_auc_score(labels, [one.bm25 for one, _ in rows]):.3f}{floor}")
    sys.stdout.write(f"  model {roc_auc_score(labels, [probability_of(one.values) for one, _ in rows]):.3f}")
    sys.stdout.write(f"  fitted on other questions {roc_auc_score(labels, [p for _, p in rows]):.3f}\n")
    each = {name: roc_auc_score(labels, [one.values[name] for one, _ in rows]) for name in WEIGHTS}
    sys.stdout.write("  signals  " + "  ".join(f"{name} {value:.3f}" for name, value in each.items()) + "\n")
    for label, name in ((True, "answered when it can be"), (False, "refused when it cannot")):
        marks = [float(one.answered == label) for one, _ in rows if one.answerable == label]
        low, high = interval(marks)
        sys.stdout.write(f"  {name} {sum(marks):.0f}/{len(marks)} = {np.mean(marks):.2f} [{low:.2f}, {high:.2f}]\n")


if __name__ == "__main__":
    main()
