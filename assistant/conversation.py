"""From a follow-up to a question that stands alone, by rules.

A question is a follow-up when it points back ("it", "that decision", "the company", "and what about ...") and names
nobody itself, or hardly anything at all. Then the names and the matter of the question before are put behind it in
brackets, where people can see them and where search finds them; the words asked are left as they were asked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.question import view

if TYPE_CHECKING:
    from collections.abc import Sequence

_POINTS_BACK = re.compile(
    r"^(?:and|but|so|also)\b|\b(?:what|how) about\b|\b(?:it|its|he|his|him|she|her|they|their|them|theirs)\b|"
    r"\b(?:that|this|those|these)(?: \w+)?\b|"
    r"\bthe (?:company|firm|vendor|letter|report|committee|decision|same|other)\b|"
    r"\b(?:else|instead|since then|before that|after that)\b",
    re.I,
)
MOST_CARRIED = 12
"""Words of the earlier question that are carried over at most."""


def standalone(text: str, previous: Sequence[str]) -> str:
    """`text`, with the matter of the last of `previous` behind it when it points back; else `text` itself."""
    if not previous or not _points_back(text):
        return text
    seen = view(text)
    own = {word.stem for word in seen.words}
    carried = [word.text for word in view(previous[-1]).words if word.stem not in own][:MOST_CARRIED]
    return f"{text} ({' '.join(carried)})" if carried else text


def _points_back(text: str) -> bool:
    seen = view(text)
    inside = [word for word in seen.names if not word.text.isdigit()]
    return bool(_POINTS_BACK.search(text)) and len(inside) < 2 or len(seen.words) < 2
