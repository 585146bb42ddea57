"""What a request brings to the library: uploaded files, or an address, and what is known of them.

Not through Gradio. A client of Gradio 6.31 may put a file reference into any field: with a path the server copies
one of its own files, with an address it fetches it. `assistant.web.security` therefore refuses every request to
Gradio that holds one, and files come in here, as bytes, without ever having a place on the server's disk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from assistant.api_problems import Unreadable
from assistant.web.filters import Day, Name
from ingest.documents import Source

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request

FILES = 200
"""Files in one request."""

GIVEN = ("title", "publisher", "author", "published", "source_type", "licence", "language", "address")


class Addresses(BaseModel):
    """An address to fetch, with what is known of it."""

    model_config = ConfigDict(extra="forbid")

    address: str = Field(min_length=1, max_length=2000)
    publisher: Name | None = None
    published: Day | None = None
    source_type: Name | None = None


async def sources(request: Request) -> tuple[list[str | Source], dict[str, str]]:
    """What a request brings, and what it says of all of it."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        try:
            body = Addresses.model_validate_json(await request.body())
        except ValueError as error:
            raise Unreadable("The body is not an address with what is known of it.") from error
        given = body.model_dump(exclude={"address"}, exclude_none=True)
        return [body.address], given
    if kind != "multipart/form-data":
        raise Unreadable("Send multipart/form-data with `files`, or JSON with an `address`.")
    async with request.form(max_files=FILES, max_fields=50) as form:
        return await _uploaded(form)


async def _uploaded(form: FormData) -> tuple[list[str | Source], dict[str, str]]:
    sources: list[str | Source] = []
    for upload in form.getlist("files"):
        if not isinstance(upload, str):
            name = (upload.filename or "file").replace("\\", "/").rpartition("/")[2] or "file"
            sources.append(Source(name, name, await upload.read(), upload.content_type))
    if not sources:
        raise Unreadable("The form holds no file under `files`.")
    given = {name: value for name, value in form.items() if name in GIVEN and isinstance(value, str)}
    return sources, {name: value.strip() for name, value in given.items() if value.strip()}
