"""Sources for the readers' tests, and what to look at in a reading."""

from __future__ import annotations

import io
import textwrap
from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest import readers
from ingest.describe import describe
from ingest.documents import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ingest.documents import Document, Reading

REQUEST = (
    "The commissioner wrote to the company in April and asked it to say which of its cameras had been sold to public "
    "bodies. It gave the company ten days in which to reply, and said that silence would be taken as refusal."
)
REPLY = (
    "The company answered that it had sold no cameras to public bodies since the previous autumn. It denied that any "
    "of its products had been used in the way that the report describes, and asked for the claim to be withdrawn."
)


def source(name: str, content: str | bytes, media_type: str | None = None, origin: str | None = None) -> Source:
    return Source(
        origin or f"/given/{name}", name, content.encode() if isinstance(content, str) else content, media_type
    )


def read(name: str, content: str | bytes, media_type: str | None = None) -> Reading:
    """The reading by whichever reader the content asks for."""
    return readers.read(source(name, content, media_type))


def document(name: str, content: str | bytes, given: Mapping[str, str] | None = None) -> Document:
    given_source = source(name, content)
    return describe(readers.read(given_source), given_source, given=given or {})


def kept(reading: Reading) -> list[tuple[str, str]]:
    """(kind, text) of the blocks that are part of the document."""
    return [(block.kind, block.text) for block in reading.blocks if block.furniture is None]


def texts(reading: Reading) -> list[str]:
    return [text for _, text in kept(reading)]


def aside(reading: Reading) -> list[tuple[str | None, str]]:
    """(reason, text) of the blocks that are not."""
    return [(block.furniture, block.text) for block in reading.blocks if block.furniture is not None]


def pdf(*pages: Callable[[Canvas], object], **settings: object) -> bytes:
    """A PDF whose pages are drawn by the functions given, on A4 with the origin at the bottom left."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True, **settings)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def prose(text: str, *, left: float = 72, top: float = 740, characters: int = 80) -> Callable[[Canvas], None]:
    """Draws `text` wrapped at so many characters, 14 points from line to line."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for number, line in enumerate(wrapped(text, characters)):
            canvas.drawString(left, top - 14 * number, line)

    return draw


def wrapped(text: str, characters: int) -> Sequence[str]:
    return textwrap.wrap(text, characters, break_on_hyphens=False)
