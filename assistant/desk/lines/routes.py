"""Drafts and rechecks over HTTP: for programs as JSON or a file, for the page as HTML."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from assistant.api_problems import PROBLEMS, Unreadable
from assistant.desk.exports import FORMATS, export
from assistant.desk.exports.lines import of_draft
from assistant.desk.lines import rendering
from assistant.desk.lines.making import Wanted
from assistant.desk.lines.papers import Kind, PressDraft
from assistant.desk.lines.working import Changed, Step, Working
from assistant.desk.recheck.carried import read
from assistant.desk.recheck.rulings import Rechecked
from assistant.web.filters import Filters

if TYPE_CHECKING:
    from assistant.desk.lines.making import Drafter
    from assistant.desk.recheck.comparing import Rechecker
    from assistant.desk.shown import Shown

FormatName = Literal["docx", "pdf", "md", "html", "json", "csv"]
_FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
}
_PAPER: dict[str, Any] = {
    "required": True,
    "content": {
        "application/json": {"schema": {"type": "object"}},
        "multipart/form-data": {
            "schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}
        },
    },
}


class OnTopic(BaseModel):
    """What is to be drafted, and from what of the library."""

    model_config = ConfigDict(extra="forbid")

    topic: str = Field(min_length=1, max_length=500)
    kind: Kind = "lines"
    audience: str | None = Field(default=None, max_length=120)
    filters: Filters = Filters()


class Change(BaseModel):
    """One step on one line of a draft in work; `text` are its new words with `edit`."""

    model_config = ConfigDict(extra="forbid")

    step: Step
    section: int = Field(ge=0, le=20)
    line: int = Field(ge=0, le=200)
    text: str = Field(default="", max_length=2_000)


@dataclass(frozen=True)
class Drafting:
    """What the routes need: what drafts and rechecks, and the drafts in work."""

    drafter: Drafter
    rechecker: Rechecker
    working: Working


def router(desk: Drafting, shown: Shown) -> APIRouter:
    """The routes; what the page has shown can be downloaded from `shown`."""
    routes = APIRouter(responses=PROBLEMS)
    _programs(routes, desk)

    @routes.post("/fragments/draft", response_class=HTMLResponse, include_in_schema=False)
    def fragment(body: OnTopic) -> str:
        made = desk.drafter.draft(_wanted(body))
        kept = shown.keep(of_draft(made, datetime.now(UTC)))
        return rendering.page(Changed(made), desk.working.keep(made), kept)

    @routes.post("/fragments/draft/{key}", response_class=HTMLResponse, include_in_schema=False)
    def changed(key: Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")], body: Change) -> str:
        if body.step == "edit" and not body.text.strip():
            raise Unreadable("The line is empty. Drop it instead.")
        told = desk.working.change(key, body.step, body.section, body.line, body.text)
        kept = shown.keep(of_draft(told.draft, datetime.now(UTC)))
        return rendering.page(told, key, kept, (body.section, body.line) if told.faults else None)

    return routes


def _programs(routes: APIRouter, desk: Drafting) -> None:
    @routes.post("/api/draft")
    def draft(body: OnTopic) -> PressDraft:
        """Lines to take, a Q&A, a holding statement, a note or a brief on a topic; without lines where nothing is held."""
        return desk.drafter.draft(_wanted(body))

    @routes.post("/api/draft/export", response_class=Response, responses=_FILE)
    def exported(body: OnTopic, form: Annotated[FormatName, Query(alias="format")] = "docx") -> Response:
        """The same as a file."""
        content = export(of_draft(desk.drafter.draft(_wanted(body)), datetime.now(UTC)), form)
        headers = {"content-disposition": f'attachment; filename="draft.{form}"'}
        return Response(content, media_type=FORMATS[form].media_type, headers=headers)

    @routes.post("/api/recheck", openapi_extra={"requestBody": _PAPER})
    async def recheck(request: Request) -> Rechecked:
        """Which claims of a paper of this program are still true: its JSON as the body, or a .json or .docx as `file`."""
        name, content = await _paper(request)
        return await run_in_threadpool(lambda: desk.rechecker.recheck(read(name, content), name))


async def _paper(request: Request) -> tuple[str, bytes]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        return "the body", await request.body()
    if kind != "multipart/form-data":
        raise Unreadable("Send JSON, or multipart/form-data with a `file`.")
    async with request.form(max_files=1, max_fields=5) as form:
        upload = form.get("file")
        if upload is None or isinstance(upload, str):
            raise Unreadable("Send multipart/form-data with a `file`.")
        return upload.filename or "the file", await upload.read()


def _wanted(body: OnTopic) -> Wanted:
    topic = " ".join(body.topic.split())
    if not topic:
        raise Unreadable("The topic is empty.")
    return Wanted(topic, body.kind, (body.audience or "").strip() or None, body.filters.scope())
