"""Dossiers and the grid over HTTP: for programs as JSON or a file, for the page as HTML."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from assistant.api_problems import PROBLEMS
from assistant.desk.dossiers import rendering
from assistant.desk.dossiers.composing import of_dossier, of_grid
from assistant.desk.dossiers.entries import Dossier, Grid
from assistant.desk.dossiers.grid import make as grid_of
from assistant.desk.dossiers.making import NameShared
from assistant.desk.dossiers.pictures import drawn, picture
from assistant.desk.exports import FORMATS, export
from assistant.web.filters import Filters, Name

if TYPE_CHECKING:
    from assistant.desk.dossiers.making import Dossiers
    from assistant.desk.shown import Shown

FormatName = Literal["docx", "pdf", "md", "html", "json", "csv", "svg", "png"]
_PICTURES = {"svg": "image/svg+xml", "png": "image/png"}
_FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
}


class OnWhom(BaseModel):
    """Whom a dossier is on, by any name that the library knows, and what of the library it is made from.

    `filters.entities` are others that a document must name as well.
    """

    model_config = ConfigDict(extra="forbid")

    entity: Name
    filters: Filters = Filters()


class OfWhom(BaseModel):
    """The vendors of a grid; none for those that bodies say most of."""

    model_config = ConfigDict(extra="forbid")

    vendors: Annotated[tuple[Name, ...], Field(max_length=20)] = ()
    filters: Filters = Filters()


def router(dossiers: Dossiers, shown: Shown) -> APIRouter:
    """The routes; what the page has shown can be downloaded from `shown`."""
    routes = APIRouter(responses=PROBLEMS)

    @routes.post("/api/dossier")
    def dossier(body: OnWhom) -> Dossier:
        """Everything held on a vendor or body: entries, charges and replies, positions, timeline, documents, gaps."""
        return dossiers.make(body.entity, body.filters.scope())

    @routes.post("/api/dossier/export", response_class=Response, responses=_FILE)
    def exported(body: OnWhom, form: Annotated[FormatName, Query(alias="format")] = "docx") -> Response:
        """The same as a file; `svg` and `png` are its timeline."""
        made = dossiers.make(body.entity, body.filters.scope())
        if form in _PICTURES:
            return _file(drawn(made, form), form, _PICTURES[form])
        return _file(export(of_dossier(made, datetime.now(UTC), picture(made)), form), form, FORMATS[form].media_type)

    @routes.post("/api/grid")
    def grid(body: OfWhom) -> Grid:
        """What each public body last said of each vendor; a cell without claims holds nothing."""
        return grid_of(dossiers, body.vendors, body.filters.scope())

    @routes.post("/fragments/dossier", response_class=HTMLResponse, include_in_schema=False)
    def fragment(body: OnWhom) -> str:
        try:
            made = dossiers.make(body.entity, body.filters.scope())
        except NameShared as error:
            return rendering.several(body.entity, error.names)
        return rendering.page(made, shown.keep(of_dossier(made, datetime.now(UTC), picture(made))))

    @routes.post("/fragments/grid", response_class=HTMLResponse, include_in_schema=False)
    def table(body: OfWhom) -> str:
        made = grid_of(dossiers, body.vendors, body.filters.scope())
        return rendering.grid_page(made, shown.keep(of_grid(made, datetime.now(UTC))))

    @routes.get("/fragments/dossier/names", response_class=HTMLResponse, include_in_schema=False)
    def names() -> str:
        return rendering.names(dossiers.known_names())

    return routes


def _file(content: bytes, form: str, media_type: str) -> Response:
    # Always to be saved, never shown: an exported page is no page of this server.
    headers = {"content-disposition": f'attachment; filename="dossier.{form}"'}
    return Response(content, media_type=media_type, headers=headers)
