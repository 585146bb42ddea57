"""Whether a sentence holds what a question of a kind asks for: a date, a figure, a name, a reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.bearers import names, runs, same, telling
from assistant.families import lemma, lemmas
from assistant.things import thing
from assistant.word_classes import GENERIC_STEMS

if TYPE_CHECKING:
    from assistant.question import QuestionView

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_DATE = re.compile(
    rf"\b(?:1\d|20)\d\d\b|\b{_MONTH}\b\.?|\b(?:last|this|next) (?:year|month|week|summer|autumn|spring|winter|{_MONTH}|\w+day)\b|"
    r"\bago\b|\b(?:yesterday|today|tomorrow)\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b\d{1,2}(?:st|nd|rd|th) century\b",
)
_NO_FIGURE = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)? (?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"(?: \d{4})?|\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}(?:, \d{4})?\b|"
    r"\b(?:in|since|of|by|from|until|during|the year) (?:19|20)\d\d\b|\b\d{1,2}[:.]\d\d ?(?:am|pm)\b|^\W*\d{1,3}[.)]\s|"
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December),? (?:19|20)\d\d\b|"
    r"\b(?:Act|Bill|Regulations?|Order|Directive) (?:of )?(?:19|20)\d\d\b|"
    r"\b(?:section|article|paragraph|para|page|no|part|chapter|clause|schedule|regulation)s?\.? \d[\d.()a-z]*",
    re.I,
)
"""Figures that count nothing: days, years, times of day, numbers of paragraphs."""
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion|half|third|"
    r"quarter|none|once|twice|double|treble|nobody|one)\b",
    re.I,
)
_SOMEBODY = frozenset(
    map(
        lemma,
        "i we he she they nobody everybody somebody contractor subcontractor resident engineer member employee customer "
        "worker student patient witness reporter journalist newspaper campaigner group chair chairman president director chief "
        "officer secretary leader founder lawyer solicitor counsel mayor governor senator analyst researcher editor "
        "councillor teacher doctor nurse police man woman child artist author actor singer king queen".split(),
    )
)
"""Words by which a text speaks of people it does not name."""


def holds_kind(text: str, kind: str) -> bool:
    """Whether `text` holds what a sentence must, at least, to answer a question of that kind; True for other kinds."""
    if kind == "date":
        return bool(_DATE.search(text))
    return kind != "number" or bool(_NUMBER.search(_NO_FIGURE.sub(" ", text)))


def tells_kind(text: str, view: QuestionView) -> bool:
    """The same, where what the question itself holds does not count: a name it gives is not the name it asks for.

    A question that gives several names may ask which of them.
    """
    if thing(view.text).figure:
        return holds_kind(text, "number")
    if view.kind == "person":
        return len(names(view.text)) > 1 or _names_another(text, view.text)
    return holds_kind(text, view.kind)


def _names_another(text: str, question: str) -> bool:
    known = runs(question)
    if any(telling(one) and not any(same(one, other) for other in known) for one in runs(text)):
        return True
    return bool((lemmas(text) & (_SOMEBODY | GENERIC_STEMS)) - lemmas(question))
