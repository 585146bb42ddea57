"""The steps of the way in that know about formats and models, as the pipeline calls them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ingest.documents import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from ingest.documents import Passage, Source
    from ingest.embedding import Encoded
    from ingest.preparing import Given, Prepared, Refused


class Steps(Protocol):
    """What the pipeline needs done."""

    def expanded(
        self, inputs: Sequence[str | Path | Source], given: Mapping[str, str]
    ) -> AbstractContextManager[Iterable[Given | Refused]]:
        """Every source that `inputs` name, with its metadata from outside."""
        ...

    def prepare(self, given: Given) -> Prepared:
        """Read, describe and segment one source; raises `RefusedSource`."""
        ...

    def text_of(self, passage: Passage) -> str:
        """What is put to the embedder for a passage."""
        ...

    def pack(self, encoded: Encoded, passage: Passage) -> bytes:
        """The token vectors of a passage as the ledger keeps them."""
        ...


def embedded_text(passage: Passage) -> str:
    """What is put to the embedder for a passage: its context, a line break, its text."""
    return f"{passage.context}\n{passage.text}" if passage.context else passage.text


def relative(passage: Passage) -> list[Span]:
    """The passage's sentences as spans into its own text."""
    return [Span(one.start - passage.start, one.end - passage.start) for one in passage.sentences]
