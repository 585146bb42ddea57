"""A library that is open: the ledger, the index derived from it, the embedder, and how they are searched together.

The vectors of a whole library are searched in Chroma when this process has it open and it is certain to hold what the
ledger holds; otherwise exactly, over the ledger's own vectors. Either way a hit counts only if it is live in the
ledger at that moment, and its similarity is computed from the ledger's vector, so both ways give equal numbers.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, Self

import numpy as np

from ingest.chroma_index import ChromaFolder, ChromaServer
from ingest.disk import disk_faults_told
from ingest.errors import BriefingError, IndexUnavailable, LibraryDamaged, LibraryMissing, ModelMismatch
from ingest.exact_search import ExactSearch, best
from ingest.integrity import LibraryIndex, Repair
from ingest.ledger.creating import INDEX_FOLDER, create_ledger, has_ledger
from ingest.ledger.engine import open_engine, reading
from ingest.ledger.fulltext_sqlite import SqliteFullText
from ingest.ledger.ledger import Ledger
from ingest.ledger.records import Scope
from ingest.ledger.schema import SCHEMA_VERSION
from ingest.ledger.upgrading import upgrade
from ingest.lock import WriterLock
from ingest.understanding.rules import Rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

    from numpy.typing import NDArray
    from sqlalchemy.engine import Connection

    from ingest.embedding import Embedder
    from ingest.ledger.ledger import Header
    from ingest.settings import IngestSettings
    from ingest.vector_index import IndexPlace

_SPARE_HITS = 32

log = logging.getLogger(__name__)
log = logging.getLogger(__name__)


class Library:
    """One library, open in this process. Searching may be done from several threads; see `open`."""

    def __init__(self, settings: IngestSettings, ledger: Ledger, embedder: Embedder | None) -> None:
        self.settings = settings
        self.folder: Path = settings.library
        self.ledger = ledger
        self.lock = WriterLock(self.folder)
        self._embedder = embedder
        self._loading = threading.Lock()
        self._exact = ExactSearch(ledger)
        self._snapshot: tuple[int, str] | None = None
        self.index = LibraryIndex(ledger, self.place(), self.lock)

    @classmethod
    def open(cls, settings: IngestSettings, *, create: bool = False, embedder: Embedder | None = None) -> Self:
        """Open the library that `settings` name; `create` makes an empty one where there is none.

        `embedder` None loads the settings' model when it is first needed.

        Raises:
            LibraryMissing: there is none and `create` is not set.
            ModelMismatch: it was built with another embedder. Raised here when `embedder` is given or the
                library is made, else by the first use of `embedder`.
            LibraryDamaged: the ledger cannot be read, or was written by a newer release.
        """
        if not has_ledger(settings):
            if not create:
                raise LibraryMissing(
                    f"There is no library at {settings.library}.",
                    remedy="Make one with `briefing ingest FILE...`, or name another with `--library`.",
                )
            embedder = embedder or load_embedder(settings)
            create_ledger(settings, embedder)
        rules = Rules(settings.understanding.lexicon)
        ledger = Ledger(open_engine(settings.library, settings.database_url), SqliteFullText(), rules)
        header = ledger.header()
        if header.schema_version > SCHEMA_VERSION:
            raise LibraryDamaged(
                "The library was written by a newer release of this program.", remedy="Upgrade this program."
            )
        library = cls(settings, ledger, embedder)
        if header.schema_version < SCHEMA_VERSION:
            with library.locked("bringing the library up to date"):
                upgrade(ledger.engine)
        if embedder is not None:
            library.require_model(embedder)
        return library

    @property
    def embedder(self) -> Embedder:
        """The embedding model, loaded at its first use.

        Raises:
            ModelMismatch: the settings name another model than the library was built with.
            ModelUnavailable: it cannot be loaded.
        """
        with self._loading:
            if self._embedder is None:
                embedder = load_embedder(self.settings)
                self.require_model(embedder)
                self._embedder = embedder
            return self._embedder

    def require_model(self, embedder: Embedder) -> None:
        """Raise `ModelMismatch` unless `embedder` is the one whose vectors the ledger holds."""
        self._require(embedder, self.ledger.header().fingerprint)

    def _require(self, embedder: Embedder, remembered: str) -> None:
        if embedder.fingerprint != remembered:
            raise ModelMismatch(
                f"The library was built with {remembered}, the settings name {embedder.fingerprint}.",
                remedy="Correct the embedding settings, or change the library over with `briefing library rebuild`.",
            )

    def adopt_model(self, embedder: Embedder) -> None:
        """Go on with `embedder`, whose vectors the ledger has just been given."""
        self._embedder = embedder
        self._exact.forget()
        self.index.close()
        self.index = LibraryIndex(self.ledger, self.place(), self.lock)

    def snapshot(self) -> str:
        """Digest of every live (document id, text digest) and the embedder's fingerprint: equal libraries, equal."""
        with reading(self.ledger.engine) as connection:
            live = self.ledger.live(connection)
        known = self._snapshot
        if known is None or known[0] != live.generation:
            lines = sorted(f"{record.id}:{record.digest}" for record in live.by_row.values())
            whole = "\n".join([self.ledger.header().fingerprint, *lines])
            known = (live.generation, hashlib.sha256(whole.encode()).hexdigest())
            self._snapshot = known
        return known[1]

    def state(self) -> Literal["ready", "index_rebuilding"]:
        """`index_rebuilding` while an index was found unsound and is not repaired; searches are exact meanwhile."""
        return "index_rebuilding" if self.index.unsound else "ready"

    def nearest(
        self,
        vector: NDArray[np.float32],
        limit: int,
        scope: Scope = Scope(),  # noqa: B008 - a frozen value
    ) -> list[tuple[str, float]]:
        """Live passage ids and their cosine similarity to `vector`, best first, ties by id.

        A narrowed scope is searched exactly: a filtered query of the index is slower than that.
        """
        vector = np.asarray(vector, np.float32)
        with reading(self.ledger.engine) as connection:
            header = self.ledger.header_in(connection)
            live = self.ledger.live(connection, header.generation)
            inside = live.rows_inside(connection, scope)
            if self._embedder is not None:  # another process may have changed the library over to another model
                self._require(self._embedder, header.fingerprint)
            small = live.passages <= self.settings.index.exact_up_to and not self.index.is_open
            if inside is None and not small and live.passages > limit:
                found = self._from_index(connection, header, vector, limit)
                if found is not None:
                    return found
        return self._exact.nearest(vector, limit, inside)

    def warm(self) -> Repair:
        """Open the index now, for a process that will search many times; repair it first if it is unsound.

        Repairing needs the writer's lock: when another process has it, nothing is done and searches are exact. So they
        are when the index cannot be repaired now (its server is away); `found` says so.
        """
        with self.lock.held_if_free("checking the index") as free:
            if not free:
                return Repair("nothing", "another process is writing")
            if self.settings.index.repair_automatically:
                try:
                    return self.index.sound()[1]
                except BriefingError as error:
                    log.warning("%s", error)
                    return Repair("nothing", error.message)
        self.index.usable(self.ledger.header())
        return Repair("nothing")

    def close(self) -> None:
        """Let go of index and ledger."""
        self.index.close()
        self.ledger.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def locked(self, purpose: str) -> Iterator[None]:
        """Hold the writer's lock during the block, waiting for it as long as the settings say.

        Raises:
            LibraryBusy: another process held it for all of that time.
            StorageFull, LibraryDamaged: the disk is full, or the folder may not be written to.
        """
        with disk_faults_told(self.folder), self.lock.held(purpose, wait_seconds=self.settings.lock_seconds):
            yield

    def _from_index(
        self, connection: Connection, header: Header, vector: NDArray[np.float32], limit: int
    ) -> list[tuple[str, float]] | None:
        """None when the index cannot be used or did not find enough."""
        index = None
        try:
            index = self.index.usable(header)
            if index is None:
                return None
            # Some of what is nearest may be dead or copies; a second look goes further, and the last word is exact.
            for wanted in (limit + _SPARE_HITS, 5 * limit + 5 * _SPARE_HITS):
                keys = index.nearest(vector[None, :], wanted)[0]
                ids, vectors = self.ledger.keyed_vectors(connection, keys, header.dimensions)
                found = best(ids, vectors @ vector, limit)
                if len(found) == limit:
                    return found
        except IndexUnavailable:
            if index is not None:
                self.index.failed(index)
        return None

    def place(self) -> IndexPlace:
        """Where this library's index lives."""
        header = self.ledger.header()
        if self.settings.chroma_url is not None:
            return ChromaServer(self.settings.chroma_url, self.settings.chroma_token, header.name, header.fingerprint)
        return ChromaFolder(self.folder / INDEX_FOLDER, header.name, header.fingerprint)


def load_embedder(settings: IngestSettings) -> Embedder:
    """The embedder that the settings name.

    Raises:
        ModelUnavailable: it cannot be loaded.
    """
    from ingest import engines

    offline = settings.offline or not settings.allow_model_downloads
    return engines.load(settings.embedding, settings.cache, offline=offline, say=log.warning)
