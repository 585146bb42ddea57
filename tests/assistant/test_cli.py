"""`briefing ask` and `briefing serve` as somebody types them, over a real library with the bundled model."""

from __future__ import annotations

import json
import os
import pty
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.command import application
from assistant.settings import Settings
from ingest.documents import Source
from ingest.library import Library
from ingest.pipeline import ingest

COMMAND = [sys.executable, "-W", "ignore", "-c", "from assistant.command import main; main()"]
LETTER = b"""---
title: Letter to Northgate Cameras
publisher: Office of the Harbour Commissioner
published: 2022-02-14
source_type: letter
address: https://example.org/letters/2022/northgate-cameras-and-the-felmouth-harbour-contract-of-last-autumn
---

The Harbour Commissioner asked Northgate Cameras to confirm by 1 March 2022 that it supplied the harbour of Felmouth.

Northgate Cameras denied that it can reach any recording.
"""
ASKED = "What did the Harbour Commissioner ask Northgate Cameras to confirm?"
CLAIM = "The Harbour Commissioner asked Northgate Cameras to confirm by 1 March 2022 that it supplied the harbour"


@dataclass
class Shell:
    """Runs the command over one library."""

    library: Path
    cache: Path

    def run(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 - our own command
            [*COMMAND, *words], env=self.environment(environment), capture_output=True, text=True, timeout=120
        )

    def ask(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return self.run("ask", *words, "--library", str(self.library), **environment)

    def ask_in_terminal(self, *words: str, **environment: str) -> str:
        ours, theirs = pty.openpty()
        command = [*COMMAND, "ask", *words, "--library", str(self.library)]
        with subprocess.Popen(  # noqa: S603 - our own command
            command, env=self.environment({"TERM": "xterm-256color", **environment}), stdout=theirs, stderr=theirs
        ):
            os.close(theirs)
            said = b""
            while part := _read(ours):
                said += part
        os.close(ours)
        return said.decode()

    def environment(self, more: dict[str, str]) -> dict[str, str]:
        plain = {name: value for name, value in os.environ.items() if not name.startswith("BRIEFING_")}
        for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
            plain.pop(name, None)
        return plain | {"BRIEFING_CACHE": str(self.cache), **more}


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # how Linux says that the other end is closed
        return b""


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory, model_cache: Path) -> Iterator[Shell]:
    folder = tmp_path_factory.mktemp("asked") / "library"
    with Library.open(Settings(library=folder, cache=model_cache), create=True) as library:
        (receipt,) = ingest(library, [Source("letter.md", "letter.md", LETTER, None)])
        assert receipt.searchable
    yield Shell(folder, model_cache)


def test_an_answer_is_printed_with_its_source_and_exits_with_0(shell: Shell) -> None:
    ran = shell.ask(ASKED)
    assert ran.returncode == 0 and ran.stderr == ""
    assert CLAIM in " ".join(ran.stdout.split()) and "[1]" in ran.stdout
    assert "Letter to Northgate Cameras · Office of the Harbour Commissioner" in " ".join(ran.stdout.split())


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_piped_output_is_plain_and_fits_its_width(shell: Shell, columns: int) -> None:
    lines = shell.ask(ASKED, COLUMNS=str(columns)).stdout.splitlines()
    assert not any("\x1b" in line or line != line.rstrip() for line in lines)
    wide = [line for line in lines if len(line) > columns]
    assert len([line for line in wide if "https://" not in line]) == 0
    assert (
        "    https://example.org/letters/2022/northgate-cameras-and-the-felmouth-harbour-contract-of-last-autumn"
        in lines
    )


def test_a_terminal_gets_colour_unless_it_wants_none(shell: Shell) -> None:
    assert "\x1b[36m[1]" in shell.ask_in_terminal(ASKED)
    assert "\x1b[3" not in shell.ask_in_terminal(ASKED, NO_COLOR="1")


def test_an_output_that_knows_few_letters_gets_what_it_knows(shell: Shell) -> None:
    ran = shell.ask(ASKED, PYTHONIOENCODING="ascii")
    assert ran.returncode == 0 and "Cameras ? Office" in " ".join(ran.stdout.split())


def test_the_json_is_the_outcome_as_everywhere_else(shell: Shell) -> None:
    ran = shell.ask(ASKED, "--json", PYTHONIOENCODING="ascii")
    outcome = json.loads(ran.stdout)
    assert next(iter(outcome)) == "outcome" and outcome["outcome"] == "briefing" and outcome["question"] == ASKED
    assert {
        "standalone_question", "claims", "withheld", "caveats", "reason", "nearest", "searched", "trace",
    } <= outcome.keys()  # fmt: skip
    claim = outcome["claims"][0]
    told = {"text", "standing", "cue", "speaker", "addressee", "time", "time_basis", "account", "corrected_by"}
    assert told | {"citations", "support"} == claim.keys()
    citation = claim["citations"][0]
    assert {
        "document", "version", "title", "publisher", "published", "source", "page", "start", "end", "quote", "sha256",
    } <= citation.keys()  # fmt: skip
    assert outcome["searched"].keys() == {"documents", "passages"}
    assert {"library", "prompts", "model", "timings_ms"} <= outcome["trace"].keys()

    kept = json.loads(shell.run("source", citation["document"], "--library", str(shell.library), "--json").stdout)
    assert kept["text"][citation["start"] : citation["end"]] == citation["quote"]
    assert kept["sha256"] == citation["sha256"]


def test_an_abstention_exits_with_3_and_says_what_would_settle_it(shell: Shell) -> None:
    ran = shell.ask("Who is the mayor of Oakford?")
    assert ran.returncode == 3 and ran.stderr == ""
    assert "No answer: " in ran.stdout and "What would settle it: " in ran.stdout
    assert json.loads(shell.ask("Who is the mayor of Oakford?", "--json").stdout)["outcome"] == "abstention"


def test_filters_that_let_nothing_in_say_so(shell: Shell) -> None:
    ran = shell.ask(ASKED, "--publisher", "Nobody", "--since", "2030")
    assert ran.returncode == 3
    assert "Widen the filters" in ran.stdout and "What would settle it" not in ran.stdout


def test_a_fault_is_one_line_and_its_remedy_on_standard_error(shell: Shell, tmp_path: Path) -> None:
    ran = shell.run("ask", ASKED, "--library", str(tmp_path / "none"))
    assert ran.returncode == 1 and ran.stdout == ""
    said = ran.stderr.splitlines()
    assert len(said) == 2 and "There is no library" in said[0] and "briefing ingest" in said[1]


def test_serving_where_something_is_served_already_says_what_to_do(shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ran = shell.run("serve", "--library", str(shell.library), "--port", port)
    assert ran.returncode == 1 and "Traceback" not in ran.stderr
    assert f"127.0.0.1, port {port}: address already in use" in ran.stderr and "--port" in ran.stderr


@pytest.mark.parametrize(
    "words",
    [[], [""], ["  "], ["x" * 2001], ["x", "--since", "yesterday"], ["x", "--until", "2021-02-30"],
     ["x", "--as-of", "21"], ["x", "--unknown"], ["one", "two"]],
)  # fmt: skip
def test_misuse_exits_with_2_before_any_library_is_opened(words: list[str], tmp_path: Path) -> None:
    ran = CliRunner().invoke(application(), ["ask", *words, "--library", str(tmp_path / "none")])
    assert ran.exit_code == 2 and ran.stdout == ""
    assert "Usage: briefing ask" in ran.stderr


@pytest.mark.parametrize(("command", "example"), [("ask", 'briefing ask "'), ("serve", "briefing serve --")])
def test_help_shows_an_example(command: str, example: str) -> None:
    ran = CliRunner().invoke(application(), [command, "--help"])
    assert ran.exit_code == 0 and example in ran.stdout
