"""Whose attribute, whose deed, and when: what a statement must share with a question to be about the same thing.

A question names its bearers ("Who is the chief executive of Arc Optics?") and often a time ("in May 2021"). A sentence
that holds every other word of it and speaks of somebody else's chief executive, or of another month, answers another
question. Rules over names, complements and times tell such a sentence; where they cannot tell, they say nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.aliases import aliases
from assistant.families import lemma
from assistant.question import ASKING
from assistant.word_classes import GENERIC_STEMS, PLACES
from assistant.wording import is_stop_word, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.aliases import Alias
    from assistant.wording import Word

HERE, NEAR, SOMEWHERE, NOWHERE = 1.0, 0.9, 0.6, 0.0
"""Where a name of the question stands: in the sentence itself; beside it, in a heading or title, or as the speaker; in
the rest of what was found of the document; nowhere in it."""

_LEGAL = {
    lemma(word): form
    for form, group in {
        "plc": "plc",
        "limited": "ltd limited",
        "incorporated": "inc incorporated",
        "corporation": "corp corporation",
        "company": "co",
        "llc": "llc llp",
        "gmbh": "gmbh ag",
    }.items()
    for word in group.split()
}
"""Legal forms by stem; two companies of one name and different forms are two companies."""

_TITLES = frozenset(
    map(lemma, "mr mrs ms miss dr prof professor sir dame lord lady baroness judge justice kc qc mp".split())
)
_JOINS = frozenset("of and for the".split())
_LAWS = frozenset(map(lemma, "act bill regulation regulations order directive rules code convention treaty".split()))
_GENITIVE = re.compile(r"(?:[’']s|s[’'])$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTHS = frozenset(
    map(
        lemma,
        "january february march april may june july august september october november december monday tuesday wednesday "
        "thursday friday saturday sunday".split(),
    )
)


@lru_cache(maxsize=20_000)
def runs(text: str) -> tuple[tuple[str, ...], ...]:
    """The names in `text` as runs of stems: capitalised words that stand together, small joining words left out.

    Names joined by "and" are given one by one; the year of a law belongs to its name.
    """
    found: list[tuple[str, ...]] = []
    run: list[Word] = []
    tokens = words(text)
    for i, word in enumerate(tokens):
        parted = bool(run) and bool(re.search(r"[^\s&.]|\n|\. ", text[run[-1].end : word.start]))
        joins = bool(run) and word.text in _JOINS and i + 1 < len(tokens) and _is_capital(tokens[i + 1])
        dates = bool(run) and _bare(run[-1]) in _LAWS and bool(_YEAR.fullmatch(word.text))
        if parted or not (_is_capital(word) or joins or dates) or word.text == "and":
            _close(run, found)
            run = []
        if _is_capital(word) or (run and (joins or dates)):
            run.append(word)
        if _GENITIVE.search(text[word.start : word.end + 1].rstrip()):  # "Arc Optics’s Ana Ruiz" names two
            _close(run, found)
            run = []
    _close(run, found)
    return tuple(found)


def names(question: str) -> tuple[tuple[str, ...], ...]:
    """The names of a question that tell somebody or something from others, each once.

    A first word with a capital is none, and a question that is written in capitals throughout has none.
    """
    if question.isupper() or any(_is_headline(word) and not _opens(question, word) for word in words(question)):
        return ()
    opening = {_bare(word) for word in words(question) if _opens(question, word)}
    named = (one[1:] if one[0] in opening & ASKING else one for one in runs(question))
    found = (one for one in named if telling(one) and not (len(one) == 1 and one[0] in opening))
    return tuple(dict.fromkeys(found))


def written(question: str, name: tuple[str, ...]) -> str:
    """`name` as `question` writes it."""
    tokens = words(question)
    first = next(i for i, word in enumerate(tokens) if _bare(word) == name[0] and _is_capital(word))
    last = next(i for i in range(first, len(tokens)) if _bare(tokens[i]) == name[-1])
    return re.sub(r"[’']s?$", "", question[tokens[first].start : tokens[last].end])


def _is_headline(word: Word) -> bool:
    """Whether a word that no name begins with is written with a capital."""
    return word.text[0].isupper() and is_stop_word(word.text) and word.text.casefold() not in ("the", "a", "an", "us")


def _opens(text: str, word: Word) -> bool:
    """Whether `word` begins a sentence and has one capital only."""
    before = text[: word.start].rstrip(' “"(')
    return (not before or before[-1] in ".?!") and sum(letter.isupper() for letter in word.text) <= 1


def written_small(texts: Iterable[str]) -> frozenset[str]:
    """Stems of the words of `texts` that stand there without a capital."""
    return frozenset(_bare(word) for text in texts for word in words(text) if word.text[0].islower())


def _is_capital(word: Word) -> bool:
    return word.text[0].isupper() and not is_stop_word(word.text)


def _close(run: Sequence[Word], found: list[tuple[str, ...]]) -> None:
    stems = tuple(_bare(word) for word in run if word.text not in _JOINS)
    if stems:
        found.append(stems)


def _bare(word: Word) -> str:
    return lemma(re.sub(r"[’']s?$", "", word.text).removesuffix("."))


@lru_cache(maxsize=2_000)
def telling(name: tuple[str, ...]) -> frozenset[str]:
    """The stems of `name` that tell it from others: no legal form, title, month or day, and no word such as "Company"."""
    return _whole(name) - GENERIC_STEMS


@lru_cache(maxsize=20_000)
def _whole(name: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name) - _LEGAL.keys() - _TITLES - _MONTHS - PLACES


@lru_cache(maxsize=50_000)
def same(name: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names may be one: the words of the shorter are words of the longer, and no legal form differs."""
    a, b = _whole(name), _whole(other)
    if not telling(name) or not telling(other) or not (a <= b or b <= a):
        return False
    forms = ({_LEGAL[one] for one in each if one in _LEGAL} for each in (name, other))
    mine, theirs = forms
    return not (mine and theirs) or mine == theirs


def stands_in(
    name: tuple[str, ...], text: str, known: Sequence[Alias] = (), plain: frozenset[str] = frozenset()
) -> bool:
    """Whether `text` names `name`: in full, in short ("Hikvision UK" as "Hikvision"), by an alias or in small letters.

    `plain` are stems that the documents also write small: alone at the head of a sentence they name nobody.
    """
    found = [other for other in runs(text) if len(other) > 1 or other[0] not in plain or other == name]
    if any(same(name, other) for other in found):
        return True
    own = telling(name)
    if not own:
        return True
    if _in_a_row(name, tuple(_bare(word) for word in words(text))):
        return True
    return any(_by_alias(own, other, known) for other in found)


def absent(question: str, texts: Sequence[str]) -> tuple[str, ...]:
    """Names of `question` that none of `texts` bears, as the question writes them."""
    wanted = names(question)
    if not wanted:
        return ()
    known, plain = aliases(texts), written_small(texts)
    missing = (name for name in wanted if not any(stands_in(name, text, known, plain) for text in texts))
    return tuple(written(question, name) for name in missing)


def _in_a_row(name: tuple[str, ...], stems: tuple[str, ...]) -> bool:
    """Whether the words of `name` stand close together, in whatever case: a question may be typed without capitals."""
    own = _whole(name)
    places = [i for i, stem in enumerate(stems) if stem in own]
    return any(own <= frozenset(stems[i : i + len(own) + 1]) for i in places)


def _by_alias(own: frozenset[str], other: tuple[str, ...], known: Sequence[Alias]) -> bool:
    theirs = frozenset(other)
    for alias in known:
        for one, second in ((alias.name, alias.other), (alias.other, alias.name)):
            if (own <= one or one == own) and telling(other) and (theirs >= second or theirs <= second):
                return True
    return False
