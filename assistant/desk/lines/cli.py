"""`briefing draft`: lines to take, questions and answers, a holding statement, a note."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assistant.desk.lines.papers import Kind, PressDraft

HELP = """Draft lines to take, a Q&A, a holding statement, a background note or a one-page brief on TOPIC.

Every line is a claim that the library bears out, with its citation and standing; an allegation stands with the denial
of whoever it is about. What the library was asked and does not say is listed.

[bold]Examples[/bold]

  briefing draft "Dahua and the biometrics commissioner"

  briefing draft "Clearview AI fine" --kind qa --out qa.docx      also .pdf .md .html .json .csv

  briefing draft "Clearview AI fine" --kind note --as-of 2023 --audience "Ministers"

Exit code 0 for a draft, 3 when the library holds nothing on the topic, 1 for a fault, 2 for misuse.
"""

LibraryOption = Annotated[
    Path | None, typer.Option("--library", help="Folder of the library. Default: your data folder.")
]


def register(app: typer.Typer) -> None:
    """Add `draft` to the `briefing` command."""
    app.command("draft", help=HELP)(draft)


def draft(
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help="What it is about, in quotation marks.")],
    kind: Annotated[str, typer.Option("--kind", help="lines, qa, holding, note or brief.")] = "lines",
    audience: Annotated[str | None, typer.Option(help="Whom it is for; printed at its head.")] = None,
    library: LibraryOption = None,
    publisher: Annotated[list[str] | None, typer.Option(help="Only this publisher (may be repeated).")] = None,
    entity: Annotated[list[str] | None, typer.Option(help="Only documents that name this.")] = None,
    source_type: Annotated[list[str] | None, typer.Option("--type", help="Only this source type.")] = None,
    since: Annotated[str | None, typer.Option(help="Published on or after (YYYY, YYYY-MM or YYYY-MM-DD).")] = None,
    until: Annotated[str | None, typer.Option(help="Published on or before.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Leave out what was published later.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Also write it: .docx .pdf .md .html .json .csv.")] = None,
    template: Annotated[Path | None, typer.Option("--template", help="A .docx whose styles a .docx takes.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The draft as JSON on standard output.")] = False,
) -> None:
    """See HELP."""
    from assistant import wiring
    from assistant.desk.exports import format_of
    from assistant.desk.lines.making import Wanted
    from assistant.domain import Scope
    from assistant.settings import load

    form = format_of(out.name) if out is not None else None
    if template is not None and form != "docx":
        raise typer.BadParameter("it needs `--out FILE.docx`.", param_hint="--template")
    scope = Scope(
        publishers=tuple(publisher or ()),
        entities=tuple(entity or ()),
        source_types=tuple(source_type or ()),
        since=_day(since, "--since"),
        until=_day(until, "--until"),
        as_of=_day(as_of, "--as-of"),
    )
    wanted = Wanted(_topic(topic), _kind(kind), _audience(audience), scope)
    settings = load(overrides={"library": library})
    assistant = wiring.build(settings)
    with assistant.library:
        made = wiring.drafter(assistant).draft(wanted)
    if out is not None and form is not None:
        _write(made, out, form, template)
    if as_json:
        sys.stdout.write(json.dumps(made.model_dump(mode="json"), indent=2) + "\n")
    else:
        from assistant.desk.dossiers.terminal import show
        from assistant.desk.exports.lines import of_draft

        show(of_draft(made, datetime.now(UTC)))
    if not made.claims:
        raise typer.Exit(3)


def _write(made: PressDraft, out: Path, form: str, template: Path | None) -> None:
    from assistant.desk.cli import template_bytes, write_file
    from assistant.desk.exports import export
    from assistant.desk.exports.lines import of_draft

    write_file(out, export(of_draft(made, datetime.now(UTC)), form, template_bytes(template)))


def _topic(text: str) -> str:
    topic = " ".join(text.split())
    if not topic or len(topic) > 500:
        raise typer.BadParameter("it is empty or longer than 500 characters.", param_hint="TOPIC")
    return topic


def _kind(name: str) -> Kind:
    from assistant.desk.lines.papers import KINDS

    for kind in KINDS:
        if kind == name:
            return kind
    raise typer.BadParameter(f"`{name}` is no kind of draft. Write {', '.join(KINDS)}.", param_hint="--kind")


def _audience(name: str | None) -> str | None:
    plain = " ".join((name or "").split())
    if len(plain) > 120:
        raise typer.BadParameter("it is longer than 120 characters.", param_hint="--audience")
    return plain or None


def _day(value: str | None, option: str) -> str | None:
    from assistant.web.filters import is_a_date

    try:
        return None if value is None else is_a_date(value)
    except ValueError:
        raise typer.BadParameter(
            f"`{value}` is not a date. Write YYYY, YYYY-MM or YYYY-MM-DD.", param_hint=option
        ) from None
