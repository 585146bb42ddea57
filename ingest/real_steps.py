"""The steps of the way in as they really are: every reader, parsed in a child process, and the sentence cutter."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ingest import token_vectors
from ingest.describe import describe
from ingest.documents import Source
from ingest.errors import RefusedSource
from ingest.fetch import Fetcher, FetchRules
from ingest.preparing import Given, Prepared, Refused, storable
from ingest.sandbox import Limits, Parser
from ingest.segment.passages import passages
from ingest.sources import expand, sidecar_for
from ingest.steps import embedded_text, relative
from ingest.understanding.rules import Rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ingest.documents import Passage
    from ingest.embedding import Embedder, Encoded
    from ingest.settings import IngestSettings, PassageSettings


class RealSteps:
    """See `ingest.steps.Steps`. The parser's child lives from the first source to the end of `expanded`."""

    def __init__(self, settings: IngestSettings, embedder: Embedder) -> None:
        self._settings = settings
        self._embedder = embedder
        limits = settings.limits
        self._limits = Limits(
            bytes=limits.bytes,
            pages=limits.pages,
            characters=limits.characters,
            memory_bytes=limits.memory_megabytes * 2**20,
            seconds=limits.seconds,
            attachments=limits.attachments,
        )
        self._parser = Parser(self._limits)
        self._rules = Rules(settings.understanding.lexicon)
        self._sizes = _fitting(settings.passages, getattr(embedder, "window", None))

    @contextmanager
    def expanded(
        self, inputs: Sequence[str | Path | Source], given: Mapping[str, str]
    ) -> Iterator[Iterable[Given | Refused]]:
        """See `Steps`."""
        with self._parser:
            yield self._sources(inputs, given)

    def prepare(self, given: Given) -> Prepared:
        """See `Steps`."""
        reading = self._parser.parse(given.source)
        document = describe(reading, given.source, given=given.metadata, sidecar=given.sidecar)
        cut = passages(document, count_tokens=self._count_tokens, settings=self._sizes)
        understanding = self._rules.understand(document.text, document.blocks, cut, document.metadata)
        return Prepared(given, document, cut, reading.attachments, understanding)

    def text_of(self, passage: Passage) -> str:
        """See `Steps`."""
        return embedded_text(passage)

    def pack(self, encoded: Encoded, passage: Passage) -> bytes:
        """See `Steps`."""
        body_start = len(passage.context) + 1 if passage.context else 0
        return token_vectors.pack(encoded, embedded_text(passage), body_start, relative(passage))

    def _sources(self, inputs: Sequence[str | Path | Source], given: Mapping[str, str]) -> Iterator[Given | Refused]:
        rules = self._settings.fetch
        fetch = Fetcher(
            FetchRules(
                offline=self._settings.offline,
                bytes=self._limits.bytes,
                seconds=rules.seconds,
                redirects=rules.redirects,
                hosts=rules.hosts,
                private_hosts=rules.private_hosts,
                user_agent=rules.user_agent,
            )
        )
        for one in inputs:
            if isinstance(one, Source):
                yield Given(storable(one), given)
        named = [one for one in inputs if not isinstance(one, Source)]
        for found in expand(named, limits=self._limits, fetch=fetch):
            yield found if isinstance(found, Refused) else self._with_sidecar(found, given)

    def _with_sidecar(self, source: Source, given: Mapping[str, str]) -> Given | Refused:
        path = Path(source.origin)
        try:
            sidecar = sidecar_for(path) if path.is_absolute() else None
        except RefusedSource as error:
            return Refused(source.origin, error)
        return Given(storable(source), given, sidecar)

    def _count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text; words, for an embedder that does not say."""
        count = getattr(self._embedder, "count_tokens", None)
        counted: list[int] = count(texts) if count is not None else [len(text.split()) for text in texts]
        return counted


def _fitting(sizes: PassageSettings, window: int | None) -> PassageSettings:
    """The sizes set, or smaller ones: what lies beyond the model's window would not be found."""
    if window is None or sizes.max_tokens <= window:
        return sizes
    return sizes.model_copy(update={"max_tokens": window, "target_tokens": min(sizes.target_tokens, window)})
