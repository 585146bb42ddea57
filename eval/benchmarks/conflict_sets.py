"""Questions whose documents disagree, some of them planted to mislead."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from eval.metrics.reported import reports
from ingest.documents import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Disputed:
    """One question over a small library of its own. An answer is given in one or more forms, all the same to us.

    `right` and `wrong` hold the answers that some document of it reports; what no document says cannot be shown.
    With no `right` the documents do not hold the answer, and refusing is right. `entire` is False when some right
    answer stands in no document in the form it is labelled.
    """

    id: str
    question: str
    documents: tuple[Source, ...]
    right: tuple[tuple[str, ...], ...]
    wrong: tuple[tuple[str, ...], ...]
    entire: bool


def ramdocs(data: Path) -> Iterator[Disputed]:
    """Names that several things bear, with documents on each, planted errors and noise (RAMDocs, Wang et al. 2025)."""
    for row in _rows(data / "conflict" / "ramdocs.jsonl"):
        yield _disputed(row, [one["text"] for one in row["documents"]])


def rgb(data: Path) -> Iterator[Disputed]:
    """News snippets with a right answer, the same ones falsified, and some that do not answer (RGB, Chen et al. 2024)."""
    for row in _rows(data / "conflict" / "rgb.jsonl"):
        yield _disputed(row, [one["text"] for one in row["documents"]])


def rgb_negatives(data: Path) -> Iterator[Disputed]:
    """The snippets alone that do not answer; questions some of whose "negatives" hold the answer after all are left out."""
    for row in _rows(data / "conflict" / "rgb.jsonl"):
        texts = [one["text"] for one in row["documents"] if one["type"] == "negative"]
        if not any(reports(texts, forms) for forms in _right(row)):
            yield _disputed(row, texts)


SETS = {"ramdocs": ramdocs, "rgb": rgb, "rgb, negatives alone": rgb_negatives}


def _disputed(row: dict[str, Any], texts: list[str]) -> Disputed:
    right = _right(row)
    wrong = tuple(
        (one,) for one in dict.fromkeys(row["wrong"]) if not reports([one], [form for a in right for form in a])
    )
    held = tuple(forms for forms in right if reports(texts, forms))
    documents = (Source(f"set:{number}", f"{number}.md", f"{text}\n".encode()) for number, text in enumerate(texts, 1))
    return Disputed(
        row["id"],
        row["question"],
        tuple(documents),
        held,
        tuple(forms for forms in wrong if reports(texts, forms)),
        entire=len(held) == len(right),
    )


def _right(row: dict[str, Any]) -> tuple[tuple[str, ...], ...]:
    aliases = row.get("gold_aliases") or [[] for _ in row["gold"]]
    return tuple(tuple(dict.fromkeys((one, *more))) for one, more in zip(row["gold"], aliases, strict=True))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)
