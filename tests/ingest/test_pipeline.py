"""From sources to the library: receipts, versions, copies, refusals."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ingest.documents import Source
from ingest.embedding import StableEmbedder
from ingest.errors import ModelMismatch, RefusedSource
from ingest.ledger.engine import open_engine, reading
from ingest.ledger.fulltext_sqlite import SqliteFullText
from ingest.ledger.ledger import Ledger
from ingest.ledger.writing import document_id
from ingest.library import Library
from ingest.pipeline import GROUP_PASSAGES, Progress, ingest
from ingest.preparing import Given, Prepared, Refused
from tests.ingest.libraries import NOON, found_by_meaning, found_by_words, opened, put, settings
from tests.ingest.plain_steps import PlainSteps, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sqlalchemy.engine import Connection

LETTER = text("letter", "Letter to Harbour Vision", "The commissioner asked for a list.", "It may reply in May.")
CHANGED = text("letter", "Letter to Harbour Vision", "The commissioner asked for a map.", "It may reply in May.")
LONG = " ".join(f"The {n}th camera stands at pier {n} and looks at berth {n + 1}." for n in range(40))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with opened(tmp_path) as made:
        yield made


def embedder(library: Library) -> StableEmbedder:
    assert isinstance(library.embedder, StableEmbedder)
    return library.embedder


def test_a_receipt_says_what_became_of_the_source(library: Library) -> None:
    [receipt] = put(library, LETTER, given={"publisher": "Ports Commissioner"})
    assert receipt.status == "ingested"
    assert (receipt.document, receipt.version) == (document_id("/given/letter"), 1)
    assert receipt.title == "Letter to Harbour Vision"
    assert receipt.characters == len(LETTER.content)
    assert receipt.passages == 3
    assert receipt.furniture == {"menu": 1}
    assert receipt.missing == ("author", "published", "address", "source_type", "language", "licence")
    assert receipt.searchable is True
    assert library.ledger.document(receipt.document or "").ingested_at == NOON.isoformat()


def test_receipts_come_in_the_order_of_the_sources_and_one_refusal_stops_nothing(library: Library) -> None:
    broken = text("broken", "BROKEN")
    receipts = put(library, LETTER, broken, text("note", "Note", "A note on ports."), LETTER)
    assert [(one.source, one.status) for one in receipts] == [
        ("/given/letter", "ingested"),
        ("/given/broken", "refused"),
        ("/given/note", "ingested"),
        ("/given/letter", "unchanged"),
    ]
    assert (receipts[1].reason, receipts[1].remedy) == ("It is broken.", "Mend it.")
    assert receipts[1].searchable is None


def test_the_same_bytes_again_cost_nothing(library: Library) -> None:
    put(library, LETTER)
    steps, before = PlainSteps(), library.ledger.header()
    embedder(library).seen.clear()
    [receipt] = put(library, LETTER, steps=steps)
    assert receipt.status == "unchanged"
    assert receipt.duplicate_of is None
    assert steps.read == []
    assert embedder(library).seen == []
    assert library.ledger.header() == before


def test_the_same_bytes_from_elsewhere_are_named_as_a_copy_and_not_stored_twice(library: Library) -> None:
    put(library, LETTER)
    [receipt] = put(library, replace(LETTER, origin="/other/letter"), given={"publisher": "Another"})
    assert receipt.status == "unchanged"
    assert receipt.duplicate_of == document_id("/given/letter")
    assert "The metadata given was not used" in receipt.warnings[0]
    assert library.ledger.counts() == (1, 3)


def test_copies_within_one_batch_are_recognised_too(library: Library) -> None:
    first, copy, again = put(library, LETTER, replace(LETTER, origin="/other/letter"), LETTER)
    assert (first.status, copy.status, again.status) == ("ingested", "unchanged", "unchanged")
    assert copy.duplicate_of == first.document


def test_a_changed_source_is_a_new_version_and_only_that_is_found(library: Library) -> None:
    put(library, LETTER)
    [receipt] = put(library, CHANGED)
    assert (receipt.status, receipt.version, receipt.searchable) == ("new_version", 2, True)
    assert found_by_words(library, "list") == []
    assert found_by_words(library, "map") == ["The commissioner asked for a map.\n"]
    assert "a list" not in " ".join(found_by_meaning(library, "The commissioner asked for a list.", 10))
    assert library.ledger.counts() == (1, 3)


def test_two_versions_of_one_source_in_one_batch_are_two_versions(library: Library) -> None:
    first, second = put(library, LETTER, CHANGED)
    assert [(one.status, one.version) for one in (first, second)] == [("ingested", 1), ("new_version", 2)]


def test_a_source_that_goes_back_to_an_earlier_text_is_found_again_by_meaning(library: Library) -> None:
    library.warm()
    for turn in range(6):
        [receipt] = put(library, (LETTER, CHANGED)[turn % 2])
        assert receipt.searchable is True
        assert receipt.version == turn + 1
    assert library.index.is_open
    assert found_by_meaning(library, "The commissioner asked for a map.", 1) == ["The commissioner asked for a map.\n"]


def test_nearly_the_same_text_is_named_in_the_receipt(library: Library) -> None:
    put(library, text("agency", "Agency report", LONG))
    [near] = put(library, text("paper", "Agency report", LONG.replace("The 7th camera", "Camera seven")))
    [far] = put(library, text("other", "Agency report", "Ports were not discussed by anybody at the meeting."))
    assert near.near_duplicates == (document_id("/given/agency"),)
    assert near.status == "ingested"
    assert far.near_duplicates == ()


def test_the_same_bytes_described_anew_are_a_new_version(library: Library) -> None:
    put(library, LETTER, given={"publisher": "Unknown Press"})
    [receipt] = put(library, LETTER, given={"publisher": "Ports Commissioner"})
    assert (receipt.status, receipt.version) == ("new_version", 2)
    [again] = put(library, LETTER)
    assert again.status == "unchanged"
    assert library.ledger.documents()[0].metadata.publisher == "Ports Commissioner"


def test_attachments_are_sources_of_their_own(library: Library) -> None:
    class WithAttachment(PlainSteps):
        def prepare(self, given: Given) -> Prepared:
            attached = (text("annex", "Annex", "The list of piers."),) if given.source.name == "mail" else ()
            return replace(super().prepare(given), attachments=attached)

    receipts = put(library, text("mail", "Mail", "See the annex."), steps=WithAttachment())
    assert [one.source for one in receipts] == ["/given/mail", "/given/annex"]
    assert found_by_words(library, "piers") == ["The list of piers."]


def test_a_fault_in_a_reader_refuses_that_source_alone(library: Library) -> None:
    class Stumbling(PlainSteps):
        def prepare(self, given: Given) -> Prepared:
            if given.source.name == "odd":
                raise IndexError("list index out of range")
            return super().prepare(given)

    odd, fine = put(library, text("odd", "Odd", "Words."), text("fine", "Fine", "Words of it."), steps=Stumbling())
    assert odd.status == "refused"
    assert odd.reason == "It could not be read (IndexError: list index out of range)."
    assert odd.remedy
    assert fine.status == "ingested"


def test_a_source_without_text_is_refused_and_never_called_a_success(library: Library) -> None:
    [receipt] = put(library, Source("/given/blank", "blank", b""))
    assert receipt.status == "refused"
    assert library.ledger.counts() == (0, 0)


def test_a_name_that_is_no_utf8_does_not_stop_the_batch(library: Library) -> None:
    from ingest.preparing import storable

    odd = storable(replace(LETTER, origin="/given/\udcff", name="\udcff"))
    assert put(library, odd)[0].status == "ingested"


def test_what_could_not_be_named_is_refused_with_its_reason(library: Library) -> None:
    class OneMissing(PlainSteps):
        def expanded(self, inputs: Sequence[object], given: object) -> object:  # type: ignore[override]
            from contextlib import nullcontext

            missing = Refused("/given/none", RefusedSource("There is no file.", remedy="Check the spelling."))
            return nullcontext(iter([missing, Given(LETTER, {})]))

    receipts = put(library, LETTER, steps=OneMissing())
    assert [one.status for one in receipts] == ["refused", "ingested"]


def test_progress_counts_sources_refusals_and_passages(library: Library) -> None:
    seen: list[Progress] = []
    sources = [text(f"n{n}", f"Note {n}", *(f"Line {m} of note {n}." for m in range(20))) for n in range(8)]
    sources.insert(2, text("broken", "BROKEN"))
    list(ingest(library, sources, steps=PlainSteps(), progress=seen.append))
    assert seen[0].done == 0
    assert seen[-1].refused == 1
    assert seen[-1].passages == 8 * 21
    assert [one.passages for one in seen] == sorted(one.passages for one in seen)
    assert GROUP_PASSAGES < 8 * 21


def test_a_document_is_seen_by_others_wholly_or_not_at_all(tmp_path: Path) -> None:
    class Watching(SqliteFullText):
        """Looks at the ledger from outside while a document is half stored."""

        seen: list[tuple[int, int]] = []

        def add(self, connection: Connection, version_rows: Sequence[int]) -> None:
            super().add(connection, version_rows)
            other = Ledger(open_engine(tmp_path / "library"), SqliteFullText())
            with reading(other.engine):
                self.seen.append((other.counts()[1], len(other.search_text(["camera", "pier", "list"], 50))))
            other.close()

    opened(tmp_path).close()
    chosen, words = settings(tmp_path), Watching()
    with Library(chosen, Ledger(open_engine(chosen.library), words), StableEmbedder(32)) as library:
        put(library, text("a", "Cameras", "A camera at the pier.", "A list of it."))
        put(library, text("a", "Cameras", "A camera at the pier.", "A list of it.", "And more of a list."))
    assert words.seen == [(0, 0), (3, 3)]


def test_another_model_is_refused_before_anything_is_read(library: Library, tmp_path: Path) -> None:
    steps = PlainSteps()
    put(library, LETTER)
    library.adopt_model(StableEmbedder(16))
    with pytest.raises(ModelMismatch, match="briefing library rebuild"):
        Library.open(settings(tmp_path), embedder=StableEmbedder(16))
    assert steps.read == []


def test_a_batch_that_is_broken_off_keeps_what_has_a_receipt(tmp_path: Path) -> None:
    with opened(tmp_path) as library:
        sources = [text(f"n{n}", f"Note {n}", *(f"Line {m} of note {n}." for m in range(70))) for n in range(4)]
        receipts = ingest(library, sources, steps=PlainSteps())
        first = next(receipts)
        receipts.close()  # type: ignore[attr-defined]
    with opened(tmp_path) as library:
        assert first.document in {record.id for record in library.ledger.documents()}
        assert put(library, *sources)[0].status == "unchanged"
        assert library.ledger.counts()[0] == 4
