from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from assistant.command import application
from assistant.domain import Clarification, Searched
from assistant.settings import Settings
from assistant.terminal import show
from ingest.documents import Source
from ingest.library import Library
from ingest.pipeline import ingest
from tests.assistant.web.scripted import TRACE

Run = Callable[..., Result]
LETTER = b"""---
title: Letter to Northgate Cameras
publisher: Office of the Harbour Commissioner
published: 2022-02-14
source_type: letter
---

The Harbour Commissioner asked Northgate Cameras to confirm by 1 March 2022 that it supplied the harbour of Felmouth.

Lumen Grid Ltd denied on 3 March 2022 that its cameras had failed [twice] in the harbour of Felmouth.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, model_cache: Path) -> Path:
    made = tmp_path_factory.mktemp("talked") / "library"
    with Library.open(Settings(library=made, cache=model_cache), create=True) as library:
        (receipt,) = ingest(library, [Source("letter.md", "letter.md", LETTER, None)])
        assert receipt.searchable
    return made


@pytest.fixture
def run(folder: Path, model_cache: Path) -> Run:
    def ran(*words: str) -> Result:
        return CliRunner().invoke(
            application(), [*words, "--library", str(folder)], env={"BRIEFING_CACHE": str(model_cache)}
        )

    return ran


def test_a_conversation_goes_on_and_is_listed_shown_searched_renamed_exported_and_deleted(run: Run) -> None:
    first = run(
        "ask", "What did the Harbour Commissioner ask Northgate Cameras to confirm?", "--conversation", "new", "--json"
    )
    assert first.exit_code == 0
    name = json.loads(first.stdout)["conversation"]
    second = run("ask", "what did Lumen Grid deny?", "--conversation", name, "--json")
    assert json.loads(second.stdout)["conversation"] == name
    third = json.loads(run("ask", "when did it deny that?", "--conversation", "last", "--json").stdout)
    assert third["standalone_question"] == "When did Lumen Grid Ltd deny that?"
    assert third["understood"] == "“it” is Lumen Grid Ltd."

    (listed,) = json.loads(run("conversations", "list", "--json").stdout)
    assert listed["id"] == name and listed["turns"] == 3
    assert name in run("conversations", "search", "felmouth").stdout
    assert run("conversations", "search", "zebra").stdout == ""
    assert "Renamed" in run("conversations", "rename", name, "Renamed").stdout
    shown = run("conversations", "show", "last").stdout
    assert "Understood as: When did Lumen Grid Ltd deny that?" in shown and "Sources" in shown

    exported = json.loads(run("conversations", "export", name, "--format", "json").stdout)
    assert exported["turns"][0]["outcome"]["claims"][0]["citations"][0]["quote"] in LETTER.decode()
    assert exported["turns"][0]["outcome"]["trace"]["library"]
    written = run("conversations", "export", name).stdout
    assert written.startswith("# Renamed\n") and "\\[twice\\]" in written and "characters " in written

    assert run("conversations", "delete", name, "--yes").exit_code == 0
    assert json.loads(run("conversations", "list", "--json").stdout) == []


def test_a_conversation_that_is_not_there_is_one_line_with_a_remedy(run: Run) -> None:
    ran = run("ask", "What did Lumen Grid deny?", "--conversation", "0123456789abcdef")
    assert ran.exit_code == 1
    assert "There is no conversation `0123456789abcdef`." in str(ran.exception)


def test_a_deletion_is_not_done_without_a_yes(run: Run) -> None:
    name = json.loads(run("ask", "What did Lumen Grid deny?", "--conversation", "new", "--json").stdout)["conversation"]
    assert run("conversations", "delete", name).exit_code != 0
    assert name in run("conversations", "list").stdout


def test_a_clarification_is_printed_as_a_numbered_list() -> None:
    out = io.StringIO()
    asked_back = Clarification(
        question="What did he say?",
        standalone_question="What did he say?",
        detail="“he” may mean several in this library.",
        choices=("What did Mara Quill say?", "What did [bold]Owen Tarn[/bold] say?"),
        searched=Searched(documents=2, passages=9),
        trace=TRACE,
    )
    show(asked_back, Console(file=out, width=100))
    assert "Which do you mean? “he” may mean several in this library." in out.getvalue()
    assert "  1. What did Mara Quill say?" in out.getvalue()
    assert "  2. What did [bold]Owen Tarn[/bold] say?" in out.getvalue()
