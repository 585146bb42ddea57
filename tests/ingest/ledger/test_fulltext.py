"""Full text over live passages, as the ledger answers it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ingest.ledger.records import Scope
from tests.ingest.libraries import found_by_words, opened, put
from tests.ingest.plain_steps import TrimmingSteps, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ingest.library import Library

PORTS = text("ports", "Ports and cameras", "The ports minister confirmed the order.", "Zoë's well-known café closed.")
ROADS = text("roads", "Roads", "No camera stands on the road.", "The minister said nothing.")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with opened(tmp_path) as made:
        put(made, PORTS, ROADS)
        yield made


def test_words_are_found_in_other_forms_and_without_their_accents(library: Library) -> None:
    assert found_by_words(library, "confirming") == ["The ports minister confirmed the order.\n"]
    assert found_by_words(library, "cafe") == ["Zoë's well-known café closed."]


def test_a_passage_is_found_by_the_title_above_it(library: Library) -> None:
    assert "The ports minister confirmed the order.\n" in found_by_words(library, "ports", "cameras")


def test_rarer_words_count_for_more_and_a_higher_score_is_better(library: Library) -> None:
    hits = library.ledger.search_text(["minister", "order"], 10)
    [first, *_] = library.ledger.passages([hits[0].passage_id])
    assert first.text == "The ports minister confirmed the order.\n"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits[0].score > 0


@pytest.mark.parametrize(
    "words",
    [
        ['"'],
        ["NEAR(", "AND", "OR", "NOT"],
        ["text:minister"],
        ["*"],
        ["minister*"],
        ["-order"],
        ["^order"],
        ["\0"],
        ["minister\0order"],
        [""],
        ["'; DROP TABLE passages; --"],
        ["}" * 50],
        ["()"] * 100,
    ],
)
def test_nothing_in_a_question_is_read_as_a_query_language(library: Library, words: list[str]) -> None:
    library.ledger.search_text(words, 5)
    library.ledger.word_frequencies(words)
    assert library.ledger.search_text([*words, "order"], 5)


def test_a_question_without_words_finds_nothing(library: Library) -> None:
    assert library.ledger.search_text([], 5) == []
    assert library.ledger.search_text(["..."], 5) == []
    assert library.ledger.search_text(["order"], 0) == []


def test_frequencies_count_passages_after_stemming(library: Library) -> None:
    passages, found = library.ledger.word_frequencies(["ministers", "order", "nowhere", "well-known"])
    assert passages == 6
    assert found == {"ministers": 2, "order": 1, "nowhere": 0, "well-known": 1}


def test_a_narrow_search_sees_its_documents_alone(library: Library) -> None:
    roads = next(one for one in library.ledger.documents() if one.name == "roads")
    hits = library.ledger.search_text(["minister"], 10, Scope(documents=(roads.id,)))
    assert [passage.text for passage in library.ledger.passages([hit.passage_id for hit in hits])] == [
        "The minister said nothing."
    ]


def test_one_text_held_twice_is_one_hit_and_two_citable_passages(library: Library) -> None:
    put(library, replace(ROADS, origin="/other/roads", content=ROADS.content + b"\n"), steps=TrimmingSteps())
    hits = library.ledger.search_text(["road"], 10)
    assert len(hits) == len({hit.passage_id for hit in hits})
    cited = library.ledger.passages([hits[0].passage_id])
    assert {passage.document.origin for passage in cited} == {"/given/roads", "/other/roads"}
