"""Text of a page that is a picture, by the `tesseract` program where it is installed.

Debian: `apt install tesseract-ocr`. It is run through pipes, writes no file, and is stopped when its time is up.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from itertools import groupby

PACKAGE = "tesseract-ocr"
SECONDS = 30.0
_WORD_LEVEL = "5"
_LEAST_CONFIDENCE = 20.0


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line of a paragraph, with its place in pixels of the picture."""

    text: str
    x0: int
    y0: int
    x1: int
    y1: int


def program() -> str | None:
    """Where `tesseract` is, or None."""
    return shutil.which("tesseract")


def paragraphs(picture: bytes, *, tesseract: str, seconds: float = SECONDS) -> tuple[tuple[ReadLine, ...], ...] | None:
    """The paragraphs of a PNG in reading order, each as its lines; None when the program failed or took too long."""
    command = [tesseract, "stdin", "stdout", "--psm", "3", "tsv"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; the picture comes through the pipe
            command, input=picture, capture_output=True, timeout=seconds, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return _parsed(done.stdout.decode("utf-8", "replace"))


def _parsed(table: str) -> tuple[tuple[ReadLine, ...], ...]:
    """Rows are level, page, block, paragraph, line, word, left, top, width, height, confidence, text."""
    rows = [row for row in (line.split("\t") for line in table.splitlines()) if len(row) == 12]
    words = [row for row in rows if row[0] == _WORD_LEVEL and row[11].strip() and float(row[10]) >= _LEAST_CONFIDENCE]
    return tuple(
        tuple(_line([*line]) for _, line in groupby(paragraph, key=lambda row: row[4]))
        for _, paragraph in groupby(words, key=lambda row: (row[2], row[3]))
    )


def _line(words: list[list[str]]) -> ReadLine:
    boxes = [(int(row[6]), int(row[7]), int(row[6]) + int(row[8]), int(row[7]) + int(row[9])) for row in words]
    return ReadLine(
        " ".join(row[11].strip() for row in words),
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
