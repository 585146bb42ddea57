"""Markdown with footnotes. Text of a source is escaped, so that nothing of it is read as markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.web.markup import visible

if TYPE_CHECKING:
    from assistant.desk.exports.paper import Line, Note, Paper

_MARKS = re.compile(r"([\\`*_\[\]<>|~$#&])")
_OPENS = re.compile(r"^(\s*)([-+=]|\d{1,9}[.)])(?=\s|$)")


def render(paper: Paper, template: bytes | None = None) -> bytes:
    """See `assistant.desk.exports.export`."""
    parts = [f"# {escaped(paper.title)}"]
    for section in paper.sections:
        parts.append(f"{'#' * (section.level + 1)} {escaped(section.heading)}")
        parts += [_line(line) for line in section.lines]
    parts.append("## Sources")
    for entry in paper.sources:
        at = f" <{entry.address}>" if entry.address else ""
        cited = entry.citation
        parts.append(f"- {escaped(entry.reference)}{at} Document {cited.document}, version {cited.version}.")
    parts += [escaped(line) for line in paper.resting_on]
    parts += [_note(note) for note in paper.notes]
    return ("\n\n".join(parts) + "\n").encode("utf-8", "backslashreplace")


def escaped(text: str) -> str:
    """`text` on one line, as Markdown that shows it as it is."""
    plain = _MARKS.sub(r"\\\1", visible(" ".join(text.split())))
    return _OPENS.sub(lambda match: f"{match[1]}{match[2][:-1]}\\{match[2][-1]}", plain)


def _line(line: Line) -> str:
    text = escaped(line.text) + "".join(f"[^{number}]" for number in line.notes)
    if line.kind == "aside":
        return f"*{text}*"
    return {"bullet": "- ", "quote": "> ", "question": "#### "}.get(line.kind, "") + text


def _note(note: Note) -> str:
    at = f" <{note.address}>" if note.address else ""
    return f"[^{note.number}]: {escaped(note.reference)} “{escaped(note.quote)}”{at}"
