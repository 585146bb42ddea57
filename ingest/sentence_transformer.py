"""The model as sentence-transformers runs it, on torch: what an export is checked against, and the fallback.

The only module that imports sentence-transformers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.embedding import Encoded
from ingest.errors import ModelUnavailable
from ingest.onnx_engine import encode
from ingest.tokenization import Batch, Tokenization

if TYPE_CHECKING:
    from pathlib import Path

    from ingest.engines import EngineSettings
    from ingest.models import ModelFiles


class TorchEmbedder:
    """An `Embedder` on torch, full precision. Slower than `OnnxEmbedder`, but it runs every architecture."""

    def __init__(self, files: ModelFiles, *, threads: int | None = None, batch: int = 8) -> None:
        import torch

        if threads:
            torch.set_num_threads(threads)  # torch has one pool for the whole process
        self._model = open_model(files)
        self._tokenization = _tokenization(self._model, files)
        self._dimensions = int(self._model.get_embedding_dimension())
        self._fingerprint = f"{files.name}@{files.identity[:12]}/torch/fp32"
        self._batch = batch
        self._files = files

    @property
    def fingerprint(self) -> str:
        """See `Embedder`."""
        return self._fingerprint

    @property
    def dimensions(self) -> int:
        """See `Embedder`."""
        return self._dimensions

    @property
    def window(self) -> int:
        """See `SizedEmbedder`."""
        return self._tokenization.window

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """See `Embedder`."""
        return encode(self._tokenization, self._run, texts, self._batch, self._files.document)

    def encode_query(self, text: str) -> Encoded:
        """See `Embedder`."""
        return encode(self._tokenization, self._run, [text], 1, self._files.query)[0]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text without special ones; not cut at the window."""
        return self._tokenization.count(texts)

    def _run(self, batch: Batch) -> tuple[Any, Any]:
        import torch
        from torch.nn.functional import normalize

        features: dict[str, Any] = {
            "input_ids": torch.from_numpy(batch.input_ids),
            "attention_mask": torch.from_numpy(batch.attention_mask),
        }
        if batch.prompt_length:  # some models leave their prompt out of the vector
            features["prompt_length"] = batch.prompt_length
        with torch.inference_mode():
            made = self._model(features)
            vectors = normalize(made["sentence_embedding"].float(), dim=1)
            tokens = normalize(made["token_embeddings"].float(), dim=2)
        return vectors.numpy(), tokens.numpy()


def open_engine(files: ModelFiles, settings: EngineSettings, cache: Path, say: Callable[[str], None]) -> TorchEmbedder:
    """The engine, see `ingest.engines.load`; it keeps nothing in `cache` and has nothing to say."""
    return TorchEmbedder(files, threads=settings.threads, batch=settings.batch)


def open_model(files: ModelFiles) -> Any:
    """The `SentenceTransformer` in the model's folder, on the processor, from local safetensors alone.

    Raises:
        ModelUnavailable: sentence-transformers cannot load it.
    """
    import transformers
    from sentence_transformers import SentenceTransformer

    shown = transformers.utils.logging.is_progress_bar_enabled()
    transformers.utils.logging.disable_progress_bar()
    try:
        model = SentenceTransformer(
            str(files.folder),
            device="cpu",
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"use_safetensors": True, "dtype": "float32"},
        )
    except Exception as error:  # safetensors raises a class of its own straight from Exception
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ModelUnavailable(
            f"The embedding model `{files.name}` cannot be loaded: {reason}.",
            remedy="Use another copy of the model, or the bundled one.",
        ) from error
    finally:
        if shown:
            transformers.utils.logging.enable_progress_bar()
    return model.eval()


def reference(model: Any, files: ModelFiles, texts: Sequence[str]) -> tuple[Any, list[Any]]:
    """What sentence-transformers itself makes of passages: unit vectors, and unit token vectors of each.

    Token vectors include those of special tokens and of the prompt.
    """
    asked = {"prompt": files.document, "show_progress_bar": False}
    vectors = model.encode(list(texts), normalize_embeddings=True, **asked)
    tokens = model.encode(list(texts), output_value="token_embeddings", **asked)
    rows = [np.asarray(one, dtype=np.float32) for one in tokens]
    return vectors, [one / np.linalg.norm(one, axis=1, keepdims=True) for one in rows]


def _tokenization(model: Any, files: ModelFiles) -> Tokenization:
    if (files.transformer / "tokenizer.json").is_file():
        return Tokenization.of(files)
    backend = getattr(model.tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise ModelUnavailable(
            f"The tokenizer of `{files.name}` does not tell which characters a token covers.",
            remedy="Use a copy of the model that has a tokenizer.json.",
        )
    return Tokenization(backend, files)
