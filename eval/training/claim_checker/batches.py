"""Pairs in batches of about the same number of tokens, each padded to its own longest pair only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray


class Batch(NamedTuple):
    """Arrays (pairs, tokens) for the model; `label`, `weight` and `source` are (pairs,)."""

    input_ids: NDArray[np.int64]
    token_type_ids: NDArray[np.int64]
    attention_mask: NDArray[np.int64]
    label: NDArray[np.int64]
    weight: NDArray[np.float32]
    places: NDArray[np.int64]


class Pairs:
    """The arrays that `data.write` made."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as held:
            self.arrays: dict[str, Any] = {name: held[name] for name in held.files}
        self.lengths = np.diff(self.arrays["starts"])
        self.training = np.flatnonzero(~self.arrays["held_out"] & ~self.arrays["dropped"])
        self.held_out = np.flatnonzero(self.arrays["held_out"])

    def level(self, parts: int = 6) -> None:
        """Weights such that words in common say nothing of the label.

        Pairs are put into classes by length and by the share of the claim's tokens that the evidence holds; in each
        class the carried and the others then weigh the same. No pair weighs more than three times what it did.
        """
        held, share = self.arrays, self._shares()
        length = np.digitize(self.lengths, (40, 80))
        by = length * parts + np.minimum((share * parts).astype(np.int64), parts - 1)
        carried = held["label"] == 0
        for one in np.unique(by[self.training]):
            mine = self.training[by[self.training] == one]
            for side in (carried[mine], ~carried[mine]):
                if side.any():
                    held["weight"][mine[side]] *= np.clip(0.5 * len(mine) / side.sum(), 1 / 3, 3)

    def _shares(self) -> NDArray[np.float64]:
        held = self.arrays
        share = np.ones(len(self.lengths))
        for place, (first, last) in enumerate(zip(held["starts"], held["starts"][1:], strict=False)):
            tokens, second = held["tokens"][first:last], held["second"][place]
            claim = frozenset(tokens[1 : second - 1].tolist())
            share[place] = len(claim & frozenset(tokens[second:-1].tolist())) / max(1, len(claim))
        return share

    def batch(self, places: NDArray[np.int64]) -> Batch:
        """The pairs at these places."""
        held, lengths = self.arrays, self.lengths[places]
        shape = (len(places), int(lengths.max()))
        input_ids = np.zeros(shape, dtype=np.int64)
        for row, place in enumerate(places):
            input_ids[row, : lengths[row]] = held["tokens"][held["starts"][place] : held["starts"][place + 1]]
        column = np.arange(shape[1])
        mask = (column < lengths[:, None]).astype(np.int64)
        types = (column >= held["second"][places][:, None]).astype(np.int64) * mask
        label = held["label"][places].astype(np.int64)
        return Batch(input_ids, types, mask, label, held["weight"][places], places)

    def plan(self, places: NDArray[np.int64], tokens: int, seed: int) -> list[NDArray[np.int64]]:
        """All places in batches of up to `tokens` tokens, padding included.

        Shuffled, sorted by length within stretches of about fifty batches, and the batches shuffled again.
        """
        random = np.random.default_rng(seed)
        order = random.permutation(places)
        stretch = max(1, int(50 * tokens / max(1.0, float(self.lengths[places].mean()))))
        batches: list[NDArray[np.int64]] = []
        for first in range(0, len(order), stretch):
            part = order[first : first + stretch]
            part = part[np.argsort(self.lengths[part], kind="stable")]
            made = list(_cut(part, self.lengths[part], tokens))
            batches += [made[place] for place in random.permutation(len(made))]
        return batches


def _cut(places: NDArray[np.int64], lengths: NDArray[np.int64], tokens: int) -> Iterator[NDArray[np.int64]]:
    first = 0
    for last in range(1, len(places) + 1):
        if last == len(places) or lengths[last] * (last + 1 - first) > tokens:
            yield places[first:last]
            first = last
