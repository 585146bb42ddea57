"""Who does what, in a question and in a sentence, by rules over word order.

A question such as "What had Dahua asked for?" wants a deed (asking) of a doer (Dahua). A sentence in which Dahua is
asked for something holds the same words and answers another question. `asked` reads deed and doer off a question,
`done` tells how a sentence bears on them. English word order only; where the rules cannot tell, they say so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.aliases import Alias, known_as
from assistant.attribution import REPORTING_VERBS
from assistant.families import PARTICIPLES, family, is_light, lemma, names_a_deed
from assistant.wording import STOP_WORDS, Word, words

if TYPE_CHECKING:
    from collections.abc import Sequence

_DO = frozenset("do does did".split())
_HAVE = frozenset("has have had".split())
_BE = frozenset("is are was were be been being".split())
_MODAL = frozenset("will would can could shall should may might must".split())
_AUXILIARIES = _DO | _HAVE | _BE | _MODAL
_OPENS_NOUN = frozenset(
    "the a an its their his her our your my this that these those no any some every each which what whose".split()
)
_PREPOSITIONS = frozenset(
    "of in on for to at by with from about into over under against between among after before during since until "
    "through within without than as per".split()
)
_ADVERBS = frozenset(
    "not also ever never first finally actually later then already still now publicly formally officially recently "
    "previously once again explicitly originally initially jointly directly".split()
)
_PRONOUNS = frozenset("he she it they we i who which".split())
_LOOSE = frozenset(
    "company companies firm firms business businesses vendor vendors supplier manufacturer maker giant group brand "
    "startup developer operator regulator watchdog agency authority body charity union organisation organization "
    "spokesperson spokesman spokeswoman official commissioner minister".split()
)
"""Words by which a text takes up almost anybody it has named."""

_GENERIC = _LOOSE | frozenset(
    "committee panel tribunal court judge government ministry department council commission board parliament report "
    "letter".split()
)
"""And those by which it takes up only what bears the word in its name, "the committee" a committee."""

_PLACES = frozenset(
    map(
        lemma,
        "uk us eu china chinese britain british america american europe european australia australian canada canadian "
        "england english wales welsh scotland scottish ireland irish france french germany german italy italian spain "
        "spanish netherlands dutch norway norwegian sweden swedish denmark danish finland finnish poland polish russia "
        "russian ukraine ukrainian israel israeli japan japanese korea korean taiwan taiwanese india indian brazil "
        "brazilian mexico mexican turkey turkish swiss switzerland austria austrian belgium belgian greece greek".split(),
    )
)
"""Words that say where somebody is from; they tell no two apart."""

_CLAUSE = re.compile(r"[;:()–—]|[,.?!][”\"’']|[“\"]| - ")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question says is done, and by whom.

    `deeds` are the stems of the verb's family, empty when the rules find no verb. `doer` are the stems of the doer's
    words, empty when the doer is what is asked for (`doer_wanted`) or not told. `aim` is the family of a second verb
    that depends on the first ("confirm" in "What did she ask him to confirm?"), empty without one.
    """

    deeds: frozenset[str] = frozenset()
    doer: frozenset[str] = frozenset()
    doer_wanted: bool = False
    verb: Word | None = None
    aim: frozenset[str] = frozenset()


@lru_cache(maxsize=512)
def asked(question: str) -> Asked:
    """Deed and doer of `question`; an empty `Asked` when the rules find none."""
    tokens = words(question)
    place = next((i for i, word in enumerate(tokens) if word.text.casefold() in _AUXILIARIES), None)
    opener = next((i for i, word in enumerate(tokens) if word.text.casefold() in ("who", "which", "what")), None)
    if opener is not None and (place is None or place > opener + 1):
        verb = _subject_question(tokens, opener, place)
        if verb is not None and not is_light(verb.text):
            return Asked(family(verb.text), doer_wanted=True, verb=verb, aim=_aim(tokens, tokens.index(verb)))
    if place is None:
        return Asked()
    return _after_auxiliary(question, tokens, place, subject_asked=opener is not None and place == opener + 1)


def _subject_question(tokens: Sequence[Word], opener: int, place: int | None) -> Word | None:
    """The verb of "Who named X?" or "Which commissioner met X?": a verb with no auxiliary before it."""
    limit = min(len(tokens), opener + 5) if place is None else min(place, opener + 5)
    for i in range(opener + 1, limit):
        word = tokens[i]
        if i == opener + 1 and tokens[opener].text.casefold() != "who":
            continue
        if i == opener + 1 and not word.capital and word.text.casefold() not in STOP_WORDS | _AUXILIARIES:
            return word
        inside = i > 0 and tokens[i - 1].text.casefold() in _OPENS_NOUN | _PREPOSITIONS and i - 1 != opener
        if not word.capital and names_a_deed(word.text) and not inside:
            return word
    return None


def _after_auxiliary(question: str, tokens: Sequence[Word], place: int, *, subject_asked: bool) -> Asked:
    auxiliary = tokens[place].text.casefold()
    rest = [i for i in range(place + 1, len(tokens)) if tokens[i].text.casefold() not in _ADVERBS]
    at = _verb(question, tokens, rest, auxiliary)
    if at is None or is_light(tokens[at].text):
        return Asked()
    verb = tokens[at]
    between = [tokens[i] for i in rest if i < at]
    passive = _is_participle(verb.text) and (
        auxiliary in _BE or any(word.text.casefold() in ("been", "be", "being") for word in between)
    )
    deeds = family(verb.text)
    if passive:
        doer = _by_phrase(question, tokens, at)
        return Asked(deeds, doer, doer_wanted=_asks_by_whom(tokens), verb=verb, aim=_aim(tokens, at))
    doer = _noun_stems(between)
    return Asked(deeds, doer, doer_wanted=subject_asked and not doer, verb=verb, aim=_aim(tokens, at))


def _aim(tokens: Sequence[Word], verb: int) -> frozenset[str]:
    """The family of the verb behind the next "to", when it is one of the deeds."""
    for before, word in zip(tokens[verb + 1 :], tokens[verb + 2 :], strict=False):
        if before.text.casefold() == "to" and not word.capital and names_a_deed(word.text):
            return family(word.text)
    return frozenset()


def _verb(question: str, tokens: Sequence[Word], rest: Sequence[int], auxiliary: str) -> int | None:
    """The place of the main verb: the first word that can be one and does not stand inside a noun phrase."""
    first: int | None = None
    for i in rest:
        word = tokens[i].text
        if tokens[i].capital or (word.casefold() in STOP_WORDS and not names_a_deed(word)):
            continue
        before = tokens[i - 1].text.casefold()
        if before in _OPENS_NOUN | _PREPOSITIONS or before.endswith(("’s", "'s", "s’", "s'")):
            continue
        shaped = auxiliary in _DO | _MODAL or _is_participle(word) or word.endswith("ing") or auxiliary in _BE
        if shaped and names_a_deed(word):
            after = i + 1
            if after < len(tokens) and after in rest and not tokens[after].capital and _adjacent(question, tokens, i):
                follower = tokens[after].text
                if names_a_deed(follower):
                    return after
            return i
        if first is None and shaped and i != rest[0]:
            first = i
    return first


def _adjacent(question: str, tokens: Sequence[Word], i: int) -> bool:
    return question[tokens[i].end : tokens[i + 1].start] == " "


def _is_participle(word: str) -> bool:
    return word.endswith("ed") or word.casefold() in PARTICIPLES


def _by_phrase(question: str, tokens: Sequence[Word], verb: int) -> frozenset[str]:
    by = next((i for i in range(verb + 1, len(tokens)) if tokens[i].text.casefold() == "by"), None)
    if by is None:
        return frozenset()
    return _noun_stems([word for word in tokens[by + 1 : by + 7] if word.text.casefold() not in ("whom", "who")])


def _asks_by_whom(tokens: Sequence[Word]) -> bool:
    plain = [word.text.casefold() for word in tokens]
    return any(one == "by" and after in ("whom", "who") for one, after in zip(plain, plain[1:], strict=False)) or (
        plain[-1:] == ["by"] and "who" in plain[:1]
    )


def _noun_stems(between: Sequence[Word]) -> frozenset[str]:
    return frozenset(
        lemma(_bare(word.text)) for word in between if word.text.casefold() not in STOP_WORDS | _AUXILIARIES
    )


def _bare(word: str) -> str:
    return re.sub(r"[’']s?$", "", word)


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
) -> float:
    """How far `sentence` tells of the deed and doer of `question`: 0 without the deed, -0.3 to 1 with it (`SAME`).

    `speaker` is whom a pronoun at its beginning stands for, where that is told; `known` are other names that the
    document gives; `before` is the text that leads up to the sentence. 1.0 too for a question without a deed, since then nothing speaks against any sentence.
    """
    wanted = asked(question)
    if not wanted.deeds:
        return 1.0
    tokens = _tokens(sentence)
    antecedent = _noun_stems(words(speaker)) if speaker else frozenset()
    found = [i for i, word in enumerate(tokens) if lemma(word.text) in wanted.deeds]
    doers = [_resolved(_taken_up(_doer(sentence, tokens, i), before), antecedent, known) for i in found]
    best = max((_bearing(doer, wanted) for doer in doers), default=0.0)
    missed = wanted.aim and wanted.aim.isdisjoint(lemma(word.text) for word in tokens)
    return best * WITHOUT_AIM if missed and best > 0 else best


@lru_cache(maxsize=20_000)
def _tokens(sentence: str) -> tuple[Word, ...]:
    return words(sentence)


def _resolved(doer: frozenset[str], antecedent: frozenset[str], known: Sequence[Alias]) -> frozenset[str]:
    if antecedent and doer and doer <= _PRONOUN_STEMS:
        doer = antecedent
    return known_as(doer, known) if doer else doer


def _bearing(doer: frozenset[str], wanted: Asked) -> float:
    if wanted.doer_wanted:
        return UNTOLD if not doer else MAYBE if doer <= _PRONOUN_STEMS else SAME
    if not wanted.doer:
        return SAME
    return _likeness(doer, wanted.doer)


def speaks(sentence: str, doer: frozenset[str], speaker: str | None = None, known: Sequence[Alias] = ()) -> bool:
    """Whether `sentence` has `doer` say, answer, refuse or announce something, or name their doing so.

    `doer` are stems, as in `Asked`; `speaker` and `known` as in `done`.
    """
    tokens = _tokens(sentence)
    antecedent = _noun_stems(words(speaker)) if speaker else frozenset()
    for at, word in enumerate(tokens):
        if lemma(word.text) in _SPEECH:
            found = _resolved(_doer(sentence, tokens, at), antecedent, known)
            if _likeness(found, doer) == SAME:
                return True
    return bool(antecedent) and _likeness(known_as(antecedent, known), doer) == SAME


_ASKS = frozenset(map(lemma, "ask request order urge propose question".split()))
_SPEECH = frozenset(map(lemma, re.findall(r"\w+", REPORTING_VERBS))) - _ASKS - {lemma("out")} | frozenset(
    map(lemma, "tell reply respond response answer refuse comment apologise accept".split())
)
"""Verbs and nouns of saying something back; who asks does not answer."""

_PRONOUN_STEMS = frozenset(map(lemma, _PRONOUNS))
_GENERIC_STEMS = frozenset(map(lemma, _GENERIC))
_LOOSE_STEMS = frozenset(map(lemma, _LOOSE))


def is_generic(word: str) -> bool:
    """True for a word such as "company" or "commissioner", by which a text takes up somebody it has named."""
    return word.casefold() in _GENERIC - {"report", "letter"}


def _likeness(doer: frozenset[str], wanted: frozenset[str]) -> float:
    if not doer:
        return UNKNOWN
    if doer <= _PRONOUN_STEMS:
        return MAYBE
    own, asked_for = doer - _GENERIC_STEMS - _PLACES, wanted - _GENERIC_STEMS - _PLACES
    if own and asked_for:
        shared = len(own & asked_for)
        return SAME if shared * 2 > min(len(own), len(asked_for)) else OTHER
    if doer & wanted & _GENERIC_STEMS:
        return MAYBE if asked_for else SAME
    return MAYBE if doer & _LOOSE_STEMS and not own and not wanted & _GENERIC_STEMS else OTHER


_CAPITALS = re.compile(r"[A-Z][\w’'-]*(?: (?:(?:of|and|for|the|on) ){0,2}[A-Z][\w’'-]*)*")


def _taken_up(doer: frozenset[str], before: str) -> frozenset[str]:
    """What "the tribunal" stands for: the last name in `before` that bears the word, else `doer` itself."""
    if not doer or not doer <= _GENERIC_STEMS:
        return doer
    for run in reversed(_CAPITALS.findall(before)):
        named = _noun_stems(words(run))
        if doer <= named and named - _GENERIC_STEMS:
            return named
    return doer


def _doer(sentence: str, tokens: Sequence[Word], at: int) -> frozenset[str]:
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
        if plain in _AUXILIARIES or (plain in _PREPOSITIONS and plain not in ("of", "for")) or plain in ("who", "that"):
            break
        if not word.capital and found and found[-1].capital and plain not in ("of", "and", "for", "the"):
            found.append(word) if plain in _GENERIC else None
            break
        found.append(word)
    return _noun_stems(found)


def _possessor(tokens: Sequence[Word], at: int) -> frozenset[str]:
    """Whoever stands in the genitive right before the noun: "the government's findings", "its second reply"."""
    for i in range(at - 1, max(at - 4, -1), -1):
        word = tokens[i].text
        if word.endswith(("’s", "'s", "s’", "s'")):
            first = i
            while first > 0 and tokens[first - 1].capital and i - first < 5:
                first -= 1
            return _noun_stems(tokens[first : i + 1])
        if word.casefold() in ("its", "his", "her", "their"):
            return frozenset({lemma("it")})
        if word.casefold() in STOP_WORDS:
            break
    return frozenset()


def _is_passive(tokens: Sequence[Word], at: int) -> bool:
    if not _is_participle(tokens[at].text):
        return False
    near = [word.text.casefold() for word in tokens[max(0, at - 3) : at]]
    return any(word in _BE for word in near)


def _verb_first(sentence: str, tokens: Sequence[Word], at: int) -> frozenset[str]:
    """Whoever stands behind the verb after what they said: “...,” wrote Professor Sampson."""
    before = sentence[: tokens[at].start].rstrip()
    follows = at + 1 < len(tokens) and tokens[at + 1].capital
    quoted = before[-1:] in ("”", '"', "’", "'") and before[-2:-1] in (",", "?", "!", ".")
    reported = before[-1:] == "," and lemma(tokens[at].text) in _SPEECH
    if follows and (quoted or reported):
        return _noun_phrase(sentence, tokens, at + 1)
    return frozenset()


def _subject(sentence: str, tokens: Sequence[Word], at: int) -> frozenset[str]:
    """The noun before an active verb in its clause that no preposition governs, the nearest one first."""
    i = at - 1
    while i >= 0 and not _CLAUSE.search(sentence, tokens[i].end, tokens[i + 1].start + 1):
        plain = tokens[i].text.casefold()
        if plain in _PRONOUNS:
            return frozenset({lemma(plain)})
        if tokens[i].capital or plain in _GENERIC:
            first = _phrase_start(sentence, tokens, i)
            governed = first > 0 and tokens[first - 1].text.casefold() in _PREPOSITIONS
            if not governed and not (first == i and i == 0 and plain in STOP_WORDS):
                return _noun_stems(tokens[first : i + 1])
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
        if plain in _AUXILIARIES or plain in _PRONOUNS or plain in ("that", "and", "but"):
            break
        if plain in _PREPOSITIONS and not (plain in ("of", "for") and first > 1 and tokens[first - 2].capital):
            break
        first -= 1
        if plain in _OPENS_NOUN:
            break
    return first
