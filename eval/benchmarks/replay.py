"""Answers and summaries that models and people wrote, put through the gate as if a model had just written them.

    python -m eval.benchmarks.replay --data DIR [--show SET]

`DIR` holds `support/qags.jsonl` and `support/faithbench.jsonl` (summaries by models, labelled by people),
`mtrag-govt/` and `dragonball/` (reference answers by people, all of them held to be right). Each text is given tokens as a
model gives them, those of the one to three sentences of its source that hold most of its words, is read by the
parser of model replies, and goes through the gate as it is set up. No second round is asked for: nobody is there to reword.

It prints, for each set, how many unsupported sentences would have been shown and how many are, how many good ones
are withheld, and for how many of these no sentence they cite would be shown in their place either (see
`assistant.admitting`), with 95 % intervals that heed sentences of one source. FaithBench labels whole summaries: an unsupported one
counts as shown when every sentence of it is, and only those that all readers call consistent count as good.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.chat.parsing import Parser
from assistant.chat.tokens import tokens_for
from assistant.chat.writer import SPEAKS_OF
from assistant.domain import Supported
from assistant.drafting import Draft, DraftClaim, Reference
from assistant.gate import Gate
from assistant.settings import load
from assistant.support.chosen import support_checker
from assistant.wariness import share_of_words
from assistant.wording import stems
from eval.benchmarks.perturbations import Shelf
from eval.metrics.grouped import figure
from ingest.segment.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from assistant.domain import Withheld
    from assistant.support import SupportChecker

MOST_CITED = 3
GOAL_SHOWN, GOAL_WITHHELD = 0.25, 0.10
FEWEST_WORDS = 4
"""A reference answer of fewer words ("October 2021") is no sentence."""


@dataclass(frozen=True, slots=True)
class Written:
    """A text, what it was written from, and whether people found it good; `group` ties texts of one source."""

    text: str
    paragraphs: tuple[str, ...]
    good: bool
    group: str
    whole: bool = False
    title: str = "source"


def qags(data: Path) -> Iterator[Written]:
    """Sentences of news summaries by models; the majority of three readers decides."""
    for row in _rows(data / "support" / "qags.jsonl"):
        yield Written(row["claim"], (row["evidence"],), row["label"] == "supported", row["group"])


def faithbench(data: Path) -> Iterator[Written]:
    """Summaries by ten language models; benign and questionable ones are left out."""
    for row in _rows(data / "support" / "faithbench.jsonl"):
        if row["label"] in ("supported", "unsupported"):
            yield Written(row["claim"], (row["evidence"],), row["label"] == "supported", row["group"], whole=True)


def mtrag(data: Path) -> Iterator[Written]:
    """Reference answers of the last turn of each chat, where the passages answer it."""
    passages = {row["id"]: row["text"] for row in _rows(data / "mtrag-govt" / "passages.jsonl")}
    for row in _rows(data / "mtrag-govt" / "tasks.jsonl"):
        texts = tuple(passages[_id(one)] for one in row["gold"] if _id(one) in passages)
        if row["answerability"] == "answerable" and texts and row["reference_answer"]:
            yield Written(row["reference_answer"], texts, good=True, group=row["id"].rsplit("-", 1)[0])


def dragonball(data: Path) -> Iterator[Written]:
    """Reference answers that are sentences, over the reports they rest on."""
    reports = {row["id"]: row for row in _rows(data / "dragonball" / "documents.jsonl")}
    for row in _rows(data / "dragonball" / "queries.jsonl"):
        if row["answerable"] and row["references"] and len(row["answer"].split()) >= FEWEST_WORDS:
            gold = [reports[one] for one in row["gold_docs"]]
            paragraphs = tuple(text for one in gold for text in one["text"].split("\n"))
            title = "; ".join(one["title"] for one in gold)
            yield Written(row["answer"], paragraphs, good=True, group=",".join(row["gold_docs"]), title=title)


SETS: dict[str, Callable[[Path], Iterator[Written]]] = {
    "qags": qags, "faithbench": faithbench, "mtrag": mtrag, "dragonball": dragonball,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Replayed:
    """A text and what the gate decided of each of its sentences."""

    written: Written
    claims: tuple[DraftClaim, ...]
    decided: tuple[Supported | Withheld, ...]

    def lost(self, place: int) -> bool:
        """Whether a claim is withheld and no sentence that it cites is shown in its place."""
        if isinstance(self.decided[place], Supported):
            return False
        claim = self.claims[place]
        return not any(share_of_words(claim.text, [one.quote]) >= SPEAKS_OF for one in claim.references)

    @property
    def shown(self) -> bool:
        """Whether every sentence of it is."""
        return all(isinstance(one, Supported) for one in self.decided)


def replayed(one: Written, support: SupportChecker | None = None) -> Replayed:
    """`one` as a model's reply, through the parser and the gate with that support checker."""
    shelf = Shelf()
    document = shelf.put(one.title, [" ".join(text.split()) for text in one.paragraphs if text.strip()])
    source = shelf.documents[document]
    spans = [
        (span.start, span.end) for block in source.blocks for span in sentences(source.text, block.start, block.end)
    ]
    cited = [source.text[start:end] for start, end in spans]
    tokens = tokens_for(len(spans), one.text, source.text)
    text = " ".join(one.text.split())
    reply = "\n".join(
        f"{text[span.start : span.end]} {''.join(tokens.of(place + 1) for place in _rests_on(text[span.start : span.end], cited))}"
        for span in sentences(text, 0, len(text))
    )
    parser = Parser(tokens)
    claims = [
        DraftClaim(
            said.text,
            tuple(Reference(document, 1, *spans[number - 1], cited[number - 1]) for number in said.evidence),
            composed=True,
        )
        for said in (*parser.feed(reply), *parser.close())
    ]
    return Replayed(one, tuple(claims), tuple(Gate(shelf, support=support).admit(Draft(tuple(claims)))))


def _rests_on(sentence: str, cited: Sequence[str]) -> list[int]:
    """Places of the sentences that hold most of its words, each adding some that those before it lack."""
    left, chosen = set(stems(sentence)), list[int]()
    held = [set(stems(text)) for text in cited]
    while left and len(chosen) < MOST_CITED:
        best = max(range(len(held)), key=lambda place: (len(held[place] & left), -place))
        if len(held[best] & left) < (1 if not chosen else 2):
            break
        chosen.append(best)
        left -= held[best]
    return chosen


def main() -> None:
    """Print the figures of every set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--show", choices=SETS, help="list what is decided wrongly in this set")
    options = parser.parse_args()
    support = support_checker(load().answering.support, offline=True, say=logging.getLogger(__name__).warning)
    for name, read in SETS.items():
        _report(name, [replayed(one, support) for one in read(options.data)], show=options.show == name)


def _report(name: str, results: Sequence[Replayed], *, show: bool) -> None:
    bad = [one for one in results if not one.written.good]
    good = [(one, at) for one in results if one.written.good for at in range(len(one.decided))]
    sys.stdout.write(f"\n{name}: {len(results)} texts, {sum(len(one.decided) for one in results)} sentences\n")
    if bad:
        unit = "summaries" if bad[0].written.whole else "sentences"
        shown = figure((one.written.group, float(one.shown)) for one in bad)
        met = "met" if shown and shown.mean <= GOAL_SHOWN else "missed"
        sys.stdout.write(
            f"  unsupported {unit} shown: {len(bad)} without the gate, {sum(one.shown for one in bad)} with it\n"
        )
        sys.stdout.write(f"  share of them shown: {shown} (goal at most {GOAL_SHOWN}: {met})\n")
        before = len(bad) / len(results)
        left = [one for one in results if one.shown]
        after = sum(not one.written.good for one in left) / max(1, len(left))
        sys.stdout.write(f"  unsupported among what is shown: {before:.3f} without the gate, {after:.3f} with it\n")
    if good:
        withheld = figure((one.written.group, float(not isinstance(one.decided[at], Supported))) for one, at in good)
        lost = figure((one.written.group, float(one.lost(at))) for one, at in good)
        met = "met" if withheld and withheld.mean <= GOAL_WITHHELD else "missed"
        decisions = [one.decided[at] for one, at in good]
        reasons = Counter(decided.reason for decided in decisions if not isinstance(decided, Supported))
        sys.stdout.write(f"  good sentences withheld: {withheld} (goal at most {GOAL_WITHHELD}: {met})\n")
        sys.stdout.write(f"  and no sentence that they cite shown in their place: {lost}\n")
        sys.stdout.write(f"  for: {', '.join(f'{reason} {count}' for reason, count in reasons.most_common())}\n")
    if show:
        _show(results)


def _show(results: Sequence[Replayed]) -> None:
    for one in results:
        for decided in one.decided:
            if isinstance(decided, Supported) and not one.written.good:
                sys.stdout.write(f"  shown: {decided.text}\n")
            elif not isinstance(decided, Supported) and one.written.good:
                sys.stdout.write(f"  withheld ({decided.reason}): {decided.text}\n      {decided.detail}\n")


def _id(gold: Any) -> str:
    return str(gold["id"]) if isinstance(gold, dict) else str(gold)


def _rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


if __name__ == "__main__":
    main()
