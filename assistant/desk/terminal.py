"""A check as a person reads it in a terminal: each sentence with its verdict in words, what is otherwise, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from assistant.desk.verdicts import LABELS
from assistant.web.markup import visible
from assistant.web.wording import counted, reference

if TYPE_CHECKING:
    from assistant.desk.verdicts import Checked, CheckedSentence

_STYLES = {"supported": "green", "no_claim": "dim", "not_in_library": "yellow", "partly_supported": "yellow"}


def show(checked: Checked, console: Console | None = None) -> None:
    """Print `checked`; `console` defaults to standard output, coloured only when that is a terminal."""
    page = console or Console(highlight=False)
    for one in checked.sentences:
        _sentence(one, page)
    total = ", ".join(f"{LABELS[verdict].lower()} {number}" for verdict, number in checked.counts.items())
    _write(Text(f"{counted(len(checked.sentences), 'sentence')}: {total}.", style="bold"), page)
    searched = checked.searched
    looked = f"Searched {counted(searched.documents, 'document')}, {counted(searched.passages, 'passage')}."
    page.print(Text(looked, style="dim"))


def _sentence(one: CheckedSentence, page: Console) -> None:
    head = Text(f"{LABELS[one.verdict]}: ", style=_STYLES.get(one.verdict, "bold red"))
    head.append(visible(one.text), style="dim" if one.verdict == "no_claim" else "not bold default")
    _write(head, page)
    lines = [] if one.verdict == "no_claim" else [Text(visible(one.detail))]
    if one.difference:
        lines.append(_difference(one.difference))
    for citation in one.citations[:3]:
        lines.append(Text(visible(f"“{citation.quote}”")))
        lines.append(Text(visible(reference(citation)), style="dim"))
    if one.suggestion and not one.passes:
        lines.append(Text(visible(f"A wording that stands: {one.suggestion}"), style="italic"))
    for line in lines:
        _write(line, page, indent=2)
    page.print()


def _write(text: Text, page: Console, indent: int = 0) -> None:
    """Wrapped lines that end with their last word: nothing is padded out to the width."""
    for line in text.wrap(page, max(20, page.width - indent)):
        line.rstrip()
        page.print(" " * indent, line, sep="", soft_wrap=True)


def _difference(parts: tuple[tuple[str, str], ...]) -> Text:
    """Marks and colours: what only the draft has in [-...-], what only the source has in {+...+}."""
    line = Text("Draft [-…-], source {+…+}: ")
    for kind, words in parts:
        shown = {"same": words, "draft": f"[-{words}-]", "source": f"{{+{words}+}}"}[kind]
        line.append(visible(shown) + " ", style={"draft": "red", "source": "green"}.get(kind, ""))
    return line
