"""The zip file that an office document is, checked before anything unpacks it.

An office reader loads every part into memory and parses XML; a few kilobytes can ask it for gigabytes. So the
sizes, the names and the beginning of every XML part are looked at first.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from ingest.errors import SourceTooLarge, UnreadableSource

if TYPE_CHECKING:
    from ingest.documents import Source

_ENTRIES = 10_000
_BYTES = 400 * 2**20
_XML_BYTES = 150 * 2**20
_RATIO = 300
_SMALL = 2**20
_XML = (".xml", ".rels", ".vml")
_DOCTYPE = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|E\x00?N\x00?T\x00?I\x00?T\x00?Y)", re.I)
_STEP = 2**20
_REMEDY = "Open it in the program that made it and save it again, or as PDF."


def check(source: Source) -> None:
    """Refuse a package that is damaged, unpacks to too much, or holds what no office program writes.

    Raises:
        UnreadableSource: a damaged zip, a document type or entity in XML, a part outside the package, encryption.
        SourceTooLarge: too many parts, or too many bytes when unpacked (as declared, and as counted).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(source.content)) as archive:
            entries = archive.infolist()
            _check_sizes(source.name, entries)
            for entry in entries:
                _check_name(source.name, entry)
                if entry.filename.lower().endswith(_XML):
                    _check_part(source.name, archive, entry)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        raise UnreadableSource(f"`{source.name}` is a damaged or incomplete office file.", remedy=_REMEDY) from error


def _check_sizes(name: str, entries: list[zipfile.ZipInfo]) -> None:
    total = sum(entry.file_size for entry in entries)
    xml = sum(entry.file_size for entry in entries if entry.filename.lower().endswith(_XML))
    if len(entries) > _ENTRIES or total > _BYTES or xml > _XML_BYTES:
        raise SourceTooLarge(
            f"`{name}` unpacks to {total // 2**20} MB in {len(entries)} parts.", remedy="Split it, or save it as PDF."
        )
    for entry in entries:
        if entry.file_size > _SMALL and entry.file_size > _RATIO * max(1, entry.compress_size):
            raise SourceTooLarge(f"`{name}` holds a part packed {_RATIO} times or more.", remedy=_REMEDY)


def _check_name(name: str, entry: zipfile.ZipInfo) -> None:
    parts = entry.filename.replace("\\", "/").split("/")
    if ".." in parts or entry.filename.startswith(("/", "\\")) or ":" in parts[0]:
        raise UnreadableSource(f"`{name}` names a part outside itself.", remedy=_REMEDY)
    if entry.flag_bits & 1:
        raise UnreadableSource(f"`{name}` is encrypted.", remedy="Remove the password and save it again.")


def _check_part(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Unpack a part in steps: no more than it declares, and without a document type or entity declaration."""
    read, tail = 0, b""
    with archive.open(entry) as part:
        while step := part.read(_STEP):
            read += len(step)
            if read > entry.file_size:
                raise SourceTooLarge(f"`{name}` unpacks to more than it declares.", remedy=_REMEDY)
            if _DOCTYPE.search(tail + step):
                raise UnreadableSource(
                    f"`{name}` declares XML entities, which no office program writes.", remedy=_REMEDY
                )
            tail = step[-32:]
