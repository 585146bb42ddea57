"""A server on a free port, for as long as a test needs it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import uvicorn

from assistant.conversation.keeping import Conversations
from assistant.desk.routes import Desk
from assistant.web.fragments import Pictures
from assistant.web.holdings import Answers, Holdings
from assistant.web.server import application
from assistant.web.tabs import Tab


@contextmanager
def served(
    assistant: Answers,
    holdings: Holdings,
    picture: Pictures,
    examples: Callable[[], Sequence[str]] = lambda: (),
    kept: Conversations | None = None,
    desk: Desk | None = None,
    tabs: Sequence[Tab] = (),
) -> Iterator[str]:
    """The address of a running server."""
    whole = application(
        assistant, holdings, picture, examples=examples, upload_bytes=5_000_000, kept=kept, desk=desk, tabs=tabs
    )
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(whole, log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 60
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    finally:
        server.should_exit = True
        thread.join(timeout=20)
        listening.close()
