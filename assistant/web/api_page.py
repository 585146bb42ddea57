"""A plain list of the HTTP interface's operations. It loads nothing; the full description is the OpenAPI file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.web.markup import Markup, element, join, told

_EXAMPLE = """curl -s localhost:7860/api/ask -H 'content-type: application/json' \\
  -d '{"question": "What did the commissioner ask Dahua to confirm?", "filters": {"since": "2022-01-01"}}'"""


def listing(description: Mapping[str, Any]) -> Markup:
    """The page, from the OpenAPI description."""
    rows = (
        element("tr", element("td", element("code", f"{verb.upper()} {path}")), element("td", told(_said(operation))))
        for path, operations in description["paths"].items()
        for verb, operation in operations.items()
    )
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", "HTTP interface"),
        element("link", rel="stylesheet", href="/page/page.css"),
        element("link", rel="stylesheet", href="/page/api.css"),
    )
    body = element(
        "main",
        element("h1", "HTTP interface"),
        element(
            "p",
            "Described in full at ",
            element("a", "/api/openapi.json", href="/api/openapi.json"),
            ". A failure is a problem (RFC 9457) with a title and a remedy.",
        ),
        element("table", element("tbody", *rows)),
        element("pre", _EXAMPLE),
    )
    return join((Markup("<!doctype html>"), element("html", head, element("body", body), lang="en-GB")))


def _said(operation: Mapping[str, Any]) -> str:
    return str(operation.get("description") or operation.get("summary") or "")
