"""Where two sources disagree: another figure or date for the same thing, one affirms what the other denies.

Two statements are held against each other as the gate holds a claim against its source. Nothing is called a disagreement
unless both speak of the same matter, by the words they share or by those of the question, and each has a source of its
own: another document, or another speaker.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from assistant.arranging import wants_counts
from assistant.checks import operators
from assistant.checks.alignment import name_runs
from assistant.checks.case import Case
from assistant.checks.figures import counted, counts_votes, dated
from assistant.checks.saying import governors
from assistant.company import tells_of_an_earlier_text
from assistant.wording import STOP_WORDS, stem, stems, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.checks.reading import Reading, Token
    from assistant.evidence import Statement
    from assistant.question import QuestionView

Kind = Literal["figures", "names", "denial"]

SAME_MATTER, SAME_WORDS, HALF_THE_WORDS = 0.6, 0.75, 0.55
"""Share of one statement's words that the other has, for figures and for a plain contradiction; the last is the share
of the longer one's, for a contradiction."""

ASKED_ABOUT = 0.6
"""Two statements that hold so much of a question for a figure speak of one thing, however they word it."""

IN_CONTEXT = 0.8
"""Share of a question that two passages must hold for counts of votes in them to be counts of one vote."""

SAME_BUT_FOR_A_NAME, FEWEST_ALIKE = 0.8, 4
"""Two sentences are the same but for a name when each shares so many of its other words with the other."""

_GENERIC = frozenset(
    map(stem, "allegation accusation claim charge report wrongdoing finding suggestion criticism deny denied denial reject "
    "rejected dismiss dismissed refute refuted dispute disputed allege alleged accuse accused statement untrue false "
    "baseless unfounded strongly categorically firmly".split())
)  # fmt: skip
SHARED_WITH_A_FINDING = 3
"""Words of weight that a finding of nothing must share with what was alleged."""

_NOTHING_FOUND = re.compile(
    r"\b(?:no|little|insufficient|not enough) (?:\w+ )?(?:evidence|proof|sign|indication|basis)\b|\bcleared\b|\bnot (?:been )?(?:established|proven|proved|"
    r"substantiated|upheld|supported)\b|\b(?:found|concluded) that [^.]{0,80}\b(?:not|never)\b",
    re.I,
)
_ASKS_A_NAME = re.compile(
    r"\b(?:location|venue|winner|name[ds]?|host|author|director|founder|supplier|chair|head|capital)\b", re.I
)
_AFFIRMS = ("allegation", "finding", "statement_of_fact", "decision", "response")


class Disagreement(NamedTuple):
    """Two statements that do not agree; `here` and `there` are the words in which each differs, empty for a denial."""

    kind: Kind
    one: Statement
    other: Statement
    here: str = ""
    there: str = ""


@lru_cache(maxsize=2_048)
def disagreement(one: Statement, other: Statement, view: QuestionView) -> Disagreement | None:
    """How two statements disagree; None where they do not, or speak of different things."""
    if not _apart(one, other) or one.text == other.text:
        return None
    if tells_of_an_earlier_text(one.text) or tells_of_an_earlier_text(other.text):
        return None  # what a correction takes back is nobody's side
    denied = _denial(one, other)
    if denied is not None:
        return denied
    case = Case(one.text, (other.text,))
    named = _other_name(case, view)
    if named is not None:
        return Disagreement("names", one, other, *named)
    least, matter = _shared(case)
    figure = view.kind == "number" or wants_counts(view)
    asked = figure and (_on_the_question(one, other) or (counts_votes(case) and _in_context(one, other)))
    if not (matter >= SAME_MATTER or asked) or _other_subject(case, one, other):
        return None
    if _same_period(one, other):
        for here, there in (*counted(case), *(pair for pair in dated(case) if _as_exact(*pair))):
            return Disagreement("figures", one, other, here, there)
    if matter >= SAME_WORDS and least >= HALF_THE_WORDS and _affirm(one, other) and _contradicts(case):
        return Disagreement("denial", one, other)
    return None


def among(statements: Sequence[Statement], view: QuestionView) -> list[Disagreement]:
    """Every disagreement among what is shown, each statement once as the first of a pair."""
    found = []
    for place, one in enumerate(statements):
        pairs = (disagreement(one, other, view) for other in statements[place + 1 :])
        found += [pair for pair in pairs if pair is not None][:1]
    return found


def _apart(one: Statement, other: Statement) -> bool:
    """Whether each has a source of its own: another document, or another speaker."""
    if one.passage.document.id != other.passage.document.id:
        return True
    mine, theirs = one.attribution, other.attribution
    if mine and theirs:
        return stems(mine.name).isdisjoint(stems(theirs.name))
    # In one story a denial is always somebody else's word than what it denies.
    return any(side.told is not None and side.told.standing == "denial" for side in (one, other))


def _denial(one: Statement, other: Statement) -> Disagreement | None:
    """One denies what the other alleges, finds or states: the same thing, or whatever is said against the denier."""
    for denies, affirms in ((one, other), (other, one)):
        if denies.told is None or affirms.told is None:
            continue
        if denies.told.standing != "denial":
            if _found_nothing(denies, affirms):
                return Disagreement("denial", one, other)
            continue
        if affirms.told.standing not in _AFFIRMS or _same_speaker(denies, affirms):
            continue
        shared = content(denies.text) & content(affirms.text)
        smaller = min(len(content(denies.text)), len(content(affirms.text)))
        if len(shared) >= 2 and len(shared) * 5 >= 2 * smaller:
            return Disagreement("denial", one, other)
        if affirms.told.standing == "allegation" and content(denies.text) <= _GENERIC and _aimed_at(denies, affirms):
            return Disagreement("denial", one, other)
    return None


def _found_nothing(denies: Statement, affirms: Statement) -> bool:
    """Whether somebody looked into what is alleged and found nothing of it."""
    if affirms.told is None or affirms.told.standing != "allegation" or not _NOTHING_FOUND.search(denies.text):
        return False
    mine, theirs = content(denies.text) - _GENERIC, content(affirms.text)
    return len(mine & theirs) >= SHARED_WITH_A_FINDING


def _aimed_at(denies: Statement, affirms: Statement) -> bool:
    """Whether what is alleged names whoever denies."""
    denier = denies.attribution.name if denies.attribution else denies.passage.document.metadata.publisher
    return bool(denier) and _names(denier or "") <= _names(affirms.text) and bool(_names(denier or ""))


def _on_the_question(one: Statement, other: Statement) -> bool:
    return min(one.resolved or one.coverage, other.resolved or other.coverage) >= ASKED_ABOUT


def _in_context(one: Statement, other: Statement) -> bool:
    """Whether the passages of both hold nearly all of the question, as those of two reports of one vote do."""
    return all(sum(side.context_match) >= IN_CONTEXT * max(1, len(side.context_match)) for side in (one, other))


def _same_speaker(one: Statement, other: Statement) -> bool:
    mine, theirs = one.attribution, other.attribution
    return bool(mine and theirs) and not _names(mine.name if mine else "").isdisjoint(
        _names(theirs.name if theirs else "")
    )


def _affirm(one: Statement, other: Statement) -> bool:
    """Whether both tell how a thing is; a request or a view is no answer to either."""
    return all(side.told is None or side.told.standing in (*_AFFIRMS, "denial") for side in (one, other))


def _contradicts(case: Case) -> bool:
    finding = operators.check(case)
    return finding is not None and finding.reason == "negation_changed"


def _as_exact(here: str, there: str) -> bool:
    """Whether two dates can be at odds: a month without its year and a year without its month are not."""
    bare = re.compile(r"(?:in )?(?:19|20)\d\d")
    return bool(bare.fullmatch(here)) == bool(bare.fullmatch(there)) or bool(
        re.search(r"\d{4}", here) and re.search(r"\d{4}", there)
    )


def _same_period(one: Statement, other: Statement) -> bool:
    """Whether the two do not tell of different years; a figure of last year is no other side to this year's."""
    mine, theirs = _years(one), _years(other)
    return not mine or not theirs or bool(mine & theirs)


def _years(one: Statement) -> set[str]:
    times = one.told.times if one.told is not None else ()
    return {part[:4] for time in times if time.date is not None for part in time.date.split("/")}


def _other_subject(case: Case, one: Statement, other: Statement) -> bool:
    """Whether each names somebody whom the other's surroundings do not."""
    back = set(case.alignment.places.values())
    mine = [case.said.tokens[i] for run in name_runs(case.said) for i in run if i not in case.alignment.places]
    theirs = [case.source.tokens[j] for run in name_runs(case.source) for j in run if j not in back]
    if not mine or not theirs:
        return False
    speakers = {case.said.tokens[i].start for told in governors(case.said) for i in told.speaker}
    sources = {case.source.tokens[j].start for told in governors(case.source) for j in told.speaker}
    around, beside = _around(other), _around(one)
    return any(token.start not in speakers and stem(token.text) not in around for token in mine) and any(
        token.start not in sources and stem(token.text) not in beside for token in theirs
    )


def _around(one: Statement) -> frozenset[str]:
    metadata = one.passage.document.metadata
    return stems(" ".join(filter(None, (one.passage.text, metadata.title, metadata.publisher, metadata.author))))


def _other_name(case: Case, view: QuestionView) -> tuple[str, str] | None:
    """The names in which two sentences differ that are the same but for them, where a name is what is asked for."""
    if view.kind not in ("person", "place") and not _ASKS_A_NAME.search(view.text):
        return None
    places, back = case.alignment.places, set(case.alignment.places.values())
    mine = [run for run in name_runs(case.said) if not any(i in places for i in run)]
    theirs = [run for run in name_runs(case.source) if not any(j in back for j in run)]
    if not mine or not theirs:
        return None
    apart = {i for run in mine for i in run}, {j for run in theirs for j in run}
    said = [i for i, token in enumerate(case.said.tokens) if token.carries and i not in apart[0]]
    held = [j for j, token in enumerate(case.source.tokens) if token.carries and j not in apart[1]]
    alike = min(sum(i in places for i in said) / max(1, len(said)), sum(j in back for j in held) / max(1, len(held)))
    if min(len(said), len(held)) < FEWEST_ALIKE or alike < SAME_BUT_FOR_A_NAME:
        return None
    here, there = _run(case.said, mine[0]), _run(case.source, theirs[0])
    asked = stems(view.text)
    return None if (stems(here) | stems(there)) & asked else (here, there)


def _run(reading: Reading, run: Sequence[int]) -> str:
    return reading.text[reading.tokens[run[0]].start : reading.tokens[run[-1]].end]


def _shared(case: Case) -> tuple[float, float]:
    """Share of the words of each statement which the other has, the smaller first; figures left aside."""
    places = case.alignment.places
    mine = [i for i, token in enumerate(case.said.tokens) if _tells(token)]
    theirs = [j for j, token in enumerate(case.source.tokens) if _tells(token)]
    back = set(places.values())
    shares = [sum(i in places for i in mine) / len(mine)] if mine else []
    shares += [sum(j in back for j in theirs) / len(theirs)] if theirs else []
    return (min(shares), max(shares)) if len(shares) == 2 and min(len(mine), len(theirs)) > 2 else (0.0, 0.0)


def _tells(token: Token) -> bool:
    return token.carries and not token.number and not token.date


def content(text: str) -> frozenset[str]:
    """Stems of what a statement is about: no names, no small words."""
    return frozenset(
        word.stem
        for place, word in enumerate(words(text))
        if word.text.casefold() not in STOP_WORDS
        and (not word.capital or place == 0)
        and not re.match(r"\d", word.text)
    )


def _names(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in words(text) if word.capital and word.text.casefold() not in STOP_WORDS)
