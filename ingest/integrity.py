"""The library's vector index over time: opened only when it is sound, repaired from the ledger when it is not.

Chroma opens a folder that has lost nine tenths of its vectors without a word, and dies of others. So:

- An index that a writer was killed over is told by the ledger (`index_state` is "writing").
- A folder whose files differ from its seal (`ingest.seal`) is checked in a child process (`ingest.index_check`).
- A few missing vectors are put in; anything else is rebuilt from the ledger's vectors as a new generation, to which the
  ledger then points in one transaction. A rebuild that is killed leaves the old pointer.
- Vectors that no live passage has are dead, not wrong: whoever searches passes them over. When there are more of them than
  live ones, the index is made anew.
- Whatever is not sound is not used: `usable` returns None and the library searches exactly.

A folder is opened under the writer's lock, because even a reader's first query writes to files of a small index.
"""

from __future__ import annotations

import logging
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from ingest import seal
from ingest.errors import IndexUnavailable
from ingest.index_check import Findings, check_folder, compare, projections
from ingest.ledger.engine import reading
from ingest.ledger.stored_vectors import keyed_vectors, live_index_keys
from ingest.ledger.writing import changing

if TYPE_CHECKING:
    from collections.abc import Callable

    from ingest.ledger.ledger import Header, Ledger
    from ingest.lock import WriterLock
    from ingest.vector_index import IndexPlace, VectorIndex

CLEAN = "clean"
WRITING = "writing"
_PATCHED_UP_TO = 2_000
_DEAD_FROM = 1_000
_TRIED_AGAIN_SECONDS = 15.0
"""An index that did not answer, a server that was away, is looked at again after so long."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Repair:
    """What was done to an index, and what had been found wrong with it, in words."""

    done: Literal["nothing", "patched", "rebuilt"]
    found: str | None = None


@dataclass(frozen=True, slots=True)
class _Opened:
    index: VectorIndex
    generation: int
    index_generation: int


class LibraryIndex:
    """The index of one library, for one process. `lock` must be held by who calls a method that says so."""

    def __init__(
        self, ledger: Ledger, place: IndexPlace, lock: WriterLock, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock = clock
        self._ledger = ledger
        self._place = place
        self._lock = lock
        self._opened: _Opened | None = None
        self._changing = threading.RLock()
        self._unsound_at: int | None = None
        self._unsound_since = 0.0

    @property
    def unsound(self) -> bool:
        """Whether the index was found to be unsound and has not been repaired."""
        return self._unsound_at is not None

    @property
    def is_open(self) -> bool:
        """Whether this process has the index open."""
        return self._opened is not None

    def usable(self, header: Header) -> VectorIndex | None:
        """The index if it holds just what the ledger held at `header`; None when that is not certain now.

        Opens it, or opens it again after another process wrote, if that can be done without waiting.
        """
        opened = self._opened
        if header.index_state != CLEAN or (self._unsound_at == header.generation and not self._may_be_sound_again()):
            return None
        if opened is not None and _same(opened, header):
            return opened.index
        if not self._changing.acquire(blocking=False):
            return None
        try:
            with self._lock.held_if_free("opening the index") as free:
                return self._opened_if_sealed() if free else None
        finally:
            self._changing.release()

    def failed(self, index: VectorIndex) -> None:
        """Say that `index` did not answer; it is not used again before it is repaired."""
        with self._changing:
            if self._opened is not None and self._opened.index is index:
                self.close()
                self._found_unsound(self._ledger.generation())

    def sound(self) -> tuple[VectorIndex, Repair]:
        """The index, open and certainly right, repaired first if need be. The lock must be held."""
        with self._changing:
            header = self._ledger.header()
            if self._is_sealed(header):
                opened = self._opened
                if opened is None or not _same(opened, header):
                    opened = self._open(header)
                return opened.index, Repair("nothing")
            repair = self.repair()
            return self._open(self._ledger.header()).index, repair

    def repair(self) -> Repair:
        """Check the index against the ledger and put right what is wrong. The lock must be held."""
        with self._changing:
            self.close()
            self._found_unsound(self._ledger.generation())
            findings = self.check()
            if findings.fault or len(findings.missing) > _PATCHED_UP_TO:
                repair = self.rebuild(findings.fault or "it lacks much of the ledger")
            else:
                repair = self._patch(findings)
            self._unsound_at = None
            if repair.found and self._ledger.header().index_generation > 1:
                log.warning("The vector index was %s: %s.", repair.done, repair.found)
            return repair

    def check(self) -> Findings:
        """Compare the index with the ledger in full, changing nothing. The lock must be held."""
        header = self._ledger.header()
        folder = self._place.folder(header.index_generation)
        keys, projected = self._expected(header)
        if folder is None:
            try:
                with closing(self._place.open(header.index_generation)) as index:
                    return compare(index, keys, projected)
            except IndexUnavailable as error:
                return Findings(fault=error.message)
        if not folder.is_dir():
            return Findings(fault="its folder is not there")
        self.close()
        return check_folder(folder, self._place.collection(header.index_generation), keys, projected)

    def rebuild(self, why: str) -> Repair:
        """Make the index anew from the ledger's vectors, as a new generation. The lock must be held."""
        with self._changing:
            self.close()
            header = self._ledger.header()
            self._place.remove_others(header.index_generation)
            generation = header.index_generation + 1
            with (
                closing(self._place.open(generation, create=True)) as index,
                reading(self._ledger.engine) as connection,
            ):
                for keys, vectors in keyed_vectors(connection, header.dimensions):
                    index.add(keys, vectors)
            with changing(self._ledger) as change:
                change.set_library(index_generation=generation)
            self._place.remove_others(generation)
            self._settle(dead=0)
            self._unsound_at = None
            return Repair("rebuilt", why)

    def begin(self) -> None:
        """Say in the ledger that the index is about to change. The lock must be held."""
        folder = self._place.folder(self._ledger.header().index_generation)
        if folder is not None:
            seal.lift(folder)
        with changing(self._ledger) as change:
            change.set_library(index_state=WRITING)

    def finish(self) -> None:
        """Say that it holds what the ledger holds again, whatever was begun being done. The lock must be held."""
        with self._changing:
            dead, live = self._dead_and_live()
            if dead > max(_DEAD_FROM, live):
                self.rebuild("more of its vectors were dead than alive")
            else:
                self._settle(dead)
            header = self._ledger.header()
            if self._opened is not None:
                self._opened = _Opened(self._opened.index, header.generation, header.index_generation)

    def close(self) -> None:
        """Let go of the index."""
        with self._changing:
            if self._opened is not None:
                self._opened.index.close()
                self._opened = None

    def _opened_if_sealed(self) -> VectorIndex | None:
        header = self._ledger.header()
        if not self._is_sealed(header):
            self.close()
            self._found_unsound(header.generation)
            return None
        self._unsound_at = None
        return self._open(header).index

    def _found_unsound(self, generation: int) -> None:
        self._unsound_at = generation
        self._unsound_since = self._clock()

    def _may_be_sound_again(self) -> bool:
        return self._clock() - self._unsound_since > _TRIED_AGAIN_SECONDS

    def _patch(self, findings: Findings) -> Repair:
        """Put in what is missing."""
        header = self._ledger.header()
        missing = set(findings.missing)
        if missing:
            index = self._open(header).index
            with reading(self._ledger.engine) as connection:
                for keys, vectors in keyed_vectors(connection, header.dimensions, only=missing):
                    index.add(keys, vectors)
        self._settle(dead=len(findings.unknown))
        return Repair("patched", f"{len(missing)} vectors were missing") if missing else Repair("nothing")

    def _settle(self, dead: int) -> None:
        """Seal the index and say that it is clean; `dead` is how many of its vectors are."""
        header = self._ledger.header()
        folder = self._place.folder(header.index_generation)
        # The seal first: a kill between the two leaves "writing", which is checked, never a clean lie.
        if folder is not None:
            seal.put(folder, header.generation)
        with changing(self._ledger) as change:
            change.set_library(index_state=CLEAN, index_dead=dead)

    def _open(self, header: Header) -> _Opened:
        self.close()
        index = self._place.open(header.index_generation)
        folder = self._place.folder(header.index_generation)
        if folder is not None:
            # The first query loads the files; only then does the folder look as it will stay.
            index.nearest(np.ones((1, header.dimensions), np.float32), 1)
            if header.index_state == CLEAN:
                seal.put(folder, header.generation)
        self._opened = _Opened(index, header.generation, header.index_generation)
        return self._opened

    def _is_sealed(self, header: Header) -> bool:
        if header.index_state != CLEAN:
            return False
        folder = self._place.folder(header.index_generation)
        if folder is not None:
            return seal.fits(folder, header.generation)
        # A server's files cannot be looked at; that it holds as many vectors as it should is the least it must do.
        try:
            with closing(self._place.open(header.index_generation)) as index:
                counted = index.count()
        except IndexUnavailable:
            return False
        with reading(self._ledger.engine) as connection:
            return counted >= live_index_keys(connection)

    def _dead_and_live(self) -> tuple[int, int]:
        """How many vectors of the index no live passage has, and how many one has."""
        with reading(self._ledger.engine) as connection:
            live = live_index_keys(connection)
        if self._opened is None:
            return self._ledger.header().index_dead, live
        return max(0, self._opened.index.count() - live), live

    def _expected(self, header: Header) -> tuple[list[str], np.ndarray[tuple[int], np.dtype[np.float32]]]:
        keys: list[str] = []
        projected = [np.zeros(0, np.float32)]
        with reading(self._ledger.engine) as connection:
            for part, vectors in keyed_vectors(connection, header.dimensions):
                keys.extend(part)
                projected.append(projections(vectors))
        return keys, np.concatenate(projected)


def _same(opened: _Opened, header: Header) -> bool:
    return (opened.generation, opened.index_generation) == (header.generation, header.index_generation)
