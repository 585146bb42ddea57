"""The built-in claim checker: offline, on one core, some milliseconds a claim.

It chooses the evidence sentences to read, lets the cross-encoder read them with the claim, together and the nearest
of them alone, and weighs its verdict with what can be seen of words, figures, names and negations in all of the evidence. A claim that repeats a sentence is carried by it; a claim
of several sentences is only as well carried as its weakest one.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.support import Support
from assistant.support.alignment import align
from assistant.support.calibration import BUILT_IN, BY_WORDS, Verdict, beside, probability
from assistant.support.cross_encoder import CrossEncoder
from assistant.support.selection import nearest, select
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
_ALONE = 2
"""How many sentences are also read alone: in many a claim's one source drowns."""

_MARKS = str.maketrans("“”‘’", "\"\"''")


class Reader(Protocol):
    """A model that reads claim and evidence together."""

    def log_odds(self, claim: str, evidence: str) -> tuple[float, bool]:
        """Log odds that the evidence carries the claim, and whether it rather speaks against it."""
        ...


class BuiltIn:
    """Weighs the words, and with a `reader` its verdict beside them."""

    def __init__(
        self,
        reader: Reader | None,
        name: str,
        *,
        strict: bool = True,
        words: Calibration = BY_WORDS,
        both: Calibration = BUILT_IN,
    ) -> None:
        self._reader, self._words, self._calibration = reader, words, both
        used = words if reader is None else both
        self._threshold = used.strict if strict else used.balanced
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
        evidence = [" ".join(sentence.split()) for sentence in evidence_sentences]
        places = select(claim, evidence)
        alignment, words = align(claim, evidence), sum(len(one.split()) for one in evidence)
        log_odds, against = self._words.log_odds(alignment.features(), words), False
        if self._reader is not None:
            verdict, against = read(self._reader, claim, [evidence[place] for place in places])
            log_odds = self._calibration.log_odds(beside(log_odds, verdict, alignment.length), words)
        score = probability(log_odds)
        reason = _reason(score >= self._threshold, alignment, against=against, model=self._reader is not None)
        return Support(score, self._threshold, reason, places)


def built_in(
    *, strict: bool = True, say: Callable[[str], None], weights: Path = WEIGHTS, digest: str = DIGEST
) -> SupportChecker:
    """The checker that needs nothing but this package; without its weights the one that compares words, which is said."""
    try:
        return with_model(strict=strict, weights=weights, digest=digest)
    except ModelUnavailable as error:
        say(f"Claims are checked by their words alone. {error}")
        return BuiltIn(None, "words", strict=strict)


def with_model(*, strict: bool = True, weights: Path = WEIGHTS, digest: str = DIGEST) -> SupportChecker:
    """The checker with its cross-encoder.

    Raises:
        ModelUnavailable: its weights are missing, damaged or not those of this version.
    """
    tokenizer = locate("all-MiniLM-L6-v2").transformer / "tokenizer.json"
    reader = CrossEncoder(weights, tokenizer, digest=digest)
    return BuiltIn(reader, f"claim-checker@{digest[:12]}", strict=strict)


def read(reader: Reader, claim: str, chosen: Sequence[str]) -> tuple[Verdict, bool]:
    """What the reader says of the chosen sentences together, and the best it says of them or of the nearest alone."""
    together, against = reader.log_odds(claim, " ".join(chosen))
    alone = nearest(claim, chosen, _ALONE) if len(chosen) > 1 else ()
    return Verdict(together, max([together, *(reader.log_odds(claim, chosen[place])[0] for place in alone)])), against


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
    if alignment.denies:
        return "One of claim and evidence denies what the other says."
    if against:
        return "The evidence says otherwise."
    return "The evidence does not say this." if model else "The evidence holds too few of the claim's words."
