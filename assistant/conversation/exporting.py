"""A conversation as a file: Markdown to read, JSON to work with. Every claim stands with its citations and quotes."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING

from assistant.conversation.narrowing import in_words
from assistant.messages import WITHHELD
from assistant.web import standings, wording
from assistant.web.citing import Numbering
from assistant.web.markup import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.conversation.keeping import Conversation, Turn
    from assistant.domain import Outcome

FORMATS = ("markdown", "json")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&$@]|(?:^|(?<= ))[-+](?= )|:(?=//)|(?<=\bwww)\.|(?<=^\d)[.)]|(?<=^\d\d)[.)])")


def export(conversation: Conversation, turns: Sequence[Turn], form: str) -> str:
    """The whole conversation in one of `FORMATS`."""
    return _json(conversation, turns) if form == "json" else _markdown(conversation, turns)


def _json(conversation: Conversation, turns: Sequence[Turn]) -> str:
    told = [
        {
            "number": turn.number,
            "asked_at": turn.asked_at,
            "question": turn.question,
            "scope": asdict(turn.scope),
            "outcome": turn.outcome.model_dump(mode="json"),
        }
        for turn in turns
    ]
    return json.dumps({"conversation": asdict(conversation), "turns": told}, indent=2, ensure_ascii=False) + "\n"


def _markdown(conversation: Conversation, turns: Sequence[Turn]) -> str:
    lines = [f"# {_plain(conversation.name)}", "", f"Begun {wording.day(conversation.created_at[:10])}.", ""]
    for turn in turns:
        lines += [f"## {_plain(turn.question)}", "", *_turn(turn.outcome)]
    return "\n".join(lines).rstrip() + "\n"


def _turn(outcome: Outcome) -> Iterator[str]:
    if outcome.standalone_question != outcome.question:
        yield from (f"Understood as: {_plain(outcome.standalone_question)}", "")
    filters = in_words(outcome.scope)
    if filters:
        yield from (f"Only documents {_plain('; '.join(filters))}", "")
    numbering = Numbering()
    for claim in outcome.claims:
        marks = "".join(f"\\[{numbering.number(citation)}\\]" for citation in claim.citations)
        who = standings.in_line(claim)
        yield f"- {_plain(claim.text)} {marks}" + (f" ({_plain(who)})" if who else "")
    if outcome.claims:
        yield from ("", "Sources:", "")
    for number, citation in enumerate(numbering.citations, start=1):
        yield f"{number}. {_plain(wording.reference(citation))}  "
        place = (
            f"document {citation.document}, version {citation.version}, characters {citation.start} to {citation.end}"
        )
        yield f"   “{_plain(citation.quote)}” ({place})"
    yield from _told(outcome)
    yield ""


def _told(outcome: Outcome) -> Iterator[str]:
    if outcome.outcome == "abstention":
        yield from (f"No answer: {_plain(outcome.detail or '')}", "")
    if outcome.outcome == "clarification":
        yield from ("Asked back: which is meant?", "", *(f"- {_plain(choice)}" for choice in outcome.choices), "")
    if outcome.notes:
        yield from ("", "Caveats:", "", *(f"- {_plain(note)}" for note in outcome.notes))
    if outcome.withheld:
        yield from ("", "Withheld:", "")
        yield from (f"- {_plain(one.text)} ({WITHHELD[one.reason]})" for one in outcome.withheld)


def _plain(text: str) -> str:
    """Text of a source as text: no mark of it is read as Markdown, HTML or an address, and it stays on one line."""
    return _SPECIAL.sub(r"\\\1", visible(" ".join(text.split())))
