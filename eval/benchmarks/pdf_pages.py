"""How well the PDF reader reads: evidence found on its page, pages a second, pages without text.

Run with `python -m eval.benchmarks.pdf_pages --data FOLDER`, where FOLDER holds `pdf/files/*.pdf` and
`pdf/questions.jsonl`: one JSON object a line with `id`, `pdf`, `page_index` (from 0) and `evidence` (the text on each).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.documents import Source
from ingest.errors import RefusedSource
from ingest.readers import pdf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.documents import Reading


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 0 when every file could be read."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds pdf/")
    folder = parser.parse_args(arguments).data / "pdf"
    readings: dict[str, Reading] = {}
    pages, seconds, refused = 0, 0.0, 0
    for path in sorted((folder / "files").glob("*.pdf")):
        started = time.perf_counter()
        try:
            reading = pdf.read(Source(str(path), path.name, path.read_bytes()))
        except RefusedSource as error:
            refused += 1
            sys.stdout.write(f"{path.name}: refused: {error}\n")
            continue
        took = time.perf_counter() - started
        readings[path.name] = reading
        pages, seconds = pages + (reading.pages or 0), seconds + took
        sys.stdout.write(f"{path.name}: {_described(reading)}, {(reading.pages or 0) / took:.0f} pages/s\n")
    sys.stdout.write(f"all: {pages} pages, {pages / max(seconds, 1e-9):.0f} pages/s\n")
    with (folder / "questions.jsonl").open(encoding="utf-8") as lines:
        _report_evidence([json.loads(line) for line in lines], readings)
    return 1 if refused else 0


def _described(reading: Reading) -> str:
    kept = [block for block in reading.blocks if block.furniture is None]
    boxed = sum(bool(block.boxes) for block in kept)
    silent = ", ".join(map(str, reading.pages_without_text)) or "none"
    return f"{reading.pages} pages, {len(kept)} blocks, {boxed} with boxes, pages without text: {silent}"


def _report_evidence(questions: list[dict[str, object]], readings: dict[str, Reading]) -> None:
    asked = whole = words_found = words_asked = 0
    for question in questions:
        reading = readings.get(str(question["pdf"]))
        indexes, evidence = question["page_index"], question["evidence"]
        if reading is None or not isinstance(indexes, list) or not isinstance(evidence, list):
            continue
        for index, text in zip(indexes, evidence, strict=True):
            page = _page_text(reading, int(index) + 1)
            found, of = _words_in(text, page)
            asked, words_found, words_asked = asked + 1, words_found + found, words_asked + of
            is_whole = _flat(text) in _flat(page)
            whole += is_whole
            sys.stdout.write(f"  {question['id']} page {int(index) + 1}: {found}/{of} words{', whole' * is_whole}\n")
    sys.stdout.write(
        f"evidence: {asked} texts, {whole} found whole on the right page, {words_found} of {words_asked} words there\n"
    )


def _page_text(reading: Reading, page: int) -> str:
    """All text of a page, furniture too: a line at its top may be part of the evidence."""
    return "\n".join(block.text for block in reading.blocks if page in {block.page, *(box.page for box in block.boxes)})


def _flat(text: str) -> str:
    """Without white space, hyphens and our own cell separators."""
    return re.sub(r"[\s\u00ad\u2010\u2011|\ufffe-]+", "", text).casefold()


def _words_in(text: str, page: str) -> tuple[int, int]:
    left = re.findall(r"[\w.,%()$]+", page)
    found = 0
    asked = re.findall(r"[\w.,%()$]+", text)
    for word in asked:
        if word in left:
            left.remove(word)
            found += 1
    return found, len(asked)


if __name__ == "__main__":
    sys.exit(main())
