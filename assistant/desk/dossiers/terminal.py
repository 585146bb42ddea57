"""A dossier or a grid as a person reads it in a terminal: its paper from top to bottom, plain when piped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from assistant.web.markup import visible

if TYPE_CHECKING:
    from assistant.desk.exports.paper import Line, Paper

_INDENT = {"paragraph": 0, "bullet": 2, "aside": 4, "quote": 2}
_STYLES = {
    "paragraph": "not bold default",
    "bullet": "not bold default",
    "aside": "dim",
    "quote": "dim",
    "question": "bold",
}


def show(paper: Paper, console: Console | None = None) -> None:
    """Print `paper`; `console` defaults to standard output, coloured only when that is a terminal."""
    page = console or Console(highlight=False)
    _write(Text(visible(paper.title), style="bold"), page)
    for section in paper.sections:
        page.print()
        _write(Text(visible(section.heading), style="bold" if section.level == 1 else "bold italic"), page)
        for line in section.lines:
            _line(line, page)
    page.print()
    if paper.notes:
        _write(Text("Sources", style="bold"), page)
    for note in paper.notes:
        told = Text(f"[{note.number}] ", style="cyan")
        told.append(visible(f"{note.reference} “{note.quote}”"), style="not dim default")
        _write(told, page, 2)
        where = f"document {note.citation.document}, version {note.citation.version}"
        _write(Text(visible(f"{note.address or note.citation.source}, {where}"), style="dim"), page, 4, whole=True)
    page.print()
    for resting in paper.resting_on:
        _write(Text(visible(resting), style="dim"), page)


def _line(line: Line, page: Console) -> None:
    mark = "\u2022 " if line.kind == "bullet" else ""
    told = Text(mark + visible(line.text), style=_STYLES.get(line.kind, "not bold default"))
    for number in line.notes:
        told.append(f"\u00a0[{number}]", style="cyan")
    _write(told, page, _INDENT.get(line.kind, 0))


def _write(text: Text, page: Console, indent: int = 0, *, whole: bool = False) -> None:
    """Lines that end with their last word; a `whole` one is never broken, so that an address can be copied."""
    for line in [text] if whole else text.wrap(page, max(20, page.width - indent)):
        line.rstrip()
        line.plain = line.plain.replace("\u00a0", " ")
        page.print(" " * indent, line, sep="", soft_wrap=True)
