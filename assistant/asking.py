"""What a question says is done, and by whom, by rules over word order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.families import family, is_light, lemma, names_a_deed
from assistant.word_classes import (
    ADVERBS,
    AUXILIARIES,
    BE,
    DO,
    MODAL,
    NOUNS_TOO,
    OPENS_NOUN,
    PREPOSITIONS,
    is_participle,
    noun_stems,
)
from assistant.wording import STOP_WORDS, Word, words

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question says is done, and by whom.

    `deeds` are the stems of the verb's family, empty when the rules find no verb. `doer` are the stems of the doer's
    words, empty when the doer is what is asked for (`doer_wanted`) or not told. `aim` is the family of a second verb
    that depends on the first ("confirm" in "What did she ask him to confirm?"), empty without one. `doer_words` is
    the doer as the question writes it, `befallen` what a deed in the passive is done to.
    """

    deeds: frozenset[str] = frozenset()
    doer: frozenset[str] = frozenset()
    doer_wanted: bool = False
    verb: Word | None = None
    aim: frozenset[str] = frozenset()
    doer_words: str = ""
    befallen: str = ""


@lru_cache(maxsize=512)
def asked(question: str) -> Asked:
    """Deed and doer of `question`; an empty `Asked` when the rules find none."""
    tokens = words(question)
    place = next((i for i, word in enumerate(tokens) if word.text.casefold() in AUXILIARIES), None)
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
        if i == opener + 1 and not word.capital and word.text.casefold() not in STOP_WORDS | AUXILIARIES:
            return word
        inside = i > 0 and tokens[i - 1].text.casefold() in OPENS_NOUN | PREPOSITIONS and i - 1 != opener
        if not word.capital and names_a_deed(word.text) and not inside:
            return word
    return None


def _after_auxiliary(question: str, tokens: Sequence[Word], place: int, *, subject_asked: bool) -> Asked:
    auxiliary = tokens[place].text.casefold()
    rest = [i for i in range(place + 1, len(tokens)) if tokens[i].text.casefold() not in ADVERBS]
    at = _verb(question, tokens, rest, auxiliary)
    if at is None or is_light(tokens[at].text):
        return Asked()
    verb = tokens[at]
    between = [tokens[i] for i in rest if i < at]
    passive = is_participle(verb.text) and (
        auxiliary in BE or any(word.text.casefold() in ("been", "be", "being") for word in between)
    )
    deeds = family(verb.text)
    if passive:
        doer = _by_phrase(question, tokens, at)
        befallen = question[between[0].start : between[-1].end] if between else ""
        return Asked(deeds, doer, doer_wanted=_asks_by_whom(tokens), verb=verb, aim=_aim(tokens, at), befallen=befallen)
    doer = noun_stems(between)
    named = question[between[0].start : between[-1].end] if doer else ""
    return Asked(deeds, doer, subject_asked and not doer, verb, _aim(tokens, at), named)


_TURNS = {"on": "off", "off": "on", "up": "down", "down": "up", "in": "out", "out": "in"}
_TURNED = 6
"""So many words behind a verb its particle is looked for: "switch its microphones back on"."""
_TURNING = frozenset(map(lemma, "switch turn opt scale log sign power".split()))


def reverses(sentence: str, question: str) -> bool:
    """Whether `sentence` tells the reverse of the deed of `question`: switching off where switching on is asked about."""
    wanted, told = _turns(question), _turns(sentence)
    return any(
        verb in told and particle not in told[verb] and _TURNS[particle] in told[verb]
        for verb, particles in wanted.items()
        for particle in particles
        if len(particles) == 1
    )


@lru_cache(maxsize=20_000)
def _turns(text: str) -> dict[str, frozenset[str]]:
    """Verbs that a particle turns to their reverse, with the particles that `text` gives them."""
    tokens = words(text)
    found: dict[str, frozenset[str]] = {}
    for i, word in enumerate(tokens):
        if (verb := lemma(word.text)) in _TURNING:
            behind = (one.text.casefold() for one in tokens[i + 1 : i + _TURNED])
            particle = next((one for one in behind if one in _TURNS), None)
            if particle is not None:
                found[verb] = found.get(verb, frozenset()) | {particle}
    return found


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
        if before in OPENS_NOUN | PREPOSITIONS or before.endswith(("’s", "'s", "s’", "s'")):
            continue
        shaped = auxiliary in DO | MODAL or is_participle(word) or word.endswith("ing")
        if shaped and names_a_deed(word):
            after = i + 1
            if after < len(tokens) and after in rest and not tokens[after].capital and _adjacent(question, tokens, i):
                follower = tokens[after].text
                if word.casefold() in NOUNS_TOO and names_a_deed(follower) and not follower.endswith("s"):
                    return after
            return i
        if first is None and shaped and (i != rest[0] or is_participle(word)):
            first = i
    return first


def _adjacent(question: str, tokens: Sequence[Word], i: int) -> bool:
    return question[tokens[i].end : tokens[i + 1].start] == " "


def _by_phrase(question: str, tokens: Sequence[Word], verb: int) -> frozenset[str]:
    by = next((i for i in range(verb + 1, len(tokens)) if tokens[i].text.casefold() == "by"), None)
    if by is None:
        return frozenset()
    return noun_stems([word for word in tokens[by + 1 : by + 7] if word.text.casefold() not in ("whom", "who")])


def _asks_by_whom(tokens: Sequence[Word]) -> bool:
    plain = [word.text.casefold() for word in tokens]
    return any(one == "by" and after in ("whom", "who") for one, after in zip(plain, plain[1:], strict=False)) or (
        plain[-1:] == ["by"] and "who" in plain[:1]
    )
