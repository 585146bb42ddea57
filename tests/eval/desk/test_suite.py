from __future__ import annotations

from pathlib import Path

import pytest

from eval.kinds import KINDS
from eval.linting import lint, schema
from eval.shipped import shipped, suite_file
from eval.suite import SuiteUnreadable, load
from tests.eval.desk.material import SUITE, written


def test_words_may_be_given_plainly_or_as_a_choice(tmp_path: Path) -> None:
    text = SUITE.replace('includes: ["denied it"]', "includes: [{any: [denied it, rejected it]}]")
    suite, digest = load(written(tmp_path, text))

    assert suite.cases[0].expect.includes[0].any == ("£500",)
    assert suite.cases[1].expect.includes[0].any == ("denied it", "rejected it")
    assert len(digest) == 64


@pytest.mark.parametrize(
    ("found", "instead", "line", "message", "remedy"),
    [
        ("kind: standing", "kind: standng", 10, "is no kind", "Correct"),
        ("    ask: Will it rain?", "    asks: Will it rain?", 15, "`cases.2.asks` is no key", "Did you mean `ask`?"),
        ("outcome: abstention", "outcome: abstain", 16, "briefing", "Use one of the words named."),
        ("id: weather", "id: fine", 2, "given twice", "Correct"),
        ('includes: ["denied it"]', 'includes: [{regex: "("}]', 12, "regular expression", "Correct"),
        ('documents: ["*.txt"]', 'documents: ["*.pdf"]', 3, "names no file", "starter"),
        (
            "expect: {outcome: abstention}",
            'expect: {outcome: abstention, includes: ["rain"]}',
            16,
            "expects no briefing",
            "Take",
        ),
        (
            "expect: {outcome: abstention}",
            "expect: {outcome: briefing}",
            16,
            "content with any answer",
            "include or cite",
        ),
        ("    ask: Will it rain?", "    severity: high\n    ask: Will it rain?", 13, "does not say why", "Add `why:`"),
    ],
)
def test_a_fault_is_named_with_its_line_and_a_remedy(
    tmp_path: Path, found: str, instead: str, line: int, message: str, remedy: str
) -> None:
    assert found in SUITE
    faults = lint(written(tmp_path, SUITE.replace(found, instead, 1)))

    assert any(message in one.message and remedy in one.remedy for one in faults), faults
    assert line in [one.line for one in faults], faults


def test_what_is_no_yaml_is_a_fault_with_its_line(tmp_path: Path) -> None:
    (fault,) = lint(written(tmp_path, SUITE + "  - ]["))

    assert fault.line == SUITE.count("\n") + 1
    assert "YAML" in fault.message


def test_a_suite_that_cannot_be_read_says_so_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(SuiteUnreadable, match="briefing eval lint"):
        load(written(tmp_path, SUITE.replace("kind: standing", "kind: standng")))
    with pytest.raises(SuiteUnreadable, match="cannot be read"):
        load(tmp_path / "none.yaml")
    with pytest.raises(SuiteUnreadable, match="Name a file, or one of: attacks, drafts, starter"):
        suite_file("elsewhere")


def test_every_shipped_suite_is_without_fault_and_large_enough() -> None:
    cases = []
    for name in shipped():
        assert lint(suite_file(name)) == ()
        cases += load(suite_file(name))[0].cases
    refused = [
        one for one in cases if one.expect.premise_corrected or "briefing" not in (one.expect.outcome or ("briefing",))
    ]
    kinds = {one.kind for one in cases}

    assert len(cases) >= 120
    assert sum(one.draft is not None for one in cases) >= 30
    assert len([one for one in refused if one.draft is None]) >= 30
    assert len(load(suite_file("attacks"))[0].cases) >= 20
    assert len(KINDS) >= 28
    assert len(kinds) >= 28


def test_the_schema_describes_cases_and_expectations() -> None:
    made = schema()

    assert made["$schema"].startswith("https://json-schema.org/")
    assert {"Case", "Expectation", "Place", "Wanted"} <= set(made["$defs"])
