"""From a question inside a conversation to one that stands alone, and back to the asker where it has no one reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.conversation.resolving import Asking, Clarifier, Resolved, Resolver
from assistant.conversation.rules import RuleResolver

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Asking", "Clarifier", "Resolved", "Resolver", "RuleResolver", "standalone"]


def standalone(text: str, previous: Sequence[str]) -> str:
    """`text` as it is understood after the questions `previous`, oldest first, when no library is known."""
    from assistant.domain import Question

    return RuleResolver().resolve(Question.model_construct(text=text, previous=tuple(previous))).text
