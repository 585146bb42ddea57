"""The three shipped suites over their libraries, held to the baselines that are committed beside them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.settings import Settings, load
from eval.comparing import compare
from eval.evaluating import Plan, evaluate
from eval.reports.files import summary_json
from eval.results import Results, baseline_of, cases_of
from eval.shipped import baseline_file, shipped, suite_file


@pytest.fixture(scope="module")
def settings(model_cache: Path) -> Settings:
    return load({"BRIEFING_CACHE": str(model_cache)})


def asked(name: str, folder: Path, settings: Settings) -> Results:
    return evaluate(Plan(suite_file(name), folder), settings)


@pytest.mark.parametrize("name", shipped())
def test_no_case_of_a_shipped_suite_is_worse_than_in_its_baseline(
    name: str, settings: Settings, tmp_path: Path
) -> None:
    file = baseline_file(name)
    assert file is not None, f"`{name}` has no baseline; CONTRIBUTING.md says how one is made"
    held = asked(name, tmp_path / "run", settings)

    made = compare(cases_of(file)[0], held.cases, held.suite.quarantine)

    told = [f"{one.after.case} ({one.after.severity}): {'; '.join(one.after.missed)}" for one in made.broken]
    assert made.verdict != "regression", "\n".join([f"`{name}` is worse than its baseline:", *told])
    assert not made.only_before, f"cases are gone: {', '.join(made.only_before)}"


def test_two_runs_give_one_report_but_for_times(settings: Settings, tmp_path: Path) -> None:
    told, baselines = [], []
    for run in ("first", "second"):
        held = asked("attacks", tmp_path / run, settings)
        read = json.loads(summary_json(held))
        del read["latency"], read["started"]
        told.append(read)
        baselines.append(baseline_of(held))

    assert told[0] == told[1]
    assert baselines[0] == baselines[1]
