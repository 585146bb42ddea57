"""A run with its scores: what every report and comparison is made from; and baselines, which are runs made small."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.comparing import CaseResult, results
from eval.metrics.suite import by_kind, checkers, figures, latency, spent
from eval.record import Run, RunUnreadable, as_json
from eval.scoring import Scored, score
from eval.suite import Suite, load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eval.metrics.grouped import Figure

SUITE = "suite.yaml"


@dataclass(frozen=True, slots=True)
class Results:
    """Every answer of a run with its marks."""

    run: Run
    suite: Suite
    scored: tuple[Scored, ...]

    @property
    def cases(self) -> tuple[CaseResult, ...]:
        """One for each case, all repeats together."""
        return results(self.scored)

    @property
    def figures(self) -> dict[str, Figure]:
        """See `eval.metrics.suite.figures`."""
        return figures(self.scored)

    @property
    def kinds(self) -> dict[str, tuple[int, int]]:
        """Passed and all, by kind of question."""
        return by_kind(self.scored)

    @property
    def latency(self) -> dict[str, float]:
        """Seconds; see `eval.metrics.suite.latency`."""
        return latency(self.scored)

    @property
    def spent(self) -> dict[str, float]:
        """Tokens and cost; see `eval.metrics.suite.spent`."""
        return spent(self.scored)

    @property
    def checkers(self) -> tuple[str, ...]:
        """See `eval.metrics.suite.checkers`."""
        return checkers(self.scored)

    @property
    def failed(self) -> tuple[CaseResult, ...]:
        """Cases that failed in every repeat and are not quarantined."""
        return tuple(one for one in self.cases if one.came == "failed" and one.case not in self.suite.quarantine)

    @property
    def unsteady(self) -> tuple[CaseResult, ...]:
        """Cases whose repeats gave different results."""
        return tuple(one for one in self.cases if one.came == "unsteady")

    @property
    def by_model(self) -> bool:
        """Whether a chat model had part in an answer."""
        return self.run.header.model is not None


class Baseline(BaseModel):
    """What became of each case, without times: small enough to be committed beside its suite."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    suite: str
    model: str | None
    cases: tuple[CaseResult, ...]


def scored(run: Run, suite: Suite | None = None) -> Results:
    """`run` scored against `suite`, by default against the copy of it that the run keeps.

    Raises:
        RunUnreadable, SuiteUnreadable: a part of it cannot be read.
    """
    suite = suite or load(run.folder / SUITE)[0]
    answers = run.answers()
    typical = median(one.seconds for one in answers) if answers else 0.0
    cases = {case.id: case for case in suite.cases}
    known = [one for one in answers if one.case in cases]
    return Results(run, suite, tuple(score(cases[one.case], one, run.header.documents, typical) for one in known))


def baseline_of(held: Results) -> str:
    """The baseline of a run, as the text of its file."""
    made = Baseline(suite=held.suite.suite, model=held.run.header.model, cases=held.cases)
    return as_json(made.model_dump(mode="json"))


def cases_of(path: Path) -> tuple[tuple[CaseResult, ...], dict[str, str], bool]:
    """Results, quarantine and whether a model answered, of a run's folder or a baseline's file.

    Raises:
        RunUnreadable: it is neither.
    """
    if path.is_dir():
        held = scored(Run.load(path))
        return held.cases, held.suite.quarantine, held.by_model
    try:
        made = Baseline.model_validate_json(path.read_bytes())
    except OSError as error:
        raise RunUnreadable(f"{path} cannot be read: {error.strerror}.", remedy="Name a run or a baseline.") from None
    except ValidationError:
        raise RunUnreadable(f"{path} is no baseline.", remedy="`briefing eval baseline RUN` writes one.") from None
    return made.cases, {}, made.model is not None


def failing(path: Path) -> Sequence[str]:
    """Cases of a run or baseline that did not pass in every repeat."""
    return [one.case for one in cases_of(path)[0] if one.came != "passed"]
