"""What the page asks for by itself: sources, receipts (as escaped HTML) and pictures of PDF pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Protocol

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

from assistant.web import incoming, render_conversations, render_library, render_source
from ingest.errors import DocumentMissing
from ingest.page_image import SCALE, boxes_for

if TYPE_CHECKING:
    from assistant.api_conversations import Owner
    from assistant.conversation.keeping import Conversations
    from assistant.web.holdings import Holdings
    from ingest.documents import Box, PlacedBlock
    from ingest.ledger.records import DocumentText

DocumentId = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]
Version = Annotated[int, Path(ge=1, le=1_000_000)]
Offset = Annotated[int | None, Query(ge=0, le=1_000_000_000)]


class Pictures(Protocol):
    """Draws a page of a PDF with boxes on it; `ingest.sandbox.Parser.render` is one."""

    def __call__(self, content: bytes, page: int, boxes: Sequence[Box]) -> bytes:
        """A PNG."""
        ...


def router(holdings: Holdings, picture: Pictures) -> APIRouter:
    """The routes under `/fragments` and `/page-image`."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/fragments/source/{document}/{version}", response_class=HTMLResponse)
    def source(
        document: DocumentId, version: Version, start: Offset = None, end: Offset = None, whole: bool = False
    ) -> str:
        shown = holdings.ledger.text(document, version)
        view = render_source.View(start, end, whole)
        return render_source.panel(shown, view, holdings.versions(shown.document.id), _picture_of(shown, view))

    @routes.post("/fragments/receipts", response_class=HTMLResponse)
    async def receipts(request: Request) -> str:
        sources, given = await incoming.sources(request)
        made = await run_in_threadpool(lambda: list(holdings.add(sources, given)))
        return render_library.receipts(made)

    @routes.get("/page-image/{document}/{version}/{page}.png", response_class=Response)
    def page_image(
        document: DocumentId,
        version: Version,
        page: Annotated[int, Path(ge=1, le=100_000)],
        start: Offset = None,
        end: Offset = None,
    ) -> Response:
        shown = holdings.ledger.text(document, version)
        if shown.document.format != "pdf" or page > (shown.document.pages or 0):
            raise DocumentMissing(f"`{document}` has no page {page} to show.", remedy="Read its text.")
        content = holdings.ledger.original(document, version)
        drawn = picture(content, page, quote_boxes(shown.blocks, page, start or 0, end or 0))
        return Response(drawn, media_type="image/png")

    return routes


def conversations(kept: Conversations, owner: Owner) -> APIRouter:
    """The list of the reader's conversations, as the page shows it."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/fragments/conversations", response_class=HTMLResponse)
    def listed(
        search: Annotated[str, Query(max_length=200)] = "",
        current: Annotated[str, Query(pattern=r"^([0-9a-f]{16})?$")] = "",
        mine: str = Depends(owner),
    ) -> str:
        return render_conversations.listed(kept.listed(mine, search), search, current)

    return routes


def _picture_of(shown: DocumentText, view: render_source.View) -> render_source.Picture | None:
    """The picture of the page that the quote begins on, for a PDF."""
    start, end = view.quoted
    record = shown.document
    page = render_source.page_of(shown.blocks, view)
    if record.format != "pdf" or page is None:
        return None
    tops = [box.y0 for box in quote_boxes(shown.blocks, page, start, end)]
    address = f"/page-image/{record.id}/{record.version}/{page}.png?start={start}&end={end}"
    return render_source.Picture(address, page, round(min(tops, default=0) * SCALE))


def quote_boxes(blocks: Sequence[PlacedBlock], page: int, start: int, end: int) -> list[Box]:
    """Where the characters [start, end) of the text stand on a page."""
    found = (box for block in blocks for box in boxes_for(block, start, end))
    return [box for box in found if box.page == page]
