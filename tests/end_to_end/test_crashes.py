"""Killed at any instant, a library loses no document it acknowledged and shows none half; it mends itself."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ingest.embedding import StableEmbedder
from ingest.library import Library
from ingest.maintenance import verify
from tests.end_to_end.crash_child import document
from tests.ingest.libraries import put, settings

if TYPE_CHECKING:
    from collections.abc import Iterable

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
AIMED = ["half-added", "added", "transaction"]
AIMED_AT_REPLACEMENT = ["half-added", "added", "transaction", "commit", "finish"]


class Victim:
    """A child process that ingests documents `first` to `last` in one revision."""

    def __init__(self, folder: Path, first: int, last: int, revision: int, halt: str = "-") -> None:
        arguments = [folder, first, last, revision, halt]
        self._child = subprocess.Popen(
            [sys.executable, "-m", "tests.end_to_end.crash_child", *map(str, arguments)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"OMP_NUM_THREADS": "1"},
        )

    def run(self, acknowledged: Iterable[tuple[int, int]], kill_after: int | None) -> list[tuple[int, int]]:
        """Start, kill after so many receipts (or where it halts), and return what it acknowledged."""
        assert self._child.stdin and self._child.stdout and self._child.stderr
        self._child.stdin.write("".join(f"{number} {revision}\n" for number, revision in acknowledged))
        self._child.stdin.close()
        lines: list[str] = []
        for line in self._child.stdout:
            lines.append(line.strip())
            if line.strip() == "halted" or (kill_after is not None and len(lines) > kill_after):
                break
        os.kill(self._child.pid, signal.SIGKILL)
        lines.extend(line.strip() for line in self._child.stdout if line.endswith("\n"))
        self._child.wait()
        said = self._child.stderr.read()
        self._child.stdout.close()
        self._child.stderr.close()
        assert lines[:1] == ["ready"], said
        return [(int(line.split()[0]), int(line.split()[1])) for line in lines if line[0].isdigit()]


def check(folder: Path, acknowledged: dict[int, int]) -> None:
    """The last word: another process finds everything whole and everything agreeing."""
    with Library.open(settings(folder), embedder=StableEmbedder(16)) as library:
        library.warm()
        verification = verify(library)
        assert verification.sound, verification.faults
        texts = {library.ledger.text(record.id).text for record in library.ledger.documents()}
        for number, revision in acknowledged.items():
            assert document(number, revision).content.decode() in texts


def test_twenty_kills_during_ingest_lose_nothing_acknowledged(tmp_path: Path) -> None:
    chance = random.Random(7)
    acknowledged: dict[int, int] = {}
    for kill in range(20):
        last = 6 * (kill + 1)
        halt = AIMED[kill % len(AIMED)] if kill % 2 else "-"
        victim = Victim(tmp_path, 0, last, 1, halt)
        acknowledged.update(victim.run(acknowledged.items(), None if halt != "-" else chance.randrange(0, 6)))
    assert len(acknowledged) > 20
    assert Victim(tmp_path, 0, 120, 1).run(acknowledged.items(), None)
    check(tmp_path, dict.fromkeys(range(120), 1))


def test_ten_kills_during_replacement_leave_each_document_wholly_old_or_wholly_new(tmp_path: Path) -> None:
    chance = random.Random(8)
    documents = 12
    with Library.open(settings(tmp_path), create=True, embedder=StableEmbedder(16)) as library:
        put(library, *(document(number, 1) for number in range(documents)))
    acknowledged = dict.fromkeys(range(documents), 1)
    for kill in range(10):
        halt = AIMED_AT_REPLACEMENT[kill // 2] if kill % 2 else "-"
        victim = Victim(tmp_path, 0, documents, 2 + kill, halt)
        before = dict(acknowledged)
        acknowledged.update(victim.run(before.items(), None if halt != "-" else chance.randrange(0, 8)))
        # What was being written when the kill came may be new although nobody was told.
        acknowledged = told_by(tmp_path, acknowledged, 2 + kill)
    assert dict(Victim(tmp_path, 0, documents, 99).run(acknowledged.items(), None)) == dict.fromkeys(
        range(documents), 99
    )
    check(tmp_path, dict.fromkeys(range(documents), 99))


def told_by(folder: Path, acknowledged: dict[int, int], tried: int) -> dict[int, int]:
    """Which revision each document has: the acknowledged one or, never anything else, the one being written."""
    with Library.open(settings(folder), embedder=StableEmbedder(16)) as library:
        texts = {record.name: library.ledger.text(record.id).text for record in library.ledger.documents()}
    found = {}
    for number, revision in acknowledged.items():
        allowed = {document(number, one).content.decode(): one for one in (revision, tried)}
        found[number] = allowed[texts[f"d{number}"]]
        assert found[number] >= revision
    return found
