"""What the ledger hands out: documents, versions, texts, passages."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ingest.documents import Source
from ingest.errors import DocumentMissing
from ingest.ledger.writing import document_id
from ingest.maintenance import remove
from tests.ingest.libraries import opened, put
from tests.ingest.plain_steps import TrimmingSteps, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ingest.library import Library

LETTER = text("letter", "Letter to Harbour Vision", "The commissioner asked for a list.", "It may reply in May.")
CORRECTED = text("letter", "Letter to Harbour Vision", "The commissioner asked for a map.", "It may reply in May.")
ID = document_id("/given/letter")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with opened(tmp_path) as made:
        put(made, LETTER)
        yield made


def test_a_document_is_named_by_its_id_or_how_it_begins(library: Library) -> None:
    assert library.ledger.document(ID).id == library.ledger.document(ID[:5]).id == ID


def test_a_beginning_that_several_share_and_one_that_none_has_are_told_apart(library: Library) -> None:
    put(library, *(text(f"n{n}", f"Note {n}", f"Words of note {n}.") for n in range(17)))
    several = next(digit for digit in "0123456789abcdef" if _count(library, digit) > 1)
    with pytest.raises(DocumentMissing, match="Several documents"):
        library.ledger.document(several)
    with pytest.raises(DocumentMissing, match="No document `zzz`. See `briefing library list`"):
        library.ledger.document("zzz")
    for odd in ("", "%", "_", "' OR 1=1 --"):
        with pytest.raises(DocumentMissing):
            library.ledger.document(odd)


def _count(library: Library, digit: str) -> int:
    return sum(record.id.startswith(digit) for record in library.ledger.documents())


def test_an_old_version_stays_readable_beside_the_new_one(library: Library) -> None:
    put(library, CORRECTED)
    assert "a list" in library.ledger.text(ID, 1).text
    assert "a map" in library.ledger.text(ID).text
    assert [record.live for record in library.ledger.versions(ID)] == [False, True]
    assert library.ledger.original(ID, 1) == LETTER.content
    assert library.ledger.original(ID) == CORRECTED.content
    assert [passage.text for passage in library.ledger.passages_of(ID, 1)][1].startswith(
        "The commissioner asked for a l"
    )


def test_a_version_that_was_never_there_is_answered_with_those_that_are(library: Library) -> None:
    with pytest.raises(DocumentMissing, match="No version 7 .* Versions held: 1"):
        library.ledger.text(ID, 7)


def test_a_removed_document_is_said_to_be_removed_and_how_to_read_it(library: Library) -> None:
    remove(library, [ID])
    with pytest.raises(DocumentMissing, match="was removed. Read it with `--version 1`"):
        library.ledger.text(ID)
    assert "a list" in library.ledger.text(ID, 1).text


def test_every_passage_is_the_text_at_its_place_and_its_digest_names_the_text(library: Library) -> None:
    whole = library.ledger.text(ID)
    assert hashlib.sha256(whole.text.encode()).hexdigest() == whole.document.digest
    for passage in library.ledger.passages_of(ID):
        assert whole.text[passage.start : passage.end] == passage.text
        assert all(passage.start <= one.start < one.end <= passage.end for one in passage.sentences)


def test_passages_come_in_the_order_asked_for_and_retired_ones_not_at_all(library: Library) -> None:
    old = [passage.id for passage in library.ledger.passages_of(ID)]
    assert [passage.id for passage in library.ledger.passages(old[::-1])] == old[::-1]
    put(library, CORRECTED)
    assert library.ledger.passages(old) == []
    assert not library.ledger.vectors(old).any()


def test_two_documents_with_one_text_have_a_passage_each(library: Library) -> None:
    put(library, Source("/other/letter", "letter", LETTER.content + b"\n"), steps=TrimmingSteps())
    ids = [passage.id for passage in library.ledger.passages_of(ID)]
    held = library.ledger.passages(ids)
    assert [passage.id for passage in held] == [one for one in ids for _ in range(2)]
    assert {passage.document.origin for passage in held} == {"/given/letter", "/other/letter"}
    remove(library, [ID])
    assert {passage.document.origin for passage in library.ledger.passages(ids)} == {"/other/letter"}


def test_vectors_are_of_length_one_and_in_the_order_asked_for(library: Library) -> None:
    ids = [passage.id for passage in library.ledger.passages_of(ID)]
    vectors = library.ledger.vectors([*ids, "nothing"])
    assert np.allclose(np.linalg.norm(vectors[:-1], axis=1), 1, atol=1e-5)
    assert not vectors[-1].any()
    assert np.array_equal(library.ledger.vectors(ids[::-1]), vectors[:-1][::-1])


def test_large_and_small_originals_come_back_byte_for_byte(library: Library) -> None:
    noise = np.random.default_rng(5).integers(97, 123, 200_000, dtype=np.uint8).tobytes()
    plain = b"Words. " * 50_000
    put(library, Source("/given/noise", "noise", noise), Source("/given/plain", "plain", plain))
    assert library.ledger.original(document_id("/given/noise")) == noise
    assert library.ledger.original(document_id("/given/plain")) == plain
