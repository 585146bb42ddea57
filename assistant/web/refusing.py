"""An ASGI answer that refuses, as a problem (RFC 9457)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import Send


async def refuse(send: Send, status: int, message: str, remedy: str) -> None:
    """Say why a request goes no further, and what to do instead."""
    body = json.dumps({"type": "about:blank", "status": status, "title": message, "remedy": remedy}).encode()
    headers = [(b"content-type", b"application/problem+json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
