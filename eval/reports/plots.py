"""Small pictures as SVG inside the page, each with what it shows in words for those who do not see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.web.markup import element

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.web.markup import Markup

_WIDTH, _HEIGHT = 180, 18
_TREND_WIDTH, _TREND_HEIGHT, _EDGE = 640, 150, 30


def range_bar(mean: float, low: float, high: float) -> Markup:
    """A mean between 0 and 1 as a dot on its interval."""
    at, left, right = (round(4 + value * (_WIDTH - 8), 1) for value in (mean, low, high))
    middle = _HEIGHT / 2
    return _picture(
        f"{mean:.2f}, interval {low:.2f} to {high:.2f}",
        _WIDTH,
        _HEIGHT,
        element("line", class_="axis", x1=4, x2=_WIDTH - 4, y1=str(middle), y2=str(middle)),
        element("line", class_="range", x1=str(left), x2=str(right), y1=str(middle), y2=str(middle)),
        element("circle", class_="bar", cx=str(at), cy=str(middle), r=4),
    )


def share_bar(part: int, whole: int) -> Markup:
    """A part of a whole as a bar."""
    filled = round(_WIDTH * part / whole, 1) if whole else 0.0
    return _picture(
        f"{part} of {whole}",
        _WIDTH,
        _HEIGHT,
        element("rect", class_="rest", x=0, y=3, width=_WIDTH, height=12),
        element("rect", class_="bar", x=0, y=3, width=str(filled), height=12),
    )


def trend(values: Sequence[tuple[str, float]]) -> Markup:
    """Shares between 0 and 1 over time, oldest first, each with its label."""
    step = (_TREND_WIDTH - 2 * _EDGE) / max(1, len(values) - 1)
    places = [
        (round(_EDGE + number * step, 1), round(_EDGE + (1 - value) * (_TREND_HEIGHT - 2 * _EDGE), 1))
        for number, (_, value) in enumerate(values)
    ]
    said = "; ".join(f"{label}: {value:.2f}" for label, value in values)
    marks = [
        element("circle", element("title", f"{label}: {value:.3f}"), class_="bar", cx=str(x), cy=str(y), r=4)
        for (x, y), (label, value) in zip(places, values, strict=True)
    ]
    bottom, top = _TREND_HEIGHT - _EDGE, _EDGE
    return _picture(
        f"Pass rate over time. {said}",
        _TREND_WIDTH,
        _TREND_HEIGHT,
        element("line", class_="axis", x1=_EDGE, x2=_TREND_WIDTH - _EDGE, y1=bottom, y2=bottom),
        element("line", class_="axis", x1=_EDGE, x2=_TREND_WIDTH - _EDGE, y1=top, y2=top),
        element("text", "1", x=8, y=top + 4),
        element("text", "0", x=8, y=bottom + 4),
        element("polyline", class_="trend", points=" ".join(f"{x},{y}" for x, y in places)),
        *marks,
        element("text", values[0][0], x=_EDGE, y=_TREND_HEIGHT - 6),
        element("text", values[-1][0], x=_TREND_WIDTH - _EDGE, y=_TREND_HEIGHT - 6, text_anchor="end")
        if len(values) > 1
        else None,
    )


def _picture(said: str, width: int, height: int, *inside: Markup | None) -> Markup:
    return element(
        "svg", *inside, role="img", aria_label=said, width=width, height=height, viewbox=f"0 0 {width} {height}"
    )
