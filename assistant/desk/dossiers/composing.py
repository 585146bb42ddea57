"""From a dossier or a grid to the paper that is exported and printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.conversation.naming import with_article
from assistant.desk.exports.paper import Line, Numbering, Paper, Picture, Registered, Section
from assistant.web import standings
from assistant.web.wording import counted, day, narrowed_by
from assistant.web.wording import kind as in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from assistant.desk.dossiers.entries import Dossier, Entry, Exchange, Grid, Positions
    from assistant.domain import Scope, Searched, Supported

TIMELINE = "Timeline"
NO_REPLY = "No reply to this is held in the library."
NOT_CERTAIN = "Not every date is known, so that the order is not certain."
DATED_BY = {
    "statement": "when it was said",
    "spoken_of": "the time it speaks of",
    "published": "published",
}
NAMED_IN = {
    "before": "named in the sentence before",
    "title": "named in the title of its document",
    "publisher": "from a document of its own",
}


def of_dossier(dossier: Dossier, made: datetime, picture: Picture | None = None) -> Paper:
    """The parts in the order in which an official wants them: charges and replies first, the gaps last.

    `picture` is its timeline (see `assistant.desk.dossiers.pictures`).
    """
    numbering = Numbering()
    parts = (
        ("In brief", _brief(dossier)),
        ("Alleged or asked, and what came back", _exchanges(dossier, numbering)),
    )
    sections = [Section(heading, tuple(lines)) for heading, lines in parts]
    sections += _positions(dossier, numbering)
    for heading, relation in ((said_by(dossier), "by"), (said_of(dossier), "of")):
        lines = [line for one in dossier.entries if one.relation == relation for line in _entry(one, numbering)]
        sections.append(Section(heading, tuple(lines) or (Line("Nothing is held."),)))
    for heading, lines in (
        ("Where sources disagree", list(_disagreements(dossier, numbering))),
        ("Corrections", list(_corrections(dossier, numbering))),
        (TIMELINE, list(_timeline(dossier, numbering))),
        ("Documents", list(_documents(dossier))),
        ("What is not held", [Line(gap.detail, "bullet") for gap in dossier.gaps]),
    ):
        if lines:
            drawn = picture if heading == TIMELINE else None
            sections.append(Section(heading, tuple(lines), picture=drawn))
    register = tuple(
        Registered(one.claim.text, one.claim.speaker, one.claim.standing, cited)
        for one in dossier.entries
        for cited in one.claim.citations
    )
    resting = _resting_on(made, dossier.searched, dossier.library, dossier.scope, len(dossier.withheld))
    title = f"Dossier: {dossier.entity}"
    return Paper(title, tuple(sections), numbering.notes, resting, made, register, dossier.model_dump(mode="json"))


def of_grid(grid: Grid, made: datetime) -> Paper:
    """A section for each vendor, a line for each body that says something of it."""
    numbering = Numbering()
    sections = []
    for row in grid.rows:
        lines: list[Line] = []
        for cell in row.cells:
            for claim in cell.claims:
                lines.append(Line(f"{cell.body}: {claim.text}", "paragraph", numbering.numbers(claim.citations)))
                more = (
                    f"; {cell.earlier} earlier or of less weight" if cell.earlier and claim is cell.claims[-1] else ""
                )
                lines.append(Line(f"{standing(claim)}, {day_or_days(cell.date)}{more}", "aside"))
        silent = [cell.body for cell in row.cells if not cell.claims]
        if silent:
            lines.append(Line(f"Nothing is held from: {', '.join(silent)}.", "aside"))
        sections.append(Section(row.vendor, tuple(lines)))
    if not sections:
        sections.append(Section("Nothing is held", (Line("No body of the library says anything of a vendor."),)))
    if grid.left_out:
        sections.append(Section("Left out for want of room", (Line(", ".join(grid.left_out)),)))
    register = tuple(
        Registered(claim.text, claim.speaker, claim.standing, cited)
        for row in grid.rows
        for cell in row.cells
        for claim in cell.claims
        for cited in claim.citations
    )
    resting = _resting_on(made, grid.searched, grid.library, grid.scope, 0)
    title = "Positions of bodies on vendors"
    return Paper(title, tuple(sections), numbering.notes, resting, made, register, grid.model_dump(mode="json"))


def described(one: Entry) -> str:
    """What stands under an entry: its number, standing, speaker, addressee, date and what dates it."""
    when = f"{day_or_days(one.date)} ({DATED_BY[one.dated_by]})" if one.date and one.dated_by else "date unknown"
    said = standing(one.claim, dated=one.dated_by == "spoken_of")
    parts = [f"Entry {one.number}", said, when, NAMED_IN.get(one.named_in)]
    return " \u00b7 ".join(part for part in parts if part)


def day_or_days(date: str | None) -> str:
    """A date or a stretch in words."""
    return " to ".join(day(part) for part in date.split("/")) if date else day(None)


def answered(exchange: Exchange, of: int = 1) -> str:
    """What the library holds of a reply, in a sentence; `of` is how many are told of together."""
    which = "to this" if of == 1 else f"to these {of}"
    none = NO_REPLY.replace("to this", which)
    words = {
        "reply_held": f"A reply {which} is held:",
        "said_not_to_have_replied": f"No reply {which} is held; a source tells that there was none by then:",
        "no_reply_held": none,
    }[exchange.status]
    if exchange.told and exchange.status == "reply_held":
        return f"A reply {which} is held, and a source's word that it had not answered:"
    if exchange.general and exchange.status == "no_reply_held":
        return f"{none} It denied wrongdoing in general, later or elsewhere:"
    return f"{words} {NOT_CERTAIN}" if exchange.undated and exchange.status == "no_reply_held" else words


def stretch(dossier: Dossier) -> str:
    """From the first date of the timeline to the last, in words; there is one at least."""
    first, last = dossier.timeline[0].date, dossier.timeline[-1].date
    ends = day(first.partition("/")[0]), day(last.partition("/")[2] or last)
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def together(exchanges: Iterable[Exchange]) -> list[list[Exchange]]:
    """Exchanges that have the same replies, or the same general denial, which are then told once for all of them."""
    groups: dict[tuple[object, ...], list[Exchange]] = {}
    for one in exchanges:
        same = (one.status, beside(one)) if beside(one) else (one.entry,)
        groups.setdefault(same, []).append(one)
    return list(groups.values())


def beside(exchange: Exchange) -> tuple[int, ...]:
    """The entries that are told beside an allegation or a request, by number."""
    return tuple(sorted((*exchange.replies, *exchange.told))) or exchange.general


def said_by(dossier: Dossier) -> str:
    """The heading over its own words."""
    return f"What {with_article(dossier.entity)} said"


def said_of(dossier: Dossier) -> str:
    """The heading over the words of others."""
    return f"What was said of {with_article(dossier.entity)}"


def brief(dossier: Dossier) -> tuple[str, ...]:
    """What is held, counted."""
    own = sum(one.relation == "by" for one in dossier.entries)
    between = f", {stretch(dossier)}" if dossier.timeline else ""
    rest = len(dossier.entries) - own
    told = [
        f"{counted(len(dossier.entries), 'statement')} from {counted(len(dossier.documents), 'document')}{between}: "
        f"{own} in {'their' if dossier.kind == 'person' else 'its'} own words, {rest} in others'."
    ]
    for standing in ("allegation", "request"):
        asked = [one for one in dossier.exchanges if dossier.entry(one.entry).claim.standing == standing]
        if asked:
            none = sum(one.status != "reply_held" for one in asked)
            told.append(
                f"{counted(len(asked), standing)} {'on' if standing == 'allegation' else 'to'} {with_article(dossier.entity)}; "
                f"a reply is held to {len(asked) - none}, none to {none}."
            )
    changes = sum(step.change is not None for one in dossier.positions for step in one.steps)
    if dossier.positions:
        bodies = len({one.body for one in dossier.positions})
        told.append(f"Positions of {counted(bodies, 'body', 'bodies')}, with {counted(changes, 'change')}.")
    if dossier.names:
        told.append(f"Also named: {', '.join(dossier.names)}.")
    return tuple(told)


def _brief(dossier: Dossier) -> Iterator[Line]:
    for line in brief(dossier):
        yield Line(line, "bullet")


def standing(claim: Supported, *, dated: bool = False) -> str:
    """Standing, speaker, addressee, at which hand and, unless it is `dated` beside it, of when, in one phrase."""
    label = standings.LABELS[claim.standing] if claim.standing else "Standing not known"
    parts = [part for part in standings.parts(claim) if not (dated and part.startswith("speaks of "))]
    return ", ".join((label, *parts))


def _entry(one: Entry, numbering: Numbering) -> Iterator[Line]:
    if one.before is not None:
        yield Line(f"\u2026 {' '.join(one.before.quote.split())}", "quote")
    yield Line(one.claim.text, "paragraph", numbering.numbers(one.claim.citations))
    yield Line(described(one), "aside")
    if one.claim.corrected_by is not None:
        notes = numbering.numbers((one.claim.corrected_by,))
        yield Line(f"Corrected since: {' '.join(one.claim.corrected_by.quote.split())}", "aside", notes)


def _exchanges(dossier: Dossier, numbering: Numbering) -> Iterator[Line]:
    if not dossier.exchanges:
        yield Line("No allegation and no request is held.")
    for group in together(dossier.exchanges):
        for exchange in group:
            yield from _entry(dossier.entry(exchange.entry), numbering)
        yield Line(answered(group[0], len(group)), "paragraph")
        for number in beside(group[0]):
            one = dossier.entry(number)
            yield Line(f"{one.claim.text} ({described(one)})", "bullet", numbering.numbers(one.claim.citations))


def _positions(dossier: Dossier, numbering: Numbering) -> list[Section]:
    if not dossier.positions:
        return []
    found = [Section("Positions over time", ())]
    for held in dossier.positions:
        lines: list[Line] = []
        for step in held.steps:
            if step.change:
                lines.append(Line(f"Changed. {step.change}", "paragraph"))
            for number in step.entries:
                lines += _entry(dossier.entry(number), numbering)
        found.append(Section(on_whom(held), tuple(lines), 2))
    return found


def on_whom(held: Positions) -> str:
    """Whose position on whom."""
    return f"{held.body} on {held.on}"


def _disagreements(dossier: Dossier, numbering: Numbering) -> Iterator[Line]:
    for pair in dossier.disagreements:
        for number in (pair.one, pair.other):
            one = dossier.entry(number)
            yield Line(f"{one.claim.text} ({described(one)})", "bullet", numbering.numbers(one.claim.citations))
        yield Line(against(pair.here, pair.there), "aside")


def against(here: str, there: str) -> str:
    """In what two entries differ."""
    return (
        f"One has \u201c{here}\u201d, the other \u201c{there}\u201d." if here else "The one denies what the other says."
    )


def _corrections(dossier: Dossier, numbering: Numbering) -> Iterator[Line]:
    for one in dossier.corrections:
        yield Line(" ".join(one.citation.quote.split()), "paragraph", numbering.numbers((one.citation,)))
        entries = ", ".join(map(str, one.entries))
        yield Line(f"Bears on: entry {entries}" if entries else "A note of its document on itself", "aside")


def _timeline(dossier: Dossier, numbering: Numbering) -> Iterator[Line]:
    for moment in dossier.timeline:
        for number in moment.entries:
            one = dossier.entry(number)
            said = f"{day_or_days(moment.date)}: {in_timeline(one)} (entry {number})"
            yield Line(said, "bullet", numbering.numbers(one.claim.citations))


def in_timeline(one: Entry) -> str:
    """Who did what, in a few words: standing and speaker, or the publisher where nobody is named."""
    label = standings.LABELS[one.claim.standing] if one.claim.standing else "Statement"
    who = one.claim.speaker or f"told by {one.claim.citations[0].publisher or 'an unknown publisher'}"
    return f"{label}, {who}"


def _documents(dossier: Dossier) -> Iterator[Line]:
    for one in dossier.documents:
        parts = (
            one.title or "Untitled document",
            one.publisher or "publisher unknown",
            day(one.published),
            in_words(one.source_type) if one.source_type else None,
            "at first hand" if one.primary else "an account",
            counted(one.entries, "entry", "entries"),
        )
        yield Line(f"{', '.join(part for part in parts if part)}. Document {one.document}.", "bullet")


def _resting_on(made: datetime, searched: Searched, library: str, scope: Scope, withheld: int) -> tuple[str, ...]:
    held = f"{counted(searched.documents, 'document')}, {counted(searched.passages, 'passage')}"
    mark = f", snapshot {library[:16]}" if library else ""
    lines = [f"The library as of {day(made.date().isoformat())}, {made:%H:%M} UTC: {held} searched{mark}."]
    only = narrowed_by(scope)
    if only:
        lines.append(f"{only}.")
    if withheld:
        lines.append(f"{counted(withheld, 'sentence')} that did not pass the check against the sources left out.")
    return tuple(lines)
