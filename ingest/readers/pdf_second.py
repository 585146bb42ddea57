"""The second parser of PDFs, pypdf: slower and without boxes, for files that pdfium refuses."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from ingest.documents import Block, Reading
from ingest.errors import SourceTooLarge, UnreadableSource
from ingest.readers import budget
from ingest.readers.pdf_metadata import metadata

if TYPE_CHECKING:
    from ingest.documents import Source

_PARAGRAPH_END = re.compile(r"\n\s*\n")


def password_needed(source: Source) -> UnreadableSource:
    """The refusal of a file that is locked with a password of its own."""
    return UnreadableSource(
        f"`{source.name}` is locked with a password.", remedy="Save a copy without a password, and give that."
    )


def read(source: Source) -> Reading:
    """The reading of a PDF by pypdf, blank lines taken as the ends of paragraphs.

    Raises:
        UnreadableSource: this parser refuses it as well, or finds no text.
        SourceTooLarge: it has more pages than the budget allows.
    """
    try:
        texts, info = _texts(source)
    except (UnreadableSource, SourceTooLarge):
        raise
    except MemoryError:
        raise
    except Exception as error:
        # A damaged file makes pypdf raise whatever its bytes lead to: KeyError, TypeError, RecursionError.
        raise UnreadableSource(
            f"`{source.name}` is damaged: neither PDF parser can open it.",
            remedy="Open it in a PDF viewer and save or print it to a new file.",
        ) from error
    blocks = tuple(
        Block("paragraph", " ".join(part.split()), page=number)
        for number, text in enumerate(texts, 1)
        for part in _PARAGRAPH_END.split(text)
        if part.strip()
    )
    if not blocks:
        raise UnreadableSource(f"`{source.name}` holds no text.", remedy="Check that it is the right file.")
    silent = tuple(number for number, text in enumerate(texts, 1) if not text.strip())
    warning = "read by the second parser: quotes cannot be shown on the page"
    return Reading("pdf", blocks, metadata(info, blocks), len(texts), silent, (warning,))


def _texts(source: Source) -> tuple[list[str], dict[str, str]]:
    import logging

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = pypdf.PdfReader(io.BytesIO(source.content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise password_needed(source)
    allowed = budget.CURRENT.get().pages
    if len(reader.pages) > allowed:
        raise SourceTooLarge(
            f"`{source.name}` has {len(reader.pages)} pages; at most {allowed} are read.",
            remedy="Split it, or raise the limit on pages.",
        )
    info = {str(key).lstrip("/"): str(value) for key, value in (reader.metadata or {}).items()}
    return [page.extract_text() or "" for page in reader.pages], info
