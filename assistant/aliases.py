"""Other names for the same person or body, where the text itself gives both.

Read off appositions ("Professor Fraser Sampson, biometrics and surveillance camera commissioner", "Information
Commissioner John Edwards") and definitions ("the Information Commissioner’s Office (ICO)"). Nothing is known from
elsewhere, so two people of one surname stay apart unless one text joins them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from assistant.families import lemma
from assistant.wording import STOP_WORDS, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TITLE = r"(?:Professor|Prof\.?|Dr\.?|Mr\.?|Mrs\.?|Ms\.?|Sir|Dame|Lord|Lady|Baroness|Judge|Justice|Rt\.? Hon\.?)"
_PERSON = rf"(?:{_TITLE} )*(?:[A-Z][\w’'-]+ ){{1,3}}[A-Z][\w’'-]+(?: [KQ]C| MP)?"
_ROLE_NOUN = (
    "commissioner|minister|secretary|chair|chairman|chairwoman|chairperson|president|director|chief|officer|spokesman|"
    "spokeswoman|spokesperson|head|member|deputy|judge|ombudsman|regulator|watchdog|founder|executive|counsel|solicitor|manager|"
    "lawyer|barrister|senator|representative|ambassador|governor|mayor|leader|editor|analyst|researcher"
)
_WORD = r"[\w’'&-]+"
_OF = r"(?: (?:of|for|at|on) (?:the )?[A-Z][\w’'&-]*(?: (?:and |of |for )?[A-Z][\w’'&-]*){0,5})?"
# "Professor Fraser Sampson, biometrics and surveillance camera commissioner", "Ana Ruiz, Chief Executive of Arc Optics"
_BEHIND = re.compile(
    rf"(?P<name>{_PERSON})(?:, (?:who is |who was )?| who (?:is|was) | is | was )(?:the |then |its |now |a |an )*"
    rf"(?P<role>(?:{_WORD} ){{0,8}}?(?i:{_ROLE_NOUN}){_OF})(?!\w)"
)
# "Information Commissioner John Edwards", "the Surveillance Camera Commissioner, Fraser Sampson,"
_BEFORE = re.compile(
    rf"(?P<role>(?:[A-Z]{_WORD} (?:and )?){{0,5}}(?:{'|'.join(word.capitalize() for word in _ROLE_NOUN.split('|'))})),? "
    rf"(?P<name>(?:{_TITLE} )*[A-Z]{_WORD} [A-Z]{_WORD})"
)
# "Its chair, Sir Anselm Pike,", "a spokesman for Arc Optics, Ana Ruiz,", "the minister (Mia Stone)"
_INTRODUCED = re.compile(
    rf"\b(?:[Ii]ts|[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir) (?P<role>(?:{_WORD} ){{0,6}}?(?i:{_ROLE_NOUN}){_OF})"
    rf"(?:, (?P<name>{_PERSON})(?=[,.;:])| \((?P<bracketed>{_PERSON})\))"
)
_DEFINED = re.compile(
    r"(?P<long>(?:[A-Z][\w’'&-]+,? (?:of |and |for |the |on |in )*){1,9}[A-Z][\w’'&-]+) \((?:the )?[“\"‘']?(?P<short>[A-Z][A-Za-z&-]{1,11})[”\"’']?\)"
)
# "Lumen Grid plc (“Lumen Grid” or the “Company”)", "the Ports Board (the “Board”)"
_IN_QUOTES = re.compile(
    rf"(?P<long>(?:[A-Z]{_WORD} (?:of |and |for |the )*){{0,8}}[A-Z]{_WORD}(?: plc| Ltd| Limited| Inc\.?)?) "
    r"\((?P<inside>[^()]*[“\"][^()]+)\)"
)


class Alias(NamedTuple):
    """Two ways to name one: stems of the name (or short form) and of the role (or long form)."""

    name: frozenset[str]
    other: frozenset[str]


def aliases(texts: Iterable[str]) -> tuple[Alias, ...]:
    """Every pair that one of `texts` joins, without repeats, in order."""
    return tuple(dict.fromkeys(alias for text in texts for alias in _of(text)))


@lru_cache(maxsize=4_000)
def _of(text: str) -> tuple[Alias, ...]:
    found = []
    for pattern in (_BEHIND, _BEFORE, _INTRODUCED):
        for match in pattern.finditer(text):
            name = match["name"] or match.groupdict().get("bracketed") or ""
            found.append(Alias(_stems(name), _stems(match["role"])))
    for match in _IN_QUOTES.finditer(text):
        for short in re.findall(r"[“\"]([^”\"]{2,40})[”\"]", match["inside"]):
            found.append(Alias(_stems(short), _stems(match["long"])))
    for match in _DEFINED.finditer(text):
        if _initials(match["long"]).endswith(match["short"].upper()) or len(match["short"]) <= 6:
            long = _long_form(match["long"], match["short"])
            found.append(Alias(_stems(match["short"]), _stems(long)))
    return tuple(one for one in found if one.name and one.other)


def _long_form(long: str, short: str) -> str:
    """The end of `long` whose initials spell `short`; all of it when none does."""
    parts = long.split()
    for start in range(len(parts)):
        if _initials(" ".join(parts[start:])) == short.upper():
            return " ".join(parts[start:])
    return long


def _initials(long: str) -> str:
    return "".join(word[0] for word in long.split() if word[0].isupper())


def _stems(text: str) -> frozenset[str]:
    plain = (re.sub(r"[’']s?$", "", word.text) for word in words(text))
    return frozenset(lemma(word) for word in plain if word.casefold() not in STOP_WORDS)


def known_as(stems: frozenset[str], known: Sequence[Alias]) -> frozenset[str]:
    """`stems` of a name together with what else `known` says names the same."""
    found = set(stems)
    for alias in known:
        surname = stems & alias.name
        if surname and len(surname) * 2 >= min(len(stems), len(alias.name)):
            found |= alias.other
        elif stems and stems == alias.other:
            found |= alias.name
    return frozenset(found)
