"""Public benchmarks by name: which module runs each, and on which folder of the data."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

from ingest.errors import BadSettings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

BENCHES: dict[str, tuple[str, tuple[str, ...], str]] = {
    "obliqa": ("retrieval", ("--set", "obliqa"), "retrieval over regulations"),
    "mtrag-govt-retrieval": ("retrieval", ("--set", "mtrag-govt"), "retrieval for turns of a conversation"),
    "clapnq-retrieval": ("retrieval", ("--set", "clapnq"), "retrieval over near misses"),
    "statements": ("statements", (), "the right sentence first: clapnq, dragonball"),
    "abstention": ("abstention", (), "answer or refuse: clapnq, mtrag-govt, dragonball"),
    "support": ("support", (), "does this evidence carry this claim: eight sets"),
    "pdf": ("pdf_pages", (), "the right page of a PDF"),
    "policy": ("policy", (), "the labelled questions of the policy library"),
    "citations": ("citations", (), "ALCE's citation recall and precision: policy, clapnq, dragonball"),
    "reports": ("reports", (), "keypoints and references of multi-document reports: dragonball"),
    "turns": ("turns", (), "turns of conversations, answerable and not: mtrag"),
    "ramdocs": ("conflict", ("--set", "ramdocs"), "documents that contradict one another"),
    "rgb": ("conflict", ("--set", "rgb"), "planted answers, and no answer at all"),
    "injection": ("injection", (), "instructions planted in documents"),
    "replay": ("replay", (), "drafts of language models, put through the gate"),
    "check": ("check", (), "altered and faithful sentences of drafts, checked"),
}
"""Name -> module under `eval.benchmarks`, words it is always given, what it measures."""

_CACHED = frozenset({"retrieval"})
"""Modules that keep the libraries they build in a folder they are told."""


OWN = frozenset({"check"})
"""Modules whose sentences come with this program, so that they need no data."""


def run(name: str, data: Path | None, cache: Path, words: Sequence[str] = ()) -> None:
    """Run one benchmark over the data in `data`, which its own sentences need none of; its table goes to standard output.

    Raises:
        BadSettings: there is no benchmark of that name, or no such folder.
    """
    if name not in BENCHES:
        raise BadSettings(f"There is no benchmark `{name}`.", remedy=f"There are: {', '.join(BENCHES)}.")
    module, always, _ = BENCHES[name]
    given: tuple[str, ...] = ()
    if module not in OWN:
        if data is None or not data.is_dir():
            missing = f"There is no folder {data}." if data else f"`{name}` needs labelled sets."
            raise BadSettings(missing, remedy="Name the folder that holds the sets with `--data`.")
        given = ("--data", str(data))
    kept = ("--cache", str(cache / "benchmarks")) if module in _CACHED else ()
    with _arguments([name, *given, *kept, *always, *words]):
        import_module(f"eval.benchmarks.{module}").main()


@contextmanager
def _arguments(words: Sequence[str]) -> Iterator[None]:
    """The words that a benchmark reads as its command line."""
    before = sys.argv
    sys.argv = list(words)
    try:
        yield
    finally:
        sys.argv = before
