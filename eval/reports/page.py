"""Results as one HTML page that needs no other file and no network: figures, kinds, trend, every case with its answer.

Whatever came from a source, a model or a suite is escaped (`assistant.web.markup`), and the page's own policy refuses
everything that is not in it.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING

from assistant.messages import WITHHELD
from assistant.web.markup import Markup, element, join, told
from assistant.web.wording import counted
from eval.metrics.suite import NAMES
from eval.reports.plots import range_bar, share_bar, trend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Outcome, Supported
    from eval.comparing import Changed, Comparison
    from eval.results import Results
    from eval.scoring import Scored


def page(held: Results, *, made: Comparison | None = None, history: Sequence[tuple[str, float]] = ()) -> str:
    """The page of a run; with `made`, what changed against another; with `history`, its pass rate over time."""
    passed = sum(one.came == "passed" for one in held.cases)
    verdict = f"{passed} of {len(held.cases)} cases passed"
    body = join(
        [
            element("h1", f"Evaluation: {held.suite.suite}"),
            element("p", held.suite.about, class_="quiet") if held.suite.about else None,
            element("p", verdict, class_=f"verdict {'failed' if held.failed else 'passed'}"),
            comparison(made) if made else None,
            _figures(held),
            _kinds(held),
            _over_time(history) if history else None,
            _about(held),
            element("h2", "Cases"),
            _filters(held),
            element("p", "", id="shown", class_="quiet", role="status"),
            join(_case(one, held) for one in held.scored),
        ]
    )
    return _document(f"Evaluation: {held.suite.suite}", body)


def comparison_page(made: Comparison, before: str, after: str) -> str:
    """The page of a comparison alone."""
    title = f"Evaluation: {before} and {after}"
    return _document(title, join([element("h1", title), comparison(made)]))


def summary_of(held: Results) -> Markup:
    """Figures, kinds, and each case that did not pass in full, for a page that has its own frame."""
    wanted = {one.case for one in held.cases if one.came != "passed"}
    passed = len(held.cases) - len(wanted)
    return join(
        [
            element("p", f"{passed} of {len(held.cases)} cases passed.", role="status"),
            _figures(held),
            _kinds(held),
            _about(held),
            element("h2", "Cases that did not pass") if wanted else None,
            *(_case(one, held) for one in held.scored if one.case.id in wanted),
        ]
    )


def _document(title: str, body: Markup) -> str:
    folder = files("eval.reports")
    style, script = ((folder / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    policy = f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; base-uri 'none'; form-action 'none'"
    head = join(
        [
            Markup('<meta charset="utf-8">'),
            element("meta", http_equiv="Content-Security-Policy", content=policy),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("title", title),
            Markup(f"<style>{style}</style>"),
        ]
    )
    whole = element(
        "html",
        element("head", head),
        element("body", element("main", body), Markup(f"<script>{script}</script>")),
        lang="en",
    )
    return f"<!doctype html>\n{whole}\n"


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode()}'"


def _table(title: str, headings: Sequence[tuple[str, str]], rows: Sequence[Sequence[Markup | str]]) -> Markup:
    """A table named `title`; a heading is its words and a class for its column."""
    head = element("tr", *(element("th", name, class_=kind or None, scope="col") for name, kind in headings))
    made = [
        element(
            "tr", *(element("td", cell, class_=kind or None) for cell, (_, kind) in zip(row, headings, strict=True))
        )
        for row in rows
    ]
    table = element("table", element("thead", head), element("tbody", *made))
    return element("div", table, class_="scroll", tabindex=0, role="region", aria_label=title)


def _figures(held: Results) -> Markup:
    rows = [
        (
            NAMES[name],
            f"{one.mean:.3f}",
            f"{one.low:.3f} to {one.high:.3f}",
            range_bar(one.mean, one.low, one.high),
            str(one.count),
        )
        for name, one in held.figures.items()
    ]
    headings = [
        ("figure", ""),
        ("mean", "number"),
        ("95 % interval", "number"),
        ("0 to 1", "picture"),
        ("cases", "number"),
    ]
    seconds = ", ".join(f"{name} {value * 1000:.0f} ms" for name, value in held.latency.items())
    spent = ", ".join(f"{name} {count:,.4g}" for name, count in held.spent.items())
    judged = ", ".join(held.checkers)
    notes = [
        element("p", f"Latency: {seconds}.", class_="quiet") if seconds else None,
        element("p", f"Spent: {spent}.", class_="quiet") if spent else None,
        element("p", told(f"Citation recall and precision as `{judged}` judges."), class_="quiet") if judged else None,
    ]
    return join([element("h2", "Figures"), _table("Figures", headings, rows), *notes])


def _kinds(held: Results) -> Markup:
    rows = [
        (kind.replace("_", " "), f"{passed}/{known}", share_bar(passed, known))
        for kind, (passed, known) in held.kinds.items()
    ]
    headings = [("kind", ""), ("passed", "number"), ("share", "picture")]
    return join([element("h2", "By kind of question"), _table("By kind of question", headings, rows)])


def _over_time(history: Sequence[tuple[str, float]]) -> Markup:
    plot = element("div", trend(history), class_="scroll", tabindex=0, role="region", aria_label="Pass rate over time")
    return join([element("h2", "Pass rate over time"), plot])


def _about(held: Results) -> Markup:
    header = held.run.header
    facts = {
        "started": header.started,
        "suite": f"{header.suite_file}, {header.suite_digest[:16]}",
        "repeats": str(header.repeats),
        "model": header.model or "none",
        **header.about,
    }
    rows = [part for name, value in facts.items() for part in (element("dt", name), element("dd", value))]
    return join([element("h2", "What was asked of what"), element("dl", *rows)])


def _filters(held: Results) -> Markup:
    kinds = [element("option", kind.replace("_", " "), value=kind) for kind in held.kinds]
    results = [element("option", one, value=one) for one in ("failed", "unsteady", "quarantined", "passed")]
    return element(
        "form",
        element("label", "Result", element("select", element("option", "all", value=""), *results, name="result")),
        element("label", "Kind", element("select", element("option", "all", value=""), *kinds, name="kind")),
        element("label", "Words", element("input", name="words", type="search", autocomplete="off")),
        id="narrow",
        hidden="hidden",
    )


def _case(one: Scored, held: Results) -> Markup:
    came = {result.case: result.came for result in held.cases}[one.case.id]
    quarantined = one.case.id in held.suite.quarantine and came != "passed"
    result = "quarantined" if quarantined else came
    repeat = f", repeat {one.answer.repeat + 1}" if held.run.header.repeats > 1 else ""
    summary = element(
        "summary",
        element("span", one.case.id, class_="name"),
        " ",
        element("span", result, class_=result),
        element("span", f" · {one.case.kind.replace('_', ' ')} · {one.case.severity}{repeat}", class_="quiet"),
    )
    inside = [
        element("p", element("strong", one.case.text)),
        element("p", one.case.why, class_="quiet") if one.case.why else None,
        element("ul", *(element("li", f"{mark.name}: {mark.detail}", class_="failed") for mark in one.missed))
        if one.missed
        else None,
        _answer(one),
    ]
    return element(
        "details",
        summary,
        element("div", *inside, class_="inside"),
        class_="case",
        data_result=result,
        data_kind=one.case.kind,
    )


def _answer(one: Scored) -> Markup:
    if one.answer.outcome is None:
        rows = [
            element("li", element("strong", checked.verdict), f" {checked.text}")
            for checked in one.answer.checked or ()
        ]
        return element("ul", *rows)
    outcome = one.answer.outcome
    parts: list[Markup | None] = [
        element("p", f"{outcome.outcome}: {outcome.detail}" if outcome.detail else outcome.outcome)
    ]
    if outcome.standalone_question != outcome.question:
        parts.append(element("p", f"Read as: {outcome.standalone_question}", class_="quiet"))
    parts += [_claim(claim) for claim in outcome.claims]
    parts += [
        element("p", f"Withheld ({WITHHELD[claim.reason]}): {claim.text}", class_="quiet") for claim in outcome.withheld
    ]
    parts += [element("p", f"Note: {note}") for note in outcome.notes]
    if outcome.choices:
        parts.append(element("ul", *(element("li", choice) for choice in outcome.choices)))
    parts.append(_trace(outcome, one.answer.seconds))
    return join(parts)


def _claim(claim: Supported) -> Markup:
    beside = " · ".join(filter(None, (claim.standing and claim.standing.replace("_", " "), claim.speaker)))
    quotes = [
        element(
            "blockquote",
            cited.quote,
            " ",
            element("span", f"({cited.title or cited.source}, {cited.start}-{cited.end})"),
        )
        for cited in claim.citations
    ]
    return element(
        "div", element("p", claim.text, " ", element("span", beside, class_="quiet") if beside else None), *quotes
    )


def _trace(outcome: Outcome, seconds: float) -> Markup:
    timings = ", ".join(f"{step} {spent:.1f} ms" for step, spent in outcome.trace.timings_ms.items())
    spent = f"{seconds * 1000:.0f} ms ({timings}); {outcome.searched.documents} documents searched"
    return element("p", spent, class_="quiet")


def comparison(made: Comparison) -> Markup:
    """The verdict, and every case that differs with both its answers."""
    counts = f"{made.verdict}: {counted(made.compared, 'case')} compared, {len(made.broken)} broken, {len(made.mended)} mended"
    difference = made.difference
    sure = (
        f"Pass rate {difference.mean:+.3f}, interval {difference.low:+.3f} to {difference.high:+.3f}."
        if difference
        else ""
    )
    return join(
        [
            element("h2", "Compared with before"),
            element("p", counts, class_=f"verdict {made.verdict}"),
            element("p", sure, class_="quiet"),
            *(_change(one) for one in sorted(made.changed, key=_weight)),
        ]
    )


def _weight(one: Changed) -> int:
    """Broken before mended before those that only say something else."""
    return 2 if one.before.came == one.after.came else int(one.after.came == "passed")


def _change(one: Changed) -> Markup:
    """Both answers whole, side by side; what only one of them says, or cites, is marked."""
    came = f"{one.before.came} before, {one.after.came} now"
    weight = one.after.came if one.before.came != one.after.came else "quiet"
    sides = [
        element("div", element("strong", name), element("ul", *(_fact(line, mark, marked) for line in facts)))
        for name, facts, mark, marked in (
            ("before", one.before.facts, "del", one.lost),
            ("now", one.after.facts, "ins", one.gained),
        )
    ]
    missed = element("ul", *(element("li", line, class_="failed") for line in one.after.missed))
    return element(
        "details",
        element(
            "summary",
            element("span", one.after.case, class_="name"),
            " ",
            element("span", came, class_=weight),
            element("span", f" · {one.after.severity}", class_="quiet"),
        ),
        element("div", missed if one.after.missed else None, element("div", *sides, class_="sides"), class_="inside"),
        class_="change",
    )


def _fact(line: str, mark: str, marked: Sequence[str]) -> Markup:
    return element("li", element(mark, line) if line in marked else line)
