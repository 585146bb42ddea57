"""From a source to a document cut into passages: read, describe, segment.

Nothing here writes to the library. `prepared_ahead` works one or two sources ahead of the caller: files are parsed in
a child process while the caller embeds what came before.
"""

from __future__ import annotations

import json
import logging
import queue
import threading
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Protocol

from ingest.errors import BriefingError, RefusedSource, UnreadableSource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ingest.documents import Document, Metadata, Passage, Source
    from ingest.understanding.statement import Understanding

_AHEAD = 2

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Given:
    """A source, and the metadata that came with it from outside: from the person, and from a sidecar file."""

    source: Source
    metadata: Mapping[str, str]
    sidecar: Metadata | None = None

    @property
    def described(self) -> dict[str, str]:
        """All that was said of it from outside, the person's word before the sidecar's."""
        beside = asdict(self.sidecar) if self.sidecar is not None else {}
        extra = {f"extra.{key}": value for key, value in beside.pop("extra", ())}
        return {key: value for key, value in {**beside, **extra, **self.metadata}.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A source made into a document. `attachments` are sources of their own, `understanding` is what it says."""

    given: Given
    document: Document
    passages: tuple[Passage, ...]
    attachments: tuple[Source, ...] = ()
    understanding: Understanding | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A source whose bytes were in the library when it came up; it was not read."""

    given: Given


@dataclass(frozen=True, slots=True)
class Refused:
    """A source that could not be made into a document."""

    origin: str
    error: RefusedSource


class Prepare(Protocol):
    """What is done to one source."""

    def __call__(self, given: Given) -> Prepared:
        """Read, describe and segment; raises `RefusedSource`."""
        ...


Item = Prepared | Known | Refused


def prepared(given: Given, prepare: Prepare) -> Prepared | Refused:
    """One source, prepared or refused."""
    try:
        done = prepare(given)
        _require_storable(done)
    except RefusedSource as error:
        return Refused(given.source.origin, error)
    except BriefingError:
        raise
    except Exception as error:  # a fault in one reader must not cost the rest of the batch
        log.debug("Reading %s failed", given.source.origin, exc_info=True)
        said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        refusal = UnreadableSource(
            f"It could not be read ({said[:200]}).", remedy="Convert it to PDF or plain text and try again."
        )
        return Refused(given.source.origin, refusal)
    return done


@contextmanager
def prepared_ahead(
    sources: Iterable[Given | Refused], prepare: Prepare, is_known: Callable[[Given], bool]
) -> Iterator[Iterator[Item]]:
    """Iterate over `sources` prepared, in their order, each followed by what was attached to it.

    A thread works ahead of the caller; it ends with the block. What it raises is raised to the caller.
    """
    ready: queue.Queue[Item | BaseException | None] = queue.Queue(_AHEAD)
    stop = threading.Event()

    def hand_over(item: Item | BaseException | None) -> bool:
        while not stop.is_set():
            try:
                ready.put(item, timeout=0.1)
            except queue.Full:
                continue
            return True
        return False

    def work() -> None:
        try:
            for item in _all(sources, prepare, is_known):
                if not hand_over(item):
                    return
            hand_over(None)
        except BaseException as error:  # handed to the caller's thread, which raises it
            hand_over(error)

    thread = threading.Thread(target=work, name="preparing", daemon=True)
    thread.start()
    try:
        yield _taken(ready)
    finally:
        stop.set()
        thread.join()


def _taken(ready: queue.Queue[Item | BaseException | None]) -> Iterator[Item]:
    while (item := ready.get()) is not None:
        if isinstance(item, BaseException):
            raise item
        yield item


def _all(sources: Iterable[Given | Refused], prepare: Prepare, is_known: Callable[[Given], bool]) -> Iterator[Item]:
    for source in sources:
        waiting: list[Given | Refused] = [source]
        while waiting:
            given = waiting.pop(0)
            if isinstance(given, Refused):
                yield given
            elif is_known(given):
                yield Known(given)
            else:
                item = prepared(given, prepare)
                yield item
                if isinstance(item, Prepared):
                    waiting[:0] = [Given(storable(one), given.metadata) for one in item.attachments]


def storable(source: Source) -> Source:
    """A source whose names can be written as UTF-8; a file name on Linux need not be."""
    return replace(source, origin=_writable(source.origin), name=_writable(source.name))


def _writable(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _require_storable(done: Prepared) -> None:
    """Refuse text that cannot be written as UTF-8 (half of a surrogate pair), before it is in a group with others."""
    if not done.passages:
        raise UnreadableSource("There is no text in it.", remedy="If it is a scan, have its text recognised first.")
    try:
        json.dumps([done.document.text, asdict(done.document.metadata)], ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise UnreadableSource(
            "Its text holds characters that no encoding can write.", remedy="Save it again as UTF-8."
        ) from None
