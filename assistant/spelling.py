"""Words of a question that the library never uses, read as the word it does use that is nearly the same.

By rules that keep to slips of the pen: long words only, a letter or two apart (Damerau 1964), the same first letter, no
figures, and no word that the library knows. The reading is part of what an outcome says, never silent.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from assistant.families import names_a_deed
from assistant.wording import WORD, is_stop_word, stem, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SHORTEST, LONG = 5, 8
"""Words of fewer letters are left alone; from the second on two slips are allowed, before it one."""


class Respelt(NamedTuple):
    """A word as it was asked, and as the library writes it."""

    asked: str
    read: str


def candidates(question: str) -> tuple[str, ...]:
    """Words of `question` that may be misspelt if the library does not know them."""
    return tuple(
        word.text
        for word in words(question)
        if len(word.text) >= SHORTEST and not is_stop_word(word.text) and not re.search(r"\d|[’']", word.text)
    )


def respellings(unknown: Sequence[str], texts: Iterable[str]) -> tuple[Respelt, ...]:
    """How `texts` write the words of `unknown`; one for which they have none, or two as near, is left out."""
    held = Counter(
        match.group() for text in texts for match in WORD.finditer(text) if len(match.group()) >= SHORTEST - 1
    )
    found = ((word, _nearest(word, held)) for word in dict.fromkeys(unknown))
    return tuple(Respelt(word, near) for word, near in found if near is not None)


def _nearest(word: str, held: Counter[str]) -> str | None:
    plain = word.casefold()
    most = 2 if len(plain) >= LONG else 1
    near: dict[str, tuple[int, int, str]] = {}
    for other, count in held.items():
        small = other.casefold()
        if stem(small) == stem(plain):
            return None  # known after all, in another form
        if small[0] == plain[0] and abs(len(small) - len(plain)) <= most and not re.search(r"\d|[’']", small):
            apart = distance(plain, small, most)
            if 0 < apart <= most and _slip(plain, small, apart, name=word[0].isupper()):
                least, before, written = near.get(stem(small), (apart, 0, other))
                alike = other if other[0].isupper() == word[0].isupper() else written
                near[stem(small)] = (min(apart, least), before + count, alike)
    ranked = sorted(near.values(), key=lambda one: (one[0], -one[1], one[2]))
    if not ranked or (len(ranked) > 1 and ranked[0][:2] == ranked[1][:2]):
        return None
    return ranked[0][2]


def _slip(asked: str, held: str, apart: int, *, name: bool) -> bool:
    """Whether a word is a slip, and no other word or name as "counts" is to "courts" or "Huntsmen" to "Huntsman".

    A slip is a letter too many or too few inside a long word, or two that changed places; in a name, which no dictionary
    holds, there may be two of them, and the letters may have changed places in a short one.
    """
    if names_a_deed(asked) or (apart > 1 and not name):
        return False
    if name and _in_one_part(asked, held):
        return True
    swapped = sorted(asked) == sorted(held)
    if swapped and (name or asked[-1] == held[-1]):
        return name or len(asked) >= LONG - 1
    return asked[-1] == held[-1] and max(len(asked), len(held)) >= LONG - 1 and abs(len(asked) - len(held)) == apart


def _in_one_part(asked: str, held: str) -> bool:
    """Whether two hyphenated names have a whole part in common, so that the other part is theirs too."""
    mine, theirs = asked.split("-"), held.split("-")
    common = {part for part in mine if len(part) >= SHORTEST - 1} & set(theirs)
    return len(mine) == len(theirs) > 1 and bool(common)


def distance(one: str, other: str, most: int) -> int:
    """Letters to add, drop, change or swap with the next to make `one` of `other`; `most` + 1 for more than `most`."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, with_ in enumerate(other, 1):
            least = min(row[j - 1] + 1, before[j] + 1, before[j - 1] + (letter != with_))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == with_:
                least = min(least, older[j - 2] + 1)
            row.append(least)
        if min(row) > most:
            return most + 1
    return row[-1]


def rewritten(question: str, readings: Iterable[Respelt]) -> str:
    """`question` with every word as it was read."""
    for one in readings:
        question = re.sub(rf"(?<![\w-]){re.escape(one.asked)}(?![\w-])", one.read, question)
    return question
