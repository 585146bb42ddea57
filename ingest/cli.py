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

INGEST_HELP = """Read documents into the library; each gets a receipt.

SOURCES are files, folders, globs or addresses. The same file again costs nothing; a changed one becomes a new
version. One that cannot be read is refused by name and does not stop the others.

[bold]Examples[/bold]

  briefing ingest report.pdf letters/

  briefing ingest https://www.gov.uk/some-page --set publisher="Home Office" --set published=2022-04-11

  briefing ingest library/ --json > receipts.json

  briefing ingest --starter

Exit code 0 when all are in, 1 when some were refused or for a fault, 2 for misuse.
"""

SOURCE_HELP = """Print the stored text of DOCUMENT: what every citation of it points into.

[bold]Examples[/bold]

  briefing source 3f2a9c

  briefing source 3f2a9c --version 1 --json

  briefing source 3f2a9c --original letter.pdf
"""


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
    from ingest.showing import progress_line

    named = [*(sources or []), *(map(str, notes.paths()) if starter else ())]
    if not named:
        raise typer.BadParameter("Name a file, a folder or an address, or say --starter.", param_hint="SOURCES")
    given = _metadata(metadata or [])
    chosen = settings(library, offline=offline or None)
    with Library.open(chosen, create=True) as opened, progress_line() as show:
        receipts = run(opened, named, given=given, progress=show)
        refused = _as_json(receipts) if as_json else _as_table(receipts)
    if refused:
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
    from ingest.showing import text_as_json

    with Library.open(settings(library)) as opened:
        if original is not None:
            original.write_bytes(opened.ledger.original(document, version))
            return
        text = opened.ledger.text(document, version)
    sys.stdout.write(text_as_json(text) if as_json else text.text + "\n")


def settings(library: Path | None, **overrides: object) -> IngestSettings:
    """The settings in force for one command."""
    from ingest.settings import load_settings

    return load_settings(os.environ, overrides={"library": library, **overrides})


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
        given[key] = value.strip()
    return given


def _as_json(receipts: Iterator[Receipt]) -> int:
    """A JSON list, written receipt by receipt: what stands there is on the disk."""
    refused, between = 0, "[\n"
    for receipt in receipts:
        refused += receipt.status == "refused"
        sys.stdout.write(between + receipt.model_dump_json())
        sys.stdout.flush()
        between = ",\n"
    sys.stdout.write("\n]\n" if between != "[\n" else "[]\n")
    return refused


def _as_table(receipts: Iterator[Receipt]) -> int:
    from ingest.showing import print_receipts

    seen: list[Receipt] = []
    try:
        for receipt in receipts:
            seen.append(receipt)
    finally:
        # A fault half way takes nothing back: what has a receipt is in the library.
        print_receipts(seen)
    return sum(receipt.status == "refused" for receipt in seen)
