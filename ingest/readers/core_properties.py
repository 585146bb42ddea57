"""The core properties of an office file as metadata; what programs put there by themselves is none."""

from __future__ import annotations

import re
from typing import Any

from ingest.documents import Metadata
from ingest.readers.blocks import clean
from ingest.readers.front_matter import language_code

_NO_AUTHOR = re.compile(
    r"python-(?:docx|pptx)|microsoft(?: office)?(?: user)?|(?:windows |office )?users?\d*|author|admin(?:istrator)?|owner|"
    r"unknown|default|steve canny|openpyxl|pandoc|apache poi|.*\\.*|un-?named",
    re.I,
)
_NO_TITLE = re.compile(
    r"(?:microsoft )?(?:word|powerpoint)(?: document| presentation)?\d*(?: - .*)?|(?:document|presentation|slide|doc)\s*\d*|"
    r"untitled.*|title|.{0,200}\.(?:docx?|pptx?|rtf|odt|pdf)|(?:power\s?point|pr\u00e4sentation|diapositive)[\w\s]{0,12}",
    re.I,
)
_BY_PROGRAM = re.compile(r"(?:generated (?:by|using) )?python-|steve canny", re.I)
_KEPT = ("subject", "keywords", "category", "comments", "last_modified_by", "version")


def metadata(properties: Any) -> Metadata:
    """Title, author and language; the dates a file was made and changed are kept apart and are no publication date."""
    author, title = _value(properties, "author"), _value(properties, "title")
    # A library's template bears the template's own dates.
    signs = (author, _value(properties, "last_modified_by"), _value(properties, "comments"))
    made_by_program = any(_BY_PROGRAM.match(sign) for sign in signs)
    extra = []
    for name in _KEPT:
        text = _value(properties, name)
        if text and not (_NO_AUTHOR.fullmatch(text) or _BY_PROGRAM.match(text)):
            extra.append((f"file_{name}", text))
    for name in ("created", "modified"):
        when = _date(properties, name)
        if when is not None and not made_by_program:
            extra.append((f"file_{name}", when.date().isoformat()))
    return Metadata(
        title=title if title and not _NO_TITLE.fullmatch(title) else None,
        author=author if author and not _NO_AUTHOR.fullmatch(author) else None,
        language=language_code(_value(properties, "language")),
        extra=tuple(extra),
    )


def _value(properties: Any, name: str) -> str:
    try:
        return clean(str(getattr(properties, name) or ""))[0]
    except (ValueError, AttributeError, KeyError):
        # A malformed property is the file's fault and says nothing about its text.
        return ""


def _date(properties: Any, name: str) -> Any:
    try:
        return getattr(properties, name)
    except (ValueError, AttributeError, KeyError):
        return None
