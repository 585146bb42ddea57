"""What every reader shares: blocks are collected in reading order, each cleaned once on its way in.

Cleaning changes no letter and no quotation mark. White space becomes single spaces, the text is brought to
Unicode normal form C (canonically the same text), and characters that a person cannot see are taken out:
they would make a quote fail to match, or hide words from the reader of the page.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from ingest.documents import Block

if TYPE_CHECKING:
    from ingest.documents import BlockKind, Box

# Zero-width and bidirectional controls, invisible operators, tags, variation selectors of the second kind.
_HIDING = "\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u061c\u180e\u034f\u115f\u1160\u3164\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef"
# Removed without a word: layout, not text. Soft hyphen, controls, the place of an embedded object.
_SILENT = "\u00ad\ufffc\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_ODD = re.compile(f"[{_SILENT}{_HIDING}\ud800-\udfff]")
_HIDDEN = re.compile(f"[{_HIDING}]")
# Joiners are letters' business in Arabic, Persian and the Indic scripts, and build emoji.
_JOINED = re.compile(
    "(?<=[\u0600-\u06ff\u0750-\u077f\u0900-\u0dff\u0f00-\u109f\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"
    "(?=[\u0600-\u06ff\u0750-\u077f\u0900-\u0dff\u0f00-\u109f\u2600-\u27bf\U0001f000-\U0001faff])"
)


def clean(text: str) -> tuple[str, int]:
    """The text as it goes into a block, and how many characters that hide text were removed from it."""
    removed = 0
    if not text.isascii():
        text, removed = _visible(text)
    elif not text.isprintable():
        text = _ODD.sub("", text)
    return " ".join(text.split()), removed


def _visible(text: str) -> tuple[str, int]:
    removed = 0
    if _ODD.search(text):
        joined = {match.start() for match in _JOINED.finditer(text)}
        hidden = [match.start() for match in _HIDDEN.finditer(text) if match.start() not in joined]
        # A byte order mark at the very start is a file's way of naming its encoding, and hides nothing.
        removed = len(hidden) - (1 if text.startswith("\ufeff") else 0)
        text = _without(text, joined)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text, removed


def _without(text: str, kept: set[int]) -> str:
    return _ODD.sub(
        lambda match: "\ufffd" if "\ud800" <= match[0] <= "\udfff" else (match[0] if match.start() in kept else ""),
        text,
    )


class BlockList:
    """Blocks of one source in reading order."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self.hidden = 0
        self.struck = 0

    def __len__(self) -> int:
        return len(self._blocks)

    def add(
        self,
        kind: BlockKind,
        text: str,
        *,
        level: int = 0,
        page: int | None = None,
        boxes: tuple[Box, ...] = (),
        furniture: str | None = None,
    ) -> None:
        """Append a block; one without any visible character is left out."""
        text, removed = clean(text)
        self.hidden += removed
        self.struck += len(text) if furniture == "struck" else 0
        if text:
            self._blocks.append(Block(kind, text, level, page, boxes, furniture=furniture))

    def blocks(self) -> tuple[Block, ...]:
        """All blocks so far."""
        return tuple(self._blocks)

    def warnings(self) -> tuple[str, ...]:
        """What the receipt should say about cleaning, and about text that its writer has struck out."""
        said = []
        if self.hidden:
            said.append(f"{self.hidden} invisible characters that can hide text were removed.")
        if self.struck:
            said.append(f"{self.struck} characters of struck-out text were left out.")
        return tuple(said)
