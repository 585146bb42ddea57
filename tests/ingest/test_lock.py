"""One writer at a time, told apart by name."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from ingest.errors import LibraryBusy
from ingest.lock import HOLDER_FILE, WriterLock

HOLDING = """
import sys, time
from pathlib import Path
from ingest.lock import WriterLock
with WriterLock(Path(sys.argv[1])).held("briefing ingest", wait_seconds=5):
    print("held", flush=True)
    sys.stdin.readline()
"""


class Holder:
    """Another process that holds the lock until it is told to let go, or is killed."""

    def __init__(self, folder: Path) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-c", HOLDING, str(folder)],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._child.stdout and self._child.stdout.readline() == "held\n"
        self.pid = self._child.pid

    def __enter__(self) -> Holder:
        return self

    def __exit__(self, *_: object) -> None:
        self.let_go()

    def let_go(self) -> None:
        if self._child.stdin and not self._child.stdin.closed:
            self._child.communicate("\n", timeout=30)

    def kill(self) -> None:
        self._child.send_signal(signal.SIGKILL)
        self._child.communicate(timeout=30)


def test_a_second_writer_is_refused_and_told_who_writes_and_why(tmp_path: Path) -> None:
    second = WriterLock(tmp_path)
    with Holder(tmp_path) as holder, pytest.raises(LibraryBusy) as refusal, second.held("again", wait_seconds=0):
        raise AssertionError("two writers at once")
    assert f"process {holder.pid} on " in str(refusal.value)
    assert "(briefing ingest, since " in str(refusal.value)
    assert "BRIEFING_LOCK_SECONDS" in refusal.value.remedy


def test_a_second_writer_that_waits_goes_on_when_the_first_has_finished(tmp_path: Path) -> None:
    with Holder(tmp_path) as holder:
        threading.Timer(0.5, holder.let_go).start()
        with WriterLock(tmp_path).held("briefing ingest", wait_seconds=60):
            assert str(os.getpid()) in (tmp_path / HOLDER_FILE).read_text()


def test_a_lock_goes_with_the_process_that_was_killed(tmp_path: Path) -> None:
    with Holder(tmp_path) as holder:
        holder.kill()
        with WriterLock(tmp_path).held_if_free("checking the index") as free:
            assert free


def test_who_only_looks_does_not_wait(tmp_path: Path) -> None:
    with Holder(tmp_path), WriterLock(tmp_path).held_if_free("opening the index") as free:
        assert not free


def test_threads_of_one_process_keep_out_of_each_others_way(tmp_path: Path) -> None:
    lock, seen = WriterLock(tmp_path), []

    def look() -> None:
        with lock.held_if_free("opening the index") as free:
            seen.append(free)

    with lock.held("briefing ingest", wait_seconds=0):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
        with pytest.raises(LibraryBusy), lock.held("briefing ingest", wait_seconds=0):
            raise AssertionError("two writers at once")
    look()
    assert seen == [False, True]


def test_a_lock_is_let_go_when_what_was_done_under_it_fails(tmp_path: Path) -> None:
    lock = WriterLock(tmp_path)
    with pytest.raises(RuntimeError), lock.held("briefing ingest", wait_seconds=0):
        raise RuntimeError("stop")
    with lock.held("briefing ingest", wait_seconds=0):
        pass


def test_a_note_that_cannot_be_read_does_not_keep_the_refusal_from_being_one(tmp_path: Path) -> None:
    with Holder(tmp_path):
        (tmp_path / HOLDER_FILE).write_text("{")
        with pytest.raises(LibraryBusy, match="another process"), WriterLock(tmp_path).held("x", wait_seconds=0):
            raise AssertionError("two writers at once")


def test_a_note_that_cannot_be_written_does_not_keep_the_lock_from_holding(tmp_path: Path) -> None:
    (tmp_path / HOLDER_FILE).mkdir()
    with WriterLock(tmp_path).held("briefing ingest", wait_seconds=0):
        pass


def test_where_there_is_no_folder_the_lock_is_not_free_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with WriterLock(tmp_path / "file").held_if_free("opening the index") as free:
        assert not free
