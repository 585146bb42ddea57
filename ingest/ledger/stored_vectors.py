"""Vectors of live passages in bulk, for exact search and for deriving the index anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from sqlalchemy import bindparam, func, select

from ingest.ledger import rows as coded
from ingest.ledger import schema

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from numpy.typing import NDArray
    from sqlalchemy import BindParameter
    from sqlalchemy.engine import Connection

T = TypeVar("T")

_AT_ONCE = 10_000
_WHOLE_TABLE_FROM = 0.5
_PASSAGES = schema.passages.c
_LIVE = select(_PASSAGES.row, _PASSAGES.version_row, _PASSAGES.id).where(_PASSAGES.live).order_by(_PASSAGES.row)
_ROWS: BindParameter[int] = bindparam("rows", expanding=True)
_VECTORS = select(schema.vectors.c.row, schema.vectors.c.vector)
_KEYED = (
    select(_PASSAGES.index_key, schema.vectors.c.vector)
    .join(schema.vectors, schema.vectors.c.row == _PASSAGES.row)
    .where(_PASSAGES.live)
    .order_by(_PASSAGES.row)
)


def live_rows(
    connection: Connection, inside: Collection[int] | None
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.str_]]:
    """Rows, version rows and ids of live passages, by row; `inside` narrows to version rows."""
    if inside is None:
        found: list[Any] = list(connection.execute(_LIVE))
    else:
        narrowed = _LIVE.where(_PASSAGES.version_row.in_(bindparam("inside", expanding=True)))
        several = _parts(sorted(inside))
        found = sorted(row for part in several for row in connection.execute(narrowed, {"inside": part}))
    row, version, name = zip(*found, strict=True) if found else ((), (), ())
    return np.array(row, np.int64), np.array(version, np.int64), np.array(name, "U32")


def read_vectors(connection: Connection, rows: NDArray[np.int64], dimensions: int) -> NDArray[np.float32]:
    """Vectors of passages by their rows, which are in ascending order; float32 (len(rows), dimensions)."""
    found: list[bytes] = []
    for part in _parts([int(row) for row in rows]):
        # A run of rows is read as a range, which is several times as quick as looking each of them up.
        dense = len(part) > _WHOLE_TABLE_FROM * (part[-1] - part[0] + 1)
        if dense:
            column = schema.vectors.c.row
            query = _VECTORS.where(column.between(part[0], part[-1])).order_by(column)
            wanted = set(part)
            found.extend(blob for row, blob in connection.execute(query) if row in wanted)
        else:
            query = _VECTORS.where(schema.vectors.c.row.in_(_ROWS)).order_by(schema.vectors.c.row)
            found.extend(blob for _, blob in connection.execute(query, {"rows": part}))
    return coded.unpack_vectors(found, dimensions)


def keyed_vectors(
    connection: Connection, dimensions: int, *, only: Collection[str] | None = None
) -> Iterator[tuple[list[str], NDArray[np.float32]]]:
    """Index keys and vectors of live passages in batches, each key once; `only` narrows to some keys."""
    seen: set[str] = set()
    for part in connection.execute(_KEYED, execution_options={"yield_per": _AT_ONCE}).partitions():
        fresh: dict[str, bytes] = {}
        for key, vector in part:
            if key not in seen and (only is None or key in only):
                seen.add(key)
                fresh[key] = vector
        if fresh:
            yield list(fresh), coded.unpack_vectors(list(fresh.values()), dimensions)


def live_index_keys(connection: Connection) -> int:
    """How many index keys live passages have."""
    distinct = func.count(_PASSAGES.index_key.distinct())
    return int(connection.execute(select(distinct).where(_PASSAGES.live)).scalar_one())


def _parts(values: Sequence[T]) -> list[list[T]]:
    return [list(values[start : start + _AT_ONCE]) for start in range(0, len(values), _AT_ONCE)]
