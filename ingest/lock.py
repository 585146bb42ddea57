"""One writer at a time. Readers take no lock and never wait.

The lock is the operating system's, so it goes when its process does, however it ends. Beside it stands a note of
who holds it, which is only believed while the lock is held.
"""

from __future__ import annotations

import json
import os
import socket
import threading
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from ingest.errors import LibraryBusy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LOCK_FILE = "writer.lock"
HOLDER_FILE = "writer.json"
_LEAST_WAIT_SECONDS = 2.0


class WriterLock:
    """The writer's lock of the library in `folder`. One object per library that is open; it can be held once."""

    def __init__(self, folder: Path, clock: Callable[[], datetime] | None = None) -> None:
        self._note = folder / HOLDER_FILE
        self._lock = FileLock(folder / LOCK_FILE, thread_local=False)
        # The system's lock belongs to the process; threads of one process keep out of each other's way by this.
        self._mine = threading.Lock()
        self._clock = clock or (lambda: datetime.now(UTC))

    @contextmanager
    def held(self, purpose: str, *, wait_seconds: float) -> Iterator[None]:
        """Hold the lock during the block.

        A reader that opens the index holds it for a moment; so even an impatient writer waits two seconds.

        Raises:
            LibraryBusy: another process held it for all of `wait_seconds`; the message names it.
        """
        wait = max(wait_seconds, _LEAST_WAIT_SECONDS)
        if not self._mine.acquire(timeout=wait):
            raise self._busy()
        try:
            self._lock.acquire(timeout=wait)
        except BaseException as error:
            self._mine.release()
            if isinstance(error, Timeout):
                raise self._busy() from None
            raise
        try:
            self._sign(purpose)
            yield
        finally:
            self._lock.release()
            self._mine.release()

    @contextmanager
    def held_if_free(self, purpose: str) -> Iterator[bool]:
        """Hold the lock during the block if no process and no thread does; says whether."""
        if not self._mine.acquire(blocking=False):
            yield False
            return
        try:
            self._lock.acquire(timeout=0)
        except (Timeout, OSError):  # a folder that may not be written to has no free lock either
            self._mine.release()
            yield False
            return
        try:
            self._sign(purpose)
            yield True
        finally:
            self._lock.release()
            self._mine.release()

    def _sign(self, purpose: str) -> None:
        since = self._clock().isoformat(timespec="seconds")
        note = {"pid": os.getpid(), "host": socket.gethostname(), "since": since, "purpose": purpose}
        # The lock holds without the note, on a full disk too.
        with suppress(OSError):
            self._note.write_text(json.dumps(note), encoding="utf-8")

    def _busy(self) -> LibraryBusy:
        try:
            holder = json.loads(self._note.read_text(encoding="utf-8"))
            who = f"process {holder['pid']} on {holder['host']} ({holder['purpose']}, since {holder['since']})"
        except (OSError, ValueError, KeyError):
            who = "another process"
        return LibraryBusy(
            f"The library is being written to by {who}.",
            remedy="Try again when it has finished, or wait longer with BRIEFING_LOCK_SECONDS.",
        )
