"""The bundled notes: complete, taken in whole, and each naming what it rests on."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from ingest import starter
from tests.ingest.test_cli import briefing


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("starter") / "library"
    ran = briefing("ingest", "--starter", "--offline", "--json", library=folder)
    assert ran.exit_code == 0, ran.output
    receipts = json.loads(ran.stdout)
    assert {one["status"] for one in receipts} == {"ingested"}
    assert all(one["searchable"] for one in receipts)
    assert 10 <= len(receipts) <= 15
    return folder


def held(library: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(briefing("library", "list", "--json", library=library).stdout)
    return found


def test_the_notes_come_in_five_formats() -> None:
    assert set(Counter(path.suffix for path in starter.paths())) == {".md", ".html", ".pdf", ".docx", ".eml"}


def test_every_note_names_the_public_source_it_rests_on(library: Path) -> None:
    for one in held(library):
        text = briefing("source", str(one["id"]), library=library).stdout
        assert "note" in text.casefold() and "starter library" in text, one["name"]
        metadata = one["metadata"]
        assert isinstance(metadata, dict)
        # What is attached to a mail has no metadata of its own and says in its text what page it is on.
        assert str(metadata["address"]).startswith("https://") or "on a page of" in text, one["name"]


def test_every_note_says_that_it_is_one(library: Path) -> None:
    for one in held(library):
        metadata = one["metadata"]
        assert isinstance(metadata, dict)
        assert str(metadata["title"]).startswith("Note: "), one["name"]


def test_no_note_holds_another_ones_text(library: Path) -> None:
    again = json.loads(briefing("ingest", "--starter", "--offline", "--json", library=library).stdout)
    assert {one["status"] for one in again} == {"unchanged"}
    assert not any(one["near_duplicates"] or one["duplicate_of"] for one in again)


def test_the_example_questions_are_answered_but_for_the_last(library: Path) -> None:
    outcomes = {
        question: json.loads(briefing("ask", question, "--json", library=library).stdout)["outcome"]
        for question in starter.EXAMPLE_QUESTIONS
    }
    *answered, last = outcomes.values()
    assert last == "abstention"
    assert set(answered) == {"briefing"}, outcomes
