"""A reader that does what its file tells it to: what a parser taken in by its file might do. Runs in the child."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from ingest.documents import Block, Reading, Source
from ingest.errors import UnreadableSource


def read(source: Source) -> Reading:
    order, _, rest = source.content.decode().partition(" ")
    answer = _ORDERS[order](rest)
    return Reading("text", (Block("paragraph", str(answer)),))


def _sleep(_: str) -> None:
    time.sleep(60)


def _spin(_: str) -> None:
    while True:
        pass


def _eat(_: str) -> int:
    return len([bytes(50_000_000) for _ in range(1000)])


def _die(name: str) -> None:
    os.kill(os.getpid(), getattr(signal, name))


def _leave(_: str) -> None:
    os._exit(0)


def _write(path: str) -> int:
    return Path(path).write_text("out")


def _connect(_: str) -> None:
    socket.create_connection(("127.0.0.1", 9))


def _run(program: str) -> None:
    subprocess.run([program], check=False)  # noqa: S603


def _environment(_: str) -> str:
    return " ".join(sorted(os.environ))


def _print(text: str) -> str:
    print(text)
    sys.stdout.flush()
    os.write(1, b"straight to the pipe")
    return text


def _raise(_: str) -> None:
    raise ZeroDivisionError("a secret of the program")


def _refuse(text: str) -> None:
    raise UnreadableSource(text, remedy="Mend it.")


def _repeat(number: str) -> str:
    return "word " * int(number)


_ORDERS = {
    "sleep": _sleep,
    "spin": _spin,
    "eat": _eat,
    "die": _die,
    "leave": _leave,
    "write": _write,
    "connect": _connect,
    "run": _run,
    "environment": _environment,
    "print": _print,
    "raise": _raise,
    "refuse": _refuse,
    "repeat": _repeat,
    "say": str,
    "process": lambda _: os.getpid(),
}
