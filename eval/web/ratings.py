"""Claims rated by hand: what each rater says, kept beside the run's answers, and how far two of them agree.

A rater never sees what another said. Agreement is shown once two have rated the same claims.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from assistant.domain import Supported
    from eval.results import Results

RATINGS = "ratings.jsonl"
Rated = Literal["supported", "not supported", "cannot tell"]
_writing = threading.Lock()


class Rating(BaseModel):
    """One rater's word on one claim."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rater: str = Field(min_length=1, max_length=60)
    claim: str = Field(pattern=r"^[0-9a-f]{16}$")
    said: Rated


@dataclass(frozen=True, slots=True)
class ToRate:
    """A claim with its citations, and its key: a digest of the case, the claim and what it cites."""

    key: str
    case: str
    asked: str
    claim: Supported


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of two raters on `count` claims both rated: the share alike, and Cohen's kappa, None when chance explains all."""

    raters: tuple[str, str]
    count: int
    share: float
    kappa: float | None


def claims(held: Results) -> tuple[ToRate, ...]:
    """The claims of a run's first repeat, in the order of its cases."""
    return tuple(
        ToRate(_key(one.case.id, claim), one.case.id, one.case.text, claim)
        for one in held.scored
        if one.answer.outcome is not None and one.answer.repeat == 0
        for claim in one.answer.outcome.claims
    )


def ratings(folder: Path) -> dict[str, dict[str, Rated]]:
    """By rater, the last word on each claim; a line that was torn is left out."""
    found: dict[str, dict[str, Rated]] = {}
    path = folder / RATINGS
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        try:
            one = Rating.model_validate_json(line)
        except ValidationError:
            continue
        found.setdefault(one.rater, {})[one.claim] = one.said
    return found


def keep(folder: Path, one: Rating) -> None:
    """Write a rating down."""
    with _writing, (folder / RATINGS).open("a", encoding="utf-8") as file:
        file.write(one.model_dump_json() + "\n")


def agreements(found: dict[str, dict[str, Rated]]) -> tuple[Agreement, ...]:
    """Of every two raters who rated a claim in common."""
    told = []
    for first, second in combinations(sorted(found), 2):
        shared = sorted(set(found[first]) & set(found[second]))
        if shared:
            told.append(_agreement((first, second), [(found[first][one], found[second][one]) for one in shared]))
    return tuple(told)


def _agreement(raters: tuple[str, str], pairs: Sequence[tuple[Rated, Rated]]) -> Agreement:
    """Cohen 1960; "cannot tell" is a category like the others."""
    share = sum(one == other for one, other in pairs) / len(pairs)
    left, right = (Counter(side) for side in zip(*pairs, strict=True))
    chance = sum(left[name] * right[name] for name in left) / len(pairs) ** 2
    return Agreement(raters, len(pairs), share, (share - chance) / (1 - chance) if chance < 1 else None)


def _key(case: str, claim: Supported) -> str:
    places = [[cited.document, cited.version, cited.start, cited.end] for cited in claim.citations]
    return hashlib.sha256(json.dumps([case, claim.text, places]).encode()).hexdigest()[:16]
