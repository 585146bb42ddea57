"""From a reading to a document: metadata merged, furniture set aside, canonical text laid out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest import furniture, suspicious
from ingest.documents import Document, Metadata, PlacedBlock
from ingest.errors import UnreadableSource
from ingest.readers.front_matter import from_mapping, over

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ingest.documents import Block, Reading, Source

_BETWEEN = "\n\n"
_LONE = re.compile("[\ud800-\udfff]")
_NAMED_PAGES = 8
_NEVER_TEXT = frozenset({"hidden", "struck"})


def describe(
    reading: Reading, source: Source, *, given: Mapping[str, str], sidecar: Metadata | None = None
) -> Document:
    """The document that `reading` of `source` is.

    Metadata: what the person gave wins over the sidecar file, the sidecar over what was found in the source. A
    source fetched from an address has that address unless something names another. All else stays unknown.

    Raises:
        UnreadableSource: no letter or figure is in it; the message says which pages are without text.
    """
    blocks = furniture.mark([_storable(block) for block in reading.blocks])
    if not any(_has_words(block) for block in blocks):
        raise _no_text(reading, source)
    warnings: list[str] = []
    if not any(_has_words(block) for block in blocks if block.furniture is None):
        blocks = tuple(replace(block, furniture=None) for block in reading.blocks if block.furniture not in _NEVER_TEXT)
        warnings.append("All of its text looks like page furniture; it was kept.")
        if not any(_has_words(block) for block in blocks):
            raise _no_text(reading, source)
    text, placed = _lay_out([block for block in blocks if block.furniture is None])
    warnings += suspicious.warnings(text, [block.text for block in blocks if block.furniture in _NEVER_TEXT])
    metadata, remarks = _metadata(reading, source, given, sidecar)
    return Document(
        source_digest=source.digest,
        format=reading.format,
        text=text,
        blocks=placed,
        metadata=metadata,
        set_aside=tuple((block.furniture, block.text) for block in blocks if block.furniture is not None),
        pages=reading.pages,
        pages_without_text=reading.pages_without_text,
        warnings=tuple(_once((*reading.warnings, *remarks, *warnings))),
    )


def _lay_out(blocks: Sequence[Block]) -> tuple[str, tuple[PlacedBlock, ...]]:
    placed = []
    at = 0
    for block in blocks:
        end = at + len(block.text)
        placed.append(PlacedBlock(block.kind, at, end, block.level, block.page, block.boxes, block.char_boxes))
        at = end + len(_BETWEEN)
    return _BETWEEN.join(block.text for block in blocks), tuple(placed)


def _metadata(
    reading: Reading, source: Source, given: Mapping[str, str], sidecar: Metadata | None
) -> tuple[Metadata, tuple[str, ...]]:
    stated, warnings = from_mapping(given)
    merged = over(stated, over(sidecar or Metadata(), reading.metadata))
    if merged.address is None and source.origin.startswith(("http://", "https://")):
        merged = replace(merged, address=source.origin)
    return _clean(merged), warnings


def _clean(metadata: Metadata) -> Metadata:
    """Lone surrogates cannot be stored; JSON and YAML can write them."""
    fields = {
        name: _LONE.sub("\ufffd", value)
        for name in ("title", "publisher", "author", "address", "source_type", "licence")
        if (value := getattr(metadata, name)) is not None
    }
    extra = tuple((_LONE.sub("\ufffd", name), _LONE.sub("\ufffd", value)) for name, value in metadata.extra)
    return replace(metadata, **fields, extra=extra)


def _storable(block: Block) -> Block:
    # One character for one, so that the places of lines on the page stay right.
    return replace(block, text=_LONE.sub("\ufffd", block.text)) if _LONE.search(block.text) else block


def _has_words(block: Block) -> bool:
    return block.furniture not in _NEVER_TEXT and any(map(str.isalnum, block.text))


def _no_text(reading: Reading, source: Source) -> UnreadableSource:
    bare = reading.pages_without_text
    if not bare:
        return UnreadableSource(f"`{source.name}` holds no text.", remedy="Give a file that holds text.")
    named = ", ".join(map(str, bare[:_NAMED_PAGES])) + (", \u2026" if len(bare) > _NAMED_PAGES else "")
    which = f"page {named} has" if len(bare) == 1 else f"pages {named} have"
    return UnreadableSource(
        f"`{source.name}` holds no text: {which} none.", remedy="Give a version whose text can be selected."
    )


def _once(warnings: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(warnings))
