"""The sets that answering and abstaining are measured on, as documents and questions.

Each document of a set is given to the product as a Markdown file with its title, so that it is read, cut and stored
like any other. Which sentences answer a question is told by the words they share with the labelled ones, because a
set's own sentence boundaries are not the product's.
"""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from assistant import wiring
from assistant.settings import load
from assistant.wording import stems
from ingest.documents import Source
from ingest.pipeline import ingest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from assistant.answering import Assistant


@dataclass(frozen=True, slots=True)
class Labelled:
    """One question. `gold` are (document, sentence) pairs that answer it, empty where the set names none.

    `answerable` is None where the set does not say plainly (a question that should be asked back, say). `kind` is the
    set's own word for the question. `documents` are the names of those that hold the answer, where the set names them;
    questions over the same ones belong together when an interval is drawn. `keypoints` are what a full answer says.
    """

    id: str
    question: str
    answerable: bool | None
    gold: tuple[tuple[str, str], ...] = ()
    previous: tuple[str, ...] = ()
    kind: str = ""
    documents: tuple[str, ...] = ()
    keypoints: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """What this question shares with others: the first document it rests on, else nothing but itself."""
        return min(self.documents, default=self.id)

    def is_gold(self, document: str, sentence: str) -> bool:
        """True when `sentence` of `document` says one of the labelled sentences."""
        return any(name == document and says(sentence, wanted) for name, wanted in self.gold)


def says(sentence: str, wanted: str) -> bool:
    """True when `sentence` holds half of the words of the labelled one, or is a part of it."""
    held, needed = stems(sentence), stems(wanted)
    shared = len(held & needed)
    part = len(held) >= 3 and shared >= 0.7 * len(held) and bool(wanted) and len(held) <= len(needed)
    return shared >= 0.5 * max(1, len(needed)) or part


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """Documents and questions; `floor` is the AUROC of telling answerable by the best BM25 score, as published."""

    name: str
    documents: tuple[Source, ...]
    questions: tuple[Labelled, ...]
    floor: float | None


def clapnq(data: Path) -> AnswerSet:
    """Single passages of Wikipedia, and questions whose own passage does or does not answer them."""
    rows = _rows(data / "clapnq" / "items.jsonl")
    return AnswerSet(
        "clapnq",
        tuple(_document(row["id"], row["title"], _spaced(row["passage"])) for row in rows),
        tuple(
            Labelled(
                row["id"],
                row["question"],
                row["answerable"],
                tuple((f"{row['id']}.md", _spaced(one)) for one in row["selected"] or ()),
                documents=(f"{row['id']}.md",),
            )
            for row in rows
        ),
        0.716,
    )


def dragonball(data: Path) -> AnswerSet:
    """Reports on invented companies, patients and cases; the unsolvable questions ask for what a report leaves out."""
    documents = _rows(data / "dragonball" / "documents.jsonl")
    return AnswerSet(
        "dragonball",
        tuple(_document(row["id"], row["title"], row["text"].replace("\n", "\n\n")) for row in documents),
        tuple(
            Labelled(
                row["id"],
                row["question"],
                row["answerable"],
                tuple((f"{name}.md", one) for name in row["gold_docs"] for one in row["references"]),
                kind=row["type"],
                documents=tuple(f"{name}.md" for name in row["gold_docs"]),
                keypoints=tuple(row["keypoints"]),
            )
            for row in _rows(data / "dragonball" / "queries.jsonl")
        ),
        0.585,
    )


def mtrag(data: Path, domain: str) -> AnswerSet:
    """Chat turns over one domain's pages; a partial answer counts as answerable, an underspecified turn as neither."""
    told = {"answerable": True, "partial": True, "unanswerable": False}
    passages = [row for row in _rows(data / "mtrag-govt" / "passages.jsonl") if row["domain"] == domain]
    questions = []
    for row in _rows(data / "mtrag-govt" / "tasks.jsonl"):
        if row["domain"] == domain:
            *before, asked = (turn["text"] for turn in row["turns"] if turn["role"] == "user")
            state = row["answerability"]
            gold = tuple(f"{_safe(one)}.md" for one in row["gold"])
            questions.append(
                Labelled(row["id"], asked, told.get(state), previous=tuple(before), kind=state, documents=gold)
            )
    documents = [_document(row["id"], row.get("title"), row["text"]) for row in passages if row["pool"] == "mtrag-un"]
    floor = 0.80 if domain == "govt" else None
    return AnswerSet(f"mtrag-{domain}", tuple(documents), tuple(questions), floor)


def policy(data: Path) -> AnswerSet:
    """The real job: notes, notices and articles on vendors and regulators."""
    folder = data / "policy"
    documents = [Source(str(path), path.name, path.read_bytes()) for path in sorted((folder / "library").iterdir())]
    questions = [
        Labelled(
            row["id"],
            row["question"],
            row["expected"] != "abstain",
            tuple((one["file"], one["quote"]) for one in row["evidence"]),
            (row["previous_question"],) if row.get("previous_question") else (),
            kind=row["type"],
            documents=tuple(dict.fromkeys(one["file"] for one in row["evidence"])),
        )
        for row in _rows(folder / "questions.jsonl")
    ]
    return AnswerSet("policy", tuple(documents), tuple(questions), None)


SETS: dict[str, Callable[[Path], AnswerSet]] = {
    "clapnq": clapnq,
    "dragonball": dragonball,
    "mtrag-govt": partial(mtrag, domain="govt"),
    "policy": policy,
}


@contextmanager
def assistant_over(chosen: AnswerSet, cache: Path) -> Iterator[Assistant]:
    """The product over a library of the set's documents, made in `cache` when it is not there."""
    assistant = wiring.build(load(overrides={"library": cache / chosen.name}), create=True)
    with assistant.library as library:
        held = {one.name for one in library.ledger.documents()}
        for receipt in ingest(library, [one for one in chosen.documents if one.name not in held]):
            if receipt.status == "refused":
                raise SystemExit(f"{receipt.source}: {receipt.reason}")
        yield assistant


def _rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _document(name: str, title: str | None, text: str) -> Source:
    safe = _safe(name)
    front = f"---\ntitle: {json.dumps(title)}\n---\n\n" if title else ""
    return Source(f"set:{safe}", f"{safe}.md", f"{front}{text}\n".encode())


def _safe(name: str) -> str:
    return re.sub(r"[^\w.-]", "_", name)


def _spaced(tokenised: str) -> str:
    """Text as people write it, from text with spaces around every mark."""
    text = re.sub(r"\s?''", "”", re.sub(r"``\s?", "“", tokenised))
    text = re.sub(r"\s+([,.;:?!%)\]])", r"\1", re.sub(r"([(\[])\s+", r"\1", text))
    return re.sub(r"\s+('s|n't|'re|'ve|'ll|'d|'m)\b", r"\1", text)
