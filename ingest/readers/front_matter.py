"""YAML front matter, and metadata given as names and values: one table of names for all who write them.

Values are read as words, never as YAML types, so that "2022-04" stays a month and "no" stays "no".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from ingest.documents import METADATA_FIELDS, Metadata
from ingest.readers.blocks import clean
from ingest.readers.dates import iso_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_NAMES = {
    "title": ("title", "headline"),
    "publisher": ("publisher", "site_name", "organisation", "organization", "publication"),
    "author": ("author", "authors", "byline", "creator"),
    "published": ("published", "date", "date_published", "datepublished", "publication_date", "pubdate"),
    "address": ("address", "url", "source_url", "canonical", "canonical_url", "permalink", "link"),
    "source_type": ("source_type", "type", "document_type"),
    "language": ("language", "lang"),
    "licence": ("licence", "license", "rights"),
}
_FIELD_OF = {name: field for field, names in _NAMES.items() for name in names}
_UNKNOWN = re.compile(r"(?:unknown|none|null|n/?a|not known|undated|no date|~|-+|\?)(?:\s*[(,;].*)?", re.I | re.S)
_REMARKED = re.compile(
    r"(?P<date>[^()]+?)\s*\((?:(?:exact |the )?(?:day|month|time)(?: and month)? (?:is )?(?:unknown|not known|not given|not stated)"
    r"|(?:last )?(?:updated|amended|revised|corrected)(?: on)? (?P<later>[^()]+))\)",
    re.I,
)
"""A publication date, and beside it a remark that leaves it as it is: "2023-08 (day unknown)"."""

_LONGEST = 65_536
_BLOCK = re.compile(r"[\ufeff\s]*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_COMMENT = re.compile(r"[\ufeff\s]*<!--(.*?)-->", re.S)
_LINE = re.compile(r"([A-Za-z_][\w -]{0,40}?)\s*:\s*(.*)")


class _WordLoader(yaml.SafeLoader):
    """Safe, and every scalar stays a string."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the name and shape are PyYAML's


def split(text: str) -> tuple[Metadata, str, tuple[str, ...]]:
    r"""Metadata of the front matter at the top of `text`, the text after it, and warnings.

    Line ends must be "\\n". Without front matter the metadata is empty and the text comes back whole.
    """
    block = _BLOCK.match(text[: _LONGEST + 1])
    if not block or not _LINE.match(block[1].lstrip()):
        return Metadata(), text, ()
    values, warnings = _values(block[1])
    metadata, more = from_mapping(values)
    return metadata, text[block.end() :], (*warnings, *more)


def split_comment(page: str) -> tuple[Metadata, tuple[str, ...]]:
    """Metadata of a front matter block inside an HTML comment at the very top of a page, and warnings."""
    comment = _COMMENT.match(page[:_LONGEST])
    if not comment:
        return Metadata(), ()
    metadata, _, warnings = split(comment[1].replace("\r\n", "\n").strip() + "\n")
    return metadata, warnings


def from_mapping(values: Mapping[str, object]) -> tuple[Metadata, tuple[str, ...]]:
    """Metadata from names and values as people write them (`url` is the address, `date` the publication date).

    A value such as "unknown" is unknown; "unknown (about 2020)" too, and its words go to `extra`. A malformed
    date is unknown and warned of. Names without a field go to `extra`, in order; nested values are left out.
    """
    found: dict[str, str] = {}
    extra: list[tuple[str, str]] = []
    warnings: list[str] = []
    for name, value in values.items():
        text = _words(value)
        if text is None:
            warnings.append(f"`{name}` holds nested values and was left out.")
            continue
        field = _FIELD_OF.get(name.strip().casefold().replace("-", "_").replace(" ", "_"))
        if not text:
            continue
        if _UNKNOWN.fullmatch(text):
            if "(" in text or "," in text or ";" in text:
                extra.append((name, text))
        elif field is None or field in found:
            extra.append((name, text))
        elif (kept := _checked(field, text, warnings)) is not None:
            found[field] = kept
            if field == "published" and _REMARKED.fullmatch(text):
                extra.append((name, text))
        else:
            extra.append((name, text))
    return Metadata(**found, extra=tuple(extra)), tuple(warnings)


def over(first: Metadata, second: Metadata) -> Metadata:
    """Each field of `first`, or of `second` where `first` does not know it; the extra values of both."""
    fields = {name: getattr(first, name) or getattr(second, name) for name in METADATA_FIELDS}
    names = {name for name, _ in first.extra}
    return Metadata(**fields, extra=(*first.extra, *(pair for pair in second.extra if pair[0] not in names)))


def language_code(text: str) -> str | None:
    """The code "en" of "en-GB" or "en_GB"; None of anything that does not begin with an ISO 639-1 code."""
    match = re.match(r"([A-Za-z]{2})(?:[-_]|$)", text.strip())
    return match[1].lower() if match else None


def _checked(field: str, text: str, warnings: list[str]) -> str | None:
    if field == "published":
        published = iso_date(text) or _dated_with_remark(text)
        if published is None:
            warnings.append(f"The date {text[:60]!r} cannot be read; the publication date is unknown.")
        return published
    if field == "language":
        return language_code(text)
    return text


def _dated_with_remark(text: str) -> str | None:
    match = _REMARKED.fullmatch(text)
    if match is None or (match["later"] and iso_date(match["later"]) is None):
        return None
    return iso_date(match["date"])


def _words(value: object) -> str | None:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return _listed(value)
    if isinstance(value, dict):
        return None
    return clean(str(value))[0]


def _listed(values: Iterable[object]) -> str | None:
    parts = list(values)[:100]
    if any(isinstance(part, (list, tuple, dict)) for part in parts):
        return None
    return ", ".join(text for text in (clean(str(part))[0] for part in parts) if text)


def _values(block: str) -> tuple[dict[str, object], tuple[str, ...]]:
    try:
        loaded = yaml.load(block, Loader=_WordLoader)  # noqa: S506 - a SafeLoader that makes strings only
    except (yaml.YAMLError, RecursionError, ValueError):
        return _line_by_line(block), ("The front matter is no valid YAML; it was read line by line.",)
    if not isinstance(loaded, dict):
        return {}, ("The front matter holds no names and values.",)
    return {str(name): value for name, value in loaded.items() if isinstance(name, str)}, ()


def _line_by_line(block: str) -> dict[str, object]:
    values: dict[str, object] = {}
    for line in block.split("\n"):
        match = _LINE.fullmatch(line.rstrip())
        if match:
            values[match[1]] = match[2].strip().strip("\"'")
    return values
