"""Mail: the message's own text, the quoted chain as quotes, signatures set aside, attachments as sources.

The standard library's older `compat32` policy is used on purpose: the newer one parses every header by a
recursive grammar that takes minutes, or all the stack, on headers made to do so.
"""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header
from email.utils import getaddresses
from typing import TYPE_CHECKING

from ingest.documents import Metadata, Reading
from ingest.encodings import charset
from ingest.errors import SourceTooLarge, UnreadableSource
from ingest.readers.blocks import BlockList, clean
from ingest.readers.dates import iso_date
from ingest.readers.eml_body import add_body
from ingest.readers.eml_parts import attachments, body_of

if TYPE_CHECKING:
    from email.message import Message

    from ingest.documents import Source

_LONGEST_HEADER = 100_000
_HEADERS = 500_000
_STRUCTURE = re.compile(rb"^(?:content-[a-z-]+|mime-version):[^\n]*(?:\n[ \t][^\n]*)*", re.I | re.M)
_LONGEST_STRUCTURE = 20_000
_PARTS = re.compile(rb"^content-type:[ \t]*multipart/", re.I | re.M)
_MOST_NESTED = 200
_LONGEST_PEOPLE = 1_000


def read(source: Source) -> Reading:
    """Read a mail. Subject, sender and date are its title, author and publication date; the subject opens its text.

    A mail that only carries files, and says nothing else, is the list of their names.
    """
    _check(source)
    try:
        message = message_from_bytes(source.content, policy=policy.compat32)
        text, is_html, warnings = body_of(message, source.name)
        files, more = attachments(message, source)
    except (MessageError, ValueError, TypeError, IndexError) as error:
        raise UnreadableSource(
            f"`{source.name}` is a damaged mail.", remedy="Save the message again as .eml."
        ) from error
    if is_html and _is_saved_page(message):
        return _page(source, message, text, (*warnings, *more))
    blocks = BlockList()
    subject = header(message, "subject")
    if subject:
        blocks.add("heading", subject, level=1)
    add_body(blocks, text, is_html=is_html, name=source.name)
    if not len(blocks):
        for file in files:
            blocks.add("list_item", file.name)
    metadata, dated = _metadata(message, subject)
    return Reading(
        "eml",
        blocks.blocks(),
        metadata,
        warnings=(*warnings, *more, *dated, *blocks.warnings()),
        attachments=files,
    )


def _is_saved_page(message: Message) -> bool:
    """A web page that a browser saved as one file (MHTML): built like a mail, sent by nobody."""
    return "snapshot-content-location" in message or header(message, "from").casefold().startswith("<saved by")


def _page(source: Source, message: Message, text: str, warnings: tuple[str, ...]) -> Reading:
    from ingest.readers.html import read as read_page

    address = header(message, "snapshot-content-location")
    inner = replace(
        source,
        content=text.encode("utf-8", "replace"),
        media_type="text/html; charset=utf-8",
        origin=address or source.origin,
    )
    made = read_page(inner)
    return replace(made, warnings=(*warnings, *made.warnings))


def header(message: Message, name: str) -> str:
    """A header as people read it, encoded words decoded; "" where there is none."""
    # raw_items gives the bytes as they came (surrogates), where [] would hide them behind an object.
    value = next((value for key, value in message.raw_items() if key.lower() == name), "")
    raw = str(value).encode("utf-8", "surrogateescape")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    text = re.sub(r"\r?\n[ \t]+", " ", text)
    if "=?" not in text:
        return clean(text)[0]
    try:
        parts = [_decoded(part, encoding) for part, encoding in decode_header(text)]
    except (MessageError, ValueError):
        return clean(text)[0]
    return clean("".join(parts))[0]


def _decoded(part: str | bytes, encoding: str | None) -> str:
    if isinstance(part, str):
        return part
    return part.decode(charset(encoding) or "utf-8", "replace") if encoding else part.decode("utf-8", "replace")


def _check(source: Source) -> None:
    """Refuse what makes the parser slow or recurse: endless headers, parts in parts in parts."""
    head = re.split(rb"\r?\n\r?\n", source.content[: _HEADERS + 1], maxsplit=1)[0]
    longest = max((len(line) for line in re.split(rb"\n(?![ \t])", head)), default=0)
    if len(head) > _HEADERS or longest > _LONGEST_HEADER:
        raise SourceTooLarge(
            f"`{source.name}` has headers beyond any mail's size.", remedy="Save the message again as .eml."
        )
    if any(len(match.group()) > _LONGEST_STRUCTURE for match in _STRUCTURE.finditer(source.content)):
        raise SourceTooLarge(
            f"`{source.name}` has headers beyond any mail's size.", remedy="Save the message again as .eml."
        )
    if sum(1 for _ in _PARTS.finditer(source.content)) > _MOST_NESTED:
        raise UnreadableSource(f"`{source.name}` is nested too deeply.", remedy="Save the message again as .eml.")


def _metadata(message: Message, subject: str) -> tuple[Metadata, tuple[str, ...]]:
    warnings: tuple[str, ...] = ()
    stated = header(message, "date")
    published = iso_date(re.sub(r"\s*\([^()]*\)\s*$", "", stated)) if stated else None
    if stated and published is None:
        warnings = (f"The date {stated[:60]!r} of the mail cannot be read.",)
    extra = [(name, _people(header(message, name))) for name in ("to", "cc", "reply-to")]
    extra.append(("message_id", header(message, "message-id")))
    return (
        Metadata(
            title=subject or None,
            author=_people(header(message, "from")) or None,
            published=published,
            source_type="e-mail",
            extra=tuple((name, value) for name, value in extra if value),
        ),
        warnings,
    )


def _people(text: str) -> str:
    """The names in an address header, or the addresses of those without a name."""
    try:
        people = [name or address for name, address in getaddresses([text[:20_000]])]
    except RecursionError:  # brackets in brackets: the library's parser has no bound of its own
        return text[:_LONGEST_PEOPLE]
    return ", ".join(" ".join(person.split()) for person in people if person) or text
