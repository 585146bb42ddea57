from __future__ import annotations

from pathlib import Path

import pytest

from eval.record import ANSWERS, RUN, Answer, Header, Run, RunUnreadable
from eval.results import scored
from eval.running import ask_all, exact_share
from eval.targets import TargetGone
from tests.eval.desk.material import FINE, GOOD, ScriptedTarget, briefing, suite


def header(**told: object) -> Header:
    known = {
        "suite": "harbour",
        "suite_file": "harbour.yaml",
        "suite_digest": "0" * 64,
        "cases": tuple(case.id for case in suite().cases),
        "repeats": 1,
        "about": {"where": "script"},
        "documents": {"d1": ("harbour.txt", "Harbour notes")},
        "started": "2026-01-01T00:00:00+00:00",
    }
    return Header.model_validate({**known, **told})


def test_every_case_is_asked_in_every_repeat_and_scored(tmp_path: Path) -> None:
    run, target, seen = Run.create(tmp_path / "run", header(repeats=3)), ScriptedTarget(GOOD), []

    ask_all(run, suite().cases, target, jobs=4, progress=lambda done, every: seen.append((done, every)))

    assert len(target.asked) == 9
    assert (seen[0], seen[-1]) == ((0, 9), (9, 9))
    assert run.complete()
    held = scored(run, suite())
    assert [one.came for one in held.cases] == ["passed"] * 3


def test_a_target_that_dies_ends_the_run_and_the_next_one_goes_on(tmp_path: Path) -> None:
    def dies(question: str) -> None:
        if question == "Will it rain?":
            raise TargetGone("It does not answer.", remedy="Start it.")

    run = Run.create(tmp_path / "run", header())
    with pytest.raises(TargetGone):
        ask_all(run, suite().cases, ScriptedTarget(GOOD, dies))
    assert [one.case for one in run.answers()] == ["fine", "denial"]
    assert not run.complete()

    again = ScriptedTarget(GOOD)
    ask_all(Run.create(tmp_path / "run", header(started="2026-01-02T00:00:00+00:00")), suite().cases, again)
    assert again.asked == ["Will it rain?"]


def test_a_line_torn_by_a_kill_is_asked_again(tmp_path: Path) -> None:
    run = Run.create(tmp_path / "run", header())
    ask_all(run, suite().cases, ScriptedTarget(GOOD))
    path = run.folder / ANSWERS
    path.write_bytes(path.read_bytes()[:-40])

    again = ScriptedTarget(GOOD)
    ask_all(run, suite().cases, again)

    assert len(again.asked) == 1
    assert run.complete()


def test_a_line_in_the_middle_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    run = Run.create(tmp_path / "run", header())
    ask_all(run, suite().cases, ScriptedTarget(GOOD))
    path = run.folder / ANSWERS
    path.write_bytes(b"nonsense\n" + path.read_bytes())

    with pytest.raises(RunUnreadable, match="Line 1 of"):
        run.answers()


def test_a_folder_with_another_run_or_other_things_is_refused(tmp_path: Path) -> None:
    Run.create(tmp_path / "run", header())
    with pytest.raises(RunUnreadable, match="something else"):
        Run.create(tmp_path / "run", header(suite_digest="1" * 64))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    with pytest.raises(RunUnreadable, match="holds no run"):
        Run.create(tmp_path / "mine", header())
    with pytest.raises(RunUnreadable, match="holds no run"):
        Run.load(tmp_path / "nowhere")
    (tmp_path / "run" / RUN).write_text("{")
    with pytest.raises(RunUnreadable, match="cannot be read"):
        Run.load(tmp_path / "run")


def test_a_quote_that_stands_one_character_further_is_not_exact() -> None:
    shifted = briefing("A fine.", quote="he harbour office fined", start=0)

    assert exact_share(FINE, ScriptedTarget({})) == 1.0
    assert exact_share(shifted, ScriptedTarget({})) == 0.0
    assert exact_share(GOOD["Will it rain?"], ScriptedTarget({})) is None


def test_two_runs_differ_in_their_times_only(tmp_path: Path) -> None:
    told = []
    for name in ("one", "two"):
        run = Run.create(tmp_path / name, header())
        ask_all(run, suite().cases, ScriptedTarget(GOOD), jobs=3)
        told.append([Answer.model_validate({**one.model_dump(), "seconds": 0}) for one in run.answers()])

    assert told[0] == told[1]
