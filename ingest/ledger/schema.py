"""The tables of the ledger, in portable SQLAlchemy Core; what only one database has is set up in `engine.py`.

A document is a row of `documents`; each of its texts is a row of `versions`, at most one of them live.
Passages belong to a version. Two documents may hold the same text (a copy at another origin): their
passages then have the same passage id but rows of their own, so that both can be cited. What is put into
the vector index is named by `index_key`, a digest of the text that was embedded: passages of one text and one
context share one vector there, however many they are.

Vectors and token vectors stand in tables of their own, because a table scan must not drag them along. They
are kept for live versions only. JSON is compact text; times are ISO 8601 in UTC.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

SCHEMA_VERSION = 3
"""Grows with every change of these tables. A ledger with a higher one was written by a newer release."""

metadata = MetaData()

library = Table(
    "library",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("schema_version", Integer, nullable=False),
    Column("name", String(32), nullable=False),
    Column("created_at", String(40), nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("dimensions", Integer, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("index_generation", Integer, nullable=False),
    Column("index_state", String(16), nullable=False),
    Column("index_dead", Integer, nullable=False),
    Column("vectors_since", Integer, nullable=False),
)
"""One row, id 1. `generation` grows with every committed change of what is live. `index_generation` names the
index in use. `index_state` is "clean" or "writing"; the latter outlives a writer that was killed.
`index_dead` counts vectors in the index that no live passage has (any more). `vectors_since` is the
generation since which a passage row has kept its vector (a purge frees rows, another model changes vectors)."""

originals = Table(
    "originals",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("packed", Boolean, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""Bytes as they came; zlib-packed where that saves a tenth."""

documents = Table(
    "documents",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("origin", Text, nullable=False),
    Column("versions", Integer, nullable=False),
)
"""`versions` is the number of the newest version ever stored; numbers are never given twice."""

versions = Table(
    "versions",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("document", String(16), ForeignKey("documents.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("live", Boolean, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("source_digest", String(64), nullable=False),
    Column("given", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("format", String(32), nullable=False),
    Column("media_type", Text),
    Column("fetched_at", String(40)),
    Column("part_of", String(64)),
    Column("title", Text),
    Column("publisher", Text),
    Column("author", Text),
    Column("published", Text),
    Column("address", Text),
    Column("source_type", Text),
    Column("language", Text),
    Column("licence", Text),
    Column("extra", Text, nullable=False),
    Column("pages", Integer),
    Column("pages_without_text", Text, nullable=False),
    Column("warnings", Text, nullable=False),
    Column("characters", Integer, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("ingested_at", String(40), nullable=False),
    Column("retired_at", String(40)),
    UniqueConstraint("document", "version"),
    Index("versions_by_source", "source_digest"),
)
"""`given` is the metadata the person gave at ingest, as JSON: the same bytes described anew are a new
version."""

ONE_LIVE_VERSION = "CREATE UNIQUE INDEX one_live_version ON versions (document) WHERE live"
"""Two live versions of a document cannot be written. Said in SQL, which both databases read: as an argument of `Index`
it would load the driver of the one that is not used."""

texts = Table(
    "texts",
    metadata,
    Column("version_row", Integer, ForeignKey("versions.row"), primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("blocks", LargeBinary, nullable=False),
    Column("set_aside", Text, nullable=False),
)
"""Canonical text, in a table of its own so that listing documents does not read it. `blocks` is
zlib-packed."""

passages = Table(
    "passages",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("version_row", Integer, ForeignKey("versions.row"), nullable=False),
    Column("id", String(32), nullable=False),
    Column("index_key", String(48), nullable=False),
    Column("live", Boolean, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("context", Text, nullable=False),
    Column("sentences", Text, nullable=False),
    Column("page", Integer),
    Column("headings", Text, nullable=False),
    Index("passages_by_id", "id"),
    Index("passages_by_version", "version_row"),
    Index("passages_by_key", "index_key", "live"),
)
"""`sentences` is a flat JSON list of offsets: start, end, start, end."""

understandings = Table(
    "understandings",
    metadata,
    Column("version_row", Integer, ForeignKey("versions.row"), primary_key=True, autoincrement=False),
    Column("rules", String(16), nullable=False),
    Column("primary", Boolean, nullable=False),
    Column("primary_cue", Text, nullable=False),
    Column("entities", Text, nullable=False),
    Column("correction", Text),
)
"""What a version says as a whole, by the rules of that digest; see `ingest.ledger.understood`. Derived from the text."""

statements = Table(
    "statements",
    metadata,
    Column("row", Integer, ForeignKey("passages.row"), primary_key=True, autoincrement=False),
    Column("rules", String(16), nullable=False),
    Column("body", Text, nullable=False),
)
"""The statements of a passage, one for each of its sentences, as `ingest.understanding.packing` packs them."""

vectors = Table(
    "vectors",
    metadata,
    Column("row", Integer, ForeignKey("passages.row"), primary_key=True, autoincrement=False),
    Column("vector", LargeBinary, nullable=False),
)
"""float32, little endian, `library.dimensions` long."""

token_vectors = Table(
    "token_vectors",
    metadata,
    Column("row", Integer, ForeignKey("passages.row"), primary_key=True, autoincrement=False),
    Column("packed", LargeBinary, nullable=False),
)
"""As `ingest.token_vectors` packs them."""

staged_vectors = Table(
    "staged_vectors",
    metadata,
    Column("row", Integer, ForeignKey("passages.row"), primary_key=True, autoincrement=False),
    Column("vector", LargeBinary, nullable=False),
    Column("packed", LargeBinary, nullable=False),
)
"""Vectors of another model, put aside batch by batch until all are there and replace those above at once."""

shingle_bands = Table(
    "shingle_bands",
    metadata,
    Column("band", Integer, primary_key=True, autoincrement=False),
    Column("value", Integer, primary_key=True, autoincrement=False),
    Column("version_row", Integer, ForeignKey("versions.row"), primary_key=True, autoincrement=False),
    Index("bands_by_version", "version_row"),
)
"""Where near-same texts meet; see `ingest.near_duplicates`. Live versions only."""

receipts = Table(
    "receipts",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("at", String(40), nullable=False),
    Column("document", String(16)),
    Column("version", Integer),
    Column("seconds", Float),
    Column("body", Text, nullable=False),
    Index("receipts_by_document", "document"),
)
"""What became of every source that was given, refused ones too."""
