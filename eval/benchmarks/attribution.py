"""Speaker, standing, primary or reported, and date of sentences labelled by hand.

    python -m eval.benchmarks.attribution --data DIR [--show]

`DIR` holds `policy/library/`. The labels in `eval/labels/attribution.jsonl` name a file, the span of a sentence in its
canonical text and the digest of the sentence; a sentence whose digest is not found is counted as missing. A label is a
list of what is accepted, null standing for none. Half of the labels were set aside before any rule was written, and
are printed apart; `--show` prints misses of the other half only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.metrics import interval
from ingest.describe import describe
from ingest.documents import Source, Span
from ingest.readers import read
from ingest.segment.passages import passages
from ingest.understanding import lexicon
from ingest.understanding.understand import understand

if TYPE_CHECKING:
    from ingest.documents import Document
    from ingest.understanding.statement import Statement, Understanding

LABELS = Path(__file__).parent.parent / "labels" / "attribution.jsonl"


@dataclass(frozen=True, slots=True)
class _Sizes:
    target_tokens: int = 160
    max_tokens: int = 240


def main() -> None:
    """Understand every labelled file and print the accuracy of each label."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--show", action="store_true", help="Print the misses of the half that is not held out")
    given = parser.parse_args()
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    known = lexicon.load()
    marks: dict[bool, list[dict[str, bool]]] = {False: [], True: []}
    for name in sorted({row["file"] for row in rows}):
        document, found = _understood(given.data / "policy" / "library" / name, known)
        by_digest = {_digest(document.text, one.span): one for one in found.statements}
        for row in (one for one in rows if one["file"] == name):
            statement = by_digest.get(row["sha256"])
            marks[row["held_out"]].append(_marks(row, statement, found) if statement else {})
            if given.show and statement and not row["held_out"]:
                _show(document.text, row, statement, marks[False][-1])
    for held, title in ((False, "labels seen while the rules were written"), (True, "labels held out")):
        _table(title, marks[held])


def _understood(path: Path, known: lexicon.Lexicon) -> tuple[Document, Understanding]:
    source = Source(str(path), path.name, path.read_bytes())
    document = describe(read(source), source, given={}, sidecar=None)
    cut = passages(document, count_tokens=lambda texts: [len(text.split()) for text in texts], settings=_Sizes())
    spans = [span for one in cut for span in one.sentences]
    return document, understand(document.text, document.blocks, spans, document.metadata, known)


def _digest(text: str, span: Span) -> str:
    return hashlib.sha256(text[span.start : span.end].encode()).hexdigest()


def _marks(row: dict[str, Any], statement: Statement, found: Understanding) -> dict[str, bool]:
    attribution = statement.attribution
    said: set[str | None] = {attribution.speaker, attribution.name} if attribution else {None}
    dates: set[str | None] = {one.date for one in statement.times if one.date} or {None}
    return {
        "speaker": any(_same(one, other) for one in row["speaker"] for other in said),
        "standing": statement.standing in row["standing"],
        "primary or reported": row["source"] == ("primary" if found.primary else "reported"),
        "date": bool(dates & set(row["date"])),
    }


def _same(wanted: str | None, said: str | None) -> bool:
    """Whether one name holds the other, words apart from articles compared whole."""
    if wanted is None or said is None:
        return wanted is said
    first, second = (set(re.findall(r"\w+", one.casefold())) - {"the", "a", "of", "s"} for one in (wanted, said))
    return bool(first) and (first <= second or second <= first)


def _show(text: str, row: dict[str, Any], statement: Statement, mark: dict[str, bool]) -> None:
    missed = [name for name, right in mark.items() if not right]
    if missed:
        said = statement.attribution.name if statement.attribution else None
        dates = [one.date for one in statement.times]
        sys.stdout.write(f"{', '.join(missed)}: {text[statement.span.start : statement.span.end][:240]}\n")
        sys.stdout.write(f"   wanted {row['speaker']} {row['standing']} {row['date']}\n")
        sys.stdout.write(f"   found  {said} {statement.standing} ({statement.cue}) {dates}\n")


def _table(title: str, marks: list[dict[str, bool]]) -> None:
    sys.stdout.write(f"\n{title}: {len(marks)} sentences, {sum(not one for one in marks)} missing\n")
    for name in ("speaker", "standing", "primary or reported", "date"):
        values = [float(one.get(name, False)) for one in marks]
        low, high = interval(values)
        share = sum(values) / len(values)
        sys.stdout.write(f"  {name:<20}{int(sum(values)):>4}/{len(values)}  {share:.2f}  ({low:.2f} to {high:.2f})\n")


if __name__ == "__main__":
    main()
