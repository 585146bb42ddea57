"""A dossier and a grid as HTML: charges and replies, positions, timeline, entries; every word of a source escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.desk.dossiers import composing, pictures
from assistant.desk.rendering import downloads
from assistant.web import citing
from assistant.web.markup import Markup, element, join
from assistant.web.wording import counted, day, kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assistant.desk.dossiers.entries import Dossier, Entry, Exchange, Grid, Positions, Row
    from assistant.domain import Supported

_AT_ONCE = 25
"""Entries that are shown open; more of them are one click away."""


def page(dossier: Dossier, key: str) -> Markup:
    """A whole dossier with its downloads, which are kept under `key`."""
    numbering = citing.Numbering()
    own = [one for one in dossier.entries if one.relation == "by"]
    others = [one for one in dossier.entries if one.relation == "of"]
    parts = (
        _section("Alleged or asked, and what came back", list(_exchanges(dossier, numbering))),
        _section("Positions over time", [_positions(dossier, one, numbering) for one in dossier.positions]),
        _section("Timeline", list(_timeline(dossier))),
        _section(f"{composing.said_by(dossier)} ({len(own)})", _entries(own, numbering)),
        _section(f"{composing.said_of(dossier)} ({len(others)})", _entries(others, numbering)),
        _section("Where sources disagree", list(_disagreements(dossier, numbering))),
        _section("Corrections", list(_corrections(dossier, numbering))),
        _section("Documents", [element("ul", *map(_document, _rows(dossier)), class_="dossier-documents")]),
        _section("What is not held", [element("ul", *(element("li", gap.detail) for gap in dossier.gaps))])
        if dossier.gaps
        else None,
    )
    withheld = len(dossier.withheld)
    left = f"{counted(withheld, 'sentence')} that did not pass the check against the sources left out."
    return element(
        "article",
        element("h2", dossier.entity, id="dossier-title", tabindex="-1"),
        element("ul", *(element("li", line) for line in composing.brief(dossier)), class_="brief"),
        downloads(key),
        *parts,
        element("p", left, class_="quiet") if withheld else None,
        class_="dossier",
    )


def names(held: Iterable[str]) -> Markup:
    """What may be typed, for the field's list of suggestions."""
    return join(element("option", value=one) for one in held)


def several(name: str, names: Iterable[str]) -> Markup:
    """Which one is meant, as buttons that ask for it."""
    choices = (
        element("li", element("button", one, type="button", name="dossier-of", value=one, class_="linklike"))
        for one in names
    )
    return element(
        "div",
        element("p", f"\u201c{name}\u201d may be any of these. Which one?", id="dossier-title", tabindex="-1"),
        element("ul", *choices),
        class_="dossier",
    )


def grid_page(grid: Grid, key: str) -> Markup:
    """The grid as a table; an empty cell says in words that nothing is held."""
    numbering = citing.Numbering()
    head = element(
        "tr", element("th", "Vendor", scope="col"), *(element("th", one, scope="col") for one in grid.bodies)
    )
    left = f"Left out for want of room: {', '.join(grid.left_out)}." if grid.left_out else None
    if not grid.rows:
        told = element("p", "No body of the library says anything of a vendor.", id="dossier-title", tabindex="-1")
        return element("div", told, class_="dossier")
    return element(
        "article",
        element("h2", "What each body last said of each vendor", id="dossier-title", tabindex="-1"),
        downloads(key),
        element(
            "div",
            element(
                "table",
                element("caption", "Vendors in rows, bodies in columns", class_="unseen"),
                element("thead", head),
                element("tbody", *(_row(one, numbering) for one in grid.rows)),
            ),
            class_="grid-room",
            tabindex="0",
            role="region",
            aria_label="Grid of vendors and bodies",
        ),
        element("p", left, class_="quiet") if left else None,
        class_="dossier",
    )


def _row(row: Row, numbering: citing.Numbering) -> Markup:
    cells = []
    for cell in row.cells:
        if not cell.claims:
            cells.append(element("td", "Nothing held", class_="quiet"))
            continue
        said = [
            element("div", _claim(claim, numbering), element("p", composing.standing(claim), class_="quiet"))
            for claim in cell.claims
        ]
        earlier = f"{cell.earlier} earlier or of less weight" if cell.earlier else None
        foot = ", ".join(part for part in (composing.day_or_days(cell.date), earlier) if part)
        cells.append(element("td", *said, element("p", foot, class_="quiet")))
    name = element("button", row.vendor, type="button", name="dossier-of", value=row.vendor, class_="linklike")
    return element("tr", element("th", name, scope="row"), *cells)


def _section(heading: str, parts: list[Markup]) -> Markup | None:
    return element("section", element("h3", heading), *parts) if parts else None


def _claim(claim: Supported, numbering: citing.Numbering) -> Markup:
    marks = (citing.marker(cited, numbering.number(cited)) for cited in claim.citations)
    return element("p", claim.text, " ", element("span", join(marks, " "), class_="markers"), class_="said", dir="auto")


def _entry(one: Entry, numbering: citing.Numbering, *, tag: str = "li") -> Markup:
    before = element("p", f"\u2026 {one.before.quote}", class_="before", dir="auto") if one.before else None
    corrected = one.claim.corrected_by
    return element(
        tag,
        before,
        _claim(one.claim, numbering),
        element("p", composing.described(one), class_="quiet"),
        element("p", "Corrected since: ", element("q", corrected.quote), class_="corrected") if corrected else None,
        class_=f"entry {one.claim.standing or ''}",
    )


def _entries(entries: list[Entry], numbering: citing.Numbering) -> list[Markup]:
    if not entries:
        return [element("p", "Nothing is held.", class_="quiet")]
    shown = [_entry(one, numbering) for one in entries]
    parts = [element("ol", *shown[:_AT_ONCE], class_="entries")]
    if len(shown) > _AT_ONCE:
        more = element("summary", f"{len(shown) - _AT_ONCE} more")
        parts.append(element("details", more, element("ol", *shown[_AT_ONCE:], class_="entries")))
    return parts


def _exchanges(dossier: Dossier, numbering: citing.Numbering) -> Iterator[Markup]:
    if not dossier.exchanges:
        yield element("p", "No allegation and no request is held.", class_="quiet")
        return
    yield element(
        "ol", *(_exchange(dossier, one, numbering) for one in composing.together(dossier.exchanges)), class_="entries"
    )


def _exchange(dossier: Dossier, group: list[Exchange], numbering: citing.Numbering) -> Markup:
    one = group[0]
    answers = [_entry(dossier.entry(number), numbering) for number in composing.beside(one)]
    mark = "\u2713 " if one.status == "reply_held" else "\u25cb "
    return element(
        "li",
        *(_entry(dossier.entry(each.entry), numbering, tag="div") for each in group),
        element(
            "p",
            element("span", mark, aria_hidden="true"),
            composing.answered(one, len(group)),
            class_=f"answered {one.status}",
        ),
        element("ul", *answers, class_="replies") if answers else None,
    )


def _positions(dossier: Dossier, held: Positions, numbering: citing.Numbering) -> Markup:
    steps = []
    for step in held.steps:
        change = element("p", element("strong", "Changed. "), step.change, class_="change") if step.change else None
        entries = (_entry(dossier.entry(number), numbering, tag="div") for number in step.entries)
        steps.append(element("li", change, *entries))
    heading = element("summary", element("span", composing.on_whom(held), class_="body"), f" ({len(held.steps)})")
    return element("details", heading, element("ol", *steps, class_="entries"), class_="positions")


def _timeline(dossier: Dossier) -> Iterator[Markup]:
    drawing = pictures.laid_out(dossier)
    if drawing is not None:
        yield element(
            "div", pictures.svg(drawing), class_="grid-room", tabindex="0", role="region", aria_label="Timeline"
        )
    moments = [
        element(
            "li",
            element("strong", composing.day_or_days(moment.date)),
            ": ",
            "; ".join(f"{composing.in_timeline(dossier.entry(one))} (entry {one})" for one in moment.entries),
        )
        for moment in dossier.timeline
    ]
    if moments:
        yield element("details", element("summary", "As a list"), element("ol", *moments, class_="moments"))


def _disagreements(dossier: Dossier, numbering: citing.Numbering) -> Iterator[Markup]:
    for pair in dossier.disagreements:
        sides = (_entry(dossier.entry(number), numbering) for number in (pair.one, pair.other))
        yield element("ul", *sides, class_="entries")
        yield element("p", composing.against(pair.here, pair.there), class_="quiet")


def _corrections(dossier: Dossier, numbering: citing.Numbering) -> Iterator[Markup]:
    for one in dossier.corrections:
        mark = citing.marker(one.citation, numbering.number(one.citation))
        entries = ", ".join(map(str, one.entries))
        bears = f"Bears on entry {entries}." if entries else "A note of its document on itself."
        yield element("p", one.citation.quote, " ", mark, dir="auto")
        yield element("p", bears, class_="quiet")


def _rows(dossier: Dossier) -> Iterator[tuple[str, str, str]]:
    """Place, title and the rest of each document."""
    for one in dossier.documents:
        parts = (
            one.publisher or "publisher unknown",
            day(one.published),
            kind(one.source_type) if one.source_type else None,
            "at first hand" if one.primary else "an account",
            counted(one.entries, "entry", "entries"),
        )
        yield (
            f"{one.document}/{one.version}",
            one.title or "Untitled document",
            ", ".join(part for part in parts if part),
        )


def _document(row: tuple[str, str, str]) -> Markup:
    place, title, told = row
    opener = element("button", title, type="button", name="open-document", value=place, class_="linklike", dir="auto")
    return element("li", opener, element("span", f" {told}", class_="quiet"))
