"""From passages to sentences: how well each sentence of the best passages answers the words of the question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.aliases import Alias, aliases
from assistant.asking import asked
from assistant.company import leads
from assistant.evidence import Hit, Statement
from assistant.families import family, lemmas, names_a_deed
from assistant.roles import MAYBE, done
from assistant.word_classes import is_generic
from assistant.wording import stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assistant.question import QuestionView
    from assistant.reranking import Matches
    from ingest.ledger.records import PassageRecord

MONTHS = "January February March April May June July August September October November December".split()

FLOOR, CEILING = 0.45, 0.85
"""Token similarities below the first say nothing, above the second as much as the same word would; between the
two a match grows in proportion. Cosines of unrelated words in all-MiniLM-L6-v2 lie around .2 to .45."""

SOFT_CAP = 0.9
"""A near word is never worth as much as the word itself."""

SAME_DEED = 0.8
"""A word that names the deed of the question by another word ("request" for "asked") is worth this much."""

WEIGHTS = {"coverage": 0.1, "resolved": 0.35, "passage": 0.25, "meaning": 0.9, "deed": 0.2}
"""What a statement's score is made of; chosen on clapnq, dragonball and the policy questions together, see
`eval/benchmarks/statements.py`. Meaning lies below .5, so that its share is no larger than the others'."""

FEW_PASSAGES = 10
"""With this many candidates, how their passage did among them counts half: the best of three may be no good."""

NAMED_BEFORE, NAMED_AROUND, SAID_BEFORE = 0.8, 0.5, 0.3
"""How far a sentence is credited with what only its surroundings hold: a name, when it has a pronoun or "the company"
for it; a name without; any other word."""

LED_IN = 0.9
"""An item of a list means what introduces the list ("A council must:") nearly as if it said so itself."""

_LEAST_CREDIT = 0.5

NEAR_BY = 3000
"""Passages of one document within so many characters tell of the same names."""

_GOES_ON = re.compile(r"^(?:It|He|She|They)\b")
"""Opens a sentence that goes on about whoever did the deed of the sentence before."""

_STANDS_FOR_A_NAME = re.compile(
    r"\b(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\b|^[“\"]?(?:This|That|These|Those)\b|"
    r"\b[Tt]he (?:[A-Z]\w+ )?(?:company|firm|business|vendor|group|giant|supplier|manufacturer|maker|regulator|"
    r"commissioner|watchdog|committee|tribunal|court|ministry|department|agency|council|government)\b"
)


@dataclass(frozen=True, slots=True)
class _Met:
    """How one passage meets the question's words.

    `sentence` is (sentences, words); `whole` (words,), the passage with its title, headings and date; `meaning`
    (sentences,).
    """

    hit: Hit
    texts: list[str]
    sentence: NDArray[np.float32]
    whole: NDArray[np.float32]
    meaning: NDArray[np.float32]


def statements(
    view: QuestionView,
    hits: Sequence[Hit],
    matches: Matches,
    kept: Sequence[int],
    weights: NDArray[np.float32],
) -> tuple[Statement, ...]:
    """Every sentence of `hits`, best first; ties by passage id and place.

    `matches.sentence[kept[i]]` belongs to hit i; its numbers are raw similarities. `weights` is float32 (words,),
    summing to 1.
    """
    names = {word.start for word in view.names}
    is_name = np.array([word.start in names or is_generic(word.text) for word in view.words], dtype=bool)
    trust = len(matches.sentence) / (len(matches.sentence) + FEW_PASSAGES)
    met = [_met(view, hit, matches, at) for hit, at in zip(hits, kept, strict=True)]
    known = aliases(hit.passage.text for hit in hits)
    found: list[Statement] = []
    for one in met:
        resolved = _resolved(one, _around(one, met, is_name), is_name, weights)
        found.extend(_scored(view, one, resolved, weights, trust, known))
    return tuple(sorted(found, key=lambda one: (-round(one.score, 6), one.passage.id, one.start)))


def by_subject(view: QuestionView, weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """`weights` with the words of one name ("Norvale Harbour Board") sharing the weight of its rarest, summing to 1.

    Else a sentence that only names somebody would hold most of a question about them.
    """
    shared = weights.copy()
    for subject in view.subjects:
        start = view.text.find(subject)
        inside = [i for i, word in enumerate(view.words) if start <= word.start < start + len(subject)]
        if start >= 0 and len(inside) > 1:
            shared[inside] = weights[inside] * weights[inside].max() / max(float(weights[inside].sum()), 1e-6)
    total = float(shared.sum())
    return shared / total if total > 0 else weights


def _met(view: QuestionView, hit: Hit, matches: Matches, at: int) -> _Met:
    texts = sentence_texts(hit.passage)
    sentence = np.maximum(_soften(matches.sentence[at]), _exact(view, texts))
    held = stems(_surroundings(hit.passage))
    told = np.array([word.stem in held for word in view.words], np.float32)
    whole = np.maximum.reduce([_soften(matches.passage[at]), sentence.max(axis=0, initial=0.0), told])
    return _Met(hit, texts, sentence, whole, np.maximum(matches.meaning[at], 0))


def _soften(similarity: NDArray[np.float32]) -> NDArray[np.float32]:
    scaled: NDArray[np.float32] = np.clip((similarity - FLOOR) / (CEILING - FLOOR), 0.0, 1.0) * SOFT_CAP
    return scaled.astype(np.float32)


def _around(one: _Met, met: Sequence[_Met], is_name: NDArray[np.bool_]) -> NDArray[np.float32]:
    """What the passage's surroundings hold of each word: of names also what stands near it in the document."""
    passage = one.hit.passage
    near = [
        other.whole
        for other in met
        if other.hit.passage.document == passage.document and abs(other.hit.passage.start - passage.start) <= NEAR_BY
    ]
    return np.where(is_name, np.maximum.reduce(near), one.whole).astype(np.float32)


def _resolved(
    one: _Met, around: NDArray[np.float32], is_name: NDArray[np.bool_], weights: NDArray[np.float32]
) -> NDArray[np.float32]:
    """`one.sentence` with credit for what each sentence may mean by a pronoun or leave to its surroundings.

    A sentence that holds few of the question's other words gets little: a pronoun in it may stand for anybody.
    """
    named = [NAMED_BEFORE if _STANDS_FOR_A_NAME.search(text) else NAMED_AROUND for text in one.texts]
    led = np.array([one.sentence[lead] * LED_IN if lead is not None else 0 * one.whole for lead in leads(one.texts)])
    credit = np.where(is_name[None, :], np.array(named, np.float32)[:, None], np.float32(SAID_BEFORE)) * around
    others = weights[~is_name]
    if others.size and is_name.any():
        share = (one.sentence[:, ~is_name] * others).sum(axis=1) / others.sum()
        credit[:, is_name] *= (_LEAST_CREDIT + (1 - _LEAST_CREDIT) * share)[:, None]
    found: NDArray[np.float32] = np.maximum.reduce([one.sentence, credit, led.reshape(credit.shape).astype(np.float32)])
    return found


def _scored(
    view: QuestionView,
    one: _Met,
    resolved: NDArray[np.float32],
    weights: NDArray[np.float32],
    trust: float,
    known: tuple[Alias, ...],
) -> list[Statement]:
    passage = one.hit.passage
    # Sums of products rather than matrix products: for a few numbers BLAS costs more than it saves.
    coverage = (one.sentence * weights).sum(axis=1).tolist()
    whole = (resolved * weights).sum(axis=1).tolist()
    meaning, match, context = one.meaning.tolist(), one.sentence.tolist(), tuple(one.whole.tolist())
    deeds, names_deed = _deeds(view, one, known), bool(asked(view.text).deeds)
    lead, told, found = leads(one.texts), passage.statements, list[Statement]()
    for i, span in enumerate(passage.sentences):
        parts = {
            "coverage": coverage[i],
            "resolved": whole[i],
            "passage": one.hit.score * trust,
            "meaning": meaning[i],
            "deed": deeds[i] if names_deed else 0.0,
        }
        score = sum(WEIGHTS[name] * value for name, value in parts.items())
        if (introduced := lead[i]) is not None:
            score = max(score, LED_IN * found[introduced].score)
        found.append(
            Statement(
                passage=passage,
                index=i,
                start=span.start,
                end=span.end,
                text=one.texts[i],
                score=score,
                coverage=coverage[i],
                match=tuple(match[i]),
                context_match=context,
                hit_score=one.hit.score,
                told=told[i] if told else None,
                resolved=whole[i],
                meaning=meaning[i],
                deed=deeds[i],
            )
        )
    return found


def _deeds(view: QuestionView, one: _Met, known: tuple[Alias, ...]) -> list[float]:
    """For each sentence, how far it tells of the deed and doer of the question."""
    passage = one.hit.passage
    metadata = passage.document.metadata
    author = " ".join(filter(None, (metadata.author, metadata.publisher)))
    speakers = [told.named_elsewhere for told in passage.statements] or [None] * len(one.texts)
    found = [
        done(text, view.text, speaker, known, passage.text[: span.start - passage.start], author)
        for text, speaker, span in zip(one.texts, speakers, passage.sentences, strict=True)
    ]
    for at in range(1, len(found)):
        if found[at] and found[at - 1] > 0 and _GOES_ON.match(one.texts[at]):
            found[at] = max(found[at], min(found[at - 1], MAYBE))
    return found


def _exact(view: QuestionView, texts: Sequence[str]) -> NDArray[np.float32]:
    """(sentences, words of the question): 1 for the same word, `SAME_DEED` for another word of the same deed."""
    table = np.zeros((len(texts), len(view.words)), dtype=np.float32)
    families = [family(word.text) if names_a_deed(word.text) else None for word in view.words]
    for row, text in enumerate(texts):
        held = stems(text)
        deeds = lemmas(text)
        for column, word in enumerate(view.words):
            if word.stem in held:
                table[row, column] = 1.0
            elif (kin := families[column]) is not None and not kin.isdisjoint(deeds):
                table[row, column] = SAME_DEED
    return table


def _surroundings(passage: PassageRecord) -> str:
    """What a reader of the passage knows from elsewhere: title, headings, publisher, author, date in words."""
    metadata = passage.document.metadata
    known = (metadata.title, metadata.publisher, metadata.author, metadata.source_type, *passage.heading_path)
    return " ".join((*filter(None, known), _in_words(metadata.published or "")))


def _in_words(published: str) -> str:
    """The date as people write it: 2022-04-11 is "2022 April 11", 2022 is "2022"."""
    year, *rest = published.split("-")
    month = [MONTHS[int(rest[0]) - 1]] if rest and rest[0].isdigit() and 1 <= int(rest[0]) <= 12 else []
    return " ".join([year, *month, *(part.lstrip("0") for part in rest[1:2])])


def sentence_texts(passage: PassageRecord) -> list[str]:
    """The passage's sentences, in order, in the source's own words."""
    return [passage.text[span.start - passage.start : span.end - passage.start] for span in passage.sentences]
