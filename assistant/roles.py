"""Who does what, in a question and in a sentence: how far the one tells what the other asks.

A question such as "What had Dahua asked for?" wants a deed (asking) of a doer (Dahua). A sentence in which Dahua is
asked for something holds the same words and answers another question. `assistant.asking` reads deed and doer off the
question, `assistant.doers` whoever does a deed in a sentence; here the two are compared.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.aliases import Alias, known_as
from assistant.asking import Asked, asked
from assistant.doers import ASKS, SPEECH, doer_at
from assistant.families import lemma, lemmas
from assistant.word_classes import FIRST_PERSON, GENERIC_STEMS, LOOSE_STEMS, PLACES, PRONOUN_STEMS, noun_stems
from assistant.wording import Word, words

if TYPE_CHECKING:
    from collections.abc import Sequence

OTHER, UNTOLD, UNKNOWN, MAYBE, SAME = -0.3, 0.3, 0.6, 0.8, 1.0
"""How far a sentence that speaks of the deed tells of the doer asked about: of another one, which speaks against the
sentence; it does not say who, though that is the question; it does not say; a pronoun or "the company" may be it; it
is."""


WITHOUT_AIM = 0.5
"""What is left of a deed when the verb that depends on it is not in the sentence."""


def done(
    sentence: str,
    question: str,
    speaker: str | None = None,
    known: Sequence[Alias] = (),
    before: str = "",
    author: str = "",
) -> float:
    """How far `sentence` tells of the deed and doer of `question`: 0 without the deed, -0.3 to 1 with it (`SAME`).

    `speaker` is whom a pronoun at its beginning stands for, where that is told; `known` are other names that the
    document gives; `before` is the text that leads up to the sentence, `author` whoever signs the document. 1.0 too for a question without a deed, since then nothing speaks against any sentence.
    """
    wanted = asked(question)
    if not wanted.deeds:
        return 1.0
    if wanted.deeds.isdisjoint(lemmas(sentence)):
        return 0.0
    tokens = _tokens(sentence)
    antecedent = noun_stems(words(speaker)) if speaker else frozenset()
    found = [i for i, word in enumerate(tokens) if lemma(word.text) in wanted.deeds]
    signed = noun_stems(words(author))
    doers = [_resolved(_taken_up(doer_at(sentence, tokens, i), before), antecedent, known, signed) for i in found]
    best = max((_bearing(doer, wanted) for doer in doers), default=0.0)
    missed = wanted.aim and wanted.aim.isdisjoint(lemmas(sentence))
    return best * WITHOUT_AIM if missed and best > 0 else best


@lru_cache(maxsize=20_000)
def _tokens(sentence: str) -> tuple[Word, ...]:
    return words(sentence)


def _resolved(
    doer: frozenset[str], antecedent: frozenset[str], known: Sequence[Alias], author: frozenset[str] = frozenset()
) -> frozenset[str]:
    if author and doer and doer <= FIRST_PERSON:
        doer = author
    elif antecedent and doer and doer <= PRONOUN_STEMS:
        doer = antecedent
    return known_as(doer, known) if doer else doer


def _bearing(doer: frozenset[str], wanted: Asked) -> float:
    if wanted.doer_wanted:
        return UNTOLD if not doer else MAYBE if doer <= PRONOUN_STEMS else SAME
    if not wanted.doer:
        return SAME
    return _likeness(doer, wanted.doer)


def speaks(
    sentence: str,
    doer: frozenset[str],
    speaker: str | None = None,
    known: Sequence[Alias] = (),
    *,
    or_asks: bool = False,
) -> bool:
    """Whether `sentence` has `doer` say, answer, refuse or announce something, or name their doing so.

    `doer` are stems, as in `Asked`; `speaker` and `known` as in `done`. Asking counts as saying with `or_asks`.
    """
    deeds = _SPEECH_OR_ASKS if or_asks else SPEECH
    if not speaker and deeds.isdisjoint(lemmas(sentence)):
        return False
    tokens = _tokens(sentence)
    antecedent = noun_stems(words(speaker)) if speaker else frozenset()
    for at, word in enumerate(tokens):
        if lemma(word.text) in deeds:
            found = _resolved(doer_at(sentence, tokens, at), antecedent, known)
            if _likeness(found, doer) == SAME or doer <= PLACES:
                return True
    return bool(antecedent) and _likeness(known_as(antecedent, known), doer) == SAME


def is_named(name: str, doer: frozenset[str]) -> bool:
    """Whether `name` is the name of `doer`, which are stems as in `Asked`."""
    return _likeness(noun_stems(words(name)), doer) == SAME


def _likeness(doer: frozenset[str], wanted: frozenset[str]) -> float:
    if not doer:
        return UNKNOWN
    if doer <= PRONOUN_STEMS:
        return MAYBE
    if wanted <= PLACES:  # a country acts through bodies that may not bear its name
        return MAYBE if {stem[:_COUNTRY] for stem in wanted} & {stem[:_COUNTRY] for stem in doer} else UNKNOWN
    own, asked_for = doer - GENERIC_STEMS - PLACES, wanted - GENERIC_STEMS - PLACES
    if own and asked_for:
        shared = len(own & asked_for)
        return SAME if shared * 2 > min(len(own), len(asked_for)) else OTHER
    if doer & wanted & GENERIC_STEMS:
        return MAYBE if asked_for else SAME
    return MAYBE if doer & LOOSE_STEMS and not own and not wanted & GENERIC_STEMS else OTHER


_SPEECH_OR_ASKS = SPEECH | ASKS
_COUNTRY = 5
"""So many letters tell a country and its adjective from another's."""

_CAPITALS = re.compile(r"[A-Z][\w’'-]*(?: (?:(?:of|and|for|the|on) ){0,2}[A-Z][\w’'-]*)*")


def _taken_up(doer: frozenset[str], before: str) -> frozenset[str]:
    """What "the tribunal" stands for: the last name in `before` that bears the word, else `doer` itself."""
    if not doer or not doer <= GENERIC_STEMS:
        return doer
    for run in reversed(_CAPITALS.findall(before)):
        named = noun_stems(words(run))
        if doer <= named and named - GENERIC_STEMS:
            return named
    return doer
