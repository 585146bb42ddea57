"""How long an answer takes, over one query embedding and one Chroma query: no language model, re-ranking included.

    python -m eval.benchmarks.ask_speed --cache DIR [--sizes 1000 100000] [--questions 40] [--library FOLDER]

Libraries of invented text (`eval.benchmarks.invented_library`) are made in DIR and kept; 100,000 passages take 3 GB and
some minutes. Every question is asked once, right after its embedding and Chroma query were measured by themselves, in
one process that has answered other questions before, so that no text of its own is remembered from an earlier round.
With `--library` the questions are made from sentences of that library instead.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from assistant import wiring
from assistant.command import QUIET
from assistant.domain import Question
from assistant.question import view
from assistant.settings import load
from eval.benchmarks.invented_library import PASSAGES_A_DOCUMENT, Words, fill
from eval.benchmarks.measuring import Cost, Figure, measured, show

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.answering import Assistant

GOAL = 3.0
WARMING = 10
SIZES = (1_000, 100_000)
_NEAREST = 10
"""Passages asked of Chroma by the query that an answer is compared with."""


def main() -> None:
    """Make the libraries, ask the questions, print a table for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, help="folder to make and keep the libraries in")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="passages of each library")
    parser.add_argument("--questions", type=int, default=40)
    parser.add_argument("--library", type=Path, help="measure this library alone")
    given = parser.parse_args()
    if given.library is None and given.cache is None:
        parser.error("name a folder with --cache, or a library with --library")
    folders = [given.library] if given.library else [_made(given.cache / str(size), size) for size in given.sizes]
    for folder in folders:
        _measure(folder, given.questions)


def _made(folder: Path, passages: int) -> Path:
    """A library of invented text; one that was broken off is finished by hand, by removing it."""
    done = folder / "complete"
    if not done.exists():
        passages -= passages % PASSAGES_A_DOCUMENT
        sys.stderr.write(f"Making a library of {passages:,} passages in {folder}.\n")
        assistant = wiring.build(load(overrides={"library": folder}), create=True)
        with assistant.library:
            fill(assistant.library, passages)
        done.touch()
    return folder


def _measure(folder: Path, questions: int) -> None:
    # The threshold lets every question be answered, so that the writer and the gate have their work.
    assistant = wiring.build(load(overrides={"library": folder, "answering.sufficiency": 0.0}))
    with assistant.library:
        assistant.library.warm()
        asked = _questions(assistant, questions + WARMING)
        steps = _steps(assistant)
        bare: list[Cost] = []
        whole: list[Cost] = []
        parts: dict[str, list[Cost]] = {name: [] for name in steps}
        for question in asked:
            bare.append(_cost(_bare(assistant), question))
            whole.append(_cost(lambda text: assistant.answer(Question(text=text)), question))
        # By themselves and afterwards: what they leave in memory would make the answers look quicker.
        for question in asked:
            for name, step in steps.items():
                parts[name].append(_cost(step, question))
        documents, passages = assistant.library.ledger.counts()
    title = f"{passages:,} passages of {documents:,} documents, medians of {len(asked) - WARMING} questions"
    parts = {"one embedding and one Chroma query": bare, "the whole answer": whole, **parts}
    for name, costs in parts.items():
        clock, processor = (median(getattr(one, kind) for one in costs[WARMING:]) for kind in ("clock", "processor"))
        sys.stdout.write(f"{name:<40}{1000 * clock:9.2f} ms by the clock{1000 * processor:9.2f} ms of processor time\n")
    show(title, [Figure("an answer over one embedding and one Chroma query", whole[WARMING:], bare[WARMING:], GOAL)])


def _questions(assistant: Assistant, wanted: int) -> list[str]:
    """Different questions from passages all over the library."""
    ledger, random = assistant.library.ledger, np.random.default_rng(7)
    records = ledger.documents()
    passages: list[str] = []
    for place in random.permutation(len(records)).tolist():
        if len(passages) >= 20 * wanted:
            break
        own = ledger.passages_of(records[place].id, records[place].version)
        passages += [own[int(at)].text for at in random.integers(0, len(own), size=min(10, len(own)))]
    found = list(dict.fromkeys(Words(seed=8).questions(passages)))[:wanted]
    if len(found) <= WARMING:
        raise SystemExit("The library has too few sentences to make questions from.")
    return found


def _bare(assistant: Assistant) -> Callable[[str], object]:
    library = assistant.library
    index = library.index.usable(library.ledger.header())
    if index is None:
        raise SystemExit("The library's Chroma index cannot be used; see `briefing library verify`.")
    return lambda text: index.nearest(library.embedder.encode_query(text).vector[None, :], _NEAREST)


def _steps(assistant: Assistant) -> dict[str, Callable[[str], object]]:
    """What an answer is made of, as far as it can be done alone; the rest is sentences, weighing, writing, checking."""
    library, ledger, limit = assistant.library, assistant.library.ledger, 50
    vectors: dict[str, np.ndarray[tuple[int], np.dtype[np.float32]]] = {}
    near: dict[str, list[str]] = {}

    def words(text: str) -> list[str]:
        return [word.text for word in view(text).words]

    def embed(text: str) -> None:
        vectors[text] = library.embedder.encode_query(text).vector

    def meaning(text: str) -> None:
        near[text] = [found for found, _ in library.nearest(vectors[text], limit)]

    return {
        "  embedding": embed,
        "  passages by meaning (Chroma, ledger)": meaning,
        "  passages by words (full text)": lambda text: ledger.search_text(words(text), limit),
        "  rarity of the words": lambda text: ledger.word_frequencies(words(text)),
        "  reading 50 passages": lambda text: ledger.passages(near[text]),
        "  reading their token vectors": lambda text: ledger.token_vectors(near[text]),
        "  search as a whole": lambda text: assistant.retriever.search(Question(text=text)),
    }


def _cost(step: Callable[[str], object], text: str) -> Cost:
    with measured() as cost:
        step(text)
    return cost


def _as_the_command(arguments: Sequence[str]) -> None:
    """Go on as `briefing` would, with what it sets in the environment before numpy is imported."""
    missing = {name: value for name, value in QUIET.items() if name not in os.environ}
    if missing:
        os.environ.update(missing)
        os.execv(sys.executable, [sys.executable, "-m", "eval.benchmarks.ask_speed", *arguments])  # noqa: S606


if __name__ == "__main__":
    _as_the_command(sys.argv[1:])
    main()
