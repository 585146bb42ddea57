"""Fills a small disk, reads from it while it is full, frees it and goes on; run on a mount of its own.

Usage: python -m tests.ingest.full_disk_child FOLDER. Every line on standard output is a fact that the test looks for.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.embedding import StableEmbedder
from ingest.errors import BriefingError
from ingest.ledger.engine import open_engine
from ingest.ledger.fulltext_sqlite import SqliteFullText
from ingest.ledger.ledger import Ledger
from ingest.library import Library
from ingest.maintenance import verify
from ingest.pipeline import ingest
from tests.ingest.libraries import found_by_meaning, found_by_words, opened, put, settings
from tests.ingest.plain_steps import PlainSteps, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Connection

    from ingest.documents import Source


def note(number: int) -> Source:
    return text(f"n{number}", f"Note {number}", *(f"Camera {number}x{part} of pier {part}." for part in range(20)))


def fill(ballast: Path) -> None:
    """Leave no room at all."""
    with ballast.open("ab", buffering=0) as file:
        for size in (1_000_000, 4_096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue


class Filling(SqliteFullText):
    """Fills the disk in the middle of the ledger's transaction."""

    def __init__(self, ballast: Path) -> None:
        super().__init__()
        self._ballast = ballast

    def add(self, connection: Connection, version_rows: Sequence[int]) -> None:
        super().add(connection, version_rows)
        fill(self._ballast)


def say(what: str) -> None:
    sys.stdout.write(what + "\n")
    sys.stdout.flush()


def main() -> None:
    folder = Path(sys.argv[1])
    ballast = folder / "ballast"
    acknowledged = set()
    with opened(folder, dimensions=16) as library:
        try:
            for receipt in ingest(library, [note(number) for number in range(500)], steps=PlainSteps()):
                acknowledged.add(receipt.document)
        except BriefingError as error:
            say(f"refused before the disk was full: {type(error).__name__}: {error}")
    say(f"acknowledged enough: {len(acknowledged) >= 3}")
    chosen = settings(folder, free_megabytes=0)
    full = Ledger(open_engine(chosen.library), Filling(ballast))
    with Library(chosen, full, StableEmbedder(16)) as library:
        for tried in range(2):
            try:
                put(library, text("late", "Late", "A note that has no room.", "Nor has this."))
                say("stored on a full disk")
            except BriefingError as error:
                say(f"full in the middle, try {tried}: {type(error).__name__}: {error}")
    with Library.open(settings(folder), embedder=StableEmbedder(16)) as library:
        found = [*found_by_words(library, "1x3"), *found_by_meaning(library, "Camera 1x3 of pier 3.", 5)]
        say(f"searched while full: {len(found)} passages")
    ballast.unlink()
    with opened(folder, dimensions=16, free_megabytes=0) as library:
        library.warm()
        say(f"sound when there is room again: {verify(library).sound}")
        say(f"lost: {len(acknowledged - {record.id for record in library.ledger.documents()})}")
        say(f"goes on: {put(library, text('late', 'Late', 'A note that has room.'))[0].searchable}")
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    try:
        with Library.open(settings(folder), embedder=StableEmbedder(16)) as library:
            say(f"searched while read-only: {[one.strip() for one in found_by_words(library, '1x3')]}")
            put(library, text("later", "Later", "A note."))
    except BriefingError as error:
        say(f"read-only: {type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
