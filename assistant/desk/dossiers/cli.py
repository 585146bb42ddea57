"""`briefing dossier`."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assistant.desk.exports.paper import Paper
    from assistant.domain import Scope

DOSSIER_HELP = """Everything the library holds on a vendor or a public body: who said what of it, and what it said, by date.

Allegations and requests stand beside the replies that are held; positions of each body over time, with changes; where
sources disagree; corrections; a timeline; documents; and what is not held. Every entry is cited.

[bold]Examples[/bold]

  briefing dossier Hikvision

  briefing dossier "the ICO" --entity "Clearview AI" --since 2021

  briefing dossier Dahua --out dahua.docx      also .pdf .md .html .json .csv

  briefing dossier Dahua --timeline dahua.svg      also .png

  briefing dossier --grid      every vendor against every body: what each last said of it

  briefing dossier Dahua --json | jq '.exchanges[] | select(.status == "no_reply_held")'

Exit code 0 for a dossier, 3 when no document names it, 4 when several bear the name, 1 for a fault, 2 for misuse.
"""


def register(app: typer.Typer) -> None:
    """Add the sub-command to the `briefing` command."""
    app.command("dossier", help=DOSSIER_HELP)(dossier)


def dossier(
    entity: Annotated[
        list[str] | None, typer.Argument(metavar="ENTITY", help="Whom it is on, by any name that the library knows.")
    ] = None,
    grid: Annotated[
        bool, typer.Option("--grid", help="Vendors against bodies; with ENTITY, those vendors only.")
    ] = False,
    library: Annotated[
        Path | None, typer.Option("--library", help="Folder of the library. Default: your data folder.")
    ] = None,
    publisher: Annotated[list[str] | None, typer.Option(help="Only this publisher (may be repeated).")] = None,
    other: Annotated[list[str] | None, typer.Option("--entity", help="Only documents that name this as well.")] = None,
    source_type: Annotated[list[str] | None, typer.Option("--type", help="Only this source type.")] = None,
    since: Annotated[str | None, typer.Option(help="Published on or after (YYYY, YYYY-MM or YYYY-MM-DD).")] = None,
    until: Annotated[str | None, typer.Option(help="Published on or before.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Leave out what was published later.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Also write it: .docx .pdf .md .html .json .csv.")] = None,
    template: Annotated[Path | None, typer.Option("--template", help="A .docx whose styles a .docx takes.")] = None,
    timeline: Annotated[Path | None, typer.Option("--timeline", help="Also draw its timeline: .svg or .png.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="It as JSON on standard output.")] = False,
) -> None:
    """See DOSSIER_HELP."""
    scope = _scope(publisher, other, source_type, {"since": since, "until": until, "as_of": as_of})
    names = list(entity or ())
    if not grid and len(names) != 1:
        raise typer.BadParameter(
            "name one vendor or body, in quotation marks if it has several words; or ask for the `--grid`.",
            param_hint="ENTITY",
        )
    if timeline is not None and (grid or timeline.suffix.lower() not in (".svg", ".png")):
        raise typer.BadParameter("it draws one dossier, as .svg or .png.", param_hint="--timeline")
    paper = _made(names, scope, library, grid=grid, out=out, template=template, timeline=timeline)
    if as_json:
        sys.stdout.write(json.dumps(paper.data, indent=2) + "\n")
    else:
        from assistant.desk.dossiers.terminal import show

        show(paper)


def _made(
    names: list[str],
    scope: Scope,
    library: Path | None,
    *,
    grid: bool,
    out: Path | None,
    template: Path | None,
    timeline: Path | None,
) -> Paper:
    from assistant import wiring
    from assistant.desk.cli import template_bytes, write_file
    from assistant.desk.dossiers import composing, pictures
    from assistant.desk.dossiers.grid import make as grid_of
    from assistant.desk.dossiers.making import NameShared, NobodyNamed
    from assistant.desk.exports import export, format_of
    from assistant.settings import load

    form, styles = (format_of(out.name) if out is not None else None), template_bytes(template)
    settings = load(overrides={"library": library} if library else None)
    made = datetime.now(UTC)
    with wiring.build(settings).library as opened:
        dossiers = wiring.dossiers(wiring.over(opened, settings))
        try:
            if grid:
                paper = composing.of_grid(grid_of(dossiers, names, scope), made)
            else:
                told = dossiers.make(names[0], scope)
                paper = composing.of_dossier(told, made, pictures.picture(told) if form is not None else None)
                if timeline is not None:
                    write_file(timeline, pictures.drawn(told, timeline.suffix.lower()[1:]))
        except (NobodyNamed, NameShared) as error:
            sys.stderr.write(f"{error.message}\n{error.remedy}\n")
            raise typer.Exit(4 if isinstance(error, NameShared) else 3) from None
    if out is not None and form is not None:
        write_file(out, export(paper, form, styles))
    return paper


def _scope(
    publishers: list[str] | None,
    entities: list[str] | None,
    source_types: list[str] | None,
    days: dict[str, str | None],
) -> Scope:
    from assistant.domain import Scope
    from assistant.web.filters import is_a_date

    for name, value in days.items():
        try:
            if value is not None:
                is_a_date(value)
        except ValueError:
            raise typer.BadParameter(
                f"`{value}` is not a date. Write YYYY, YYYY-MM or YYYY-MM-DD.", param_hint=f"--{name.replace('_', '-')}"
            ) from None
    return Scope(
        publishers=tuple(publishers or ()),
        entities=tuple(entities or ()),
        source_types=tuple(source_types or ()),
        since=days["since"],
        until=days["until"],
        as_of=days["as_of"],
    )
