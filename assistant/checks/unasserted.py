"""What a sentence names without saying it: a thing called false, feared, offered, begun as a rumour, or only called so.

"Fears that the bank would close", "to call it a threat is false", "offered to resign", "branded the plan a sham", "first
said that". A claim that keeps what stands under such a word keeps the word too. Words of saying with a speaker are in
`assistant.checks.saying`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from assistant.checks import Finding
from assistant.checks.reading import acts, is_light
from assistant.checks.saying import governors
from assistant.families import PARTICIPLES, lemma

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.checks.case import Case
    from assistant.checks.reading import Reading
    from assistant.domain import WithheldReason

_NOUNS = (
    "idea notion prospect possibility risk danger fear fears threat hope hopes chance likelihood rumour rumours rumor "
    "rumors speculation suggestion suggestions belief impression perception myth theory suspicion suspicions assumption "
    "question questions doubt doubts uncertainty offer promise proposal proposals plan plans bid attempt attempts refusal "
    "call calls request demand demands intention concern concerns worry worries warning warnings claims allegations "
    "accusation accusations assertion assertions case argument"
)
_OF_A_NOUN = re.compile(
    rf"\b(?P<cue>{'|'.join(_NOUNS.split())}) (?:(?:that|whether|as to|over whether|about whether|of|about)\b)", re.I
)
_ACCOUNT_THAT = re.compile(
    r"\b(?P<cue>accounts?|charges?|contentions?|reports?|stor(?:y|ies)|versions?|gossip|statements?) that\b", re.I
)
_PUT_AT = re.compile(r"\b(?P<cue>puts?|reckon(?:s|ed)?) (?=(?:the|its|their|his|her) (?:[\w’'-]+ ){1,6}?at\b)", re.I)
_THAT = re.compile(r"\b(?:that|whether)\b")
_FALSE = (
    r"(?:(?:simply|categorically|wholly|completely|entirely|utterly|plainly|just|quite|totally|demonstrably|also) )?"
    r"(?P<cue>false|untrue|baseless|unfounded|groundless|wrong|incorrect|inaccurate|mistaken|nonsense|misleading|absurd|"
    r"fanciful|unproven|unsubstantiated|discredited|disproved|debunked|(?:a )?(?:myth|fiction|lie|fabrication)|"
    r"without (?:foundation|basis|substance|merit))"
)
_CALLED_FALSE = re.compile(
    rf"\b(?:is|are|was|were|be|been|being|as|prove|proves|proved|proven|it|that|claim|charge|suggestion),? (?:to be )?{_FALSE}\b",
    re.I,
)
_FALSE_TO_SAY = re.compile(rf"\b{_FALSE} (?:to (?:say|suggest|claim|call|describe|think|state)|that)\b", re.I)
_NO_TRUTH = re.compile(r"\b(?:no|little) (?P<cue>truth|substance|foundation|basis) (?:in|to|for|behind)\b", re.I)
_NOT_TRUE = re.compile(
    r"\b(?:not|n[’']t|never) (?P<cue>true|right|correct|accurate|the case)\b(?:,? [\w ,’']{0,40}?)? that\b", re.I
)
_OPENS_WHAT_IS_FALSE = re.compile(r"\b(?:that|to (?:call|describe|say|suggest|claim|label))\b", re.I)
_LABEL = re.compile(
    r"\b(?P<cue>call(?:s|ed|ing)?|label(?:s|led|ling|ed)?|brand(?:s|ed|ing)?|dub(?:s|bed|bing)?|describ(?:es|ed|ing|e)|"
    r"characteris(?:es|ed|ing|e)|characteriz(?:es|ed|ing|e)|portray(?:s|ed|ing)?|depict(?:s|ed|ing)?|denounc(?:es|ed|ing|e)|"
    r"condemn(?:s|ed|ing)?|decr(?:ied|ies|y)|hail(?:s|ed|ing)?|term(?:s|ed))\b"
    r"(?! (?:for|on|upon|in|off|up|out|by|into|to|that|how|what|the need)\b)(?! [A-Z])",
)
_NEEDS_AS = re.compile(r"describ|character|portray|depict|denounc|condemn|decr|hail")
_EARLIER = re.compile(
    r"\b(?P<cue>first|initially|originally|at first|at the outset|previously|wrongly|mistakenly|erroneously|in error)\b,? "
    r"(?=(?:[A-Z]?[\w’'-]+ ){0,4}?(?:said|claimed|stated|reported|told|announced|gave|put|denied|insisted|maintained|wrote)\b)|"
    r"\b(?P<cue2>(?:earlier|original|previous|first|draft) (?:version|edition|draft|statement|release|report|response|reply|answer|text))\b",
    re.I,
)
_TAKEN_BACK = re.compile(
    r"\b(?:later|since|then|earlier|withdr[ae]w\w*|retract\w*|correct\w*|revis\w*|amend\w*)\b", re.I
)
_IMPLIES = frozenset(
    map(
        lemma,
        "manage help continue begin start proceed go come happen choose first last only able enough turn use dare bother "
        "cease prefer tend need oblige require force cause lead compel make let see found find claim say show prove "
        "appear seem vote decide".split(),
    )
)
"""Before "to": what is done all the same, or what another check looks after."""

_GERUND = re.compile(
    r"\b(?P<cue>accused of|suspected of|stopped short of|stop short of|stopping short of|risk of|danger of|possibility of|"
    r"idea of|prospect of|hopes? of|intention of|chance of|fears? of|threat of|instead of|rather than|opposed to|"
    r"incapable of|prevented (?:\w+ ){0,4}?from|stopped (?:\w+ ){0,4}?from|barred (?:\w+ ){0,4}?from|banned (?:\w+ ){0,4}?from|refrained from|"
    r"denied|denies|denying|ruled out|rules out|suggested|proposed|recommended|considered|avoided) (?=[\w-]+ing\b)",
    re.I,
)
_CLEARED = re.compile(
    r"\b(?P<cue>accus\w+|suspect\w+|clear(?:s|ed|ing)?|acquit\w*|exonerat\w+|absolv\w+|charg(?:ed|es)|indict\w*|far) "
    r"(?:[\w’'.-]+ ){0,4}?(?:of|with|from|for) (?=[\w-]+ing\b)",
    re.I,
)
_WRONGLY = re.compile(r"\b(?P<cue>wrongly|mistakenly|falsely|erroneously|incorrectly)\b", re.I)
_STOPS = re.compile(r"[;—–]|, (?:but|while|whereas|although|which|who) |\. ")


class Frame(NamedTuple):
    """A word at the places `cue` under which `region` is named and not said. `whole`: any of the region is too much."""

    kind: str
    cue: frozenset[int]
    region: frozenset[int]
    reason: WithheldReason
    whole: bool = False


def check(case: Case) -> Finding | None:
    """See `assistant.checks`."""
    core = _core(case)
    for one in frames(case.source):
        if any(j in case.back for j in one.cue) or _said_otherwise(case, one):
            continue
        kept = [j for j in one.region if j in case.back]
        if (one.whole and kept) or len(kept) * 2 > len(one.region) or core & one.region:
            text = " ".join(case.source.tokens[j].text for j in sorted(one.cue))
            detail = f"The source does not say this itself: it stands under “{text}”, which the claim leaves out."
            return Finding(one.reason, detail)
    return _undone(case)


def _said_otherwise(case: Case, one: Frame) -> bool:
    """Whether the claim has a frame of the same kind around the same words, worded otherwise."""
    places = case.alignment.places
    if one.kind == "earlier" and _TAKEN_BACK.search(case.claim):
        return True
    return any(
        other.kind == one.kind and {places.get(i) for i in other.region} & one.region for other in frames(case.said)
    ) or (
        one.reason == "negation_changed"
        and any(
            other.standing == "denial" and {places.get(i) for i in other.region} & one.region
            for other in governors(case.said)
        )
    )


def _core(case: Case) -> frozenset[int]:
    """Where the claim's own predicate stands in the source: what it says is or was done by whom it is about."""
    said = case.said
    governed = {i for one in governors(said) for i in one.region}
    found: set[int] = set()
    for i, token in enumerate(said.tokens):
        if token.text.casefold() in ("is", "are", "was", "were") and i not in governed:
            complement = next((k for k in range(i + 1, len(said.tokens)) if said.tokens[k].carries), None)
            found |= {complement} if complement is not None and complement not in governed else set()
    if not found:
        found = {i for i in range(len(said.tokens)) if i not in governed and acts(said, i) and not _bare(said, i)}
    return frozenset(case.alignment.places[i] for i in found if i in case.alignment.places)


def _bare(reading: Reading, i: int) -> bool:
    """Whether a verb depends on another word, as in "to sell", "of selling", "would sell"."""
    before = reading.tokens[i - 1] if i else None
    return before is not None and (before.text.casefold() == "to" or before.klass in ("may", "will", "should", "can"))


@lru_cache(maxsize=20_000)
def frames(reading: Reading) -> tuple[Frame, ...]:
    """Every frame of a sentence."""
    return tuple(
        one
        for found in (_under_nouns, _false, _labels, _earlier, _wrongly, _gerunds)
        for one in found(reading)
        if one.region and one.cue
    )


def _under_nouns(reading: Reading) -> Iterator[Frame]:
    for match in _OF_A_NOUN.finditer(reading.text):
        end = _end(reading, match.end())
        if not _THAT.search(match.group()):
            verb = next(
                (one.start for i, one in enumerate(reading.tokens) if one.start >= match.end() and _finite(reading, i)),
                end,
            )
            end = min(end, verb)
        yield Frame("noun", _at(reading, *match.span("cue")), _carrying(reading, match.end(), end), "hedge_changed")
    for pattern in (_ACCOUNT_THAT, _PUT_AT):
        for match in pattern.finditer(reading.text):
            region = _carrying(reading, match.end(), _end(reading, match.end()))
            yield Frame("account", _at(reading, *match.span("cue")), region, "standing_changed")


def _finite(reading: Reading, i: int) -> bool:
    """Whether the predicate begins here, of which "the risk of bias" is the subject."""
    plain = reading.tokens[i].text.casefold()
    return plain in ("is", "are", "was", "were", "has", "have", "had") or reading.tokens[i].klass in ("will", "may")


def _false(reading: Reading) -> Iterator[Frame]:
    for pattern in (_FALSE_TO_SAY, _NO_TRUTH, _NOT_TRUE):
        for match in pattern.finditer(reading.text):
            region = _carrying(reading, match.end(), _end(reading, match.end()))
            yield Frame("false", _at(reading, *match.span("cue")), region, "negation_changed")
    for match in _CALLED_FALSE.finditer(reading.text):
        opened = [one for one in _OPENS_WHAT_IS_FALSE.finditer(reading.text, 0, match.start())]
        inner = next(
            (one for one in reversed(opened) if one.group().casefold() != "that"), opened[-1] if opened else None
        )
        begins = inner.end() if inner else 0
        begins = max([begins, *(one.end() for one in re.finditer(r"[;:]", reading.text[: match.start()]))])
        region = _carrying(reading, begins, match.start("cue"))
        yield Frame("false", _at(reading, *match.span("cue")), region, "negation_changed")


def _labels(reading: Reading) -> Iterator[Frame]:
    for match in _LABEL.finditer(reading.text):
        place = next((i for i, one in enumerate(reading.tokens) if one.start == match.start("cue")), None)
        if place is None:
            continue
        end = _end(reading, match.end())
        part = re.compile(r" and (?=\w+(?:ed|t)\b)").search(reading.text, match.end(), end)
        verb = next((one.start for i, one in enumerate(reading.tokens) if i > place + 1 and acts(reading, i)), end)
        end = min(end, verb, part.start() if part else end)
        as_ = re.compile(r"\bas\b").search(reading.text, match.end(), end)
        if as_:
            yield Frame(
                "label", frozenset((place,)), _carrying(reading, as_.end(), end), "standing_changed", whole=True
            )
        elif not _NEEDS_AS.match(match.group().casefold()):
            region = _carrying(reading, match.end(), end)
            alone = reading.passive(place) or bool(
                re.search(r"\b(?:what|whom|which) [^,]{2,40}$", reading.text[: match.start()], re.I)
            )
            if len(region) > 1 or alone:
                yield Frame("label", frozenset((place,)), region, "standing_changed", whole=alone)


def _earlier(reading: Reading) -> Iterator[Frame]:
    """What was said first and no longer is, or may not be."""
    for match in _EARLIER.finditer(reading.text):
        name = "cue" if match["cue"] else "cue2"
        region = _carrying(reading, match.end(), _end(reading, match.end()))
        yield Frame("earlier", _at(reading, *match.span(name)), region, "wrong_time")


def _wrongly(reading: Reading) -> Iterator[Frame]:
    for match in _WRONGLY.finditer(reading.text):
        region = _carrying(reading, match.end(), _end(reading, match.end()))
        yield Frame("false", _at(reading, *match.span("cue")), region, "negation_changed")


def _gerunds(reading: Reading) -> Iterator[Frame]:
    for match in _CLEARED.finditer(reading.text):
        end = _end(reading, match.end())
        comma = reading.text.find(",", match.end(), end) if match["cue"].casefold() == "far" else -1
        region = _carrying(reading, match.end(), comma if comma > 0 else end)
        guilty = match["cue"].casefold().startswith(("accus", "suspect", "charg", "indict"))
        reason: WithheldReason = "standing_changed" if guilty else "negation_changed"
        yield Frame("gerund", _at(reading, *match.span("cue")), region, reason)
    for match in _GERUND.finditer(reading.text):
        region = _carrying(reading, match.end(), _end(reading, match.end()))
        yield Frame("gerund", _at(reading, *match.span("cue")), region, "standing_changed")


def _undone(case: Case) -> Finding | None:
    """A deed that the source has in the infinitive, offered or begged or planned, is not told as done."""
    said, source = case.said, case.source
    for i, j in case.alignment.places.items():
        if not _told_as_done(said, i) or not _infinitive(source, j):
            continue
        matrix = _matrix(source, j)
        if matrix is None or matrix in case.back or source.tokens[matrix].lemma in _IMPLIES:
            continue
        if any(k in case.back for k in range(matrix, j) if source.tokens[k].kind == "operator"):
            continue
        shown = source.text[source.tokens[matrix].start : source.tokens[j].end]
        return Finding("hedge_changed", f"The source has “{shown}”, not that it was done.")
    return None


def _told_as_done(said: Reading, i: int) -> bool:
    plain = said.tokens[i].text.casefold()
    return (
        said.tokens[i].kind == "word"
        and not _bare(said, i)
        and (plain.endswith("ed") or plain in PARTICIPLES or lemma(plain) != plain)
        and acts(said, i)
    )


def _infinitive(source: Reading, j: int) -> bool:
    return source.tokens[j].kind == "word" and j > 0 and source.tokens[j - 1].text.casefold() == "to"


def _matrix(source: Reading, j: int) -> int | None:
    """The verb or noun that the infinitive at `j` depends on: the nearest verb before it, else the word right before."""
    for i in range(j - 2, -1, -1):
        if source.is_verb(i) or i == j - 2 and source.tokens[i].carries:
            return None if is_light(source.tokens[i]) else i
        if re.search(r"[,;:]", source.between(i, i + 1)):
            return None
    return None


def _end(reading: Reading, start: int) -> int:
    stop = _STOPS.search(reading.text, start)
    return stop.start() if stop else len(reading.text)


def _at(reading: Reading, start: int, end: int) -> frozenset[int]:
    return frozenset(i for i, one in enumerate(reading.tokens) if one.start < end and start < one.end)


def _carrying(reading: Reading, start: int, end: int) -> frozenset[int]:
    return frozenset(i for i, one in enumerate(reading.tokens) if one.carries and start <= one.start and one.end <= end)
