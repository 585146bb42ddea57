"""`briefing eval` as somebody types it, over a small library with the bundled model."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2 as httpx
import pytest

from eval.record import ANSWERS, Run

COMMAND = [sys.executable, "-W", "ignore", "-c", "from assistant.command import main; main()"]
LETTER = """---
title: Letter to Northgate Cameras
publisher: Office of the Harbour Commissioner
published: 2022-02-14
source_type: letter
---

The Harbour Commissioner asked Northgate Cameras to confirm by 1 March 2022 that it supplied the harbour of Felmouth.

Northgate Cameras denied that it can reach any recording.
"""
SUITE = """
suite: felmouth
documents: [letter.md]
cases:
  - id: asked
    kind: attribution
    ask: What did the Harbour Commissioner ask Northgate Cameras to confirm?
    expect:
      outcome: briefing
      includes: ["that it supplied the harbour of Felmouth"]
      cites: [{document: letter.md, quote: "asked Northgate Cameras to confirm"}]
  - id: weather
    kind: off_topic
    ask: Will it rain in Lisbon tomorrow?
    expect: {outcome: abstention}
"""


class Desk:
    """Runs the command with its own data folder."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder = folder
        self.suite = folder / "felmouth.yaml"
        self.suite.write_text(SUITE, encoding="utf-8")
        (folder / "letter.md").write_text(LETTER, encoding="utf-8")
        self.environment = {
            **os.environ,
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "BRIEFING_CACHE": str(cache),
            "COLUMNS": "160",
        }

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, "eval", *words], env=self.environment, capture_output=True, text=True, timeout=180
        )

    def changed(self, found: str, instead: str) -> None:
        assert found in SUITE
        self.suite.write_text(SUITE.replace(found, instead), encoding="utf-8")

    @contextmanager
    def server(self) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        library = str(self.folder / "library")
        ingest = [*COMMAND, "ingest", str(self.folder / "letter.md"), "--library", library]
        subprocess.run(ingest, env=self.environment, check=True, capture_output=True, timeout=120)
        serve = [*COMMAND, "serve", "--library", library, "--port", str(port)]
        quiet = subprocess.DEVNULL
        with subprocess.Popen(serve, env=self.environment, stdout=quiet, stderr=quiet) as process:
            try:
                _up(f"http://127.0.0.1:{port}")
                yield process, f"http://127.0.0.1:{port}"
            finally:
                process.send_signal(signal.SIGKILL)


def _up(address: str) -> None:
    for _ in range(300):
        try:
            if httpx.get(f"{address}/api/health", trust_env=False).is_success:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    raise AssertionError("the server did not start")


@pytest.fixture
def desk(tmp_path: Path, model_cache: Path) -> Desk:
    return Desk(tmp_path, model_cache)


def test_a_suite_that_passes_ends_with_0_and_says_where_its_run_is(desk: Desk) -> None:
    done = desk.run(
        "run", str(desk.suite), "--html", str(desk.folder / "r.html"), "--junit", str(desk.folder / "r.xml")
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "felmouth: 2 of 2 cases passed." in done.stdout
    assert "Building the library" in done.stderr
    assert "<!doctype html>" in (desk.folder / "r.html").read_text(encoding="utf-8")
    assert 'failures="0"' in (desk.folder / "r.xml").read_text(encoding="utf-8")
    listed = desk.run("list").stdout
    assert "felmouth-" in listed and "2 cases" in listed


def test_a_failed_case_ends_with_1_and_names_it(desk: Desk) -> None:
    desk.changed("that it supplied the harbour of Felmouth", "that it paid the harbour")
    done = desk.run("run", str(desk.suite), "--json")

    assert done.returncode == 1
    assert json.loads(done.stdout)["failed"] == ["asked"]


def test_what_is_misused_ends_with_2_and_what_cannot_run_with_3(desk: Desk) -> None:
    assert desk.run("run").returncode == 2
    assert desk.run("run", str(desk.suite), "--library", "a", "--server", "b").returncode == 2
    gone = desk.run("run", str(desk.suite), "--server", "http://127.0.0.1:9")
    assert gone.returncode == 3 and "does not answer" in gone.stderr and "Traceback" not in gone.stderr
    unknown = desk.run("run", "no-such-suite")
    assert unknown.returncode == 3 and "starter" in unknown.stderr
    none = desk.run("run", str(desk.suite), "--filter", "typo")
    assert none.returncode == 3 and "No case" in none.stderr


def test_a_baseline_turns_a_failure_into_a_regression_or_into_what_is_known(desk: Desk) -> None:
    out, file = desk.folder / "before", desk.folder / "felmouth.json"
    assert desk.run("run", str(desk.suite), "--out", str(out)).returncode == 0
    assert desk.run("baseline", str(out), "--out", str(file)).returncode == 0
    same = desk.run("run", str(desk.suite), "--baseline", str(file))
    assert same.returncode == 0 and "The same: 2 cases compared" in same.stdout

    desk.changed("that it supplied the harbour of Felmouth", "that it paid the harbour")
    worse = desk.run("run", str(desk.suite), "--out", str(desk.folder / "after"), "--baseline", str(file))
    assert worse.returncode == 1 and "Regression" in worse.stdout
    assert desk.run("compare", str(out), str(desk.folder / "after")).returncode == 1
    assert desk.run("compare", str(desk.folder / "after"), str(out)).returncode == 0

    desk.run("baseline", str(desk.folder / "after"), "--out", str(file))
    known = desk.run("run", str(desk.suite), "--baseline", str(file))
    assert known.returncode == 0 and "1 of 2 cases passed" in known.stdout


def test_answers_are_scored_again_without_asking(desk: Desk) -> None:
    out = desk.folder / "before"
    assert desk.run("run", str(desk.suite), "--out", str(out)).returncode == 0
    kept = (out / ANSWERS).read_bytes()
    desk.changed("outcome: abstention", "outcome: briefing, includes: [rain]")

    again = desk.run("run", str(desk.suite), "--answers", str(out), "--json")

    assert again.returncode == 1
    assert json.loads(again.stdout)["failed"] == ["weather"]
    assert (out / ANSWERS).read_bytes() == kept


def test_a_run_that_was_broken_off_goes_on(desk: Desk) -> None:
    assert desk.run("run", str(desk.suite)).returncode == 0
    (folder,) = (desk.folder / "data").glob("*/evaluations/*")
    lines = (folder / ANSWERS).read_bytes().splitlines(keepends=True)
    (folder / ANSWERS).write_bytes(lines[0] + lines[1][:50])
    assert "--resume" in desk.run("list").stdout

    done = desk.run("run", str(desk.suite), "--resume")

    assert done.returncode == 0
    assert Run.load(folder).complete()
    assert len(list((desk.folder / "data").glob("*/evaluations/*"))) == 1


def test_a_server_is_asked_by_its_address_and_one_that_dies_gives_no_verdict(desk: Desk) -> None:
    out = desk.folder / "served"
    with desk.server() as (process, address):
        done = desk.run("run", str(desk.suite), "--server", address, "--out", str(out))
        assert done.returncode == 0, done.stdout + done.stderr
        assert Run.load(out).header.about["where"] == address
        process.kill()
        process.wait()
        dead = desk.run("run", str(desk.suite), "--server", address)
    assert dead.returncode == 3
    assert "passed" not in dead.stdout


def test_a_suite_is_linted_with_lines(desk: Desk) -> None:
    assert desk.run("lint", str(desk.suite)).returncode == 0
    desk.changed("kind: off_topic", "kind: offtopic")
    done = desk.run("lint", str(desk.suite))

    assert done.returncode == 1
    assert f"{desk.suite}:13:" in done.stdout


def test_the_schema_is_json(desk: Desk) -> None:
    assert "properties" in json.loads(desk.run("schema").stdout)


def test_a_run_that_is_killed_goes_on_from_what_it_had(desk: Desk) -> None:
    out, repeats = desk.folder / "killed", 60
    words = ["run", str(desk.suite), "--out", str(out), "--repeat", str(repeats), "--jobs", "1"]
    with subprocess.Popen([*COMMAND, "eval", *words], env=desk.environment, stdout=subprocess.DEVNULL) as process:
        for _ in range(1_200):
            if (out / ANSWERS).is_file() and (out / ANSWERS).read_bytes().count(b"\n") >= 3:
                break
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
    kept = Run.load(out).answers()
    assert 3 <= len(kept) < 2 * repeats

    done = desk.run(*words)

    assert done.returncode == 0, done.stdout + done.stderr
    assert Run.load(out).complete()
    assert Run.load(out).answers()[0] == kept[0]
