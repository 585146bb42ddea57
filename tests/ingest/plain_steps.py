"""Steps of the way in without formats or models: every paragraph of plain text is a passage."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ingest import token_vectors
from ingest.documents import Document, Metadata, Passage, PlacedBlock, Source, Span, passage_id
from ingest.errors import UnreadableSource
from ingest.preparing import Given, Prepared, Refused
from ingest.steps import embedded_text, relative

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ingest.embedding import Encoded


class PlainSteps:
    """The first line of a text is its title. A text that begins with `BROKEN` is refused."""

    def __init__(self) -> None:
        self.read: list[str] = []

    @contextmanager
    def expanded(
        self, inputs: Sequence[str | Path | Source], given: Mapping[str, str]
    ) -> Iterator[Iterable[Given | Refused]]:
        yield (Given(one if isinstance(one, Source) else source(Path(one)), given) for one in inputs)

    def prepare(self, given: Given) -> Prepared:
        self.read.append(given.source.origin)
        text = given.source.content.decode()
        if text.startswith("BROKEN"):
            raise UnreadableSource("It is broken.", remedy="Mend it.")
        blocks = tuple(PlacedBlock("paragraph", *match.span()) for match in re.finditer(r"(?:.+\n?)+", text))
        title = given.metadata.get("title", text.partition("\n")[0])
        metadata = Metadata(
            title=title, published=given.metadata.get("published"), publisher=given.metadata.get("publisher")
        )
        document = Document(given.source.digest, "text", text, blocks, metadata, (("menu", "Home"),))
        passages = tuple(
            Passage(
                passage_id(document.digest, block.start, block.end),
                block.start,
                block.end,
                text[block.start : block.end],
                (Span(block.start, block.end),),
                context=title,
            )
            for block in blocks
        )
        return Prepared(given, document, passages)

    def text_of(self, passage: Passage) -> str:
        return embedded_text(passage)

    def pack(self, encoded: Encoded, passage: Passage) -> bytes:
        return token_vectors.pack(encoded, self.text_of(passage), len(passage.context) + 1, relative(passage))


class TrimmingSteps(PlainSteps):
    """Makes equal texts of sources that differ in the white space around them."""

    def prepare(self, given: Given) -> Prepared:
        trimmed = replace(given, source=replace(given.source, content=given.source.content.strip()))
        return replace(super().prepare(trimmed), given=given)


def source(path: Path) -> Source:
    return Source(str(path), path.name, path.read_bytes())


def text(name: str, *paragraphs: str) -> Source:
    return Source(f"/given/{name}", name, "\n\n".join(paragraphs).encode())
