"""The one module that builds things. Everything else receives what it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.answering import Assistant
from assistant.extractive import ExtractiveWriter
from assistant.gate import Gate
from assistant.retrieval import HybridRetriever
from assistant.sufficiency import SufficiencyJudge
from ingest.library import Library

if TYPE_CHECKING:
    from assistant.settings import Settings
    from ingest.embedding import Embedder


def build(settings: Settings, *, create: bool = False, embedder: Embedder | None = None) -> Assistant:
    """The assistant over the library that `settings` name.

    `create` makes an empty library where there is none. `embedder` replaces the settings' model, for tests.

    Raises:
        LibraryMissing, ModelMismatch, LibraryDamaged: the library cannot be opened.
    """
    library = Library.open(settings, create=create, embedder=embedder)
    return over(library, settings)


def over(library: Library, settings: Settings) -> Assistant:
    """The assistant over a library that is open already."""
    return Assistant(
        library=library,
        retriever=HybridRetriever(library, settings.retrieval),
        judge=SufficiencyJudge(settings.answering.sufficiency),
        writer=ExtractiveWriter(settings.answering),
        gate=Gate(library.ledger),
        settings=settings.answering,
    )
