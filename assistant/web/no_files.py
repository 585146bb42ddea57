"""Keeps file references out of what a client tells Gradio.

Gradio 6.31 looks for file references in every field of every event, before any of our code runs: one with a path
makes it copy a file of the server's (unchecked on a mounted page), one with an address makes it fetch that. The page
uploads nothing through Gradio, so a reference is never meant well.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from assistant.web.refusing import refuse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_EVENTS = "/gradio_api/queue/join"
_KEYS = frozenset({"path", "meta", "_type"})
"""What a file reference is told by; no value of the page's own fields is an object with one of these."""


class NoFileReferences:
    """ASGI middleware. The length of the body has been capped before (see `assistant.web.security`)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See `NoFileReferences`."""
        if scope["type"] != "http" or scope["path"].rstrip("/") != _EVENTS:
            await self.app(scope, receive, send)
            return
        body = await _read(receive)
        if body is None:
            return
        if not _is_plain(body):
            await refuse(send, 403, "A file may not be named here.", "Add files under Library.")
            return
        await self.app(scope, _once_more(body, receive), send)


async def _read(receive: Receive) -> bytes | None:
    """The whole body; None when the client went away."""
    parts = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


def _is_plain(body: bytes) -> bool:
    """Whether `body` is JSON that holds no file reference, however deep or disguised by escapes."""
    try:
        waiting: list[Any] = [json.loads(body)]
    except (ValueError, RecursionError):
        return False
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if _KEYS & value.keys():
                return False
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return True


def _once_more(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body that was read already, and then what comes."""
    told = False

    async def receiving() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receiving
