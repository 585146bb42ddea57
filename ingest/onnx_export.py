"""Makes the ONNX graph that `ingest.onnx_engine` runs, once per model, and checks it against the original.

`python -m ingest.onnx_export` is the child process that does the work: the process that answers questions stays
free of torch and of its memory. A graph is two files in a folder of the cache that is named by everything it
depends on, and a third with their digests; the folder appears by one rename, after the check. One whose files are not
what was written is made anew.

The graph has two outputs: `sentence` (texts, dimensions), pooled, and `tokens` (texts, tokens, dimensions), both
of length 1 whatever the model's own settings say, because `Encoded` is.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ingest.errors import BriefingError
from ingest.models import described, file_digests

if TYPE_CHECKING:
    from ingest.models import ModelFiles

EXPORT_VERSION = 1
"""Raised whenever a change here changes the graph."""

GRAPH = "model.onnx"
_DIGESTS = "digests.json"
OPSET = 17
UNSUITABLE = 3
"""Exit status of the child when the model itself is the reason; anything else may pass on another try."""

_PATIENCE = 900.0
_BOUNDS = {"fp32": 2e-5, "int8": 0.2}
"""Largest difference allowed in any component of a vector of length 1. For fp32 that is rounding."""

SAMPLES = (
    "",
    "What has been asked of the company?",
    "The commissioner wrote to the company on 14 February 2022 and asked for its reply within 30 days.",
    "“Zoë’s naïve café”, said the Minister — £1,500,000 (1.5 million) — 北京 😀.",
    " ".join(f"Paragraph {n} of the report deals with section {n * 7} of the Act." for n in range(60)),
)


class ExportError(BriefingError):
    """The model has no ONNX graph and none could be made; it can still run on torch."""


def exported(files: ModelFiles, precision: Literal["fp32", "int8"], cache: Path, *, say: Callable[[str], None]) -> Path:
    """The model's graph in the cache, made first when it is not there (some seconds, once per machine).

    Two processes may ask at once; one makes it, the other waits.

    Raises:
        ExportError: torch is missing, the model cannot be exported or the export differs from the original.
    """
    place = cache / "models" / _key(files, precision)
    graph = place / GRAPH
    if _is_whole(place, cache):
        return graph
    refusal = place.with_name(f"{place.name}.unsuitable")
    if files.pooling is None:
        raise ExportError(f"`{files.name}` pools its tokens in a way that is not exported.", remedy="")
    if refusal.is_file():
        raise ExportError(refusal.read_text(encoding="utf-8").strip(), remedy=f"To try again, remove {refusal}.")
    from filelock import FileLock

    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(place.with_name(f"{place.name}.lock")):
            if not _is_whole(place, cache):
                _clear(place)
                say(f"Preparing the embedding model `{files.name}` ({precision}), once on this machine.")
                _in_child(files, precision, place, refusal)
    except OSError as error:
        raise ExportError(
            f"The cache cannot be written: {error}.", remedy=f"Make room or access in {cache}."
        ) from error
    return graph


def _key(files: ModelFiles, precision: str) -> str:
    parts = (files.identity[:16], files.pooling, f"w{files.window}", precision, f"v{EXPORT_VERSION}")
    # The optimised graph holds operators of onnxruntime's own, which another release may not have.
    return "-".join([*map(str, parts), f"ort{version('onnxruntime')}"])


def _is_whole(place: Path, cache: Path) -> bool:
    """False for a graph that is not there, half there or damaged."""
    try:
        written = json.loads((place / _DIGESTS).read_text(encoding="utf-8"))
        names = sorted(written)
        return GRAPH in names and file_digests([place / name for name in names], cache) == [written[n] for n in names]
    except (OSError, ValueError, TypeError):
        return False


def _clear(place: Path) -> None:
    """Removes what is damaged, and what a process that was killed left half done."""
    for draft in place.parent.glob(f"{place.name}.*.draft"):
        shutil.rmtree(draft, ignore_errors=True)
    if place.exists():
        shutil.rmtree(place)


def _in_child(files: ModelFiles, precision: str, place: Path, refusal: Path) -> None:
    draft = place.with_name(f"{place.name}.{secrets.token_hex(4)}.draft")
    # -P: a file called torch.py in the working folder must not be run.
    command = [sys.executable, "-P", "-m", "ingest.onnx_export", str(files.folder), str(draft)]
    command += ["--name", files.name, "--identity", files.identity, "--precision", precision]
    root = str(Path(__file__).resolve().parents[1])
    search = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and module, arguments as a list
            command,
            env={**os.environ, "PYTHONPATH": search, "HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE,
            check=False,
        )
        if child.returncode == 0:
            try:
                draft.rename(place)
            except OSError:
                if not place.is_dir():  # otherwise another was faster: a lock may not hold on a network folder
                    raise
            return
        lines = child.stderr.strip().splitlines() or [f"the export ended with status {child.returncode}"]
        if child.returncode == UNSUITABLE:
            refusal.write_text(lines[-1], encoding="utf-8")
        raise ExportError(lines[-1], remedy="")
    except subprocess.TimeoutExpired as error:
        raise ExportError(f"The export took longer than {_PATIENCE:g} s.", remedy="") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def export(files: ModelFiles, precision: Literal["fp32", "int8"], folder: Path) -> None:
    """Writes the checked graph to `folder` (made here). Needs torch, transformers and onnx.

    Raises:
        ExportError: the model cannot be exported, or the export differs from the original.
    """
    from ingest.sentence_transformer import open_model, reference

    folder.mkdir(parents=True)
    raw, graph = folder / "raw.onnx", folder / GRAPH
    model = open_model(files)
    original = reference(model, files, SAMPLES)
    try:
        _trace(model, files, raw)
    except (RuntimeError, TypeError, ValueError, NotImplementedError, AttributeError) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ExportError(f"`{files.name}` cannot be exported: {reason}.", remedy="") from error
    if precision == "int8":
        raw = _quantised(raw)
    _optimise(raw, graph)
    for rest in folder.glob("raw*"):
        rest.unlink()
    _check(files, graph, precision, original)
    made = sorted(folder.iterdir())
    digests = dict(zip([path.name for path in made], file_digests(made, None), strict=True))
    (folder / _DIGESTS).write_text(json.dumps(digests, indent=1), encoding="utf-8")


def _trace(model: Any, files: ModelFiles, path: Path) -> None:
    import torch

    transformer = model[0].model
    # The plain attention has a branch-free graph; the fused one looks at the mask it was traced with.
    transformer.set_attn_implementation("eager")
    graph = _graph(transformer, files.pooling or "mean")
    sample = torch.ones((2, 8), dtype=torch.int64)
    mask = torch.tensor([[1] * 8, [1] * 5 + [0] * 3])
    with _quiet(), torch.inference_mode():
        torch.onnx.export(
            graph,
            (sample, mask),
            str(path),
            input_names=["input_ids", "attention_mask"],
            output_names=["sentence", "tokens"],
            dynamic_axes={
                "input_ids": {0: "texts", 1: "length"},
                "attention_mask": {0: "texts", 1: "length"},
                "sentence": {0: "texts"},
                "tokens": {0: "texts", 1: "length"},
            },
            opset_version=OPSET,
            dynamo=False,
        )


def _graph(transformer: Any, pooling: str) -> Any:
    import torch
    from torch.nn.functional import normalize

    class Graph(torch.nn.Module):  # type: ignore[misc]  # torch is not followed by the type checker
        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, input_ids: Any, attention_mask: Any) -> tuple[Any, Any]:
            tokens = self.transformer(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            if pooling == "cls":
                pooled = tokens[:, 0]
            else:
                weights = attention_mask.unsqueeze(-1).to(tokens.dtype)
                pooled = (tokens * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
            return normalize(pooled, dim=1), normalize(tokens, dim=2)

    return Graph().eval()


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Silences what this exporter is known to say; whether it matters is decided by the check afterwards."""
    import torch

    with warnings.catch_warnings():
        for message, category in (
            ("You are using the legacy TorchScript-based ONNX export", DeprecationWarning),
            ("The feature will be removed", DeprecationWarning),
            ("Exporting aten::index operator", UserWarning),
            ("Constant folding", UserWarning),
        ):
            warnings.filterwarnings("ignore", message=message, category=category)
        warnings.simplefilter("ignore", torch.jit.TracerWarning)
        yield


def _quantised(raw: Path) -> Path:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    made = raw.with_name("raw-int8.onnx")
    quantize_dynamic(
        str(raw), str(made), op_types_to_quantize=["MatMul"], per_channel=True, weight_type=QuantType.QInt8
    )
    return made


def _optimise(raw: Path, graph: Path) -> None:
    """Writes the graph as onnxruntime rewrites it, weights apart: it then loads in a third of the time."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3  # it warns that the result depends on its version; the folder's name says so
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(graph)
    weights = "session.optimized_model_external_initializers_"
    options.add_session_config_entry(f"{weights}file_name", "weights.bin")
    options.add_session_config_entry(f"{weights}min_size_in_bytes", "1024")
    onnxruntime.InferenceSession(str(raw), options, providers=["CPUExecutionProvider"])


def _check(files: ModelFiles, graph: Path, precision: Literal["fp32", "int8"], original: tuple[Any, list[Any]]) -> None:
    from ingest.onnx_engine import OnnxEmbedder
    from ingest.tokenization import Tokenization

    trailing = len(Tokenization.of(files).trailing)
    made = OnnxEmbedder(files, graph, precision=precision, batch=len(SAMPLES)).encode(SAMPLES)
    vectors, tokens = original
    apart = [float(np.abs(one.vector - vector).max()) for one, vector in zip(made, vectors, strict=True)]
    for one, all_tokens in zip(made, tokens, strict=True):
        # The original's rows include special tokens at both ends, and a prompt behind the leading ones.
        end = len(all_tokens) - trailing
        rows = all_tokens[end - len(one.tokens) : end]
        apart.append(float(np.abs(one.tokens - rows).max(initial=0.0)))
    worst = max(apart)
    if not worst <= _BOUNDS[precision]:  # also when it is not a number
        raise ExportError(f"The export of `{files.name}` differs from the original by {worst:.2g}.", remedy="")


def main() -> int:
    """The child process: exports one model, says in one line why it could not."""
    parser = argparse.ArgumentParser(prog="python -m ingest.onnx_export")
    parser.add_argument("folder", type=Path)
    parser.add_argument("draft", type=Path)
    parser.add_argument("--name", required=True)
    parser.add_argument("--identity", required=True, help="of the model as it was found, lest it has changed since")
    parser.add_argument("--precision", choices=["fp32", "int8"], required=True)
    given = parser.parse_args()
    try:
        files = described(given.name, given.folder)
        if files.identity != given.identity:
            sys.stderr.write(f"\nThe files of `{given.name}` changed while it was being prepared.\n")
            return 1
        export(files, given.precision, given.draft)
    except ExportError as error:
        sys.stderr.write(f"\n{error}\n")
        return UNSUITABLE
    except (BriefingError, ImportError, OSError) as error:
        sys.stderr.write(f"\n{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
