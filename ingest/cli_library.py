"""`briefing library list | show | remove | verify | rebuild`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from ingest.cli import JsonOption, LibraryOption, settings

Document = Annotated[str, typer.Argument(help="Id of the document, or how it begins.")]

APP_HELP = (
    "Look after what is stored: list, show, remove, verify, rebuild.\n\n"
    "[bold]Example[/bold]\n\n"
    "$ briefing library list --library ./library"
)

LIST_HELP = (
    "List the documents that may be asked about.\n\n"
    "[bold]Examples[/bold]\n\n"
    "$ briefing library list\n"
    "$ briefing library list --all --json | jq '.[].metadata.title'"
)

SHOW_HELP = (
    "Show what is known of DOCUMENT, and its versions.\n\n[bold]Example[/bold]\n\n$ briefing library show 3f2a9c"
)

REMOVE_HELP = (
    "Take DOCUMENTS out of what may be searched and cited.\n\n"
    "Their text stays readable with `briefing source`, unless --purge is given: then every version, its bytes and its "
    "receipts are deleted from the disk. All of them are removed, or none when one is not there.\n\n"
    "[bold]Examples[/bold]\n\n"
    "$ briefing library remove 3f2a9c\n"
    "$ briefing library remove 3f2a9c 81d07e --purge"
)

VERIFY_HELP = (
    "Compare everything with everything: texts, passages, full text, vector index.\n\n"
    "Changes nothing. Exit code 0 when all agrees, 1 when not.\n\n"
    "[bold]Example[/bold]\n\n"
    "$ briefing library verify"
)

REBUILD_HELP = (
    "Derive full text and vector index anew from the ledger.\n\n"
    "With another model, engine or precision in the settings every passage is embedded anew; until that is done the "
    "library goes on with the old vectors.\n\n"
    "[bold]Examples[/bold]\n\n"
    "$ briefing library rebuild\n"
    "$ BRIEFING_EMBEDDING__PRECISION=int8 briefing library rebuild"
)


def library_app() -> typer.Typer:
    """The `library` sub-command."""
    app = typer.Typer(help=APP_HELP, no_args_is_help=True)
    app.command("list", help=LIST_HELP)(list_documents)
    app.command("show", help=SHOW_HELP)(show)
    app.command("remove", help=REMOVE_HELP)(remove)
    app.command("verify", help=VERIFY_HELP)(verify)
    app.command("rebuild", help=REBUILD_HELP)(rebuild)
    return app


def list_documents(
    every: Annotated[bool, typer.Option("--all", help="Older and removed versions too.")] = False,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """See LIST_HELP."""
    from ingest import showing
    from ingest.library import Library

    with Library.open(settings(library)) as opened:
        documents = opened.ledger.documents(live_only=not every)
    if as_json:
        sys.stdout.write(showing.as_json([showing.record_as_dict(one) for one in documents]))
    else:
        showing.print_documents(documents)


def show(document: Document, library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """See SHOW_HELP."""
    from ingest import showing
    from ingest.library import Library

    with Library.open(settings(library)) as opened:
        versions = opened.ledger.versions(document)
    if as_json:
        sys.stdout.write(showing.as_json([showing.record_as_dict(one) for one in versions]))
    else:
        showing.print_versions(versions)


def remove(
    documents: Annotated[list[str], typer.Argument(help="Ids of documents, or how they begin.")],
    purge: Annotated[bool, typer.Option("--purge", help="Delete text, bytes and receipts for good.")] = False,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """See REMOVE_HELP."""
    from ingest import maintenance, showing
    from ingest.library import Library

    with Library.open(settings(library)) as opened:
        removed = maintenance.remove(opened, documents, purge=purge)
    if as_json:
        sys.stdout.write(showing.as_json([{"document": one.id, "purged": purge} for one in removed]))
        return
    for one in removed:
        title = showing.visible(one.metadata.title or one.name)
        sys.stdout.write(f"{'Purged' if purge else 'Removed'} {one.id}: {title}\n")


def verify(library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """See VERIFY_HELP."""
    from ingest import maintenance, showing
    from ingest.library import Library

    with Library.open(settings(library)) as opened:
        found = maintenance.verify(opened)
    if as_json:
        counts = {"documents": found.documents, "versions": found.versions, "passages": found.passages}
        sys.stdout.write(showing.as_json({"sound": found.sound, **counts, "faults": list(found.faults)}))
    else:
        counted = f"{found.documents} documents, {found.versions} versions, {found.passages} passages"
        lines = [f"{counted}: all agrees."] if found.sound else [f"{counted}:", *found.faults]
        lines += [] if found.sound else ["What is derived from the ledger is made anew by `briefing library rebuild`."]
        sys.stdout.write("\n".join(lines) + "\n")
    if not found.sound:
        raise typer.Exit(1)


def rebuild(library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """See REBUILD_HELP."""
    from ingest import maintenance, showing
    from ingest.library import Library, load_embedder
    from ingest.real_steps import RealSteps

    chosen = settings(library)
    with Library.open(chosen) as opened, showing.console(stderr=True).status("Rebuilding") as status:
        embedder = load_embedder(chosen)
        anew = maintenance.rebuild(
            opened,
            embedder,
            RealSteps(chosen, embedder),
            progress=lambda done, total: status.update(f"Embedding passage {done} of {total}"),
        )
        documents, passages = opened.ledger.counts()
    if as_json:
        sys.stdout.write(showing.as_json({"documents": documents, "passages": passages, "embedded_anew": anew}))
    else:
        how = "embedded anew" if anew else "from stored vectors"
        sys.stdout.write(f"{documents} documents, {passages} passages: rebuilt ({how}).\n")
