"""Retrieval on public sets, through the product's own parts: dense, full text, hybrid, hybrid and re-ranked.

    python -m eval.benchmarks.retrieval --data DIR --cache DIR [--set obliqa|mtrag-govt|clapnq] [--set ...]

`--data` holds the sets as `NAME/passages.jsonl` and `NAME/questions.jsonl` (or what `retrieval_sets` says of each).
A set of conversations is asked three ways: each turn as it is understood after those before it, the last turn alone, and the
last three turns in one. A set's library is made once and kept under `--cache`. Every figure is a mean over all questions of the set, those with
an interval by bootstrap over questions; differences are paired. Questions fall into two halves by a digest of their id.
Both were looked at when the defaults were chosen: they show how far a figure moves by chance, and neither is held out.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import wiring
from assistant.conversation import RuleResolver
from assistant.conversation.naming import LedgerHoldings
from assistant.domain import Question
from assistant.question import view
from assistant.retrieval import HybridRetriever
from assistant.settings import load as load_settings
from eval.benchmarks import retrieval_sets
from eval.metrics import interval
from eval.metrics.ranking import average_precision, difference, ndcg, recall, reciprocal_rank
from ingest.pipeline import ingest
from ingest.settings import PassageSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from assistant.settings import RetrievalSettings
    from eval.benchmarks.retrieval_sets import Asked, Collection
    from ingest.library import Library

DEPTH = 150
"""Passages looked at for R@100; an item cut in several passages is counted once."""

RERANKED = 3
"""Which of the systems is the product as it is."""

SIZES = PassageSettings(target_tokens=280, max_tokens=280)
"""An item is one passage unless it is longer than the model reads."""

ELSEWHERE = {
    "obliqa": (
        ("floor: BM25, stemmed, stop words out", {"R@10": 0.753, "nDCG@10": 0.652, "MAP@10": 0.596}),
        ("published: LeSeR (split not checked)", {"R@10": 0.8201, "MAP@10": 0.6655}),
    ),
    "mtrag-govt": (
        ("floor: BM25, last turn only", {"nDCG@5": 0.700, "R@5": 0.722}),
        ("floor: BM25, last three user turns", {"nDCG@5": 0.789, "R@5": 0.831}),
    ),
}

Ranking = list[str]
Scores = dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class System:
    """One way of ranking, from a question to item ids, best first, each once."""

    name: str
    rank: Callable[[Asked], Ranking]


def main() -> None:
    """Make the libraries that are missing, rank, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--set", action="append", choices=sorted(retrieval_sets.SETS), help="Default: obliqa")
    given = parser.parse_args()
    for name in given.set or ["obliqa"]:
        collection = retrieval_sets.load(name, given.data)
        settings = load_settings(overrides={"library": given.cache / name / "library"})
        assistant = wiring.build(settings, create=True)
        with assistant.library as library:
            _fill(library, collection)
            library.warm()
            _report(collection, [_scored(one, collection) for one in _systems(library, collection, settings.retrieval)])


def _fill(library: Library, collection: Collection) -> None:
    # An embedder that counts no tokens would be given items whole, and read the beginning of the long ones.
    count = getattr(library.embedder, "count_tokens", None) or (lambda texts: [len(one.split()) for one in texts])
    steps = retrieval_sets.CollectionSteps(count, SIZES)
    for receipt in ingest(library, collection.sources(), steps=steps):
        if receipt.status == "refused":
            raise SystemExit(f"{receipt.source}: {receipt.reason}")
        sys.stderr.write(f"{collection.name}: {receipt.source}: {receipt.passages} passages, {receipt.status}\n")


def _systems(library: Library, collection: Collection, settings: RetrievalSettings) -> list[System]:
    finder = retrieval_sets.ItemFinder(collection)

    def items(ids: Sequence[str]) -> Ranking:
        return list(dict.fromkeys(finder.item(passage) for passage in library.ledger.passages(ids)))

    resolver = RuleResolver(LedgerHoldings(library.ledger))

    def understood(asked: Asked) -> Question:
        resolved = resolver.resolve(Question(text=asked.question, previous=asked.previous))
        return Question(text=resolved.text, context=resolved.context)

    def dense(asked: Asked) -> Ranking:
        vector = library.embedder.encode_query(_text(understood(asked))).vector
        return items([passage for passage, _ in library.nearest(vector, DEPTH)])

    def words(asked: Asked) -> Ranking:
        text = _text(understood(asked))
        wanted = [word.text for word in view(text).words] or text.split()
        return items([hit.passage_id for hit in library.ledger.search_text(wanted, DEPTH)])

    def hybrid(
        chosen: RetrievalSettings, question: Callable[[Asked], Question] = understood
    ) -> Callable[[Asked], Ranking]:
        retriever = HybridRetriever(library, chosen)
        return lambda asked: items([hit.passage.id for hit in retriever.search(question(asked)).hits])

    others = [
        System("the same, last turn alone", hybrid(settings, lambda asked: Question(text=asked.question))),
        System("the same, last three turns", hybrid(settings, lambda asked: Question(text=_last(asked, 3)))),
    ]
    fused = settings.model_copy(update={"weight_phrases": 0.0, "weight_pairs": 0.0})
    return [
        System("dense", dense),
        System("full text", words),
        System("hybrid (fused)", hybrid(fused)),
        System("hybrid + re-rank", hybrid(settings)),
        *(others if any(asked.previous for asked in collection.questions) else ()),
    ]


def _text(question: Question) -> str:
    return f"{question.text} ({question.context})" if question.context else question.text


def _last(asked: Asked, turns: int) -> str:
    return " ".join((*asked.previous[1 - turns :], asked.question))[-2000:]


def _scored(system: System, collection: Collection) -> tuple[str, Scores]:
    scores: Scores = {name: [] for name in _measures(collection.cutoff)}
    for asked in collection.questions:
        ranked = system.rank(asked)
        for name, measure in _measures(collection.cutoff).items():
            scores[name].append(measure(ranked, asked.gold))
    return system.name, scores


def _measures(k: int) -> dict[str, Callable[[Sequence[str], Sequence[str]], float]]:
    """What is printed, the three that have an interval first."""
    first = {
        f"R@{k}": partial(recall, k=k),
        f"nDCG@{k}": partial(ndcg, k=k),
        f"MAP@{k}": partial(average_precision, k=k),
    }
    others = {f"R@{cut}": partial(recall, k=cut) for cut in (5, 10, 20, 100) if cut != k}
    return {**first, **others, "MRR": reciprocal_rank}


def _report(collection: Collection, scored: list[tuple[str, Scores]]) -> None:
    measures = list(scored[0][1])
    parts = f"{len(collection.items)} passages, {len(collection.questions)} questions"
    sys.stdout.write(f"\n{collection.name}: {parts}\n{'':<42}{''.join(f'{name:>20}' for name in measures[:3])}")
    sys.stdout.write("".join(f"{name:>8}" for name in measures[3:]) + "\n")
    for name, known in ELSEWHERE.get(collection.name, ()):
        sys.stdout.write(f"{name:<42}{''.join(_known(known.get(one)) for one in measures[:3])}\n")
    for name, scores in scored:
        sys.stdout.write(f"{name:<42}{''.join(_with_interval(scores[one]) for one in measures[:3])}")
        sys.stdout.write("".join(f"{_mean(scores[one]):>8.3f}" for one in measures[3:]) + "\n")
    last = scored[RERANKED]
    for half, label in ((0, "first half"), (1, "second half")):
        chosen = [i for i, asked in enumerate(collection.questions) if _half(asked.id) == half]
        line = "".join(_with_interval([last[1][one][i] for i in chosen]) for one in measures[:3])
        sys.stdout.write(f"{last[0] + ', ' + label:<42}{line}   n={len(chosen)}\n")
    sys.stdout.write(f"\n{'paired differences':<42}{''.join(f'{name:>24}' for name in measures[:3])}\n")
    others = [(RERANKED, at) for at in range(RERANKED + 1, len(scored))]
    for ours, theirs in ((RERANKED, 2), (RERANKED, 1), (RERANKED, 0), (2, 1), (2, 0), *others):
        name = f"{scored[ours][0]} - {scored[theirs][0]}"
        line = "".join(_difference(scored[ours][1][one], scored[theirs][1][one]) for one in measures[:3])
        sys.stdout.write(f"{name:<42}{line}\n")


def _half(question: str) -> int:
    return hashlib.sha256(f"half {question}".encode()).digest()[0] % 2


def _mean(values: Iterable[float]) -> float:
    several = list(values)
    return sum(several) / len(several)


def _known(value: float | None) -> str:
    return f"{'-' if value is None else format(value, '.3f'):>20}"


def _with_interval(values: list[float]) -> str:
    low, high = interval(values)
    return f"{f'{_mean(values):.3f} [{low:.3f} {high:.3f}]':>20}"


def _difference(ours: list[float], theirs: list[float]) -> str:
    mean, low, high = difference(ours, theirs)
    return f"{f'{mean:+.3f} [{low:+.3f} {high:+.3f}]':>24}"


if __name__ == "__main__":
    main()
