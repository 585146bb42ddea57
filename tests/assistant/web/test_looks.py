"""Contrast of every pair of colours that the style sheets put together, in light and dark (WCAG 2.2, 1.4.3, 1.4.11)."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

STATIC = files("assistant.web") / "static"
TEXT, PART = 4.5, 3.0

PAIRS = [
    *[(ink, ground, TEXT) for ink in ("ink", "quiet", "accent") for ground in ("paper", "surface", "sunken")],
    *[(ink, ground, TEXT) for ink in ("warn", "good", "danger", "accent-strong") for ground in ("paper", "surface")],
    *[(ink, "accent-soft", TEXT) for ink in ("ink", "accent", "accent-strong")],
    *[(ink, "warn-soft", TEXT) for ink in ("ink", "warn", "quiet")],
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-strong", TEXT),
    ("on-danger", "danger", TEXT),
    ("on-mark", "mark", TEXT),
    ("on-masthead", "masthead", TEXT),
    ("masthead-quiet", "masthead", TEXT),
    *[(line, ground, PART) for line in ("edge", "focus") for ground in ("paper", "surface")],
]


def colours(theme: str) -> dict[str, str]:
    css = (STATIC / "page.css").read_text(encoding="utf-8")
    blocks = {"light": r":root \{(.*?)\}", "dark": r':root\[data-theme="dark"\] \{(.*?)\}'}
    found = re.search(blocks[theme], css, re.DOTALL)
    assert found is not None
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", found[1]))


def luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("over", "under", "least"), PAIRS)
def test_every_pair_of_colours_can_be_told_apart(theme: str, over: str, under: str, least: float) -> None:
    known = colours(theme)
    assert contrast(known[over], known[under]) >= least


def test_both_themes_name_the_same_colours() -> None:
    assert colours("light").keys() == colours("dark").keys()


@pytest.mark.parametrize("name", ["page.css", "answer.css", "api.css", "page.js", "page.html", "mark.svg"])
def test_no_asset_names_another_host(name: str) -> None:
    text = (STATIC / name).read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://|//[a-z]+\.[a-z]|@import|url\(", text)


def test_the_page_holds_no_script_and_no_style_of_its_own() -> None:
    text = (STATIC / "page.html").read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]* src=)|<style| style=| on[a-z]+=", text)
