"""The HTTP interface: thin routes over the assistant and its library. Described at `/api/openapi.json`.

A failure with a remedy becomes a problem (RFC 9457, `application/problem+json`) with `title` and `remedy`. An
abstention is an answer (200), not a failure.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from assistant.api_problems import PROBLEMS, Unreadable
from assistant.api_views import DocumentView, TextView, document_view, text_view
from assistant.domain import Outcome, Question
from assistant.web import incoming
from assistant.web.filters import QUESTION_LENGTH, Filters
from assistant.web.fragments import DocumentId
from ingest.errors import LibraryBusy
from ingest.receipts import Receipt

if TYPE_CHECKING:
    from assistant.web.holdings import Answers, Holdings

ASKING_AT_ONCE = 32
"""A question waits for a language model most of its time, so that many wait side by side."""
_ASK_WAIT_SECONDS = 60.0
EARLIER_QUESTIONS = 20
EarlierQuestion = Annotated[str, Field(min_length=1, max_length=QUESTION_LENGTH)]
VersionQuery = Annotated[int | None, Query(ge=1, le=1_000_000)]


class Ask(BaseModel):
    """A question, and what of the library it may be answered from.

    `previous` are the questions asked before it, oldest first: a follow-up ("And when?") is understood by them. With
    `as_asked` it is no follow-up, whatever it looks like. With `own_words` the answer is in the sources' own words, whatever
    language model the server has.
    """

    model_config = ConfigDict(extra="forbid")

    question: str = Field(min_length=1, max_length=QUESTION_LENGTH)
    filters: Filters = Filters()
    previous: Annotated[tuple[EarlierQuestion, ...], Field(max_length=EARLIER_QUESTIONS)] = ()
    as_asked: bool = False
    own_words: bool = False


class Health(BaseModel):
    """That the server runs and its library can be read."""

    status: str = "ok"
    documents: int


class LibraryView(BaseModel):
    """The library as a whole. `snapshot` changes with every change of what can be asked about."""

    documents: int
    passages: int
    snapshot: str
    publishers: list[str]
    source_types: list[str]


class Removed(BaseModel):
    """The document that was removed; its versions stay readable."""

    removed: str


def router(assistant: Answers, holdings: Holdings) -> APIRouter:
    """The routes under `/api`."""
    routes = APIRouter(prefix="/api", responses=PROBLEMS)
    _answering(routes, assistant)
    _reading(routes, holdings)
    _changing(routes, holdings)
    return routes


def _answering(routes: APIRouter, assistant: Answers) -> None:
    turns = threading.BoundedSemaphore(ASKING_AT_ONCE)

    @routes.post("/ask")
    def ask(body: Ask) -> Outcome:
        """Answer a question: a briefing, an abstention or a clarification."""
        asked = body.question.strip()
        if not asked:
            raise Unreadable("The question is empty.")
        with turn(turns):
            return assistant.answer(
                Question(
                    text=asked,
                    scope=body.filters.scope(),
                    previous=body.previous,
                    as_asked=body.as_asked,
                    own_words=body.own_words,
                )
            )


@contextmanager
def turn(turns: threading.BoundedSemaphore) -> Iterator[None]:
    """Wait for one of `turns`.

    Raises:
        LibraryBusy: none came free in a minute.
    """
    if not turns.acquire(timeout=_ASK_WAIT_SECONDS):
        raise LibraryBusy("Too many questions are being answered.", remedy="Try again in a minute.")
    try:
        yield
    finally:
        turns.release()


def _reading(routes: APIRouter, holdings: Holdings) -> None:
    ledger = holdings.ledger

    @routes.get("/health")
    def health() -> Health:
        """Whether the library can be read."""
        return Health(documents=ledger.counts()[0])

    @routes.get("/library")
    def library() -> LibraryView:
        """How much the library holds, and what can be filtered by."""
        documents, passages = ledger.counts()
        return LibraryView(
            documents=documents,
            passages=passages,
            snapshot=holdings.snapshot(),
            publishers=holdings.publishers(),
            source_types=holdings.source_types(),
        )

    @routes.get("/documents")
    def documents(
        search: Annotated[str, Query(max_length=200)] = "", source_type: Annotated[str, Query(max_length=200)] = ""
    ) -> list[DocumentView]:
        """Live documents by title, those whose title, publisher or file name holds every word of `search`."""
        return [document_view(one) for one in holdings.find(search, source_type)]

    @routes.get("/documents/{document}")
    def document(document: DocumentId, version: VersionQuery = None) -> DocumentView:
        """One version of a document; the live one when no version is named."""
        return document_view(ledger.document(document, version))

    @routes.get("/documents/{document}/text")
    def text(document: DocumentId, version: VersionQuery = None) -> TextView:
        """The canonical text: `text[start:end]` of a citation is its quote, to the character."""
        return text_view(ledger.text(document, version))

    @routes.get("/documents/{document}/original", response_class=Response, responses=_ORIGINAL)
    def original(document: DocumentId, version: VersionQuery = None) -> Response:
        """The bytes as they came, to be saved; never shown by the browser."""
        record = ledger.document(document, version)
        content = ledger.original(document, record.version)
        # The name that somebody gave the file goes nowhere near a header.
        name = f"{record.id}-v{record.version}.{record.format if record.format.isalnum() else 'bin'}"
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(content, media_type="application/octet-stream", headers=headers)


_ORIGINAL: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
}


def _changing(routes: APIRouter, holdings: Holdings) -> None:
    @routes.post("/documents", openapi_extra={"requestBody": _ADDING})
    async def add(request: Request) -> list[Receipt]:
        """Put uploaded files, or one address, into the library; a receipt for each, refused ones included."""
        sources, given = await incoming.sources(request)
        return await run_in_threadpool(lambda: list(holdings.add(sources, given)))

    @routes.delete("/documents/{document}")
    def remove(document: DocumentId) -> Removed:
        """Take a document out of what can be asked about; what was stored of it stays readable by version."""
        return Removed(removed=holdings.remove(document).id)


_ADDING: dict[str, Any] = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["files"],
                "properties": {
                    "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
                    **{name: {"type": "string"} for name in incoming.GIVEN},
                },
            }
        },
        "application/json": {"schema": incoming.Addresses.model_json_schema()},
    },
}
