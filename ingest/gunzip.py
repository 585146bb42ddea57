"""Unpacks what a server sent as gzip, piece by piece and never more than asked for."""

from __future__ import annotations

import zlib

_MAGIC = b"\x1f\x8b"


class Gunzip:
    """Unpacks gzip, of which several may stand one behind another (RFC 1952); what else follows one is passed over."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(31)

    @property
    def is_complete(self) -> bool:
        """False while the end of what was begun is missing."""
        return self._member.eof

    def unpacked(self, part: bytes, most: int) -> bytes:
        """What `part` holds, cut at `most` bytes."""
        found = bytearray()
        while part and len(found) < most:
            if self._member.eof:
                if not part.startswith(_MAGIC[: len(part)]):
                    break
                self._member = zlib.decompressobj(31)
            found += self._member.decompress(part, most - len(found))
            part = self._member.unused_data
        return bytes(found)
