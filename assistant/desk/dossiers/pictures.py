"""The timeline of a dossier as a picture: one lane for each kind of statement, a numbered mark for the dated entries.

Shapes differ as lanes do, so that nothing is told by colour alone; every mark has its words as a title, and the same
entries stand as a list beside the picture. It is laid out once and written as SVG or PNG.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from assistant.desk.dossiers.composing import day_or_days, in_timeline, stretch
from assistant.desk.dossiers.dating import span
from assistant.desk.exports.paper import Picture
from assistant.web.markup import Markup, escaped, join, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.desk.dossiers.entries import Dossier, Entry

LANES: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("Allegations", "triangle", frozenset({"allegation"})),
    ("Requests", "arrow", frozenset({"request"})),
    ("Denials, responses", "diamond", frozenset({"denial", "response"})),
    ("Findings, decisions, law", "square", frozenset({"finding", "decision", "law"})),
    ("Opinions, statements", "circle", frozenset()),
)
"""Name, shape and standings of each lane, from the top; the last takes what is left."""

WIDTH, LEFT, RIGHT, TOP = 960, 178, 28, 34
REACH = 10
"""Half of the room of one mark, in pixels."""

_TICKS = 8
_SHAPES: dict[str, tuple[tuple[float, float], ...]] = {
    "triangle": ((0, -10), (10.5, 8), (-10.5, 8)),
    "arrow": ((-9, -8), (3, -8), (10.5, 0), (3, 8), (-9, 8)),
    "diamond": ((0, -10.5), (10.5, 0), (0, 10.5), (-10.5, 0)),
    "square": ((-8.5, -8.5), (8.5, -8.5), (8.5, 8.5), (-8.5, 8.5)),
}
_BELOW = {"triangle": 4}
"""How far a number stands under the middle of its shape."""


class Mark(NamedTuple):
    """One entry in the picture: its place, its shape, whether it is the subject's own words, and its words."""

    x: float
    y: float
    shape: str
    label: str
    own: bool
    told: str


@dataclass(frozen=True)
class Drawing:
    """A picture that is laid out: lanes as (name, top, height), ticks as (x, words), marks."""

    title: str
    told: str
    height: int
    lanes: tuple[tuple[str, int, int], ...]
    ticks: tuple[tuple[float, str], ...]
    marks: tuple[Mark, ...]


def laid_out(dossier: Dossier) -> Drawing | None:
    """The picture of a dossier; None when fewer than two of its entries are dated."""
    dated = [one for one in dossier.entries if one.date is not None]
    if len(dated) < 2:
        return None
    days = {one.number: _middle(one.date or "") for one in dated}
    first, last = min(days.values()), max(days.values())
    place = {number: _across(day, first, last) for number, day in days.items()}
    lanes, marks, top = list[tuple[str, int, int]](), list[Mark](), TOP
    for name, shape, standings in LANES:
        mine = _together([one for one in dated if _lane(one) == (standings or None)])
        if not mine:
            continue
        rows = _rows([(place[group[0].number], group) for group in mine])
        height = 16 + 2 * (REACH + 2) * len(rows)
        lanes.append((name, top, height))
        marks += [
            _marked(x, top + 8 + (REACH + 2) * (2 * row + 1), shape, group)
            for row, held in enumerate(rows)
            for x, group in held
        ]
        top += height
    told = (
        f"{len(dated)} dated entries in {len(lanes)} lanes by kind of statement; filled marks are its own words. "
        "A plus stands for more of one day and document. The same entries stand in the list of the timeline."
    )
    ticks = tuple(_ticks(first, last))
    return Drawing(
        f"Timeline of {dossier.entity}, {stretch(dossier)}", told, top + 30, tuple(lanes), ticks, tuple(marks)
    )


def drawn(dossier: Dossier, form: str) -> bytes:
    """The picture as a file, `svg` or `png`; with fewer than two dated entries it says so."""
    drawing = laid_out(dossier) or Drawing(
        f"Timeline of {dossier.entity}", "Fewer than two entries are dated.", 70, (), (), ()
    )
    if form == "svg":
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{svg(drawing, alone=True)}\n'.encode("utf-8", "replace")
    return _png(drawing)


def picture(dossier: Dossier) -> Picture | None:
    """The picture for an export; None when fewer than two entries are dated."""
    drawing = laid_out(dossier)
    if drawing is None:
        return None
    told = f"{drawing.title}. {drawing.told}"
    return Picture(_png(drawing), svg(drawing, alone=True), told, WIDTH, drawing.height)


def svg(drawing: Drawing, *, alone: bool = False) -> Markup:
    """The picture as SVG in the colour of the text around it; one that stands `alone` has white paper."""
    back = f'<rect width="{WIDTH}" height="{drawing.height}" fill="#ffffff"/>' if alone else ""
    parts = [Markup(back), _text(LEFT, 18, drawing.title if alone else "", size=14, weight="600")]
    if not drawing.lanes:
        parts.append(_text(LEFT, 44, drawing.told, size=12))
    for place, (name, top, height) in enumerate(drawing.lanes):
        line = f'<line x1="8" y1="{top}" x2="{WIDTH - 8}" y2="{top}" stroke="currentColor" stroke-opacity="{0.5 if place else 0.8}"/>'
        parts += [Markup(line), _text(10, top + height / 2 + 4, name, size=12.5)]
    bottom = drawing.height - 30
    for x, words in drawing.ticks:
        parts.append(
            Markup(
                f'<line x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{bottom + 5}" stroke="currentColor" stroke-opacity="0.25"/>'
            )
        )
        parts.append(_text(x, bottom + 20, words, size=12, anchor="middle"))
    parts += [_mark(one, alone=alone) for one in drawing.marks]
    space = ' xmlns="http://www.w3.org/2000/svg" color="#1b1b1b"' if alone else ' class="timeline"'
    return Markup(
        f'<svg{space} viewBox="0 0 {WIDTH} {drawing.height}" width="{WIDTH}" height="{drawing.height}" role="img" '
        f'aria-labelledby="timeline-title timeline-told" font-family="sans-serif">'
        f'<title id="timeline-title">{escaped(drawing.title)}</title><desc id="timeline-told">{escaped(drawing.told)}</desc>'
        f"{join(parts)}</svg>"
    )


def _mark(one: Mark, *, alone: bool) -> Markup:
    paper = "#ffffff" if alone else "var(--paper)"
    fill, ink = ("currentColor", paper) if one.own else (paper, "currentColor")
    drawn = f'fill="{fill}" stroke="currentColor" stroke-width="1.5"'
    if one.shape == "circle":
        shape = f'<circle cx="{one.x:.1f}" cy="{one.y:.1f}" r="9.5" {drawn}/>'
    else:
        points = " ".join(f"{one.x + x:.1f},{one.y + y:.1f}" for x, y in _SHAPES[one.shape])
        shape = f'<polygon points="{points}" {drawn}/>'
    y = one.y + 3.2 + _BELOW.get(one.shape, 0) / 2
    number = f'<text x="{one.x:.1f}" y="{y:.1f}" font-size="{9 if len(one.label) < 3 else 7}" font-weight="600" text-anchor="middle" fill="{ink}">{one.label}</text>'
    return Markup(f"<g><title>{escaped(one.told)}</title>{shape}{number}</g>")


def _text(x: float, y: float, words: str, *, size: float, anchor: str = "start", weight: str = "400") -> Markup:
    if not words:
        return Markup("")
    return Markup(
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" fill="currentColor">{escaped(words)}</text>'
    )


def _png(drawing: Drawing, scale: int = 2) -> bytes:
    from PIL import Image, ImageDraw, ImageFont

    ink, grey, paper = "#1b1b1b", "#b8b8b8", "#ffffff"
    image = Image.new("RGB", (WIDTH * scale, drawing.height * scale), paper)
    pen = ImageDraw.Draw(image)

    def write(x: float, y: float, words: str, size: float, anchor: str = "ls", fill: str = ink) -> None:
        pen.text((x * scale, y * scale), visible(words), fill, ImageFont.load_default(size * scale), anchor)

    def line(*points: float, fill: str) -> None:
        pen.line([one * scale for one in points], fill, scale)

    write(LEFT, 18, drawing.title, 14)
    if not drawing.lanes:
        write(LEFT, 44, drawing.told, 12)
    for name, top, height in drawing.lanes:
        line(8, top, WIDTH - 8, top, fill=grey)
        write(10, top + height / 2 + 4, name, 12.5)
    bottom = drawing.height - 30
    for x, words in drawing.ticks:
        line(x, TOP, x, bottom + 5, fill="#dddddd")
        write(x, bottom + 20, words, 12, "ms")
    for one in drawing.marks:
        fill, words = (ink, paper) if one.own else (paper, ink)
        if one.shape == "circle":
            box = [(one.x - 9.5) * scale, (one.y - 9.5) * scale, (one.x + 9.5) * scale, (one.y + 9.5) * scale]
            pen.ellipse(box, fill, ink, scale + 1)
        else:
            points = [((one.x + x) * scale, (one.y + y) * scale) for x, y in _SHAPES[one.shape]]
            pen.polygon(points, fill, ink, scale + 1)
        y = one.y + _BELOW.get(one.shape, 0) / 2
        write(one.x, y, one.label, 9 if len(one.label) < 3 else 7, "mm", words)
    held = io.BytesIO()
    image.save(held, "PNG", optimize=True)
    return held.getvalue()


def _lane(one: Entry) -> frozenset[str] | None:
    """The standings of the lane of an entry; None for the last."""
    return next((held for _, _, held in LANES if one.claim.standing in held), None)


def _together(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Entries of one day, one document and one side, which have one mark."""
    groups: dict[tuple[str | None, str, str], list[Entry]] = {}
    for one in entries:
        groups.setdefault((one.date, one.claim.citations[0].document, one.relation), []).append(one)
    return list(groups.values())


def _rows(placed: Sequence[tuple[float, list[Entry]]]) -> list[list[tuple[float, list[Entry]]]]:
    """Marks in as few rows as keep them from lying on one another."""
    rows: list[list[tuple[float, list[Entry]]]] = []
    for x, group in sorted(placed, key=lambda pair: (pair[0], pair[1][0].number)):
        row = next((held for held in rows if x - held[-1][0] >= 2 * REACH + 2), None)
        if row is None:
            rows.append([(x, group)])
        else:
            row.append((x, group))
    return rows


def _marked(x: float, y: float, shape: str, group: Sequence[Entry]) -> Mark:
    label = f"{group[0].number}{'+' if len(group) > 1 else ''}"
    return Mark(x, y, shape, label, group[0].relation == "by", " / ".join(map(_told, group)))


def _told(one: Entry) -> str:
    return f"Entry {one.number}, {day_or_days(one.date)}: {in_timeline(one)}. {one.claim.text}"


def _middle(when: str) -> int:
    """A date as a day number, the middle of what it covers."""
    first, last = (date.fromisoformat(one).toordinal() for one in span(when))
    return (first + last) // 2


def _across(day: int, first: int, last: int) -> float:
    room = WIDTH - LEFT - RIGHT - 2 * REACH
    return LEFT + REACH + (room * (day - first) / (last - first) if last > first else room / 2)


def _ticks(first: int, last: int) -> Iterator[tuple[float, str]]:
    """Beginnings of years, or of months where all is within two years; not too many."""
    start, end = date.fromordinal(first), date.fromordinal(last)
    if end.year - start.year >= 2:
        step = max(1, -(-(end.year - start.year) // _TICKS))
        days = [(date(year, 1, 1), str(year)) for year in range(start.year, end.year + 2, step)]
    else:
        months = range(start.year * 12 + start.month - 1, end.year * 12 + end.month + 1)
        step = max(1, -(-len(months) // _TICKS))
        days = [
            (date(at // 12, at % 12 + 1, 1), date(at // 12, at % 12 + 1, 1).strftime("%b %Y")) for at in months[::step]
        ]
    for day, words in days:
        if first <= day.toordinal() <= last:
            yield _across(day.toordinal(), first, last), words
