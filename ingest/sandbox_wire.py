"""How a request and its reply cross the pipe between us and the child that parses files.

A frame is two lengths (8 bytes each, big-endian), a JSON header and raw bytes. Nothing is unpickled: the child
has looked at a stranger's file and may be under its control, so that what it sends is checked field by field.
"""

from __future__ import annotations

import json
import struct
from typing import IO, TYPE_CHECKING, Any, TypeVar, get_args

from ingest.documents import METADATA_FIELDS, Block, BlockKind, Box, Metadata, Reading, Source

if TYPE_CHECKING:
    from collections.abc import Callable

Header = dict[str, Any]
Checked = TypeVar("Checked")

_LENGTHS = struct.Struct(">QQ")
_KINDS = frozenset(get_args(BlockKind))
_MOST_BYTES = 1 << 30


class WireError(ValueError):
    """What came over the pipe is not a frame, or not a reading."""


def send(stream: IO[bytes], header: Header, content: bytes = b"") -> None:
    """Write one frame and flush it. Lone surrogates are replaced: no text with them can be stored."""
    encoded = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    stream.write(_LENGTHS.pack(len(encoded), len(content)))
    stream.write(encoded)
    stream.write(content)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[Header, bytes]:
    """Read one frame.

    Raises:
        EOFError: the other side has gone.
        WireError: it is larger than 1 GiB, or its header is no JSON object.
    """
    header_length, content_length = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    if header_length + content_length > _MOST_BYTES:
        raise WireError("the frame is too large")
    encoded, content = _exactly(stream, header_length), _exactly(stream, content_length)
    try:
        header = json.loads(encoded)
    except (ValueError, RecursionError) as error:
        raise WireError("the header is no JSON") from error
    if not isinstance(header, dict):
        raise WireError("the header is no object")
    return header, content


def _exactly(stream: IO[bytes], length: int) -> bytes:
    content = stream.read(length)
    if len(content) < length:
        raise EOFError("the other side has gone")
    return content


def source_to_wire(source: Source) -> Header:
    """The fields of a source but its content, which goes as the frame's raw bytes."""
    return {
        "origin": source.origin,
        "name": source.name,
        "media_type": source.media_type,
        "fetched_at": source.fetched_at,
        "part_of": source.part_of,
    }


def source_from_wire(fields: Header, content: bytes) -> Source:
    """The inverse of `source_to_wire`."""
    return Source(
        _text(fields["origin"]),
        _text(fields["name"]),
        content,
        _optional(fields["media_type"], _text),
        _optional(fields["fetched_at"], _text),
        _optional(fields["part_of"], _text),
    )


def reading_to_wire(reading: Reading) -> tuple[Header, bytes]:
    """A reading as a header and the contents of its attachments, one after another."""
    header = {
        "format": reading.format,
        "blocks": [_block_to_wire(block) for block in reading.blocks],
        "metadata": {name: getattr(reading.metadata, name) for name in METADATA_FIELDS},
        "extra": list(reading.metadata.extra),
        "pages": reading.pages,
        "pages_without_text": reading.pages_without_text,
        "warnings": reading.warnings,
        "attachments": [{**source_to_wire(part), "bytes": len(part.content)} for part in reading.attachments],
    }
    return header, b"".join(part.content for part in reading.attachments)


def reading_from_wire(header: Header, content: bytes) -> Reading:
    """The inverse of `reading_to_wire`, every field checked.

    Raises:
        WireError: a field is missing or is not what it should be.
    """
    try:
        return Reading(
            _text(header["format"]),
            tuple(_block_from_wire(*fields) for fields in header["blocks"]),
            Metadata(
                **{name: _optional(header["metadata"][name], _text) for name in METADATA_FIELDS},
                extra=tuple((_text(key), _text(value)) for key, value in header["extra"]),
            ),
            _optional(header["pages"], _whole),
            tuple(_whole(page) for page in header["pages_without_text"]),
            tuple(_text(warning) for warning in header["warnings"]),
            _attachments(header["attachments"], content),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise WireError("the reading is malformed") from error


def _attachments(parts: list[Header], content: bytes) -> tuple[Source, ...]:
    made = []
    position = 0
    for part in parts:
        end = position + _whole(part["bytes"])
        made.append(source_from_wire(part, content[position:end]))
        position = end
    if position != len(content):
        raise WireError("the attachments do not add up")
    return tuple(made)


def _block_to_wire(block: Block) -> list[Any]:
    boxes = [[box.page, box.x0, box.y0, box.x1, box.y1] for box in block.boxes]
    return [block.kind, block.text, block.level, block.page, boxes, block.char_boxes, block.furniture]


def _block_from_wire(kind: Any, text: Any, level: Any, page: Any, boxes: Any, char_boxes: Any, furniture: Any) -> Block:
    if kind not in _KINDS:
        raise WireError(f"{kind!r} is no kind of block")
    runs = tuple((_whole(index), _whole(length)) for index, length in char_boxes)
    if any(index >= len(boxes) for index, _ in runs) or (runs and sum(length for _, length in runs) != len(text)):
        raise WireError("the boxes do not fit the text")
    return Block(
        kind,
        _text(text),
        _whole(level),
        _optional(page, _whole),
        tuple(Box(_whole(box[0]), *(_number(edge) for edge in box[1:5])) for box in boxes),
        runs,
        _optional(furniture, _text),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise WireError("text was expected")
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise WireError("a whole number was expected")
    return value


def _number(value: Any) -> float:
    # Neither JSON's NaN nor its infinities have a place on a page.
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not -1e7 < value < 1e7:
        raise WireError("a number was expected")
    return float(value)


def _optional(value: Any, check: Callable[[Any], Checked]) -> Checked | None:
    return None if value is None else check(value)
