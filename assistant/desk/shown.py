"""What the page has shown and somebody may download: the last answers and checks, in memory, by a random key.

A download is what was read on the page. Nothing that a browser sends is exported, so nobody can make a file of claims
that the gate has not passed.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.desk.exports import FORMATS, export
from ingest.errors import DocumentMissing

if TYPE_CHECKING:
    from assistant.desk.exports.paper import Paper

KEPT = 200
"""Papers that are kept; the oldest goes first. One is some tens of kilobytes."""


@dataclass(frozen=True)
class Kept:
    """A paper, and files that stand for it in some formats: a draft with its comments instead of a list of verdicts."""

    paper: Paper
    instead: dict[str, bytes] = field(default_factory=dict)


class Shown:
    """The last papers shown. Safe in threads."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, paper: Paper, instead: dict[str, bytes] | None = None) -> str:
        """The key under which it can be had."""
        key = secrets.token_hex(16)
        with self._lock:
            self._kept[key] = Kept(paper, instead or {})
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return key

    def file(self, key: str, form: str) -> bytes:
        """It as a file.

        Raises:
            DocumentMissing: it is not kept any more, or the format is none.
        """
        with self._lock:
            kept = self._kept.get(key)
        if kept is None or form not in FORMATS:
            raise DocumentMissing("This is not kept any more.", remedy="Ask or check again, then download it.")
        return kept.instead.get(form) or export(kept.paper, form)
