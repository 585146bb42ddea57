"""What the gate stops and what it lets through: real sentences, altered and faithfully reworded.

    python -m eval.benchmarks.perturbations --data DIR [--each N] [--seed N] [--support NAME] [--show]

`DIR` holds `policy/`, `clapnq/`, `obliqa/` and `mtrag-govt/`. Of each kind up to N claims are made from sentences drawn in
turn from the four; every claim cites the sentence it was made from (two for a stitched quote, another one for a wrong
document). It prints for each kind how many altered claims were stopped and how many faithful ones were withheld, with
95 % intervals by bootstrap, then the pairs written by hand in `eval/benchmarks/pairs`, and the time a claim.
`--show` lists what slips through and what is withheld wrongly.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from assistant.domain import Supported
from assistant.drafting import Draft, DraftClaim, Reference
from assistant.gate import Gate
from assistant.support.chosen import support_checker
from eval.benchmarks import alterations, rewordings
from eval.metrics import interval
from ingest.documents import Metadata, PlacedBlock
from ingest.errors import DocumentMissing
from ingest.ledger.records import DocumentRecord, DocumentText
from ingest.segment.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from assistant.domain import Withheld
    from assistant.support import SupportChecker

PAIRS = Path(__file__).parent / "pairs"


class Made(NamedTuple):
    """A claim of one kind, and the sentences of one document that it cites."""

    kind: str
    claim: str
    document: str
    cited: tuple[str, ...]


@dataclass
class Shelf:
    """The sampled documents, as the gate reads them, and what it asks about support."""

    documents: dict[str, DocumentText] = field(default_factory=dict)
    support: SupportChecker | None = None

    def text(self, id: str, version: int | None = None) -> DocumentText:  # noqa: A002 - the ledger's own word
        """See `assistant.gate.Texts`."""
        if id not in self.documents:
            raise DocumentMissing(f"No document `{id}`.", remedy="Name one of the sample.")
        return self.documents[id]

    def told(self, id: str, version: int, start: int, end: int) -> None:  # noqa: A002
        """Nothing: the claims here give nothing beside their words."""

    def put(self, name: str, paragraphs: Sequence[str]) -> str:
        """Keeps a document of one block a paragraph; its id."""
        text = "\n\n".join(paragraphs)
        digest = hashlib.sha256(text.encode()).hexdigest()
        blocks, place = [], 0
        for paragraph in paragraphs:
            blocks.append(PlacedBlock("paragraph", place, place + len(paragraph), page=None))
            place += len(paragraph) + 2
        record = DocumentRecord(
            id=digest[:16], version=1, live=True, digest=digest, source_digest=digest, origin=name, name=name,
            format="text", metadata=Metadata(title=name), pages=None, characters=len(text), passages=len(paragraphs),
            ingested_at="2026-01-01T00:00:00+00:00",
        )  # fmt: skip
        self.documents[record.id] = DocumentText(record, text, tuple(blocks), ())
        return record.id


def main() -> None:
    """Make the claims, put them through the gate, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--each", type=int, default=200, help="Claims of each kind at most (default: 200)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--support", default="built-in", help="What may carry a claim that lacks a word: built-in, off, or a model"
    )
    parser.add_argument("--show", action="store_true", help="List the claims that were decided wrongly")
    given = parser.parse_args()
    shelf = Shelf(support=support_checker(given.support, offline=True, say=_say))
    pool = _pool(given.data, shelf, Random(given.seed))  # noqa: S311 - a seed is the point
    altered = [*_made(alterations.MAKERS, pool, given.each, given.seed), *_misplaced(pool, given.each, given.seed)]
    faithful = _made(
        {**rewordings.MAKERS, "in its own words": lambda sentence, _, __: sentence}, pool, given.each, given.seed
    )
    spent = _report("altered, stopped", altered, shelf, stopped=True, show=given.show)
    spent += _report("faithful, withheld", faithful, shelf, stopped=False, show=given.show)
    for path in sorted(PAIRS.glob("*.jsonl")):
        name = path.stem
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        by_hand = [
            Made(row["kind"], row["claim"], shelf.put(row["id"], row["evidence"]), tuple(row["evidence"]))
            for row in rows
        ]
        _report(
            f"by hand, {name} set: altered, stopped",
            [one for one in by_hand if one.kind != "faithful"],
            shelf,
            stopped=True,
            show=given.show,
        )
        _report(
            f"by hand, {name} set: faithful, withheld",
            [one for one in by_hand if one.kind == "faithful"],
            shelf,
            stopped=False,
            show=given.show,
        )
    spent.sort()
    sys.stdout.write(
        f"\nmilliseconds a claim: median {spent[len(spent) // 2]:.1f}, 95th percentile {spent[int(len(spent) * 0.95)]:.1f}\n"
    )


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _pool(data: Path, shelf: Shelf, random: Random) -> list[tuple[str, str, list[str]]]:
    """Sentences as (document, sentence, the document's sentences), the four collections in turn, each shuffled."""
    found = []
    for texts in (_policy(data), _clapnq(data), _obliqa(data), _mtrag(data)):
        mine = []
        for name, paragraphs in texts:
            document = shelf.put(name, paragraphs)
            held = [
                paragraph[span.start : span.end]
                for paragraph in paragraphs
                for span in sentences(paragraph, 0, len(paragraph))
            ]
            mine += [(document, one, held) for one in held if _is_plain(one)]
        random.shuffle(mine)
        found.append(mine)
    most = max(map(len, found))
    return [mine[place] for place in range(most) for mine in found if place < len(mine)]


def _is_plain(sentence: str) -> bool:
    words = sentence.split()
    return (
        8 <= len(words) <= 40
        and sentence[0] in '“"ABCDEFGHIJKLMNOPQRSTUVWXYZ'
        and sentence[-1] in '.”"'
        and "\n" not in sentence
    )


def _policy(data: Path) -> Iterator[tuple[str, list[str]]]:
    for path in sorted((data / "policy" / "library").glob("*.md")):
        body = re.sub(r"\A---\n.*?\n---\n", "", path.read_text(encoding="utf-8"), flags=re.S)
        body = re.sub(r"^- (?:\[[^\]]*\] )?", "\n", body, flags=re.M)
        body = re.sub(r"[*_>#]+|!?\[([^\]]*)\]\([^)]*\)", r"\1", body)
        yield path.stem, [" ".join(part.split()) for part in re.split(r"\n\s*\n", body) if part.strip()]


def _clapnq(data: Path) -> Iterator[tuple[str, list[str]]]:
    for row in _rows(data / "clapnq" / "items.jsonl"):
        plain = re.sub(r" ([.,;:)?!’'])|(\() ", r"\1\2", row["passage"].replace("``", "“").replace("''", "”"))
        yield row["id"], [" ".join(re.sub(r"“ | ”", lambda m: m.group().strip(), plain).split())]


def _obliqa(data: Path) -> Iterator[tuple[str, list[str]]]:
    for row in _rows(data / "obliqa" / "passages.jsonl")[::2]:
        if row["text"].strip():
            yield row["id"], [" ".join(row["text"].split())]


def _mtrag(data: Path) -> Iterator[tuple[str, list[str]]]:
    for row in _rows(data / "mtrag-govt" / "passages.jsonl"):
        if row["domain"] == "govt":
            yield row["id"], [" ".join(part.split()) for part in row["text"].split("\n") if part.strip()]


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _made(
    makers: dict[str, Callable[[str, Sequence[str], Random], str | None]],
    pool: Sequence[tuple[str, str, list[str]]],
    each: int,
    seed: int,
) -> list[Made]:
    found = []
    for kind, make in makers.items():
        random, number = Random(f"{kind} {seed}"), 0  # noqa: S311 - a seed is the point
        for document, sentence, held in pool:
            claim = make(sentence, held, random)
            if claim and (claim != sentence) == (kind != "in its own words"):
                found.append(Made(kind, claim, document, (sentence,)))
                number += 1
            if number == each:
                break
    return found


def _misplaced(pool: Sequence[tuple[str, str, list[str]]], each: int, seed: int) -> Iterator[Made]:
    """Stitched quotes, and claims that cite another sentence: of another document, or of the same one."""
    random = Random(f"misplaced {seed}")  # noqa: S311 - a seed is the point
    stitched = wrong = beside = 0
    for (document, sentence, held), (other, another, _) in zip(pool, [*pool[5:], *pool[:5]], strict=True):
        third = random.choice([one for one in held if _is_plain(one) and one != sentence] or [""])
        if third and stitched < each:
            stitched += 1
            head, tail = sentence.split()[:6], third.rstrip(".").split()[-6:]
            yield Made(
                "quote stitched", f"The text says “{' '.join(head)} {' '.join(tail)}”.", document, (sentence, third)
            )
        if other != document and wrong < each:
            wrong += 1
            yield Made("wrong document", sentence, other, (another,))
        if third and beside < each:
            beside += 1
            yield Made("wrong sentence of the document", sentence, document, (third,))


def _report(title: str, made: Sequence[Made], shelf: Shelf, *, stopped: bool, show: bool) -> list[float]:
    """Prints a table by kind; milliseconds of every claim."""
    marks: dict[str, list[float]] = {}
    spent = []
    for one in made:
        began = time.perf_counter()
        decided = _decided(one, shelf)
        spent.append((time.perf_counter() - began) * 1000)
        withheld = not isinstance(decided, Supported)
        marks.setdefault(one.kind, []).append(float(withheld))
        if show and withheld != stopped:
            said = "" if isinstance(decided, Supported) else f" [{decided.reason}: {decided.detail}]"
            sys.stdout.write(f"  ! {one.kind}{said}\n      {one.claim}\n      < {' | '.join(one.cited)}\n")
    sys.stdout.write(f"\n{title:<40}{'n':>6}{'share':>8}   95 % interval\n")
    for kind, values in [*marks.items(), ("all", [mark for group in marks.values() for mark in group])]:
        low, high = interval(values)
        sys.stdout.write(f"{kind:<40}{len(values):>6}{sum(values) / len(values):>8.3f}   {low:.3f} to {high:.3f}\n")
    return spent


def _decided(one: Made, shelf: Shelf) -> Supported | Withheld:
    text = shelf.documents[one.document].text
    references = []
    for sentence in one.cited:
        start = text.index(sentence)
        references.append(Reference(one.document, 1, start, start + len(sentence), sentence))
    (decided,) = Gate(shelf, support=shelf.support).admit(Draft((DraftClaim(one.claim, tuple(references)),)))
    return decided


if __name__ == "__main__":
    main()
