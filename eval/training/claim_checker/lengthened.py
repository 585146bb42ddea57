"""Pairs with long evidence, made from short ones with a seed: the sentence that matters stands among others.

A claim of one sentence keeps its evidence among ten to thirty sentences that speak of the same things (`among`, `around`),
or loses it from among them. Two claims become one, which is carried only when both are (`joined`, `two`). A sentence of
an article, whole, shortened or changed, is held against that article (`from_articles`). The evidence is whole; the
caller cuts it to what the checker will read.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from eval.training.claim_checker.alterations import ALTERATIONS
from ingest.segment.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from eval.training.claim_checker.pair import Pair

_WORD = re.compile(r"[a-z0-9]{3,}")
_FREQUENT = 3_000
_MOST_SHARED = 0.8
_TRAILING = re.compile(
    r"^(.{30,}?), (?:which|who|where|when|while|after|before|as|with|although|because|despite|including) .+$"
)
_LEADING = re.compile(r"^(?:In|On|At|After|Before|During|Despite|Since|For|Under) [^,]{3,60}, (?=\w)")
_KINDS = ("number", "month", "name", "name", "roles", "negation", "opposite", "certainty")


class Neighbours:
    """Sentences of the evidence of many pairs, and which of them speak of the things a claim speaks of."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self.texts = sorted({one for pair in pairs for one in split(pair.evidence) if 5 <= len(one.split()) <= 45})
        self._words = [frozenset(_WORD.findall(text.casefold())) for text in self.texts]
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(self._words):
            for word in words:
                self._places[word].append(place)

    def of(self, claim: str, without: str, most: int) -> list[str]:
        """Up to `most` sentences, the nearest first; none of `without`, none with nearly every word of the claim."""
        wanted = frozenset(_WORD.findall(claim.casefold()))
        shared: Counter[int] = Counter()
        count: Counter[int] = Counter()
        for word in wanted:
            places = self._places.get(word, [])
            if len(places) <= _FREQUENT:
                weight = math.log(1 + len(self.texts) / max(1, len(places)))
                for place in places:
                    shared[place] += weight  # type: ignore[assignment]  # weights, not counts
                    count[place] += 1
        own = " ".join(without.split())
        near = [place for place, _ in shared.most_common(3 * most) if count[place] <= _MOST_SHARED * len(wanted)]
        return [text for text in (self.texts[place] for place in near) if text not in own][:most]


def split(text: str) -> list[str]:
    """The sentences of a text, blanks evened out."""
    return [" ".join(text[span.start : span.end].split()) for span in sentences(text, 0, len(text))]


def among(pairs: Sequence[Pair], pool: Neighbours, random: Random) -> Iterator[Pair]:
    """Each claim with its evidence among neighbours; of the carried ones a third also without what carries them."""
    for pair in pairs:
        others = pool.of(pair.claim, pair.evidence, random.randint(8, 24))
        if len(others) < 5:
            continue
        yield replace(pair, evidence=_placed([pair.evidence], others, random), source="made/among")
        if pair.label == "supported" and random.random() < 0.35:
            gone = replace(pair, label="not_supported", source="made/gone", evidence=_placed([], others, random))
            yield gone


def joined(pairs: Sequence[Pair], pool: Neighbours, random: Random) -> Iterator[Pair]:
    """Two carried claims as one; in half of them one of the two is changed or has lost its evidence."""
    for first, second in zip(pairs[::2], pairs[1::2], strict=False):
        if first.claim[-1:] != "." or second.claim[-1:] != ".":
            continue
        claims, evidence, right = [first.claim, second.claim], [first.evidence, second.evidence], True
        if random.random() < 0.5:
            right, spoilt = False, random.randrange(2)
            other = _altered(claims[spoilt], evidence[spoilt], random) if random.random() < 0.6 else None
            if other is None:
                del evidence[spoilt]
            else:
                claims[spoilt] = other
        claim = random.choice((f"{claims[0]} {claims[1]}", f"{claims[0][:-1]}, and {claims[1]}"))
        others = pool.of(random.choice(claims), first.evidence + second.evidence, random.randint(0, 10))
        label = "supported" if right else "not_supported"
        yield replace(first, claim=claim, evidence=_placed(evidence, others, random), label=label, source="made/joined")


def around(pairs: Sequence[Pair], pool: Neighbours, random: Random) -> Iterator[Pair]:
    """Each claim with its evidence as on a page: among sentences near to that evidence, and as many that are not."""
    for pair in pairs:
        yield replace(pair, evidence=_page([pair.evidence], pool, random, random.randint(4, 12)), source="made/around")


def two(carried: Sequence[Pair], others: Sequence[Pair], pool: Neighbours, random: Random) -> Iterator[Pair]:
    """Two claims as one on a page; in half of them one has lost its evidence, or is one that its evidence does not carry."""
    for first, second, other in zip(carried[::2], carried[1::2], others, strict=False):
        right, claims, evidence = random.random() < 0.5, [first.claim, second.claim], [first.evidence, second.evidence]
        if not right and random.random() < 0.6:
            claims[1], evidence[1] = other.claim, other.evidence
        elif not right:
            del evidence[random.randrange(2)]
        random.shuffle(claims)
        plain = random.random() < 0.5 or claims[0][-1] != "."
        claim = f"{claims[0]} {claims[1]}" if plain else f"{claims[0][:-1]}, and {claims[1]}"
        label = "supported" if right else "not_supported"
        page = _page(evidence, pool, random, random.randint(4, 10))
        yield replace(first, claim=claim, evidence=page, label=label, source="made/two")


def from_articles(pairs: Sequence[Pair], random: Random) -> Iterator[Pair]:
    """Sentences of articles as claims about them: whole, shortened, two in one, and each of these changed."""
    seen: set[str] = set()
    for pair in pairs:
        if pair.evidence in seen:
            continue
        seen.add(pair.evidence)
        found = [one for one in split(pair.evidence) if 8 <= len(one.split()) <= 35 and one[-1] in ".!?"]
        if len(found) < 4:
            continue
        for claim in random.sample(found, 2):
            said = _shortened(claim, found, random)
            yield replace(pair, claim=said, label="supported", source="made/article")
            other = _altered(said, pair.evidence, random)
            if other is not None:
                yield replace(pair, claim=other, label="not_supported", source="made/article")


def _shortened(claim: str, found: Sequence[str], random: Random) -> str:
    make = random.randrange(4)
    if make == 0:
        trailing = _TRAILING.match(claim)
        if trailing:
            return f"{trailing.group(1)}."
    if make <= 1:
        leading = _LEADING.match(claim)
        if leading:
            rest = claim[leading.end() :]
            return rest[0].upper() + rest[1:]
    if make == 2 and len(claim.split()) < 20:
        return f"{claim} {random.choice(found)}"
    return claim


def _altered(claim: str, evidence: str, random: Random) -> str | None:
    kinds = random.sample(_KINDS, len(_KINDS))
    made = (ALTERATIONS[kind](claim, evidence, random) for kind in kinds)
    return next((one for one in made if one is not None and one != claim), None)


def _page(evidence: list[str], pool: Neighbours, random: Random, most: int) -> str:
    said = " ".join(evidence)
    return _placed(
        evidence, [*pool.of(said, said, most), *random.sample(pool.texts, min(most, len(pool.texts)))], random
    )


def _placed(evidence: list[str], others: list[str], random: Random) -> str:
    texts = [*evidence, *others]
    random.shuffle(texts)
    return " ".join(texts)
