"""How long a dossier takes, and the grid, over the bundled starter library and invented notices beside it.

    python -m eval.benchmarks.dossier [--more N] [--cache FOLDER]

Each of N notices is a document of its own with ten statements, two of them on Hikvision, so that what is told of it grows with the library.
Prints, for each name, entries, documents, charges with a reply and without, and the time of the first and the second dossier
in milliseconds and as a multiple of one retrieval.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import settings, wiring
from assistant.desk.dossiers.grid import make as grid_of
from assistant.domain import Question
from ingest import starter
from ingest.documents import Source
from ingest.pipeline import ingest

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.answering import Assistant

NAMES = ("Hikvision", "Dahua", "Clearview AI", "the ICO", "Fraser Sampson")
_QUESTION = "What did the commissioner ask Dahua to confirm?"


def main(argv: list[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--more", type=int, default=0, help="How many notices stand beside the starter notes.")
    parser.add_argument("--cache", type=Path, help="Folder of the model cache.")
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        chosen = settings.load(overrides={"library": Path(folder) / "library", "cache": given.cache})
        assistant = wiring.build(chosen, create=True)
        with assistant.library as library:
            list(ingest(library, [str(path) for path in starter.paths()]))
            list(ingest(library, [_notice(number) for number in range(given.more)]))
            _report(assistant)


def _notice(number: int) -> Source:
    council = f"Harbour Council {number}"
    said = [
        f"{council} asked Hikvision to list its {number + 3} contracts in ward {number}.",
        f"Hikvision denied that it stored pictures of pier {number}.",
        *(f"Lamp {number}-{lamp} on the quay was mended by crew {lamp} in the week of the fair." for lamp in range(8)),
    ]
    head = f"---\ntitle: Notice {number}\npublisher: {council}\npublished: {2015 + number % 9}-03-{number % 27 + 1:02}\n---\n\n"
    text = head + "\n\n".join(said) + "\n"
    return Source(f"notice-{number}.md", f"notice-{number}.md", text.encode())


def _report(assistant: Assistant) -> None:
    dossiers = wiring.dossiers(assistant)
    documents, passages = assistant.library.ledger.counts()
    assistant.retriever.search(Question(text=_QUESTION))
    retrieval = _timed(lambda: assistant.retriever.search(Question(text=_QUESTION)))
    _say(f"{documents} documents, {passages} passages; one retrieval {retrieval:.0f} ms")
    for name in NAMES:
        first = _timed(lambda name=name: dossiers.make(name))  # type: ignore[misc]
        second = _timed(lambda name=name: dossiers.make(name))  # type: ignore[misc]
        made = dossiers.make(name)
        replied = sum(one.status == "reply_held" for one in made.exchanges)
        _say(
            f"{name}: {len(made.entries)} entries of {len(made.documents)} documents, {replied} of {len(made.exchanges)} "
            f"charges with a reply; {first:.0f} ms, then {second:.0f} ms = {second / retrieval:.1f} retrievals"
        )
    grid = _timed(lambda: grid_of(dossiers))
    _say(f"grid: {grid:.0f} ms = {grid / retrieval:.1f} retrievals")


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
