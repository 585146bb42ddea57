"""Which line goes where: what was asked, found, decided and answered first; the rest by date; nothing twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.arranging import when
from assistant.company import company
from assistant.desk.lines.papers import HEADINGS, DraftSection, Line, Purpose
from assistant.domain import Supported, Withheld
from assistant.wording import STOP_WORDS, stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.desk.lines.papers import Kind
    from assistant.desk.lines.pool import OnTopic, Pool
    from assistant.desk.lines.wording import Worder
    from assistant.domain import Standing

SIZES: dict[Kind, dict[Purpose, int]] = {
    "lines": {"top_lines": 4, "if_pressed": 6, "background": 4},
    "qa": {"top_lines": 0, "if_pressed": 12, "background": 0},
    "holding": {"top_lines": 2, "if_pressed": 0, "background": 0},
    "note": {"top_lines": 3, "if_pressed": 0, "background": 12},
    "brief": {"top_lines": 3, "if_pressed": 3, "background": 4},
}
"""Most lines of each section, by kind of draft; 0 leaves it out."""

SPARE = 6

_WEIGHT: dict[Standing | None, float] = {
    "decision": 0.15,
    "finding": 0.12,
    "request": 0.12,
    "response": 0.1,
    "denial": 0.1,
    "law": 0.05,
    "statement_of_fact": 0.0,
    None: 0.0,
    "allegation": -0.05,
    "opinion": -0.1,
}
"""What an office can say first: what was done, before what somebody thinks."""

SAME = 0.55
"""Two lines that share this much of their words (Jaccard) say the same."""

LEAST_TOP, LEAST = 0.55, 0.4
"""A line's fit as a share of the best one's: in the top lines, and anywhere."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A statement of the pool as a line; `weight` orders the top lines."""

    at: OnTopic
    line: Line
    weight: float

    @property
    def claim(self) -> Supported:
        """Its claim."""
        return self.line.claim


def worded(
    pool: Pool, worder: Worder, most: int, whom: frozenset[str] = frozenset()
) -> tuple[list[Worded], list[Withheld]]:
    """The fittest statements as lines, at most `most`, none that says what another says; and what did not pass.

    `whom` are stems by which a statement names whom the topic is about; one that names none of them is left out. What
    somebody denies is kept however far down it stands: it belongs beside what is alleged.
    """
    best = pool.found[0].fit if pool.found else 0.0
    lines: list[Worded] = []
    withheld: list[Withheld] = []
    for one in pool.found:
        if not most or (not _denies(one) and (len(lines) >= most or one.fit < LEAST * best)):
            continue
        if whom and not _names(one, whom):
            continue
        if any(_alike(one.statement.text, other.at.statement.text) for other in lines):
            continue
        decided = worder.word(one.statement, pool.statements)
        if isinstance(decided, Withheld):
            withheld.append(decided)
        elif decided is not None:
            weight = one.fit + _WEIGHT[decided.standing]
            lines.append(Worded(one, Line(claim=decided, beside=_beside(one, pool, worder)), weight))
    return lines, withheld


def with_denials(lines: Sequence[Worded]) -> list[Worded]:
    """Each allegation with what was found of a denial by whom it is about."""
    denials = [one for one in lines if one.claim.standing == "denial" and one.claim.speaker]
    found: list[Worded] = []
    for one in lines:
        if one.claim.standing != "allegation":
            found.append(one)
            continue
        own = stems(one.claim.text)
        accuser = stems(one.claim.speaker or "")
        answers = [
            other.claim for other in denials if (who := _of(other.claim.speaker or "")) & own and not who & accuser
        ]
        answers.sort(key=lambda claim: -len(_of(claim.text) & _of(one.claim.text)))
        line = one.line.model_copy(update={"beside": (*one.line.beside, *answers[:1])})
        found.append(Worded(one.at, line, one.weight))
    return found


def top_lines(kind: Kind, lines: Sequence[Worded]) -> DraftSection:
    """The weightiest; in a holding statement no allegation and no opinion."""
    size = SIZES[kind]["top_lines"]
    best = max((one.at.fit for one in lines), default=0.0)
    ranked = sorted(lines, key=lambda one: (-round(one.weight, 4), one.at.place))
    if kind == "holding":
        ranked = [one for one in ranked if one.claim.standing not in ("allegation", "opinion")]
    fit = [one for one in ranked if one.at.fit >= LEAST_TOP * best]
    taken = _apart(fit, size)
    rest = [one for one in ranked if one not in taken]
    return _section("top_lines", [one.line for one in taken], [one.line for one in rest])


def background(kind: Kind, lines: Sequence[Worded], used: Iterable[Line]) -> DraftSection:
    """What is left, by date."""
    told = {line.claim.text for line in used} | {one.text for line in used for one in line.beside}
    left = [one for one in lines if one.claim.text not in told]
    size = SIZES[kind]["background"]
    taken = sorted(left[:size], key=lambda one: (when(one.at.statement), one.at.place))
    return _section("background", [one.line for one in taken], [one.line for one in left[size:]])


def _section(purpose: Purpose, lines: Sequence[Line], spare: Sequence[Line]) -> DraftSection:
    return DraftSection(purpose=purpose, heading=HEADINGS[purpose], lines=tuple(lines), spare=tuple(spare[:SPARE]))


def _beside(one: OnTopic, pool: Pool, worder: Worder) -> tuple[Supported, ...]:
    found = (worder.word(other, pool.statements) for other in company(one.statement, pool.statements))
    return tuple(claim for claim in found if isinstance(claim, Supported))


def _apart(lines: Sequence[Worded], most: int) -> list[Worded]:
    """The first `most`, of one speaker's words no more than two as long as there are others."""
    taken: list[Worded] = []
    for limit in (2, most):
        for one in lines:
            same = [other for other in taken if other.claim.speaker and other.claim.speaker == one.claim.speaker]
            if len(taken) < most and one not in taken and len(same) < limit:
                taken.append(one)
    order = {id(one): place for place, one in enumerate(lines)}
    return sorted(taken, key=lambda one: order[id(one)])


def _denies(one: OnTopic) -> bool:
    return one.statement.told is not None and one.statement.told.standing == "denial"


def _names(one: OnTopic, names: frozenset[str]) -> bool:
    told = one.statement.attribution
    held = stems(" ".join(filter(None, (one.statement.text, *((told.name, told.addressee) if told else ())))))
    return bool(names & held)


def _alike(one: str, other: str) -> bool:
    a, b = _of(one), _of(other)
    return len(a & b) >= SAME * max(1, len(a | b))


def _of(text: str) -> frozenset[str]:
    return frozenset(stems(text) - STOP_WORDS)
