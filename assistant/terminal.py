"""An outcome as a person reads it in a terminal: claims with numbers, sources below. Plain when piped.

Text of a source cannot steer the terminal: control characters and direction overrides are spelled out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from assistant.messages import WITHHELD
from assistant.web.markup import visible
from assistant.web.standings import in_line, is_date, is_written_out
from assistant.web.wording import WHAT_TO_DO, counted, day, kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Citation, Outcome, Supported

Place = tuple[str, int, int, int]
_UNBROKEN = "\ufdd0"
"""Stands for a space that no line is broken at; Unicode keeps it out of every text."""


def show(outcome: Outcome, console: Console | None = None) -> None:
    """Print `outcome`; `console` defaults to standard output, coloured only when that is a terminal."""
    page = _Page(console or Console(highlight=False, soft_wrap=False))
    page.write(Text(visible(outcome.question), style="bold"))
    if outcome.standalone_question != outcome.question:
        page.write(Text(f"Understood as: {visible(outcome.standalone_question)}", style="dim"))
    if outcome.understood:
        page.write(Text(visible(outcome.understood), style="dim"))
    page.write()
    numbers = _numbered([citation for claim in outcome.claims for citation in claim.citations])
    for claim in outcome.claims:
        page.write(_claim(claim, numbers, page.room(2)), indent=2)
        if claim.corrected_by is not None:
            page.write(Text("Corrected since; the note below has the correction.", style="yellow"), indent=4)
        page.write()
    if outcome.outcome == "abstention":
        _abstention(outcome, page)
    if outcome.outcome == "clarification":
        _clarification(outcome, page)
    _sources(numbers, outcome.claims, page)
    _footer(outcome, page)


class _Page:
    """Writes wrapped lines that end with their last word: nothing is padded out to the width."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def room(self, indent: int) -> int:
        """How many cells a line has behind its indent."""
        return max(20, self._console.width - indent)

    def write(self, text: Text | None = None, indent: int = 0) -> None:
        if text is None:
            self._console.print()
            return
        for line in text.wrap(self._console, self.room(indent)):
            line.rstrip()
            line.plain = line.plain.replace(_UNBROKEN, " ")
            self._console.print(" " * indent, line, sep="", soft_wrap=True)

    def write_whole(self, text: str, indent: int, style: str = "dim") -> None:
        """One line that is never broken, so that an address can be copied; a terminal folds it by itself."""
        self._console.print(" " * indent, Text(visible(text), style=style), sep="", soft_wrap=True)


def _claim(claim: Supported, numbers: dict[Place, int], room: int) -> Text:
    line = Text(visible(claim.text))
    for citation in claim.citations:
        line.append(f"{_UNBROKEN}[{numbers[_place(citation)]}]", style="cyan")
    told = in_line(claim)
    if told:
        line.append(" ")
        line.append(_whole(f"({visible(told)})", room), style="dim")
    settled = _settled(claim)
    if settled:
        line.append(" ")
        line.append(visible(f"({settled})"), style="dim")
    return line


def _settled(claim: Supported) -> str | None:
    """The words that date the claim and what settles them, where the claim does not write its date out."""
    if not claim.time or not claim.time_basis or is_written_out(claim.time, claim.text):
        return None
    return claim.time_basis if is_date(claim.time) else f"“{claim.time}” {claim.time_basis}"


def _whole(words: str, room: int) -> str:
    """`words` bound together when one line holds them, so that they stand on the claim's last line or on the next."""
    return words.replace(" ", _UNBROKEN) if cell_len(words) <= room else words


def _abstention(outcome: Outcome, page: _Page) -> None:
    page.write(Text(f"No answer: {visible(outcome.detail or '')}", style="yellow"))
    advice = WHAT_TO_DO.get(outcome.reason or "")
    if advice:
        page.write(Text(advice))
    elif outcome.would_settle:
        page.write(Text(f"What would settle it: {visible(outcome.would_settle)}"))
    page.write()
    if not outcome.nearest:
        return
    page.write(Text("Nearest passages, which do not answer it", style="bold"))
    for near in outcome.nearest:
        page.write(Text(visible(near.citation.quote)), indent=2)
        page.write(Text(_described(near.citation), style="dim"), indent=4)
    page.write()


def _clarification(outcome: Outcome, page: _Page) -> None:
    page.write(Text(f"Which do you mean? {visible(outcome.detail or '')}".rstrip(), style="yellow"))
    page.write(Text("Ask one of these:"))
    for number, choice in enumerate(outcome.choices, start=1):
        page.write(Text(f"{number}. {visible(choice)}"), indent=2)
    page.write()


def _sources(numbers: dict[Place, int], claims: Sequence[Supported], page: _Page) -> None:
    """Each document version once, under the numbers of the places that are cited in it."""
    if not numbers:
        return
    cited: dict[tuple[str, int], list[Citation]] = {}
    for citation in {_place(one): one for claim in claims for one in claim.citations}.values():
        cited.setdefault((citation.document, citation.version), []).append(citation)
    page.write(Text("Sources", style="bold"))
    for places in cited.values():
        line = Text("".join(f"[{numbers[_place(one)]}]" for one in places) + " ", style="cyan")
        line.append(_described(places[0], [one.page for one in places]), style="not dim default")
        page.write(line, indent=2)
        page.write_whole(places[0].source, indent=4)
        page.write_whole(f"document {places[0].document}, version {places[0].version}", indent=4)
        for one in places:
            if not any(one.quote in claim.text for claim in claims):
                page.write(Text(f"[{numbers[_place(one)]}] \u201c{visible(one.quote)}\u201d", style="dim"), indent=4)
    page.write()


def _footer(outcome: Outcome, page: _Page) -> None:
    for note in outcome.notes:
        page.write(Text(f"Note: {visible(note)}", style="yellow"))
    for claim in outcome.withheld:
        page.write(Text(f"Withheld ({WITHHELD[claim.reason]}): {visible(claim.text)}", style="dim"))
    searched = outcome.searched
    looked = f"Searched {counted(searched.documents, 'document')}, {counted(searched.passages, 'passage')}."
    page.write(Text(looked, style="dim"))
    if outcome.trace.model:
        page.write(Text(f"Worded by {visible(outcome.trace.model)}; checked claim by claim.", style="dim"))


def _numbered(citations: Sequence[Citation]) -> dict[Place, int]:
    """One number for each cited place, in order of first use."""
    numbers: dict[Place, int] = {}
    for citation in citations:
        numbers.setdefault(_place(citation), len(numbers) + 1)
    return numbers


def _place(citation: Citation) -> Place:
    return (citation.document, citation.version, citation.start, citation.end)


def _described(citation: Citation, pages: Sequence[int | None] = ()) -> str:
    cited = sorted({page for page in (pages or [citation.page]) if page})
    parts = [
        citation.title or "Untitled document",
        citation.publisher or "publisher unknown",
        day(citation.published),
    ]
    if citation.source_type:
        parts.append(kind(citation.source_type))
    if cited:
        parts.append(f"{'page' if len(cited) == 1 else 'pages'} {', '.join(map(str, cited))}")
    return visible(" · ".join(parts))
