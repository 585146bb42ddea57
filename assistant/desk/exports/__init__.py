"""Answers, conversations and checked drafts as files: one document model, one module a format.

Imports nothing of a format before it is asked for; `FORMATS` is a table of dotted names, and adding a format is a module
with `render(paper, template) -> bytes` and a line here.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from ingest.errors import BriefingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.desk.exports.paper import Paper


class Format(NamedTuple):
    """One format: what renders it and its media type."""

    renderer: str
    media_type: str


FORMATS: dict[str, Format] = {
    "docx": Format(
        "assistant.desk.exports.docx:render",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "pdf": Format("assistant.desk.exports.pdf:render", "application/pdf"),
    "md": Format("assistant.desk.exports.markdown:render", "text/markdown; charset=utf-8"),
    "html": Format("assistant.desk.exports.html:render", "text/html; charset=utf-8"),
    "json": Format("assistant.desk.exports.data:render", "application/json"),
    "csv": Format("assistant.desk.exports.register:render", "text/csv; charset=utf-8"),
}


class UnknownFormat(BriefingError):
    """A file name that does not tell a format that is written, or a template that cannot be used."""


class NothingToExport(BriefingError):
    """There is nothing that could be written."""


class UnwritableFile(BriefingError):
    """The file to be written cannot be."""


def format_of(name: str) -> str:
    """The format that a file name asks for.

    Raises:
        UnknownFormat: it asks for none of `FORMATS`.
    """
    suffix = PurePath(name).suffix.removeprefix(".").lower()
    if suffix not in FORMATS:
        raise UnknownFormat(
            f"`{name}` does not end in a format that is written.",
            remedy=f"Use one of {', '.join(f'.{one}' for one in FORMATS)}.",
        )
    return suffix


def export(paper: Paper, form: str, template: bytes | None = None) -> bytes:
    """`paper` in one of `FORMATS`. `template` is a .docx whose styles, headers and footers apply; for "docx" alone.

    Raises:
        UnknownFormat: the template is no Word document, or the format takes none.
    """
    if template is not None and form != "docx":
        raise UnknownFormat("A template applies to .docx only.", remedy="Name a .docx file, or leave the template out.")
    module, _, function = FORMATS[form].renderer.partition(":")
    render: Callable[[Paper, bytes | None], bytes] = getattr(import_module(module), function)
    return render(paper, template)
