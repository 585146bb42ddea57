"""The words of the read side as types: question, evidence, claim, citation, outcome.

Frozen pydantic models whose JSON is the schema that the command line, the HTTP interface and saved briefings
share. Bad states cannot be written: a supported claim holds at least one citation, a withheld one holds a
reason and none. Only `assistant.gate` makes a `Citation` (see `Citation.checked`).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ingest.ledger.records import Scope
from ingest.understanding.statement import Standing

if TYPE_CHECKING:
    from ingest.ledger.records import DocumentRecord

__all__ = [
    "Abstention",
    "Briefing",
    "Citation",
    "Clarification",
    "Earlier",
    "Nearest",
    "Outcome",
    "Question",
    "Scope",
    "Searched",
    "Standing",
    "Supported",
    "Trace",
    "Withheld",
]

AbstentionReason = Literal[
    "library_empty",
    "nothing_in_scope",
    "nothing_found",
    "evidence_too_weak",
    "part_not_found",
    "all_claims_withheld",
]
"""`part_not_found`: documents on the subject are held, but none says what was asked of it."""

WithheldReason = Literal[
    "no_citation",
    "quote_not_found",
    "quote_altered",
    "stitched_quote",
    "wrong_speaker",
    "wrong_addressee",
    "name_not_in_source",
    "number_not_in_source",
    "date_not_in_source",
    "wrong_time",
    "negation_changed",
    "hedge_changed",
    "quantifier_changed",
    "comparison_changed",
    "standing_changed",
    "roles_changed",
    "address_not_in_source",
    "states_nothing",
    "not_supported",
]

Caveat = Literal[
    "single_source",
    "undated_source",
    "unknown_publisher",
    "older_version_cited",
    "index_rebuilding",
    "partial_answer",
    "corrected_since",
    "premise_not_found",
    "sources_disagree",
    "vendor_account_only",
    "allegation_only",
    "request_only",
    "reported_only",
    "old_account",
    "model_unavailable",
    "model_interrupted",
    "model_gave_nothing",
    "suspicious_source",
    "question_respelt",
]
"""`premise_not_found`: the question takes for granted that somebody did something, and no source found says so.
`reported_only`: the letter, report or statement that is told of is not itself among what is cited."""

Account = Literal["primary", "reported"]
"""Whether a sentence stands in the thing itself (the letter, the law, the judgment) or in an account of it."""


class Frozen(BaseModel):
    """Base of every outward type: immutable, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Earlier(Frozen):
    """A turn of the same conversation before: what was asked, and how it was understood.

    `standalone` is None when it is not known. `scope` is what it was answered from. `names` are those that its answer
    gives the words or the deed to, most prominent first; `time` is the latest date its answer speaks of, ISO 8601.
    `choices` are the questions it offered, where it asked back.
    """

    question: str
    standalone: str | None = None
    scope: Scope = Scope()
    names: tuple[str, ...] = ()
    time: str | None = None
    choices: tuple[str, ...] = ()


class Question(Frozen):
    """What was asked, and what of the library it may be answered from.

    A follow-up is understood by `earlier`, the turns of the same conversation before it, oldest first; where only their
    questions are known, by `previous`. With `as_asked` it is no follow-up, whatever it looks like. `context` is the
    matter of the conversation: where to look first, no part of what is asked. With `own_words` no language model words
    the answer, whichever is set.
    """

    text: str = Field(min_length=1, max_length=2000)
    scope: Scope = Scope()
    previous: tuple[str, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    as_asked: bool = False
    context: str = Field(default="", max_length=2000)
    own_words: bool = False


class Citation(Frozen):
    """Where a claim stands: an exact quote at an exact place of one document version.

    `text[start:end]` of that version is `quote`, to the character. `sha256` is the digest of the version's
    canonical text, so that a reader can tell whether it is looking at the same text.
    """

    document: str
    version: int
    title: str | None
    publisher: str | None
    published: str | None
    source_type: str | None = None
    source: str
    page: int | None
    start: int = Field(ge=0)
    end: int
    quote: str = Field(min_length=1)
    sha256: str

    @classmethod
    def checked(cls, document: DocumentRecord, text: str, start: int, end: int, page: int | None) -> Self:
        """The citation of `text[start:end]`, where `text` is the canonical text of `document`.

        Raises:
            ValueError: the span is empty or outside the text, or the text is not that version's.
        """
        if not 0 <= start < end <= len(text):
            raise ValueError(f"{start}:{end} is no span of a text of {len(text)} characters")
        if hashlib.sha256(text.encode("utf-8")).hexdigest() != document.digest:
            raise ValueError(f"the text is not that of `{document.id}` version {document.version}")
        metadata = document.metadata
        return cls(
            document=document.id,
            version=document.version,
            title=metadata.title,
            publisher=metadata.publisher,
            published=metadata.published,
            source_type=metadata.source_type,
            source=metadata.address or document.name,
            page=page,
            start=start,
            end=end,
            quote=text[start:end],
            sha256=document.digest,
        )

    @model_validator(mode="after")
    def _span_is_the_quote(self) -> Self:
        if self.end - self.start != len(self.quote):
            raise ValueError("a citation's span and its quote have different lengths")
        return self


class Supported(Frozen):
    """A claim that passed the gate.

    `speaker` and `addressee` are names as the source gives them, the speaker's in the fullest form its document has; None
    where it gives none. `standing` is None where it is not known. `time` is what the claim speaks of: ISO 8601 (two dates
    with a slash for a stretch) where the source or its date of publication settles it, else the source's own words;
    `time_basis` tells what settles it. `cue` is what decided the standing, a verb in its plain form. All of them are the ledger's, whoever wrote the claim.
    `corrected_by` is the sentence of a later document that corrects what is cited. `support` is in [0, 1]: 1.0 for a sentence in the source's own words.
    """

    text: str = Field(min_length=1)
    citations: Annotated[tuple[Citation, ...], Field(min_length=1)]
    standing: Standing | None = None
    speaker: str | None = None
    addressee: str | None = None
    time: str | None = None
    time_basis: str | None = None
    cue: str | None = None
    account: Account | None = None
    corrected_by: Citation | None = None
    support: float = Field(ge=0.0, le=1.0, default=1.0)


class Withheld(Frozen):
    """A claim that did not pass the gate, and why."""

    text: str
    reason: WithheldReason
    detail: str


class Nearest(Frozen):
    """A passage that came near without answering; shown with an abstention."""

    citation: Citation
    score: float


class Searched(Frozen):
    """How much of the library was looked at: live documents and passages inside the question's scope."""

    documents: int
    passages: int


class Trace(Frozen):
    """What an answer rests on, enough to get the same one again.

    `library` is the snapshot digest (every live document version). `embedder` is the fingerprint of the model.
    `timings_ms` are per step, in milliseconds; `first_claim_ms` runs from the question to the first claim shown, None when
    none was. `passages` are the ids that the answer was chosen from.

    `model` wrote the claims, None for the sources' own words. `attempts` name each language model that was asked and
    what came of it, `prompts` the digests of what it was told, by name; `tokens` are counts by kind, `cost` is in the
    currency of the prices that are set, None when none is. `evidence` are the places that the writer was shown, as
    `document@version:start-end`. `mended` counts claims that passed in a second wording.
    """

    library: str
    embedder: str
    prompts: dict[str, str] = {}
    model: str | None = None
    attempts: tuple[str, ...] = ()
    tokens: dict[str, int] = {}
    cost: float | None = None
    timings_ms: dict[str, float] = {}
    first_claim_ms: float | None = None
    evidence: tuple[str, ...] = ()
    mended: int = 0
    passages: tuple[str, ...] = ()
    signals: dict[str, float] = {}


class _Outcome(Frozen):
    outcome: Literal["briefing", "abstention", "clarification"]
    question: str
    standalone_question: str
    understood: str | None = None
    scope: Scope = Scope()
    claims: tuple[Supported, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    notes: tuple[str, ...] = ()
    reason: AbstentionReason | None = None
    detail: str | None = None
    would_settle: str | None = None
    nearest: tuple[Nearest, ...] = ()
    choices: tuple[str, ...] = ()
    searched: Searched
    trace: Trace


class Briefing(_Outcome):
    """An answer made of supported claims. `notes` are caveats in words, for people."""

    outcome: Literal["briefing"] = "briefing"
    claims: Annotated[tuple[Supported, ...], Field(min_length=1)]


class Abstention(_Outcome):
    """The library does not hold this.

    `detail` says why in a sentence, `would_settle` what kind of document would answer, `nearest` the passages
    that came closest, best first, possibly none. It makes no claim.
    """

    outcome: Literal["abstention"] = "abstention"
    claims: Annotated[tuple[Supported, ...], Field(max_length=0)] = ()
    reason: AbstentionReason
    detail: str


class Clarification(_Outcome):
    """The question can be read in several ways; `choices` are questions that each have one reading, `detail` says why.

    `understood`, here and in the other outcomes, says in a sentence how a follow-up was read; None when the question was
    taken as it was asked. `scope` is what it was answered from, filters of the conversation included.
    """

    outcome: Literal["clarification"] = "clarification"
    claims: Annotated[tuple[Supported, ...], Field(max_length=0)] = ()
    choices: Annotated[tuple[str, ...], Field(min_length=2, max_length=5)]


Outcome = Annotated[Briefing | Abstention | Clarification, Field(discriminator="outcome")]
