"""Which format a source really is in: by its bytes first, by its name and media type only where bytes cannot tell.

Formats are "text", "markdown", "html", "pdf", "docx", "pptx", "eml" and "rtf". Everything else is refused with
what it is and what to give instead.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath
from typing import TYPE_CHECKING

from ingest.encodings import decode
from ingest.errors import UnreadableSource

if TYPE_CHECKING:
    from collections.abc import Sequence

_SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".csv": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".pptx": "pptx",
    ".eml": "eml",
    ".rtf": "rtf",
}
_MEDIA_TYPES = {
    "text/plain": "text",
    "text/csv": "text",
    "text/markdown": "markdown",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "message/rfc822": "eml",
}
_SAVE_AS = "Open it in the program that made it and save it as .docx or PDF."
_IMAGE = "Convert it to PDF; pages without a text layer are read when tesseract is installed."
_UNPACK = "Unpack it and give the files in it."
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n", "a PNG image", _IMAGE),
    (b"\xff\xd8\xff", "a JPEG image", _IMAGE),
    (b"GIF8", "a GIF image", _IMAGE),
    (b"II*\x00", "a TIFF image", _IMAGE),
    (b"MM\x00*", "a TIFF image", _IMAGE),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"\x7fELF", "a program", "Give the document itself."),
    (b"MZ\x90", "a program", "Give the document itself."),
    (b"SQLite format 3\x00", "a database", "Give the documents themselves."),
    (b"RIFF", "a sound, video or image file", "Give a transcript of it."),
    (b"ID3", "a sound file", "Give a transcript of it."),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS: tuple[tuple[str, str, str], ...] = (
    ("EncryptedPackage", "an encrypted office file", "Remove the password and save it again."),
    ("WordDocument", "a Word file of the old .doc kind", "Save it as .docx or PDF."),
    ("PowerPoint Document", "a PowerPoint file of the old .ppt kind", "Save it as .pptx or PDF."),
    ("Workbook", "an Excel file of the old .xls kind", "Save the sheets as PDF or CSV."),
    ("__substg1.0_", "an Outlook .msg file", "Save the message as .eml."),
)
_HEAD = 65_536
_COMMENT = re.compile(r"\s*(?:<\?xml[^>]{0,200}\?>|<!--.*?-->)", re.S)
_PAGE = re.compile(r"\s*<(?:!doctype\s+html|html|head|body)\b", re.I)
_FRAGMENT = re.compile(
    r"\s*<(?:article|main|section|div|p|h[1-6]|table|meta|title|header|nav|ul|ol|span|a)\b[^>]*>", re.I
)
_ENDLESS_TAG = re.compile(r"\s*<[A-Za-z][\w-]*\s[^>]{1000,}")
_CLOSING = re.compile(r"</(?:p|div|h[1-6]|li|ul|ol|table|section|article|a)>", re.I)
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?:[^\n]*\n){0,200}?(?:---|\.\.\.)[ \t]*(?:\r?\n|$)")
_FIELD = re.compile(r"[A-Za-z_][\w -]{0,40}:(?:[ \t]|\r?$)", re.M)
_HEADER = re.compile(r"[!-9;-~]{1,80}:")
_SURE_OF_MAIL = {"received", "message-id", "mime-version", "return-path", "delivered-to", "dkim-signature"}
_MAIL = {"from", "to", "subject", "date", "cc", "reply-to", "sender"} | _SURE_OF_MAIL
_MARKDOWN = re.compile(r"^#{1,6} \S|\]\(https?://|^```|^\|.*\|\s*$\n^\|[ :|-]+\|", re.M)


def sniff(content: bytes, name: str, declared_media_type: str | None = None) -> str:
    """The format of `content`, from the list above.

    `name` and `declared_media_type` decide only between kinds of text.

    Raises:
        UnreadableSource: it is empty, or of a kind that no reader exists for.
    """
    if not content.strip(b"\x00 \t\r\n\x0b\x0c\xef\xbb\xbf"):
        raise UnreadableSource(f"`{name}` is empty.", remedy="Give a file that holds text.")
    if _is_pdf(content):
        return "pdf"
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_archive(content, name)
    _refuse_other_kinds(content, name)
    if content[:64].lstrip().startswith(b"{\\rtf"):
        return "rtf"
    return _kind_of_text(_head_of(content, name), claimed(name, declared_media_type))


def claimed(name: str, declared_media_type: str | None = None) -> str | None:
    """The format that the name, or else the media type, says it is; None when neither says one we read."""
    suffix = PurePath(name).suffix.casefold()
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    return _MEDIA_TYPES.get((declared_media_type or "").partition(";")[0].strip().casefold())


def _is_pdf(content: bytes) -> bool:
    at = content[:1024].find(b"%PDF-")
    if at < 0:
        return False
    # Mail gateways put lines in front of a PDF; a text that only mentions the mark has no objects.
    return not content[:at].strip() or b" 0 obj" in content[at:]


def _in_archive(content: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist()[:20_000])
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError) as error:
        raise UnreadableSource(
            f"`{name}` is a damaged or incomplete zip or office file.", remedy="Get a fresh copy of it."
        ) from error
    if "[Content_Types].xml" in names:
        if any(entry.startswith("word/") for entry in names):
            return "docx"
        if any(entry.startswith("ppt/") for entry in names):
            return "pptx"
        if any(entry.startswith("xl/") for entry in names):
            raise UnreadableSource(f"`{name}` is a spreadsheet.", remedy="Save the sheets as PDF or CSV.")
    if "mimetype" in names:
        raise UnreadableSource(f"`{name}` is an OpenDocument or EPUB file.", remedy=_SAVE_AS)
    raise UnreadableSource(f"`{name}` is a zip archive and no office file.", remedy=_UNPACK)


def _refuse_other_kinds(content: bytes, name: str) -> None:
    if content.startswith(_OLE):
        # Stream names stand in the directory as UTF-16; the directory may be anywhere in the file.
        for stream, what, remedy in _OLE_STREAMS:
            if stream.encode("utf-16-le") in content:
                raise UnreadableSource(f"`{name}` is {what}.", remedy=remedy)
        raise UnreadableSource(f"`{name}` is an office file of an old kind.", remedy=_SAVE_AS)
    for magic, what, remedy in _MAGIC:
        if content.startswith(magic):
            raise UnreadableSource(f"`{name}` is {what}.", remedy=remedy)
    if content[4:8] == b"ftyp":
        raise UnreadableSource(f"`{name}` is a video or image file.", remedy="Give a transcript of it.")


def _head_of(content: bytes, name: str) -> str:
    # Only marks of structure are looked for, all of them ASCII, so a cut character does not matter.
    sample = content[:_HEAD]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")) or sample.count(0) * 5 > len(sample):
        sample = sample[: len(sample) // 4 * 4]
        try:
            return decode(sample).text
        except UnreadableSource as error:
            raise UnreadableSource(
                f"`{name}` is of an unknown kind.", remedy="Give a PDF, Word, HTML or text file."
            ) from error
    return sample.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _kind_of_text(head: str, said: str | None) -> str:
    start = _after_comments(head)
    body = head[start:]
    if _PAGE.match(body) or (said != "markdown" and _is_fragment(body, said)):
        return "html"
    if head[:start].lstrip().startswith("<?xml") or re.match(r"\s*<(?:svg|rss|feed|akomaNtoso)\b", body):
        raise UnreadableSource("It is XML of a kind no reader exists for.", remedy="Save the page as HTML or PDF.")
    front = _FRONT_MATTER.match(head.lstrip("\ufeff \t\r\n"))
    if front and _FIELD.search(front.group()):
        rest = head.lstrip("\ufeff \t\r\n")[front.end() :]
        return "html" if _PAGE.match(rest) else "markdown"
    if _is_mail(head, said):
        return "eml"
    if said in ("markdown", "text"):
        return said
    return "markdown" if len(_MARKDOWN.findall(head)) >= 2 else "text"


def _after_comments(head: str) -> int:
    at = 0
    while match := _COMMENT.match(head, at):
        at = match.end()
    return at


def _is_fragment(body: str, said: str | None) -> bool:
    if not _FRAGMENT.match(body):
        return said == "html" and bool(_CLOSING.search(body) or _ENDLESS_TAG.fullmatch(body))
    return said == "html" or len(_CLOSING.findall(body)) >= 3


def _is_mail(head: str, said: str | None) -> bool:
    """A header block in front; text files that merely begin like a memo need a header only mail programs write."""
    names, ended = _header_names(head.replace("\r\n", "\n").split("\n"))
    if said == "eml":
        return bool(names & _MAIL)
    if not ended:
        return False
    if said in ("text", "markdown"):
        return len(names & _SURE_OF_MAIL) >= 1 and len(names & _MAIL) >= 3
    return len(names & _MAIL) >= 2


def _header_names(lines: Sequence[str]) -> tuple[set[str], bool]:
    """The names in the header block that the lines begin with, and whether a blank line ends it.

    Without one the block is longer than what is looked at, or the lines are no block: then there are no names.
    """
    names: set[str] = set()
    for number, line in enumerate(lines):
        if _HEADER.match(line):
            names.add(line.partition(":")[0].casefold())
        elif not line.strip():
            return names, bool(names)
        elif line[0] not in " \t" and not (number == 0 and line.startswith("From ")) and number != len(lines) - 1:
            return set(), False
    return names, False
