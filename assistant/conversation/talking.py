"""Asking inside a conversation that is kept: what was asked before goes in, and the outcome is kept when it is there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.conversation.keeping import new_id
from assistant.conversation.recalling import earlier

if TYPE_CHECKING:
    from assistant.conversation.keeping import Conversations
    from assistant.domain import Outcome, Question


@dataclass
class Talk:
    """One owner's conversation as a face asks in it; without an `id` it is begun when there is something to keep.

    `planned` is the id that it will have then.
    """

    kept: Conversations
    owner: str
    id: str | None = None
    planned: str = field(default_factory=new_id)

    def follow_up(self, asked: Question, *, every_filter: bool) -> Question:
        """`asked` with the turns before it; see `recalling.earlier` for `every_filter`.

        Raises:
            ConversationMissing: there is no conversation of that id, or it is somebody else's.
        """
        if self.id is None:
            return asked
        self.id = self.kept.find(self.owner, self.id).id
        return asked.model_copy(
            update={"earlier": earlier(self.kept.turns(self.owner, self.id), every_filter=every_filter)}
        )

    def keep(self, asked: Question, outcome: Outcome) -> str:
        """Keep the turn, and return the id of the conversation that it is in now; raises as `follow_up` does."""
        if self.id is None:
            self.id = self.kept.start(self.owner, asked.text, self.planned).id
        self.kept.add(self.owner, self.id, asked, outcome)
        return self.id
