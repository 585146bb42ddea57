"""Patterns of whole lines, written one wording to a line."""

from __future__ import annotations

import re


def any_of(wordings: str, **parts: str) -> re.Pattern[str]:
    """A pattern for any line of `wordings`, case ignored; `{name}` stands for a part that several wordings share."""
    lines = [line.strip() for line in wordings.strip().split("\n")]
    for name, part in parts.items():
        lines = [line.replace(f"{{{name}}}", f"(?:{part})") for line in lines]
    return re.compile("|".join(f"(?:{line})" for line in lines), re.IGNORECASE)
