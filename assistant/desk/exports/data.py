"""JSON: the outcome, the answers of a conversation or the check, in the schema that the command line prints."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.desk.exports.paper import Paper


def render(paper: Paper, template: bytes | None = None) -> bytes:
    """See `assistant.desk.exports.export`."""
    return (json.dumps(paper.data, indent=2, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")
