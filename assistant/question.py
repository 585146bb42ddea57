"""What a question asks for, read by rules: its words, its names, the kind of answer, and how much is wanted.

Nothing here decides anything; retrieval, sufficiency and the writer each look at the same `QuestionView`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.wording import WORD, Word, content_words, is_stop_word, stem

Kind = Literal["person", "date", "number", "place", "reason", "yes_no", "statement"]
"""What would answer: somebody's name, a date, a figure, a place, a reason, yes or no, or what was said or done."""

Breadth = Literal["one", "several"]
"""Whether one statement may do, or several are asked for (a comparison, a timeline, a list, both sides)."""

_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "number",
        re.compile(
            r"\bhow (many|much|large|big|long|old|often)\b|\bwhat (number|share|percentage|proportion|"
            r"amount|sum|fine|total|figure)\b|\bhow (high|low)\b",
            re.I,
        ),
    ),
    (
        "date",
        re.compile(
            r"(^|[,;:] |\band )(since |until |by |from )?when\b|\b(what|which|on what|on which) "
            r"(date|day|month|year)\b",
            re.I,
        ),
    ),
    (
        "person",
        re.compile(
            r"(^|[,;:] |\band |\b(to|by|from|with|of) )who(m|se)?\b|\b(which|what) (person|people|"
            r"company|companies|body|bodies|organi[sz]ation|minister|commissioner|committee|court|"
            r"country|countries|vendor|vendors|firm|firms|supermarkets?|department)\b|"
            r"\b(?:which|what) (?:\w+ ){0,2}(?:agency|agencies|authority|authorities|bank|board|charity|charities|"
            r"contractor|council|councillor|developer|director|employee|engineer|expert|judge|lawyer|manufacturer|member|"
            r"ministry|ministries|newspaper|official|operator|party|parties|regulator|retailer|school|subcontractor|"
            r"supplier|tribunal|union|university|universities|witness|witnesses)s?\b",
            re.I,
        ),
    ),
    (
        "place",
        re.compile(r"(^|[,;:] |\band )where\b|\b(in|at) (what|which) (place|city|town|location)\b", re.I),
    ),
    ("reason", re.compile(r"(^|[,;:] |\band )why\b|\bwhat (reason|reasons|grounds)\b", re.I)),
    (
        "yes_no",
        re.compile(r"^(is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|must)\b", re.I),
    ),
)

_SEVERAL = re.compile(
    r"\b(compar\w+|differ\w*|disagree\w*|contrast\w*|timeline|chronolog\w+|between .+ and|both|two|three|four|several|"
    r"all|each|list|which (?:\w+ ){0,2}\w+s\b|what (?:\w+ ){0,2}(?:steps|things|reasons|measures|positions|"
    r"accusations|allegations|findings|concerns|requests|conditions|counts|accounts|claims)|respectively|"
    r"agree|accounts|reactions|and what|and how|and who|and when|and is|and did)\b",
    re.I,
)

ASKING = frozenset(
    stem(word)
    for word in (
        "account compare comparison different differ difference disagree agree contrast timeline chronology "
        "thing things kind example main key happen happened summarise summary mention mentioned discuss "
        "discussed know recorded known far finally actually"
    ).split()
)
"""Words by which a question says how it wants to be answered, not what about."""

_ACRONYM_OR_NAME = re.compile(r"^(?:[A-Z][\w’'.-]*|\d[\w.,%-]*)$")
_QUOTED = re.compile(r"[\"“]([^\"”]{2,})[\"”]")


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question as the rest of the read side sees it.

    `words` are its content words in order; `names` those that are written as names or numbers inside the
    sentence (the first word counts only when it is one elsewhere or is an acronym); `subjects` are the name
    sequences as written ("Foreign Affairs Committee"); `quoted` the strings it puts in quotation marks.
    """

    text: str
    words: tuple[Word, ...]
    names: tuple[Word, ...]
    subjects: tuple[str, ...]
    quoted: tuple[str, ...]
    kind: Kind
    breadth: Breadth


@lru_cache(maxsize=512)
def view(text: str) -> QuestionView:
    """Read `text`; an empty or wordless text gives a view with no words."""
    every = content_words(text)
    content = tuple(word for word in every if word.stem not in ASKING) or every
    names = tuple(word for word in content if _is_name(word, text))
    return QuestionView(
        text=text,
        words=content,
        names=names,
        subjects=_subjects(text),
        quoted=tuple(match.strip() for match in _QUOTED.findall(text)),
        kind=next((kind for kind, pattern in _KINDS if pattern.search(text.strip())), "statement"),
        breadth="several" if _SEVERAL.search(text) else "one",
    )


def _is_name(word: Word, text: str) -> bool:
    if not _ACRONYM_OR_NAME.match(word.text):
        return False
    opens = not text[: word.start].strip() or text[: word.start].rstrip()[-1:] in ".?!"
    return not opens or sum(character.isupper() or character.isdigit() for character in word.text) > 1


def _subjects(text: str) -> tuple[str, ...]:
    """Runs of capitalised words, small joining words inside allowed, as written and without repeats."""
    found: list[str] = []
    run: list[re.Match[str]] = []
    for match in WORD.finditer(text):
        word = match.group()
        joined = not run or not re.search(r"[,;:.?!()|\"“”]", text[run[-1].end() : match.start()])
        if word[0].isupper() and not is_stop_word(word) and joined:
            run.append(match)
            continue
        if (
            word in ("of", "and", "for", "the")
            and run
            and joined
            and text[match.end() : match.end() + 2].strip()[:1].isupper()
        ):
            run.append(match)
            continue
        _close(run, text, found)
        run = [match] if word[0].isupper() and not is_stop_word(word) else []
    _close(run, text, found)
    return tuple(dict.fromkeys(found))


def _close(run: list[re.Match[str]], text: str, found: list[str]) -> None:
    while run and run[-1].group() in ("of", "and", "for", "the"):
        run.pop()
    if run:
        found.append(text[run[0].start() : run[-1].end()].removesuffix("’s").removesuffix("'s"))
