"""Which documents a narrowed question may be answered from."""

from __future__ import annotations

import pytest

from ingest.documents import Metadata
from ingest.errors import BadSettings
from ingest.ledger.records import DocumentRecord, Scope
from ingest.ledger.scope import admits, bounds, mentions


def record(**metadata: str | None) -> DocumentRecord:
    return DocumentRecord(
        id="3f2a9c0000000000",
        version=1,
        live=True,
        digest="d",
        source_digest="s",
        origin="/given/letter",
        name="letter",
        format="text",
        metadata=Metadata(**metadata),  # type: ignore[arg-type]
        pages=None,
        characters=10,
        passages=1,
        ingested_at="2024-03-01T12:00:00+00:00",
    )


def inside(scope: Scope, document: DocumentRecord, text: str = "") -> bool:
    named = not scope.entities or mentions(scope.entities, document, lambda: text)
    return named and admits(scope, document)


def test_an_empty_scope_lets_everything_in() -> None:
    assert inside(Scope(), record())
    assert Scope().is_everything


def test_a_publisher_is_matched_by_a_part_of_its_name_in_any_case() -> None:
    assert inside(Scope(publishers=("ports authority",)), record(publisher="Norland Ports Authority"))
    assert not inside(Scope(publishers=("ports authority",)), record(publisher="Harbour Vision"))
    assert not inside(Scope(publishers=("ports authority",)), record())


def test_a_source_type_is_matched_as_a_whole() -> None:
    assert inside(Scope(source_types=("Letter",)), record(source_type="letter"))
    assert not inside(Scope(source_types=("Letter",)), record(source_type="newsletter"))


def test_an_entity_is_found_in_title_metadata_or_text_as_whole_words_only() -> None:
    scope = Scope(entities=("Harbour Vision",))
    assert inside(scope, record(title="A letter to HARBOUR VISION"))
    assert inside(scope, record(), "Cameras of Harbour\nVision stand here.")
    assert not inside(scope, record(), "The harbour visionary spoke.")


def test_an_entity_is_no_pattern() -> None:
    assert inside(Scope(entities=("A.C.M.E. (UK)",)), record(), "It is run by A.C.M.E. (UK) from Hull.")
    assert not inside(Scope(entities=("A.C.M.E. (UK)",)), record(), "It is run by AxCxMxEx UK.")


@pytest.mark.parametrize(
    ("published", "admitted"),
    [("2022-04-11", True), ("2022-04", True), ("2022", False), ("2021-12-31", False), (None, False)],
)
def test_a_period_lets_in_what_is_wholly_inside_it(published: str | None, admitted: bool) -> None:
    assert inside(Scope(since="2022-04-01", until="2022-04-30"), record(published=published)) is admitted


def test_a_date_without_a_day_stands_for_its_first_as_a_beginning_and_its_last_as_an_end() -> None:
    scope = Scope(since="2022-02", until="2024-02")
    assert inside(scope, record(published="2022-02-01"))
    assert inside(scope, record(published="2024-02-29"))
    assert not inside(scope, record(published="2024-03-01"))


def test_a_look_back_leaves_out_what_came_later_and_keeps_what_bears_no_date() -> None:
    scope = Scope(as_of="2022-04-11")
    assert inside(scope, record(published="2022-04-11T18:00:00Z"))
    assert inside(scope, record())
    assert not inside(scope, record(published="2022-04-12"))


def test_what_is_no_date_is_said_to_be_none() -> None:
    with pytest.raises(BadSettings, match="`last July` is no date"):
        bounds("last July")


@pytest.mark.parametrize(("year", "day"), [("2024", "29"), ("2023", "28"), ("1900", "28"), ("2000", "29")])
def test_february_ends_when_it_does(year: str, day: str) -> None:
    assert bounds(f"{year}-02")[1] == f"{year}-02-{day}"
