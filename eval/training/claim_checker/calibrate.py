"""Fits the logistic models of `assistant.support.calibration` on sets that the cross-encoder has read nothing of.

    python -m eval.training.claim_checker.calibrate --pairs held-out.jsonl --graph claim-checker.onnx

`held-out.jsonl` is what `data --mix second` wrote: the sets marked for weighing stand in it whole. Besides their own
pairs there are pages made of them with a seed: a claim with its evidence among other sentences, and two claims in one
(sentences of articles, whole or changed, were tried and left out: with them the other sets were foretold worse).
First the words are weighed, then their log odds beside the cross-encoder's. Every set counts the same, and in a set
carried and not carried do. So a half is the balanced threshold. The strict one is that of the gate, which asks about
claims against which no rule speaks but that a word is missing: the lowest score that at most 2 in 100 of such claims
reach that are not carried, by people's word or because one word was exchanged; the share of carried ones that reach
it is printed. For words alone it is where nine in ten are right. Prints what to write into `calibration.py`, and how
a set fares when it was left out.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assistant.drafting import Draft, DraftClaim, Reference
from assistant.gate import Gate
from assistant.support import Support
from assistant.support.alignment import align
from assistant.support.built_in import read
from assistant.support.calibration import FURTHEST, Calibration, Weighing, breadth
from assistant.support.cross_encoder import CrossEncoder
from assistant.support.selection import select
from eval.benchmarks.perturbations import Shelf
from eval.metrics.verdicts import area
from eval.training.claim_checker.lengthened import Neighbours, around, split, two
from eval.training.claim_checker.pair import Pair
from ingest.models import locate
from ingest.segment.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

WEIGHED = ("semiauto-wiki", "propsegment-wiki", "infotabs")
_PRECISION = 0.9
_MOST, _PAGES, _TWO = 1_000, 1_800, 800
_SEED = 7
_PASSING, _EACH, _OF_ONE = 0.02, 500, 100
_WORD = re.compile(r"\b[a-z]{5,}\b")
_ODD = frozenset({"liar-plus", "drop-nli", "folio", "hans-gen", "med", "cad-nli"})
"""Sets whose claims are templates, riddles or ratings."""

_EVEN = 0.5


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
        held = [Pair(**json.loads(line)) for line in lines]
    reader = CrossEncoder(given.graph, locate("all-MiniLM-L6-v2").transformer / "tokenizer.json")
    scored = score(pages(held), reader)
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
    asked = score(lacking(held), reader)
    value = 1 / (1 + np.exp(-_log_odds(both, _second(words, asked), asked.part)))
    both = replace(both, strict=round(float(np.quantile(value[~asked.right], 1 - _PASSING)), 3))
    shown = value >= both.strict
    sys.stdout.write(
        f"of what the gate asks about, {int(asked.right.sum())} carried and {int((~asked.right).sum())} not, the strict threshold "
        f"passes {shown[asked.right].mean():.3f} and {shown[~asked.right].mean():.3f}\n"
    )
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


def lacking(held: Sequence[Pair]) -> list[Pair]:
    """Claims that the gate would ask about, by people's labels; and sentences with one word exchanged, as far as it would."""
    random = Random(_SEED + 1)  # noqa: S311
    near = [
        one for one in held if one.source not in _ODD and len(one.evidence.split()) < 60 and "made" not in one.source
    ]
    near = random.sample(near, len(near))
    kinds = [[pair for pair in near if (pair.label == "supported") == right] for right in (True, False)]
    kinds.append(list(_exchanged(near, random)))
    return [replace(pair, source="lacking") for kind in kinds for pair in _asked_about(kind)]


def _asked_about(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """The first `_EACH` that reach the checker, none of a set that has given `_OF_ONE` already."""
    taken: Counter[str] = Counter()
    for pair in pairs:
        if taken[pair.source] < _OF_ONE and taken.total() < _EACH and _reaches(pair):
            taken[pair.source] += 1
            yield pair


class _Asked:
    """A support checker that carries nothing and remembers that it was asked."""

    name = "asked"

    def __init__(self) -> None:
        self.once = False

    def check(self, claim: str, evidence_sentences: Sequence[str]) -> Support:
        self.once = True
        return Support(0.0, 1.0, "")


def _reaches(pair: Pair) -> bool:
    """Whether no rule of the gate speaks against the claim but that a word of it is missing."""
    shelf, asked = Shelf(), _Asked()
    document = shelf.put("evidence", [" ".join(pair.evidence.split())])
    text = shelf.documents[document].text
    spans = sentences(text, 0, len(text))
    references = tuple(Reference(document, 1, span.start, span.end, text[span.start : span.end]) for span in spans)
    list(Gate(shelf, support=asked).admit(Draft((DraftClaim(pair.claim, references),))))
    return asked.once


def _exchanged(pairs: Sequence[Pair], random: Random) -> Iterator[Pair]:
    """A word of a sentence gives way to another with the same ending, so that it is likely of the same kind."""
    by_ending: dict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        for word in _WORD.findall(pair.evidence):
            by_ending[word[-2:]].append(word)
    for pair in pairs:
        words = list(_WORD.finditer(pair.evidence))
        if words and 8 <= len(pair.evidence.split()) <= 40 and len(split(pair.evidence)) == 1:
            word = random.choice(words)
            other = random.choice(by_ending[word.group()[-2:]])
            claim = pair.evidence[: word.start()] + other + pair.evidence[word.end() :]
            if other != word.group():
                yield replace(pair, claim=claim, label="not_supported")


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
    return Calibration(short, long, _EVEN, strict(value, scored.right, weight))


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


def strict(value: NDArray[np.float64], right: NDArray[np.bool_], weight: NDArray[np.float64]) -> float:
    """The lowest score from which the weighted precision is `_PRECISION`."""
    order = np.argsort(-value, kind="stable")
    passed = np.cumsum(np.where(right, weight, 0)[order])
    precise = np.flatnonzero(passed / np.cumsum(weight[order]) >= _PRECISION)
    return round(float(value[order[precise[-1] if len(precise) else 0]]), 3)


if __name__ == "__main__":
    main()
