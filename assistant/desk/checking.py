"""Is every sentence of a draft supported? Read this file of the desk first.

`check` is the flow: is there a claim in it, what does the library say nearest to it, does the gate let it pass, and if
not, what is otherwise. The gate alone decides what is supported, so a check and an answer never disagree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from assistant.desk.claims import no_claim_in
from assistant.desk.frames import frame_of, tells_of_another
from assistant.desk.judging import Ruling, judge
from assistant.desk.outdated import supersedes
from assistant.desk.resolving import resolved
from assistant.desk.verdicts import Checked, CheckedSentence, counted
from assistant.desk.weighing import together, weigh
from assistant.domain import Scope, Searched, Supported
from assistant.drafting import Draft, DraftClaim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from assistant.desk.drafts import DraftSentence, DraftText
    from assistant.desk.finding import Candidate, Finder
    from assistant.desk.frames import Frame
    from assistant.desk.older import OlderVersions
    from assistant.desk.weighing import Admits, Weighed
    from assistant.domain import Citation
    from assistant.drafting import Reference

    Found = tuple[Ruling, tuple[Citation, ...]]

EVERYTHING = Scope()
_MEND = frozenset(
    {
        "partly_supported",
        "contradicted",
        "quote_altered",
        "wrong_speaker",
        "wrong_source",
        "allegation_as_fact",
        "out_of_date",
    }
)
"""Verdicts for which a wording that stands is suggested."""

_OPENS_WITH_PRONOUN = re.compile(r"(He|She|It|They|This|That|These|Those|His|Her|Its|Their|Both)\b", re.I)


class Holds(Protocol):
    """What is asked of the library as a whole."""

    def counts(self, scope: Scope = ...) -> tuple[int, int]:
        """Live documents and passages."""
        ...

    def corrections(self) -> dict[str, tuple[str, ...]]:
        """Documents that others correct, with those others, by id."""
        ...


@dataclass(frozen=True)
class Checker:
    """Checks drafts against one library. Safe to share between threads. `snapshot` gives the library's digest."""

    finder: Finder
    gate: Admits
    holds: Holds
    older: OlderVersions
    snapshot: Callable[[], str]

    def check(
        self, draft: DraftText, scope: Scope = EVERYTHING, done: Callable[[int], None] = lambda _: None
    ) -> Checked:
        """A verdict for every sentence of `draft`, in its order; `done` is told how many there are so far.

        Raises:
            BriefingError: the library or the model failed.
        """
        found: list[CheckedSentence] = []
        for one in self.sentences(draft, scope):
            found.append(one)
            done(len(found))
        sentences = tuple(found)
        documents, passages = self.holds.counts(scope)
        searched = Searched(documents=documents, passages=passages)
        return Checked(
            sentences=sentences, counts=counted(sentences), name=draft.name, library=self.snapshot(), searched=searched
        )

    def sentences(self, draft: DraftText, scope: Scope = EVERYTHING) -> Iterator[CheckedSentence]:
        """As `check`, each verdict as it is reached."""
        written_out = resolved(draft.text, draft.sentences)
        for sentence, whole in zip(draft.sentences, written_out, strict=True):
            yield self._verdict(sentence, whole, scope)

    def _verdict(self, sentence: DraftSentence, whole: str, scope: Scope) -> CheckedSentence:
        nothing = no_claim_in(sentence)
        if nothing is not None:
            return self._told(sentence, Ruling("no_claim", nothing))
        candidates = self.finder.find(whole, scope)
        ruling, citations = self._ruled(whole, candidates)
        # A name that was put in for a pronoun may be what the gate stumbles over; another speaker's words stay wrong.
        if ruling.verdict not in ("supported", "wrong_speaker") and whole != sentence.words:
            as_written, cited = self._ruled(sentence.words, candidates)
            if as_written.verdict == "supported":
                ruling, citations = as_written, cited
        return self._told(sentence, ruling, citations)

    def _ruled(self, text: str, candidates: Sequence[Candidate]) -> Found:
        weighed = weigh(self.gate, text, candidates)
        standing = [one for one in weighed if one.stands]
        if standing:
            return self._stands(text, standing)
        carried = together(self.gate, text, [one.candidate for one in weighed])
        if carried is not None:
            return Ruling("supported", "Each part of it stands in the library."), carried.citations
        for check in (self._elsewhere, self._in_an_older_version):
            found = check(text, weighed)
            if found is not None:
                return found
        return judge(text, weighed), ()

    def _stands(self, text: str, standing: Sequence[Weighed]) -> Found:
        """Supported, unless the statement was taken back, its document corrected, or it is not from the source named."""
        corrected = self.holds.corrections()
        best = next((one for one in standing if one.candidate.passage.document.id not in corrected), None)
        if best is None:
            by = ", ".join(corrected[standing[0].candidate.passage.document.id])
            detail = f"It stands only in a document that has been corrected since, by document {by}."
            return Ruling("out_of_date", detail), _cited(standing[0])
        taken_back = supersedes(best)
        if taken_back is not None:
            return Ruling("out_of_date", taken_back.detail, taken_back.rests_on), ()
        frame = frame_of(text)
        if frame is not None and all(tells_of_another(one.candidate.text, frame) for one in standing):
            detail = f"It is not what “{frame.who}” says: the statement gives another publication for it."
            return Ruling("wrong_source", detail, (best.candidate,)), ()
        record = best.candidate.passage.document
        return Ruling("supported", f"Stands in “{record.metadata.title or record.name}”."), _cited(best)

    def _elsewhere(self, text: str, weighed: Sequence[Weighed]) -> Found | None:
        """What stands in the library, though not in the source that the sentence names."""
        frame = frame_of(text)
        if frame is None:
            return None
        found = [one for one in weigh(self.gate, frame.rest, [one.candidate for one in weighed]) if one.stands]
        at = found[0] if found else None
        if at is None and frame.is_source and weighed and weighed[0].reason in ("wrong_speaker", "name_not_in_source"):
            at = weighed[0]
        if at is None or any(_is_from(frame, one) for one in found or (at,)):
            return None
        named = _names(at)
        where = named[0] or at.candidate.passage.document.metadata.title or "another document"
        if frame.is_source:
            return Ruling("wrong_source", f"It is not from “{frame.who}”: it stands in {where}.", (at.candidate,)), ()
        detail = f"The source does not have “{frame.who}” say this; it stands in {where}."
        return Ruling("wrong_speaker", detail, (at.candidate,)), ()

    def _in_an_older_version(self, text: str, weighed: Sequence[Weighed]) -> Found | None:
        """What stood in a version that a newer one has replaced."""
        found = [one for one in weigh(self.gate, text, self.older.find(text)) if one.stands]
        if not found:
            return None
        record = found[0].candidate.passage.document
        detail = f"It stood in version {record.version} of “{record.metadata.title or record.name}”, which a newer one replaced."
        now = [one.candidate for one in weighed if one.candidate.passage.document.id == record.id]
        return Ruling("out_of_date", detail, (*now[:1], found[0].candidate)), ()

    def _told(self, sentence: DraftSentence, ruling: Ruling, citations: tuple[Citation, ...] = ()) -> CheckedSentence:
        cited = citations or tuple(self._cite(one) for one in ruling.rests_on)
        return CheckedSentence(
            text=sentence.text,
            verdict=ruling.verdict,
            detail=ruling.detail,
            citations=cited,
            suggestion=self._suggestion(ruling) if ruling.verdict in _MEND else None,
            start=sentence.start,
            end=sentence.end,
            difference=ruling.difference,
        )

    def _cite(self, one: Candidate) -> Citation:
        return self.gate.cite(one.passage, one.span.start, one.span.end)

    def _suggestion(self, ruling: Ruling) -> str | None:
        """The best statement in its source's own words, where it can be read by itself and the gate lets it pass."""
        for one in ruling.rests_on[:1]:
            if not one.passage.document.live:
                return None
            shown, references = by_itself(one)
            if shown is None:
                return None
            decided = next(iter(self.gate.admit(Draft((DraftClaim(shown, references),)))))
            if isinstance(decided, Supported):
                return decided.text
        return None


def _cited(one: Weighed) -> tuple[Citation, ...]:
    return one.decided.citations if isinstance(one.decided, Supported) else ()


def _names(one: Weighed) -> tuple[str | None, str | None]:
    """Publisher and author of the document that a statement stands in."""
    known = one.candidate.passage.document.metadata
    return known.publisher, known.author


def _is_from(frame: Frame, one: Weighed) -> bool:
    """Whether a statement is from the source that a draft names, by its document or by its own words."""
    said = one.candidate.text
    return frame.who in said or (frame.fits(*_names(one)) and not tells_of_another(said, frame))


def by_itself(one: Candidate) -> tuple[str | None, tuple[Reference, ...]]:
    """A statement as it can be read alone, with what it must cite; None when it opens with a word for somebody else.

    "He asked Dahua ..." becomes "Sampson asked Dahua ..." where the ledger knows whose words it tells.
    """
    match = _OPENS_WITH_PRONOUN.match(one.text)
    if match is None:
        return one.text, (one.reference(),)
    told, basis = (one.told.attribution if one.told else None), one.basis()
    if told is None or basis is None or _OPENS_WITH_PRONOUN.match(f"{told.speaker} "):
        return None, ()
    return f"{told.speaker}{one.text[match.end(1) :]}", (basis, one.reference())
