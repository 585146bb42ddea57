"""From an outcome, a conversation or a checked draft to the paper that is exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.desk.difference import in_words
from assistant.desk.exports import NothingToExport
from assistant.desk.exports.paper import Line, Numbering, Paper, Registered, Section
from assistant.desk.verdicts import LABELS
from assistant.web import standings
from assistant.web.wording import WHAT_TO_DO, counted, day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from assistant.desk.verdicts import Checked, CheckedSentence
    from assistant.domain import Outcome, Searched, Supported

CHECKED = "Check of a draft"


def of_outcome(outcome: Outcome, made: datetime) -> Paper:
    """One answer. `made` is when it is exported; it is not when the library was as it is."""
    return of_conversation((outcome,), made, title=outcome.question)


def of_conversation(outcomes: Sequence[Outcome], made: datetime, title: str = "Conversation") -> Paper:
    """Answers in their order, each under its question.

    Raises:
        NothingToExport: there is none.
    """
    if not outcomes:
        raise NothingToExport("The conversation holds no answer yet.", remedy="Ask a question in it first.")
    numbering = Numbering()
    single = len(outcomes) == 1
    sections: list[Section] = []
    register: list[Registered] = []
    for outcome in outcomes:
        sections += _answer(outcome, numbering, single=single)
        register += [_registered(claim, i) for claim in outcome.claims for i in range(len(claim.citations))]
    data = (
        outcomes[0].model_dump(mode="json")
        if single
        else {"answers": [one.model_dump(mode="json") for one in outcomes]}
    )
    last = outcomes[-1]
    resting = resting_on(made, last.searched, last.trace.library, sum(len(one.withheld) for one in outcomes))
    return Paper(title, tuple(sections), numbering.notes, resting, made, tuple(register), data)


def of_check(checked: Checked, made: datetime) -> Paper:
    """A checked draft: how many of each verdict, then each sentence with its verdict."""
    numbering = Numbering()
    summary = tuple(Line(f"{LABELS[verdict]}: {number}", "bullet") for verdict, number in checked.counts.items())
    lines = [line for one in checked.sentences for line in _sentence(one, numbering)]
    register = tuple(
        Registered(one.text, None, None, citation, one.verdict)
        for one in checked.sentences
        for citation in one.citations
        if one.verdict == "supported"
    )
    title = f"{CHECKED}: {checked.name}" if checked.name else CHECKED
    sections = (Section("Verdicts", summary), Section("Sentences", tuple(lines)))
    resting = resting_on(made, checked.searched, checked.library, 0)
    return Paper(title, sections, numbering.notes, resting, made, register, checked.model_dump(mode="json"))


def _answer(outcome: Outcome, numbering: Numbering, *, single: bool) -> list[Section]:
    if outcome.outcome != "briefing":
        heading = "No answer" if outcome.outcome == "abstention" else "Which is meant?"
        told = Section(heading, tuple(_no_answer(outcome)), 1 if single else 2)
        return [told] if single else [Section(outcome.question, ()), told]
    lines = [line for claim in outcome.claims for line in _claim(claim, numbering)]
    found = [Section("Answer" if single else outcome.question, tuple(lines))]
    if outcome.notes:
        noted = tuple(Line(note, "bullet") for note in outcome.notes)
        found.append(Section("To bear in mind", noted, 1 if single else 2))
    return found


def _claim(claim: Supported, numbering: Numbering) -> list[Line]:
    said = standings.in_line(claim)
    lines = [Line(claim.text, "paragraph", numbering.numbers(claim.citations))]
    return [*lines, Line(said[:1].upper() + said[1:], "aside")] if said else lines


def _no_answer(outcome: Outcome) -> list[Line]:
    lines = [Line(outcome.detail)] if outcome.detail else []
    advice = WHAT_TO_DO.get(outcome.reason or "") or outcome.would_settle
    lines += [Line(f"What would settle it: {advice}")] if advice else []
    lines += [Line(choice, "bullet") for choice in outcome.choices]
    if outcome.nearest:
        lines.append(Line("Nearest passages, which do not answer it:"))
        for near in outcome.nearest:
            cited = near.citation
            lines.append(Line(" ".join(cited.quote.split()), "quote"))
            where = ", ".join(
                (cited.title or "Untitled document", cited.publisher or "publisher unknown", day(cited.published))
            )
            lines.append(Line(where, "aside"))
    return lines


def _sentence(one: CheckedSentence, numbering: Numbering) -> list[Line]:
    notes = numbering.numbers(one.citations)
    told = LABELS[one.verdict] if one.passes else f"{LABELS[one.verdict]}. {one.detail}"
    lines = [Line(one.text, "paragraph", notes), Line(told, "aside")]
    if one.difference:
        lines.append(Line(f"Draft [-…-] against source {{+…+}}: {in_words(one.difference)}", "aside"))
    if one.suggestion:
        lines.append(Line(f"A wording that stands: {one.suggestion}", "aside"))
    return lines


def _registered(claim: Supported, place: int) -> Registered:
    return Registered(claim.text, claim.speaker, claim.standing, claim.citations[place])


def resting_on(made: datetime, searched: Searched, library: str, withheld: int) -> tuple[str, ...]:
    """The lines that say of which library a paper is, and what was left out of it."""
    held = f"{counted(searched.documents, 'document')}, {counted(searched.passages, 'passage')}"
    mark = f", snapshot {library[:16]}" if library else ""
    lines = [f"The library as of {day(made.date().isoformat())}, {made:%H:%M} UTC: {held} searched{mark}."]
    if withheld:
        lines.append(f"{counted(withheld, 'sentence')} that did not pass the check against the sources left out.")
    return tuple(lines)
