"""The seal on an index folder: what its files looked like when they were last known to be good.

Checking an index costs seconds; a seal that still fits says in a millisecond that nobody has touched the files since.
It names every file with its size and time of change, and the generations it was good for.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SUFFIX = ".seal.json"
_LOADED = "index_metadata.pickle"


def fits(folder: Path, generation: int) -> bool:
    """Whether the folder is as it was sealed, for this generation of the ledger."""
    try:
        sealed = json.loads(_path(folder).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(sealed == _look(folder, generation))


def put(folder: Path, generation: int) -> None:
    """Seal the folder as it is. Only for an index that is known to be good, by who holds the writer's lock."""
    path = _path(folder)
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(_look(folder, generation)), encoding="utf-8")
    draft.replace(path)


def lift(folder: Path) -> None:
    """Take the seal off; before the index is changed."""
    _path(folder).unlink(missing_ok=True)


def _path(folder: Path) -> Path:
    return folder.parent / (folder.name + _SUFFIX)


def _look(folder: Path, generation: int) -> dict[str, object]:
    files = {}
    for path in sorted(folder.rglob("*")):
        # Until an index is written out for the first time, its files are scratch that every opening makes anew.
        scratch = path.suffix == ".bin" and not (path.parent / _LOADED).exists()
        if path.is_file() and not scratch:
            seen = path.stat()
            files[path.relative_to(folder).as_posix()] = [seen.st_size, seen.st_mtime_ns]
    return {"generation": generation, "files": files}
