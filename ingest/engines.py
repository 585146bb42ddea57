"""Which embedding engine runs, chosen by name; each is imported when it is chosen.

Answering a question imports neither torch nor transformers nor sentence-transformers, as long as the graph of
`ingest.onnx_export` is in the cache.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Literal, Protocol

from ingest.embedding import Embedder
from ingest.errors import BadSettings, ModelUnavailable
from ingest.models import ModelFiles, locate
from ingest.onnx_export import ExportError


class EngineSettings(Protocol):
    """What an engine must be told; `ingest.settings.EmbeddingSettings` is one."""

    @property
    def model(self) -> str:
        """A model's name or folder, see `ingest.models.locate`."""
        ...

    @property
    def engine(self) -> Literal["onnx", "torch"]:
        """A key of `ENGINES`."""
        ...

    @property
    def precision(self) -> Literal["fp32", "int8"]:
        """`int8` is known to the onnx engine only."""
        ...

    @property
    def threads(self) -> int | None:
        """None for as many as there are physical cores."""
        ...

    @property
    def batch(self) -> int:
        """Texts per call of the model."""
        ...


class SizedEmbedder(Embedder, Protocol):
    """An `Embedder` that can also tell how long a text is, which passages are measured by."""

    @property
    def window(self) -> int:
        """The most tokens of a text that are read, counted as `count_tokens` does."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text without special ones; not cut at the window."""
        ...


ENGINES = {"onnx": "ingest.onnx_engine:open_engine", "torch": "ingest.sentence_transformer:open_engine"}
"""Engine name to what opens it."""


def load(
    settings: EngineSettings, cache: Path, *, offline: bool = True, say: Callable[[str], None] | None = None
) -> SizedEmbedder:
    """The embedder named by the settings.

    The first time a model is used on a machine, the onnx engine exports it, which takes some seconds; `say` is
    told, and also when the export fails and torch is used instead. Its vectors are the same to the sixth digit,
    its fingerprint is not, so a library never mixes them. Nothing is fetched unless `offline` is False.

    Raises:
        ModelUnavailable: the model is missing or refused, or no engine can load it.
        BadSettings: no such engine.
    """
    if settings.engine not in ENGINES:
        raise BadSettings(
            f"There is no embedding engine `{settings.engine}`.", remedy=f"Use one of: {', '.join(ENGINES)}."
        )
    tell = say or _nothing
    _prepare_surroundings(offline=offline)
    files = locate(settings.model, cache=cache, offline=offline)
    try:
        return _opener(settings.engine)(files, settings, cache, tell)
    except ExportError as error:
        tell(f"The onnx engine cannot be used, so torch is, at full precision and about half the speed. {error}")
        return _opener("torch")(files, settings, cache, tell)


def _opener(
    engine: str,
) -> Callable[[ModelFiles, EngineSettings, Path, Callable[[str], None]], SizedEmbedder]:
    module, _, name = ENGINES[engine].partition(":")
    try:
        opener: Callable[..., SizedEmbedder] = getattr(import_module(module), name)
    except ImportError as error:
        raise ModelUnavailable(
            f"The {engine} engine is not installed: {error}.", remedy="Install the application anew."
        ) from error
    return opener


def _prepare_surroundings(*, offline: bool) -> None:
    """Sets what the libraries read from the environment, before any of them is imported.

    huggingface_hub decides at its import whether it may use the network, and other packages (gradio) import it
    too, so the arguments given to single calls are not enough. The tokenizers library warns of a dead-lock when
    a process forks after it used its own threads, and for texts of a passage's length they win nothing.
    """
    if offline:
        os.environ["HF_HUB_OFFLINE"] = "1"
        os.environ["TRANSFORMERS_OFFLINE"] = "1"
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def _nothing(_: str) -> None:
    """Takes the place of a `say` that nobody gave."""
