"""Faults of the disk under a library, in our own words."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ingest.errors import LibraryDamaged, StorageFull

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FULL = {errno.ENOSPC, errno.EDQUOT}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


def full() -> StorageFull:
    """The disk has no room, whoever noticed it."""
    return StorageFull(
        "The disk has no room for what was to be written.",
        remedy="Free some space and run the same command again; nothing acknowledged was lost.",
    )


@contextmanager
def disk_faults_told(folder: Path) -> Iterator[None]:
    """Turn a full disk and a folder that may not be written to into errors with a remedy; others pass.

    Raises:
        StorageFull: there is no room.
        LibraryDamaged: the folder, or a file in it, may not be written to.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise full() from error
        if error.errno in _FORBIDDEN:
            raise LibraryDamaged(
                f"{error.filename or folder} cannot be written to ({(error.strerror or '').lower()}).",
                remedy="Check who may write to the library folder, or name another with `--library`.",
            ) from error
        raise
