"""How long a cold `briefing ask` takes, over a bare `import sentence_transformers`; both fresh processes.

    python -m eval.benchmarks.cold_start [--library FOLDER] [--rounds 7]

Without `--library` the bundled notes are put into a temporary one. The model is exported and asked once beforehand.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from eval.benchmarks.measuring import Figure, measured, show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eval.benchmarks.measuring import Cost

QUESTION = "What did the Commissioner ask Dahua to confirm?"
GOAL = 0.5


def main() -> None:
    """Ask and import in turn, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", type=Path, help="a library that is there (default: one of the bundled notes)")
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        library = given.library or Path(scratch) / "library"
        if given.library is None:
            _run(_briefing("ingest", "--starter", "--json", "--library", str(library)))
        ask = _briefing("ask", QUESTION, "--library", str(library))
        bare = [sys.executable, "-c", "import sentence_transformers"]
        rounds = [(_run(ask), _run(bare)) for _ in range(given.rounds + 1)][1:]
    ours, theirs = zip(*rounds, strict=True)
    for name, costs in (("briefing ask, cold", ours), ("import sentence_transformers", theirs)):
        clock, processor = (median(getattr(one, kind) for one in costs) for kind in ("clock", "processor"))
        sys.stdout.write(f"{name:<32}{clock:8.2f} s by the clock{processor:8.2f} s of processor time\n")
    show(
        f"Cold start, medians of {given.rounds} rounds", [Figure("a cold ask over the bare import", ours, theirs, GOAL)]
    )


def _briefing(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from assistant.command import main; main()", *arguments]


def _run(command: Sequence[str]) -> Cost:
    """The cost of one process.

    Raises:
        SystemExit: it failed; an abstention (3) is none.
    """
    with measured() as cost:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, env=os.environ, check=False)  # noqa: S603 - our own
    if done.returncode not in (0, 3):
        raise SystemExit(f"`{' '.join(command[3:]) or command[-1]}` ended with {done.returncode}.")
    return cost


if __name__ == "__main__":
    main()
