"""`briefing conversations`: what was asked before, to be listed, read, renamed, searched, exported and deleted."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.conversation.keeping import Conversation, Conversations, Turn

HELP = """Conversations that are kept with the library: list, show, rename, search, export, delete.

[bold]Examples[/bold]

  briefing ask "What did the ICO say about Clearview?" --conversation new

  briefing ask "and what did it reply?" --conversation last

  briefing conversations search clearview

  briefing conversations export last --out clearview.docx      also .pdf .md .html .csv .json
"""

LibraryOption = Annotated[
    Path | None, typer.Option("--library", help="Folder of the library. Default: your data folder.")
]
IdArgument = Annotated[str, typer.Argument(metavar="ID", help="Its id, or `last`.")]
_FORMATS = ("markdown", "json", "docx", "pdf", "html", "csv")
_SUFFIXES = {f".{one}": one for one in _FORMATS[1:]}
JsonOption = Annotated[bool, typer.Option("--json", help="As JSON on standard output.")]


def register(app: typer.Typer) -> None:
    """Add `conversations` to the `briefing` command."""
    group = typer.Typer(help=HELP, no_args_is_help=True, rich_markup_mode="rich")
    for name, command in (
        ("list", listed),
        ("show", show),
        ("search", search),
        ("rename", rename),
        ("export", export),
        ("delete", delete),
    ):
        group.command(name)(command)
    app.add_typer(group, name="conversations")


def listed(library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """List your conversations, the last used first."""
    with _kept(library) as (kept, owner):
        _write(kept.listed(owner), as_json)


def search(
    words: Annotated[str, typer.Argument(metavar="WORDS", help="All of these must occur.")],
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """List those whose name, questions or answers hold all the words."""
    with _kept(library) as (kept, owner):
        _write(kept.listed(owner, words), as_json)


def show(
    id: IdArgument,  # noqa: A002 - the house's word
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print a conversation with its answers and citations."""
    from assistant.conversation.exporting import export as written
    from assistant.terminal import show as printed

    with _kept(library) as (kept, owner):
        one = kept.find(owner, id)
        turns = kept.turns(owner, one.id)
    if as_json:
        sys.stdout.write(written(one, turns, "json"))
        return
    _write([one], as_json=False)
    for turn in turns:
        sys.stdout.write("\n")
        printed(turn.outcome)


def rename(
    id: IdArgument,  # noqa: A002 - the house's word
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its new name.")],
    library: LibraryOption = None,
) -> None:
    """Give a conversation another name."""
    with _kept(library) as (kept, owner):
        _write([kept.rename(owner, kept.find(owner, id).id, name)], as_json=False)


def export(
    id: IdArgument,  # noqa: A002 - the house's word
    library: LibraryOption = None,
    form: Annotated[str | None, typer.Option("--format", help=f"{', '.join(_FORMATS)}.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="A file to write instead of standard output.")] = None,
    template: Annotated[Path | None, typer.Option("--template", help="A .docx whose styles a .docx takes.")] = None,
) -> None:
    """Write a conversation with every citation and quote; without --format, in the format of the file's name."""
    form = form or (_SUFFIXES.get(out.suffix.lower(), "markdown") if out else "markdown")
    if form not in _FORMATS:
        raise typer.BadParameter(f"`{form}` is no format. Write {' or '.join(_FORMATS)}.", param_hint="--format")
    if out is None and form in ("docx", "pdf"):
        raise typer.BadParameter(f"A {form} file needs a name: `--out FILE.{form}`.", param_hint="--format")
    with _kept(library) as (kept, owner):
        one = kept.find(owner, id)
        content = _exported(one, kept.turns(owner, one.id), form, template)
    if out is None:
        sys.stdout.write(content.decode("utf-8"))
        return
    try:
        out.write_bytes(content)
    except OSError as error:
        raise typer.BadParameter(
            f"{out} cannot be written: {(error.strerror or 'refused').lower()}.", param_hint="--out"
        ) from None


def _exported(one: Conversation, turns: Sequence[Turn], form: str, template: Path | None) -> bytes:
    from assistant.conversation.exporting import FORMATS
    from assistant.conversation.exporting import export as written
    from assistant.desk.cli import template_bytes
    from assistant.desk.exports import export as paper
    from assistant.desk.exports.composing import of_conversation

    if form in FORMATS and template is None:
        return written(one, turns, form).encode("utf-8", "replace")
    told = of_conversation([turn.outcome for turn in turns], datetime.now(UTC), title=one.name)
    return paper(told, "md" if form == "markdown" else form, template_bytes(template))


def delete(
    id: IdArgument,  # noqa: A002 - the house's word
    library: LibraryOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
) -> None:
    """Delete a conversation for good."""
    with _kept(library) as (kept, owner):
        one = kept.find(owner, id)
        if not yes:
            typer.confirm(f"Delete “{one.name}” with {one.turns} questions for good?", abort=True, err=True)
        kept.delete(owner, one.id)
        sys.stderr.write(f"Deleted {one.id}.\n")


@contextmanager
def _kept(library: Path | None) -> Iterator[tuple[Conversations, str]]:
    from assistant.conversation.keeping import LOCAL, Conversations
    from assistant.settings import load
    from ingest.library import Library

    with Library.open(load(overrides={"library": library} if library else None)) as opened:
        yield Conversations(opened.ledger.engine), LOCAL


def _write(found: Sequence[Conversation], as_json: bool) -> None:
    from assistant.web.markup import visible
    from assistant.web.wording import counted

    if as_json:
        sys.stdout.write(json.dumps([asdict(one) for one in found], indent=2, ensure_ascii=False) + "\n")
        return
    if not found:
        sys.stderr.write("None found.\n")
    for one in found:
        used = one.updated_at[:16].replace("T", " ")
        sys.stdout.write(f"{one.id}  {used}  {counted(one.turns, 'question'):>12}  {visible(one.name)}\n")
