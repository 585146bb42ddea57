"""The figures of a run: each a mean over the cases that it applies to, and absent where it applies to none."""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import TYPE_CHECKING

from eval.metrics.grouped import Figure, figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from eval.scoring import Scored

Value = float | None

NAMES: dict[str, str] = {
    "passed": "everything expected came",
    "outcome": "outcome as expected",
    "answered": "answered when it could",
    "refused": "refused when it should",
    "keypoints": "keypoint recall (words to include)",
    "document": "right document cited",
    "sentence": "right sentence cited",
    "exact_quotes": "quotes that stand where they should",
    "speaker": "speaker as expected",
    "standing": "standing as expected",
    "premise": "false premise named or refused",
    "verdict": "draft sentences with the expected verdict",
    "citation_recall": "citation recall (ALCE)",
    "citation_precision": "citation precision (ALCE)",
    "retrieval_recall": "documents to be cited that were found",
    "retrieval_ndcg": "nDCG@10 of documents found",
    "withheld": "claims withheld, of all drafted",
}


def figures(scored: Sequence[Scored]) -> dict[str, Figure]:
    """Figures by name, in the order of `NAMES`, with intervals over groups of cases that share a source."""
    made = {name: figure((one.case.group, value(one)) for one in scored) for name, value in _VALUES.items()}
    return {name: held for name in NAMES if (held := made[name]) is not None}


def latency(scored: Sequence[Scored]) -> dict[str, float]:
    """Median and 95th percentile of seconds; empty without answers."""
    seconds = sorted(one.answer.seconds for one in scored)
    return {"median": median(seconds), "p95": seconds[int(0.95 * (len(seconds) - 1))]} if seconds else {}


def checkers(scored: Iterable[Scored]) -> tuple[str, ...]:
    """Who judged whether claims rest on what they cite: the checkers by name."""
    return tuple(sorted({one.answer.rests.checker for one in scored if one.answer.rests}))


def spent(scored: Iterable[Scored]) -> dict[str, float]:
    """Tokens by kind and cost in the currency of the prices that are set, summed; empty where no model had part."""
    total: Counter[str] = Counter()
    costs: list[float] = []
    for one in scored:
        if one.answer.outcome is not None:
            trace = one.answer.outcome.trace
            total.update(trace.tokens)
            costs += [trace.cost] if trace.cost is not None else []
    told: dict[str, float] = {f"tokens, {kind}": float(count) for kind, count in sorted(total.items())}
    return told | ({"cost": sum(costs)} if costs else {})


def by_kind(scored: Iterable[Scored]) -> dict[str, tuple[int, int]]:
    """Passed and all, by kind of question."""
    counts: dict[str, tuple[int, int]] = {}
    for one in scored:
        passed, known = counts.get(one.case.kind, (0, 0))
        counts[one.case.kind] = (passed + one.passed, known + 1)
    return dict(sorted(counts.items()))


def _share(names: set[str]) -> Callable[[Scored], Value]:
    def value(one: Scored) -> Value:
        marks = [mark.passed for mark in one.marks if mark.name in names]
        return sum(marks) / len(marks) if marks else None

    return value


def _answered(one: Scored) -> Value:
    wanted = one.case.expect.outcome
    if wanted != ("briefing",) or one.answer.outcome is None:
        return None
    return float(one.answer.outcome.outcome == "briefing")


def _refused(one: Scored) -> Value:
    wanted = one.case.expect.outcome
    if wanted is None or "briefing" in wanted or one.answer.outcome is None:
        return None
    return float(one.answer.outcome.outcome != "briefing")


def _withheld(one: Scored) -> Value:
    outcome = one.answer.outcome
    drafted = len(outcome.claims) + len(outcome.withheld) if outcome is not None else 0
    return len(outcome.withheld) / drafted if outcome is not None and drafted else None


_VALUES: dict[str, Callable[[Scored], Value]] = {
    "passed": lambda one: float(one.passed),
    "outcome": _share({"outcome"}),
    "answered": _answered,
    "refused": _refused,
    "keypoints": _share({"includes"}),
    "document": _share({"cites document"}),
    "sentence": _share({"cites sentence"}),
    "exact_quotes": lambda one: one.answer.exact,
    "speaker": _share({"speaker"}),
    "standing": _share({"standing"}),
    "premise": _share({"premise corrected"}),
    "verdict": _share({"verdict"}),
    "citation_recall": lambda one: one.answer.rests.recall if one.answer.rests else None,
    "citation_precision": lambda one: one.answer.rests.precision if one.answer.rests else None,
    "retrieval_recall": lambda one: one.ranked[0] if one.ranked else None,
    "retrieval_ndcg": lambda one: one.ranked[1] if one.ranked else None,
    "withheld": _withheld,
}
