"""`briefing recheck`."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

HELP = """Hold every claim of a saved or exported paper against today's library.

FILE is a .json of this program (`--json`, `--out FILE.json`) or a .docx that it exported, edited or not.

[bold]Examples[/bold]

  briefing recheck brief.docx

  briefing recheck brief.json --json | jq '.claims[] | select(.status != "unchanged")'

Statuses: unchanged, newer_version (with the difference at the quote), corrected, retracted (the document was removed),
contradicted (by something newer), not_in_library.

Exit code 0 when all is still true, 3 when something changed, 1 for a fault, 2 for misuse.
"""


def register(app: typer.Typer) -> None:
    """Add `recheck` to the `briefing` command."""
    app.command("recheck", help=HELP)(recheck)


def recheck(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The .json or .docx.")],
    library: Annotated[
        Path | None, typer.Option("--library", help="Folder of the library. Default: your data folder.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Also write it: .docx .pdf .md .html .json .csv.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="It as JSON on standard output.")] = False,
) -> None:
    """See HELP."""
    from assistant import wiring
    from assistant.desk.cli import write_file
    from assistant.desk.dossiers.terminal import show
    from assistant.desk.exports import export, format_of
    from assistant.desk.recheck.carried import read
    from assistant.desk.recheck.showing import of_recheck
    from assistant.settings import load

    form = format_of(out.name) if out is not None else None
    try:
        content = file.read_bytes()
    except OSError as error:
        why = "There is no such file" if not file.exists() else "It cannot be read"
        raise typer.BadParameter(f"{why}: `{file}`.", param_hint="FILE") from error
    claims = read(file.name, content)
    assistant = wiring.build(load(overrides={"library": library} if library else None))
    with assistant.library:
        told = wiring.rechecker(assistant).recheck(claims, file.name)
    paper = of_recheck(told, datetime.now(UTC))
    if out is not None and form is not None:
        write_file(out, export(paper, form))
    if as_json:
        sys.stdout.write(json.dumps(paper.data, indent=2) + "\n")
    else:
        show(paper)
    if not told.all_still_true:
        raise typer.Exit(3)
