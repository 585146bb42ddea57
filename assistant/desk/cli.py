"""`briefing check`, and what `briefing ask --out` writes."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assistant.desk.drafts import DraftText
    from assistant.desk.exports.paper import Paper
    from assistant.desk.verdicts import Checked
    from assistant.domain import Outcome
    from ingest.documents import Source

CHECK_HELP = """Hold every sentence of a draft against the library: a verdict for each, with the passage it rests on.

FILE is text, Markdown, Word, PDF or any other format the library reads; `-` reads text from standard input.

[bold]Examples[/bold]

  briefing check draft.docx

  briefing check draft.docx --out marked.docx      the draft with comments at its sentences

  pbpaste | briefing check -

  briefing check lines.md --json | jq '.sentences[] | select(.verdict != "supported")'

Verdicts: supported, partly_supported, contradicted, quote_altered, wrong_speaker, wrong_source, stitched_quote,
allegation_as_fact, out_of_date, not_in_library, no_claim.

Exit code 0 when every sentence is supported or makes no claim, 3 when one is not, 1 for a fault, 2 for misuse.
"""


def register(app: typer.Typer) -> None:
    """Add the desk's sub-commands to the `briefing` command."""
    app.command("check", help=CHECK_HELP)(check)


def check(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="The draft; `-` for standard input.")],
    library: Annotated[
        Path | None, typer.Option("--library", help="Folder of the library. Default: your data folder.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Also write the verdicts: .docx marks up the draft; or .pdf .md .html .json .csv."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The verdicts as JSON on standard output.")] = False,
) -> None:
    """See CHECK_HELP."""
    from assistant import wiring
    from assistant.desk.exports import format_of
    from assistant.desk.terminal import show
    from assistant.settings import load

    form = format_of(out.name) if out is not None else None
    source = _source(file)
    settings = load(overrides={"library": library} if library else None)
    with wiring.build(settings).library as opened:
        draft = _draft(source)
        with _progress(len(draft.sentences)) as done:
            checked = wiring.checker(wiring.over(opened, settings)).check(draft, done=done)
    if out is not None and form is not None:
        write_file(out, _marked_or_exported(checked, draft, source, form))
    if as_json:
        sys.stdout.write(json.dumps(checked.model_dump(mode="json"), indent=2) + "\n")
    else:
        show(checked)
    if not checked.passes:
        raise typer.Exit(3)


def writing(out: Path | None, template: Path | None) -> Callable[[Outcome], None]:
    """What writes an answer to `out` in the format of its name; nothing for None. A wrong name is told at once.

    Raises:
        UnknownFormat: `out` ends in no format that is written.
    """
    from assistant.desk.exports import export, format_of
    from assistant.desk.exports.composing import of_outcome

    if out is None:
        if template is not None:
            raise typer.BadParameter("it needs `--out FILE.docx`.", param_hint="--template")
        return lambda _: None
    form, styles = format_of(out.name), template_bytes(template)

    def write(outcome: Outcome) -> None:
        write_file(out, export(of_outcome(outcome, datetime.now(UTC)), form, styles))

    return write


def template_bytes(template: Path | None) -> bytes | None:
    """The bytes of a template; misuse when there is no such file."""
    if template is None:
        return None
    try:
        return template.read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"`{template}` cannot be read.", param_hint="--template") from error


@contextmanager
def _progress(sentences: int) -> Iterator[Callable[[int], None]]:
    """A bar on standard error while a person waits; nothing where that is no terminal."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Checking each sentence", total=sentences)
        yield lambda count: bar.update(task, completed=count)


def _source(file: str) -> Source:
    from assistant.desk.drafts import pasted
    from ingest.documents import Source

    if file == "-":
        return pasted(sys.stdin.buffer.read())
    path = Path(file)
    try:
        return Source(str(path), path.name, path.read_bytes())
    except OSError as error:
        why = "There is no such file" if not path.exists() else "It cannot be read"
        raise typer.BadParameter(f"{why}: `{file}`.", param_hint="FILE") from error


def _draft(source: Source) -> DraftText:
    from assistant.desk.drafts import from_source
    from ingest.sandbox import Parser

    with Parser() as parser:
        return from_source(source, parser.parse)


def _marked_or_exported(checked: Checked, draft: DraftText, source: Source, form: str) -> bytes:
    from assistant.desk.exports import export
    from assistant.desk.exports.composing import of_check
    from assistant.desk.marking import marked

    if form == "docx":
        return marked(checked, draft, source.content if draft.format == "docx" else None)
    paper: Paper = of_check(checked, datetime.now(UTC))
    return export(paper, form)


def write_file(out: Path, content: bytes) -> None:
    """Write a file that was asked for, and say so on standard error.

    Raises:
        UnwritableFile: it cannot be written.
    """
    from assistant.desk.exports import UnwritableFile

    try:
        out.write_bytes(content)
    except OSError as error:
        raise UnwritableFile(
            f"`{out}` cannot be written: {(error.strerror or 'refused').lower()}.",
            remedy="Name another place with `--out`.",
        ) from error
    sys.stderr.write(f"Written: {out}\n")
