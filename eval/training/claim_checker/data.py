"""From the sets to arrays of token numbers: caps, evidence sentences chosen as in use, changed claims, held-out part.

    python -m eval.training.claim_checker.data --pairs DIR --out pairs.npz [--mix second]

`DIR` holds `nli/*.jsonl.gz` and `*.jsonl` with fields id, claim, evidence, label (supported | refuted | unsupported |
partial), group?. A twentieth of the groups of each set is held out by digest: thresholds are chosen on it, the
loss is watched on it, nothing is trained on it. Sets for weighing are held out whole. Beside the arrays, `held-out.jsonl` gets the pairs held out, with
their evidence whole. Both stay outside the project.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
from collections import Counter, defaultdict
from dataclasses import asdict, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.support.selection import select
from eval.training.claim_checker.alterations import ALTERATIONS, attributed
from eval.training.claim_checker.lengthened import Neighbours, among, from_articles, joined
from eval.training.claim_checker.mix import ARTICLES, CHANGED, SECOND, SOURCES
from eval.training.claim_checker.pair import Pair
from ingest.segment.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eval.training.claim_checker.mix import Source

LABELS = {"supported": 0, "refuted": 1, "unsupported": 2, "partial": 2, "not_supported": 3}
"""The last stands for "refuted or unsupported, not known which"."""

LONGEST = 144
_SEED = 20
_SHARE_HELD_OUT = 20
_PER_ALTERATION = 4_000
_WEIGHING = frozenset(source.name for source in SECOND if source.weighing)


def main() -> None:
    """Read, cap, change, tokenise, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--mix", choices=("first", "second"), default="first")
    given = parser.parse_args()
    read: list[Pair] = []
    for source, part in chosen(given.pairs, given.mix):
        read += part
        sys.stderr.write(f"{source.name}: {len(part)} {dict(Counter(pair.label for pair in part))}\n")
    random = Random(_SEED + 1)  # noqa: S311 - a seed is the point
    longer = list(lengthened(read, random)) if given.mix == "second" else []
    with given.out.with_name("held-out.jsonl").open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(asdict(pair)) + "\n" for pair in read + longer if _held_out(pair.group))
    pairs, longer = (
        [replace(one, evidence=as_read(one.claim, one.evidence)) for one in part] for part in (read, longer)
    )
    most = _PER_ALTERATION if given.mix == "first" else _PER_ALTERATION // 2
    made = longer + list(changed([pair for pair in pairs if pair.source in CHANGED], random, most))
    sys.stderr.write(f"made: {dict(Counter(f'{pair.source}/{pair.label}' for pair in made))}\n")
    write(pairs + made, given.out)


def chosen(folder: Path, mix: str) -> Iterator[tuple[Source, list[Pair]]]:
    """Every set of the mix with the pairs taken from it; the second leaves out what the first took, unless told."""
    random = Random(_SEED)  # noqa: S311
    taken: set[str] = set()
    for source in SOURCES:
        part = list(_capped(source, _rows(folder, source.name), random))
        taken.update(name for name, _ in part)
        if mix == "first":
            yield source, [pair for _, pair in part]
    for source in SECOND if mix == "second" else ():
        rows = (row for row in _rows(folder, source.name) if source.again or row["id"] not in taken)
        yield source, [pair for _, pair in _capped(source, rows, random)]


def lengthened(pairs: list[Pair], random: Random) -> Iterator[Pair]:
    """The second mix's pairs with long evidence, whole."""
    short = [pair for pair in pairs if pair.source in {"fever", "new-protocols"} and len(pair.evidence.split()) < 70]
    random.shuffle(short)
    pool = Neighbours(short)
    yield from among(short[:14_000], pool, random)
    carried = [pair for pair in short if pair.label == "supported"]
    yield from joined(carried[:9_000], pool, random)
    yield from from_articles([pair for pair in pairs if pair.source in ARTICLES], random)


def _rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    packed = folder / "nli" / f"{name}.jsonl.gz"
    if packed.is_file():
        with gzip.open(packed, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)
        return
    with (folder / f"{name}.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _capped(source: Source, rows: Iterator[dict[str, Any]], random: Random) -> Iterator[tuple[str, Pair]]:
    everything = list(rows)
    random.shuffle(everything)
    labels: Counter[str] = Counter()
    groups: Counter[str] = Counter()
    taken = 0
    for row in everything:
        label = "unsupported" if row["label"] == "partial" else row["label"]
        group = f"{source.name}/{row.get('group') or row['id']}"
        full = labels[label] >= source.most.get(label, 10**9) or groups[group] >= (source.per_group or 10**9)
        if full or taken >= (source.total or 10**9):
            continue
        labels[label] += 1
        groups[group] += 1
        taken += 1
        if label == "unsupported" and not source.three_way:
            label = "not_supported"
        yield row["id"], Pair(row["claim"].strip(), row["evidence"], label, source.name, group, source.weight)


def as_read(claim: str, evidence: str) -> str:
    """The evidence cut to the sentences that the checker would choose in use."""
    if len(evidence.split()) <= 60:
        return " ".join(evidence.split())
    found = [evidence[span.start : span.end] for span in sentences(evidence, 0, len(evidence))]
    return " ".join(" ".join(found[place].split()) for place in select(claim, found))


def changed(pairs: list[Pair], random: Random, most: int) -> Iterator[Pair]:
    """Changed claims of every kind, sentences as their own evidence, attributed ones, and evidence with a sentence taken out."""
    carried = [pair for pair in pairs if pair.label == "supported"]
    whole = [pair for pair in pairs if 6 <= len(pair.evidence.split()) <= 45 and pair.evidence[-1] in '.!?”"']
    random.shuffle(carried)
    random.shuffle(whole)
    for kind, alter in ALTERATIONS.items():
        near = [Pair(one.evidence, one.evidence, "supported", one.source, one.group) for one in whole]
        random.shuffle(near)
        yield from _altered(kind, alter, carried, most // 2, random)
        yield from _altered(kind, alter, near, most // 2, random)
    for one in whole[: most + 1_000]:
        yield Pair(one.evidence, one.evidence, "supported", "made/same", one.group)
    for one in whole[most + 1_000 : 3 * most]:
        evidence, claim, right = attributed(one.evidence, random)
        yield Pair(claim, evidence, "supported" if right else "not_supported", "made/attributed", one.group)
    yield from _thinned([one for one in carried if len(one.evidence.split()) > 50], 3_000)


def _altered(kind: str, alter: Any, pairs: list[Pair], most: int, random: Random) -> Iterator[Pair]:
    made = 0
    for one in pairs:
        claim = alter(one.claim, one.evidence, random)
        if claim is None or claim == one.claim:
            continue
        yield Pair(claim, one.evidence, "not_supported", f"made/{kind}", one.group)
        made += 1
        if made >= most:
            return


def _thinned(pairs: list[Pair], most: int) -> Iterator[Pair]:
    """Evidence without the sentence that says most of the claim: what is left no longer carries it."""
    for one in pairs[:most]:
        found = [one.evidence[span.start : span.end] for span in sentences(one.evidence, 0, len(one.evidence))]
        best = set(select(one.claim, found, 1))
        rest = " ".join(sentence for place, sentence in enumerate(found) if place not in best)
        if len(rest.split()) > 15:
            yield Pair(one.claim, rest, "not_supported", "made/thinned", one.group)


def write(pairs: list[Pair], path: Path) -> None:
    """One flat array of token numbers ("[CLS] claim [SEP] evidence [SEP]"), and where each pair and its evidence begin."""
    from ingest.models import locate

    files = locate("all-MiniLM-L6-v2")
    encoded = encode(files.transformer / "tokenizer.json", pairs)
    starts = np.cumsum([0, *(len(one.ids) for one in encoded)])
    sources = sorted({pair.source for pair in pairs})
    held = [_held_out(pair.group) and not pair.source.startswith("made") for pair in pairs]
    drop = [_held_out(pair.group) and pair.source.startswith("made") for pair in pairs]
    np.savez(
        path,
        tokens=np.concatenate([np.array(one.ids, dtype=np.uint16) for one in encoded]),
        starts=starts,
        second=np.array([one.type_ids.index(1) for one in encoded], dtype=np.int32),
        label=np.array([LABELS[pair.label] for pair in pairs], dtype=np.int8),
        weight=np.array([pair.weight for pair in pairs], dtype=np.float32),
        source=np.array([sources.index(pair.source) for pair in pairs], dtype=np.int16),
        sources=np.array(sources),
        held_out=np.array(held),
        dropped=np.array(drop),
    )
    lengths = np.diff(starts)
    sys.stderr.write(f"{len(pairs)} pairs, {starts[-1]} tokens, median {np.median(lengths):g}, held out {sum(held)}\n")
    by_source: dict[str, list[int]] = defaultdict(list)
    for pair, length in zip(pairs, lengths, strict=True):
        by_source[pair.source].append(int(length))
    for name, all_lengths in sorted(by_source.items()):
        sys.stderr.write(f"  {name}: {len(all_lengths)}, mean length {np.mean(all_lengths):.0f}\n")


def encode(tokenizer_file: Path, pairs: list[Pair]) -> list[Any]:
    """Both texts as the model reads them, the evidence cut where the window ends."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST, strategy="longest_first")
    return list(tokenizer.encode_batch([(pair.claim, pair.evidence) for pair in pairs]))


def _held_out(group: str) -> bool:
    if group.split("/", 1)[0] in _WEIGHING:
        return True
    return int(hashlib.sha256(group.encode()).hexdigest()[:8], 16) % _SHARE_HELD_OUT == 0


if __name__ == "__main__":
    main()
