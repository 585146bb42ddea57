"""What a PDF says of itself: title, author, language. Its creation date is not a publication date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from ingest.documents import Metadata

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ingest.documents import Block

_FILE_NAME = re.compile(r"\S+\.(?:docx?|pdf|pptx?|xlsx?|rtf|odt|indd|qxd|html?|tex|dvi|p65|pub|tmp)", re.IGNORECASE)
_PROGRAM = re.compile(
    r"\s*(?:microsoft\s+(?:word|powerpoint|excel)|untitled|document\s*\d*$|slide\s*\d+$|print|layout\s*\d*$|"
    r"(?:about:|https?:|file:)|no job name|title\s*$|scan(?:ned)?\b)",
    re.IGNORECASE,
)
_DATE = re.compile(r"D?:?(\d{4})(\d{2})?(\d{2})?")
_KEPT = ("Author", "Subject", "Keywords", "Creator", "Producer")
_LONGEST_TITLE = 200


def metadata(info: Mapping[str, str], blocks: Sequence[Block], language: str | None = None) -> Metadata:
    """From the info dictionary, with the first page's largest heading where it has no title worth the name."""
    title = info.get("Title", "").strip()
    author = " ".join(info.get("Author", "").split())
    extra = [(f"pdf_{name.lower()}", " ".join(info[name].split())) for name in _KEPT if info.get(name, "").strip()]
    extra += [
        (f"pdf_{name}", date)
        for name, date in (("created", _date(info.get("CreationDate"))), ("modified", _date(info.get("ModDate"))))
        if date
    ]
    return Metadata(
        title=" ".join(title.split()) if looks_like_title(title) else _first_heading(blocks),
        author=author if _named_on_first_page(author, blocks) else None,
        language=language.split("-")[0].lower() if language and re.match(r"[A-Za-z]{2}(-|$)", language) else None,
        extra=tuple(extra),
    )


def looks_like_title(text: str) -> bool:
    """False for what programs put there: file names, their own names, order numbers."""
    if not 4 <= len(text) <= _LONGEST_TITLE or _PROGRAM.match(text) or _FILE_NAME.search(text):
        return False
    if sum(map(str.isalpha, text)) < len(text) / 2:
        return False
    return " " in text or not re.search(r"[\d_]", text)


def catalogue_language(document: Any) -> str | None:
    """The language that the catalogue declares, such as "en-GB"."""
    ask = getattr(pdfium, "FPDFCatalog_GetLanguage", None)
    if ask is None:
        return None
    length = ask(document.raw, None, 0)
    if not 2 < length < 200:
        return None
    buffer = (pdfium.FPDF_WCHAR * (length // 2))()
    ask(document.raw, buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0") or None


def _first_heading(blocks: Sequence[Block]) -> str | None:
    headings = [block for block in blocks if block.kind == "heading" and block.page == 1 and not block.furniture]
    return min(headings, key=lambda block: block.level).text if headings else None


def _named_on_first_page(author: str, blocks: Sequence[Block]) -> bool:
    """True when the document itself names the author: the dictionary often names a typist or a converter."""
    words = [word for word in re.findall(r"\w+", author.casefold()) if len(word) > 3]
    page = " ".join(block.text for block in blocks if block.page == 1).casefold()
    return bool(words) and all(word in page for word in words)


def _date(text: str | None) -> str | None:
    found = _DATE.match(text or "")
    return "-".join(part for part in found.groups() if part) if found else None
