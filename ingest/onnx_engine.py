"""The default embedding engine: the model's own ONNX export on onnxruntime, on the processor.

Needs neither torch nor transformers. At full precision it gives what sentence-transformers gives (the export is
checked) at about twice the speed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ingest.embedding import Encoded
from ingest.errors import ModelUnavailable
from ingest.onnx_export import exported
from ingest.tokenization import Batch, Piece, Tokenization

if TYPE_CHECKING:
    from ingest.engines import EngineSettings
    from ingest.models import ModelFiles


class OnnxEmbedder:
    """An `Embedder` on onnxruntime.

    Deterministic. At fp32 the texts in the same call may change the last bits of a vector (less than 1e-6 in any
    component: a matrix product is summed in another order). At int8 every text is run by itself, because the scale
    of its activations would otherwise depend on its neighbours; batches would not be faster.

    Memory: about 270 kB of token vectors for each passage of a call; a caller with many passages encodes them
    some hundreds at a time.
    """

    def __init__(
        self,
        files: ModelFiles,
        graph: Path,
        *,
        precision: Literal["fp32", "int8"] = "fp32",
        threads: int | None = None,
        batch: int = 8,
    ) -> None:
        self._tokenization = Tokenization.of(files)
        self._session = session(graph, threads or processors())
        self._dimensions = int(self._session.get_outputs()[0].shape[1])
        self._fingerprint = f"{files.name}@{files.identity[:12]}/onnx/{precision}"
        self._batch = batch if precision == "fp32" else 1
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
        feed = {"input_ids": batch.input_ids, "attention_mask": batch.attention_mask}
        vectors, tokens = self._session.run(["sentence", "tokens"], feed)
        return vectors, tokens


def open_engine(files: ModelFiles, settings: EngineSettings, cache: Path, say: Callable[[str], None]) -> OnnxEmbedder:
    """The engine on the model's exported graph, see `ingest.engines.load`.

    Raises:
        ExportError: there is no graph and none could be made.
    """
    graph = exported(files, settings.precision, cache, say=say)
    return OnnxEmbedder(files, graph, precision=settings.precision, threads=settings.threads, batch=settings.batch)


def encode(
    tokenization: Tokenization,
    run: Callable[[Batch], tuple[Any, Any]],
    texts: Sequence[str],
    batch: int,
    prompt: str = "",
) -> list[Encoded]:
    """Runs `texts` through a model in batches of like length and puts the results in their order.

    `run` returns vectors (texts, dimensions) and token vectors (texts, tokens, dimensions), both of length 1.
    """
    pieces = tokenization.cut(texts, prompt)
    found: dict[int, Encoded] = {}
    for each in tokenization.batches(pieces, batch):
        vectors, tokens = run(each)
        for row, place in enumerate(each.places):
            found[place] = _encoded(vectors[row], tokens[row], pieces[place])
    return [found[place] for place in range(len(pieces))]


def _encoded(vector: Any, tokens: Any, piece: Piece) -> Encoded:
    # Copied: a view would keep the padded batch alive for as long as any one of its texts.
    kept = tokens[piece.first : piece.first + len(piece.offsets)]
    return Encoded(np.array(vector, dtype=np.float32), np.array(kept, dtype=np.float32), piece.offsets)


def session(graph: Path, threads: int) -> Any:
    """The exported graph, loaded; see `ingest.onnx_export` for what goes in and comes out.

    Raises:
        ModelUnavailable: it cannot be loaded.
    """
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # The graph was optimised when it was exported; doing it again would cost half of the loading time.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    # Threads that spin for more work win nothing on a quiet machine and starve everybody on a busy one.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises its own classes straight from Exception
        raise ModelUnavailable(
            f"The exported embedding model cannot be loaded: {error}.", remedy=f"Remove {graph.parent}."
        ) from error


def processors() -> int:
    """Physical cores this process may run on, at least 1.

    A second thread on a core (hyper-threading) adds nothing to matrix products. Container quotas are honoured.
    """
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    cores = {_siblings(processor) for processor in allowed}
    return max(1, min(len(cores), _quota() or len(cores)))


def _siblings(processor: int) -> str:
    place = Path(f"/sys/devices/system/cpu/cpu{processor}/topology/thread_siblings_list")
    try:
        return place.read_text(encoding="ascii").strip()
    except OSError:
        return str(processor)


def _quota() -> int | None:
    try:
        limit, period = Path("/sys/fs/cgroup/cpu.max").read_text(encoding="ascii").split()
        return None if limit == "max" else max(1, round(int(limit) / int(period)))
    except (OSError, ValueError):
        return None
