"""Words of saying in a sentence: what depends on them, in what standing, and whose words it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from assistant.checks.lexicon import standings
from assistant.checks.reading import doing
from assistant.families import PARTICIPLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.checks.reading import Reading, Token

_PLURALS = frozenset(
    "reports claims plans rules views queries questions inquiries enquiries orders requests demands calls appeals answers "
    "replies responses comments remarks notes points concerns fears cautions estimates forecasts projects judges doubts "
    "findings quotes tells conclusions warnings beliefs statements observations presses disputes aims hopes wants feels "
    "expresses addresses mentions records".split()
) - frozenset("claims hopes wants feels tells".split())
"""Forms that are nouns as often as verbs; they count as verbs before "that" only."""

_PROPOSED = re.compile(
    r"(?:\b[Uu]nder|^In) (?:the|its|their|his|her|these|those|new|draft|a) (?:[\w-]+ ){0,2}?(?:proposals?|plans?|[Bb]ill|draft)\b"
)
_WORD_OF = re.compile(
    r"\b(?P<noun>figure|statistic|estimate|count|claim|charge|assertion|account|view|calculation) (?:from|by|of) "
    r"(?P<who>(?:the )?[A-Z][\w’'&-]*(?: [\w’'&-]+){0,6}?),? that\b"
)
_LEADS = frozenset("to they we i you not would will should must may could can".split())
_NOUNS = frozenset(
    "allegation allegations accusation accusations claim claims denial proposal proposals plan plans request requests "
    "suspicion suspicions recommendation suggestion belief opinion concern concerns warning warnings call calls pledge "
    "promise commitment finding findings conclusion conclusions intention fear fears doubts".split()
)
_AFTER_NOUN = ("that", "of", "to", "for", "about", "against", "whether", "by")
_DETERMINERS = frozenset("the a an its their his her our my this that these those no any some of".split())
_POST = re.compile(r"^\s*(?:[.,;!?”\"]|$|(?:(?:the|a|an) )?[A-Z]|(?:on|in|at|during|last|this|to|yesterday|when|as)\b)")
_TIME = re.compile(r"^\s*(?:[.,;!?”\"]|$|(?:on|in|at|during|last|this|yesterday|when)\b)")
_OPENING = re.compile(
    r"^\W*(?:in|on|at|after|before|following|during|by|with|as|for|when|while|although|since|under|if|last|however)\b",
    re.I,
)
_OF_WHAT = re.compile(r"\bwhat (?:[\w’'-]+ ){1,5}$")
"""Contrary to what the leaflet says, ...: what follows is not the leaflet's."""

_TITLES = r"(?:the |an? |mr\.? |mrs\.? |ms\.? |dr\.? |sir |dame |lord |lady |professor )*"
IN_FRONT = re.compile(r"^[A-Z][^:“\"]{1,120}: (?=[“\"])")


class Governor(NamedTuple):
    """A word of saying: where it stands, its standing, the tokens that depend on it, and its speaker's tokens."""

    place: int
    standing: str
    region: frozenset[int]
    speaker: frozenset[int]


def governors(reading: Reading) -> list[Governor]:
    """Every word of saying of a sentence, with its reach."""
    found = []
    for place in range(len(reading.tokens)):
        standing = _standing(reading, place)
        if standing:
            region, speaker = _reach(reading, place)
            speaker = _spokesman(reading, place, speaker)
            found.append(Governor(place, standing, region - speaker - {place}, speaker))
    if not any(one.standing == "question" for one in found):
        found += _whether(reading)
    return [*found, *_in_front(reading, found), *_according(reading), *_under_proposals(reading), *_word_of(reading)]


def _whether(reading: Reading) -> Iterator[Governor]:
    for place, token in enumerate(reading.tokens):
        if token.text.casefold() == "whether":
            yield Governor(place, "question", _carrying(reading, token.end, len(reading.text)), frozenset())


def _in_front(reading: Reading, found: Sequence[Governor]) -> Iterator[Governor]:
    """Jane Roe: “...”."""
    front = IN_FRONT.match(reading.text)
    if front and not any(reading.tokens[one.place].end <= front.end() for one in found):
        speaker = _carrying(reading, 0, front.end())
        if speaker:
            yield Governor(min(speaker), "say", _carrying(reading, front.end(), len(reading.text)), speaker)


def _according(reading: Reading) -> Iterator[Governor]:
    match = re.search(r"\b(?:[Aa]ccording to|[Ii]n the (?:view|opinion|words) of)\b", reading.text)
    if not match:
        return
    speaker: set[int] = set()
    for i, one in enumerate(reading.tokens):
        if one.start < match.end():
            continue
        if speaker and (reading.between(i - 1, i).strip() or not one.carries):
            break
        if one.carries:
            speaker.add(i)
    if speaker:
        rest = _carrying(reading, 0, len(reading.text)) - speaker
        yield Governor(min(speaker), "say", rest, frozenset(speaker))


def _under_proposals(reading: Reading) -> Iterator[Governor]:
    """As in "under the proposals, the board will merge"."""
    match = _PROPOSED.search(reading.text)
    if match:
        named = _carrying(reading, match.start(), match.end())
        if named:
            yield Governor(max(named), "proposal", _carrying(reading, 0, len(reading.text)) - named, frozenset())


def _word_of(reading: Reading) -> Iterator[Governor]:
    """A figure from Jane Roe, that ...: what follows is hers, and the sentence does not say it itself."""
    match = _WORD_OF.search(reading.text)
    if match:
        place = next((i for i, one in enumerate(reading.tokens) if one.start == match.start("noun")), None)
        speaker = _carrying(reading, *match.span("who"))
        if place is not None and speaker:
            yield Governor(place, "say", _carrying(reading, match.end(), len(reading.text)), speaker)


def _spokesman(reading: Reading, place: int, speaker: frozenset[int]) -> frozenset[int]:
    """Whoever speaks for another speaks as that other: "a spokesperson for Halden Ltd"."""
    if not any(reading.tokens[i].text.casefold().startswith("spokes") for i in speaker):
        return speaker
    behind = [i for i in range(max(speaker) + 1, place) if reading.tokens[i].carries]
    return speaker | frozenset(behind)


def _carrying(reading: Reading, start: int, end: int) -> frozenset[int]:
    return frozenset(i for i, one in enumerate(reading.tokens) if one.carries and start <= one.start and one.end <= end)


def _standing(reading: Reading, place: int) -> str | None:
    token = reading.tokens[place]
    plain = token.text.casefold()
    standing = (
        "say"
        if plain in ("said", "says", "say") or _tells_what_another_says(reading, place)
        else standings().get(token.lemma)
        if token.kind == "word"
        else None
    )
    if not standing:
        return None
    if _OF_WHAT.search(reading.text, 0, token.start) and reading.text[token.end : token.end + 1] == ",":
        return None
    tokens = reading.tokens
    after = tokens[place + 1].text.casefold() if place + 1 < len(tokens) else ""
    before = tokens[place - 1].text.casefold() if place else ""
    noun = (
        (before in _DETERMINERS and not (before == "that" and (plain.endswith("ed") or plain in PARTICIPLES)))
        or before.endswith(("’s", "'s", "s’"))
        or _is_counted(tokens, place)
    )
    if noun or (plain in _NOUNS and not plain.endswith("ed") and after in _AFTER_NOUN):
        loose = after == "of" and standing not in (
            "allegation",
            "denial",
        )  # "the findings of the court" says nothing yet
        return standing if plain in _NOUNS and after in _AFTER_NOUN and not loose else None
    if after != "that" and (
        plain in _PLURALS or plain.startswith("record") or (f"{plain}s" in _PLURALS and before not in _LEADS)
    ):
        return None
    if (
        standing == "denial"
        and plain[:6] in ("reject", "dismis")
        and not _denies_words(tokens, place, passive=reading.passive(place))
    ):
        return None
    if token.lemma in ("call", "appeal", "press") and after not in ("for", "on", "upon"):
        return None
    if standing == "request" and any(
        one.text.casefold() in ("whether", "if", "why", "how", "what", "when") for one in tokens[place + 1 : place + 7]
    ):
        return "question"
    return standing


def _tells_what_another_says(reading: Reading, place: int) -> bool:
    """As in "quoted the Herald as saying that", "under a headline saying that"."""
    if reading.tokens[place].text.casefold() != "saying":
        return False
    after = reading.tokens[place + 1].text.casefold() if place + 1 < len(reading.tokens) else ""
    return after == "that" or (place > 0 and reading.tokens[place - 1].text.casefold() == "as")


def _is_counted(tokens: tuple[Token, ...], place: int) -> bool:
    """As in "three claims"; "31 replied" and "first said" are deeds."""
    number = tokens[place - 1].number if place else None
    plain = tokens[place].text.casefold()
    return number is not None and number.unit != "ordinal" and not plain.endswith("ed") and plain not in PARTICIPLES


def _denies_words(tokens: tuple[Token, ...], place: int, *, passive: bool) -> bool:
    """As in "Rejected the allegation" denies what it says; "rejected the bid" denies nothing."""
    return any(
        one.text.casefold() in _NOUNS or one.text.casefold() in ("that", "suggestions", "idea", "notion")
        for one in (tokens[max(0, place - 7) : place] if passive else tokens[place + 1 : place + 7])
    )


def _reach(reading: Reading, place: int) -> tuple[frozenset[int], frozenset[int]]:
    tokens = reading.tokens
    doers = doing(reading, place)
    head = reading.text[: tokens[min(doers.agents, default=place)].start if doers.agents else tokens[place].start]
    behind = reading.text[tokens[place].end :]
    quoted = re.search(rf"[,?!.…][”\"’']\s*{_TITLES}$", head, re.I)
    ends = not behind.strip(' .”"')
    after_comma = re.search(rf",\s*{_TITLES}$", head, re.I) and (ends or not _OPENING.match(head))
    if (quoted and _POST.match(behind)) or (
        after_comma and (_TIME.match(behind) or (not doers.agents and _POST.match(behind)))
    ):
        region = {i for i in range(place) if tokens[i].carries and tokens[i].end <= len(head)}
        speaker = doers.agents if doers.agents and min(doers.agents) >= len(region) and not quoted else frozenset[int]()
        if not speaker or quoted:
            speaker = (doers.agents if quoted else frozenset()) or _inverted(reading, place) or doers.agents
        more = re.search(r"[“\"]", behind)
        if more:
            begins = tokens[place].end + more.start()
            region |= {i for i, one in enumerate(tokens) if one.carries and one.start > begins}
        if len(region) > 1 or (quoted and region):
            return frozenset(region), speaker
    region = set()
    inside = reading.text[: tokens[place].start].count("“") > reading.text[: tokens[place].start].count("”")
    for i in range(place + 1, len(tokens)):
        if (inside and re.search(r"[”\"]", reading.between(i - 1, i))) or _turns(reading, place, i):
            break
        if tokens[i].carries:
            region.add(i)
    return frozenset(region), doers.agents


def _turns(reading: Reading, place: int, i: int) -> bool:
    """As in "said that P, but later withdrew it", "under a headline saying P, that Q": what follows is not told there."""
    plain = reading.tokens[i].text.casefold()
    if "," not in reading.between(i - 1, i) or i + 1 >= len(reading.tokens):
        return False
    if plain == "that":
        return reading.tokens[place].text.casefold() == "saying"
    after = reading.tokens[i + 1].text.casefold()
    return plain == "but" and after in (
        "later",
        "then",
        "since",
        "did",
        "does",
        "has",
        "had",
        "was",
        "soon",
        "afterwards",
    )


def _inverted(reading: Reading, place: int) -> frozenset[int]:
    """“...,” said Brian Nelson, the Under Secretary: what follows up to the sentence's first verb or quotation."""
    found: set[int] = set()
    if not re.match(r"\s*(?:the |an? )?[A-Z]", reading.text[reading.tokens[place].end :]):
        return frozenset()
    for i in range(place + 1, len(reading.tokens)):
        gap = reading.between(i - 1, i)
        if re.search(r"[“\".;:]\s*$", gap) and "." not in reading.tokens[i - 1].text and len(found) > 0:
            break
        if reading.is_verb(i):
            break
        if reading.tokens[i].carries:
            found.add(i)
    return frozenset(found)
