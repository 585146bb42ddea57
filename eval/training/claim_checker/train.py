"""Trains the cross-encoder on the processor, for a number of minutes, and can be stopped and resumed at any time.

    python -m eval.training.claim_checker.train --pairs pairs.npz --out RUN --minutes 60 [--epochs 1] [--seed 20]

The learning rate rises for the first steps and falls to nothing at the end of the epochs or of the minutes,
whichever comes first, so that a busy machine gets a finished, if shorter, training. Matrix products are in bfloat16,
weights and sums in float32. Every 100 steps the state is written (one rename); a run started again goes on from there.
"""

from __future__ import annotations

import argparse
import copy
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from eval.metrics.verdicts import area
from eval.training.claim_checker.batches import Pairs
from eval.training.claim_checker.model import ClaimModel, load_minilm
from ingest.models import locate

if TYPE_CHECKING:
    from eval.training.claim_checker.batches import Batch

_WARM_UP, _WARM_AGAIN = 120, 30
_EVERY = 100
_WATCHED = 1_500


def main() -> None:
    """Read the arguments and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--epochs", type=float, default=1.0)
    parser.add_argument("--tokens", type=int, default=3_072, help="in one batch")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--level", action="store_true", help="weigh pairs so that words in common say nothing")
    parser.add_argument("--start", type=Path, help="a run whose weights this one starts from")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    given.out.mkdir(parents=True, exist_ok=True)
    model = ClaimModel()
    load_minilm(model, locate("all-MiniLM-L6-v2").transformer / "model.safetensors")
    Training(given, model).run()


class Training:
    """One run and its state: `model` with the weights it starts from, or those of `given.out` when it was begun before."""

    def __init__(self, given: argparse.Namespace, model: ClaimModel) -> None:
        self.given = given
        self.pairs = Pairs(given.pairs)
        if given.level:
            self.pairs.level()
        self.model = model
        if given.start:
            self.model.load_state_dict(torch.load(given.start / "state.pt", weights_only=True)["model"])
        head = [*self.model.dense.parameters(), *self.model.verdict.parameters()]
        known = {id(one) for one in head}
        body = [one for one in self.model.parameters() if one.requires_grad and id(one) not in known]
        groups = [{"params": body, "factor": 1.0}, {"params": head, "factor": 1.0 if given.start else 5.0}]
        self.optimiser = torch.optim.AdamW(groups, lr=given.rate, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
        self.warm_up = _WARM_AGAIN if given.start else _WARM_UP
        self.step, self.spent = 0, 0.0
        self.state = given.out / "state.pt"
        if self.state.is_file():
            held = torch.load(self.state, weights_only=True)
            self.model.load_state_dict(held["model"])
            self.optimiser.load_state_dict(held["optimiser"])
            self.step, self.spent = held["step"], held["spent"]
        # Forward and back run on a copy in bfloat16; the weights that are kept and summed into are float32.
        self.copy = copy.deepcopy(self.model).bfloat16()
        self.kept = [one for one in self.model.parameters() if one.requires_grad]
        self.copied = [one for one in self.copy.parameters() if one.requires_grad]

    def run(self) -> None:
        """Every batch of the plan from the step reached, until the schedule ends."""
        plan = self._plan()
        first, began, losses = self.step, time.monotonic(), []
        before = self.spent
        while self.step < len(plan):
            self.spent = before + time.monotonic() - began
            done = max(self.step / len(plan), self.spent / (60 * self.given.minutes))
            if done >= 1:
                break
            rate = self.given.rate * min(1.0, (self.step + 1) / self.warm_up) * (1 - done)
            losses.append(self._learn(self.pairs.batch(plan[self.step]), rate))
            self.step += 1
            if self.step % _EVERY == 0:
                self._save()
                pace = (time.monotonic() - began) / (self.step - first)
                say = f"step {self.step}/{len(plan)} loss {np.mean(losses[-_EVERY:]):.4f} rate {rate:.2e} done {done:.3f} "
                watched = f" watched {self.watch():.4f}" if self.step % (5 * _EVERY) == 0 else ""
                sys.stderr.write(f"{say}{pace:.2f} s/step cpu {time.process_time():.0f} s{watched}\n")
        self._save()
        sys.stderr.write(f"finished at step {self.step}, {self.spent:.0f} s, watched AUC {self.watch(10_000):.4f}\n")

    def _plan(self) -> list[Any]:
        plan: list[Any] = []
        for epoch in range(int(np.ceil(self.given.epochs))):
            plan += self.pairs.plan(self.pairs.training, self.given.tokens, self.given.seed + epoch)
        return plan[: int(len(plan) * self.given.epochs / np.ceil(self.given.epochs))]

    def _learn(self, batch: Batch, rate: float) -> float:
        for group in self.optimiser.param_groups:
            group["lr"] = rate * group["factor"]
        for one in self.copied:
            one.grad = None
        loss = loss_of(self._logits(batch), batch)
        loss.backward()
        for one, copied in zip(self.kept, self.copied, strict=True):
            one.grad = copied.grad.float()
        torch.nn.utils.clip_grad_norm_(self.kept, 1.0)
        self.optimiser.step()
        with torch.no_grad():
            for one, copied in zip(self.kept, self.copied, strict=True):
                copied.copy_(one)
        return float(loss.detach())

    def _logits(self, batch: Batch) -> Any:
        return self.copy(*(torch.from_numpy(one) for one in batch[:3])).float()

    def watch(self, most: int = _WATCHED) -> float:
        """Area under the curve, supported against the rest, on pairs held out."""
        places = np.random.default_rng(0).permutation(self.pairs.held_out)[:most]
        scores, right = np.zeros(len(places)), self.pairs.arrays["label"][places] == 0
        where = {int(place): row for row, place in enumerate(places)}
        with torch.inference_mode():
            for part in self.pairs.plan(places, 8_192, 0):
                probability = self._logits(self.pairs.batch(part)).softmax(-1)[:, 0]
                scores[[where[int(place)] for place in part]] = probability.numpy()
        return area(scores, right) or 0.0

    def _save(self) -> None:
        draft = self.state.with_suffix(".draft")
        held = {"model": self.model.state_dict(), "optimiser": self.optimiser.state_dict()}
        torch.save(held | {"step": self.step, "spent": self.spent}, draft)
        draft.replace(self.state)


def loss_of(logits: Any, batch: Batch) -> Any:
    """Cross entropy over three verdicts; where only "not supported" is known, over two."""
    label, weight = torch.from_numpy(batch.label), torch.from_numpy(batch.weight)
    log = logits.log_softmax(-1)
    rest = torch.logsumexp(log[:, 1:], -1, keepdim=True)
    chosen = torch.cat([log, rest], -1).gather(1, label[:, None])[:, 0]
    return -(chosen * weight).sum() / weight.sum()


if __name__ == "__main__":
    main()
