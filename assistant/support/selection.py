"""Which sentences of long evidence a checker reads: those that together say most of what the claim says.

A model of 144 tokens cannot read a page. Greedy coverage: each step takes the sentence that adds most weight of
claim words not yet found, where a word weighs the more the fewer sentences hold it; words found again count a
quarter, so that one sentence about everything is preferred to scattered mentions.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from assistant.support.alignment import telling
from assistant.wording import stems

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOM = 84
"""Words of evidence that fit beside a claim of usual length in the built-in checker's window."""

_AGAIN = 0.25


def select(claim: str, sentences: Sequence[str], room: int = ROOM) -> tuple[int, ...]:
    """Positions, ascending, of the sentences to read: all when they fit into `room` words, else the best that do.

    At least one is chosen when there is any; a tie goes to the earlier sentence.
    """
    lengths = [len(sentence.split()) for sentence in sentences]
    if sum(lengths) <= room or len(sentences) < 2:
        return tuple(range(len(sentences)))
    wanted = frozenset().union(*telling(claim))
    held = [wanted & stems(sentence) for sentence in sentences]
    frequency = Counter(stem for one in held for stem in one)
    weight = {stem: math.log(1 + len(sentences) / count) for stem, count in frequency.items()}
    return tuple(sorted(_greedy(held, weight, lengths, room)))


def nearest(claim: str, sentences: Sequence[str], most: int) -> tuple[int, ...]:
    """Positions of up to `most` sentences that share most words with the claim, the nearest first."""
    wanted = frozenset().union(*telling(claim))
    shared = [len(wanted & stems(sentence)) for sentence in sentences]
    return tuple(sorted(range(len(sentences)), key=lambda place: -shared[place])[:most])


def _greedy(held: list[frozenset[str]], weight: dict[str, float], lengths: list[int], room: int) -> list[int]:
    chosen: list[int] = []
    found: set[str] = set()
    left = list(range(len(held)))
    while left:
        gains = {
            place: sum(weight[stem] * (_AGAIN if stem in found else 1.0) for stem in held[place]) for place in left
        }
        best = max(left, key=lambda place: (gains[place], -place))
        if chosen and gains[best] == 0:
            break
        left.remove(best)
        if chosen and lengths[best] > room:
            continue
        chosen.append(best)
        found |= held[best]
        room -= lengths[best]
    return chosen
