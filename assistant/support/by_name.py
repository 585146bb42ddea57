"""Any cross-encoder or entailment model, by the name of a folder or of a model in the local hub cache.

A model whose labels speak of entailment or support gives the probability of that label; one with a single number gives
its logistic. What its scores mean is its maker's affair, so the threshold is the caller's. Needs torch and transformers.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from assistant.support import Support
from assistant.support.selection import select
from ingest.errors import ModelUnavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

_CARRIES = re.compile(r"entail(?:s|ed|ment)?|supports?|supported|consistent|grounded", re.I)
_LONGEST = 512


class NamedModel:
    """A sequence classification model behind the `SupportChecker` Protocol."""

    def __init__(self, model: str, *, threshold: float = 0.5, offline: bool = True) -> None:
        """Loads the model once.

        Raises:
            ModelUnavailable: it is not there, or no label of it says that evidence carries a claim.
        """
        from transformers import AutoModelForSequenceClassification, AutoTokenizer

        try:
            self._tokenizer = AutoTokenizer.from_pretrained(model, local_files_only=offline)
            self._model = AutoModelForSequenceClassification.from_pretrained(model, local_files_only=offline).eval()
        except (OSError, ValueError) as error:
            first = (str(error).strip() or type(error).__name__).splitlines()[0]
            raise ModelUnavailable(
                f"The claim checker `{model}` cannot be loaded: {first}", remedy="Name the folder the model is in."
            ) from error
        self._carries = _label(model, self._model.config)
        self._window = min(_LONGEST, int(self._model.config.max_position_embeddings))
        self._threshold = threshold
        self.name = model

    def check(self, claim: str, evidence_sentences: Sequence[str]) -> Support:
        """See `SupportChecker`. Of long evidence the sentences nearest to the claim are read."""
        read = select(claim, evidence_sentences, room=self._window // 2)
        evidence = " ".join(evidence_sentences[place] for place in read)
        if not evidence.strip():
            return Support(0.0, self._threshold, "There is no evidence to read.")
        score = self._score(claim, evidence)
        reason = "The evidence says this." if score >= self._threshold else "The evidence does not say this."
        return Support(score, self._threshold, reason, read)

    def _score(self, claim: str, evidence: str) -> float:
        import torch

        inputs = self._tokenizer(
            evidence, claim, truncation="longest_first", max_length=self._window, return_tensors="pt"
        )
        with torch.inference_mode():
            logits = self._model(**inputs).logits[0]
        if self._carries is None:
            return 1 / (1 + math.exp(-float(logits[0])))
        return float(logits.softmax(-1)[self._carries])


def _label(name: str, config: Any) -> int | None:
    """Which label says that the evidence carries the claim; None for a model that gives one number."""
    if config.num_labels == 1:
        return None
    for number, label in config.id2label.items():
        if _CARRIES.fullmatch(label):
            return int(number)
    raise ModelUnavailable(
        f"No label of `{name}` says that evidence carries a claim: {', '.join(config.id2label.values())}.",
        remedy="Use an entailment model, or one whose config.json names a label `entailment` or `supported`.",
    )
