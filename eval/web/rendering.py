"""The evaluators' tab as HTML. Whatever comes from a suite, a source or a person is escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from assistant.web.markup import Markup, element, join, told
from eval.record import Run
from eval.web.ratings import Rated, agreements

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from eval.record import Header
    from eval.web.ratings import ToRate
    from eval.web.runner import State


def whole(suites: Sequence[str], folders: Sequence[Path], now: State) -> Markup:
    """The tab: a form that starts a run, what is under way, the runs that are kept."""
    return join(
        [
            _starting(suites),
            element("div", state(now), id="evaluation-now", aria_live="polite"),
            _kept(folders),
            element("div", "", id="evaluation-shown", tabindex=-1),
        ]
    )


def state(now: State) -> Markup:
    """What is under way, or how the last run ended."""
    if now.running:
        words = now.says or (f"{now.done} of {now.every} answered" if now.every else "Getting ready")
        bar = element("progress", value=now.done, max=max(1, now.every), aria_label="Cases answered")
        return element("div", element("p", f"{now.suite}: {words}", role="status"), bar, data_running="yes")
    if now.fault:
        return element("p", told(now.fault), class_="failure", role="alert")
    if now.run:
        return element("p", "Done: ", _open(now.run), role="status", data_done=now.run)
    return Markup("")


def result(name: str, summary: Markup) -> Markup:
    """One run, with what can be done with it."""
    address = f"/fragments/evaluation/runs/{name}"
    rating = element(
        "form",
        element("label", "Your name ", element("input", name="rater", required="", maxlength=60, autocomplete="off")),
        element("button", "Rate its claims", type="submit", class_="plain-button"),
        data_evaluation="rate",
        data_run=name,
    )
    link = element("a", "Save the whole report", href=f"{address}/report", download=f"{name}.html")
    return join([element("h2", name), element("p", link), rating, summary])


def compared(before: Header, after: Header, made: Markup) -> Markup:
    """Two runs side by side: first how they were asked, then every case that differs."""
    names = list(dict.fromkeys(["model", *before.about, *after.about]))
    rows = []
    for name in names:
        old, new = ((one.model or "none") if name == "model" else one.about.get(name, "") for one in (before, after))
        if old != new:
            rows.append(element("tr", element("th", name, scope="row"), element("td", old), element("td", new)))
    head = element("tr", *(element("th", word, scope="col") for word in ("setting", "before", "now")))
    table = element("table", element("thead", head), element("tbody", *rows))
    differ = table if rows else element("p", "Both were asked of the same library with the same settings.")
    return join([element("h2", "Two runs"), differ, made])


def rating(name: str, rater: str, claims: Sequence[ToRate], found: Mapping[str, Mapping[str, Rated]]) -> Markup:
    """The next claim that `rater` has not rated; when there is none, what all raters said together.

    Nobody sees another's ratings before having given all their own.
    """
    given = found.get(rater, {})
    left = [one for one in claims if one.key not in given]
    if not left:
        return _rated(name, claims, found)
    one = left[0]
    quotes = [
        element("blockquote", cited.quote, " ", element("span", f"({cited.title or cited.source})", class_="quiet"))
        for cited in one.claim.citations
    ]
    buttons = [
        element("button", word.capitalize(), type="submit", name="said", value=word, class_="plain-button")
        for word in get_args(Rated)
    ]
    return element(
        "form",
        element("h2", f"Claim {len(claims) - len(left) + 1} of {len(claims)}", tabindex=-1),
        element("p", one.asked, class_="quiet"),
        element("p", one.claim.text, class_="to-rate"),
        *quotes,
        element("p", "Does what is cited say this?"),
        element("p", *buttons, class_="choices"),
        data_evaluation="rated",
        data_run=name,
        data_rater=rater,
        data_claim=one.key,
    )


def kept_case(name: str, suite: str) -> Markup:
    """What became of an answer that was made a case."""
    return element("p", told(f"Kept as `{name}` in `{suite}`."), role="status")


def _starting(suites: Sequence[str]) -> Markup:
    options = [element("option", one, value=one) for one in suites]
    return element(
        "form",
        element("h2", "Run a suite"),
        element("label", "Suite", element("select", *options, name="suite")),
        element(
            "details",
            element("summary", "Another configuration (optional)"),
            _field("Threshold below which it abstains, 0 to 1", "sufficiency", "0.01", "1"),
            _field("Most claims of an answer", "claims", "1", "20"),
            element("label", "Language model", element("input", name="model", maxlength=200, autocomplete="off")),
        ),
        element("button", "Run", type="submit", class_="plain-button"),
        data_evaluation="run",
    )


def _field(label: str, name: str, step: str, most: str) -> Markup:
    return element("label", label, element("input", type="number", name=name, step=step, min="0", max=most))


def _kept(folders: Sequence[Path]) -> Markup:
    if not folders:
        return element("p", "No run is kept yet.", class_="quiet")
    rows = [_row(folder) for folder in folders]
    words = ("run", "started", "cases", "before", "now")
    head = element("tr", *(element("th", word, scope="col") for word in words))
    table = element("table", element("thead", head), element("tbody", *rows))
    return element(
        "form",
        element("h2", "Runs"),
        element("div", table, class_="scroll", tabindex=0, role="region", aria_label="Runs"),
        element("button", "Compare", type="submit", class_="plain-button"),
        data_evaluation="compare",
    )


def _row(folder: Path) -> Markup:
    run = Run.load(folder)
    cells = [_open(folder.name), run.header.started[:16].replace("T", " "), str(len(run.header.cases))]
    chosen = [
        element("input", type="radio", name=side, value=folder.name, required="", aria_label=f"{folder.name} as {side}")
        for side in ("before", "after")
    ]
    return element("tr", *(element("td", cell) for cell in [*cells, *chosen]))


def _open(run: str) -> Markup:
    return element("button", run, type="button", name="open-run", value=run, class_="link-button")


def _rated(name: str, claims: Sequence[ToRate], found: Mapping[str, Mapping[str, Rated]]) -> Markup:
    known = {one.key for one in claims}
    rows = []
    for rater, given in sorted(found.items()):
        counts = ", ".join(
            f"{word} {sum(said == word for key, said in given.items() if key in known)}" for word in get_args(Rated)
        )
        rows.append(element("li", f"{rater}: {counts}"))
    agreed = [
        element(
            "li",
            f"{' and '.join(one.raters)} agree on {one.share:.0%} of {one.count} claims; Cohen\u2019s kappa "
            + ("none (all alike)" if one.kappa is None else f"{one.kappa:.2f}"),
        )
        for one in agreements({rater: dict(given) for rater, given in found.items()})
    ]
    alone = element("p", "Agreement is shown once a second person has rated.", class_="quiet")
    return element(
        "div",
        element("h2", f"All claims of {name} are rated", tabindex=-1),
        element("ul", *rows),
        element("ul", *agreed) if agreed else alone,
    )
