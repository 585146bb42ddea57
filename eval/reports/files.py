"""JUnit XML, CSV and JSON of a run."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as Xml  # only written, never read

from assistant.web.markup import visible
from eval.record import as_json

if TYPE_CHECKING:
    from eval.results import Results

COLUMNS = (
    "case",
    "repeat",
    "kind",
    "severity",
    "passed",
    "outcome",
    "claims",
    "withheld",
    "seconds",
    "missed",
    "asked",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def junit(held: Results) -> str:
    """JUnit XML: one test case for each case; a failure for one that failed, a skip for one in quarantine or unsteady."""
    cases = held.cases
    failed = {one.case for one in held.failed}
    root = Xml.Element("testsuites", name="briefing eval")
    skipped = sum(one.came != "passed" and one.case not in failed for one in cases)
    counts: dict[str, str] = {"tests": str(len(cases)), "failures": str(len(failed)), "skipped": str(skipped)}
    suite = Xml.SubElement(root, "testsuite", {"name": held.suite.suite, **counts})
    seconds = {one.case.id: one.answer.seconds for one in held.scored}
    for one in cases:
        told = {"classname": f"{held.suite.suite}.{one.kind}", "name": one.case, "time": f"{seconds[one.case]:.3f}"}
        case = Xml.SubElement(suite, "testcase", told)
        said = visible("\n".join(one.missed))
        if one.case in failed:
            Xml.SubElement(case, "failure", message=said.splitlines()[0] if said else "failed").text = said
        elif one.came != "passed":
            why = held.suite.quarantine.get(one.case, "its repeats gave different results")
            Xml.SubElement(case, "skipped", message=why)
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def table(held: Results) -> str:
    """CSV: one row for each answer. A cell that a spreadsheet would take for a formula begins with an apostrophe."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in held.scored:
        outcome = one.answer.outcome
        missed = "; ".join(f"{mark.name}: {mark.detail}" for mark in one.missed)
        row = (
            one.case.id,
            one.answer.repeat,
            one.case.kind,
            one.case.severity,
            "yes" if one.passed else "no",
            outcome.outcome if outcome else "draft",
            len(outcome.claims) if outcome else "",
            len(outcome.withheld) if outcome else "",
            f"{one.answer.seconds:.4f}",
            missed,
            one.case.text,
        )
        writer.writerow([_safe(str(cell)) for cell in row])
    return file.getvalue()


def summary(held: Results) -> dict[str, Any]:
    """All there is to know of a run but its answers, for programs. Times stand under `latency` and `started` alone."""
    header = held.run.header
    return {
        "suite": held.suite.suite,
        "suite_digest": header.suite_digest,
        "about": header.about,
        "model": header.model,
        "repeats": header.repeats,
        "started": header.started,
        "cases": [one.model_dump(mode="json") | {"came": one.came} for one in held.cases],
        "figures": {name: asdict(one) for name, one in held.figures.items()},
        "kinds": {kind: {"passed": passed, "cases": known} for kind, (passed, known) in held.kinds.items()},
        "checkers": held.checkers,
        "spent": held.spent,
        "latency": held.latency,
        "failed": [one.case for one in held.failed],
        "unsteady": [one.case for one in held.unsteady],
        "quarantine": held.suite.quarantine,
    }


def summary_json(held: Results) -> str:
    """`summary` as text."""
    return as_json(summary(held))


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
