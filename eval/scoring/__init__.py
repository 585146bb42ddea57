"""From an answer and what was expected of it to marks, one for each expectation.

`score` is pure: the same answer and case give the same marks, so that a run can be scored again at any time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from eval.scoring import citing, saying, wording
from eval.scoring.marks import Mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eval.record import Answer
    from eval.suite import Case

__all__ = ["Mark", "Scored", "score"]


@dataclass(frozen=True, slots=True)
class Scored:
    """An answer with its marks.

    `ranked` are recall and nDCG of the documents that the answer was chosen from; None where that is not known.
    """

    case: Case
    answer: Answer
    marks: tuple[Mark, ...]
    ranked: tuple[float, float] | None = None

    @property
    def passed(self) -> bool:
        """Whether everything that was expected came."""
        return all(mark.passed for mark in self.marks)

    @property
    def missed(self) -> tuple[Mark, ...]:
        """What did not."""
        return tuple(mark for mark in self.marks if not mark.passed)


def score(case: Case, answer: Answer, documents: Mapping[str, tuple[str, str | None]], typical: float) -> Scored:
    """`answer` held against what `case` expects.

    `documents` are file name and title by id; `typical` is the run's median of seconds.
    """
    expect, marks = case.expect, []
    if answer.checked is not None:
        marks = saying.verdicts(expect, answer.checked)
    if (outcome := answer.outcome) is not None:
        marks = [
            *saying.outcome(expect, outcome),
            *wording.included(expect, outcome),
            *wording.excluded(expect, outcome),
            *citing.cited(expect, outcome, documents),
            *saying.speakers(expect, outcome),
            *saying.standings(expect, outcome),
            *saying.caveats(expect, outcome),
            *saying.premise(expect, outcome),
            *saying.size(expect, outcome),
        ]
        if answer.exact is not None:
            said = "" if answer.exact == 1 else f"{1 - answer.exact:.0%} of the quotes do not stand where they should"
            marks.append(Mark("exact quotes", answer.exact == 1, said))
    if expect.max_latency is not None and typical > 0:
        ratio = answer.seconds / typical
        marks.append(Mark("latency", ratio <= expect.max_latency, f"{ratio:.1f} times the median"))
    ranked = citing.ranked(expect, answer.found, documents) if answer.found is not None else None
    return Scored(case, answer, tuple(marks), ranked)
