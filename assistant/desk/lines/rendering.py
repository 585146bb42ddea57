"""A draft on the page: each line with its standing and sources, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.desk.exports.lines import under
from assistant.desk.lines.papers import UNKNOWN
from assistant.desk.rendering import downloads
from assistant.desk.verdicts import LABELS
from assistant.web import citing
from assistant.web.markup import Markup, element

if TYPE_CHECKING:
    from assistant.desk.lines.papers import DraftSection, Line, PressDraft
    from assistant.desk.lines.working import Changed
    from assistant.domain import Supported

_STEPS = (
    ("accept", "Accept"),
    ("up", "Move up"),
    ("down", "Move down"),
    ("next", "Next best instead"),
    ("drop", "Drop"),
)


def page(changed: Changed, key: str, kept: str, at: tuple[int, int] | None = None) -> Markup:
    """The draft under `key`, with downloads of what is kept as `kept`; `at` is the line where an edit was not taken."""
    draft = changed.draft
    sections = (
        _section(one, place, changed if at and at[0] == place else None, at) for place, one in enumerate(draft.sections)
    )
    told = [element("li", note) for note in draft.notes]
    return element(
        "article",
        element("h2", draft.title, id="drafted-title", tabindex="-1"),
        element("p", f"For: {draft.audience}", class_="quiet") if draft.audience else None,
        downloads(kept) if draft.claims else element("p", "The library holds nothing on this topic."),
        *sections,
        _unknown(draft),
        element("section", element("h3", "To bear in mind"), element("ul", *told)) if told else None,
        class_="press-draft",
        data_key=key,
    )


def _section(section: DraftSection, place: int, changed: Changed | None, at: tuple[int, int] | None) -> Markup | None:
    if not section.lines:
        return None
    lines = (
        _line(one, section, (place, number), changed if at == (place, number) else None)
        for number, one in enumerate(section.lines)
    )
    return element("section", element("h3", section.heading), element("ol", *lines, class_="press-lines"))


def _line(line: Line, section: DraftSection, at: tuple[int, int], changed: Changed | None) -> Markup:
    number = at[1] + 1
    buttons = [
        element(
            "button",
            "Accepted" if name == "accept" and line.accepted else label,
            type="button",
            name="step",
            value=name,
            aria_label=f"{label}: line {number} of {section.heading}",
            aria_pressed=("true" if line.accepted else "false") if name == "accept" else None,
        )
        for name, label in _STEPS
        if name != "next" or section.spare
    ]
    editing = element(
        "details",
        element("summary", "Edit"),
        element(
            "textarea",
            changed.words if changed else line.claim.text,
            aria_label=f"Words of line {number}",
            rows="3",
            maxlength="2000",
        ),
        element("button", "Check and use these words", type="button", name="step", value="edit"),
        open="open" if changed is not None else None,
    )
    return element(
        "li",
        element("p", line.question, class_="asked") if line.question else None,
        *(_claim(claim) for claim in (line.claim, *line.beside)),
        _faults(changed) if changed is not None else None,
        element("div", *buttons, class_="steps", role="group", aria_label=f"Line {number}"),
        editing,
        class_="accepted" if line.accepted else None,
        data_section=str(at[0]),
        data_line=str(at[1]),
    )


def _claim(claim: Supported) -> Markup:
    sources = (citing.opener(one, "Open the source: ") for one in claim.citations[:3])
    return element(
        "div",
        element("p", claim.text, class_="drafted", dir="auto"),
        element("p", under(claim), " \u00b7 ", *sources, class_="quiet"),
    )


def _faults(changed: Changed) -> Markup:
    told = [
        element("p", f"Not used. {LABELS[one.verdict]}: {one.detail}", *_suggested(one.suggestion))
        for one in changed.faults
    ]
    return element("div", *told, class_="failure", role="alert")


def _suggested(wording: str | None) -> tuple[str, ...]:
    return (f" A wording that stands: {wording}",) if wording else ()


def _unknown(draft: PressDraft) -> Markup | None:
    if not draft.unknown:
        return None
    told = (
        element("li", element("p", one.question, class_="asked"), element("p", one.detail)) for one in draft.unknown
    )
    return element("section", element("h3", UNKNOWN), element("ul", *told))
