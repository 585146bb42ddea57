"""Two wordings held against each other word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal

Part = tuple[Literal["same", "draft", "source"], str]
"""Words that both have, that only the draft has, that only the source has."""

_WORDS = re.compile(r"\S+")


def difference(draft: str, source: str) -> tuple[Part, ...]:
    """`draft` against `source` as runs of words, in reading order; what the draft has comes before what it replaced."""
    mine, theirs = _WORDS.findall(draft), _WORDS.findall(source)
    matcher = SequenceMatcher(None, [_plain(one) for one in mine], [_plain(one) for one in theirs], autojunk=False)
    found: list[Part] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found.append(("same", " ".join(theirs[c:d])))
            continue
        if a < b:
            found.append(("draft", " ".join(mine[a:b])))
        if c < d:
            found.append(("source", " ".join(theirs[c:d])))
    return tuple(found)


def in_words(parts: tuple[Part, ...] | tuple[tuple[str, str], ...]) -> str:
    """The difference as one line: [-what the draft has-] {+what the source has+}."""
    marks = {"same": "{}", "draft": "[-{}-]", "source": "{{+{}+}}"}
    return " ".join(marks[kind].format(words) for kind, words in parts)


def nearest_run(draft: str, source: str) -> tuple[float, str]:
    """The run of `source`'s words that is most like `draft`, and how like (0 to 1, Ratcliff and Obershelp)."""
    mine, theirs = _WORDS.findall(draft), list(_WORDS.finditer(source))
    words, held = [_plain(one) for one in mine], [_plain(one.group()) for one in theirs]
    best = (0.0, 0, 0)
    for size in {max(1, len(words) - 2), len(words), len(words) + 2}:
        for start in range(max(1, len(held) - size + 1)):
            ratio = SequenceMatcher(None, words, held[start : start + size], autojunk=False).ratio()
            if ratio > best[0]:
                best = (ratio, start, min(start + size, len(held)))
    ratio, start, end = best
    return ratio, source[theirs[start].start() : theirs[end - 1].end()] if end > start else ""


def _plain(word: str) -> str:
    return re.sub(r"^\W+|\W+$", "", word.casefold().replace("’", "'"))
