from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.exact_search import ExactSearch, best
from ingest.ledger.engine import reading
from ingest.ledger.records import Scope
from ingest.maintenance import remove
from tests.ingest.libraries import opened, put
from tests.ingest.plain_steps import text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ingest.library import Library

NOTES = [text(f"n{n}", f"Note {n}", *(f"Sentence {m} of note {n} on cameras." for m in range(6))) for n in range(12)]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with opened(tmp_path) as made:
        put(made, *NOTES[:8])
        yield made


def by_hand(library: Library, vector: np.ndarray, limit: int, scope: Scope = Scope()) -> list[tuple[str, float]]:  # type: ignore[type-arg]
    """Every passage in scope, its similarity computed one by one."""
    with reading(library.ledger.engine) as connection:
        live = library.ledger.live(connection)
        inside = live.rows_inside(connection, scope)
        ids = [
            str(row[0])
            for row in connection.exec_driver_sql("SELECT id, version_row FROM passages WHERE live")
            if inside is None or row[1] in inside
        ]
    found = {
        key: round(float(library.ledger.vectors([key])[0].astype(np.float64) @ vector.astype(np.float64)), 6)
        for key in ids
    }
    return sorted(found.items(), key=lambda hit: (-hit[1], hit[0]))[:limit]


def same(found: list[tuple[str, float]], expected: list[tuple[str, float]]) -> bool:
    return [key for key, _ in found] == [key for key, _ in expected] and np.allclose(
        [value for _, value in found], [value for _, value in expected], atol=3e-6
    )


def asked(library: Library, question: str = "sentence 3 of note 5") -> np.ndarray:  # type: ignore[type-arg]
    return library.embedder.encode_query(question).vector


def test_the_nearest_are_those_that_a_comparison_with_each_finds(library: Library) -> None:
    found = ExactSearch(library.ledger).nearest(asked(library), 5)
    assert same(found, by_hand(library, asked(library), 5))
    assert found[0][1] > 0.5


def test_a_scope_is_searched_alone_with_and_without_the_whole_in_memory(library: Library) -> None:
    scope = Scope(documents=(library.ledger.documents()[2].id,))
    with reading(library.ledger.engine) as connection:
        inside = library.ledger.live(connection).rows_inside(connection, scope)
    assert inside is not None
    expected = by_hand(library, asked(library), 50, scope)
    assert len(expected) == 7
    search = ExactSearch(library.ledger)
    assert same(search.nearest(asked(library), 50, inside), expected)
    search.nearest(asked(library), 5)
    assert same(search.nearest(asked(library), 50, inside), expected)


def test_an_empty_scope_finds_nothing(library: Library) -> None:
    search = ExactSearch(library.ledger)
    assert search.nearest(asked(library), 5, ()) == []
    search.nearest(asked(library), 5)
    assert search.nearest(asked(library), 5, ()) == []


def test_what_is_added_or_removed_is_seen_at_once(library: Library) -> None:
    search = ExactSearch(library.ledger)
    assert same(search.nearest(asked(library), 60), by_hand(library, asked(library), 60))
    put(library, *NOTES[8:])
    assert same(search.nearest(asked(library), 99), by_hand(library, asked(library), 99))
    gone = search.nearest(asked(library), 1)[0][0]
    document = library.ledger.passages([gone])[0].document.id
    remove(library, [document])
    found = search.nearest(asked(library), 99)
    assert gone not in dict(found)
    assert same(found, by_hand(library, asked(library), 99))


def test_a_remembered_scope_does_not_outlive_a_change(library: Library) -> None:
    search = ExactSearch(library.ledger)
    with reading(library.ledger.engine) as connection:
        inside = library.ledger.live(connection).rows_inside(
            connection, Scope(documents=tuple(one.id for one in library.ledger.documents()[:2]))
        )
    assert inside is not None
    assert len(search.nearest(asked(library), 99, inside)) == 14
    remove(library, [library.ledger.documents()[0].id])
    assert len(search.nearest(asked(library), 99, inside)) == 7


def test_memory_can_be_given_back(library: Library) -> None:
    search = ExactSearch(library.ledger)
    before = search.nearest(asked(library), 5)
    search.forget()
    assert search.nearest(asked(library), 5) == before


def test_an_empty_library_finds_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as empty:
        assert ExactSearch(empty.ledger).nearest(asked(empty), 5) == []


def test_threads_that_search_while_documents_come_in_never_see_half(library: Library) -> None:
    search, vector = ExactSearch(library.ledger), asked(library)
    sizes: list[int] = []
    faults: list[BaseException] = []

    def many() -> None:
        try:
            for _ in range(25):
                sizes.append(len(search.nearest(vector, 999)))
        except BaseException as error:  # noqa: BLE001 - shown by the assertion below
            faults.append(error)

    threads = [threading.Thread(target=many) for _ in range(3)]
    for thread in threads:
        thread.start()
    for note in NOTES[8:]:
        put(library, note)
    for thread in threads:
        thread.join()
    assert faults == []
    assert {size % 7 for size in sizes} == {0}


# --- the best of many


def test_copies_of_one_text_count_once_with_their_best() -> None:
    ids = np.array(["a", "b", "a", "c"])
    assert best(ids, np.array([0.1, 0.5, 0.9, 0.2], np.float32), 2) == [("a", 0.9), ("b", 0.5)]


def test_ties_are_broken_by_id() -> None:
    ids = np.array(["c", "a", "b"])
    assert [key for key, _ in best(ids, np.array([0.5, 0.5, 0.5], np.float32), 2)] == ["a", "b"]


def test_a_thousand_copies_do_not_hide_the_others() -> None:
    ids = np.array(["copy"] * 1000 + ["x", "y"])
    similarity = np.array([0.9] * 1000 + [0.2, 0.1], np.float32)
    assert [key for key, _ in best(ids, similarity, 3)] == ["copy", "x", "y"]


@pytest.mark.parametrize("limit", [0, -1])
def test_asked_for_none_there_are_none(limit: int) -> None:
    assert best(np.array(["a"]), np.array([1.0], np.float32), limit) == []


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.tuples(st.sampled_from("abcdefghij"), st.integers(-10, 10)), min_size=1, max_size=120),
    st.integers(1, 12),
)
def test_the_best_are_those_of_a_plain_sort(pairs: list[tuple[str, int]], limit: int) -> None:
    found = best(np.array([key for key, _ in pairs]), np.array([n / 10 for _, n in pairs], np.float32), limit)
    highest: dict[str, float] = {}
    for key, number in pairs:
        highest[key] = max(highest.get(key, -9.0), number / 10)
    assert found == sorted(highest.items(), key=lambda hit: (-hit[1], hit[0]))[:limit]
