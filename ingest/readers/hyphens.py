"""Whether a hyphen at a line's end belongs to the word.

The document itself is asked first: how does it write the word elsewhere? Where it does not, a hyphen stays in
numbers in words, before capitals and figures, and between two words that both stand alone in the document.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

HYPHENS = "-\u2010\u2011\u00ad\x02\ufffe"

_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")
_TAIL = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)*$")
_HEAD = re.compile(r"[^\W_]+")
_SUSPENDED = re.compile(r"(?:and|or|to) [^\W\d_]+[-\u2010\u2011][^\W\d_]")
"""What follows the hyphen of "distance- and blended-learning"."""

_LINKING = frozenset("to of the in and by on at a an or for with de la du".split())
_TENS = frozenset("twenty thirty forty fifty sixty seventy eighty ninety".split())
_UNITS = frozenset(
    "one two three four five six seven eight nine first second third fourth fifth sixth seventh eighth ninth".split()
)
_STANDING = frozenset(
    "based related led wide term time level making making focused specific to the of and in by out up on date "
    "known owned run free term scale risk quality party class sector facing ranging reaching".split()
)
_STARTING = frozenset("self non ex vice cross well long short high low full half third anti multi so semi".split())
_CLOSED = frozenset(
    "without within into onto upon however therefore whereas another themselves cannot today throughout outside "
    "inside together nothing something anyone everyone nowhere understand undertake overall become before".split()
)
_SYLLABLES = frozenset("in re de con com per pro dis en for under over be an a ad im un at is it or as no am".split())


class Hyphens:
    """Decides line-end hyphens by the words of one document."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words: Counter[str] = Counter()
        for text in texts:
            # The first and the last word of a line may be half of one.
            words = [word.casefold() for word in _WORD.findall(text)]
            self._words.update(words[1:-1])

    def between(self, before: str, after: str) -> str:
        """What to put between a line that ended in a hyphen (taken off `before`) and the next: "-", "" or "- "."""
        tail, head = _TAIL.search(before), _HEAD.match(after)
        if tail is None or head is None:
            return "-"
        *chained, first = re.split(r"[-\u2010\u2011]", tail.group())
        second = head.group()
        if _SUSPENDED.match(after):
            return "- "
        if chained and first.casefold() in _LINKING:
            return "-"
        if not (first.isalpha() and second.isalpha() and second[0].islower()) or first.isupper():
            return "-"
        return "-" if self._is_compound(first.casefold(), second.casefold()) else ""

    def _is_compound(self, first: str, second: str) -> bool:
        apart, joined = self._words[f"{first}-{second}"], self._words[first + second]
        if apart or joined:
            return apart >= joined
        if first in _TENS:
            return second in _UNITS
        if first + second in _CLOSED or first in _SYLLABLES:
            return False
        return self._stands(first, _STARTING) and self._stands(second, _STANDING)

    def _stands(self, word: str, usual: frozenset[str]) -> bool:
        return word in usual or (len(word) > 2 and self._words[word] > 0)
