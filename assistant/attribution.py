"""Who a sentence is attributed to, where the text around it settles that; nothing is inferred beyond it.

Three cases, tried in order:

1. the sentence names its speaker beside a reporting verb ("X said ...", "... ,” wrote X", "according to X");
2. the sentence stands inside a quotation of a paragraph whose reporting clause names the speaker;
3. a pronoun beside a reporting verb ("He asked ..."), when the sentences before it in the passage name exactly
   one person or body as a speaker.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

REPORTING_VERBS = (
    "accused|acknowledged|added|admitted|advised|agreed|alleged|announced|answered|argued|asked|"
    "asserted|believes|called|cautioned|claimed|claims|commented|complained|concluded|condemned|"
    "confirmed|considered|contended|declared|decided|declined|denied|denies|described|disclosed|"
    "dismissed|emphasised|emphasized|estimated|explained|expressed|found|held|insisted|maintained|"
    "maintains|noted|notes|objected|observed|ordered|pledged|pointed out|promised|proposed|"
    "published|questioned|recommended|recommends|refused|rejected|rejects|remarked|replied|reported|"
    "reports|requested|responded|revealed|ruled|said|says|states|stated|stressed|submitted|"
    "suggested|suggests|suspected|told|tweeted|urged|urges|vowed|warned|warns|welcomed|wrote|"
    "writes"
)

_TITLE = (
    r"(?:(?:Professor|Prof\.?|Dr\.?|Mr\.?|Mrs\.?|Ms\.?|Miss|Sir|Dame|Lord|Lady|Baroness|Baron|Judge|Justice|"
    r"Senator|Sen\.?|Representative|Rep\.?|Rt\.? Hon\.?|President|Minister|Commissioner|Secretary) )*"
)
_PART = r"[A-Z][\w’'\-&.]*[\w]"
_JOIN = r"(?: (?:of|and|for|the|de|van|von|bin|al|&) (?=[A-Z])| )"
_NAMED = rf"{_TITLE}(?:{_PART})(?:{_JOIN}(?:{_PART}))*"
_BODIES = (
    "committee commissioner company government tribunal court regulator minister ministry department firm vendor "
    "agency authority commission board council report letter notice spokesperson spokesman spokeswoman union group"
).split()
_BODY = rf"[Tt]he (?:[\w’\-]+ ){{0,3}}?(?:{'|'.join(f'[{word[0].upper()}{word[0]}]{word[1:]}' for word in _BODIES)})"
_ROLE = r"(?:,[^,.;:“”\"]{2,90},)?"
_ADVERB = r"(?: (?:also|then|later|further|has|have|had|subsequently|publicly|previously|repeatedly|now))*"

_SUBJECT_FIRST = re.compile(rf"(?P<who>{_BODY}|{_NAMED}){_ROLE}{_ADVERB} (?P<verb>{REPORTING_VERBS})\b")
_VERB_FIRST = re.compile(rf"[,?!.][”\"’'] (?P<verb>{REPORTING_VERBS}) (?P<who>{_BODY}|{_NAMED})")
_ACCORDING = re.compile(rf"\b[Aa]ccording to (?P<who>{_BODY}|{_NAMED})")
_PRONOUN = re.compile(rf"^[“\"]?(?P<who>He|She|They|It){_ADVERB} (?P<verb>{REPORTING_VERBS})\b")
_NOT_NAMES = frozenset(
    [
        "In",
        "On",
        "At",
        "The",
        "A",
        "An",
        "But",
        "And",
        "As",
        "If",
        "When",
        "While",
        "This",
        "That",
        "These",
        "Those",
        "It",
        "He",
        "She",
        "They",
        "We",
        "I",
        "There",
        "Last",
        "After",
        "Before",
        "However",
        "Meanwhile",
        "Also",
        "Since",
        "By",
        "For",
        "From",
        "With",
        "According",
        "Under",
        "Following",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ]
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a sentence.

    `speaker` is as the text names it. `basis` is the sentence that says so (an index into the sentences that were
    given), which a claim must cite when it names the speaker. `quoted` is True for the speaker's own words.
    """

    speaker: str
    verb: str
    basis: int
    quoted: bool


def attribute(sentences: Sequence[str], index: int) -> Attribution | None:
    """Who says `sentences[index]`, by that sentence and its neighbours in one passage; None when unsettled."""
    own = _own(sentences[index])
    if own:
        return Attribution(own[0], own[1], index, quoted=_is_quotation(sentences[index]))
    if _inside_quotation(tuple(sentences), index):
        return _of_the_quotation(sentences, index)
    pronoun = _PRONOUN.match(sentences[index])
    if pronoun:
        return _antecedent(sentences, index, pronoun)
    return None


@lru_cache(maxsize=20_000)
def _own(sentence: str) -> tuple[str, str] | None:
    outside = _mask_quotations(sentence)
    for pattern in (_VERB_FIRST, _SUBJECT_FIRST, _ACCORDING):
        for found in pattern.finditer(sentence):
            who = found.group("who")
            if outside[found.start("who")] == "\0" or not _is_name(who):
                continue
            verb = found.groupdict().get("verb") or "according to"
            return _trim(who), verb
    return None


def _trim(who: str) -> str:
    parts = who.split(" ")
    while parts and parts[0] in _NOT_NAMES and not who.startswith(("The ", "the ")):
        parts = parts[1:]
    return " ".join(parts).removesuffix("’s").removesuffix("'s")


def _is_name(who: str) -> bool:
    trimmed = _trim(who)
    return bool(trimmed) and trimmed not in _NOT_NAMES


def _mask_quotations(sentence: str) -> str:
    """The sentence with everything inside double quotation marks blanked, lengths kept."""
    return re.sub(r"[“\"][^”\"]*(?:[”\"]|$)", lambda match: "\0" * len(match.group()), sentence)


def _is_quotation(sentence: str) -> bool:
    quoted = sum(len(part) for part in re.findall(r"[“\"]([^”\"]*)(?:[”\"]|$)", sentence))
    return quoted > len(sentence) * 0.6


@lru_cache(maxsize=20_000)
def _inside_quotation(sentences: tuple[str, ...], index: int) -> bool:
    """True when the sentence lies wholly within double quotation marks that may open or close in a neighbour."""
    before = "".join(sentences[:index])
    opened = before.count("“") > before.count("”") or before.count('"') % 2 == 1
    sentence = sentences[index].strip()
    if opened:
        closes = re.search(r"[”\"]", sentence)
        return closes is None or not sentence[closes.end() :].strip(" .,;")
    return bool(re.match(r"^[“\"]", sentence)) and _is_quotation(sentence)


def _of_the_quotation(sentences: Sequence[str], index: int) -> Attribution | None:
    for other in (index - 1, index + 1, index - 2, index + 2):
        if not 0 <= other < len(sentences):
            continue
        own = _own(sentences[other])
        if own and re.search(r"[“”\"]", sentences[other]):
            return Attribution(own[0], own[1], other, quoted=True)
    return None


def _antecedent(sentences: Sequence[str], index: int, pronoun: re.Match[str]) -> Attribution | None:
    speakers = {}
    for other in range(index):
        own = _own(sentences[other])
        if own:
            speakers[own[0].split()[-1]] = (own[0], other)
    if len(speakers) != 1:
        return None
    ((speaker, basis),) = speakers.values()
    person = pronoun.group("who") in ("He", "She")
    if person == (" " not in speaker and speaker.isupper()):  # "He" is no acronym
        return None
    if person and speaker.lower().startswith("the ") and not re.search(r"commissioner|minister", speaker, re.I):
        return None
    return Attribution(speaker, pronoun.group("verb"), basis, quoted=False)
