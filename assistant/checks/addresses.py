"""A claim holds no address and no markup that its source does not hold.

A language model may be talked into an address that carries something away, or into a picture that is fetched when it is
shown. Claims are shown as plain text in any case; this keeps such an address from being read, copied or believed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.checks import Finding

if TYPE_CHECKING:
    from assistant.checks.case import Case

ADDRESS = re.compile(
    r"\b(?:[a-z][a-z0-9+.-]{1,20}://|www\.)[^\s<>\"'\u201c\u201d)\]]+|\b(?:javascript|data|vbscript|mailto):\S+|"
    r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+|"
    r"(?<![\w.@])(?:[a-z0-9](?:[\w-]*[a-z0-9])?\.)+(?:com|org|net|info|biz|io|gov|mil|edu|eu|uk|us|ru|cn|me|app|dev|site|xyz|online)"
    r"\b(?:/[^\s<>\"'\u201c\u201d)\]]*)?",
    re.I,
)
"""Web and mail addresses, and bare names of hosts."""

MARKUP = re.compile(r"</?[a-z][^>]{0,500}>|!?\[[^\]]{0,300}\]\([^)]{0,500}\)|<!--|&#?\w{2,8};", re.I)


def check(case: Case) -> Finding | None:
    """See `assistant.checks`."""
    held = " ".join(case.cited)
    for found in (*ADDRESS.finditer(case.claim), *MARKUP.finditer(case.claim)):
        shown = found.group().rstrip(".,;:")
        if shown not in held:
            return Finding("address_not_in_source", f"“{shown[:80]}” does not stand in what the claim cites.")
    return None
