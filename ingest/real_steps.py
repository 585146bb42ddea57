"""The steps of the way in as the product takes them: every format, the parser's child process, the real segments."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ingest import token_vectors
from ingest.describe import describe
from ingest.documents import Source
from ingest.fetch import Fetcher, FetchRules
from ingest.preparing import Given, Prepared, Refused, storable
from ingest.sandbox import Limits, Parser
from ingest.segment.passages import passages
from ingest.sidecars import sidecar_for
from ingest.sources import expand
from ingest.steps import embedded_text, relative

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ingest.documents import Metadata, Passage
    from ingest.embedding import Embedder, Encoded
    from ingest.settings import IngestSettings


class RealSteps:
    """See `ingest.steps.Steps`. The parser's child lives as long as the block of `expanded`."""

    def __init__(self, settings: IngestSettings, embedder: Embedder) -> None:
        self._settings = settings
        self._embedder = embedder
        self._parser = Parser(limits_of(settings))

    @contextmanager
    def expanded(
        self, inputs: Sequence[str | Path | Source], given: Mapping[str, str]
    ) -> Iterator[Iterable[Given | Refused]]:
        """See `Steps`."""
        with self._parser:
            yield self._sources(inputs, given)

    def prepare(self, given: Given) -> Prepared:
        """See `Steps`."""
        source = given.source
        reading = self._parser.parse(source)
        document = describe(reading, source, given=given.metadata, sidecar=_sidecar(source))
        cut = passages(document, count_tokens=self._count_tokens, settings=self._settings.passages)
        return Prepared(given, document, cut, reading.attachments)

    def text_of(self, passage: Passage) -> str:
        """See `Steps`."""
        return embedded_text(passage)

    def pack(self, encoded: Encoded, passage: Passage) -> bytes:
        """See `Steps`."""
        body = len(passage.context) + 1 if passage.context else 0
        return token_vectors.pack(encoded, embedded_text(passage), body, relative(passage))

    def _sources(
        self, inputs: Sequence[str | Path | Source], given: Mapping[str, str]
    ) -> Iterator[Given | Refused]:
        rules = self._settings.fetch
        fetcher = Fetcher(
            FetchRules(
                offline=self._settings.offline,
                bytes=self._settings.limits.bytes,
                seconds=rules.seconds,
                redirects=rules.redirects,
                hosts=rules.hosts,
                private_hosts=rules.private_hosts,
                user_agent=rules.user_agent,
            )
        )
        for one in inputs:
            found = [one] if isinstance(one, Source) else expand([one], limits=limits_of(self._settings), fetch=fetcher)
            for source in found:
                yield Given(storable(source), given) if isinstance(source, Source) else source

    def _count_tokens(self, texts: Sequence[str]) -> list[int]:
        counter = getattr(self._embedder, "count_tokens", None)
        if counter is not None:
            return list(counter(texts))
        return [len(text.split()) for text in texts]


def limits_of(settings: IngestSettings) -> Limits:
    """The caps on one source, in the units the parser's child is told them."""
    limits = settings.limits
    return Limits(
        bytes=limits.bytes,
        pages=limits.pages,
        characters=limits.characters,
        memory_bytes=limits.memory_megabytes * 1024 * 1024,
        seconds=limits.seconds,
        attachments=limits.attachments,
    )


def _sidecar(source: Source) -> Metadata | None:
    """The sidecar beside a file; an address and an attachment have none."""
    if source.fetched_at is not None or source.part_of is not None:
        return None
    return sidecar_for(Path(source.origin))
