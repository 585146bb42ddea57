"""The text of a mail in three parts: what its writer says, the chain that is quoted, the signature."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.encodings import Decoded
from ingest.readers.text import add_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.readers.blocks import BlockList

_WROTE = re.compile(
    r"(?:on|am|le|el|il|op|den|w dniu)\b.{4,300}?\b(?:wrote|writes|schrieb|a \u00e9crit|escribi\u00f3|ha scritto|schreef|skrev|napisa\u0142)\b[^:]{0,80}:\s*",
    re.I | re.S,
)
_BEGIN = re.compile(r"(?:on|am|le|el|il|op|den|w dniu)\b\s+\S", re.I)
_CHAIN = re.compile(
    r"-{2,}\s*(?:original message|original appointment|forwarded (?:message|by .*)|urspr\u00fcngliche nachricht|message d'origine)\s*-{2,}|"
    r"begin forwarded message:|_{20,}",
    re.I,
)
_FIELD = re.compile(
    r"\*?(?:from|sent|date|to|cc|subject|von|gesendet|an|betreff|de|envoy\u00e9|\u00e0|objet)\s*:\*?\s", re.I
)
_LONGEST_SIGNATURE = 15


def add_body(blocks: BlockList, text: str, *, is_html: bool, name: str) -> None:
    """Append the message: paragraphs and lists, then the chain as quotes, a signature as furniture."""
    if is_html:
        _add_page(blocks, text, name)
        return
    lines = text.expandtabs(4).split("\n")
    chain = _chain_start(lines)
    own = lines[:chain]
    mark = _signature_start(own)
    _add_own(blocks, own[:mark])
    for line in own[mark + 1 :]:
        blocks.add("paragraph", line, furniture="signature")
    add_lines(blocks, lines[chain:], quoted=True)


def _add_own(blocks: BlockList, lines: Sequence[str]) -> None:
    """The writer's own lines; replies between quoted lines keep their order, and what introduces a quote is one."""
    at = 0
    for index, line in enumerate(lines):
        if index < at or not _BEGIN.match(line):
            continue
        for length in (1, 2, 3):
            said = " ".join(part.strip() for part in lines[index : index + length])
            after = next((part for part in lines[index + length :] if part.strip()), "")
            if _WROTE.fullmatch(said) and after.startswith(">"):
                add_lines(blocks, lines[at:index])
                blocks.add("quote", said)
                at = index + length
                break
    add_lines(blocks, lines[at:])


def _chain_start(lines: Sequence[str]) -> int:
    """Index of the line from which everything is an earlier message without ">" marks; their number when none is."""
    for index, line in enumerate(lines):
        stripped = line.strip()
        if _CHAIN.fullmatch(stripped) and (stripped[0] != "_" or _is_heading(lines, index + 1)):
            return index
        if _FIELD.match(stripped) and _is_heading(lines, index) and index:
            return index
        if _BEGIN.match(stripped):
            for length in (1, 2, 3):
                said = " ".join(part.strip() for part in lines[index : index + length])
                rest = [part for part in lines[index + length :] if part.strip()]
                if _WROTE.fullmatch(said) and rest and not rest[0].startswith(">"):
                    return index
    return len(lines)


def _is_heading(lines: Sequence[str], at: int) -> bool:
    """The header lines that Outlook puts above an earlier message: at least From and Sent or Date, together."""
    names = [
        match.group().strip("*: ").casefold() for line in lines[at : at + 6] if (match := _FIELD.match(line.strip()))
    ]
    return bool(names) and names[0] in ("from", "von", "de") and len(names) >= 3


def _signature_start(lines: Sequence[str]) -> int:
    """Index of the line "-- " that begins a signature at the end of the text; their number when there is none."""
    for index in range(len(lines) - 1, -1, -1):
        if lines[index].rstrip() == "--" and not any(line.startswith(">") for line in lines[index:]):
            rest = [line for line in lines[index + 1 :] if line.strip()]
            return index if len(rest) <= _LONGEST_SIGNATURE else len(lines)
    return len(lines)


def _add_page(blocks: BlockList, text: str, name: str) -> None:
    from ingest.readers.html_blocks import blocks_of
    from ingest.readers.html_page import parse_text

    chained = False
    for block in blocks_of(parse_text(Decoded(text, "utf-8", ()), name)):
        said = " ".join(block.text.split())
        if block.apart:
            blocks.add(block.kind, block.text, furniture=block.apart)
            continue
        fields = len(re.findall(r"\b(?:From|Sent|Date|To|Subject):", said[:400]))
        chained = (
            chained
            or bool(_WROTE.fullmatch(said) or _CHAIN.fullmatch(said))
            or (said.startswith("From:") and fields >= 3)
        )
        blocks.add("quote" if chained else block.kind, block.text, level=0 if chained else block.level)
