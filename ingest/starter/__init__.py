"""The starter library: short notes on public sources, so that there is something to ask on the first day.

Each note is written for this project in its own words and says on what public source it rests. The text of all of
them is dedicated to the public domain (CC0 1.0). `docs/starter/make.py` makes the PDF, Word and mail files.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

_READ = frozenset({".md", ".html", ".pdf", ".docx", ".eml"})

EXAMPLE_QUESTIONS: tuple[str, ...] = (
    "What did the Commissioner ask Dahua to confirm?",
    "Why did the Commissioner not speak at Vision 2022?",
    "Did any police force use Hikvision body-worn cameras?",
    "How did the European Parliament vote on police facial recognition?",
    "What did Hikvision deny after the order on cameras at sensitive sites?",
    "What did the Upper Tribunal decide about Clearview AI?",
    "What did Michael Gove reply to the Commissioner?",
)
"""Questions to begin with. The notes answer all but the last, which the assistant is to refuse."""


def paths() -> tuple[Path, ...]:
    """The notes as files, by name, without the sidecars that stand beside some of them."""
    folder = Path(str(files(__name__)))
    return tuple(sorted(path for path in folder.iterdir() if path.suffix in _READ))
