"""The thing a question asks for by a noun: "which stock exchange", "what fine", "the cash flow of Arc Optics"."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from assistant.families import lemma, names_a_deed
from assistant.word_classes import AUXILIARIES, BE, OPENS_NOUN, PREPOSITIONS, is_generic
from assistant.wording import is_stop_word, stem, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.wording import Word

_OPENERS = frozenset("what which whose".split())
_COUNTS = frozenset("many much".split())
FIGURES = frozenset(
    map(
        stem,
        "revenue income profit loss turnover price cost value fee salary budget asset liability equity debt flow ratio rate "
        "return margin dividend population size length weight height age temperature speed percentage share stake capacity "
        "total earnings sales expenditure spending deficit surplus fine penalty grant damages".split(),
    )
)
"""What is told by a figure."""
CALLED_SO = frozenset(
    map(
        stem,
        "act bill law regulation directive treaty convention committee board council court tribunal exchange ministry "
        "department commission system programme scheme fund award prize standard".split(),
    )
)
"""What bears the word in its name: no committee is told of without it."""
_UNTELLING = frozenset(
    map(
        stem,
        "position view stance opinion attitude name outcome result impact effect consequence influence role thing number "
        "amount sum percentage proportion date day month year time kind type sort way part reason ground case difference "
        "response reply reaction answer decision statement objective reasoning explanation example one company person people body organisation organization country "
        "status meaning function point goal motive aim significance story history cause share real common summary key main two three four five several new many most first last total best highest lowest largest biggest average current latest main primary".split(),
    )
)
"""What a source need not say of the answer: that it is a view, an outcome, a number."""


class Thing(NamedTuple):
    """What is asked for, by its words.

    `figure` tells that it is a figure ("how many", "the revenue of"), `named` that
    whatever is one is called so ("which committee"): the answer to "which vendor" need not hold the word.
    """

    words: tuple[Word, ...]
    figure: bool = False
    named: bool = False


NOTHING = Thing(())


@lru_cache(maxsize=512)
def thing(question: str) -> Thing:
    """What `question` asks for by a noun; without words where its wording gives none, or one that any answer may bear."""
    found = _thing(question)
    telling = tuple(word for word in found.words if stem(word.text) not in _UNTELLING and not _is_genitive(word.text))
    return Thing(
        telling,
        figure=found.figure or any(stem(word.text) in FIGURES for word in telling),
        named=bool(telling) and stem(telling[-1].text) in CALLED_SO,
    )


def _is_anybody(word: str) -> bool:
    return is_generic(word) and stem(word) not in CALLED_SO


def _is_genitive(word: str) -> bool:
    return word.endswith(("’s", "'s", "s’", "s'"))


def _thing(question: str) -> Thing:
    tokens = words(question)
    for i, word in enumerate(tokens[:-1]):
        plain, after = word.text.casefold(), tokens[i + 1].text.casefold()
        if plain == "how" and after in _COUNTS:
            opens = [word.text.casefold() for word in tokens[i + 2 : i + 4]]
            behind = len(opens) == 2 and opens[0] in BE and opens[1] in OPENS_NOUN  # "how much is the contract worth"
            return Thing(_phrase(question, tokens, i + 4 if behind else i + 2), figure=True)
        if plain in ("what", "which") and after in BE:
            start = i + 2
            if start < len(tokens) and tokens[start].text.casefold() in ("the", "a", "an"):
                return Thing(_phrase(question, tokens, start + 1))
            return Thing(_after_genitive(question, tokens, start))
        if plain in _OPENERS and not _is_anybody(after) and not _opens_verb(tokens, i + 1):
            return Thing(_phrase(question, tokens, i + 1))
    return NOTHING


def _after_genitive(text: str, tokens: Sequence[Word], start: int) -> tuple[Word, ...]:
    """The noun behind the genitive: "What was Arc Optics's revenue"."""
    for i in range(start, min(start + 6, len(tokens))):
        if text[tokens[i].start : tokens[i].end + 1].rstrip().endswith(("’s", "'s", "s’", "s'")):
            return _phrase(text, tokens, i + 1)
    return ()


def _phrase(text: str, tokens: Sequence[Word], start: int) -> tuple[Word, ...]:
    """The noun phrase that begins at `start`, names left out."""
    found: list[Word] = []
    for i in range(start, min(start + 5, len(tokens))):
        word = tokens[i]
        plain = word.text.casefold()
        if found and (text[tokens[i - 1].end : word.start].strip() or plain in OPENS_NOUN or _is_verb(tokens, i)):
            break
        if plain in AUXILIARIES or plain in PREPOSITIONS:
            break
        if not is_stop_word(word.text) and not word.text[0].isupper() and not word.text[0].isdigit():
            found.append(word)
    return tuple(found)


def _opens_verb(tokens: Sequence[Word], i: int) -> bool:
    """Whether the word behind "what" is the verb: "what makes a site sensitive", "what led to it"."""
    plain = tokens[i].text.casefold()
    follows = tokens[i + 1].text.casefold() if i + 1 < len(tokens) else ""
    shaped = plain.endswith("s") or lemma(plain) != stem(plain)
    return shaped and follows in OPENS_NOUN | PREPOSITIONS


def _is_verb(tokens: Sequence[Word], i: int) -> bool:
    """Whether the word at `i`, behind a noun, is the verb that has it as its subject: "which vendor makes", "units ran"."""
    plain, before = tokens[i].text.casefold(), tokens[i - 1].text.casefold()
    follows = tokens[i + 1].text.casefold() if i + 1 < len(tokens) else ""
    if plain.endswith("ed") or (names_a_deed(plain) and lemma(plain) != stem(plain)):
        return True
    return plain.endswith("s") and not before.endswith("s") and bool(follows) and follows not in AUXILIARIES
