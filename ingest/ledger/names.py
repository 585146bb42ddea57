"""Who and what the live documents name, all together: for reading a question by the library's own names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import select

from ingest.ledger import schema
from ingest.ledger.engine import reading
from ingest.understanding.statement import Entity

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine


def named(engine: Engine) -> tuple[Entity, ...]:
    """Every entity of a live version with all of its aliases, those of most documents first, then by name.

    One name of two kinds is given the kind that most documents give it. Documents that are not understood by
    today's rules count as they are stored, and those that were never understood name nobody.
    """
    known, versions = schema.understandings.c, schema.versions.c
    query = select(known.entities).join(schema.versions, versions.row == known.version_row).where(versions.live)
    kinds: dict[str, dict[str, int]] = {}
    aliases: dict[str, dict[str, None]] = {}
    with reading(engine) as connection:
        for held in connection.execute(query.order_by(versions.row)).scalars():
            for name, kind, others in json.loads(held):
                counts = kinds.setdefault(name, {})
                counts[kind] = counts.get(kind, 0) + 1
                aliases.setdefault(name, {}).update(dict.fromkeys(others))
    found = [
        (sum(counts.values()), Entity(name, max(counts, key=lambda one: (counts[one], one)), tuple(aliases[name])))  # type: ignore[arg-type]
        for name, counts in kinds.items()
    ]
    return tuple(one for _, one in sorted(found, key=lambda pair: (-pair[0], pair[1].name)))
