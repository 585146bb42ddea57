"""An outcome as a person reads it in a terminal: claims with numbers, sources below. Plain when piped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from assistant.messages import WITHHELD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Citation, Outcome


def show(outcome: Outcome, console: Console | None = None) -> None:
    """Print `outcome`; `console` defaults to standard output, coloured only when that is a terminal."""
    console = console or Console(highlight=False, soft_wrap=False)
    console.print(Text(outcome.question, style="bold"))
    console.print()
    numbers = _numbered([citation for claim in outcome.claims for citation in claim.citations])
    for claim in outcome.claims:
        marks = "".join(f" [{numbers[_place(citation)][0]}]" for citation in claim.citations)
        line = Text(claim.text)
        line.append(marks, style="cyan")
        if claim.speaker and claim.speaker not in claim.text:
            line.append(f"  (speaker: {claim.speaker})", style="dim")
        console.print(Padding(line, (0, 0, 1, 2)))
    if outcome.outcome == "abstention":
        _abstention(outcome, console)
    _sources(numbers, console)
    _footer(outcome, console)


def _abstention(outcome: Outcome, console: Console) -> None:
    console.print(Text(f"No answer: {outcome.detail}", style="yellow"))
    if outcome.would_settle:
        console.print(Text(f"What would settle it: {outcome.would_settle}"))
    if outcome.nearest:
        console.print("\nNearest passages, which do not answer it:")
        for near in outcome.nearest:
            console.print(Padding(Text(f"- {near.citation.quote}"), (0, 0, 0, 2)))
            console.print(Padding(Text(_described(near.citation), style="dim"), (0, 0, 0, 4)))
    console.print()


def _sources(numbers: dict[tuple[str, int, int, int], tuple[int, Citation]], console: Console) -> None:
    if not numbers:
        return
    console.print(Text("Sources", style="bold"))
    for number, citation in numbers.values():
        line = Text(f"[{number}] ", style="cyan")
        line.append(_described(citation), style="default")
        console.print(Padding(line, (0, 0, 0, 2)))
        console.print(
            Padding(
                Text(
                    f"{citation.source}  ({citation.document} v{citation.version}, {citation.start}-{citation.end})",
                    style="dim",
                ),
                (0, 0, 0, 6),
            )
        )
    console.print()


def _footer(outcome: Outcome, console: Console) -> None:
    for note in outcome.notes:
        console.print(Text(f"Note: {note}", style="yellow"))
    for claim in outcome.withheld:
        console.print(Text(f"Withheld ({WITHHELD[claim.reason]}): {claim.text}", style="dim"))
    searched = outcome.searched
    looked = f"Searched {_count(searched.documents, 'document')}, {_count(searched.passages, 'passage')}."
    console.print(Text(looked, style="dim"))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number:,} {noun}s"


def _numbered(citations: Sequence[Citation]) -> dict[tuple[str, int, int, int], tuple[int, Citation]]:
    """One number for each cited place, in order of first use."""
    numbers: dict[tuple[str, int, int, int], tuple[int, Citation]] = {}
    for citation in citations:
        numbers.setdefault(_place(citation), (len(numbers) + 1, citation))
    return numbers


def _place(citation: Citation) -> tuple[str, int, int, int]:
    return (citation.document, citation.version, citation.start, citation.end)


def _described(citation: Citation) -> str:
    parts = [
        citation.title or "Untitled",
        citation.publisher or "publisher unknown",
        citation.published or "undated",
    ]
    if citation.source_type:
        parts.append(citation.source_type)
    if citation.page is not None:
        parts.append(f"page {citation.page}")
    return " · ".join(parts)
