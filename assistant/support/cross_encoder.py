"""The built-in checker's model: a small cross-encoder on onnxruntime that reads claim and evidence together."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.errors import ModelUnavailable

if TYPE_CHECKING:
    from pathlib import Path

WINDOW = 144
"""Tokens read, special ones included: as in training."""

_REMEDY = "Install the package again."


class CrossEncoder:
    """Runs the graph on one pair at a time: at eight bits a pair's numbers would depend on its neighbours in a batch."""

    def __init__(self, graph: Path, tokenizer: Path, *, threads: int = 1, digest: str | None = None) -> None:
        """Opens both files; with `digest`, the SHA-256 that the graph must have.

        Raises:
            ModelUnavailable: a file is missing, damaged or not the one expected.
        """
        try:
            self._session = _session(_whole(graph, digest), threads)
            self._tokenizer = _tokenizer(tokenizer)
        except ModelUnavailable:
            raise
        except Exception as error:  # both libraries raise kinds of their own for a damaged file
            raise ModelUnavailable(f"The claim checker cannot be read: {error}.", remedy=_REMEDY) from error

    def logits(self, claim: str, evidence: str) -> Any:
        """For supported, refuted and neither, before they are made probabilities."""
        one = self._tokenizer.encode(_readable(claim), _readable(evidence))
        inputs = {
            "input_ids": np.array([one.ids], dtype=np.int64),
            "token_type_ids": np.array([one.type_ids], dtype=np.int64),
            "attention_mask": np.ones((1, len(one.ids)), dtype=np.int64),
        }
        return self._session.run(["logits"], inputs)[0][0]

    def log_odds(self, claim: str, evidence: str) -> tuple[float, bool]:
        """Log odds that the evidence carries the claim, and whether it rather speaks against it.

        Evidence past the window is not read.
        """
        supported, refuted, neither = self.logits(claim, evidence)
        return float(supported - np.logaddexp(refuted, neither)), bool(refuted > max(supported, neither))


def _whole(graph: Path, digest: str | None) -> bytes:
    if not graph.is_file():
        raise ModelUnavailable(f"The claim checker's model file is not there ({graph}).", remedy="Put it there.")
    held = graph.read_bytes()
    if digest is not None and hashlib.sha256(held).hexdigest() != digest:
        raise ModelUnavailable(f"{graph} is not the claim checker that this version was made with.", remedy=_REMEDY)
    return held


def _session(graph: bytes, threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _tokenizer(path: Path) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(path.read_text(encoding="utf-8"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(WINDOW, strategy="longest_first")
    return tokenizer


def _readable(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
