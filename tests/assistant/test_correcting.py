from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from assistant.correcting import correcting
from assistant.domain import Supported
from assistant.drafting import Draft, DraftClaim, Reference
from assistant.gate import Gate
from ingest.ledger.records import DocumentText
from ingest.ledger.understood import Understood
from ingest.understanding.rules import Rules

from .material import Shelf, document, passage

STORY = document(
    "Tarn Council put up 120 cameras in the market.",
    "The scheme had cost £2.4 million, a councillor said.",
    name="story.txt",
    published="2023-03-02",
)
NOTICE = document(
    "Correction: our article of 2 March gave the cost of the scheme as £2.4 million. The right figure is £2.9 million.",
    name="notice.txt",
    published="2023-03-09",
)
RETRACTION = document("We retract our article of 2 March 2023.", name="retraction.txt", published="2023-04-01")


@dataclass
class Records(Shelf):
    """A shelf on which later documents correct the story."""

    by: tuple[DocumentText, ...] = ()
    own: tuple[DocumentText, ...] = ()
    _documents: dict[tuple[str, int], DocumentText] = field(init=False)

    def __post_init__(self) -> None:
        super().__init__(STORY, *self.by, *self.own)

    def corrections(self) -> dict[str, tuple[str, ...]]:
        return {STORY.document.id: tuple(one.document.id for one in self.by)}

    def notes_on_themselves(self) -> set[str]:
        return {one.document.id for one in self.own}

    def understanding(self, id: str, version: int | None = None) -> Understood:
        source = self.text(id, version)
        found = Rules().understand(source.text, source.blocks, [], source.document.metadata)
        return Understood(found.primary, found.primary_cue, found.entities, found.correction)


def corrected(records: Records, sentence: str, source: DocumentText = STORY) -> str | None:
    """The correction that stands beside a claim in the words of `sentence`."""
    span = passage(source, sentence)
    place = Reference(source.document.id, 1, span.start, span.end, sentence)
    gate = Gate(records, correcting=partial(correcting, records=records))
    (shown,) = gate.admit(Draft((DraftClaim(sentence, (place,)),)))
    assert isinstance(shown, Supported)
    return shown.corrected_by.quote if shown.corrected_by else None


def test_the_correcting_sentences_stand_beside_the_statement_that_they_correct() -> None:
    assert corrected(Records(by=(NOTICE,)), "The scheme had cost £2.4 million, a councillor said.") == NOTICE.text


def test_a_correction_of_another_statement_does_not_stand_beside_it() -> None:
    assert corrected(Records(by=(NOTICE,)), "Tarn Council put up 120 cameras in the market.") is None


def test_a_retraction_stands_beside_every_statement_of_what_it_takes_back() -> None:
    assert corrected(Records(by=(RETRACTION,)), "Tarn Council put up 120 cameras in the market.") == RETRACTION.text


def test_of_two_corrections_the_newer_stands_beside_it() -> None:
    both = Records(by=(NOTICE, RETRACTION))
    assert corrected(both, "The scheme had cost £2.4 million, a councillor said.") == RETRACTION.text


NOTE = "Clarification: an earlier version of this article said that 400,000 faces were scanned. The figure is 40,000."


def test_a_note_on_the_article_itself_stands_beside_a_figure_that_it_takes_back() -> None:
    left = document("Police scanned 400,000 faces at the fair.", NOTE, name="left.txt")
    assert corrected(Records(own=(left,)), "Police scanned 400,000 faces at the fair.", left) == NOTE


def test_a_note_on_the_article_itself_does_not_stand_beside_the_figure_as_corrected() -> None:
    mended = document("Police scanned 40,000 faces at the fair.", NOTE, name="mended.txt")
    assert corrected(Records(own=(mended,)), "Police scanned 40,000 faces at the fair.", mended) is None


def test_a_document_that_nothing_corrects_bears_no_correction() -> None:
    assert corrected(Records(), "Tarn Council put up 120 cameras in the market.") is None
