"""What stood in a version of a document that a newer one has replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from assistant.desk.finding import Candidate, likeness, telling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Scope
    from ingest.ledger.records import DocumentRecord, PassageRecord

VERSIONS = 300
"""Replaced versions that are looked through, the newest first."""

_KEPT = 4
_LEAST = 3.0
"""A statement of an older version must share so many telling words to be read beside a sentence."""


class Versions(Protocol):
    """The part of the ledger that is read here."""

    def documents(self, *, live_only: bool = True, scope: Scope = ...) -> list[DocumentRecord]:
        """Live documents, or every version."""
        ...

    def passages_of(self, document_id: str, version: int | None = None) -> list[PassageRecord]:
        """All passages of one version."""
        ...

    def generation(self) -> int:
        """Grows with every change of what is live."""
        ...


class OlderVersions:
    """Statements of replaced versions; kept in memory until the library changes."""

    def __init__(self, ledger: Versions) -> None:
        self._ledger = ledger
        self._held: tuple[int, tuple[Candidate, ...]] | None = None

    def find(self, text: str) -> list[Candidate]:
        """The statements of replaced versions most like `text`, best first, possibly none."""
        wanted = telling(text)
        scored = [(likeness(wanted, one.text), one) for one in self._statements()]
        near = [one for one in scored if one[0] >= _LEAST]
        return [one for _, one in sorted(near, key=lambda one: (-one[0], one[1].key))[:_KEPT]]

    def _statements(self) -> Sequence[Candidate]:
        now = self._ledger.generation()
        if self._held is None or self._held[0] != now:
            every = self._ledger.documents(live_only=False)
            alive = {one.id for one in every if one.live}
            replaced = sorted((one for one in every if not one.live and one.id in alive), key=_newest_first)
            found = [statement for one in replaced[:VERSIONS] for statement in self._of(one)]
            self._held = (now, tuple(found))
        return self._held[1]

    def _of(self, version: DocumentRecord) -> list[Candidate]:
        return [
            Candidate(passage, index)
            for passage in self._ledger.passages_of(version.id, version.version)
            for index in range(len(passage.sentences))
        ]


def _newest_first(version: DocumentRecord) -> tuple[int, str]:
    retired = version.retired_at or ""
    return -int("".join(sign for sign in retired if sign.isdigit())[:14] or 0), version.id
