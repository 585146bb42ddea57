"""A question narrowed to an entity sees the documents that name it, by whatever name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ingest.ledger.entity_index import fold
from ingest.ledger.records import Scope
from ingest.pipeline import ingest
from tests.ingest.libraries import NOON, opened, put
from tests.ingest.plain_steps import PlainSteps, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ingest.library import Library

DOCUMENTS = {
    "letter": "I write as Biometrics and Surveillance Camera Commissioner about the cameras in our hospitals.",
    "short": "The BSCC has asked Hikvision to answer a second time.",
    "order": "Hangzhou Hikvision was named in the order of the ministry on Monday.",
    "fete": "The cake stall of the village took nine pounds on Sunday.",
    "ada": "Dr Ada Thorne, the harbour commissioner, spoke first. Thorne left early.",
    "ben": "Mr Ben Thorne, the rail regulator, wrote to the board.",
    "senor": "The letter was signed by Dr José Müller, who chairs the panel.",
    "firm": "Norvale Optics Ltd sells lenses to the port.",
    "verkada": "Cameras by Verkada were seen at the gate.",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with opened(tmp_path_factory.mktemp("entities")) as made:
        for name, said in DOCUMENTS.items():
            list(ingest(made, [text(f"{name}.txt", said)], given={"title": name}, clock=lambda: NOON))
        yield made


def titles(library: Library, *entities: str) -> set[str | None]:
    return {one.metadata.title for one in library.ledger.documents(scope=Scope(entities=entities))}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("Hikvision", {"short", "order"}),
        ("hangzhou HIKVISION", {"short", "order"}),
        ("the BSCC", {"letter", "short"}),
        ("Surveillance Camera Commissioner", {"letter", "short"}),
        ("Ada Thorne", {"ada"}),
        ("Professor Ben Thorne", {"ben"}),
        ("jose muller", {"senor"}),
        ("Norvale Optics", {"firm"}),
        ("Verkada", {"verkada"}),
    ],
)
def test_an_entity_is_found_under_each_of_its_names(library: Library, wanted: str, found: set[str]) -> None:
    assert titles(library, wanted) == found


def test_several_entities_let_in_what_names_any_of_them(library: Library) -> None:
    assert titles(library, "Verkada", "Norvale Optics") == {"verkada", "firm"}


def test_a_name_that_two_bear_stands_for_neither_and_both_are_named(library: Library) -> None:
    assert titles(library, "Thorne") == set()
    told = library.ledger.named("Thorne")
    assert (told.found, told.names) == ("several", ("Dr Ada Thorne", "Mr Ben Thorne"))


def test_an_unknown_name_is_told_with_the_names_near_it(library: Library) -> None:
    assert titles(library, "Hikvisoin") == set()
    told = library.ledger.named("Hikvisoin")
    assert (told.found, told.names) == ("none", ("Hikvision",))
    assert library.ledger.named("Zzyzx Quorum").names == ()


def test_a_publisher_is_an_entity_of_what_it_publishes(tmp_path: Path) -> None:
    with opened(tmp_path) as made:
        list(ingest(made, [text("a.txt", "We sell lenses.")], given={"publisher": "Orvell"}, clock=lambda: NOON))
        assert len(made.ledger.documents(scope=Scope(entities=("orvell",)))) == 1


def test_a_document_without_stored_entities_is_read_for_the_name(tmp_path: Path) -> None:
    with opened(tmp_path) as made:
        put(made, text("a.txt", "Hikvision was named."), steps=PlainSteps())
        list(ingest(made, [text("b.txt", "Hangzhou Hikvision answered.")], clock=lambda: NOON))
        assert len(made.ledger.documents(scope=Scope(entities=("Hikvision",)))) == 2


def test_a_surname_alone_is_the_only_person_who_bears_it(tmp_path: Path) -> None:
    with opened(tmp_path) as made:
        list(ingest(made, [text("a.txt", "Dr Ada Thorne, the commissioner, spoke.")], clock=lambda: NOON))
        list(ingest(made, [text("b.txt", "The reply of Dr Thorne was short.")], clock=lambda: NOON))
        assert len(made.ledger.documents(scope=Scope(entities=("Ada Thorne",)))) == 2


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("The U.K. Home Office’s", "uk home office"),
        ("Professor Fraser Sampson", "fraser sampson"),
        ("Norvale Optics, Inc.", "norvale optics"),
        ("Jos\u00e9", "jose"),
        ("Ltd", "ltd"),
        ("?!", ""),
    ],
)
def test_names_are_compared_without_what_does_not_tell_them_apart(written: str, folded: str) -> None:
    assert fold(written) == folded
