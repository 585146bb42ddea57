"""Full text in SQLite: an FTS5 table over a view of the live passages, stemmed by Porter's algorithm.

The table holds no text of its own ("external content"), so taking a passage out means naming the text that
was put in; that is why passages keep their text when they are retired. Scores are BM25 (Robertson and
Walker) as FTS5 computes it, with the sign turned.
"""

from __future__ import annotations

import json
import math
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.engine import Connection

_TOKENIZE = "porter unicode61 remove_diacritics 2"

_REMEMBERED_STEMS = 10_000

_LIKELY, _LIKELY_PER_HIT = 300, 6
"""How many passages are ranked by BM25, at least and for each that is wanted; see `_likeliest`."""

_LEAST_RARITY = 1e-6
"""That of a word in more than half of the passages, as in FTS5."""

_CREATE = (
    "CREATE VIEW IF NOT EXISTS live_passages AS SELECT row, text, context FROM passages WHERE live",
    "CREATE VIRTUAL TABLE IF NOT EXISTS passage_words USING fts5("
    f"text, context, content='live_passages', content_rowid='row', tokenize='{_TOKENIZE}')",
    "CREATE VIRTUAL TABLE IF NOT EXISTS passage_vocabulary USING fts5vocab('passage_words', 'row')",
)

_ADD = text(
    "INSERT INTO passage_words (rowid, text, context) SELECT row, text, context FROM passages "
    "WHERE version_row IN (SELECT value FROM json_each(:rows)) ORDER BY row"
)
_REMOVE = text(
    "INSERT INTO passage_words (passage_words, rowid, text, context) "
    "SELECT 'delete', row, text, context FROM passages "
    "WHERE live AND version_row IN (SELECT value FROM json_each(:rows)) ORDER BY row"
)
# `+` keeps FTS5 from being asked for one row after the other, and no ORDER BY keeps it from ranking what is not wanted.
_SEARCH = text(
    "SELECT p.id, bm25(passage_words) FROM passage_words JOIN passages AS p ON p.row = passage_words.rowid "
    "WHERE passage_words MATCH :query AND +passage_words.rowid IN (SELECT value FROM json_each(:rows))"
)
_SEARCH_NARROW = text(
    "SELECT p.id, bm25(passage_words) AS score FROM passage_words "
    "JOIN passages AS p ON p.row = passage_words.rowid WHERE passage_words MATCH :query "
    "AND p.version_row IN (SELECT value FROM json_each(:rows)) ORDER BY score LIMIT :limit"
)
_HOLDING = text("SELECT count(*), group_concat(rowid) FROM passage_words WHERE passage_words MATCH :query")
_EXTENT = text("SELECT count(*), max(id) FROM passage_words_docsize")
_MENTIONING = text(
    "SELECT DISTINCT p.version_row FROM passage_words JOIN passages AS p ON p.row = passage_words.rowid "
    "WHERE passage_words MATCH :query"
)
_FINDS = text(
    "SELECT 1 FROM passage_words JOIN passages AS p ON p.row = passage_words.rowid "
    "WHERE passage_words MATCH :query AND p.index_key = :key AND p.live LIMIT 1"
)
_FREQUENCIES = text("SELECT term, doc FROM passage_vocabulary WHERE term IN (SELECT value FROM json_each(:terms))")


class SqliteFullText:
    """FTS5; see `ingest.ledger.fulltext.FullText`."""

    def __init__(self) -> None:
        self._stems: dict[str, tuple[str, ...]] = {}

    def create(self, connection: Connection) -> None:
        """See `FullText`."""
        for statement in _CREATE:
            connection.exec_driver_sql(statement)

    def add(self, connection: Connection, version_rows: Sequence[int]) -> None:
        """See `FullText`."""
        connection.execute(_ADD, {"rows": json.dumps(list(version_rows))})

    def remove(self, connection: Connection, version_rows: Sequence[int]) -> None:
        """See `FullText`."""
        connection.execute(_REMOVE, {"rows": json.dumps(list(version_rows))})

    def search(
        self, connection: Connection, words: Sequence[str], limit: int, version_rows: Collection[int] | None
    ) -> list[tuple[str, float]]:
        """See `FullText`."""
        query = _query(words)
        if not query or limit < 1:
            return []
        if version_rows is None:
            kept = _likeliest(connection, words, max(_LIKELY, _LIKELY_PER_HIT * limit))
            found = connection.execute(_SEARCH, {"query": query, "rows": json.dumps(kept)})
        else:
            # A few more than asked for: copies of one text are several rows with one id.
            values = {"query": query, "limit": limit + 16, "rows": json.dumps(sorted(version_rows))}
            found = connection.execute(_SEARCH_NARROW, values)
        best: dict[str, float] = {}
        for passage_id, rank in found:
            best[passage_id] = max(-rank, best.get(passage_id, -rank))
        return sorted(best.items(), key=lambda hit: (-hit[1], hit[0]))[:limit]

    def mentioning(self, connection: Connection, phrases: Sequence[str]) -> set[int]:
        """See `FullText`."""
        query = _query(phrases)
        return set(connection.execute(_MENTIONING, {"query": query}).scalars()) if query else set()

    def finds(self, connection: Connection, words: Sequence[str], index_key: str) -> bool:
        """See `FullText`."""
        query = _query(words, " AND ")
        found = connection.execute(_FINDS, {"query": query, "key": index_key}).first() if query else None
        return found is not None

    def frequencies(self, connection: Connection, words: Sequence[str]) -> dict[str, int]:
        """See `FullText`."""
        stems = self._stemmed(words)
        terms = sorted({stem for several in stems.values() for stem in several})
        counted = {row[0]: row[1] for row in connection.execute(_FREQUENCIES, {"terms": json.dumps(terms)})}
        # A word with a hyphen or an apostrophe is several terms; the rarest of them bounds it.
        return {word: min((counted.get(stem, 0) for stem in several), default=0) for word, several in stems.items()}

    def _stemmed(self, words: Sequence[str]) -> dict[str, tuple[str, ...]]:
        known = self._stems if len(self._stems) < _REMEMBERED_STEMS else {}
        if unknown := [word for word in dict.fromkeys(words) if word not in known]:
            known = known | _stems(unknown)
            self._stems = known
        return {word: known[word] for word in words}

    def faults(self, connection: Connection) -> list[str]:
        """See `FullText`."""
        live = connection.exec_driver_sql("SELECT count(*) FROM live_passages").scalar_one()
        try:
            held = connection.exec_driver_sql("SELECT count(*) FROM passage_words_docsize").scalar_one()
            if held != live:
                return [f"the full-text index holds {held} passages, the ledger {live}"]
            with connection.begin_nested():
                connection.exec_driver_sql(
                    "INSERT INTO passage_words (passage_words, rank) VALUES ('integrity-check', 1)"
                )
        except DatabaseError as error:
            return [f"the full-text index is damaged ({error.orig})"]
        return []

    def rebuild(self, connection: Connection) -> None:
        """See `FullText`."""
        for table in ("passage_vocabulary", "passage_words"):
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")
        self.create(connection)
        connection.exec_driver_sql("INSERT INTO passage_words (passage_words) VALUES ('rebuild')")
        connection.exec_driver_sql("INSERT INTO passage_words (passage_words) VALUES ('optimize')")


def _likeliest(connection: Connection, words: Sequence[str], wanted: int) -> list[int]:
    """Rows that hold most of the rarity (Robertson's) of `words`: `wanted` of them, and those that hold as much.

    BM25 takes a microsecond a row, most of it for rows that hold one common word; this leaves it a few hundred. The best
    by BM25 are among six times as many of these, to one in a hundred.
    """
    total, last = connection.execute(_EXTENT).one()
    rarity = np.zeros((last or 0) + 1, dtype=np.float32)
    for word in dict.fromkeys(_query([word]) for word in words):
        count, rows = connection.execute(_HOLDING, {"query": word}).one() if word else (0, None)
        if count:
            held = np.fromstring(str(rows), dtype=np.int64, sep=",")
            rarity[held] += max(_LEAST_RARITY, math.log((total - count + 0.5) / (count + 0.5)))
    holding = np.flatnonzero(rarity)
    if len(holding) > wanted:
        least = np.partition(rarity[holding], len(holding) - wanted)[len(holding) - wanted]
        holding = holding[rarity[holding] >= least]
    kept: list[int] = holding.tolist()
    return kept


def _query(words: Sequence[str], joined_by: str = " OR ") -> str:
    """A query with every word quoted, so that nothing in it is read as FTS5's query language."""
    kept = dict.fromkeys(word.casefold() for word in words if re.search(r"\w", word) and "\0" not in word)
    return joined_by.join('"' + word.replace('"', '""') + '"' for word in kept)


def _stems(words: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The terms FTS5 makes of each word, asked of FTS5 itself so that they cannot differ from the index's."""
    found: dict[str, list[str]] = {word: [] for word in words}
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE VIRTUAL TABLE asked USING fts5(word, tokenize='{_TOKENIZE}')")
        connection.execute("CREATE VIRTUAL TABLE terms USING fts5vocab('asked', 'instance')")
        rows = [(row, word.replace("\0", " ")) for row, word in enumerate(found)]
        connection.executemany("INSERT INTO asked (rowid, word) VALUES (?, ?)", rows)
        names = list(found)
        for term, row in connection.execute("SELECT term, doc FROM terms"):
            found[names[row]].append(term)
    return {word: tuple(terms) for word, terms in found.items()}
