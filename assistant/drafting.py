"""What a writer hands to the gate: claims with references, none of them believed yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
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

    `speaker`, `addressee`, `standing` and `time` are as in `assistant.domain.Supported`.
    """

    text: str
    references: tuple[Reference, ...]
    speaker: str | None = None
    addressee: str | None = None
    standing: Standing | None = None
    time: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """Claims in the order they are to be read."""

    claims: tuple[DraftClaim, ...]


class Writer(Protocol):
    """Turns evidence into a draft."""

    def write(self, evidence: Evidence) -> Draft:
        """Claims in reading order, possibly none."""
        ...
