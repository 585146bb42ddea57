"""The child that parses files: `python -m ingest.sandbox_worker MEMORY_BYTES READER`, started by `ingest.sandbox`.

It reads frames from standard input and answers each on what was its standard output. Before the first file it
gives up what a parser does not need: memory beyond the cap, core dumps, writing files, the network, other
programs. The last three are refused by an audit hook, which holds for Python code; code that a file smuggled into a
C library could still call the system itself, but finds no secret in the environment to send.
"""

from __future__ import annotations

import contextlib
import importlib
import math
import os
import sys
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ingest import sandbox_wire as wire
from ingest.documents import Box
from ingest.errors import RefusedSource, SourceTooLarge, UnreadableSource
from ingest.readers import budget

if TYPE_CHECKING:
    from collections.abc import Callable

    from ingest.documents import Reading, Source

_REFUSED_EVENTS = (
    "socket.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.truncate",
    "os.link",
    "os.symlink",
    "os.mkdir",
    "shutil.",
    "tempfile.",
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_MAY_RUN = "tesseract"
_OPTIONAL_SHARE = 0.8


def main(arguments: list[str]) -> int:
    """Answer frames until standard input ends."""
    memory, reader = int(arguments[0]), arguments[1]
    replies = _own_output()
    _limit(memory)
    sys.addaudithook(_refuse)
    module, _, name = reader.partition(":")
    while True:
        try:
            request, content = wire.receive(sys.stdin.buffer)
        except EOFError:
            return 0
        _answer(replies, request, content, lambda source: getattr(importlib.import_module(module), name)(source))


def _own_output() -> IO[bytes]:
    """Standard output for replies alone: what a library prints goes nowhere."""
    kept = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return kept


def _limit(memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: only the wall clock holds there
        return
    for kind, value in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        # macOS knows some of them by name only.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (value, value))


def _limit_computing(seconds: float) -> None:
    """Let this process use `seconds` of processor time from now on; the system ends it after that."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = math.ceil(used.ru_utime + used.ru_stime + seconds + 1)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open":
        path, mode, flags = arguments
        writes = any(letter in mode for letter in "wax+") if mode else bool((flags or 0) & _WRITING)
        if writes and path != os.devnull and not isinstance(path, int):
            raise PermissionError("a parser may not write files")
    elif event == "subprocess.Popen":
        if Path(os.fsdecode(arguments[0])).stem != _MAY_RUN:
            raise PermissionError("a parser may not run programs")
    elif event.startswith(_REFUSED_EVENTS):
        raise PermissionError(f"a parser may not use {event}")


def _answer(replies: IO[bytes], request: wire.Header, content: bytes, read: Callable[[Source], Reading]) -> None:
    seconds = float(request["seconds"])
    _limit_computing(seconds)
    budget.CURRENT.set(budget.Budget(int(request["pages"]), time.monotonic() + _OPTIONAL_SHARE * seconds))
    reply: wire.Header = {"ok": True}
    try:
        if request["do"] == "render":
            made = _rendered(request, content)
        else:
            source = wire.source_from_wire(request["source"], content)
            reply["reading"], made = wire.reading_to_wire(read(source))
        wire.send(replies, reply, made)
    except RefusedSource as error:
        wire.send(replies, _refusal(error))
    except MemoryError:
        wire.send(replies, {"ok": False, "kind": "memory"})
    except Exception as error:  # hostile bytes make parsers raise anything; its name is the reason
        wire.send(replies, {"ok": False, "kind": "failed", "message": type(error).__name__})


def _rendered(request: wire.Header, content: bytes) -> bytes:
    from ingest.page_image import render

    return render(content, request["page"], [Box(*box) for box in request["boxes"]], request["scale"])


def _refusal(error: RefusedSource) -> wire.Header:
    kind = next((kind for kind in (SourceTooLarge, UnreadableSource) if isinstance(error, kind)), RefusedSource)
    return {"ok": False, "kind": kind.__name__, "message": error.message, "remedy": error.remedy}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
