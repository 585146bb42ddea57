"""A draft as types: sections of lines, each a claim that passed the gate. Its JSON is what `--json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import Field

from assistant.domain import Frozen, Scope, Searched, Supported, Trace, Withheld

if TYPE_CHECKING:
    from collections.abc import Iterable

Kind = Literal["lines", "qa", "holding", "note", "brief"]
KINDS: tuple[Kind, ...] = get_args(Kind)

Purpose = Literal["top_lines", "if_pressed", "background"]

TITLES: dict[Kind, str] = {
    "lines": "Lines to take",
    "qa": "Questions and answers",
    "holding": "Holding statement",
    "note": "Background note",
    "brief": "One-page brief",
}
"""Each kind as people read it."""

HEADINGS: dict[Purpose, str] = {
    "top_lines": "Top lines",
    "if_pressed": "If pressed",
    "background": "Background",
}
UNKNOWN = "What we do not know"


class Line(Frozen):
    """One line: a claim, and the claims it must not be shown without, such as a denial beside an allegation.

    `question` is what it answers, in a section of questions; None elsewhere. `edited` tells that a person worded it,
    `accepted` that a person has agreed to it.
    """

    claim: Supported
    beside: tuple[Supported, ...] = ()
    question: str | None = None
    edited: bool = False
    accepted: bool = False


class DraftSection(Frozen):
    """Lines with one purpose, in reading order. `spare` are the next best, which are not part of the draft."""

    purpose: Purpose
    heading: str
    lines: tuple[Line, ...] = ()
    spare: tuple[Line, ...] = ()


def claims_of(sections: Iterable[DraftSection]) -> tuple[Supported, ...]:
    """Every claim of some sections, in reading order."""
    every = (line for section in sections for line in section.lines)
    return tuple(claim for line in every for claim in (line.claim, *line.beside))


class Unknown(Frozen):
    """A question that the library was asked and does not answer."""

    question: str
    detail: str
    would_settle: str | None = None


class PressDraft(Frozen):
    """A draft on `topic`. With no lines in it, the library holds nothing on the topic.

    `withheld` are claims that did not pass; they are told in the JSON alone. `notes` are caveats in words.
    """

    outcome: Literal["draft"] = "draft"
    kind: Kind
    topic: Annotated[str, Field(min_length=1, max_length=500)]
    audience: str | None = None
    scope: Scope = Scope()
    sections: tuple[DraftSection, ...]
    unknown: tuple[Unknown, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    notes: tuple[str, ...] = ()
    searched: Searched
    trace: Trace

    @property
    def claims(self) -> tuple[Supported, ...]:
        """Every claim in it, in reading order."""
        return claims_of(self.sections)

    @property
    def title(self) -> str:
        """What it is headed: the kind and the topic."""
        return f"{TITLES[self.kind]}: {self.topic}"
