"""Putting documents into a library, and taking them out: ledger and index together.

The order of every change, so that a kill at any instant loses nothing acknowledged and shows nothing half:

1. the ledger says "writing": whoever comes after a kill checks the index
2. new vectors go into the index, where nothing finds them yet, because the ledger does not know their keys
3. one ledger transaction makes the new versions live, retires the old ones and keeps the receipts
4. at the end, the index is sealed and the ledger says "clean"

Vectors of retired passages stay in the index, where they count for nothing (see `ingest.chroma_index` for why), until
there are as many of them as live ones; then the index is made anew.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ingest.errors import IndexUnavailable, StorageFull
from ingest.ledger.writing import changing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from ingest.ledger.writing import Change, NewVersion, Stored
    from ingest.library import Library
    from ingest.receipts import Receipt
    from ingest.vector_index import VectorIndex

_MEGABYTE = 1_000_000
_BYTES_PER_PASSAGE = 60_000
"""What a passage costs on the disk at most, by experience: token vectors, vector twice, text twice."""


class Proof(NamedTuple):
    """Whether a stored document was found again, by its vector and by its words."""

    by_vector: bool
    by_words: bool


class Writer:
    """Writes to one library whose lock is held; see `writing_to`."""

    def __init__(self, library: Library, clock: Callable[[], datetime]) -> None:
        self._library = library
        self._clock = clock
        self._index: VectorIndex | None = None
        self._begun = False
        self._torn = False

    def require_room(self, passages: int, source_bytes: int) -> None:
        """Raise `StorageFull` unless the library's disk has room for so much and some to spare.

        Raises:
            StorageFull: nothing has been written; what was acknowledged is safe.
        """
        spare = self._library.settings.free_megabytes * _MEGABYTE
        needed = spare + passages * _BYTES_PER_PASSAGE + 2 * source_bytes
        free = shutil.disk_usage(self._library.folder).free
        if free < needed:
            raise StorageFull(
                f"The disk has {free / _MEGABYTE:.0f} MB left, and {needed / _MEGABYTE:.0f} MB are needed.",
                remedy="Free some space and run the same command again; nothing acknowledged was lost.",
            )

    def store(
        self, group: Sequence[NewVersion], receipt_of: Callable[[Change, NewVersion, Stored, Proof], Receipt]
    ) -> list[Receipt]:
        """Store several documents in one transaction; they are all live when this returns, or none is.

        `receipt_of` is called within the transaction, after the document was found again in both indexes.
        """
        self.require_room(sum(len(new.passages) for new in group), sum(len(new.source.content) for new in group))
        with self._full_disk_told():
            return self._stored(group, receipt_of)

    def _stored(
        self, group: Sequence[NewVersion], receipt_of: Callable[[Change, NewVersion, Stored, Proof], Receipt]
    ) -> list[Receipt]:
        index = self._begin()
        self._torn = True
        vectors = {one.key: one.vector for new in group for one in new.passages}
        if vectors:
            index.add(list(vectors), np.stack(list(vectors.values())))
        receipts: list[Receipt] = []
        with changing(self._library.ledger) as change:
            at = self._now()
            places = [change.store(new, at=at) for new in group]
            for new, place, proof in zip(group, places, self._proofs(change, index, group), strict=True):
                receipts.append(receipt_of(change, new, place, proof))
                change.receipt(receipts[-1], at=at)
        self._torn = False
        return receipts

    def keep(self, receipts: Sequence[Receipt]) -> None:
        """Keep receipts of sources that stored nothing."""
        if receipts:
            with changing(self._library.ledger) as change:
                for receipt in receipts:
                    change.receipt(receipt, at=self._now())

    def retire(self, documents: Sequence[str], *, purge: bool) -> None:
        """Take documents out; with `purge` delete every version, its bytes and what indexes remember of it."""
        self._begin()
        self._torn = True
        with changing(self._library.ledger) as change:
            at = self._now()
            for one in documents:
                if purge:
                    change.purge(one, at=at)
                else:
                    change.retire(one, at=at)
        self._torn = False
        if purge:
            self._library.ledger.compact()
            self._library.index.rebuild("a document was purged")

    def finish(self) -> None:
        """Seal the index, unless nothing was written or a write was broken off; see `writing_to`."""
        if not self._begun or self._torn:
            return
        self._library.index.finish()

    def _begin(self) -> VectorIndex:
        if self._index is None:
            self._index = self._library.index.sound()[0]
        if not self._begun:
            self._library.index.begin()
            self._begun = True
        return self._index

    def _proofs(self, change: Change, index: VectorIndex, group: Sequence[NewVersion]) -> list[Proof]:
        """Look for one passage of each document, its longest, by vector and by words."""
        longest = [max(new.passages, key=lambda one: len(one.passage.text), default=None) for new in group]
        probes = [one for one in longest if one is not None]
        keys = [one.key for one in probes]
        answers = index.finds(keys, np.stack([one.vector for one in probes])) if probes else []
        found = dict(zip(keys, answers, strict=True))
        return [
            Proof(by_vector=one is not None and found[one.key], by_words=one is not None and change.finds(one))
            for one in longest
        ]

    @contextmanager
    def _full_disk_told(self) -> Iterator[None]:
        """Chroma's own words for a full disk vary; that there is no room is seen without them."""
        try:
            yield
        except IndexUnavailable:
            self.require_room(0, 0)
            raise

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")


@contextmanager
def writing_to(library: Library, purpose: str, clock: Callable[[], datetime]) -> Iterator[Writer]:
    """Hold the writer's lock during the block.

    Raises:
        LibraryBusy: another process writes to the library.
    """
    with library.locked(purpose):
        writer = Writer(library, clock)
        try:
            yield writer
        finally:
            writer.finish()
