"""Citation recall and precision as ALCE defines them, with a support checker where ALCE has an entailment model.

Gao et al. 2023, "Enabling Large Language Models to Generate Text with Citations", EMNLP, section 3.3. They tell whether claims rest on what they cite. They do not tell whether the claims answer the question: an answer of
quotations is perfect by both, right or wrong.
"""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.support import SupportChecker


def carried(claim: str, quotes: Sequence[str], checker: SupportChecker) -> bool:
    """Recall of one claim: its citations together carry it; none carry nothing."""
    return bool(quotes) and checker.check(claim, quotes).carried


def needed(claim: str, quotes: Sequence[str], checker: SupportChecker) -> tuple[bool, ...]:
    """Precision of each citation of one claim: False when it neither carries the claim by itself nor is missed.

    Every citation of a claim that its citations together do not carry is False.
    """
    if not carried(claim, quotes, checker):
        return (False,) * len(quotes)
    return tuple(
        carried(claim, [quote], checker) or not carried(claim, [*quotes[:place], *quotes[place + 1 :]], checker)
        for place, quote in enumerate(quotes)
    )


def rests(claims: Sequence[tuple[str, Sequence[str]]], checker: SupportChecker) -> tuple[float, float]:
    """Recall and precision of an answer: means over its claims, each with its quotes; raises on no claims."""
    return (
        fmean(carried(text, quotes, checker) for text, quotes in claims),
        fmean(fmean(needed(text, quotes, checker)) for text, quotes in claims),
    )
