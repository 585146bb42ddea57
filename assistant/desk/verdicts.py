"""What a check says of a draft: a verdict for each sentence, from a closed set. Its JSON is what `--json` prints."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.domain import Citation, Frozen, Searched

Verdict = Literal[
    "supported",
    "partly_supported",
    "contradicted",
    "quote_altered",
    "wrong_speaker",
    "wrong_source",
    "stitched_quote",
    "allegation_as_fact",
    "out_of_date",
    "not_in_library",
    "no_claim",
]

LABELS: dict[Verdict, str] = {
    "supported": "Supported",
    "partly_supported": "Partly supported",
    "contradicted": "Contradicted",
    "quote_altered": "Quote altered",
    "wrong_speaker": "Wrong speaker",
    "wrong_source": "Wrong source",
    "stitched_quote": "Stitched quote",
    "allegation_as_fact": "Allegation as fact",
    "out_of_date": "Out of date",
    "not_in_library": "Not in the library",
    "no_claim": "No claim",
}
"""Each verdict as people read it; a word, never a colour alone."""

PASSING = frozenset({"supported", "no_claim"})
"""Verdicts that need nobody's attention."""


class CheckedSentence(Frozen):
    """One sentence of a draft and what the library says of it.

    `detail` is a sentence for people. `citations` are the statements that the verdict rests on, best first, possibly
    none. `suggestion` is a wording that one sentence of the library supports, when there is one and it is wanted.
    `start` and `end` are offsets into the draft's text, `difference` the draft's words against the source's where a quote
    was altered; these are for the faces and are no part of the JSON.
    """

    text: str
    verdict: Verdict
    detail: str
    citations: tuple[Citation, ...] = ()
    suggestion: str | None = None
    start: int = Field(default=0, exclude=True)
    end: int = Field(default=0, exclude=True)
    difference: tuple[tuple[str, str], ...] = Field(default=(), exclude=True)

    @property
    def passes(self) -> bool:
        """Whether nobody need look at it."""
        return self.verdict in PASSING


class Checked(Frozen):
    """A draft that was checked. `counts` has the verdicts that occur."""

    sentences: tuple[CheckedSentence, ...]
    counts: dict[Verdict, int]
    name: str = Field(default="", exclude=True)
    library: str = Field(default="", exclude=True)
    searched: Searched = Field(default=Searched(documents=0, passages=0), exclude=True)

    @property
    def passes(self) -> bool:
        """Whether every sentence is supported or makes no claim."""
        return all(one.passes for one in self.sentences)


def counted(sentences: tuple[CheckedSentence, ...]) -> dict[Verdict, int]:
    """How often each verdict occurs, in the order of the closed set; those that do not are left out."""
    found = [one.verdict for one in sentences]
    return {verdict: found.count(verdict) for verdict in LABELS if verdict in found}
