"""From what somebody named to sources: files, folders, globs, addresses.

Nothing that cannot be taken is passed over in silence: each is yielded as refused, with the reason. Hidden files, lock
files of office programs and sidecars (`ingest.sidecars`) inside a folder are the exception; they are not sources.
"""

from __future__ import annotations

import contextlib
import difflib
import glob
import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.documents import Source
from ingest.errors import RefusedAddress, RefusedSource, UnreadableSource
from ingest.preparing import Refused
from ingest.sandbox import Limits, too_many_bytes
from ingest.sidecars import is_sidecar, sidecar_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["expand", "how_many", "read_file", "sidecar_for"]

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:(?=//)|(?:file|data|javascript|gopher|ftp|mailto):", re.IGNORECASE)
_LITTER = frozenset({"thumbs.db", "desktop.ini"})


def expand(
    inputs: Sequence[str | Path], *, limits: Limits | None = None, fetch: Callable[[str], Source] | None = None
) -> Iterator[Source | Refused]:
    """Every source that `inputs` name, one at a time, in their order and sorted within each.

    A file that is named twice comes once. `origin` of a file is its absolute path. Without `fetch` every address
    is refused.
    """
    limits = limits or Limits()
    seen: set[str] = set()
    for given in inputs:
        text = str(given)
        if isinstance(given, str) and _ADDRESS.match(text):
            yield _fetched(text, fetch)
            continue
        for path in _paths(given):
            if isinstance(path, Refused):
                yield path
                continue
            real = os.path.realpath(path)
            if real not in seen:
                seen.add(real)
                yield _taken(path, limits)


def how_many(inputs: Sequence[str | Path]) -> int:
    """How many sources `inputs` name, without reading one; what is attached to mail comes on top."""
    return sum(1 if _ADDRESS.match(str(one)) else sum(1 for _ in _paths(one)) for one in inputs)


def read_file(path: Path, limits: Limits) -> Source:
    """The source at `path`.

    Raises:
        RefusedSource: it is no regular file, cannot be opened, or is larger than the limits allow.
    """
    try:
        # Without O_NONBLOCK opening a FIFO would wait for somebody to write to it.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableSource(
                    f"`{path.name}` is a device, a pipe or a socket, not a file.", remedy="Give a file."
                )
            if status.st_size > limits.bytes:
                raise too_many_bytes(path.name, limits.bytes)
            content = file.read(limits.bytes + 1)
    except OSError as error:
        raise _unopened(path, error) from error
    if len(content) > limits.bytes:
        raise too_many_bytes(path.name, limits.bytes)
    return Source(str(path), path.name, content)


def _fetched(address: str, fetch: Callable[[str], Source] | None) -> Source | Refused:
    if fetch is None:
        error = RefusedAddress(
            f"{address} was not fetched: addresses are not fetched here.", remedy="Save the page and give the file."
        )
        return Refused(address, error)
    try:
        return fetch(address)
    except RefusedSource as error:
        return Refused(address, error)


def _taken(path: Path, limits: Limits) -> Source | Refused:
    try:
        return read_file(path, limits)
    except RefusedSource as error:
        return Refused(str(path), error)


def _paths(named: str | Path) -> Iterator[Path | Refused]:
    """The files that one input names, as absolute paths."""
    if not str(named).strip():  # it would be the working folder
        yield Refused("", UnreadableSource("An empty name was given.", remedy="Name a file, a folder or an address."))
        return
    given = Path(named)
    with contextlib.suppress(RuntimeError):  # `~$letter.docx` is nobody's home
        given = given.expanduser()
    path = Path(os.path.abspath(given))  # noqa: PTH100 - symbolic links in it stay as they were given
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        yield from _not_there(given, path, error)
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path)
    else:
        yield path


def _not_there(given: Path, path: Path, error: OSError | ValueError) -> Iterator[Path | Refused]:
    """A glob's matches, or the refusal of a path that is not there."""
    if glob.has_magic(str(given)):
        matches = sorted(glob.glob(str(path), recursive=True))  # noqa: PTH207 - it may start anywhere
        # What is in the folders that `**` goes through matches too, unless the pattern ends in their name.
        through = "**" in given.parts and given.name in ("**", "*")
        found = [Path(match) for match in matches if not _is_litter(Path(match))]
        found = [match for match in found if not (through and match.is_dir())]
        for match in found:
            if match.is_dir():
                yield from _folder(match)
            else:
                yield match
        if found:
            return
        refusal: RefusedSource = UnreadableSource(f"Nothing matches `{given}`.", remedy="Check the pattern.")
    elif isinstance(error, PermissionError):
        refusal = _unopened(path, error)
    else:
        near = _near(path)
        remedy = f"Did you mean `{near}`?" if near else "Check the spelling of the path."
        refusal = UnreadableSource(f"There is no file or folder `{given}`.", remedy=remedy)
    yield Refused(str(path), refusal)


def _near(path: Path) -> str | None:
    try:
        names = os.listdir(path.parent)  # noqa: PTH208 - names are all that is needed
    except (OSError, ValueError):
        return None
    return next(iter(difflib.get_close_matches(path.name, sorted(names), 1, 0.6)), None)


def _folder(folder: Path) -> Iterator[Path | Refused]:
    """The files in `folder` and below it, sorted, and a refusal for what lies there and cannot be taken."""
    root = os.path.realpath(folder)
    failed: list[OSError] = []
    is_empty = True
    for where, folders, names in os.walk(folder, onerror=failed.append):
        here = Path(where)
        linked = [name for name in folders if (here / name).is_symlink()]
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in linked)
        for path in (here / name for name in sorted([*names, *linked])):
            if _is_litter(path):
                continue
            if not path.is_symlink():
                is_empty = False
                yield path
            elif (found := _led_to(path, root)) is not None:
                is_empty = False
                yield found
    for error in failed:
        is_empty = False
        yield Refused(str(error.filename), _unopened(Path(str(error.filename)), error))
    if is_empty:
        refusal = UnreadableSource(f"`{folder.name}` holds no files.", remedy="Check that it is the right folder.")
        yield Refused(str(folder), refusal)


def _led_to(link: Path, root: str) -> Path | Refused | None:
    """What becomes of a link in the folder `root`; None when what it leads to comes up by itself."""
    real = Path(os.path.realpath(link))
    if not real.exists():
        why, remedy = "leads nowhere", "Give what it should lead to by name."
    elif not real.is_relative_to(root):
        why, remedy = "leads out of the folder", "Give what it leads to by name."
    elif not any(_is_litter(Path(part)) for part in real.relative_to(root).parts):
        return None
    elif real.is_file():
        return link
    else:
        why, remedy = "leads to a hidden folder", "Give what it leads to by name."
    return Refused(str(link), UnreadableSource(f"`{link.name}` is a link that {why}.", remedy=remedy))


def _is_litter(path: Path) -> bool:
    return path.name.startswith((".", "~$")) or path.name.casefold() in _LITTER or is_sidecar(path)


def _unopened(path: Path, error: OSError) -> UnreadableSource:
    why = (error.strerror or "unknown fault").lower()
    return UnreadableSource(f"`{path.name}` cannot be opened: {why}.", remedy="Check who may read it.")
