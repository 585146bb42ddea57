"""What can be read off evidence about whether it answers: a few figures, each of one plain meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from assistant.asking import asked
from assistant.bearers import names
from assistant.doers import SPEECH
from assistant.families import is_light, lemma, names_a_deed
from assistant.kinds import holds_kind, tells_kind
from assistant.question import ASKING
from assistant.roles import SAME, UNKNOWN, WITHOUT_AIM, done, is_named, speaks
from assistant.things import thing
from assistant.word_classes import GENERIC_STEMS, is_participle
from assistant.wording import stem, stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.evidence import Evidence, Statement

ABSENT = 0.35
"""A word of the question that no passage meets better than this is absent from what was found."""

BEST = 4
"""So many of the best statements are looked at for what the question's kind asks for."""

NEAR_BEST = 0.7
"""Statements with this share of the best one's score may answer."""

NEIGHBOUR = 0.8
"""A word that the sentence before or after holds counts for this much."""

_LEAST = 0.05
"""An unmet word counts as this, so that a product never vanishes for one word."""

NEAR_VERB = 0.6
"""A word that meets the verb of the question this well tells of the same deed, whatever the word is."""

MANY_WORDS = 12
"""Long questions are met less well word by word, whatever they ask; from here on they count as equally long."""

_REPLIES = frozenset(map(lemma, "reply respond answer deny admit apologise refuse reject concede accept".split()))
"""What only a reply can be: a paper of somebody's is not their reply to what the question names."""
_SAYS = SPEECH | frozenset(map(lemma, "deny admit apologise refuse reject concede accept write tell".split()))
"""What only the one whom the question names can do: a passage in which they say nothing does not tell it."""


@dataclass(frozen=True, slots=True)
class Signals:
    """All figures in about [0, 1].

    `coverage`: share of the question, by rarity of its words, that the best sentence and its surroundings hold.
    `core`: the same with names resolved, together with nearness in meaning, of the sentence best in both.
    `joint`: how well one sentence meets the question's names and its other words at once (a product of weighted
    geometric means, so that one unmet word counts). `meaning`: cosine of the nearest passage. `late`: idf-weighted
    MaxSim of the best passage. `length`: words of the question, 12 and more being 1.
    `kind`: 0 when the question asks for a date, a number or a name and the best sentences hold none, else 1.
    `spoken`: 0 when it asks what somebody replied, and nothing found has them speak, else 1.
    `thing`: how well a statement near the best meets the thing asked for by a noun ("which stock exchange"), 1 where
    there is none. `rest`: the mean over words that are no names, of the sentence that meets them best.
    `told`: 0 when it asks who does something, and nothing found speaks of such a deed, else 1.
    `absent_names` are names of the question, as asked, that nothing found holds or comes near to.
    """

    coverage: float
    core: float
    joint: float
    meaning: float
    late: float
    length: float
    kind: float
    spoken: float
    told: float
    thing: float
    rest: float
    absent_names: tuple[str, ...]
    absent_words: tuple[str, ...]

    def values(self) -> dict[str, float]:
        """The figures by name."""
        return {
            "coverage": self.coverage,
            "core": self.core,
            "joint": self.joint,
            "meaning": self.meaning,
            "late": self.late,
            "length": self.length,
            "kind": self.kind,
            "spoken": self.spoken,
            "told": self.told,
            "thing": self.thing,
            "rest": self.rest,
        }


def read(evidence: Evidence) -> Signals:
    """The signals of evidence that holds at least one statement; those about something else count when there is no other."""
    anywhere = [max(values) for values in zip(*(one.context_match for one in evidence.statements), strict=True)]
    about = tuple(one for one in evidence.statements if one.about)
    evidence = replace(evidence, statements=about or evidence.statements)
    found = evidence.statements
    beside = _beside(evidence)
    words = evidence.view.words
    named = {word.start for word in evidence.view.names}
    years = _years_not_met(evidence)
    absent = [word for word, value in zip(words, anywhere, strict=True) if value < ABSENT or word.text in years]
    named |= {word.start for word in words if word.text in years}
    return Signals(
        coverage=max(_with_surroundings(one, evidence.weights) for one in found),
        core=max(one.resolved / 2 + one.meaning for one in found),
        joint=_joint(evidence),
        meaning=max(hit.signals["meaning"] for hit in evidence.hits),
        late=max(hit.signals["late"] for hit in evidence.hits),
        length=min(len(words), MANY_WORDS) / MANY_WORDS,
        kind=float(_holds_kind(evidence)),
        spoken=float(_speaks(evidence)),
        told=float(_tells(evidence)),
        thing=_thing_met(evidence, beside),
        rest=_rest(evidence, beside),
        absent_names=tuple(word.text for word in absent if word.start in named),
        absent_words=tuple(word.text for word in absent),
    )


def _joint(evidence: Evidence) -> float:
    """Names may stand anywhere in the passage, its title or headings; other words in the sentence or a neighbour."""
    words = evidence.view.words
    if not words:
        return 1.0
    named = {word.start for word in evidence.view.names}
    is_name = np.array([word.start in named for word in words], dtype=bool)
    weights = np.array(evidence.weights)
    match = np.array([one.match for one in evidence.statements])
    context = np.array([one.context_match for one in evidence.statements])
    at = {(one.passage.id, one.index): row for row, one in enumerate(evidence.statements)}
    near = match.copy()
    for (passage, index), row in at.items():
        for neighbour in (at.get((passage, index - 1)), at.get((passage, index + 1))):
            if neighbour is not None:
                near[row] = np.maximum(near[row], NEIGHBOUR * match[neighbour])
    met = np.log(np.clip(np.where(is_name, np.maximum(match, context), near), _LEAST, 1.0))
    parts = [np.exp(met[:, part] @ (weights[part] / weights[part].sum())) for part in (is_name, ~is_name) if part.any()]
    return float(np.max(np.prod(parts, axis=0)))


def _years_not_met(evidence: Evidence) -> set[str]:
    """Years of the question that no document of the best statements is about, as far as its found passages tell."""
    asked_for = set(_YEAR.findall(evidence.view.text))
    if not asked_for or evidence.view.breadth == "several":
        return set()
    best = evidence.statements[0].score
    many = len(names(evidence.view.text)) > 1  # each may have its own year
    near = {one.passage.document.id for one in evidence.statements if many or one.score >= NEAR_BEST * best}
    for passage in (hit.passage for hit in evidence.hits):
        if passage.document.id in near:
            known = passage.document.metadata
            around = (passage.text, known.title, known.published, *passage.heading_path)
            asked_for -= set(_YEAR.findall(" ".join(filter(None, around))))
    return asked_for


def _with_surroundings(one: Statement, weights: Sequence[float]) -> float:
    around = sum(weight * value for weight, value in zip(weights, one.context_match, strict=True))
    return (one.coverage + around) / 2


def _holds_kind(evidence: Evidence) -> bool:
    return any(tells_kind(one.text, evidence.view) for one in evidence.statements[:BEST])


def _beside(evidence: Evidence) -> list[Sequence[float]]:
    """For each statement, how well it or, for a little less, the sentence before or after meets each word."""
    at = {(one.passage.id, one.index): one.match for one in evidence.statements}
    found: list[Sequence[float]] = []
    for one in evidence.statements:
        around = [at.get((one.passage.id, one.index + step)) for step in (-1, 1)]
        near = [[NEIGHBOUR * value for value in match] for match in around if match is not None]
        found.append([max(values) for values in zip(one.match, *near, strict=True)])
    return found


def _rest(evidence: Evidence, beside: Sequence[Sequence[float]]) -> float:
    """How well the best statement meets the words that are no names and tell of the matter, counting alike; one says little."""
    named = {word.start for word in evidence.view.names}
    rest = [
        i
        for i, word in enumerate(evidence.view.words)
        if word.start not in named and not is_light(word.text) and stem(word.text) not in _SAYS
    ]
    return max(sum(met[i] for i in rest) / len(rest) for met in beside) if len(rest) > 1 else 1.0


def _thing_met(evidence: Evidence, beside: Sequence[Sequence[float]]) -> float:
    """How well a statement that may answer meets the thing asked for; of a figure each of its words, and holding one."""
    wanted = thing(evidence.view.text)
    places = {word.start for word in wanted.words}
    at = [i for i, word in enumerate(evidence.view.words) if word.start in places]
    if not at:
        return 1.0
    least = NEAR_BEST * evidence.statements[0].score
    told = [met for one, met in zip(evidence.statements, beside, strict=True) if one.score >= least]
    if wanted.figure:
        told = [
            [max(met[i], _as_figure(one, i)) for i in at]
            for one, met in zip(evidence.statements, beside, strict=True)
            if holds_kind(one.text, "number")
        ]
        return max((min(met) for met in told), default=0.0)
    return max(sum(met[i] for i in at) / len(at) for met in told)


_A_FIGURE = re.compile(r"\b(?:figure|amount|sum|total)\b", re.I)


def _as_figure(one: Statement, place: int) -> float:
    """What "the figure" or "the sum" of a statement is worth as the word at `place`, which its passage holds."""
    return NEIGHBOUR * one.context_match[place] if _A_FIGURE.search(one.text) else 0.0


def _speaks(evidence: Evidence) -> bool:
    """False when the question asks for a reply and whoever should have given it says nothing in what was found."""
    wanted = asked(evidence.view.text)
    if wanted.verb is None or lemma(wanted.verb.text) not in _SAYS or not wanted.doer:
        return True
    asks_for_words = not _MODAL.search(evidence.view.text[: wanted.verb.start])
    if not asks_for_words or not (re.search("[A-Z]", wanted.doer_words) or wanted.doer & GENERIC_STEMS):
        return True  # "What must a sign say?" asks for no speech of anybody's
    replies = lemma(wanted.verb.text) in _REPLIES
    return any(
        speaks(one.text, wanted.doer, one.named_elsewhere, or_asks=not replies)
        or _is_told_by(one, wanted.doer, replies=replies)
        or (not replies and _is_theirs(one, evidence))
        for one in evidence.statements
    )


def _is_told_by(one: Statement, doer: frozenset[str], *, replies: bool) -> bool:
    """Whether the ledger has `doer` say the statement; a request is no reply."""
    told = one.told
    if told is None or told.attribution is None or (replies and told.standing == "request"):
        return False
    return is_named(told.attribution.name, doer)


def _is_theirs(one: Statement, evidence: Evidence) -> bool:
    """Whether the document is by whoever the question names, or its title tells of what they did."""
    wanted, metadata = asked(evidence.view.text), one.passage.document.metadata
    by = stems(" ".join(filter(None, (metadata.author, metadata.publisher))))
    title = metadata.title or ""
    return (
        len(by & wanted.doer) * 2 > len(wanted.doer)
        or speaks(title, wanted.doer, or_asks=True)
        or done(title, evidence.view.text) == SAME
    )


def _tells(evidence: Evidence) -> bool:
    """False when the question asks who did something, or whether it was done, and no statement comes near to the verb."""
    wanted = asked(evidence.view.text)
    if wanted.verb is None or lemma(wanted.verb.text) in _BEFALLS:
        return True
    if _FORETELLS.search(evidence.view.text):
        return any(one.deed > 0 and _TO_COME.search(one.text) for one in evidence.statements)
    plain = wanted.verb.text.casefold()
    whether = evidence.view.kind == "yes_no" and (names_a_deed(plain) or is_participle(plain))
    if not (wanted.doer_wanted or whether):
        return True
    at = [i for i, word in enumerate(evidence.view.words) if word.start == wanted.verb.start]
    return any(one.deed > 0 or any(one.match[i] >= NEAR_VERB for i in at) for one in evidence.statements)


_BEFALLS = frozenset(map(lemma, "happen occur".split()))
"""Nobody does what these verbs tell."""

_FORETELLS = re.compile(r"^(?:and |but |so )?will\b", re.I)
_TO_COME = re.compile(
    r"\b(?:will|would|shall|is to|are to|may|might|plan(?:s|ned)?|intends?|intended|expect(?:s|ed)?|due|going to|propos\w+|"
    r"promis\w+|commit\w+|pledg\w+|future|from (?:1|2)\d{3}|by (?:1|2)\d{3})\b",
    re.I,
)
"""What has happened does not tell what will."""

_MODAL = re.compile(r"\b(?:must|should|shall|may|might|can|could|will|would)\b", re.I)
_PRESUPPOSES = re.compile(r"^(?:and |but |so )?(?:why|when|how|where|what|which|on what|in what|to whom|whom)\b", re.I)


def unmet_premise(evidence: Evidence) -> tuple[str, str] | None:
    """What the question takes for granted and nothing found says, as doer and verb in its own words.

    "Why did the vendor admit it?" takes an admission for granted. None for questions that take nothing for granted,
    that deny it themselves, or whose deed some statement tells of somebody who may be the doer.
    """
    text = evidence.view.text
    wanted = asked(text)
    subject = wanted.doer_words or (wanted.befallen if evidence.view.kind == "reason" else "")
    if wanted.verb is None or not subject or not _PRESUPPOSES.match(text.strip()):
        return None
    if stem(wanted.verb.text) in ASKING or re.search(r"\b(?:not|never)\b|n[’']t\b", text[: wanted.verb.start]):
        return None
    at = [i for i, word in enumerate(evidence.view.words) if word.start == wanted.verb.start]
    for one in evidence.statements:
        if one.text.rstrip("”\"')").endswith("?"):
            continue  # somebody's question says of nothing that it was so
        if one.deed >= UNKNOWN * WITHOUT_AIM or any(one.match[i] >= NEAR_VERB for i in at if one.deed == 0):
            return None
    return subject, wanted.verb.text


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
