"""What a writer hands to the gate: claims with references, none of them believed yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from assistant.domain import Caveat, Supported, Withheld
    from assistant.evidence import Evidence
    from ingest.understanding.statement import Standing


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a writer says a claim stands: a span of one document version, and the words it expects there."""

    document: str
    version: int
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class DraftClaim:
    """One sentence of an answer before the gate. `references` may be empty or wrong; the gate decides.

    `speaker`, `addressee`, `standing` and `time` are as in `assistant.domain.Supported`. `composed` tells that a language
    model worded it (see `assistant.checks.stating`).
    """

    text: str
    references: tuple[Reference, ...]
    speaker: str | None = None
    addressee: str | None = None
    standing: Standing | None = None
    time: str | None = None
    composed: bool = False


class Refused(NamedTuple):
    """A claim that did not pass, and why not."""

    claim: DraftClaim
    why: Withheld


class Mended(NamedTuple):
    """Another wording for the claim that was refused at `place` (counted from 0 among those refused)."""

    place: int
    claim: DraftClaim


@dataclass(slots=True)
class Writing:
    """What the trace says of how a draft was written. A writer fills it in while its claims are read.

    `model` is the language model that wrote the claims, None for the sources' own words. `attempts` name each model
    that was asked and what came of it. `prompts` are digests by name, `tokens` counts by kind. `cost` is in the
    currency of the prices that are set, None when none is. `evidence` are the places that the writer was shown, as
    `document@version:start-end`. `caveats` are what the writing itself gives rise to.
    """

    model: str | None = None
    attempts: list[str] = field(default_factory=list)
    prompts: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, int] = field(default_factory=dict)
    cost: float | None = None
    evidence: tuple[str, ...] = ()
    caveats: list[Caveat] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Draft:
    """Claims in the order they are to be read; those of a language model come while they are being written.

    The rest is for a language model's draft, and is called in this order. `mended` words refused claims anew, once.
    `in_its_place` gives the sources' own words that a refused claim rests on, None when it rests on none. `listed` gives
    what may be read of a refused claim. `company` gives what the claims that passed must not be shown without, as far as
    it is not among them. `instead` is what to write when nothing is shown.
    """

    claims: Iterable[DraftClaim]
    writing: Writing = field(default_factory=Writing)
    mended: Callable[[Sequence[Refused]], Iterable[Mended]] | None = None
    in_its_place: Callable[[Refused], DraftClaim | None] | None = None
    listed: Callable[[Withheld], Withheld] | None = None
    company: Callable[[Sequence[Supported]], Iterable[DraftClaim]] | None = None
    instead: Callable[[], Draft] | None = None


class Writer(Protocol):
    """Turns evidence into a draft."""

    def write(self, evidence: Evidence) -> Draft:
        """Claims in reading order, possibly none."""
        ...
