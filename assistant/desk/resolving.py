"""Whom "he", "it" or "the company" at the head of a draft's sentence stands for, by the sentences before it.

Settled only where one name stands as the subject of the sentence before, or of one that takes that subject up itself;
everything else stays as the draft has it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.understanding.naming import fits, heads, names_of
from ingest.understanding.phrases import is_person

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.desk.drafts import DraftSentence
    from ingest.understanding.naming import Named

_PRONOUN = re.compile(r"(?P<pronoun>He|She|It|They)(?= )")
_GENERIC = re.compile(
    r"The (?P<head>company|firm|regulator|watchdog|vendor|committee|tribunal|commissioner|court)(?= )"
)
_SUBJECT_WITHIN = 60
_NOT_A_SUBJECT = re.compile(
    r"\b(?:in|on|at|of|for|to|by|with|from|after|before|since|during|under|against|about) (?:the )?$", re.I
)


def resolved(text: str, sentences: Sequence[DraftSentence]) -> list[str]:
    """Each sentence, with the subject that it takes up written out where it is settled."""
    names = names_of(text)
    found: list[str] = []
    subject: str | None = None
    for sentence in sentences:
        if sentence.kind == "heading":
            subject = None
            found.append(sentence.words)
            continue
        mine, shown = _taken_up(sentence.text, subject), sentence.words
        generic = _GENERIC.match(sentence.text)
        if generic and mine is None:
            mine = heads(names, generic["head"]) or (subject if subject and not is_person(subject) else None)
        if mine is not None:
            shown = re.sub(r"^(?:He|She|It|They|The \w+)", mine.replace("\\", r"\\"), sentence.words, count=1)
            subject = mine
        else:
            subject = _subject(sentence, names.between(sentence.start, sentence.start + _SUBJECT_WITHIN))
        found.append(shown)
    return found


def _taken_up(text: str, subject: str | None) -> str | None:
    match = _PRONOUN.match(text)
    if match is None or subject is None:
        return None
    pronoun, person = match["pronoun"].lower(), is_person(subject)
    if pronoun in ("he", "she"):
        return subject if person and fits(pronoun, subject) else None
    return None if person else subject


def _subject(sentence: DraftSentence, named: Iterable[Named]) -> str | None:
    """The first name of a sentence, when it stands as a subject does: before everything but what opens it."""
    for one in named:
        before = sentence.text[: one.start - sentence.start]
        if _NOT_A_SUBJECT.search(before):
            continue
        return one.name if len(before.split()) <= 8 else None
    return None
