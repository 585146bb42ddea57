"""A small real library and a scripted model server, for all tests of language models."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant import wiring
from assistant.answering import Assistant
from assistant.settings import load
from eval.doubles.model_server import ModelServer, model_server
from ingest.documents import Source
from ingest.library import Library
from ingest.pipeline import ingest
from tests.assistant.chat.papers import PAPERS


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory, model_cache: Path) -> Path:
    """The folder of a library of a letter, a report and a statement."""
    folder = tmp_path_factory.mktemp("papers") / "library"
    settings = load({"BRIEFING_CACHE": str(model_cache), "BRIEFING_LIBRARY": str(folder)})
    with Library.open(settings, create=True) as library:
        sources = [Source(name, name, text.encode(), None) for name, text in PAPERS.items()]
        assert all(receipt.searchable for receipt in ingest(library, sources))
    return folder


@pytest.fixture(scope="session")
def server() -> Iterator[ModelServer]:
    with model_server(pause=0.02) as running:
        yield running


Asking = Callable[..., Assistant]


@pytest.fixture(scope="session")
def asking(shelf: Path, model_cache: Path, server: ModelServer) -> Iterator[Asking]:
    """Makes the assistant over the library with the scripted model of that name; keywords are settings of the model."""
    settings = load({"BRIEFING_CACHE": str(model_cache), "BRIEFING_LIBRARY": str(shelf)})
    with Library.open(settings) as library:

        def made(name: str | None, *, environ: dict[str, str] | None = None, **model: object) -> Assistant:
            chosen = {"base_url": server.address, "timeout": 5, **model, "name": name}
            told = load(
                {"BRIEFING_CACHE": str(model_cache), "BRIEFING_LIBRARY": str(shelf)},
                overrides={f"model.{key}": value for key, value in chosen.items()},
            )
            return wiring.over(library, told, environ or {})

        yield made
