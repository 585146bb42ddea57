"""The sets that retrieval is measured on, and how their passages come into a library.

A set names its passages itself. Each goes through the product's own sentence cutter, alone: a short one becomes one
passage of the library, one longer than the model's window several, and a hit on any of them counts for the whole.
Its number or title is its context, as a heading would be.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ingest import token_vectors
from ingest.documents import Document, Metadata, PlacedBlock, Source
from ingest.preparing import Given, Prepared, Refused
from ingest.segment.passages import passages
from ingest.steps import embedded_text, relative

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from ingest.documents import Passage
    from ingest.embedding import Encoded
    from ingest.ledger.records import PassageRecord
    from ingest.segment.passages import PassageSizes

_BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class Item:
    """One passage as its set names it. `context` is its number or title."""

    id: str
    document: str
    context: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with the ids of the items that answer it. `previous` are earlier questions of the conversation."""

    id: str
    question: str
    gold: tuple[str, ...]
    previous: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Collection:
    """Items and questions; `cutoff` is the rank at which the set's published numbers are given."""

    name: str
    items: tuple[Item, ...]
    questions: tuple[Asked, ...]
    cutoff: int = 10

    def sources(self) -> list[Source]:
        """One source for each document of the set, in the order of the set."""
        found: dict[str, list[tuple[str, str]]] = {}
        for item in self.items:
            found.setdefault(item.document, []).append((item.context, item.text))
        return [
            Source(f"{self.name}:{name}", name, json.dumps([name, rows], ensure_ascii=False).encode())
            for name, rows in found.items()
        ]


class ItemFinder:
    """From a passage of the library back to the item of the set that it is, or is a part of."""

    def __init__(self, collection: Collection) -> None:
        self._starts: dict[str, list[int]] = {}
        self._ids: dict[str, list[str]] = {}
        ends: dict[str, int] = {}
        for item in collection.items:
            start = ends.get(item.document, 0)
            self._starts.setdefault(item.document, []).append(start)
            self._ids.setdefault(item.document, []).append(item.id)
            ends[item.document] = start + len(item.text) + len(_BETWEEN)

    def item(self, passage: PassageRecord) -> str:
        """The id of the item that holds the passage."""
        name = passage.document.name
        return self._ids[name][bisect_right(self._starts[name], passage.start) - 1]


class CollectionSteps:
    """See `ingest.steps.Steps`: the sources are those of `Collection.sources`, the rest is the product's own."""

    def __init__(self, count_tokens: Callable[[Sequence[str]], list[int]], sizes: PassageSizes) -> None:
        self._count_tokens = count_tokens
        self._sizes = sizes

    @contextmanager
    def expanded(
        self, inputs: Sequence[str | Path | Source], given: Mapping[str, str]
    ) -> Iterator[Iterable[Given | Refused]]:
        """See `Steps`."""
        yield (Given(one, given) for one in inputs if isinstance(one, Source))

    def prepare(self, given: Given) -> Prepared:
        """See `Steps`."""
        name, rows = json.loads(given.source.content)
        text = _BETWEEN.join(row[1] for row in rows)
        blocks, place = [], 0
        for _, body in rows:
            blocks.append(PlacedBlock("paragraph", place, place + len(body)))
            place += len(body) + len(_BETWEEN)
        document = Document(given.source.digest, "text", text, tuple(blocks), Metadata(title=name))
        found: list[Passage] = []
        for block, (context, _) in zip(blocks, rows, strict=True):
            cut = passages(replace(document, blocks=(block,)), count_tokens=self._count_tokens, settings=self._sizes)
            found.extend(replace(one, context=context, heading_path=(context,)) for one in cut)
        return Prepared(given, document, tuple(found))

    def text_of(self, passage: Passage) -> str:
        """See `Steps`."""
        return embedded_text(passage)

    def pack(self, encoded: Encoded, passage: Passage) -> bytes:
        """See `Steps`."""
        return token_vectors.pack(encoded, self.text_of(passage), len(passage.context) + 1, relative(passage))


def load(name: str, folder: Path) -> Collection:
    """The set `name`, one of `SETS`, from the folder that holds all sets."""
    return SETS[name](folder)


def _obliqa(folder: Path) -> Collection:
    items = [
        Item(row["id"], row["document"], row["id"].partition("/")[2].partition("#")[0], row["text"])
        for row in _rows(folder / "obliqa" / "passages.jsonl")
    ]
    asked = [
        Asked(row["id"], row["question"], tuple(row["gold"])) for row in _rows(folder / "obliqa" / "questions.jsonl")
    ]
    return Collection("obliqa", tuple(items), tuple(asked))


def _mtrag(folder: Path) -> Collection:
    """Government pages only, and of them those that some task names: the pool of the set's floor."""
    items = [
        Item(row["id"], row["id"], row["title"], row["text"].removeprefix(row["title"]).strip() or row["title"])
        for row in _rows(folder / "mtrag-govt" / "passages.jsonl")
        if row["domain"] == "govt" and row["pool"] == "mtrag-un"
    ]
    asked = []
    for row in _rows(folder / "mtrag-govt" / "tasks.jsonl"):
        said = [turn["text"] for turn in row["turns"] if turn["role"] == "user"]
        if row["domain"] == "govt" and row["gold"]:
            asked.append(Asked(row["id"], said[-1], tuple(row["gold"]), tuple(said[:-1])))
    return Collection("mtrag-govt", tuple(items), tuple(asked), cutoff=5)


def _clapnq(folder: Path) -> Collection:
    """All passages, near misses too; only the questions that their passage answers."""
    rows = _rows(folder / "clapnq" / "items.jsonl")
    items = [Item(row["id"], row["id"], row["title"], row["passage"]) for row in rows]
    asked = [Asked(row["id"], row["question"], (row["id"],)) for row in rows if row["selected"]]
    return Collection("clapnq", tuple(items), tuple(asked))


SETS = {"obliqa": _obliqa, "mtrag-govt": _mtrag, "clapnq": _clapnq}


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
