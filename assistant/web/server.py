"""The server: the page, the HTTP interface and what guards both, in one process.

Gradio reports each start to its makers unless `GRADIO_ANALYTICS_ENABLED` is set to something other than `True`
before it is imported, which happens here and nowhere else. Its other ways out are shut where it is mounted.
"""

from __future__ import annotations

import logging
import os
import socket
import webbrowser
from contextlib import suppress
from importlib.resources import files
from threading import Thread, Timer
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

from assistant import api, api_conversations, api_problems
from assistant.api_conversations import Owner, local
from assistant.conversation.keeping import Conversations
from assistant.desk import routes
from assistant.web import api_page, fragments, shell
from assistant.web.handlers import Handlers
from assistant.web.no_files import NoFileReferences
from assistant.web.security import LOOPBACK, Guard
from assistant.web.tabs import installed, links
from ingest.errors import BadSettings, BriefingError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.answering import Assistant
    from assistant.desk.routes import Desk
    from assistant.web.fragments import Pictures
    from assistant.web.holdings import Answers, Holdings
    from assistant.web.tabs import Tab
    from ingest.library import Library

_log = logging.getLogger(__name__)
_QUIET_GRADIO = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    # It also keeps a record of each event and sums them up, in memory, after every one of them.
    "GRADIO_ANALYTICS_MAX_EVENTS": "1",
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": "1000000000",
}
UPLOAD_BYTES = 100_000_000
UPLOADS_AT_ONCE = 5
"""One request may bring this many times the largest file."""

_PICTURE_SECONDS = 20.0
_OPEN_AFTER_SECONDS = 1.0
_GRACE_SECONDS = 2
"""An open page keeps a connection for as long as it is open; the server does not wait for it to go."""


def application(
    assistant: Answers,
    holdings: Holdings,
    picture: Pictures,
    *,
    host: str = "127.0.0.1",
    upload_bytes: int = UPLOAD_BYTES,
    examples: Callable[[], Sequence[str]] = lambda: (),
    kept: Conversations | None = None,
    owner: Owner = local,
    desk: Desk | None = None,
    tabs: Sequence[Tab] = (),
) -> Guard:
    """The whole server as an ASGI application; `owner` tells whose conversations a request may see."""
    os.environ.update(_QUIET_GRADIO)
    from assistant.web import app as page

    server = FastAPI(title="Policy briefing assistant", openapi_url="/api/openapi.json", docs_url=None, redoc_url=None)
    api_problems.install(server)
    server.include_router(api.router(assistant, holdings))
    server.include_router(fragments.router(holdings, picture))
    if kept is not None:
        server.include_router(api_conversations.router(assistant, kept, owner))
        server.include_router(fragments.conversations(kept, owner))
    if desk is not None:
        server.include_router(routes.router(assistant, desk))
    for tab in tabs:
        server.include_router(tab.routes)
        server.mount(f"/page/{tab.name}", StaticFiles(directory=str(tab.static)))
    shown = shell.page(page.frontend(), links(tabs))

    @server.get("/", response_class=HTMLResponse, include_in_schema=False)
    def front() -> str:
        return shown

    @server.get("/api", response_class=HTMLResponse, include_in_schema=False)
    def listing() -> str:
        return api_page.listing(server.openapi())

    @server.get("/favicon.ico", include_in_schema=False)
    def icon() -> HTMLResponse:
        return HTMLResponse(status_code=204)

    server.mount("/page", StaticFiles(directory=str(files(__package__) / "static")))
    page.mount(server, Handlers(assistant, holdings, examples, kept, desk.offer if desk else None), owner, tabs)
    hosts = LOOPBACK if host in LOOPBACK else None
    return Guard(NoFileReferences(server), hosts=hosts, upload_bytes=upload_bytes * UPLOADS_AT_ONCE)


def serve(
    assistant: Assistant,
    host: str = "127.0.0.1",
    port: int = 7860,
    open_browser: bool = False,
    answers: Answers | None = None,
) -> None:
    """Serve the page and the HTTP interface until interrupted; `answers` is what answers, the assistant itself if None.

    On this computer only, unless `host` says otherwise: there is no login yet, and a warning says so.

    Raises:
        BadSettings: the address is taken or is none of this computer's.
    """
    import uvicorn

    from assistant.web import library_holdings
    from assistant.wiring import checker, dossiers, drafting
    from ingest.sandbox import Limits, Parser

    library = assistant.library
    limits = library.settings.limits
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    with _listening(host, port) as listening, Parser(Limits(bytes=limits.bytes, seconds=_PICTURE_SECONDS)) as parser:
        whole = application(
            answers or assistant,
            library_holdings.holdings(library),
            parser.render,
            host=host,
            upload_bytes=limits.bytes,
            examples=lambda: library_holdings.examples(library),
            kept=Conversations(library.ledger.engine),
            desk=routes.Desk(checker(assistant), parser.parse, dossiers(assistant), drafting(assistant)),
            tabs=installed(assistant),
        )
        if host not in LOOPBACK:
            _log.warning("Anybody who can reach %s can read and change the library: there is no login yet.", address)
        _log.warning("The page is at %s (stop with Ctrl+C).", address)
        Thread(target=_get_ready, args=[library], daemon=True).start()
        if open_browser:
            Timer(_OPEN_AFTER_SECONDS, webbrowser.open, [address]).start()
        settings = uvicorn.Config(
            whole, log_level="warning", server_header=False, timeout_graceful_shutdown=_GRACE_SECONDS
        )
        with suppress(KeyboardInterrupt):
            uvicorn.Server(settings).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise BadSettings(
            f"Nothing can be served at {host}, port {port}: {(error.strerror or 'refused').partition(' (')[0].lower()}.",
            remedy="Stop what is served there already, or name another port with `--port`.",
        ) from error


def _get_ready(library: Library) -> None:
    """Load the model before the first question, which would otherwise wait for it."""
    try:
        library.embedder.encode(["ready"])
    except BriefingError as error:
        _log.warning("%s %s", error.message, error.remedy)
