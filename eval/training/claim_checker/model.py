"""The cross-encoder: the bundled MiniLM reads claim and evidence together and says supported, refuted or neither.

Written out rather than taken from transformers: one product for query, key and value, no dropout, plain attention
(the fused one has a slow way back on processors in bfloat16). The verdict is read from three vectors: the first
token's, and mean and largest of the claim's own tokens after they have seen the evidence, so that one word
without a counterpart can decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch.nn import functional

if TYPE_CHECKING:
    from pathlib import Path

WIDTH, HEADS, LAYERS, INNER, WORDS, PLACES = 384, 12, 6, 1536, 30522, 512
_EPSILON = 1e-12


class Layer(torch.nn.Module):  # type: ignore[misc]  # torch is not followed by the type checker
    """One layer of the encoder, normalised after each half as BERT does."""

    def __init__(self, width: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = torch.nn.Linear(width, 3 * width)
        self.out = torch.nn.Linear(width, width)
        self.first_norm = torch.nn.LayerNorm(width, eps=_EPSILON)
        self.up = torch.nn.Linear(width, inner)
        self.down = torch.nn.Linear(inner, width)
        self.second_norm = torch.nn.LayerNorm(width, eps=_EPSILON)

    def forward(self, x: Any, bias: Any) -> Any:
        """`x`: (pairs, tokens, width); `bias`: (pairs, 1, 1, tokens), 0 for a token and very low for padding."""
        width = x.shape[-1]
        parts = self.qkv(x).unflatten(-1, (3, self.heads, width // self.heads)).permute(2, 0, 3, 1, 4)
        query, key, value = parts[0], parts[1], parts[2]
        scores = (query * (width // self.heads) ** -0.5) @ key.transpose(-1, -2) + bias
        seen = (scores.softmax(-1) @ value).transpose(1, 2).flatten(2)
        x = self.first_norm(x + self.out(seen))
        return self.second_norm(x + self.down(functional.gelu(self.up(x))))


class ClaimModel(torch.nn.Module):  # type: ignore[misc]
    """Logits (pairs, 3) for supported, refuted, neither."""

    def __init__(
        self, width: int = WIDTH, heads: int = HEADS, layers: int = LAYERS, inner: int = INNER, words: int = WORDS
    ) -> None:
        super().__init__()
        self.words = torch.nn.Embedding(words, width)
        self.places = torch.nn.Embedding(PLACES, width)
        self.types = torch.nn.Embedding(2, width)
        self.norm = torch.nn.LayerNorm(width, eps=_EPSILON)
        self.layers = torch.nn.ModuleList([Layer(width, heads, inner) for _ in range(layers)])
        self.dense = torch.nn.Linear(3 * width, width)
        self.verdict = torch.nn.Linear(width, 3)
        # The word vectors stay as they are: half of all parameters, and rare words would drift from their neighbours.
        self.words.weight.requires_grad_(False)

    def forward(self, input_ids: Any, token_type_ids: Any, attention_mask: Any) -> Any:
        """All (pairs, tokens), int64; `token_type_ids` is 1 for evidence."""
        places = torch.arange(input_ids.shape[1], device=input_ids.device)
        x = self.norm(self.words(input_ids) + self.places(places)[None] + self.types(token_type_ids))
        bias = ((1 - attention_mask[:, None, None, :]) * -30000.0).to(x.dtype)
        for layer in self.layers:
            x = layer(x, bias)
        claim = (attention_mask * (1 - token_type_ids)).unsqueeze(-1).to(x.dtype)
        mean = (x * claim).sum(1) / claim.sum(1)
        largest = (x + (claim - 1) * 30000.0).amax(1)
        return self.verdict(torch.tanh(self.dense(torch.cat([x[:, 0], mean, largest], -1))))


def load_minilm(model: ClaimModel, weights: Path) -> None:
    """The encoder's weights from the bundled model's safetensors file; the head stays as it was drawn."""
    from safetensors.torch import load_file

    held = load_file(str(weights))
    renamed = {"words": "word_embeddings", "places": "position_embeddings", "types": "token_type_embeddings"}
    state = {f"{ours}.weight": held[f"embeddings.{theirs}.weight"] for ours, theirs in renamed.items()}
    halves = {
        "out": "attention.output.dense",
        "first_norm": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "second_norm": "output.LayerNorm",
    }
    for kind in ("weight", "bias"):
        state[f"norm.{kind}"] = held[f"embeddings.LayerNorm.{kind}"]
        for number in range(len(model.layers)):
            place = f"encoder.layer.{number}"
            parts = [held[f"{place}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            state[f"layers.{number}.qkv.{kind}"] = torch.cat(parts)
            state |= {
                f"layers.{number}.{ours}.{kind}": held[f"{place}.{theirs}.{kind}"] for ours, theirs in halves.items()
            }
    missing = set(model.load_state_dict(state, strict=False).missing_keys)
    if missing != {f"{part}.{kind}" for part in ("dense", "verdict") for kind in ("weight", "bias")}:
        raise ValueError(f"The weights do not fit the model: {sorted(missing)}")
