"""A bar on standard error that follows a run."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ingest.showing import console

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def bar(*, shown: bool = True) -> Iterator[Callable[[int, int], None]]:
    """What to call with the number of answers so far and of all; shows nothing where standard error is no terminal."""
    terminal = console(stderr=True)
    if not (shown and terminal.is_terminal):
        yield lambda _done, _all: None
        return
    columns = (TextColumn("asking"), BarColumn(24), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=terminal, transient=True, redirect_stdout=False) as progress:
        task = progress.add_task("asking", total=None)
        yield lambda done, every: progress.update(task, completed=done, total=every)
