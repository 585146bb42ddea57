"""Whose attribute a question asks for ("the chief executive of Arc Optics"), and whose a sentence tells."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from assistant.bearers import runs, same, telling
from assistant.families import lemma
from assistant.wording import is_stop_word, words

if TYPE_CHECKING:
    from assistant.wording import Word

OTHER, UNTOLD, SAME = 0.0, 0.5, 1.0
"""The sentence gives the attribute to another bearer; to none; to the one asked about."""

_OF = frozenset("of at for".split())
_CHAIN = 5
"""So many words before and behind an attribute its bearer is looked for."""


class Attribute(NamedTuple):
    """An attribute by the stems of its words, and the name of whoever bears it."""

    head: tuple[str, ...]
    bearer: tuple[str, ...]


@lru_cache(maxsize=512)
def wanted(question: str) -> Attribute | None:
    """The attribute and bearer that `question` names; None where its wording gives none."""
    tokens = words(question)
    for i, word in enumerate(tokens):
        if word.text in _OF and i and (bearer := _name_from(question, tokens, i + 1)):
            head = _noun_before(question, tokens, i)
            if head:
                return Attribute(head, bearer)
        if re.search(r"(?:[’']s|s[’'])$", question[word.start : word.end + 1].rstrip()) and word.capital:
            head = _noun_after(question, tokens, i + 1)
            bearer = _name_to(tokens, i)
            if head and bearer and telling(bearer):
                return Attribute(head, bearer)
    return None


def _name_from(text: str, tokens: tuple[Word, ...], start: int) -> tuple[str, ...]:
    """The name that begins at `start`, an article before it left out; empty when none does."""
    if start < len(tokens) and tokens[start].text.casefold() in ("the", "a", "an"):
        start += 1
    if start >= len(tokens) or not tokens[start].text[0].isupper():
        return ()
    found = runs(text[tokens[start].start :])
    return found[0] if found and telling(found[0]) else ()


def _name_to(tokens: tuple[Word, ...], last: int) -> tuple[str, ...]:
    first = last
    while first > 0 and tokens[first - 1].text[0].isupper() and not is_stop_word(tokens[first - 1].text):
        first -= 1
    return tuple(lemma(re.sub(r"[’']s?$", "", word.text)) for word in tokens[first : last + 1])


def _noun_before(text: str, tokens: tuple[Word, ...], end: int) -> tuple[str, ...]:
    """The stems of the words without capitals before `end`, back to an article, a stop word or a mark."""
    found: list[str] = []
    for i in range(end - 1, max(end - 4, -1), -1):
        if is_stop_word(tokens[i].text) or text[tokens[i].end : tokens[i + 1].start].strip():
            break
        found.insert(0, lemma(tokens[i].text))
    return tuple(found)


def _noun_after(text: str, tokens: tuple[Word, ...], start: int) -> tuple[str, ...]:
    found: list[str] = []
    for i in range(start, min(start + 3, len(tokens))):
        if is_stop_word(tokens[i].text) or tokens[i].capital or text[tokens[i - 1].end : tokens[i].start].strip():
            break
        found.append(lemma(tokens[i].text))
    return tuple(found)


def bearing(sentence: str, question: str) -> float:
    """Whose the question's attribute is in `sentence`: `OTHER` when every mention of it is another's."""
    asked_for = wanted(question)
    if asked_for is None:
        return UNTOLD
    tokens = words(sentence)
    stems = [lemma(re.sub(r"[’']s?$", "", word.text)) for word in tokens]
    size = len(asked_for.head)
    told: list[float] = []
    for i in range(len(stems) - size + 1):
        if tuple(stems[i : i + size]) == asked_for.head:
            bearer = _bearer_at(sentence, tokens, i, i + size)
            told.append(UNTOLD if not bearer else SAME if same(bearer, asked_for.bearer) else OTHER)
    return max(told, default=UNTOLD)


def _bearer_at(sentence: str, tokens: tuple[Word, ...], first: int, end: int) -> tuple[str, ...]:
    """The name behind "of", "at" or "for", or in the genitive right before; empty when there is none."""
    if end < len(tokens) and tokens[end].text in _OF and not sentence[tokens[end - 1].end : tokens[end].start].strip():
        return _name_from(sentence, tokens, end + 1)
    before = tokens[first - 1] if first else None
    if before is not None and re.search(r"(?:[’']s|s[’'])$", sentence[before.start : before.end + 1].rstrip()):
        name = _name_to(tokens, first - 1)
        return name if telling(name) else ()
    return ()
