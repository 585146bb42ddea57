"""Tabs of the page that other packages bring: found under the entry-point group `briefing.tabs`.

This package imports none of those above it. Each of them names a function that takes the assistant and returns a `Tab`;
the page leaves room for it, and its script fills the room from its own routes.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter

from assistant.web.markup import element, join

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.answering import Assistant
    from assistant.web.markup import Markup

GROUP = "briefing.tabs"


@dataclass(frozen=True)
class Tab:
    """One tab. Its room is the element `NAME-room`; `static` is a folder with `NAME.js` and `NAME.css`."""

    name: str
    title: str
    static: Path
    routes: APIRouter


def installed(assistant: Assistant) -> list[Tab]:
    """The tabs of all packages that are installed, by name."""
    return [entry.load()(assistant) for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name)]


def links(tabs: Sequence[Tab]) -> Markup:
    """What the head of the page names of them."""
    return join(
        part
        for tab in tabs
        for part in (
            element("link", rel="stylesheet", href=f"/page/{tab.name}/{tab.name}.css"),
            element("script", defer="", src=f"/page/{tab.name}/{tab.name}.js"),
        )
    )
