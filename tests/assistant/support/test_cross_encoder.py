from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import torch

from assistant.support.cross_encoder import WINDOW, CrossEncoder
from eval.training.claim_checker.export import quantised
from eval.training.claim_checker.model import ClaimModel
from ingest.errors import ModelUnavailable
from ingest.models import locate

TOKENIZER = locate("all-MiniLM-L6-v2").transformer / "tokenizer.json"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny model with weights drawn by a seed, in eight bits."""
    torch.manual_seed(1)
    model = ClaimModel(width=16, heads=2, layers=1, inner=32).eval()
    return quantised(model, tmp_path_factory.mktemp("graph"))


def test_the_graph_gives_three_numbers_for_a_pair(graph: Path) -> None:
    assert CrossEncoder(graph, TOKENIZER).logits("The fee rose.", "The fee rose to 40 pounds.").shape == (3,)


def test_the_same_pair_gives_the_same_numbers(graph: Path) -> None:
    reader = CrossEncoder(graph, TOKENIZER)
    first = reader.log_odds("The fee rose.", "The fee fell.")
    reader.log_odds("Something else altogether.", "With other evidence. " * 30)
    assert reader.log_odds("The fee rose.", "The fee fell.") == first


def test_evidence_past_the_window_is_not_read(graph: Path) -> None:
    reader = CrossEncoder(graph, TOKENIZER)
    long = "word " * (2 * WINDOW)
    assert reader.log_odds("The fee rose.", long) == reader.log_odds("The fee rose.", long + "more")


def test_half_a_surrogate_pair_does_not_stop_it(graph: Path) -> None:
    assert CrossEncoder(graph, TOKENIZER).logits("The fee \ud83d rose.", "It rose.").shape == (3,)


def test_a_graph_with_another_digest_is_refused(graph: Path) -> None:
    with pytest.raises(ModelUnavailable, match="not the claim checker"):
        CrossEncoder(graph, TOKENIZER, digest="0" * 64)
    right = hashlib.sha256(graph.read_bytes()).hexdigest()
    assert CrossEncoder(graph, TOKENIZER, digest=right).logits("A.", "B.").shape == (3,)


def test_a_file_that_is_no_graph_is_refused(tmp_path: Path) -> None:
    (tmp_path / "broken.onnx").write_bytes(b"no graph")
    with pytest.raises(ModelUnavailable):
        CrossEncoder(tmp_path / "broken.onnx", TOKENIZER)
