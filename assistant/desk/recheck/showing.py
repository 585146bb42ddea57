"""A recheck as a paper, so that a terminal shows it and every format is written as any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.desk.difference import in_words
from assistant.desk.exports.paper import Line, Numbering, Paper, Registered, Section
from assistant.desk.recheck.rulings import LABELS
from assistant.web.wording import day

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.desk.recheck.rulings import Rechecked, RecheckedClaim


def of_recheck(told: Rechecked, made: datetime) -> Paper:
    """How many of each status, then each claim that changed, then those that did not."""
    numbering = Numbering()
    sections = [Section("Result", tuple(Line(f"{LABELS[one]}: {n}", "bullet") for one, n in told.counts.items()))]
    for heading, still in (("Changed", False), ("Still true", True)):
        those = [one for one in told.claims if (one.status == "unchanged") is still]
        lines = tuple(line for one in those for line in _claim(one, numbering))
        sections += [Section(heading, lines)] if lines else []
    if told.left_out:
        sections.append(Section("No longer in the text", tuple(Line(one, "bullet") for one in told.left_out)))
    register = tuple(Registered(one.text, None, None, one.citation, one.status) for one in told.claims)
    resting = (f"The library as of {day(made.date().isoformat())}, {made:%H:%M} UTC, snapshot {told.library[:16]}.",)
    title = f"Recheck: {told.name}" if told.name else "Recheck"
    return Paper(title, tuple(sections), numbering.notes, resting, made, register, told.model_dump(mode="json"))


def _claim(one: RecheckedClaim, numbering: Numbering) -> list[Line]:
    cited = [one.citation, *([one.now] if one.now else [])]
    lines = [Line(one.text, "bullet", numbering.numbers(cited)), Line(f"{LABELS[one.status]}. {one.detail}", "aside")]
    if one.difference:
        lines.append(Line(f"Then [-…-], now {{+…+}}: {in_words(one.difference)}", "aside"))
    return lines
