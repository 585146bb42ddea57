"""Outcomes as HTML for the chat, and as plain text for the clipboard.

Everything that comes from a source or from a person passes through `assistant.web.markup`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from assistant.messages import CAVEATS, WITHHELD
from assistant.web import explaining, render_library, standings, wording
from assistant.web.citing import Numbering, marker, opener, provenance
from assistant.web.markup import Markup, element, join, told

if TYPE_CHECKING:
    from assistant.domain import Abstention, Briefing, Citation, Clarification, Nearest, Outcome, Supported
    from ingest.errors import BriefingError


_UNBROKEN = 24
_ASKED = re.compile(r'<div class="asked"><p class="asked-text" dir="auto">([^<>]*)</p>')


def question(text: str, narrowed: str | None = None) -> Markup:
    """What the person asked, as they see it in the chat, and what of the library it was asked of."""
    return element(
        "div",
        element("p", text, class_="asked-text", dir="auto"),
        element("p", narrowed, class_="narrowed", dir="auto") if narrowed else None,
        class_="asked",
    )


def asked_in(message: str) -> str | None:
    """The question in a message made by `question`; None for any other text."""
    found = _ASKED.match(message)
    return html.unescape(found[1]) if found else None


def progress(steps: Sequence[str], claims: Sequence[Supported]) -> Markup:
    """An answer while it is being made: the step at work, and the claims that have passed so far."""
    numbering = Numbering()
    doing = steps[-1] if steps else "Reading the question"
    return element(
        "div",
        element("p", element("span", class_="working"), f"{doing}\u2026", class_="doing", role="status"),
        _claims(claims, numbering) if claims else None,
        class_="answer forming",
    )


def outcome(value: Outcome) -> Markup:
    """The finished answer, whichever of the three it is."""
    return _RENDERERS[value.outcome](value)


def failure(error: BriefingError) -> Markup:
    """A failure a person can do something about."""
    return notice(error.message, error.remedy)


def notice(message: str, remedy: str) -> Markup:
    """What went wrong and what to do about it."""
    return element(
        "div",
        element("p", element("strong", told(message))),
        element("p", told(remedy)) if remedy else None,
        class_="failure",
        role="alert",
    )


def _briefing(value: Briefing) -> Markup:
    numbering = Numbering()
    claims = _claims(value.claims, numbering)
    return element(
        "article",
        element("h2", "Answer", class_="answer-title"),
        _standalone(value),
        claims,
        _cautions(value),
        element("h3", "Sources"),
        _sources(numbering),
        _copy(value),
        _withheld(value),
        _trace(value),
        class_="answer",
    )


def _abstention(value: Abstention) -> Markup:
    searched = value.searched
    looked = (
        f"Searched {wording.counted(searched.documents, 'document')}, {wording.counted(searched.passages, 'passage')}."
    )
    return element(
        "article",
        element("h2", wording.ABSTENTIONS[value.reason], class_="answer-title"),
        _standalone(value),
        element("p", value.detail),
        element("p", looked, class_="quiet") if searched.documents else None,
        _labelled("What would settle it", value.would_settle) if searched.documents else None,
        element("p", wording.WHAT_TO_DO[value.reason]) if value.reason in wording.WHAT_TO_DO else None,
        element("p", render_library.opener()) if value.reason == "library_empty" else None,
        _nearest(value.nearest),
        _withheld(value),
        _trace(value),
        class_="answer abstention",
    )


def _clarification(value: Clarification) -> Markup:
    choices = (
        element("li", element("button", choice, type="button", name="ask-this", value=choice))
        for choice in value.choices
    )
    return element(
        "article",
        element("h2", "Which do you mean?", class_="answer-title"),
        _standalone(value),
        element("p", value.detail) if value.detail else None,
        element("ul", *choices, class_="choices", aria_label="Questions with one meaning"),
        _trace(value),
        class_="answer clarification",
    )


_RENDERERS: dict[str, Callable[..., Markup]] = {
    "briefing": _briefing,
    "abstention": _abstention,
    "clarification": _clarification,
}


def _standalone(value: Outcome) -> Markup | None:
    """How a follow-up was understood, with a way to correct it; None for a question taken as it was asked."""
    same = value.standalone_question.strip() == value.question.strip()
    if same and not value.understood:
        return None
    edit = element(
        "button",
        "Edit",
        element("span", " the question as it was understood", class_="unseen"),
        type="button",
        name="edit-question",
        value=value.standalone_question,
        class_="linklike",
    )
    read = () if same else ("Understood as: ", element("q", value.standalone_question), " ", edit)
    told = element("span", value.understood, class_="how") if value.understood else None
    return element("p", *read, told, class_="understood quiet", dir="auto")


def _claims(claims: Sequence[Supported], numbering: Numbering) -> Markup:
    shown = (_claim(claim, number, numbering) for number, claim in enumerate(claims, start=1))
    return element("ul", *shown, class_="claims")


def _claim(claim: Supported, number: int, numbering: Numbering) -> Markup:
    # A button may begin a line of its own; bound to the last word it does not.
    start, end = _last_word(claim.text)
    markers = join((marker(citation, numbering.number(citation)) for citation in claim.citations), " ")
    return element(
        "li",
        _who(claim),
        element("p", start, element("span", end, "\u00a0", markers, class_="markers"), class_="said", dir="auto"),
        explaining.why(claim, number),
        class_=f"claim {claim.standing or ''}".strip(),
    )


def _who(claim: Supported) -> Markup | None:
    """Standing and speaker in one line, behind a shape; by ear "Standing: Allegation, by X"."""
    label = standings.label(claim)
    if label is None:
        return None
    shape = element("span", class_=f"shape {claim.standing}", aria_hidden="true") if claim.standing else None
    parts = (
        # The dot between the parts is drawn; a reader of the screen hears the comma.
        join((element("span", ", ", class_="unseen"), element("span", part, class_="part", dir="auto")))
        for part in standings.parts(claim)
    )
    spoken = element("span", "Standing: ", class_="unseen") if claim.standing else None
    return element("p", shape, spoken, element("span", label, class_="standing"), *parts, class_="who")


def _last_word(text: str) -> tuple[str, str]:
    """`text` cut before its last word, when that is short enough to be kept from breaking."""
    start, space, end = text.rpartition(" ")
    return (start + space, end) if len(end) <= _UNBROKEN else (text, "")


def _sources(numbering: Numbering) -> Markup:
    """The cited document versions in the order of their first citation, each with the markers that cite it."""
    cited: dict[tuple[str, int], list[Citation]] = {}
    for citation in numbering.citations:
        cited.setdefault((citation.document, citation.version), []).append(citation)
    lines = (
        element(
            "li",
            element("span", join((marker(one, numbering.number(one)) for one in places), " "), class_="markers"),
            element(
                "span",
                opener(places[0], "Open: "),
                element("span", provenance(places[0], {one.page for one in places}), class_="provenance"),
                class_="cited",
            ),
        )
        for places in cited.values()
    )
    return element("ol", *lines, class_="sources")


def _cautions(value: Outcome) -> Markup | None:
    notes = _notes(value)
    if not notes:
        return None
    return element(
        "details",
        element("summary", wording.counted(len(notes), "caveat")),
        element("ul", *(element("li", note) for note in notes)),
        class_="aside caveats",
        open="open",
    )


def _notes(value: Outcome) -> tuple[str, ...]:
    return value.notes or tuple(CAVEATS[caveat] for caveat in value.caveats)


def _withheld(value: Outcome) -> Markup | None:
    if not value.withheld:
        return None
    items = (
        element(
            "li",
            element("strong", _sentence(WITHHELD[item.reason])),
            " \u201c",
            element("span", item.text, class_="held", dir="auto"),
            "\u201d ",
            element("span", item.detail, class_="quiet", dir="auto"),
        )
        for item in value.withheld
    )
    return element(
        "details",
        element("summary", f"{wording.counted(len(value.withheld), 'claim')} withheld"),
        element("ul", *items),
        class_="aside",
    )


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}:"


def _trace(value: Outcome) -> Markup:
    trace = value.trace
    rows = {
        "Searched": f"{wording.counted(value.searched.documents, 'document')}, "
        f"{wording.counted(value.searched.passages, 'passage')}",
        "Written by": trace.model or "no language model: the sources\u2019 own words",
        "Library": trace.library[:12],
        "Asked": "; ".join(trace.attempts) or None,
        "Reworded and then passed": wording.counted(trace.mended, "claim") if trace.mended else None,
        "First claim after": f"{trace.first_claim_ms / 1000:.1f} s" if trace.model and trace.first_claim_ms else None,
        "Time taken": f"{sum(trace.timings_ms.values()) / 1000:.1f} s" if trace.timings_ms else None,
        "Tokens": ", ".join(f"{number:,} {kind}" for kind, number in trace.tokens.items()) or None,
        "Cost": f"{trace.cost:.4f}" if trace.cost is not None else None,
    }
    listed = (element("div", element("dt", name), element("dd", said)) for name, said in rows.items() if said)
    return element(
        "details",
        element("summary", "How this was answered"),
        element("dl", *listed),
        class_="aside",
    )


def _labelled(label: str, said: str | None) -> Markup | None:
    return element("p", element("strong", f"{label}: "), said) if said else None


def _nearest(nearest: Sequence[Nearest]) -> Markup | None:
    if not nearest:
        return None
    items = (
        element(
            "li",
            opener(near.citation, f"Passage {number}: "),
            element("span", provenance(near.citation), class_="provenance"),
            element("blockquote", _shortened(near.citation.quote), dir="auto"),
        )
        for number, near in enumerate(nearest, start=1)
    )
    return join((element("h3", "Nearest passages"), element("ol", *items, class_="sources nearest")))


def _shortened(text: str, limit: int = 280) -> str:
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0] + "\u2026"


def _copy(value: Briefing) -> Markup:
    return element(
        "div",
        element("button", "Copy with citations", type="button", name="copy-answer", class_="quiet-button"),
        element("span", class_="copied", role="status"),
        element("pre", plain_text(value), class_="plain", hidden="hidden"),
        class_="actions",
    )


def plain_text(value: Briefing) -> str:
    """The answer with numbered sources and their exact quotes, to be pasted anywhere."""
    numbering = Numbering()
    lines = [value.question, ""]
    for claim in value.claims:
        marks = "".join(f"[{numbering.number(citation)}]" for citation in claim.citations)
        who = standings.in_line(claim)
        lines.append(f"- {claim.text} {marks}" + (f" ({who})" if who else ""))
    lines += ["", "Sources"]
    for number, citation in enumerate(numbering.citations, start=1):
        lines += [f"[{number}] {wording.reference(citation)}", f"    \u201c{citation.quote}\u201d"]
    if notes := _notes(value):
        lines += ["", "Caveats", *(f"- {note}" for note in notes)]
    lines += ["", f"Library {value.trace.library[:12]}"]
    return "\n".join(lines)
