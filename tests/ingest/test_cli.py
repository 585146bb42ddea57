"""`briefing ingest` and `briefing source` as a person types them, with the real model."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.command import application
from ingest.errors import BadSettings, DocumentMissing, LibraryDamaged, LibraryMissing

LETTER = """---
title: Letter to Harbour Vision
publisher: Ports Commissioner
published: 2023-05-04
---
The Commissioner wrote to Harbour Vision on 4 May 2023. She asked for a list of the sites at which its cameras stand.
"""
DENIAL = "Harbour Vision denies it\n\nHarbour Vision said that it had never sold a camera to the Ministry of Ports.\n"
BRIEFING = Path(sys.executable).parent / "briefing"


def briefing(*arguments: str | Path, library: Path | None = None, **environment: str) -> Result:
    place = ["--library", str(library)] if library else []
    return CliRunner().invoke(application(), [*map(str, arguments), *place], env=environment)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    (folder / "letter.md").write_text(LETTER)
    (folder / "denial.txt").write_text(DENIAL)
    (folder / "empty.txt").touch()
    return folder


@pytest.fixture(scope="module")
def library(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("held") / "library"
    ran = briefing("ingest", sources / "letter.md", sources / "denial.txt", library=folder)
    assert ran.exit_code == 0, ran.output
    return folder


def test_each_source_gets_a_receipt_and_one_refusal_makes_the_exit_code_one(sources: Path, tmp_path: Path) -> None:
    ran = briefing("ingest", sources, library=tmp_path / "library")
    assert ran.exit_code == 1
    assert "Letter to Harbour Vision" in ran.stdout
    assert "letter.md (markdown) · 117 characters · 1 passage · searchable" in ran.stdout
    assert "unknown: author, address, source type, language, licence" in ran.stdout
    assert "`empty.txt` is empty." in ran.stdout
    assert ran.stdout.splitlines()[-1] == "2 ingested, 1 refused"
    assert "Traceback" not in ran.output


def test_json_is_alone_on_standard_output_and_says_all_a_receipt_knows(sources: Path, library: Path) -> None:
    ran = briefing("ingest", sources, "--json", library=library)
    receipts = json.loads(ran.stdout)
    assert [one["status"] for one in receipts] == ["unchanged", "refused", "unchanged"]
    assert {"pages", "characters", "furniture", "near_duplicates", "missing", "warnings", "searchable"} <= set(
        receipts[0]
    )
    assert receipts[1]["remedy"]


def test_json_goes_where_it_was_sent_while_a_bar_is_shown(sources: Path, library: Path, tmp_path: Path) -> None:
    terminal, other_end = pty.openpty()
    with (tmp_path / "receipts.json").open("wb") as file:
        ran = subprocess.Popen(
            [BRIEFING, "ingest", sources / "letter.md", "--json", "--library", library], stdout=file, stderr=other_end
        )
    os.close(other_end)
    shown = b""
    while True:
        try:
            part = os.read(terminal, 65_536)
        except OSError:  # how Linux says that nobody writes to a terminal any more
            break
        if not part:
            break
        shown += part
    os.close(terminal)
    assert ran.wait() == 0
    assert [one["status"] for one in json.loads((tmp_path / "receipts.json").read_text())] == ["unchanged"]
    assert b"unchanged" not in shown
    assert b"0/1" in shown


def test_metadata_from_the_command_line_stands_before_the_sources_own(sources: Path, tmp_path: Path) -> None:
    set_metadata = ["--set", "publisher=Ofcom", "--set", "published=4 May 2023", "--set", "source-type=letter"]
    ran = briefing("ingest", sources / "denial.txt", *set_metadata, "--json", library=tmp_path / "library")
    assert not {"publisher", "published", "source_type"} & set(json.loads(ran.stdout)[0]["missing"])
    [listed] = json.loads(briefing("library", "list", "--json", library=tmp_path / "library").stdout)
    assert listed["metadata"]["publisher"] == "Ofcom"
    assert listed["metadata"]["published"] == "2023-05-04"
    assert listed["metadata"]["source_type"] == "letter"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Name a file"),
        (["x", "--set", "publisher"], "is not key=value"),
        (["x", "--set", "publisher= "], "is not key=value"),
        (["x", "--set", "pubisher=Ofcom"], "Did you mean `publisher`?"),
        (["x", "--set", "published=yesterday"], "is no date"),
        (["x", "--set", "published=2023-02-30"], "is no date"),
        (["x", "--nonsense"], "No such option"),
    ],
)
def test_misuse_is_said_to_be_that(arguments: list[str], said: str, library: Path) -> None:
    ran = briefing("ingest", *arguments, library=library)
    assert ran.exit_code == 2
    assert said in " ".join(ran.stderr.replace("│", " ").split())
    assert ran.stdout == ""


def test_what_is_not_there_is_refused_with_a_hint(sources: Path, library: Path) -> None:
    ran = briefing("ingest", sources / "leter.md", sources / "*.odt", "--json", library=library)
    missing, unmatched = json.loads(ran.stdout)
    assert missing["remedy"] == "Did you mean `letter.md`?"
    assert unmatched["reason"].startswith("Nothing matches")
    assert ran.exit_code == 1


@pytest.mark.parametrize("command", [("library", "list"), ("library", "verify"), ("source", "abc")])
def test_a_library_that_is_not_there_is_said_with_the_way_to_make_one(command: tuple[str, ...], tmp_path: Path) -> None:
    ran = briefing(*command, library=tmp_path / "none")
    assert isinstance(ran.exception, LibraryMissing)
    assert "briefing ingest" in ran.exception.remedy
    assert not (tmp_path / "none").exists()


def test_a_file_in_the_librarys_place_is_left_alone(sources: Path, tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("notes")
    ran = briefing("ingest", sources, library=tmp_path / "notes")
    assert isinstance(ran.exception, LibraryDamaged)
    assert (tmp_path / "notes").read_text() == "notes"


def test_the_text_of_a_source_is_what_citations_point_into(library: Path) -> None:
    listed = json.loads(briefing("library", "list", "--json", library=library).stdout)
    letter = next(one for one in listed if one["name"] == "letter.md")
    plain = briefing("source", letter["id"][:6], library=library).stdout
    told = json.loads(briefing("source", letter["id"], "--version", "1", "--json", library=library).stdout)
    assert plain == told["text"] + "\n"
    assert told["sha256"] == letter["digest"]
    assert (told["version"], told["live"], told["title"]) == (1, True, "Letter to Harbour Vision")
    for block in told["blocks"]:
        assert told["text"][block["start"] : block["end"]].strip()


def test_the_bytes_as_they_came_can_be_had_again(library: Path, tmp_path: Path) -> None:
    [denial] = [
        one
        for one in json.loads(briefing("library", "list", "--json", library=library).stdout)
        if one["name"] == "denial.txt"
    ]
    ran = briefing("source", denial["id"], "--original", tmp_path / "copy.txt", library=library)
    assert ran.exit_code == 0
    assert (tmp_path / "copy.txt").read_text() == DENIAL
    refused = briefing("source", denial["id"], "--original", tmp_path / "none" / "copy.txt", library=library)
    assert isinstance(refused.exception, BadSettings)
    assert "cannot be written: no such file or directory" in str(refused.exception)


def test_a_document_or_version_that_is_not_there_is_named(library: Path) -> None:
    assert isinstance(briefing("source", "zzz", library=library).exception, DocumentMissing)
    assert briefing("source", "zzz", "--version", "0", library=library).exit_code == 2


def test_a_fault_is_one_line_and_its_remedy_on_standard_error(library: Path, tmp_path: Path) -> None:
    ran = subprocess.run(
        [BRIEFING, "source", "zzz", "--library", library], capture_output=True, text=True, check=False, timeout=120
    )
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == "No document `zzz`.\nSee `briefing library list`.\n"


_MANY = 600
"""Notes that no machine takes in before it can be stopped, however late it hears of it."""


def test_an_ingest_that_is_stopped_keeps_what_has_a_receipt(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    for number in range(_MANY):
        lines = [f"The commissioner of area {number} asked whether camera {n} stands at pier {n}." for n in range(40)]
        (tmp_path / "notes" / f"n{number}.txt").write_text("\n".join(lines))
    library = tmp_path / "library"
    with subprocess.Popen(
        [BRIEFING, "ingest", tmp_path / "notes", "--json", "--library", library],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout and running.stderr
        told = [running.stdout.readline() for _ in range(4)]
        running.send_signal(signal.SIGINT)
        told.extend(running.stdout)
        said = running.stderr.read()
    assert "Traceback" not in said
    acknowledged = {one["document"] for one in json.loads("".join(told))}
    assert 0 < len(acknowledged) < _MANY
    assert acknowledged == {
        one["id"] for one in json.loads(briefing("library", "list", "--json", library=library).stdout)
    }
    assert briefing("library", "verify", library=library).exit_code == 0


def test_offline_fetches_nothing(library: Path) -> None:
    ran = briefing("ingest", "https://example.org/a-page", "--offline", "--json", library=library)
    assert json.loads(ran.stdout)[0]["status"] == "refused"
    assert "offline" in json.loads(ran.stdout)[0]["reason"].casefold()


HELP = [
    ("ingest",),
    ("source",),
    ("library",),
    *(("library", name) for name in ("list", "show", "remove", "verify", "rebuild")),
]


@pytest.mark.parametrize("command", HELP, ids=" ".join)
def test_every_help_has_an_example_that_stands_on_a_line_of_its_own(command: tuple[str, ...]) -> None:
    ran = briefing(*command, "--help", COLUMNS="100")
    assert ran.exit_code == 0
    lines = [line.strip() for line in ran.stdout.splitlines()]
    assert any(line.startswith(("$ briefing " + command[0], "$ BRIEFING_")) for line in lines)
    assert "Example" in ran.stdout
