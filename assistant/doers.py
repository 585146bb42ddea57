"""Who does the deed that a word of a sentence names, by rules over word order; silent where they cannot tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.attribution import REPORTING_VERBS
from assistant.families import lemma, names_a_deed
from assistant.word_classes import (
    AUXILIARIES,
    BE,
    GENERIC,
    OPENS_NOUN,
    PREPOSITIONS,
    PRONOUNS,
    is_participle,
    noun_stems,
)
from assistant.wording import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.wording import Word

_CLAUSE = re.compile(r"[;:()–—]|[,.?!][”\"’']|[“\"]| - ")
ASKS = frozenset(map(lemma, "ask request order urge propose question".split()))
SPEECH = frozenset(map(lemma, re.findall(r"\w+", REPORTING_VERBS))) - ASKS - {lemma("out")} | frozenset(
    map(lemma, "tell reply respond response answer refuse comment apologise accept".split())
)
"""Verbs and nouns of saying something back; who asks does not answer."""


def doer_at(sentence: str, tokens: Sequence[Word], at: int) -> frozenset[str]:
    """Stems of whoever does the deed at `at`; empty when the rules cannot tell."""
    after = _named_by(sentence, tokens, at)
    if after:
        return after
    possessive = _possessor(tokens, at)
    if possessive:
        return possessive
    if _is_passive(tokens, at):
        return frozenset()
    inverted = _verb_first(sentence, tokens, at)
    return inverted or _subject(sentence, tokens, at)


def _named_by(sentence: str, tokens: Sequence[Word], at: int) -> frozenset[str]:
    """The doer behind "by" or "from", soon after the deed: "a request by X", "was named by X"."""
    for i in range(at + 1, min(at + 5, len(tokens))):
        if _CLAUSE.search(sentence, tokens[i - 1].end, tokens[i].start + 1):
            break
        if tokens[i].text.casefold() in ("by", "from"):
            return _noun_phrase(sentence, tokens, i + 1)
        if names_a_deed(tokens[i].text):
            break
    return frozenset()


def _noun_phrase(sentence: str, tokens: Sequence[Word], start: int) -> frozenset[str]:
    found: list[Word] = []
    for i in range(start, min(start + 9, len(tokens))):
        word = tokens[i]
        plain = word.text.casefold()
        if found and re.search(r"[,;:.“”\"()–—]", sentence[tokens[i - 1].end : word.start]):
            break
        if plain in AUXILIARIES or (plain in PREPOSITIONS and plain not in ("of", "for")) or plain in ("who", "that"):
            break
        if not word.capital and found and found[-1].capital and plain not in ("of", "and", "for", "the"):
            found.append(word) if plain in GENERIC else None
            break
        found.append(word)
    return noun_stems(found)


def _possessor(tokens: Sequence[Word], at: int) -> frozenset[str]:
    """Whoever stands in the genitive right before the noun: "the government's findings", "its second reply"."""
    for i in range(at - 1, max(at - 4, -1), -1):
        word = tokens[i].text
        if word.endswith(("’s", "'s", "s’", "s'")):
            first = i
            while first > 0 and tokens[first - 1].capital and i - first < 5:
                first -= 1
            return noun_stems(tokens[first : i + 1])
        if word.casefold() in ("its", "his", "her", "their"):
            return frozenset({lemma("it")})
        if word.casefold() in STOP_WORDS:
            break
    return frozenset()


def _is_passive(tokens: Sequence[Word], at: int) -> bool:
    if not is_participle(tokens[at].text):
        return False
    near = [word.text.casefold() for word in tokens[max(0, at - 3) : at]]
    return any(word in BE for word in near)


def _verb_first(sentence: str, tokens: Sequence[Word], at: int) -> frozenset[str]:
    """Whoever stands behind the verb after what they said: “...,” wrote Professor Sampson."""
    before = sentence[: tokens[at].start].rstrip()
    follows = at + 1 < len(tokens) and tokens[at + 1].capital
    quoted = before[-1:] in ("”", '"', "’", "'") and before[-2:-1] in (",", "?", "!", ".")
    reported = before[-1:] == "," and lemma(tokens[at].text) in SPEECH
    if follows and (quoted or reported):
        return _noun_phrase(sentence, tokens, at + 1)
    return frozenset()


def _subject(sentence: str, tokens: Sequence[Word], at: int) -> frozenset[str]:
    """The noun before an active verb in its clause that no preposition governs, the nearest one first."""
    i = at - 1
    while i >= 0 and not _CLAUSE.search(sentence, tokens[i].end, tokens[i + 1].start + 1):
        plain = tokens[i].text.casefold()
        if plain in PRONOUNS:
            return frozenset({lemma(plain)})
        if tokens[i].capital or plain in GENERIC:
            first = _phrase_start(sentence, tokens, i)
            governed = first > 0 and tokens[first - 1].text.casefold() in PREPOSITIONS
            if not governed and not (first == i and i == 0 and plain in STOP_WORDS):
                return noun_stems(tokens[first : i + 1])
            i = first
        i -= 1
    return frozenset()


def _phrase_start(sentence: str, tokens: Sequence[Word], last: int) -> int:
    """Where the noun phrase that ends at `last` begins: over its capitals, adjectives and article."""
    first = last
    while first > 0 and last - first < 8:
        if sentence[tokens[first - 1].end : tokens[first].start].strip(" "):
            break
        plain = tokens[first - 1].text.casefold()
        if plain in AUXILIARIES or plain in PRONOUNS or plain in ("that", "and", "but"):
            break
        if plain in PREPOSITIONS and not (plain in ("of", "for") and first > 1 and tokens[first - 2].capital):
            break
        first -= 1
        if plain in OPENS_NOUN:
            break
    return first
