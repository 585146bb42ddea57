"""The rules by which documents are understood, as one value with a digest.

The digest covers this package's own source, its lexicon and the user's: whatever changes what would be found changes
it, and nobody has to remember to count a version up.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from importlib import resources
from typing import TYPE_CHECKING

from ingest.errors import BadSettings
from ingest.understanding import lexicon
from ingest.understanding.understand import understand

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ingest.documents import Metadata, Passage, PlacedBlock
    from ingest.understanding.statement import Understanding


class Rules:
    """What a library's documents are understood by; `own` is a lexicon of the user's."""

    def __init__(self, own: Path | None = None) -> None:
        self._own = own

    @cached_property
    def digest(self) -> str:
        """Sixteen hexadecimal digits that differ for rules that differ.

        Raises:
            BadSettings: the user's lexicon cannot be read.
        """
        held = hashlib.sha256()
        folder = resources.files("ingest.understanding")
        for one in sorted(folder.iterdir(), key=lambda item: item.name):
            if one.name.endswith((".py", ".yaml")):
                held.update(one.name.encode() + b"\0" + one.read_bytes() + b"\0")
        if self._own is not None:
            try:
                held.update(self._own.read_bytes())
            except OSError as error:
                raise BadSettings(
                    f"The lexicon {self._own} cannot be read: {error.strerror}.",
                    remedy="Correct `understanding.lexicon`.",
                ) from error
        return held.hexdigest()[:16]

    def understand(
        self, text: str, blocks: Sequence[PlacedBlock], passages: Sequence[Passage], metadata: Metadata
    ) -> Understanding:
        """What a document says; one statement for each sentence of `passages`, in order."""
        spans = [span for one in passages for span in one.sentences]
        return understand(text, blocks, spans, metadata, self.lexicon)

    @cached_property
    def lexicon(self) -> lexicon.Lexicon:
        """The names that are known before any document is read."""
        return lexicon.load(self._own)
