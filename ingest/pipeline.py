"""From sources to the library: `read -> describe -> segment -> understand -> embed -> store -> receipt`.

Small documents are grouped, so that the model always has a full batch to work on and a commit is shared; a receipt is
handed out only when what it says is on the disk. While a group is embedded, the next source is being read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ingest.acknowledging import holder, receipt, refusal, unchanged
from ingest.ledger.writing import EmbeddedPassage, NewVersion, index_key
from ingest.near_duplicates import signature
from ingest.preparing import Known, Prepared, Refused, prepared, prepared_ahead
from ingest.storing import writing_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from ingest.documents import Source
    from ingest.library import Library
    from ingest.preparing import Item
    from ingest.receipts import Receipt
    from ingest.steps import Steps
    from ingest.storing import Writer

GROUP_PASSAGES = 64
"""A group is stored when it has this many passages..."""

GROUP_BYTES = 32_000_000
"""...or its sources have this many bytes."""

ENCODED_AT_ONCE = 128
"""Token vectors take 270 kB a passage until they are packed, so a long document is encoded in parts."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest has come. `done` and `refused` count sources, `current` names the one at hand."""

    done: int
    refused: int
    passages: int
    current: str


def ingest(
    library: Library,
    inputs: Sequence[str | Path | Source],
    *,
    given: Mapping[str, str] | None = None,
    progress: Callable[[Progress], None] | None = None,
    steps: Steps | None = None,
    clock: Callable[[], datetime] | None = None,
) -> Iterator[Receipt]:
    """Put files, folders, globs, addresses and sources into the library; one receipt for each source, in order.

    Receipts come as their documents are committed. One source that is refused does not stop the others. `given` is
    metadata that overrides what is found in every one of them.

    Raises:
        LibraryBusy: another process writes to the library.
        StorageFull: the disk has no room; what has a receipt is safe.
        ModelMismatch, ModelUnavailable: the embedder is not the library's, or cannot be loaded.
    """
    embedder = library.embedder
    if steps is None:
        from ingest.real_steps import RealSteps  # every format and the parser's child; tests may do without

        steps = RealSteps(library.settings, embedder)
    now = clock or (lambda: datetime.now(UTC))
    with (
        writing_to(library, "briefing ingest", now) as writer,
        steps.expanded(inputs, given or {}) as sources,
        prepared_ahead(sources, steps.prepare, lambda one: holder(library.ledger, one) is not None) as items,
    ):
        yield from _Run(library, writer, steps, progress).receipts(items)


class _Run:
    """One ingest under way: the group being filled, and what has been counted."""

    def __init__(
        self, library: Library, writer: Writer, steps: Steps, progress: Callable[[Progress], None] | None
    ) -> None:
        self._library = library
        self._writer = writer
        self._steps = steps
        self._progress = progress
        self._group: list[Prepared] = []
        self._waiting: list[Receipt | None] = []
        self._done = self._refused = self._passages = 0
        self._digests: set[str] = set()

    def receipts(self, items: Iterator[Item]) -> Iterator[Receipt]:
        """Receipts in the order of `items`, each when it may be believed."""
        for item in items:
            self._tell(item)
            if self._meets_the_group(item):
                yield from self._stored()
            self._take(item)
            if self._is_full():
                yield from self._stored()
        yield from self._stored()

    def _take(self, item: Item) -> None:
        if not isinstance(item, Refused):
            # Looked up again: what held these bytes may not now, and what was news may have been stored since.
            again = isinstance(item, Known) or item.given.source.digest in self._digests
            held = holder(self._library.ledger, item.given) if again else None
            if held is not None:
                self._waiting.append(unchanged(item.given, held))
                return
        if isinstance(item, Known):
            item = prepared(item.given, self._steps.prepare)
        if isinstance(item, Refused):
            self._refused += 1
            self._waiting.append(refusal(item))
        else:
            self._group.append(item)
            self._waiting.append(None)

    def _meets_the_group(self, item: Item) -> bool:
        """Whether `item` must wait for the group: it has the origin or the bytes of one of its documents."""
        if isinstance(item, Refused):
            return False
        source = item.given.source
        return any(
            one.given.source.origin == source.origin or one.given.source.digest == source.digest for one in self._group
        )

    def _is_full(self) -> bool:
        return (
            sum(len(one.passages) for one in self._group) >= GROUP_PASSAGES
            or sum(len(one.given.source.content) for one in self._group) >= GROUP_BYTES
            or (not self._group and bool(self._waiting))
        )

    def _stored(self) -> Iterator[Receipt]:
        """Embed and store the group; hand out its receipts and those that waited for it."""
        group, self._group = self._group, []
        self._digests.update(one.given.source.digest for one in group)
        waiting, self._waiting = self._waiting, []
        self._writer.keep([one for one in waiting if one is not None and one.status == "refused"])
        stored = iter(self._writer.store(self._versions(group), receipt) if group else [])
        for one in waiting:
            self._done += 1
            yield one if one is not None else next(stored)

    def _versions(self, group: Sequence[Prepared]) -> list[NewVersion]:
        """What the ledger is given, embedded in full batches across documents."""
        passages = [passage for one in group for passage in one.passages]
        embedded: list[EmbeddedPassage] = []
        for start in range(0, len(passages), ENCODED_AT_ONCE):
            part = passages[start : start + ENCODED_AT_ONCE]
            texts = [self._steps.text_of(one) for one in part]
            encoded = self._library.embedder.encode(texts)
            embedded.extend(
                EmbeddedPassage(passage, index_key(text), seen.vector, self._steps.pack(seen, passage))
                for passage, text, seen in zip(part, texts, encoded, strict=True)
            )
            self._passages += len(part)
            self._tell(group[-1])
        place = iter(embedded)
        return [
            NewVersion(
                one.given.source,
                one.document,
                tuple(next(place) for _ in one.passages),
                signature(one.document.text),
                one.given.described,
                one.understanding,
            )
            for one in group
        ]

    def _tell(self, item: Item) -> None:
        if self._progress is not None:
            name = item.origin if isinstance(item, Refused) else item.given.source.name
            self._progress(Progress(self._done, self._refused, self._passages, name))
