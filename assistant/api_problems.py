"""Failures as problems (RFC 9457): which status each has, and how it is said."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from ingest import errors

if TYPE_CHECKING:
    from fastapi import FastAPI, Request

_log = logging.getLogger(__name__)


class Problem(BaseModel):
    """What went wrong (`title`) and what to do about it (`remedy`)."""

    type: str = "about:blank"
    status: int
    title: str
    remedy: str


class Unreadable(errors.BriefingError):
    """The request itself cannot be read."""

    def __init__(self, message: str) -> None:
        super().__init__(message, remedy="See /api/openapi.json for what is read.")


STATUSES: dict[type[errors.BriefingError], int] = {
    Unreadable: 422,
    errors.BadSettings: 422,
    errors.MissingExtra: 501,
    errors.SourceTooLarge: 413,
    errors.RefusedSource: 422,
    errors.DocumentMissing: 404,
    errors.ConversationMissing: 404,
    errors.LibraryBusy: 503,
    errors.StorageFull: 507,
    errors.LibraryError: 503,
    errors.ModelUnavailable: 503,
    errors.IndexUnavailable: 503,
}
"""The status of a failure is that of its nearest ancestor named here."""

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": description, "content": {"application/problem+json": {}}}
    for status, description in {
        400: "The request cannot be read",
        403: "Another web site caused the request",
        404: "There is no such document, version or conversation",
        405: "That is not done at this address",
        411: "The request does not say how long it is",
        413: "Too much at once",
        421: "This server does not answer to that name",
        422: "The request breaks a rule; the title says which",
        500: "A fault of the server; its log says more",
        501: "An optional part is not installed",
        503: "The library or a model is busy or cannot be used; the remedy says what to do",
        507: "The disk is full; nothing acknowledged was lost",
    }.items()
}


def status_of(error: errors.BriefingError) -> int:
    """The HTTP status of a failure."""
    return next((STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES), 500)


def install(server: FastAPI) -> None:
    """Make `server` say every failure as a problem."""
    server.add_exception_handler(errors.BriefingError, _foreseen)
    server.add_exception_handler(RequestValidationError, _invalid)
    server.add_exception_handler(HTTPException, _http)
    server.add_exception_handler(Exception, _unforeseen)


def _problem(status: int, title: str, remedy: str) -> JSONResponse:
    body = Problem(status=status, title=title, remedy=remedy)
    return JSONResponse(body.model_dump(), status_code=status, media_type="application/problem+json")


def _foreseen(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, errors.BriefingError)  # noqa: S101 - registered for nothing else
    return _problem(status_of(error), error.message, error.remedy)


def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for nothing else
    first = error.errors()[0]
    # Place and rule, never the value: what was sent is not sent back.
    place = ".".join(str(part) for part in first["loc"] if part != "body")[:200]
    rule = str(first["msg"]).removeprefix("Value error, ")
    title = f"`{place}`: {rule}." if place else f"{rule}."
    return _problem(422, title.encode("utf-8", "replace").decode(), "See /api/openapi.json for what is read.")


def _http(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for nothing else
    return _problem(error.status_code, str(error.detail), "See /api for what there is.")


def _unforeseen(request: Request, error: Exception) -> JSONResponse:
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return _problem(500, "Something went wrong that should not have.", "The server's log says more.")
