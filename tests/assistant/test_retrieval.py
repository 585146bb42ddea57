from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.domain import Question, Scope
from assistant.retrieval import HybridRetriever, ids
from assistant.settings import RetrievalSettings
from tests.ingest.libraries import opened, put
from tests.ingest.plain_steps import PlainSteps, TrimmingSteps, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from assistant.evidence import Evidence
    from ingest.library import Library

SETTINGS = RetrievalSettings()


def ask(library: Library, question: str, scope: Scope = Scope(), settings: RetrievalSettings = SETTINGS) -> Evidence:
    return HybridRetriever(library, settings).search(Question(text=question, scope=scope))


def names(found: Evidence) -> list[str]:
    return [hit.passage.document.name for hit in found.hits]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Three publishers on one subject, and a note without a date on another."""
    steps = PlainSteps()
    with opened(tmp_path) as one:
        for name, publisher, published, body in (
            ("ico.txt", "ICO", "2022-05-23", "The regulator fined Clearview over its cameras."),
            ("court.txt", "Tribunal", "2023-10-17", "The tribunal allowed the appeal of Clearview over its cameras."),
            ("paper.txt", "The Guardian", "2021-11-29", "Ministers were asked about cameras made by Dahua."),
        ):
            put(one, text(name, body), given={"publisher": publisher, "published": published}, steps=steps)
        put(one, text("note.txt", "Harvest prices rose in spring."), steps=steps)
        yield one


def test_the_passage_that_speaks_of_the_question_comes_first(library: Library) -> None:
    assert names(ask(library, "Who fined Clearview?"))[0] == "ico.txt"
    assert names(ask(library, "Did harvest prices rise?"))[0] == "note.txt"


def test_every_hit_says_what_its_score_is_made_of(library: Library) -> None:
    for hit in ask(library, "Who fined Clearview over cameras?").hits:
        assert {"meaning", "words", "late"} <= set(hit.signals)
        assert -1.001 <= hit.signals["meaning"] <= 1.001
        assert hit.signals["words"] >= 0
        assert 0 <= hit.score <= 1
        assert hit.found_by


def test_an_empty_library_gives_no_evidence_and_says_that_nothing_was_searched(tmp_path: Path) -> None:
    with opened(tmp_path) as empty:
        found = ask(empty, "Who fined Clearview?")
    assert found.hits == () == found.statements
    assert (found.searched.documents, found.searched.passages) == (0, 0)


@pytest.mark.parametrize(
    ("scope", "inside"),
    [
        (Scope(publishers=("ico",)), {"ico.txt"}),
        (Scope(publishers=("guardian", "tribunal")), {"court.txt", "paper.txt"}),
        (Scope(entities=("Dahua",)), {"paper.txt"}),
        (Scope(since="2022", until="2022"), {"ico.txt"}),
        (Scope(since="2022-01-01"), {"ico.txt", "court.txt"}),
        (Scope(as_of="2022-06-01"), {"ico.txt", "paper.txt", "note.txt"}),
        (Scope(publishers=("nobody",)), set()),
    ],
)
def test_a_filter_lets_nothing_else_in_and_loses_nothing_inside(
    library: Library, scope: Scope, inside: set[str]
) -> None:
    found = ask(library, "Who was fined over cameras?", scope)
    assert set(names(found)) == inside
    assert found.searched.documents == len(inside)


def test_a_filter_on_the_kind_of_source_is_kept_to(library: Library) -> None:
    assert ask(library, "Who was fined?", Scope(source_types=("letter",))).hits == ()


def test_a_narrow_filter_finds_a_passage_that_many_others_would_push_out(tmp_path: Path) -> None:
    few = RetrievalSettings(candidates=5)
    with opened(tmp_path) as library:
        crowd = [text(f"crowd{i}.txt", f"Cameras cameras cameras, notice {i}.") for i in range(40)]
        put(library, *crowd, given={"publisher": "Crowd"})
        put(library, text("lone.txt", "A passing word on many things and cameras too."), given={"publisher": "Lone"})
        assert "lone.txt" not in names(ask(library, "cameras", settings=few))
        assert names(ask(library, "cameras", Scope(publishers=("Lone",)), few)) == ["lone.txt"]


def test_equal_scores_are_ordered_by_passage_id(tmp_path: Path) -> None:
    with opened(tmp_path) as library:
        put(library, *(text(f"{name}.txt", "Same title.", f"Cameras {name}") for name in "dbca"))
        found = ids(ask(library, "cameras").hits)
        same = [hit.passage.id for hit in ask(library, "cameras").hits if hit.passage.text.startswith("Same")]
    assert same == sorted(same)
    assert len(found) == len(set(found))


def test_the_same_question_gives_the_same_evidence(library: Library, tmp_path: Path) -> None:
    question = "Who was fined over cameras made by Dahua?"
    assert ask(library, question) == ask(library, question)


def test_two_copies_of_a_text_are_both_found(tmp_path: Path) -> None:
    with opened(tmp_path) as library:
        copies = text("one.txt", "Cameras were banned."), text("two.txt", "Cameras were banned.\n")
        put(library, *copies, steps=TrimmingSteps())
        put(library, text("other.txt", "Harvest prices rose."))
        assert set(names(ask(library, "Were cameras banned?"))[:2]) == {"one.txt", "two.txt"}


def test_a_question_of_nothing_but_small_words_is_searched_by_meaning(library: Library) -> None:
    found = ask(library, "What is it?")
    assert found.view.words == () or found.hits
    assert all(np.isfinite(hit.score) for hit in found.hits)


def test_a_question_may_hold_the_search_languages_own_signs(library: Library) -> None:
    assert names(ask(library, 'fined" OR (NEAR * Clearview) AND -cameras^2'))


def test_a_word_that_no_document_holds_is_read_as_the_one_that_is_nearly_the_same(library: Library) -> None:
    found = ask(library, "Who fined Clearvew over its tribnual?")
    assert found.view.text == "Who fined Clearview over its tribunal?"
    assert [tuple(one) for one in found.respelt] == [("Clearvew", "Clearview"), ("tribnual", "tribunal")]


def test_a_question_in_the_librarys_own_words_is_read_as_it_is(library: Library) -> None:
    assert ask(library, "Who fined Clearview over its camera?").respelt == ()
