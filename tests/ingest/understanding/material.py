"""Documents made from paragraphs, as a reader and the sentence cutter make them."""

from __future__ import annotations

from ingest.documents import Metadata, PlacedBlock, Span
from ingest.segment.sentences import sentences
from ingest.understanding import lexicon
from ingest.understanding.understand import understand

LEXICON = lexicon.load()


def placed(*paragraphs):
    """(text, blocks): a paragraph that begins with "# " is a heading, with "> " a block quotation."""
    text, blocks = "", []
    for paragraph in paragraphs:
        kind = {"# ": "heading", "> ": "quote"}.get(paragraph[:2], "paragraph")
        said = paragraph if kind == "paragraph" else paragraph[2:]
        start = len(text)
        text += said
        blocks.append(PlacedBlock(kind, start, len(text), level=1 if kind == "heading" else 0))
        text += "\n\n"
    return text.rstrip("\n"), tuple(blocks)


def understood(*paragraphs, known=LEXICON, **metadata):
    """(understanding, sentences) of a news story, unless `metadata` say otherwise."""
    text, blocks = placed(*paragraphs)
    spans: list[Span] = []
    for block in blocks:
        if block.kind != "heading":
            spans.extend(sentences(text, block.start, block.end))
    described = Metadata(**{"source_type": "news", "publisher": "The Daily Record", **metadata})
    found = understand(text, blocks, spans, described, known)
    return found, [text[one.start : one.end] for one in spans]


def speakers(*paragraphs, **metadata):
    """The fullest name of each sentence's speaker, None for none."""
    found, _ = understood(*paragraphs, **metadata)
    return [one.attribution.name if one.attribution else None for one in found.statements]


def first(*paragraphs, **metadata):
    """The first statement."""
    return understood(*paragraphs, **metadata)[0].statements[0]
