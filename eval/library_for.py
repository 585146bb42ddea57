"""The library that a suite is asked over: built from its documents, and kept by a digest of them."""

from __future__ import annotations

import hashlib
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

import ingest
from assistant.settings import Settings
from eval.suite import SuiteUnreadable
from ingest import starter
from ingest.library import Library
from ingest.pipeline import ingest as put_in
from ingest.sidecars import is_sidecar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from eval.suite import Suite

STARTER = "starter"
HELD = "library"
"""In `documents`: whatever the library that is asked holds."""
_DONE = "complete"


def sources(suite_file: Path, documents: Sequence[str]) -> list[Path]:
    """The files that `documents` name: the bundled notes, or paths, folders and globs beside the suite's file."""
    found: list[Path] = []
    for one in documents:
        if one == STARTER:
            found += starter.paths()
            continue
        here = sorted(suite_file.parent.glob(one)) if any(sign in one for sign in "*?[") else [suite_file.parent / one]
        for path in here:
            found += sorted(inner for inner in path.rglob("*") if inner.is_file()) if path.is_dir() else [path]
    return [path for path in found if path.is_file() and not path.name.startswith(".") and not is_sidecar(path)]


def prepared(suite: Suite, suite_file: Path, settings: Settings, say: Callable[[str], None] = lambda _: None) -> Path:
    """The folder of the suite's library, built when there is none for these documents, settings and rules.

    Two runs at once build it once. One that is killed leaves nothing that is taken for complete.

    Raises:
        SuiteUnreadable: a document is missing or is refused.
    """
    files = sources(suite_file, suite.documents)
    if not files:
        raise SuiteUnreadable(f"`{suite.suite}` names no document that is there.", remedy="Correct `documents`.")
    folder = settings.cache / "suites" / f"{suite.suite}-{_digest(files, settings)[:16]}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{folder}.lock"):
        if not (folder / _DONE).is_file():
            shutil.rmtree(folder, ignore_errors=True)
            say(f"Building the library of `{suite.suite}` from {len(files)} files ...")
            _build(folder / "library", files, settings)
            (folder / _DONE).touch()
    return folder / "library"


@contextmanager
def opened(folder: Path, settings: Settings) -> Iterator[tuple[Library, Settings]]:
    """The library at `folder`, open, with the settings that name it."""
    chosen = settings.model_copy(update={"library": folder})
    with Library.open(chosen) as library:
        yield library, chosen


def _build(folder: Path, files: Sequence[Path], settings: Settings) -> None:
    chosen = settings.model_copy(update={"library": folder})
    with Library.open(chosen, create=True) as library:
        refused = [one for one in put_in(library, [str(file) for file in files]) if one.status == "refused"]
    if refused:
        raise SuiteUnreadable(f"{refused[0].source} is refused: {refused[0].reason}", remedy="Correct or leave it out.")


def _digest(files: Sequence[Path], settings: Settings) -> str:
    """Of all that makes the library what it is: the files, the settings, and the code that reads and understands them."""
    told = hashlib.sha256()
    for file in files:
        told.update(f"{file.name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    root = Path(ingest.__path__[0])
    for code in sorted(one for one in root.rglob("*") if one.suffix in (".py", ".yaml") and STARTER not in one.parts):
        told.update(code.relative_to(root).as_posix().encode() + b"\0" + code.read_bytes() + b"\0")
    sections = (settings.embedding, settings.passages, settings.understanding)
    told.update("\n".join(one.model_dump_json() for one in sections).encode())
    return told.hexdigest()
