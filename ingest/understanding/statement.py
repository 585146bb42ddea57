"""The words of this package as types: statement, attribution, standing, time, entity, correction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ingest.documents import Span

Standing = Literal[
    "finding",
    "allegation",
    "request",
    "denial",
    "response",
    "decision",
    "law",
    "statement_of_fact",
    "opinion",
]

EntityKind = Literal["vendor", "public_body", "organisation", "person", "place"]

Basis = Literal["stated", "published", "statement"]
"""What dates a time: its own words, the date of publication, or the date of the statement that quotes it."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a sentence.

    `speaker` is as the sentence `basis` names it, `name` the fullest form the document gives of the same speaker.
    `basis` is the span of the sentence that says so, which may be another one; a claim that names the speaker must
    cite it. `quoted` is True for the speaker's own words. `chain` runs from whoever tells us to whoever is told
    about, the outlet of a story first: outlet, speaker, and whom the speaker quotes in turn. `basis_text` is the text
    of `basis`.
    """

    speaker: str
    verb: str
    basis: Span
    quoted: bool
    name: str
    role: str | None = None
    addressee: str | None = None
    chain: tuple[str, ...] = ()
    basis_text: str = ""


@dataclass(frozen=True, slots=True)
class Time:
    """A time that a statement speaks of.

    `words` are the source's own. `date` is ISO 8601 at the precision that is known ("2021-07", "2021"), or two dates
    with a slash for a stretch ("2021-07-12/2021-07-18"); None when nothing dates the words.
    """

    words: str
    date: str | None
    basis: Basis | None


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence with what is known of it. `cue` are the words that decided the standing, empty for none.

    `times` are in the order of the text. `made` is the date the statement was made, where the sentence that names
    the speaker dates it. `primary` tells that its document is the thing itself, not an account of it.
    """

    span: Span
    standing: Standing
    cue: str
    attribution: Attribution | None = None
    times: tuple[Time, ...] = ()
    made: Time | None = None
    primary: bool = False

    @property
    def named_elsewhere(self) -> str | None:
        """The speaker, when another sentence than this one names them."""
        told = self.attribution
        return told.speaker if told is not None and told.basis != self.span else None


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or some place that a document names. `aliases` are its other names there, in order of first use."""

    name: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """A document's own word that it corrects something.

    `of` is "itself" for a story that says it was changed, "another" for a notice about another document, whose
    `title` or `address` is what the notice gives of it, `date` (ISO 8601) when it was published, `about` what it is said
    to be on. `whole` tells that all of it is taken back: replaced, withdrawn, retracted.
    """

    of: Literal["itself", "another"]
    notice: str
    title: str | None = None
    address: str | None = None
    date: str | None = None
    about: str | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Understanding:
    """What is known of a whole document. `statements` are those of its passages' sentences, in order.

    `primary` is True for the letter, law or judgment itself, False for an account of it; `primary_cue` says why.
    """

    statements: tuple[Statement, ...]
    primary: bool
    primary_cue: str
    entities: tuple[Entity, ...] = ()
    correction: Correction | None = None
