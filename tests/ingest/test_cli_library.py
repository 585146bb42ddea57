"""`briefing library list | show | remove | verify | rebuild` as a person types them."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import DocumentMissing, LibraryDamaged, ModelMismatch
from tests.ingest.test_cli import DENIAL, LETTER, briefing


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    for name, content in (("letter.md", LETTER), ("denial.txt", DENIAL)):
        (folder / name).write_text(content)
    ran = briefing("ingest", folder / "letter.md", folder / "denial.txt", library=folder / "library")
    assert ran.exit_code == 0, ran.output
    return folder


@pytest.fixture
def library(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made / "library", tmp_path / "library")
    return tmp_path / "library"


def listed(library: Path, *options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(briefing("library", "list", "--json", *options, library=library).stdout)
    return found


def named(library: Path, name: str) -> str:
    return next(str(one["id"]) for one in listed(library) if one["name"] == name)


def test_the_list_says_what_is_known_and_what_is_not(library: Path) -> None:
    said = " ".join(briefing("library", "list", library=library).stdout.split())
    assert "Letter to Harbour Vision 2023-05-04 · Ports Commissioner · 1 passage" in said
    assert "undated · publisher unknown · 1 passage" in said
    assert said.endswith("2 documents")


def test_a_document_is_shown_with_all_that_is_known(library: Path) -> None:
    document = named(library, "letter.md")
    said = briefing("library", "show", document[:6], library=library).stdout
    told = json.loads(briefing("library", "show", document, "--json", library=library).stdout)
    assert re.search(r"publisher +Ports Commissioner", said)
    assert re.search(r"licence +unknown", said)
    assert told[0]["digest"] in said
    assert "version 1" in said and "live" in said


def test_what_a_source_says_of_itself_cannot_pass_for_what_was_measured(made: Path, tmp_path: Path) -> None:
    (tmp_path / "liar.md").write_text(
        "---\ntitle: Liar\norigin: /the/truth\ncharacters: 7\n---\nIt is said to be so.\n"
    )
    briefing("ingest", tmp_path / "liar.md", library=tmp_path / "library")
    said = briefing("library", "show", named(tmp_path / "library", "liar.md"), library=tmp_path / "library").stdout
    assert "origin: /the/truth" in said
    assert re.search(rf"^origin +{tmp_path}/liar.md", said, re.MULTILINE)
    assert re.search(r"^characters +20", said, re.MULTILINE)


def test_a_removed_document_leaves_the_list_and_can_still_be_read(library: Path) -> None:
    document = named(library, "letter.md")
    ran = briefing("library", "remove", document[:6], library=library)
    assert (ran.exit_code, ran.stdout) == (0, f"Removed {document}: Letter to Harbour Vision\n")
    assert [one["name"] for one in listed(library)] == ["denial.txt"]
    assert [one["live"] for one in listed(library, "--all") if one["id"] == document] == [False]
    assert "a list of the sites" in briefing("source", document, "--version", "1", library=library).stdout
    asked = briefing("ask", "Who asked for a list of the sites?", "--json", library=library)
    assert "list of the sites" not in asked.stdout.replace("Who asked for a list of the sites?", "")
    assert briefing("library", "verify", library=library).exit_code == 0


def test_nothing_is_removed_when_one_of_them_is_not_there(library: Path) -> None:
    ran = briefing("library", "remove", named(library, "letter.md"), "zzz", library=library)
    assert isinstance(ran.exception, DocumentMissing)
    assert len(listed(library)) == 2


def test_a_purged_document_is_gone_for_good(library: Path) -> None:
    document = named(library, "letter.md")
    told = json.loads(briefing("library", "remove", document, "--purge", "--json", library=library).stdout)
    assert told == [{"document": document, "purged": True}]
    assert isinstance(briefing("source", document, "--version", "1", library=library).exception, DocumentMissing)
    assert json.loads(briefing("library", "verify", "--json", library=library).stdout)["sound"] is True


def test_a_sound_library_is_said_to_be_so(library: Path) -> None:
    ran = briefing("library", "verify", library=library)
    assert (ran.exit_code, ran.stdout) == (0, "2 documents, 2 versions, 2 passages: all agrees.\n")


def test_a_lost_index_is_found_made_anew_and_then_sound(library: Path) -> None:
    shutil.rmtree(library / "index")
    ran = briefing("library", "verify", library=library)
    assert ran.exit_code == 1
    assert "the vector index: its folder is not there" in ran.stdout
    assert "briefing library rebuild" in ran.stdout
    told = json.loads(briefing("library", "rebuild", "--json", library=library).stdout)
    assert told == {"documents": 2, "passages": 2, "embedded_anew": False}
    assert briefing("library", "verify", library=library).exit_code == 0


def test_another_precision_is_refused_until_the_library_is_changed_over(library: Path) -> None:
    ran = briefing("ask", "Who denied it?", library=library, BRIEFING_EMBEDDING__PRECISION="int8")
    assert isinstance(ran.exception, ModelMismatch)
    assert "briefing library rebuild" in ran.exception.remedy
    ran = briefing("library", "rebuild", library=library, BRIEFING_EMBEDDING__PRECISION="int8")
    assert "2 passages: rebuilt (embedded anew)" in ran.stdout
    assert isinstance(briefing("ask", "Who denied it?", library=library).exception, ModelMismatch)


@pytest.mark.parametrize("command", ["list", "verify", "rebuild"])
def test_a_damaged_ledger_is_told_in_a_line(command: str, library: Path) -> None:
    (library / "ledger.sqlite3").write_bytes(b"not a database at all" * 500)
    for beside in library.glob("ledger.sqlite3-*"):
        beside.unlink()
    ran = briefing("library", command, library=library)
    assert isinstance(ran.exception, LibraryDamaged)
    assert "Restore the library folder from a backup" in ran.exception.remedy


def test_a_foreign_database_is_told_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    with sqlite3.connect(tmp_path / "library" / "ledger.sqlite3") as connection:
        connection.execute("CREATE TABLE books (title)")
    connection.close()
    ran = briefing("library", "list", library=tmp_path / "library")
    assert isinstance(ran.exception, LibraryDamaged)
    assert "is not a ledger of this program" in str(ran.exception)
