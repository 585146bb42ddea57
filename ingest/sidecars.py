"""Metadata in a file beside a source: `report.pdf.meta.yaml`, `report.meta.yaml`, or the same with .yml or .json.

Its keys are the fields of `ingest.documents.Metadata`; any other key is kept in `extra`. What it says goes before what
a reader finds.
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from ingest.documents import METADATA_FIELDS, Metadata
from ingest.errors import RefusedSource, UnreadableSource

if TYPE_CHECKING:
    from collections.abc import Mapping

SUFFIXES = (".meta.yaml", ".meta.yml", ".meta.json")
_MOST_BYTES = 100_000
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ].*)?")


def is_sidecar(path: Path) -> bool:
    """True for a file that describes another."""
    return path.name.casefold().endswith(SUFFIXES)


def sidecar_for(path: Path) -> Metadata | None:
    """What the file beside `path` says of it; None when there is none.

    Raises:
        RefusedSource: it cannot be read, is no list of keys and values, or its date is none. Going on without it would
            store the document under metadata that its owner meant to correct.
    """
    names = dict.fromkeys(stem + suffix for stem in (path.name, path.stem) for suffix in SUFFIXES)
    found = next((path.with_name(name) for name in names if path.with_name(name).is_file()), None)
    if found is None:
        return None
    try:
        with found.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
        fields = _fields(content, found)
    except OSError as error:
        raise _malformed(found, error.strerror or "it cannot be opened") from error
    return _metadata(fields, found)


def _fields(content: bytes, path: Path) -> Mapping[str, Any]:
    if len(content) > _MOST_BYTES:
        raise _malformed(path, "it is too long")
    try:
        text = content.decode("utf-8-sig")
        if path.name.casefold().endswith(".json"):
            fields = json.loads(text, parse_int=str, parse_float=str)
        else:
            # Every scalar stays the text it was written as: `2022-04` is no number, `no` is no falsehood.
            fields = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader makes text, lists and maps only
    except (ValueError, yaml.YAMLError, RecursionError) as error:
        raise _malformed(path, "it is neither YAML nor JSON") from error
    if not isinstance(fields, dict):
        raise _malformed(path, "it is no list of keys and values")
    return fields


def _metadata(fields: Mapping[str, Any], path: Path) -> Metadata:
    known: dict[str, str] = {}
    extra: list[tuple[str, str]] = []
    for key, value in fields.items():
        name = str(key).strip().casefold().replace("-", "_").replace(" ", "_")
        text = _value(value, path, name)
        if not text:
            continue
        if name in METADATA_FIELDS:
            known[name] = _date(text, path) if name == "published" else text
        else:
            extra.append((str(key).strip(), text))
    return Metadata(**known, extra=tuple(extra))


def _value(value: Any, path: Path, name: str) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "; ".join(" ".join(part.split()) for part in value)
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        raise _malformed(path, f"`{name}` is neither text nor a list of texts")
    return " ".join(value.split())


def _date(text: str, path: Path) -> str:
    found = _DATE.fullmatch(text)
    if found is None:
        raise _malformed(path, f"`published` is {text!r}, which is no date like 2022-04-11, 2022-04 or 2022")
    year, month, day = found.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise _malformed(path, f"`published` is {text!r}, and there is no such day") from error
    return "-".join(part for part in (year, month, day) if part)


def _malformed(path: Path, why: str) -> RefusedSource:
    return UnreadableSource(f"`{path.name}` describes the source, but {why}.", remedy="Correct it, or take it away.")
