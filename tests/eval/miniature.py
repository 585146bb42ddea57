"""Labelled sets of a few invented documents, in the form of the sets that benchmarks of answers expect."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FERRY = "The Harwick Ferry Board was founded in 1911. Its first chairman was Jane Orrell. It runs six boats."
LIGHT = "The lighthouse at Corran Point was built in 1874. Its keeper in 1900 was Tom Brae."
OPENED = "Nordvale Systems opened a factory in Leeds in March 2020."
HIRED = "Nordvale Systems hired 40 engineers in May 2020."
MARS = "Who was the first dentist on the moon colony of Zarathul?"


def mtrag(data: Path) -> None:
    """Four turns over two pages: one of every kind."""
    pages = [("ferry-0-1", "Harwick Ferry Board", FERRY), ("light-0-1", "Corran Point", LIGHT)]
    write(
        data / "mtrag-govt" / "passages.jsonl",
        [
            {"id": name, "domain": "govt", "pool": "mtrag-un", "title": title, "text": text}
            for name, title, text in pages
        ],
    )
    turns = [
        ("answerable", ["When was the Harwick Ferry Board founded?", "Who was its first chairman?"], ["ferry-0-1"]),
        ("unanswerable", [MARS], []),
        ("partial", ["When was the lighthouse at Corran Point built?"], ["light-0-1"]),
        ("underspecified", ["What about it?"], []),
    ]
    write(
        data / "mtrag-govt" / "tasks.jsonl",
        [
            {
                "id": kind,
                "domain": "govt",
                "answerability": kind,
                "turns": [{"role": "user", "text": text} for text in texts],
                "gold": gold,
            }
            for kind, texts, gold in turns
        ],
    )


def dragonball(data: Path) -> None:
    """One company's report, a question that it answers and one that it does not."""
    write(data / "dragonball" / "documents.jsonl", [{"id": "1", "title": "Nordvale", "text": f"{OPENED}\n{HIRED}"}])
    questions = [
        ("q1", "When did Nordvale Systems open a factory in Leeds?", "Factual", [OPENED], ["It opened in March 2020."]),
        ("q2", MARS, "Unsolvable", [], []),
    ]
    write(
        data / "dragonball" / "queries.jsonl",
        [
            {
                "id": name,
                "question": text,
                "type": kind,
                "gold_docs": ["1"],
                "references": references,
                "keypoints": keypoints,
                "answerable": bool(references),
            }
            for name, text, kind, references, keypoints in questions
        ],
    )


def conflict(data: Path) -> None:
    """A question with a planted answer, and the same question over a document that does not answer it."""
    berths = "The old marina at {} has {} berths for visiting boats."
    right, wrong = berths.format("Port Ellery", "1,200"), berths.format("Port Ellery", "9,000")
    documents = [(right, "correct"), (wrong, "misinfo"), ("Tickets for the concert are sold out.", "negative")]
    row = {
        "id": "c1",
        "question": "How many berths does the old marina at Port Ellery have?",
        "documents": [{"text": text, "type": kind, "answer": ""} for text, kind in documents],
        "gold": ["1,200 berths"],
        "wrong": ["9,000 berths"],
    }
    write(data / "conflict" / "ramdocs.jsonl", [row])
    write(data / "conflict" / "rgb.jsonl", [row])


def write(path: Path, rows: list[dict[str, object]]) -> None:
    """One object a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
