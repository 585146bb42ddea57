"""From a draft of lines, a Q&A or a note to the paper that is exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.desk.exports.composing import resting_on
from assistant.desk.exports.paper import Line, Numbering, Paper, Registered, Section
from assistant.desk.lines.papers import UNKNOWN
from assistant.web import standings
from assistant.web.wording import day, narrowed_by

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from assistant.desk.lines.papers import DraftSection, PressDraft
    from assistant.domain import Supported


def of_draft(draft: PressDraft, made: datetime) -> Paper:
    """Each section under its heading, lines as bullets with what they must not be shown without below them."""
    numbering = Numbering()
    sections = [Section(one.heading, tuple(_lines(one, numbering))) for one in draft.sections if one.lines]
    if draft.unknown:
        sections.append(Section(UNKNOWN, tuple(_unknown(draft))))
    if draft.notes:
        sections.append(Section("To bear in mind", tuple(Line(note, "bullet") for note in draft.notes)))
    about = [f"For: {draft.audience}"] if draft.audience else []
    narrowed = narrowed_by(draft.scope)
    about += [narrowed] if narrowed else []
    if about:
        sections.insert(0, Section("About this paper", tuple(Line(one, "aside") for one in about)))
    register = tuple(
        Registered(claim.text, claim.speaker, claim.standing, cited)
        for claim in draft.claims
        for cited in claim.citations
    )
    resting = resting_on(made, draft.searched, draft.trace.library, len(draft.withheld))
    data = draft.model_dump(mode="json")
    return Paper(draft.title, tuple(sections), numbering.notes, resting, made, register, data)


def under(claim: Supported) -> str:
    """What stands below a line: its standing, whose it is, and where and when that was published."""
    said = standings.in_line(claim)
    cited = claim.citations[0]
    head = said[:1].upper() + said[1:] if said else "Statement"
    where = cited.publisher or cited.title or "publisher unknown"
    where = where.replace(";", ",")
    return f"{head}; {where}, {day(cited.published)}"


def _lines(section: DraftSection, numbering: Numbering) -> Iterator[Line]:
    question = None
    for one in section.lines:
        if one.question is not None and one.question != question:
            question = one.question
            yield Line(question, "question")
        for claim in (one.claim, *one.beside):
            yield Line(claim.text, "bullet", numbering.numbers(claim.citations))
            yield Line(under(claim), "aside")


def _unknown(draft: PressDraft) -> Iterator[Line]:
    for one in draft.unknown:
        yield Line(one.question, "question")
        yield Line(one.detail, "paragraph")
        if one.would_settle:
            yield Line(f"What would settle it: {one.would_settle}", "aside")
