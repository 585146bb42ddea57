"""One reader per format behind one table; each is imported when a source of its format comes.

A reader is a function `read(source: Source) -> Reading`. It raises `RefusedSource` for a file it cannot read.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from ingest.detect import claimed, sniff
from ingest.errors import RefusedSource, SourceTooLarge, UnreadableSource

if TYPE_CHECKING:
    from collections.abc import Callable

    from ingest.documents import Reading, Source

READERS: dict[str, str] = {
    "text": "ingest.readers.text:read",
    "markdown": "ingest.readers.markdown:read",
    "html": "ingest.readers.html:read",
    "pdf": "ingest.readers.pdf:read",
    "docx": "ingest.readers.docx:read",
    "pptx": "ingest.readers.pptx:read",
    "eml": "ingest.readers.eml:read",
    "rtf": "ingest.readers.rtf:read",
}
_NOT_TEXT = frozenset({"pdf", "docx", "pptx"})


def read(source: Source) -> Reading:
    """What the reader for the source's real format makes of it.

    Raises:
        RefusedSource: the source is empty, damaged, too large or of a format that is not read.
    """
    form = sniff(source.content, source.name, source.media_type)
    said = claimed(source.name)
    reader = _reader(form)
    try:
        reading = reader(source)
    except RefusedSource as error:
        if form == "text" and said in _NOT_TEXT:
            raise UnreadableSource(
                f"`{source.name}` is neither a {said} file nor text.", remedy="Get a fresh copy of it."
            ) from error
        raise
    except MemoryError as error:
        raise SourceTooLarge(f"`{source.name}` needs too much memory.", remedy="Split it into parts.") from error
    except RecursionError as error:
        raise UnreadableSource(f"`{source.name}` is nested too deeply.", remedy="Save it again as PDF.") from error
    # The parsers below raise nearly anything on a damaged file; one file must not end the batch.
    except Exception as error:
        raise UnreadableSource(
            f"`{source.name}` could not be read as {form} ({type(error).__name__}).",
            remedy="Open it in the program that made it and save it again.",
        ) from error
    if said not in (None, form) and {said, form} != {"text", "markdown"}:
        warning = f"The name says {said}, the content is {form}; it was read as {form}."
        reading = replace(reading, warnings=(warning, *reading.warnings))
    return reading


def _reader(form: str) -> Callable[[Source], Reading]:
    module, _, function = READERS[form].partition(":")
    reader: Callable[[Source], Reading] = getattr(import_module(module), function)
    return reader
