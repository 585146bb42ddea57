"""`briefing ingest`, `briefing source` and, from `ingest.cli_library`, `briefing library ...`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ingest.receipts import Receipt
    from ingest.settings import IngestSettings

LibraryOption = Annotated[
    Path | None, typer.Option("--library", help="Folder of the library. Default: your data folder.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON on standard output, and nothing else there.")]

INGEST_HELP = (
    "Read documents into the library; each gets a receipt.\n\n"
    "SOURCES are files, folders, globs or addresses. The same file again costs nothing; a changed one becomes a new "
    "version. One that cannot be read is refused by name and does not stop the others.\n\n"
    "[bold]Examples[/bold]\n\n"
    "$ briefing ingest report.pdf letters/\n"
    "$ briefing ingest 'archive/**/*.eml' --library ./library\n"
    "$ briefing ingest minutes.docx --set publisher=Ofcom --set published=2022\n"
    "$ briefing ingest letters/ --json > receipts.json\n"
    "$ briefing ingest --starter\n\n"
    "Exit code 0 when all are in, 1 when some were refused or for a fault, 2 for misuse."
)

SOURCE_HELP = (
    "Print the stored text of DOCUMENT: what every citation of it points into.\n\n"
    "[bold]Examples[/bold]\n\n"
    "$ briefing source 3f2a9c\n"
    "$ briefing source 3f2a9c --version 1 --json\n"
    "$ briefing source 3f2a9c --original letter.pdf"
)


def register(app: typer.Typer) -> None:
    """Add the sub-commands of this package to the `briefing` command."""
    from ingest.cli_library import library_app

    app.command("ingest", help=INGEST_HELP)(ingest)
    app.add_typer(library_app(), name="library")
    app.command("source", help=SOURCE_HELP)(source)


def ingest(
    sources: Annotated[list[str] | None, typer.Argument(help="Files, folders, globs or addresses.")] = None,
    metadata: Annotated[
        list[str] | None,
        typer.Option("--set", help="Metadata for all of them, as key=value (may be repeated)."),
    ] = None,
    library: LibraryOption = None,
    offline: Annotated[bool, typer.Option("--offline", help="Fetch nothing from the network.")] = False,
    starter: Annotated[bool, typer.Option("--starter", help="The notes that come with this program.")] = False,
    as_json: JsonOption = False,
) -> None:
    """See INGEST_HELP."""
    from ingest import starter as notes
    from ingest.library import Library
    from ingest.pipeline import ingest as run
    from ingest.showing import print_receipts, progress_bar
    from ingest.sources import how_many

    named = [*(sources or []), *(map(str, notes.paths()) if starter else ())]
    if not named:
        raise typer.BadParameter("Name a file, a folder or an address, or say --starter.", param_hint="SOURCES")
    given = _metadata(metadata or [])
    chosen = settings(library, offline=offline or None)
    seen: list[Receipt] = []
    try:
        # Lines of JSON that appear on the terminal one by one are progress enough, and a bar would tear them.
        bar = progress_bar(how_many(named), shown=not (as_json and sys.stdout.isatty()))
        with Library.open(chosen, create=True) as opened, bar as show:
            receipts = run(opened, named, given=given, progress=show)
            for one in _told(receipts) if as_json else receipts:
                seen.append(one)
    finally:
        # A fault half way takes nothing back: what has a receipt is in the library.
        if not as_json:
            print_receipts(seen)
    if any(one.status == "refused" for one in seen):
        raise typer.Exit(1)


def source(
    document: Annotated[str, typer.Argument(help="Id of the document, or how it begins.")],
    version: Annotated[int | None, typer.Option(min=1, help="Version. Default: the live one.")] = None,
    library: LibraryOption = None,
    as_json: JsonOption = False,
    original: Annotated[Path | None, typer.Option(help="Write the bytes as they came to this file instead.")] = None,
) -> None:
    """See SOURCE_HELP."""
    from ingest.library import Library
    from ingest.showing import text_as_json, visible

    with Library.open(settings(library)) as opened:
        if original is not None:
            _write(original, opened.ledger.original(document, version))
            return
        text = opened.ledger.text(document, version)
    # On a terminal nothing of a source may steer it; in a file the text is what citations point into, to the character.
    plain = visible(text.text) if sys.stdout.isatty() else text.text
    sys.stdout.write(text_as_json(text) if as_json else plain + "\n")


def settings(library: Path | None, **overrides: object) -> IngestSettings:
    """The settings in force for one command."""
    from ingest.settings import load_settings

    return load_settings(os.environ, overrides={"library": library, **overrides})


def _write(path: Path, content: bytes) -> None:
    from ingest.errors import BadSettings

    try:
        path.write_bytes(content)
    except OSError as error:
        raise BadSettings(
            f"`{path}` cannot be written: {(error.strerror or 'unknown fault').lower()}.",
            remedy="Name a file in a folder that you may write to.",
        ) from error


def _metadata(pairs: Iterable[str]) -> dict[str, str]:
    import difflib

    from ingest.documents import METADATA_FIELDS

    given: dict[str, str] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        key = key.strip().replace("-", "_")
        if not equals or not value.strip():
            raise typer.BadParameter(f"`{pair}` is not key=value.", param_hint="--set")
        if key not in METADATA_FIELDS:
            near = difflib.get_close_matches(key, METADATA_FIELDS, n=1, cutoff=0.5)
            hint = f"Did you mean `{near[0]}`?" if near else f"Known: {', '.join(METADATA_FIELDS)}."
            raise typer.BadParameter(f"There is no metadata field `{key}`. {hint}", param_hint="--set")
        given[key] = _dated(value.strip()) if key == "published" else value.strip()
    return given


def _dated(value: str) -> str:
    from ingest.readers.dates import iso_date

    date = iso_date(value)
    if date is None:
        raise typer.BadParameter(f"`{value}` is no date. Write 2022, 2022-04 or 2022-04-11.", param_hint="--set")
    return date


def _told(receipts: Iterator[Receipt]) -> Iterator[Receipt]:
    """The receipts, each written as it comes into a JSON list on standard output, which a fault closes too."""
    between = "[\n"
    try:
        for receipt in receipts:
            sys.stdout.write(between + receipt.model_dump_json())
            sys.stdout.flush()
            between = ",\n"
            yield receipt
    finally:
        sys.stdout.write("\n]\n" if between != "[\n" else "[]\n")
