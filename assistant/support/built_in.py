"""The built-in claim checker: offline, on one core, some milliseconds a claim.

It chooses the evidence sentences to read, lets the cross-encoder read them with the claim, and weighs its verdict
with what can be seen of words, figures, names and negations. A claim that repeats a sentence is carried by it; a claim
of several sentences is only as well carried as its weakest one.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.support import Support
from assistant.support.alignment import align
from assistant.support.calibration import BUILT_IN, BY_WORDS
from assistant.support.cross_encoder import CrossEncoder
from assistant.support.selection import select
from ingest.errors import ModelUnavailable
from ingest.models import locate
from ingest.segment.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.support import SupportChecker
    from assistant.support.alignment import Alignment
    from assistant.support.calibration import Calibration

WEIGHTS = Path(__file__).parent / "weights" / "claim-checker.onnx"
DIGEST = "38f8b865e0547bc1dfaf9e217a8cca8b0b1b9f0f8cd4fc30f7267ff8980b37fd"
"""SHA-256 of the weights that `BUILT_IN` was fitted to; other weights need a calibration and a digest of their own."""

_LONG_CLAIM = 40
_MARKS = str.maketrans("“”‘’", "\"\"''")


class Reader(Protocol):
    """A model that reads claim and evidence together."""

    def log_odds(self, claim: str, evidence: str) -> tuple[float, bool]:
        """Log odds that the evidence carries the claim, and whether it rather speaks against it."""
        ...


class BuiltIn:
    """Weighs a cross-encoder with alignment; without one, alignment alone."""

    def __init__(self, reader: Reader | None, calibration: Calibration, name: str, *, strict: bool = True) -> None:
        self._reader = reader
        self._calibration = calibration
        self._threshold = calibration.strict if strict else calibration.balanced
        self._name = name

    @property
    def name(self) -> str:
        """The checker and the beginning of its weights' digest."""
        return self._name

    def check(self, claim: str, evidence_sentences: Sequence[str]) -> Support:
        """See `SupportChecker`."""
        if not any(sentence.strip() for sentence in evidence_sentences):
            return Support(0.0, self._threshold, "There is no evidence to read.")
        same = _verbatim(claim, evidence_sentences)
        if same is not None:
            return Support(1.0, self._threshold, "The evidence says this, word for word.", (same,))
        verdicts = [self._one(part, evidence_sentences) for part in _parts(claim)]
        return min(verdicts, key=lambda one: one.score)

    def _one(self, claim: str, evidence_sentences: Sequence[str]) -> Support:
        read = select(claim, evidence_sentences)
        chosen = [" ".join(evidence_sentences[place].split()) for place in read]
        alignment = align(claim, chosen)
        log_odds, against = self._reader.log_odds(claim, " ".join(chosen)) if self._reader else (0.0, False)
        score = self._calibration.score(log_odds, alignment.features(), sum(len(one.split()) for one in chosen))
        reason = _reason(score >= self._threshold, alignment, against=against, model=self._reader is not None)
        return Support(score, self._threshold, reason, read)


def built_in(
    *, strict: bool = True, say: Callable[[str], None], weights: Path = WEIGHTS, digest: str = DIGEST
) -> SupportChecker:
    """The checker that needs nothing but this package; without its weights the one that compares words, which is said."""
    try:
        tokenizer = locate("all-MiniLM-L6-v2").transformer / "tokenizer.json"
        reader = CrossEncoder(weights, tokenizer, digest=digest)
    except ModelUnavailable as error:
        say(f"Claims are checked by their words alone. {error}")
        return BuiltIn(None, BY_WORDS, "words", strict=strict)
    return BuiltIn(reader, BUILT_IN, f"claim-checker@{digest[:12]}", strict=strict)


def _verbatim(claim: str, evidence_sentences: Sequence[str]) -> int | None:
    """The sentence that the claim repeats whole. A part of one will not do: what stands before it may deny it."""
    said = _plain(claim)
    return next((place for place, sentence in enumerate(evidence_sentences) if _plain(sentence) == said), None)


def _plain(text: str) -> str:
    return " ".join(text.translate(_MARKS).casefold().split()).strip(" .\"'")


def _parts(claim: str) -> list[str]:
    """The claim itself; its sentences when it is too long to be read beside its evidence."""
    if len(claim.split()) <= _LONG_CLAIM:
        return [claim]
    return [claim[span.start : span.end] for span in sentences(claim, 0, len(claim))] or [claim]


def _reason(carried: bool, alignment: Alignment, *, against: bool, model: bool) -> str:
    if carried:
        return (
            "The evidence says this." if model else "The evidence holds the words of this claim; no model has read it."
        )
    if alignment.missing_figures:
        return f"The evidence does not hold the figure `{alignment.missing_figures[0]}`."
    if alignment.missing_names:
        return f"The evidence does not name `{alignment.missing_names[0]}`."
    if alignment.negation:
        return "One of claim and evidence denies what the other says."
    if against:
        return "The evidence says otherwise."
    return "The evidence does not say this." if model else "The evidence holds too few of the claim's words."
