"""Words of a sentence with what is quoted in it hidden, and the noun phrases beside a word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ingest.understanding.vocabulary import (
    ADVERBS,
    AUXILIARIES,
    BE,
    BODY_WORDS,
    DETERMINERS,
    FORMS,
    MODALS,
    NOT_NAMES,
    PREPOSITIONS,
    PRONOUNS,
    ROLES,
    SPEAKERS,
    TIME_WORDS,
    TITLES,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W_][\w’'&\-]*(?:[./](?=\w)[\w’'&\-]+)*|[,;:()\[\]–—“”\"]|- ")
_JOINS = frozenset("of for at from in with on to".split())
_NEVER_MODIFY = PREPOSITIONS | AUXILIARIES | BE | MODALS | PRONOUNS | frozenset("that and or but if where when".split())
_GROUP = frozenset("of and for the de van von bin al on in & del der du la".split())
_BEGINS_CLAUSE = frozenset("and but as while when that because if where although though whereas or nor so".split())
_OPENS_NO_NAME = NOT_NAMES - DETERMINERS
_REMEMBERED = 8_192
_LONGEST = 24
"""No name has more words."""

QUOTE = "“”"
"""Stands for a whole quotation."""


class Word(NamedTuple):
    """A word or mark of a sentence; `plain` is it in lower case. A quotation is one mark, `QUOTE`.

    `named` tells that it can be part of a name: a capital that does not only open the sentence.
    """

    text: str
    plain: str
    start: int
    end: int
    capital: bool
    named: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: words `first` to `last`, both included. `kind` tells a pronoun from a name from a noun."""

    first: int
    last: int
    kind: str
    text: str


def read(sentence: str, quoted: Sequence[tuple[int, int]]) -> list[Word]:
    """The words and marks of a sentence in order; `quoted` are its quotations, as offsets into it."""
    found: list[Word] = []
    place, hidden = 0, list(quoted)
    for match in _TOKEN.finditer(sentence):
        start, end = match.span()
        while hidden and hidden[0][1] <= start:
            _quotation(found, hidden.pop(0), place)
        if hidden and start >= hidden[0][0]:
            continue
        text = match.group().strip()
        plain, capital = text.lower(), text[0].isupper()
        goes_on = capital and bool(found) and found[-1].named and plain not in TIME_WORDS
        found.append(Word(text, plain, start, end, capital, capital and (goes_on or plain not in NOT_NAMES)))
        place = end
    for one in hidden:
        _quotation(found, one, place)
    return found


def _quotation(found: list[Word], span: tuple[int, int], place: int) -> None:
    if not found or found[-1].start < span[0] or place <= span[0]:
        found.append(Word(QUOTE, QUOTE, span[0], span[1], capital=False))


def is_mark(word: Word) -> bool:
    """True for a comma, a bracket, a quotation."""
    return not word.text[0].isalnum()


def is_named(word: Word) -> bool:
    """Whether the word can be part of a name."""
    return word.named


def bare(plain: str) -> str:
    """Without a genitive."""
    return plain[:-2] if plain.endswith(("’s", "'s")) else plain.rstrip("’'")


def before(sentence: str, words: Sequence[Word], at: int) -> Phrase | None:
    """The noun phrase that ends at word `at`; None when what stands there cannot say anything."""
    word = words[at]
    if word.plain in ("he", "she", "they", "it", "who", "which", "we", "i"):
        return Phrase(at, at, "pronoun", word.text) if _begins_clause(words, at) else None
    noun = bare(word.plain) in SPEAKERS
    if not noun and not is_named(word):
        return None
    first = _back(words, at, lower=noun and not word.capital)
    while first < at and words[first].plain in _OPENS_NO_NAME and words[first].capital:
        first += 1
    return Phrase(first, at, "noun" if noun and not word.capital else "name", _text(sentence, words, first, at))


def _begins_clause(words: Sequence[Word], at: int) -> bool:
    """Whether a pronoun opens a clause; "information it disclosed" is no clause of the sentence's own."""
    left = words[at - 1] if at else None
    return left is None or is_mark(left) or left.plain in _BEGINS_CLAUSE or left.plain in ADVERBS or left.plain in FORMS


def _back(words: Sequence[Word], at: int, *, lower: bool) -> int:
    """Where the phrase that ends at `at` begins. `lower` when its head is a common noun, which takes modifiers."""
    first, modifiers = at, 0
    while first > 0 and at - first < _LONGEST:
        word = words[first - 1]
        if is_mark(word):
            break
        if is_named(word) or word.plain in ("&",):
            first -= 1
        elif word.plain in DETERMINERS and not (word.plain == "that" and words[first].capital):
            first -= 1
            if not _goes_on(words, first):
                break
        elif word.plain in _JOINS | {"and"} and _joins(words, first - 1):
            first, lower = first - 2, not words[first - 2].capital
        elif lower and modifiers < 4 and word.plain not in _NEVER_MODIFY and not word.capital:
            first, modifiers = first - 1, modifiers + 1
        else:
            break
    return first


def _goes_on(words: Sequence[Word], first: int) -> bool:
    return first > 1 and words[first - 1].plain in _JOINS and _joins(words, first - 1)


def _joins(words: Sequence[Word], place: int) -> bool:
    """Whether the preposition or "and" at `place` ties a noun that can speak to what follows it."""
    if place < 1:
        return False
    left = words[place - 1]
    noun = bare(left.plain) in SPEAKERS or left.plain in ROLES
    if words[place].plain == "and":
        return noun or is_named(left)
    if noun:
        return words[place].plain in ("of", "for", "at", "from", "with", "in") and left.plain not in ("people",)
    return words[place].plain in ("of", "for") and is_named(left)


def after(sentence: str, words: Sequence[Word], at: int) -> Phrase | None:
    """The noun phrase that begins at word `at`; None when none that can speak does."""
    if at < len(words) and words[at].plain in ("he", "she", "they", "it", "who"):
        return Phrase(at, at, "pronoun", words[at].text)
    last, named, noun = at - 1, False, False
    for i in range(at, min(at + 14, len(words))):
        word = words[i]
        if is_mark(word):
            break
        if is_named(word):
            last, named = i, True
        elif bare(word.plain) in SPEAKERS or word.plain in ROLES:
            last, noun = i, True
            if not _leads_on(words, i):
                break
        elif _binds(words, at, i, last):
            continue
        elif named or word.plain in _NEVER_MODIFY or i - at > 4:
            break
    if last < at or not (named or noun):
        return None
    kind = "name" if named else "noun"
    return Phrase(at, last, kind, _text(sentence, words, at, last))


def _binds(words: Sequence[Word], at: int, i: int, last: int) -> bool:
    """Whether word `i` says nothing itself but holds the phrase together: an article, the "of" of a name."""
    if words[i].plain in _GROUP and last == i - 1 and _named_soon(words, i):
        return True
    return words[i].plain in DETERMINERS and (i == at or words[i - 1].plain in _GROUP)


def _leads_on(words: Sequence[Word], i: int) -> bool:
    follows = words[i + 1] if i + 1 < len(words) else None
    if follows is None or is_mark(follows):
        return False
    return (
        is_named(follows) or bare(follows.plain) in SPEAKERS or (follows.plain in _JOINS and _named_soon(words, i + 1))
    )


def _named_soon(words: Sequence[Word], i: int) -> bool:
    return any(is_named(word) for word in words[i + 1 : i + 3] if not is_mark(word))


def _text(sentence: str, words: Sequence[Word], first: int, last: int) -> str:
    found = sentence[words[first].start : words[last].end]
    return found[:-2] if found.endswith(("’s", "'s")) else found


@lru_cache(_REMEMBERED)
def is_person(name: str) -> bool:
    """Whether a name has the shape of a person's: a title, or two to four capitals and no word of a body."""
    parts = name.replace(".", "").split()
    plain = [part.lower() for part in parts]
    if not parts or any(bare(word) in BODY_WORDS for word in plain):
        return False
    if plain[0] in TITLES and len(parts) > 1:
        return True
    if any(part.isupper() and len(part) > 2 for part in parts) or any(word in PREPOSITIONS for word in plain):
        return False
    return 2 <= len(parts) <= 5 and all(
        part[0].isupper() or part in ("de", "van", "von", "bin", "al") for part in parts
    )


@lru_cache(_REMEMBERED)
def split_role(name: str) -> tuple[str, str | None]:
    """A name without the role in front of it, and the role: "Information Commissioner John Edwards"."""
    parts = name.split()
    last = max((i for i, part in enumerate(parts) if part.lower().strip(",") in ROLES), default=-1)
    if last < 0 or last == len(parts) - 1:
        return name, None
    if parts[last + 1] in ("of", "for", "at") and len(parts) > last + 4 and is_person(" ".join(parts[last + 3 :])):
        last += 2  # "Secretary of Commerce Gina Raimondo"
    rest = " ".join(parts[last + 1 :])
    if not parts[last + 1][0].isupper() or bare(parts[last].lower()) in TITLES:
        return name, None
    role = " ".join(parts[: last + 1])
    return rest, re.sub(r"^(?:[Tt]he|[Ii]ts|[Tt]heir|[Aa]n?) ", "", role)
