"""What can be read off evidence about whether it answers: a few figures, each of one plain meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.asking import asked
from assistant.doers import SPEECH
from assistant.families import lemma
from assistant.question import ASKING
from assistant.roles import SAME, UNKNOWN, WITHOUT_AIM, done, is_named, speaks
from assistant.word_classes import GENERIC_STEMS
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
    `kind`: 0 when the question asks for a date or a number and the best sentences hold none, else 1.
    `spoken`: 0 when it asks what somebody replied, and nothing found has them speak, else 1.
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
        }


def read(evidence: Evidence) -> Signals:
    """The signals of evidence that holds at least one statement."""
    found = evidence.statements
    anywhere = [max(values) for values in zip(*(one.context_match for one in found), strict=True)]
    words = evidence.view.words
    names = {word.start for word in evidence.view.names}
    years = _years_not_met(evidence)
    absent = [word for word, value in zip(words, anywhere, strict=True) if value < ABSENT or word.text in years]
    names |= {word.start for word in words if word.text in years}
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
        absent_names=tuple(word.text for word in absent if word.start in names),
        absent_words=tuple(word.text for word in absent),
    )


def _joint(evidence: Evidence) -> float:
    """Names may stand anywhere in the passage, its title or headings; other words in the sentence or a neighbour."""
    words = evidence.view.words
    if not words:
        return 1.0
    names = {word.start for word in evidence.view.names}
    is_name = np.array([word.start in names for word in words], dtype=bool)
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
    near = {one.passage.document.id for one in evidence.statements if one.score >= NEAR_BEST * best}
    for one in evidence.statements:
        if one.passage.document.id in near:
            known = one.passage.document.metadata
            around = (one.passage.text, known.title, known.published, *one.passage.heading_path)
            asked_for -= set(_YEAR.findall(" ".join(filter(None, around))))
    return asked_for


def _with_surroundings(one: Statement, weights: Sequence[float]) -> float:
    around = sum(weight * value for weight, value in zip(weights, one.context_match, strict=True))
    return (one.coverage + around) / 2


def _holds_kind(evidence: Evidence) -> bool:
    return any(holds_kind(one.text, evidence.view.kind) for one in evidence.statements[:BEST])


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
    """False when the question asks who did something, and no statement comes near to the verb."""
    wanted = asked(evidence.view.text)
    if not wanted.doer_wanted or wanted.verb is None:
        return True
    at = [i for i, word in enumerate(evidence.view.words) if word.start == wanted.verb.start]
    return any(one.deed > 0 or any(one.match[i] >= NEAR_VERB for i in at) for one in evidence.statements)


_MODAL = re.compile(r"\b(?:must|should|shall|may|might|can|could|will|would)\b", re.I)
_PRESUPPOSES = re.compile(r"^(?:and |but |so )?(?:why|when|how|where|what|which|on what|in what|to whom|whom)\b", re.I)


def unmet_premise(evidence: Evidence) -> tuple[str, str] | None:
    """What the question takes for granted and nothing found says, as doer and verb in its own words.

    "Why did the vendor admit it?" takes an admission for granted. None for questions that take nothing for granted,
    that deny it themselves, or whose deed some statement tells of somebody who may be the doer.
    """
    text = evidence.view.text
    wanted = asked(text)
    if wanted.verb is None or not wanted.doer_words or not _PRESUPPOSES.match(text.strip()):
        return None
    if stem(wanted.verb.text) in ASKING or re.search(r"\b(?:not|never)\b|n[’']t\b", text[: wanted.verb.start]):
        return None
    at = [i for i, word in enumerate(evidence.view.words) if word.start == wanted.verb.start]
    for one in evidence.statements:
        if one.deed >= UNKNOWN * WITHOUT_AIM or any(one.match[i] >= NEAR_VERB for i in at if one.deed == 0):
            return None
    return wanted.doer_words, wanted.verb.text


_DATE = re.compile(
    r"\b(?:1[89]|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December)\b|\b(?:last|this) (?:year|month|week|summer|autumn|spring|winter)\b|\bago\b|\byesterday\b",
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NO_FIGURE = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)? (?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"(?: \d{4})?|\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}(?:, \d{4})?\b|"
    r"\b(?:in|since|of|by|from|until|during|the year) (?:19|20)\d\d\b|\b\d{1,2}[:.]\d\d ?(?:am|pm)\b|^\W*\d{1,3}[.)]\s|"
    r"\b(?:section|article|paragraph|para|page|no|part|chapter|clause|schedule|regulation)s?\.? \d[\d.()a-z]*",
    re.I,
)
"""Figures that count nothing: days, years, times of day, numbers of paragraphs."""
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|million|billion|half|third|"
    r"quarter|none)\b",
    re.I,
)


def holds_kind(text: str, kind: str) -> bool:
    """Whether `text` holds what a sentence must, at least, to answer a question of that kind; True for other kinds."""
    if kind == "date":
        return bool(_DATE.search(text))
    return kind != "number" or bool(_NUMBER.search(_NO_FIGURE.sub(" ", text)))
