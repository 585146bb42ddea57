"""How good one ranking is, for one question with binary relevance, and what of it is chance.

Every metric takes the ranked ids, each once, best first, and the ids that are right, at least one. Definitions are those of
trec_eval: nDCG with gain 1 and discount log2(rank + 1) (Järvelin and Kekäläinen 2002), average precision over all
that is right, cut at `k`.
"""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING

from eval.metrics import interval

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


def recall(ranked: Sequence[str], right: Collection[str], k: int) -> float:
    """Share of `right` among the first `k`."""
    return len(set(ranked[:k]) & set(right)) / len(set(right))


def ndcg(ranked: Sequence[str], right: Collection[str], k: int) -> float:
    """Discounted gain of the first `k` over that of the best possible order."""
    wanted = set(right)
    gained = sum(1 / log2(rank + 2) for rank, one in enumerate(ranked[:k]) if one in wanted)
    return gained / sum(1 / log2(rank + 2) for rank in range(min(k, len(wanted))))


def average_precision(ranked: Sequence[str], right: Collection[str], k: int) -> float:
    """Mean over `right` of the precision at each of them that is among the first `k`, 0 for the others."""
    wanted = set(right)
    found, total = 0, 0.0
    for rank, one in enumerate(ranked[:k], start=1):
        if one in wanted:
            found += 1
            total += found / rank
    return total / len(wanted)


def reciprocal_rank(ranked: Sequence[str], right: Collection[str]) -> float:
    """One over the rank of the first that is right; 0 when none was found."""
    wanted = set(right)
    return next((1 / rank for rank, one in enumerate(ranked, start=1) if one in wanted), 0.0)


def difference(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, float, float]:
    """Mean of the paired differences, question by question, with its 95 % interval; raises on no values."""
    paired = [one - other for one, other in zip(ours, theirs, strict=True)]
    low, high = interval(paired)
    return sum(paired) / len(paired), low, high
