"""From a topic to a draft. Read this file of the package first.

`draft` is the flow: read the topic, gather what is said on it, word it and ask the gate, give each line its section, ask
the library what officials would ask, and tell what it does not answer.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.caveats import caveats
from assistant.desk.lines.choosing import SIZES, background, top_lines, with_denials, worded
from assistant.desk.lines.papers import HEADINGS, DraftSection, Line, PressDraft, Unknown, claims_of
from assistant.desk.lines.pool import gather
from assistant.desk.lines.questions import asked_of, open_questions, read_topic
from assistant.desk.lines.wording import Worder
from assistant.domain import Question, Scope, Trace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from assistant.answering import Assistant
    from assistant.conversation.naming import Holdings
    from assistant.desk.lines.choosing import Worded
    from assistant.desk.lines.papers import Kind
    from assistant.desk.lines.pool import Pool
    from assistant.desk.lines.questions import Open, Topic
    from assistant.sufficiency import Verdict

    Answered = Mapping[str, Sequence[Worded]]

EVERYTHING = Scope()
MOST_LINES = 30
"""Statements that are worded for one draft."""

ANSWER_LINES = 2
MOST_UNKNOWN = 5
_NOT_PLAINLY = "Nothing that was found plainly answers this."


@dataclass(frozen=True)
class Wanted:
    """What is to be drafted."""

    topic: str
    kind: Kind = "lines"
    audience: str | None = None
    scope: Scope = EVERYTHING


@dataclass(frozen=True)
class Drafter:
    """Drafts from one library. Safe to share between threads."""

    assistant: Assistant
    names: Holdings
    clock: Callable[[], float] = time.perf_counter

    def draft(self, wanted: Wanted) -> PressDraft:
        """The draft; one without lines where the library holds nothing on the topic.

        Raises:
            BriefingError: the library or the model failed.
        """
        begun = self.clock()
        topic = read_topic(wanted.topic, self.names.entities())
        asked = open_questions(topic)
        pool = gather(self.assistant.retriever, topic.text, [one.text for one in asked], wanted.scope)
        verdict = self.assistant.judge.weigh(pool.evidence)
        most = MOST_LINES if verdict.reason is None else 0
        found, withheld = worded(pool, Worder(self.assistant.gate), most, topic.whom)
        lines = with_denials(found)
        answered = {one.text: [line for line in lines if one.answers(line.claim)] for one in asked}
        sections = self._sections(wanted.kind, lines, answered)
        left = [one for one in asked if not answered[one.text] and not any(one.nearly(line.claim) for line in lines)]
        unknown = self._unknown(left, topic, wanted) if lines else (_nothing(topic),)
        notes = self._notes(sections, pool, verdict)
        trace = Trace(
            library=self.assistant.library.snapshot(),
            embedder=self.assistant.library.embedder.fingerprint,
            timings_ms={"draft": round((self.clock() - begun) * 1000, 2)},
            signals={name: round(value, 4) for name, value in verdict.signals.items()},
        )
        return PressDraft(
            kind=wanted.kind,
            topic=topic.text,
            audience=wanted.audience,
            scope=wanted.scope,
            sections=sections,
            unknown=unknown,
            withheld=tuple(withheld),
            notes=notes,
            searched=pool.evidence.searched,
            trace=trace,
        )

    def _notes(self, sections: Sequence[DraftSection], pool: Pool, verdict: Verdict) -> tuple[str, ...]:
        """What must be told with an answer must be told with a draft."""
        claims = claims_of(sections)
        if not claims:
            return ()
        library = self.assistant.library
        evidence = replace(pool.evidence, statements=pool.statements)
        return tuple(caveats(claims, evidence, verdict, library.ledger, rebuilding=library.state() != "ready")[1])

    def _unknown(self, questions: Sequence[Open], topic: Topic, wanted: Wanted) -> tuple[Unknown, ...]:
        """What the library says of each question that no line answers."""
        found: list[Unknown] = []
        for one in questions[:MOST_UNKNOWN]:
            outcome = self.assistant.answer(_question(one.text, topic, wanted))
            refused = outcome.outcome == "abstention"
            detail = outcome.detail if refused and outcome.detail else _NOT_PLAINLY
            found.append(Unknown(question=one.text, detail=detail, would_settle=outcome.would_settle))
        return tuple(found)

    def _sections(self, kind: Kind, lines: Sequence[Worded], answers: Answered) -> tuple[DraftSection, ...]:
        sizes = SIZES[kind]
        found: list[DraftSection] = []
        used: list[Line] = []
        if sizes["top_lines"]:
            top = top_lines(kind, lines)
            found.append(top)
            used += top.lines
        if sizes["if_pressed"]:
            pressed = self._pressed(kind, lines, answers, used)
            found.append(pressed)
            used += pressed.lines
        if sizes["background"]:
            found.append(background(kind, lines, used))
        return tuple(found)

    def _pressed(self, kind: Kind, lines: Sequence[Worded], answers: Answered, used: Sequence[Line]) -> DraftSection:
        """Questions with answers: those that were asked, then those that what is left answers."""
        told = {line.claim.text for line in used}
        found: list[Line] = []
        for text, those in answers.items():
            fresh = [one.line for one in those if one.claim.text not in told][:ANSWER_LINES]
            found += [line.model_copy(update={"question": text}) for line in fresh]
            told |= {line.claim.text for line in fresh}
        entities = self.names.entities()
        asked: dict[str, list[Line]] = {}
        for one in lines:
            question = asked_of(one.claim, entities)
            if question is not None and one.claim.text not in told:
                asked.setdefault(question, []).append(one.line.model_copy(update={"question": question}))
        grouped = [line for group in asked.values() for line in group[:ANSWER_LINES]]
        size = SIZES[kind]["if_pressed"]
        every = _together([*found, *grouped])
        heading = HEADINGS["if_pressed"] if kind != "qa" else "Questions and answers"
        return DraftSection(
            purpose="if_pressed", heading=heading, lines=tuple(every[:size]), spare=tuple(every[size : size + 6])
        )


def _together(lines: Sequence[Line]) -> list[Line]:
    """Lines of one question next to each other, in the order of the questions."""
    order: dict[str, list[Line]] = {}
    for line in lines:
        order.setdefault(line.question or "", []).append(line)
    return [line for group in order.values() for line in group]


def _question(text: str, topic: Topic, wanted: Wanted) -> Question:
    return Question(text=text, scope=wanted.scope, context=topic.text, as_asked=True, own_words=True)


def _nothing(topic: Topic) -> Unknown:
    return Unknown(question=topic.text, detail="The library holds nothing on this topic.")
