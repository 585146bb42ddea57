"""The desk over HTTP: checks for the page and for programs, and downloads of what the page has shown."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, Protocol

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from assistant.api import Ask
from assistant.api_problems import PROBLEMS, Unreadable
from assistant.desk import rendering
from assistant.desk.dossiers import routes as dossier_routes
from assistant.desk.drafts import LONGEST, from_source, pasted
from assistant.desk.exports import FORMATS, export
from assistant.desk.exports.composing import of_check, of_outcome
from assistant.desk.lines import routes as line_routes
from assistant.desk.marking import marked
from assistant.desk.shown import Shown
from assistant.desk.verdicts import Checked
from assistant.domain import Question
from ingest.documents import Source
from ingest.errors import LibraryBusy, SourceTooLarge
from ingest.readers import read

if TYPE_CHECKING:
    from assistant.desk.dossiers.making import Dossiers
    from assistant.desk.drafts import DraftText, Read
    from assistant.desk.lines.routes import Drafting
    from assistant.domain import Outcome
    from assistant.web.holdings import Answers
    from assistant.web.markup import Markup

AT_ONCE = 2
_WAIT_SECONDS = 60.0
SENTENCES = 1_000
"""Most sentences of one draft over HTTP; the command line takes more."""

FormatName = Literal["docx", "pdf", "md", "html", "json", "csv"]


class Checks(Protocol):
    """Checks drafts; `assistant.desk.checking.Checker` is one."""

    def check(self, draft: DraftText) -> Checked:
        """A verdict for every sentence."""
        ...


class Draft(BaseModel):
    """A draft as text; Markdown is read as such."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=LONGEST)


@dataclass(frozen=True)
class Desk:
    """What the desk's routes need: what checks, what reads files, and what was shown."""

    checks: Checks
    read: Read = read
    dossiers: Dossiers | None = None
    drafting: Drafting | None = None
    shown: Shown = field(default_factory=Shown)
    turns: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(AT_ONCE))

    def check(self, source: Source) -> tuple[Checked, DraftText]:
        """The verdicts on a draft, one of few at a time.

        Raises:
            RefusedSource: it cannot be read, or is too long.
            LibraryBusy: others are being checked.
        """
        draft = from_source(source, self.read)
        if len(draft.sentences) > SENTENCES:
            raise SourceTooLarge(
                f"The draft has {len(draft.sentences):,} sentences; {SENTENCES:,} are checked here.",
                remedy="Check it in parts, or with `briefing check`.",
            )
        with self._turn():
            return self.checks.check(draft), draft

    def page(self, source: Source) -> Markup:
        """The verdicts as the page shows them, with their downloads."""
        checked, draft = self.check(source)
        original = source.content if draft.format == "docx" else None
        key = self.shown.keep(of_check(checked, datetime.now(UTC)), {"docx": marked(checked, draft, original)})
        return rendering.verdicts(checked, key)

    def offer(self, outcome: Outcome) -> Markup:
        """Downloads of an answer that the page is about to show."""
        return rendering.downloads(self.shown.keep(of_outcome(outcome, datetime.now(UTC))))

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self.turns.acquire(timeout=_WAIT_SECONDS):
            raise LibraryBusy("Other drafts are being checked.", remedy="Try again in a minute.")
        try:
            yield
        finally:
            self.turns.release()


def router(assistant: Answers, desk: Desk) -> APIRouter:
    """The routes."""
    routes = APIRouter(responses=PROBLEMS)
    _checking(routes, desk)
    _exporting(routes, assistant, desk)
    if desk.dossiers is not None:
        routes.include_router(dossier_routes.router(desk.dossiers, desk.shown))
    if desk.drafting is not None:
        routes.include_router(line_routes.router(desk.drafting, desk.shown))
    return routes


def _checking(routes: APIRouter, desk: Desk) -> None:
    @routes.post("/api/check", openapi_extra={"requestBody": _DRAFT})
    async def check(request: Request) -> Checked:
        """Hold every sentence of a draft against the library: text as JSON, or a file as `file`."""
        source = await _drafted(request)
        return (await run_in_threadpool(desk.check, source))[0]

    @routes.post("/fragments/check", response_class=HTMLResponse, include_in_schema=False)
    async def fragment(request: Request) -> str:
        source = await _drafted(request)
        return await run_in_threadpool(desk.page, source)


def _exporting(routes: APIRouter, assistant: Answers, desk: Desk) -> None:
    @routes.post("/api/export", response_class=Response, responses=_FILE)
    def exported(body: Ask, form: Annotated[FormatName, Query(alias="format")] = "docx") -> Response:
        """Answer a question and send the answer as a file."""
        if not body.question.strip():
            raise Unreadable("The question is empty.")
        asked = Question(text=body.question.strip(), scope=body.filters.scope(), previous=body.previous)
        paper = of_outcome(assistant.answer(asked), datetime.now(UTC))
        return _file(export(paper, form), form)

    @routes.get("/fragments/export/{key}.{form}", response_class=Response, include_in_schema=False)
    def kept(key: Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")], form: FormatName) -> Response:
        return _file(desk.shown.file(key, form), form)


async def _drafted(request: Request) -> Source:
    """The draft that a request brings, as a file or as text."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        try:
            return pasted(Draft.model_validate_json(await request.body()).text.encode("utf-8", "backslashreplace"))
        except ValueError as error:
            raise Unreadable(f"The body is not a draft of at most {LONGEST:,} characters.") from error
    if kind != "multipart/form-data":
        raise Unreadable("Send JSON with a `text`, or multipart/form-data with a `file`.")
    async with request.form(max_files=1, max_fields=5) as form:
        upload, text = form.get("file"), form.get("text")
        if upload is not None and not isinstance(upload, str) and upload.filename:
            name = upload.filename.replace("\\", "/").rpartition("/")[2] or "draft"
            return Source(name, name, await upload.read(), upload.content_type)
    return pasted(text.encode("utf-8", "backslashreplace") if isinstance(text, str) else b"")


def _file(content: bytes, form: str) -> Response:
    # Always to be saved, never shown: an exported page is no page of this server.
    headers = {"content-disposition": f'attachment; filename="briefing.{form}"'}
    return Response(content, media_type=FORMATS[form].media_type, headers=headers)


_FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
}
_DRAFT: dict[str, Any] = {
    "required": True,
    "content": {
        "application/json": {"schema": Draft.model_json_schema()},
        "multipart/form-data": {
            "schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}
        },
    },
}
