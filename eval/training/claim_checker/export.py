"""From a run's state to the graph that is shipped: eight bits, about 23 MB, checked against torch.

    python -m eval.training.claim_checker.export --run RUN --out claim-checker.onnx --pairs pairs.npz

Word vectors are kept as whole numbers with one scale a word; matrices as whole numbers with one scale a column, in
seven bits, because processors without VNNI may overflow on eight. On held-out pairs the shipped graph may lose at
most `_WORST` of area under the curve against torch at full precision; otherwise nothing is written.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from eval.metrics.verdicts import area
from eval.training.claim_checker.batches import Pairs
from eval.training.claim_checker.model import ClaimModel

if TYPE_CHECKING:
    from numpy.typing import NDArray

_OPSET = 17
_WORST = 0.005
_COMPARED = 600


class Lookup(torch.nn.Module):  # type: ignore[misc]  # torch is not followed by the type checker
    """Word vectors as whole numbers from -127 to 127, with one scale a word."""

    def __init__(self, vectors: Any) -> None:
        super().__init__()
        scale = vectors.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("table", (vectors / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, input_ids: Any) -> Any:
        """(pairs, tokens) to (pairs, tokens, width)."""
        return self.table[input_ids].float() * self.scale[input_ids]


def main() -> None:
    """Export, quantise, compare, write, print the digest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    model = ClaimModel()
    model.load_state_dict(torch.load(given.run / "state.pt", weights_only=True)["model"])
    model.eval()
    pairs = Pairs(given.pairs)
    places = np.random.default_rng(1).permutation(pairs.held_out)[:_COMPARED]
    before = _by_torch(model, pairs, places)
    with tempfile.TemporaryDirectory() as scratch:
        made = quantised(model, Path(scratch))
        after = _by_graph(made, pairs, places)
        right = pairs.arrays["label"][places] == 0
        areas = area(before, right) or 0.0, area(after, right) or 0.0
        sys.stderr.write(
            f"area under the curve on {len(places)} held-out pairs: torch {areas[0]:.4f}, graph {areas[1]:.4f}\n"
        )
        if areas[1] < areas[0] - _WORST:
            raise SystemExit("The graph is worse than the model it was made from; nothing was written.")
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_bytes(made.read_bytes())
    digest = hashlib.sha256(given.out.read_bytes()).hexdigest()
    sys.stdout.write(f"{given.out} {given.out.stat().st_size / 1e6:.1f} MB sha256 {digest}\n")


def quantised(model: ClaimModel, folder: Path) -> Path:
    """The graph in eight bits, in `folder`; the model's word vectors are in eight bits afterwards, too."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    raw, made = folder / "raw.onnx", folder / "int8.onnx"
    model.words = Lookup(model.words.weight.detach())
    sample = torch.ones((2, 8), dtype=torch.int64)
    types = torch.tensor([[0, 0, 0, 0, 1, 1, 1, 1]] * 2)
    names = ["input_ids", "token_type_ids", "attention_mask"]
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")  # what this exporter says is settled by the comparison afterwards
        torch.onnx.export(
            model,
            (sample, types, torch.ones_like(sample)),
            str(raw),
            input_names=names,
            output_names=["logits"],
            dynamic_axes={name: {0: "pairs", 1: "tokens"} for name in names} | {"logits": {0: "pairs"}},
            opset_version=_OPSET,
            dynamo=False,
        )
    quantize_dynamic(
        str(raw),
        str(made),
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
    )
    return made


def _by_torch(model: ClaimModel, pairs: Pairs, places: NDArray[np.int64]) -> NDArray[np.float64]:
    scores = np.zeros(len(places))
    with torch.inference_mode():
        for row in range(len(places)):
            batch = pairs.batch(places[row : row + 1])
            scores[row] = _odds(model(*(torch.from_numpy(one) for one in batch[:3])).numpy()[0])
    return scores


def _by_graph(graph: Path, pairs: Pairs, places: NDArray[np.int64]) -> NDArray[np.float64]:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    scores = np.zeros(len(places))
    for row in range(len(places)):
        batch = pairs.batch(places[row : row + 1])
        inputs = dict(zip(("input_ids", "token_type_ids", "attention_mask"), batch[:3], strict=True))
        scores[row] = _odds(session.run(["logits"], inputs)[0][0])
    return scores


def _odds(logits: Any) -> float:
    return float(logits[0] - np.logaddexp(logits[1], logits[2]))


if __name__ == "__main__":
    main()
