"""What the ledger needs of a full-text index; behind it stands `fulltext_sqlite` (FTS5).

It lives in the ledger's own database and changes in the same transaction as the passages. It holds live
passages only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.engine import Connection


class FullText(Protocol):
    """A full-text index over text and context of live passages, words stemmed as English."""

    def create(self, connection: Connection) -> None:
        """Make the index where there is none."""
        ...

    def add(self, connection: Connection, version_rows: Sequence[int]) -> None:
        """Take in the passages of versions; call it when they are live."""
        ...

    def remove(self, connection: Connection, version_rows: Sequence[int]) -> None:
        """Take out the passages of versions; call it while they are live still."""
        ...

    def search(
        self, connection: Connection, words: Sequence[str], limit: int, version_rows: Collection[int] | None
    ) -> list[tuple[str, float]]:
        """Passage ids and BM25 scores (higher is better) of passages that hold any of `words`, best first.

        Ties are broken by passage id; one id stands once. `version_rows` narrows, None does not.
        """
        ...

    def mentioning(self, connection: Connection, phrases: Sequence[str]) -> set[int]:
        """Versions that may hold one of `phrases`, words stemmed: never fewer than those that do."""
        ...

    def finds(self, connection: Connection, words: Sequence[str], index_key: str) -> bool:
        """Whether a live passage with that index key is found by all of `words`."""
        ...

    def frequencies(self, connection: Connection, words: Sequence[str]) -> dict[str, int]:
        """How many live passages hold each word, stemmed; a word that stems to nothing has 0."""
        ...

    def faults(self, connection: Connection) -> list[str]:
        """What is wrong with the index, in words; empty when it agrees with the live passages."""
        ...

    def rebuild(self, connection: Connection) -> None:
        """Derive the index anew from the live passages, leaving nothing of earlier ones in it."""
        ...
