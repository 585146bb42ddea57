"""What stands before every request: whose it may be, what it may reach, and the headers every answer bears.

There is no login yet, so the server listens on this computer only, and two things keep other web pages from
using it through the reader's own browser: the Host header must name this computer (a rebound DNS name does not),
and a request that another site caused is refused. Of Gradio's routes only those that the page uses can be
reached; its file, upload, proxy, component and developer routes cannot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assistant.web.refusing import refuse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        # Gradio writes style attributes and style elements; scripts need no such licence.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
    )
)

_HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
_FOR_GOOD = re.compile(r"/(assets|page)/")
_OPEN = re.compile(
    r"/|/(favicon\.ico|robots\.txt|config/?|theme\.css|api)|/(assets|page|api|fragments|page-image)/.*"
    r"|/gradio_api/(info/?|startup-events|queue/(join|data)|cancel|reset/?|heartbeat/\w+)"
)
_UPLOADS = re.compile(r"/fragments/(?:receipts|check)|/api/(?:documents|check)")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
BODY_BYTES = 4_000_000
"""Cap on a request that is no upload: a conversation goes back to the server with each question."""


class Guard:
    """ASGI middleware; the outermost layer.

    `hosts` are the names the Host header may bear, without port; None accepts any (a server that others reach).
    `upload_bytes` caps one upload request.
    """

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str] | None, upload_bytes: int) -> None:
        self.app = app
        self.hosts = None if hosts is None else frozenset(hosts)
        self.upload_bytes = upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See `Guard`."""
        if scope["type"] == "websocket":
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        guarded = _with_headers(send, path)
        refused = self._refusal(scope, path)
        if refused is None:
            await self.app(scope, receive, guarded)
        else:
            await refuse(guarded, *refused)

    def _refusal(self, scope: Scope, path: str) -> tuple[int, str, str] | None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        if self.hosts is not None and _host(headers.get("host", "")) not in self.hosts:
            return 421, "This server does not answer to that name.", "Open it as http://127.0.0.1 or localhost."
        if _is_foreign(scope["method"], headers):
            return 403, "Another web site may not use this server.", "Open the page itself."
        if not _OPEN.fullmatch(path):
            return 404, "There is nothing at this address.", "See /api for what there is."
        if scope["method"] in _SAFE:
            return None
        return self._too_long(path, headers)

    def _too_long(self, path: str, headers: dict[str, str]) -> tuple[int, str, str] | None:
        length = headers.get("content-length", "")
        if not length.isdecimal():
            if "transfer-encoding" not in headers:
                return None
            return 411, "The request does not say how long it is.", "Send a Content-Length header."
        cap = self.upload_bytes if _UPLOADS.fullmatch(path) else BODY_BYTES
        if int(length) <= cap:
            return None
        return 413, f"That is more than {cap / 1_000_000:,.0f} MB.", "Send less at once."


def _host(value: str) -> str:
    """The name in a Host header, without port and brackets, in lower case."""
    try:
        return (urlsplit(f"//{value}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_foreign(method: str, headers: dict[str, str]) -> bool:
    """Whether another site caused the request. Programs that are no browser send neither header."""
    site = headers.get("sec-fetch-site")
    if site in {"cross-site", "same-site"}:
        # A link from elsewhere to the page itself is no attack.
        return not (method == "GET" and headers.get("sec-fetch-mode") == "navigate")
    origin = headers.get("origin")
    if method in _SAFE or origin is None:
        return False
    return origin == "null" or urlsplit(origin).netloc != headers.get("host")


def _with_headers(send: Send, path: str) -> Send:
    """`send` that puts the headers on, in place of any of the same name, and takes CORS permissions off."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = dict(_HEADERS)
            if not _FOR_GOOD.match(path):
                headers["cache-control"] = "no-store"
            kept = [
                (name, value)
                for name, value in message.get("headers", ())
                if name.decode("latin-1").lower() not in headers
                and not name.lower().startswith(b"access-control-")
                and name.lower() != b"server"
            ]
            kept += [(name.encode(), value.encode()) for name, value in headers.items()]
            message["headers"] = kept
        await send(message)

    return sending
