"""Sentences of drafts with the verdict that a person gave each, held against the bundled starter library.

    python -m eval.benchmarks.check [--cache FOLDER] [--show]

The sentences are in `eval/labels/check.jsonl`; `before` is what stands before one in its draft. Beside the starter notes
the library holds three documents written for this: one in two versions, one that another corrects. Those marked `held_out`
were written when the rules stood, led to none, and are printed apart. Prints the confusion table, the share of right verdicts, how many supported sentences were faulted and how many unsupported ones
passed, and the time for all of them as a multiple of one retrieval.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import settings, wiring
from assistant.desk.drafts import from_text
from assistant.desk.verdicts import LABELS, PASSING
from assistant.domain import Question
from eval.metrics import interval
from ingest import starter
from ingest.documents import Source
from ingest.pipeline import ingest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.answering import Assistant
    from ingest.library import Library

SET = Path(__file__).parent.parent / "labels" / "check.jsonl"

_HARBOUR = """---
title: Cameras at the harbour
publisher: Norvale Harbour Board
published: {published}
---

# Cameras at the harbour

The Norvale Harbour Board runs {cameras} cameras at its three piers. The board keeps its recordings for {days} days.
"""
_BUSES = """---
title: Tarn Valley buys cameras for every bus
publisher: Tarn Valley Courier
published: 2024-03-04
---

# Tarn Valley buys cameras for every bus

The Tarn Valley Transit Authority paid £310,000 for its camera system. The authority bought its cameras from Ostrel Optics.
"""
_CORRECTION = """---
title: "Correction: Tarn Valley buys cameras for every bus"
publisher: Tarn Valley Courier
published: 2024-03-09
---

# Correction

Correction: in our article “Tarn Valley buys cameras for every bus” we gave a wrong sum and a wrong supplier. The sum was £130,000.
"""


def main() -> None:
    """Check every labelled sentence and print what became of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, help="Where the exported model is kept")
    parser.add_argument("--show", action="store_true", help="Print the misses")
    given = parser.parse_args()
    rows = [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        overrides: dict[str, object] = {"library": Path(folder) / "library"}
        if given.cache:
            overrides["cache"] = given.cache
        assistant = wiring.build(settings.load(overrides=overrides), create=True)
        with assistant.library as library:
            _fill(library)
            for held_out, title in ((False, "seen while the rules were written"), (True, "held out")):
                mine = [row for row in rows if row["held_out"] == held_out]
                sys.stdout.write(f"{title}: {len(mine)} sentences\n")
                _print(mine, *_checked(assistant, mine), show=given.show)


def _fill(library: Library) -> None:
    versions = (
        _HARBOUR.format(published="2023-01-10", cameras="forty-two", days="ninety"),
        _HARBOUR.format(published="2024-01-10", cameras="sixty", days="thirty"),
    )
    batches: list[list[str | Path | Source]] = [
        [*starter.paths(), _source("buses.md", _BUSES), _source("correction.md", _CORRECTION)]
    ]
    batches += [[_source("harbour.md", text)] for text in versions]
    for batch in batches:
        for receipt in ingest(library, batch):
            if receipt.status == "refused":
                raise SystemExit(f"{receipt.source} was refused: {receipt.reason}")


def _source(name: str, text: str) -> Source:
    return Source(f"check-set/{name}", name, text.encode(), "text/markdown")


def _checked(assistant: Assistant, rows: Iterable[dict[str, Any]]) -> tuple[list[str], float, float]:
    """The verdicts, the seconds that all of them took, and the seconds of one retrieval."""
    checker = wiring.checker(assistant)
    assistant.retriever.search(Question(text="What is held here?"))
    begun = time.perf_counter()
    found = []
    for row in rows:
        draft = from_text(f"{row.get('before', '')} {row['text']}".strip())
        found.append(checker.check(draft).sentences[-1].verdict)
    whole = time.perf_counter() - begun
    begun = time.perf_counter()
    for _ in range(20):
        assistant.retriever.search(Question(text="What did the Commissioner ask Dahua to confirm?"))
    return [str(one) for one in found], whole, (time.perf_counter() - begun) / 20


def _print(rows: list[dict[str, Any]], found: list[str], whole: float, retrieval: float, *, show: bool) -> None:
    pairs = Counter(zip((row["verdict"] for row in rows), found, strict=True))
    say = sys.stdout.write
    short = {name: name[:9] for name in LABELS}
    say(f"{'by hand / found':20}" + "".join(f"{short[name]:>10}" for name in LABELS) + "\n")
    for mine in LABELS:
        cells = "".join(f"{pairs[mine, theirs] or '.':>10}" for theirs in LABELS)
        say(f"{mine:20}{cells}\n")
    right = sum(pairs[name, name] for name in LABELS)
    low, high = interval([float(row["verdict"] == one) for row, one in zip(rows, found, strict=True)])
    say(f"right verdict {right} of {len(rows)} ({right / len(rows):.3f}) [{low:.2f}, {high:.2f}]\n")
    supported = [one for row, one in zip(rows, found, strict=True) if row["verdict"] == "supported"]
    others = [one for row, one in zip(rows, found, strict=True) if row["verdict"] not in PASSING]
    say(f"supported and faulted {sum(one not in PASSING for one in supported)} of {len(supported)}\n")
    say(f"not supported and passed {sum(one in PASSING for one in others)} of {len(others)}\n")
    say(f"{whole:.1f} s for {len(rows)} sentences, {whole / len(rows) / retrieval:.1f} retrievals each\n")
    for row, one in zip(rows, found, strict=True):
        if show and one != row["verdict"]:
            say(f"  {row['verdict']} -> {one}: {row['text']}\n")


if __name__ == "__main__":
    main()
