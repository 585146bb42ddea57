"""The parts of a mail: which one is its text, and which are files of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.documents import Source
from ingest.encodings import decode
from ingest.errors import UnreadableSource

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

_MOST = 200
_FAR_MORE = 4
"""Plain text that says a quarter of what the page beside it says is no copy of it: "this message is in HTML"."""

_MARKUP = re.compile(r"<(style|script|head|title)\b.*?</\1\s*>|<[^<>]*>", re.I | re.S)
_EXTENSIONS = {
    "application/pdf": ".pdf",
    "text/html": ".html",
    "text/plain": ".txt",
    "message/rfc822": ".eml",
    "application/rtf": ".rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
}
_NO_FILE = (
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "text/calendar",
)


def body_of(message: Message, name: str) -> tuple[str, bool, tuple[str, ...]]:
    """The message's text, whether it is HTML, and warnings; "" for a mail that only carries files."""
    plain: list[str] = []
    pages: list[str] = []
    warnings: list[str] = []
    for part in parts(message):
        kind = part.get_content_type()
        if kind not in ("text/plain", "text/html") or is_file(part):
            continue
        text = text_of(part, name, warnings)
        (plain if kind == "text/plain" else pages).append(text)
    said = "\n\n".join(text for text in plain if text.strip())
    if not pages or _words(said) * _FAR_MORE > _words(_MARKUP.sub(" ", "\n".join(pages))):
        return said, False, tuple(warnings)
    return "\n".join(pages), True, tuple(warnings)


def _words(text: str) -> int:
    return len(text.split())


def text_of(part: Message, name: str, warnings: list[str]) -> str:
    """A text part decoded: by its charset, or by its bytes where it names none or one that does not exist."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or not content.strip():
        return ""
    try:
        decoded = decode(content, part.get_content_charset())
    except UnreadableSource:
        warnings.append(f"A part of `{name}` is not text in any known encoding and was left out.")
        return ""
    warnings.extend(decoded.warnings)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    if str(part.get_param("format", "")).lower() == "flowed":
        text = _unflowed(text)
    return text


def attachments(message: Message, source: Source) -> tuple[tuple[Source, ...], tuple[str, ...]]:
    """The files of a mail as sources, and warnings. Pictures shown inside the text are not files."""
    found: list[Source] = []
    names: set[str] = set()
    for part in parts(message):
        kind = part.get_content_type()
        if not is_file(part) or kind in _NO_FILE:
            continue
        content = _content(part)
        if not content:
            continue
        if len(found) == _MOST:
            return tuple(found), (f"Only the first {_MOST} attachments were taken.",)
        name = _unique(_file_name(part, len(found) + 1), names)
        found.append(Source(f"{source.origin}#{name}", name, content, kind, part_of=source.digest))
    return tuple(found), ()


def parts(message: Message) -> Iterator[Message]:
    """The leaves of a mail in order; a mail attached to it is a leaf."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        inner = part.get_payload()
        if isinstance(inner, list) and (part is message or part.get_content_maintype() != "message"):
            waiting.extend(reversed([child for child in inner if not isinstance(child, str)]))
        else:
            yield part


def is_file(part: Message) -> bool:
    """Whether a part is a file that somebody attached."""
    kind = part.get_content_type()
    if kind == "message/rfc822":
        return True
    placed = (part.get_content_disposition() or "").lower()
    if part.get_content_maintype() == "image" and (placed != "attachment" or part.get("content-id")):
        return False
    if placed == "attachment":
        return True
    return bool(part.get_filename()) or part.get_content_maintype() in ("application", "audio", "video")


def _content(part: Message) -> bytes:
    inner = part.get_payload()
    if (
        part.get_content_type() == "message/rfc822"
        and isinstance(inner, list)
        and inner
        and not isinstance(inner[0], str)
    ):
        return bytes(inner[0].as_bytes())
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _file_name(part: Message, number: int) -> str:
    from ingest.readers.blocks import clean

    stated = clean(str(part.get_filename() or ""))[0]
    name = re.split(r"[/\\]", stated)[-1].strip(". ")[-150:]
    return name or f"attachment-{number}{_EXTENSIONS.get(part.get_content_type(), '')}"


def _unique(name: str, names: set[str]) -> str:
    at, stem, dot, suffix = 2, *name.rpartition(".")
    made = name
    while made in names:
        made = f"{stem or suffix}-{at}{dot}{suffix if stem else ''}"
        at += 1
    names.add(made)
    return made


def _unflowed(text: str) -> str:
    """Lines that end in a space go on in the next (RFC 3676); "-- " is a signature's mark and does not."""
    made: list[str] = []
    for line in text.split("\n"):
        if made and made[-1].endswith(" ") and made[-1] != "-- " and line[:1] != ">" and made[-1][:1] != ">":
            made[-1] += line
        else:
            made.append(line)
    return "\n".join(made)
