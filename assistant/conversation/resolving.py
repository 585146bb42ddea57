"""What it takes to understand a question in its conversation, as types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from assistant.domain import Question, Scope
    from assistant.evidence import Evidence
    from assistant.sufficiency import Verdict


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question that stands alone.

    `how` tells people in a sentence what was understood and from where; None when the question was taken as it was
    asked. `context` is the matter of the conversation, which says where to look first and is no part of the question.
    `prompts` are the digests of the prompts that had part in it, by name.
    """

    text: str
    scope: Scope
    how: str | None = None
    context: str = ""
    prompts: tuple[tuple[str, str], ...] = ()


class Resolver(Protocol):
    """Understands a question from the conversation it stands in."""

    def resolve(self, question: Question) -> Resolved:
        """The question as it stands alone; never fails: what cannot be resolved is taken as it was asked."""
        ...


class Asking(NamedTuple):
    """What is asked back: why, and two to five questions that each have one reading."""

    why: str
    choices: tuple[str, ...]


class Clarifier(Protocol):
    """Asks back when a question has several readings in this library."""

    def ask_back(self, resolved: Resolved, evidence: Evidence, verdict: Verdict) -> Asking | None:
        """What to ask, or None when the question has one reading, or none."""
        ...
