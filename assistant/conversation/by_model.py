"""A follow-up resolved by a language model, held to what the conversation says; by rules wherever that fails.

The model may only choose among what people asked and saw: its question is taken when it is one question of bounded
length and every name and number in it stands in the conversation. Filters are always read by rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import prompts
from assistant.conversation.recalling import MOST_TURNS
from assistant.drafting import Writing
from assistant.question import view

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.conversation.resolving import Resolved, Resolver
    from assistant.domain import Question

PROMPT = "conversation/standalone"
LONGEST = 400
"""Characters of a question that a model may write; and at most so many more than were asked and said before."""

_ADDRESS = re.compile(r"https?:|www\.|[<>\[\]{}`|]|\]\(")
_ASKS = re.compile(
    r"(?:what|which|who|whom|whose|when|where|why|how|(?:in|on|at|by|to|from|for|with|about|of|since|until) (?:what|which|whom?|when)|"
    r"is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|must|tell|list|compare|describe|give|show|name|"
    r"explain|summari[sz]e)\b",
    re.I,
)


class Says(Protocol):
    """A language model; `assistant.chat.exchange.Exchange` is one."""

    def stream(self, messages: Sequence[tuple[str, str]], writing: Writing) -> Iterator[str]:
        """The reply in pieces; raises when there is none."""
        ...


@dataclass(frozen=True)
class ModelResolver:
    """See `Resolver`. A first question costs no call."""

    model: Says
    rules: Resolver

    def resolve(self, question: Question) -> Resolved:
        """See `Resolver`."""
        by_rules = self.rules.resolve(question)
        said = _said(question)
        if question.as_asked or not said:
            return by_rules
        prompt = prompts.load(PROMPT)
        names = ", ".join(question.earlier[-1].names) if question.earlier else ""
        told = prompt.fill(conversation="\n".join(said), names=names or "nobody", question=_line(question.text))
        try:
            reply = "".join(self.model.stream([("user", told)], Writing()))
        except Exception:  # whatever a provider raises, the rules go on
            return by_rules
        text = _checked(reply, question.text, [*said, names])
        if text is None or text == by_rules.text:
            return by_rules
        how = None if text == question.text else "Read by the language model with the questions before."
        return replace(by_rules, text=text, how=how or by_rules.how, prompts=((PROMPT, prompt.digest),))


def _said(question: Question) -> list[str]:
    """What was asked before, as it was asked and as it was understood."""
    if not question.earlier:
        return [_line(text) for text in question.previous[-MOST_TURNS:]]
    turns = question.earlier[-MOST_TURNS:]
    return [_line(turn.standalone or turn.question) for turn in turns]


def _line(text: str) -> str:
    return " ".join(text.split())[:LONGEST]


def _checked(reply: str, asked: str, said: Sequence[str]) -> str | None:
    """The question in a model's reply; None when it is none, is too long, or brings in what nobody said."""
    lines = [line.strip().strip('"“”').strip() for line in reply.strip().splitlines() if line.strip()]
    if len(lines) != 1 or not 0 < len(lines[0]) <= LONGEST:
        return None
    text = lines[0]
    if _ADDRESS.search(text) or not (_ASKS.match(text) or text == asked) or text.count("?") > 1:
        return None
    known = {_plain(word) for one in (asked, *said) for word in one.split()}
    if any(_plain(part) not in known for name in view(text).names for part in name.text.split()):
        return None
    if any(_plain(word) not in known for word in text.split()[1:] if word[:1].isupper() or any(map(str.isdigit, word))):
        return None
    return text


def _plain(word: str) -> str:
    """A word as it is compared: without marks around it and whose it is."""
    return re.sub(r"(?:['’]s?)$", "", re.sub(r"^\W+|\W+$", "", word)).casefold()
