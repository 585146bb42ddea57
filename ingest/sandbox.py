"""Files from strangers are parsed in a child process: what they break is the child, and the next file gets a new one.

The child (`ingest.sandbox_worker`) is started once and kept warm. It has a cap on memory and processor time, may
neither write files nor reach the network, and gets no environment but what finding its programs takes. It is killed
when a file takes longer than the wall clock allows. Where the system has no such limits (Windows; memory on macOS)
the wall clock and the separate process remain.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import weakref
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from ingest import sandbox_wire as wire
from ingest.errors import RefusedSource, SourceTooLarge, UnreadableSource

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.documents import Box, Reading, Source

READER = "ingest.readers:read"
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TESSDATA_PREFIX", "SYSTEMROOT")
_FILES_PER_WORKER = 500
_GIB = 1 << 30
_REFUSALS: dict[str, type[RefusedSource]] = {
    kind.__name__: kind for kind in (RefusedSource, SourceTooLarge, UnreadableSource)
}
_DAMAGED = "It may be damaged, or made to break readers: open it in its own program and save it anew."


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on one source. `seconds` holds for the wall clock and for processor time; `characters` for its text."""

    bytes: int = 100_000_000
    pages: int = 3_000
    characters: int = 20_000_000
    memory_bytes: int = 2 * _GIB
    seconds: float = 60.0
    attachments: int = 100


class Parser:
    """Reads sources and draws pages in a child process. Safe in threads: one file at a time.

    `reader` is a dotted name, `module:function`, of what turns a source into a reading inside the child.
    """

    def __init__(self, limits: Limits | None = None, *, reader: str = READER) -> None:
        self._limits = limits or Limits()
        self._reader = reader
        self._lock = threading.Lock()
        self._worker: _Worker | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def parse(self, source: Source) -> Reading:
        """The reading of `source`.

        Raises:
            SourceTooLarge: a cap on bytes, pages, characters, memory or time was reached.
            UnreadableSource: it is empty, damaged or of no known format, holds no text, or crashed its parser.
        """
        limits, name = self._limits, source.name
        if len(source.content) > limits.bytes:
            raise too_many_bytes(name, limits.bytes)
        if not source.content.strip(b"\0 \t\r\n"):
            raise UnreadableSource(f"`{name}` is empty.", remedy="Check that it is the right file.")
        reply, content = self._ask({"do": "parse", "source": wire.source_to_wire(source)}, source.content, name)
        try:
            return _within(wire.reading_from_wire(reply["reading"], content), limits, name)
        except (wire.WireError, KeyError) as error:
            self.close()
            raise UnreadableSource(f"`{name}` made its parser answer nonsense.", remedy=_DAMAGED) from error

    def render(self, content: bytes, page: int, boxes: Sequence[Box] = (), scale: float = 1.6) -> bytes:
        """A PNG of one page of a PDF with `boxes` marked; see `ingest.page_image.render`.

        Raises:
            SourceTooLarge: a cap was reached.
            UnreadableSource: the file has no such page, or crashed its renderer.
        """
        marked = [[box.page, box.x0, box.y0, box.x1, box.y1] for box in boxes]
        request = {"do": "render", "page": page, "boxes": marked, "scale": scale}
        return self._ask(request, content, f"page {page}")[1]

    def close(self) -> None:
        """End the child. The next file would start another."""
        with self._lock:
            self._drop()

    def _ask(self, request: wire.Header, content: bytes, name: str) -> tuple[wire.Header, bytes]:
        limits = self._limits
        with self._lock:
            worker = self._ready()
            clock = threading.Timer(limits.seconds, worker.expire)
            clock.daemon = True
            clock.start()
            try:
                wire.send(worker.requests, {**request, "pages": limits.pages, "seconds": limits.seconds}, content)
                reply, made = wire.receive(worker.replies)
            except (OSError, EOFError, wire.WireError) as error:
                clock.cancel()
                raise self._died(worker, name) from error
            finally:
                clock.cancel()
            worker.files += 1
            # A child that has been near its limits keeps the memory: the next file gets a fresh one.
            near = reply.get("kind") in ("memory", SourceTooLarge.__name__)
            if near or worker.expired or worker.files >= _FILES_PER_WORKER:
                self._drop()
        if reply.get("ok") is not True:
            raise _refused(reply, name, limits)
        return reply, made

    def _ready(self) -> _Worker:
        if self._worker is None or self._worker.process.poll() is not None:
            self._drop()
            self._worker = _Worker(self._limits.memory_bytes, self._reader)
        return self._worker

    def _drop(self) -> None:
        if self._worker is not None:
            self._worker.stop()
            self._worker = None

    def _died(self, worker: _Worker, name: str) -> RefusedSource:
        """Why the child went, as a refusal of the file it had."""
        code = worker.outcome()
        self._drop()
        if worker.expired or code == _ended_by("SIGXCPU"):
            return SourceTooLarge(
                f"`{name}` took longer than {self._limits.seconds:g} s to read.",
                remedy="Split it, or raise the limit on seconds.",
            )
        if code == _ended_by("SIGKILL"):
            return SourceTooLarge(
                f"`{name}` needed more memory than this machine has free.", remedy="Close other programs, or split it."
            )
        return UnreadableSource(f"`{name}` cannot be read: its parser crashed.", remedy=_DAMAGED)


class _Worker:
    """One child process with its pipes."""

    def __init__(self, memory_bytes: int, reader: str) -> None:
        command = [sys.executable, "-P", "-X", "utf8", "-m", "ingest.sandbox_worker", str(memory_bytes), reader]
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,
        )
        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError("the pipes asked for were not made")
        self.requests, self.replies = self.process.stdin, self.process.stdout
        self.files = 0
        self.expired = False
        # A parser nobody closed must not leave its child behind.
        self._finalizer = weakref.finalize(self, _end, self.process)

    def expire(self) -> None:
        """Kill the child because its time is up."""
        self.expired = True
        _kill(self.process)

    def outcome(self) -> int | None:
        """The status that the child ended with, negative for a signal; None when it still runs."""
        # Its pipe ends a moment before it does.
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self.process.wait(timeout=1.0)
        return None

    def stop(self) -> None:
        """End the child if it still runs, and close its pipes."""
        self._finalizer()


def _ended_by(name: str) -> int | None:
    """The exit status after a signal; Windows lacks most of them."""
    number = getattr(signal, name, None)
    return None if number is None else -number


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill the child and what it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        _kill(process)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()


def _environment() -> dict[str, str]:
    """What finding programs and modules takes; keys and tokens of ours are no business of a parser."""
    kept = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    here = str(Path(__file__).resolve().parent.parent)
    paths = dict.fromkeys([*(path for path in sys.path if path and Path(path).is_absolute()), here])
    return {**kept, "PYTHONPATH": os.pathsep.join(paths), "OMP_THREAD_LIMIT": "1"}


def too_many_bytes(name: str, most: int) -> SourceTooLarge:
    """The refusal of a source with more bytes than allowed."""
    return SourceTooLarge(
        f"`{name}` is larger than {most / 1e6:g} MB.", remedy="Split it, or raise the limit on bytes."
    )


def _refused(reply: wire.Header, name: str, limits: Limits) -> RefusedSource:
    kind, message = str(reply.get("kind")), " ".join(str(reply.get("message")).split())[:500]
    if kind == "memory":
        return SourceTooLarge(
            f"`{name}` needed more than {limits.memory_bytes / _GIB:.3g} GiB of memory.",
            remedy="Split it, or raise the limit on memory.",
        )
    if kind in _REFUSALS:
        return _REFUSALS[kind](message, remedy=" ".join(str(reply.get("remedy")).split())[:500])
    return UnreadableSource(f"`{name}` cannot be read: its parser failed ({message}).", remedy=_DAMAGED)


def _within(reading: Reading, limits: Limits, name: str) -> Reading:
    """The reading, when it keeps the caps and holds anything at all; attachments beyond theirs are left out."""
    if (reading.pages or 0) > limits.pages:
        raise SourceTooLarge(
            f"`{name}` has {reading.pages} pages; at most {limits.pages} are read.",
            remedy="Split it, or raise the limit on pages.",
        )
    if sum(len(block.text) for block in reading.blocks) > limits.characters:
        raise SourceTooLarge(
            f"`{name}` holds more than {limits.characters} characters.",
            remedy="Split it, or raise the limit on characters.",
        )
    if not reading.attachments and not any(block.text.strip() for block in reading.blocks):
        raise UnreadableSource(f"`{name}` holds no text.", remedy="Check that it is the right file.")
    over = len(reading.attachments) - limits.attachments
    if over <= 0:
        return reading
    warning = f"{over} of {len(reading.attachments)} attachments were left out: too many"
    kept = reading.attachments[: limits.attachments]
    return replace(reading, attachments=kept, warnings=(*reading.warnings, warning))
