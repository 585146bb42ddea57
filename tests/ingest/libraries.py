"""Small libraries for tests: the stable embedder, plain steps, a clock that stands still."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ingest.embedding import StableEmbedder
from ingest.library import Library
from ingest.pipeline import ingest
from ingest.settings import IngestSettings, load_settings
from tests.ingest.plain_steps import PlainSteps

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ingest.documents import Source
    from ingest.receipts import Receipt

NOON = datetime(2024, 3, 1, 12, 0, tzinfo=UTC)


def settings(folder: Path, **overrides: object) -> IngestSettings:
    return load_settings(
        {},
        overrides={"library": folder / "library", "cache": folder / "cache", "free_megabytes": 1, **overrides},
    )


def opened(folder: Path, *, dimensions: int = 32, **overrides: object) -> Library:
    return Library.open(settings(folder, **overrides), create=True, embedder=StableEmbedder(dimensions))


def put(
    library: Library, *sources: Source, given: Mapping[str, str] | None = None, steps: PlainSteps | None = None
) -> list[Receipt]:
    return list(ingest(library, sources, given=given or {}, steps=steps or PlainSteps(), clock=lambda: NOON))


def found_by_meaning(library: Library, question: str, limit: int = 3) -> list[str]:
    """Texts of the nearest passages."""
    vector = library.embedder.encode([question])[0].vector
    ids = [passage_id for passage_id, _ in library.nearest(vector, limit)]
    return [passage.text for passage in library.ledger.passages(ids)]


def found_by_words(library: Library, *words: str) -> list[str]:
    hits = library.ledger.search_text(words, 10)
    return [passage.text for passage in library.ledger.passages([hit.passage_id for hit in hits])]
