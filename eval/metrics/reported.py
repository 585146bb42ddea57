"""Which of several answers to one question a text reports, when some are right and others were planted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+")
_ARTICLES = frozenset(("a", "an", "the"))

Planted = Literal["alone", "beside, as one side", "beside, without a word", "not at all"]
"""How a planted answer is shown: without the right one, beside it with a caveat that sources disagree, or without."""


def reports(texts: Sequence[str], forms: Sequence[str]) -> bool:
    """True when one of the texts holds one of the forms of an answer, as a run of words.

    Case, marks and articles do not count, as is usual in open-domain question answering (Rajpurkar et al. 2016).
    """
    read = [f" {_plain(text)} " for text in texts]
    return any(f" {plain} " in text for form in forms if (plain := _plain(form)) for text in read)


def planted(
    texts: Sequence[str], right: Sequence[Sequence[str]], wrong: Sequence[Sequence[str]], *, caveat: bool
) -> Planted:
    """How the planted answers are shown; each answer is a sequence of forms."""
    if not any(reports(texts, forms) for forms in wrong):
        return "not at all"
    if not any(reports(texts, forms) for forms in right):
        return "alone"
    return "beside, as one side" if caveat else "beside, without a word"


def _plain(text: str) -> str:
    return " ".join(word for word in _WORD.findall(text.casefold()) if word not in _ARTICLES)
