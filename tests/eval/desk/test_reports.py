from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

from lxml import etree
from rich.console import Console

from assistant.domain import Outcome
from eval.comparing import compare
from eval.record import Run
from eval.reports.files import junit, summary_json, table
from eval.reports.page import comparison_page, page
from eval.reports.terminal import show, show_comparison
from eval.results import SUITE as SUITE_FILE
from eval.results import Results, baseline_of, cases_of, scored
from eval.running import ask_all
from tests.eval.desk.material import GOOD, SUITE, ScriptedTarget, abstention, briefing, suite
from tests.eval.desk.test_running import header

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)> https://outside.invalid/x.png"


def held(folder: Path, answers: dict[str, Outcome], text: str = SUITE) -> Results:
    run = Run.create(folder, header())
    (folder / SUITE_FILE).write_text(text, encoding="utf-8")
    ask_all(run, suite(text).cases, ScriptedTarget(answers))
    return scored(run)


def printed(made: Results) -> str:
    console = Console(file=io.StringIO(), width=120, highlight=False)
    show(made, console)
    return console.file.getvalue()  # type: ignore[attr-defined]


def test_the_terminal_names_what_was_missed_and_ends_on_the_count(tmp_path: Path) -> None:
    said = printed(held(tmp_path / "run", {**GOOD, "How much was the fine?": abstention()}))

    assert "fine (numerical; failed, medium)" in said
    assert "outcome: briefing expected, abstention came (Not held.)" in said
    assert said.rstrip().endswith("harbour: 2 of 3 cases passed.")


def test_a_comparison_shows_both_sides_and_ends_on_its_verdict(tmp_path: Path) -> None:
    before = held(tmp_path / "a", GOOD)
    after = held(tmp_path / "b", {**GOOD, "How much was the fine?": abstention()})
    made = compare(before.cases, after.cases, {})
    console = Console(file=io.StringIO(), width=120, highlight=False)
    show_comparison(made, console)
    said = console.file.getvalue()  # type: ignore[attr-defined]

    assert "before  The harbour office fined Example Ltd £500." in said
    assert "after   abstention (nothing_found)" in said
    assert "Regression: 3 cases compared, 1 broken, 0 mended." in said
    assert "fined Example Ltd" in comparison_page(made, "a", "b")


def test_the_page_holds_everything_and_asks_for_nothing(tmp_path: Path) -> None:
    made = held(tmp_path / "run", GOOD)
    text = page(made, history=[("2026-01-01", 0.5), ("2026-01-02", 1.0)])

    assert "3 of 3 cases passed" in text
    assert "Pass rate over time" in text
    assert not re.findall(r"""(?:src|href)=["']""", text)
    assert "default-src &#39;none&#39;" in text


def test_nothing_of_an_answer_becomes_markup(tmp_path: Path) -> None:
    answers = {**GOOD, "How much was the fine?": briefing(HOSTILE, quote="The harbour")}
    text = page(held(tmp_path / "run", answers, SUITE.replace("How much was the fine?", "How much was the fine?")))

    assert text.count("<script>") == 1
    assert "<img" not in text
    assert "outside.invalid/x.png" not in text.replace("&#46;", "!")


def test_junit_tells_failures_and_quarantine_apart(tmp_path: Path) -> None:
    quarantined = SUITE.replace("cases:", "quarantine: {denial: being rewritten}\ncases:")
    answers = {**GOOD, "How much was the fine?": abstention(), "What did Example Ltd deny?": abstention()}
    root = etree.fromstring(junit(held(tmp_path / "run", answers, quarantined)).encode())
    (made,) = root.iter("testsuite")

    assert (made.get("tests"), made.get("failures"), made.get("skipped")) == ("3", "1", "1")
    assert [case.get("name") for case in made if case.find("failure") is not None] == ["fine"]
    assert [case.find("skipped").get("message") for case in made if case.get("name") == "denial"] == ["being rewritten"]  # type: ignore[union-attr]


def test_a_cell_of_the_table_is_no_formula(tmp_path: Path) -> None:
    text = SUITE.replace("ask: Will it rain?", 'ask: "=HYPERLINK(1)"')
    rows = list(
        csv.DictReader(io.StringIO(table(held(tmp_path / "run", {**GOOD, "=HYPERLINK(1)": abstention()}, text))))
    )

    assert [row["passed"] for row in rows] == ["yes", "yes", "yes"]
    assert rows[2]["asked"] == "'=HYPERLINK(1)"


def test_two_runs_give_one_summary_but_for_times(tmp_path: Path) -> None:
    told = [json.loads(summary_json(held(tmp_path / name, GOOD))) for name in ("a", "b")]
    for one in told:
        del one["latency"], one["started"]

    assert told[0] == told[1]


def test_a_baseline_is_compared_as_a_run_is(tmp_path: Path) -> None:
    made = held(tmp_path / "run", GOOD)
    file = tmp_path / "harbour.json"
    file.write_text(baseline_of(made), encoding="utf-8")

    assert cases_of(file)[0] == cases_of(tmp_path / "run")[0] == made.cases
    assert "seconds" not in file.read_text(encoding="utf-8")


def test_a_comparison_on_the_page_marks_what_only_one_side_says(tmp_path: Path) -> None:
    before = held(tmp_path / "a", GOOD)
    after = held(tmp_path / "b", {**GOOD, "How much was the fine?": abstention()})
    text = comparison_page(compare(before.cases, after.cases, {}), "a", "b")

    assert re.search(r"<del>The harbour office fined Example Ltd £500", text)
    assert "<ins>abstention" in text
    assert "failed now" in text
