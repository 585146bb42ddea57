"""A process that is there to be killed: checks what was acknowledged, then goes on ingesting.

Usage: python -m tests.end_to_end.crash_child FOLDER FIRST LAST REVISION HALT < acknowledged

Standard input: one `number revision` per line, what earlier processes acknowledged. Standard output: `ready` when
all of it was found again, whole, by text and by vector; then `number revision` as each is acknowledged. HALT names an
instant at which it says `halted` and waits to be killed, or is `-`.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ingest.embedding import StableEmbedder
from ingest.integrity import LibraryIndex
from ingest.ledger.engine import open_engine
from ingest.ledger.fulltext_sqlite import SqliteFullText
from ingest.ledger.ledger import Ledger
from ingest.ledger.writing import document_id, index_key
from ingest.library import Library
from ingest.pipeline import ingest
from ingest.preparing import Given
from ingest.steps import embedded_text
from tests.ingest.libraries import settings
from tests.ingest.plain_steps import PlainSteps, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from sqlalchemy.engine import Connection

    from ingest.documents import Passage, Source
    from ingest.vector_index import IndexPlace, VectorIndex

PARAGRAPHS = 12


def document(number: int, revision: int) -> Source:
    paragraphs = [f"Paragraph p{number}r{revision}x{part} of camera {part}." for part in range(PARAGRAPHS)]
    return text(f"d{number}", f"Document {number} as of {revision}", *paragraphs)


def passages_of(source: Source) -> tuple[Passage, ...]:
    return PlainSteps().prepare(Given(source, {})).passages


def halt() -> None:
    say("halted")
    time.sleep(120)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


class HaltingIndex:
    """An index that stops the process after it was told something."""

    def __init__(self, index: VectorIndex, after: str) -> None:
        self._index = index
        self._after = after

    def add(self, keys: Sequence[str], vectors: NDArray[np.float32]) -> None:
        if self._after == "half-added":
            self._index.add(keys[::2], vectors[::2])
            halt()
        self._index.add(keys, vectors)
        if self._after == "added":
            halt()

    def nearest(self, vectors: NDArray[np.float32], limit: int) -> list[list[str]]:
        return self._index.nearest(vectors, limit)

    def finds(self, keys: Sequence[str], vectors: NDArray[np.float32]) -> list[bool]:
        return self._index.finds(keys, vectors)

    def unreached(self) -> Sequence[str]:
        return self._index.unreached()

    def count(self) -> int:
        return self._index.count()

    def keys(self) -> set[str]:
        return self._index.keys()

    def vectors(self, keys: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        return self._index.vectors(keys)

    def close(self) -> None:
        self._index.close()


class HaltingPlace:
    """Opens halting indexes."""

    def __init__(self, place: IndexPlace, after: str) -> None:
        self._place = place
        self._after = after

    def open(self, generation: int, *, create: bool = False) -> VectorIndex:
        return HaltingIndex(self._place.open(generation, create=create), self._after)

    def folder(self, generation: int) -> Path | None:
        return self._place.folder(generation)

    def collection(self, generation: int) -> str:
        return self._place.collection(generation)

    def remove_others(self, generation: int) -> None:
        self._place.remove_others(generation)


class HaltingLibraryIndex(LibraryIndex):
    """Stops the process when all is stored and nothing is sealed."""

    def finish(self) -> None:
        halt()


class HaltingFullText(SqliteFullText):
    """Stops the process in the middle of the ledger's transaction."""

    def add(self, connection: Connection, version_rows: Sequence[int]) -> None:
        super().add(connection, version_rows)
        halt()


def main() -> None:
    folder, first, last, revision, after = Path(sys.argv[1]), *map(int, sys.argv[2:5]), sys.argv[5]
    acknowledged = [tuple(map(int, line.split())) for line in sys.stdin]
    with Library.open(settings(folder), create=True, embedder=StableEmbedder(16)) as library:
        library.warm()
        for number, known in acknowledged:
            require_whole(library, number, {known, revision})
    say("ready")
    with halting(folder, after) as library:
        sources = [document(number, revision) for number in range(first, last)]
        for source, receipt in zip(sources, ingest(library, sources, steps=PlainSteps()), strict=True):
            if after == "commit":
                halt()
            if receipt.status != "unchanged":
                say(f"{source.name.removeprefix('d')} {revision}")
            if not (receipt.searchable or receipt.status == "unchanged"):
                raise SystemExit(f"not searchable: {receipt}")
    say("done")


def halting(folder: Path, after: str) -> Library:
    chosen = settings(folder)
    words = HaltingFullText() if after == "transaction" else SqliteFullText()
    library = Library(chosen, Ledger(open_engine(chosen.library), words), StableEmbedder(16))
    kind = HaltingLibraryIndex if after == "finish" else LibraryIndex
    library.index = kind(library.ledger, HaltingPlace(library.place(), after), library.lock)
    return library


def require_whole(library: Library, number: int, revisions: set[int]) -> None:
    """End the process unless one of `revisions` of that document is live, whole, and nothing of another is."""
    live = library.ledger.text(document_id(f"/given/d{number}"))
    [revision] = [one for one in revisions if document(number, one).content.decode() == live.text]
    passages = library.ledger.passages_of(live.document.id)
    assert len(passages) == PARAGRAPHS + 1 == live.document.passages
    ids = [passage.id for passage in passages]
    vectors = library.ledger.vectors(ids)
    index = library.index.usable(library.ledger.header())
    assert index is not None
    named = [index_key(embedded_text(passage)) for passage in passages_of(document(number, revision))]
    assert len(named) == len(passages)
    for key, keys in zip(named, index.nearest(vectors, 5), strict=True):
        assert key in keys
    for other in revisions:
        hits = library.ledger.search_text([f"p{number}r{other}x{PARAGRAPHS - 1}"], 5)
        assert len(hits) == (other == revision)


if __name__ == "__main__":
    main()
