"""Two runs of one suite, case by case: what got better, what got worse, and whether it is luck.

A case that gave different results in the repeats of one run is *unsteady*: it is named and decides nothing. Without
repeats steadiness is not known, and every change counts. The verdict:

- `regression`: a steady case that passed fails now, and it is not quarantined
- `improvement`: none does, and a steady case that failed passes now
- `noise`: only unsteady or quarantined cases changed
- `same`: nothing did

With a chat model behind it, a single changed case may be chance: then broken cases of low or medium weight are a regression
only when the paired bootstrap over all cases leaves out nought; else they are `noise`. A broken critical or high case always
counts.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from eval.metrics.grouped import Change, change

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from eval.scoring import Scored

Verdict = Literal["regression", "improvement", "noise", "same"]
Came = Literal["passed", "failed", "unsteady"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CaseResult(_Part):
    """What became of one case in all repeats of a run: as much of it as a comparison or a baseline needs.

    `facts` are lines that say what was answered the first time: the outcome, each claim with its citations, verdicts.
    `missed` are the expectations that did not come, as "name: detail".
    """

    case: str
    kind: str
    severity: str
    group: str
    passed: int
    repeats: int
    facts: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def came(self) -> Came:
        """Of all repeats."""
        return "passed" if self.passed == self.repeats else "failed" if self.passed == 0 else "unsteady"

    @property
    def rate(self) -> float:
        """Share of repeats that passed."""
        return self.passed / self.repeats


class Changed(_Part):
    """A case whose result, facts or citations differ. `gained` and `lost` are the facts that only one of the runs has."""

    before: CaseResult
    after: CaseResult
    quarantined: str | None
    gained: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def decides(self) -> bool:
        """Whether it is steady in both, not quarantined, and went from one result to the other."""
        came = {self.before.came, self.after.came}
        return self.quarantined is None and came == {"passed", "failed"}


class Comparison(_Part):
    """The verdict and what it rests on. `only_before` and `only_after` are cases that one run lacks."""

    verdict: Verdict
    changed: tuple[Changed, ...]
    compared: int
    difference: Change | None
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    steadiness_known: bool
    """Whether both runs have repeats, so that unsteady cases could be told."""

    @property
    def broken(self) -> tuple[Changed, ...]:
        """Cases that decide, and fail now."""
        return tuple(one for one in self.changed if one.decides and one.after.came == "failed")

    @property
    def mended(self) -> tuple[Changed, ...]:
        """Cases that decide, and pass now."""
        return tuple(one for one in self.changed if one.decides and one.after.came == "passed")


def compare(
    before: Sequence[CaseResult], after: Sequence[CaseResult], quarantine: dict[str, str], *, by_model: bool = False
) -> Comparison:
    """What changed from `before` to `after`; `by_model` says that a chat model had part in an answer."""
    old, new = ({one.case: one for one in results} for results in (before, after))
    shared = [case for case in new if case in old]
    changed = [_changed(old[case], new[case], quarantine.get(case)) for case in shared]
    told = [one for one in changed if one.before.came != one.after.came or one.gained or one.lost]
    pairs = [(new[case].group, old[case].rate, new[case].rate) for case in shared if case not in quarantine]
    difference = change(pairs)
    return Comparison(
        verdict=_verdict(told, difference, by_model=by_model),
        changed=tuple(told),
        compared=len(shared),
        difference=difference,
        only_before=tuple(case for case in old if case not in new),
        only_after=tuple(case for case in new if case not in old),
        steadiness_known=all(one.repeats > 1 for one in [*before, *after]),
    )


def results(scored: Sequence[Scored]) -> tuple[CaseResult, ...]:
    """One result for each case, in order."""
    groups: dict[str, list[Scored]] = defaultdict(list)
    for one in scored:
        groups[one.case.id].append(one)
    return tuple(_result(group) for group in groups.values())


def facts(one: Scored) -> tuple[str, ...]:
    """What an answer says, as lines that can be compared."""
    if one.answer.outcome is None:
        return tuple(f"{checked.verdict}: {checked.text}" for checked in one.answer.checked or ())
    outcome = one.answer.outcome
    lines = [outcome.outcome + (f" ({outcome.reason})" if outcome.reason else "")]
    for claim in outcome.claims:
        places = "; ".join(
            sorted(f"{cited.title or cited.source} {cited.start}-{cited.end}" for cited in claim.citations)
        )
        told = ", ".join(filter(None, (claim.standing, claim.speaker)))
        lines.append(f"{claim.text} [{places}]" + (f" ({told})" if told else ""))
    return (*lines, *(f"caveat: {one}" for one in outcome.caveats))


def _result(group: Sequence[Scored]) -> CaseResult:
    case = group[0].case
    missed = next((one.missed for one in group if one.missed), ())
    return CaseResult(
        case=case.id,
        kind=case.kind,
        severity=case.severity,
        group=case.group,
        passed=sum(one.passed for one in group),
        repeats=len(group),
        facts=facts(group[0]),
        missed=tuple(f"{mark.name}: {mark.detail}" for mark in missed),
    )


def _changed(old: CaseResult, new: CaseResult, quarantined: str | None) -> Changed:
    return Changed(
        before=old,
        after=new,
        quarantined=quarantined,
        gained=tuple(line for line in new.facts if line not in old.facts),
        lost=tuple(line for line in old.facts if line not in new.facts),
    )


def _verdict(changed: Collection[Changed], difference: Change | None, *, by_model: bool) -> Verdict:
    broken = [one for one in changed if one.decides and one.after.came == "failed"]
    mended = [one for one in changed if one.decides and one.after.came == "passed"]
    worse = difference is not None and difference.sure and difference.mean < 0
    weighty = any(one.after.severity in ("critical", "high") for one in broken)
    if broken and (not by_model or weighty or worse):
        return "regression"
    better = difference is not None and difference.sure and difference.mean > 0
    if mended and not broken and (not by_model or better):
        return "improvement"
    return "noise" if any(one.before.came != one.after.came for one in changed) else "same"
