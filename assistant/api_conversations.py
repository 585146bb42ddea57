"""Conversations over HTTP: each belongs to whoever began it, and is not found by anybody else."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from assistant.api import ASKING_AT_ONCE, Ask, turn
from assistant.api_problems import PROBLEMS, Unreadable
from assistant.conversation.exporting import export as exported
from assistant.conversation.keeping import LOCAL, NAME_LENGTH, Conversation
from assistant.conversation.talking import Talk
from assistant.desk.exports import FORMATS
from assistant.desk.exports import export as export_paper
from assistant.desk.exports.composing import of_conversation
from assistant.domain import Outcome, Question, Scope

if TYPE_CHECKING:
    from assistant.conversation.keeping import Conversations
    from assistant.web.holdings import Answers

Owner = Callable[[Request], str]
"""Whose request it is."""

ConversationId = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]
_MEDIA_TYPES = {"markdown": ("text/markdown; charset=utf-8", "md"), "json": ("application/json", "json")}


def local(_: Request) -> str:
    """The owner of everything where nobody logs in."""
    return LOCAL


class ConversationView(BaseModel):
    """A conversation without its turns; `turns` is their number. Times are ISO 8601 in UTC."""

    id: str
    name: str
    created_at: str
    updated_at: str
    turns: int


class TurnView(BaseModel):
    """One question as it was asked, with the filters it was given, and its outcome with its trace."""

    number: int
    asked_at: str
    question: str
    scope: Scope
    outcome: Outcome


class WholeConversation(ConversationView):
    """A conversation with its turns, in order."""

    said: list[TurnView]


class Named(BaseModel):
    """What a conversation is called."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=NAME_LENGTH)


class Deleted(BaseModel):
    """The conversation that was deleted."""

    deleted: str


def router(assistant: Answers, kept: Conversations, owner: Owner = local) -> APIRouter:
    """The routes under `/api/conversations`; `owner` tells whose a request is."""
    routes = APIRouter(prefix="/api/conversations", responses=PROBLEMS)
    _reading(routes, kept, owner)
    _changing(routes, kept, owner)
    _asking(routes, assistant, kept, owner)
    return routes


def _reading(routes: APIRouter, kept: Conversations, owner: Owner) -> None:
    @routes.get("")
    def conversations(
        search: Annotated[str, Query(max_length=200)] = "", mine: str = Depends(owner)
    ) -> list[ConversationView]:
        """Your conversations, the last used first; with `search` those that hold all of its words."""
        return [_view(one) for one in kept.listed(mine, search)]

    @routes.get("/{conversation}")
    def conversation(conversation: ConversationId, mine: str = Depends(owner)) -> WholeConversation:
        """One conversation with its questions and outcomes."""
        one = kept.find(mine, conversation)
        said = [
            TurnView(number=it.number, asked_at=it.asked_at, question=it.question, scope=it.scope, outcome=it.outcome)
            for it in kept.turns(mine, conversation)
        ]
        return WholeConversation(**_view(one).model_dump(), said=said)

    @routes.get("/{conversation}/export", response_class=Response, responses=_EXPORTED)
    def export(
        conversation: ConversationId,
        form: Annotated[Literal["markdown", "json", "docx", "pdf", "html", "csv"], Query(alias="format")] = "markdown",
        mine: str = Depends(owner),
    ) -> Response:
        """The conversation as a file, with every citation and quote."""
        one, turns = kept.find(mine, conversation), kept.turns(mine, conversation)
        if form in _MEDIA_TYPES:
            media_type, suffix = _MEDIA_TYPES[form]
            content = exported(one, turns, form).encode("utf-8", "replace")
        else:
            media_type, suffix = FORMATS[form].media_type, form
            paper = of_conversation([turn.outcome for turn in turns], datetime.now(UTC), title=one.name)
            content = export_paper(paper, form)
        headers = {"content-disposition": f'attachment; filename="conversation-{conversation}.{suffix}"'}
        return Response(content, media_type=media_type, headers=headers)


_EXPORTED: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/markdown": {"schema": {"type": "string"}}, "application/json": {}}}
}


def _changing(routes: APIRouter, kept: Conversations, owner: Owner) -> None:
    @routes.post("")
    def begin(body: Named, mine: str = Depends(owner)) -> ConversationView:
        """Begin a conversation."""
        return _view(kept.start(mine, body.name))

    @routes.patch("/{conversation}")
    def rename(conversation: ConversationId, body: Named, mine: str = Depends(owner)) -> ConversationView:
        """Give a conversation another name."""
        return _view(kept.rename(mine, conversation, body.name))

    @routes.delete("/{conversation}")
    def delete(conversation: ConversationId, mine: str = Depends(owner)) -> Deleted:
        """Delete a conversation for good."""
        kept.delete(mine, conversation)
        return Deleted(deleted=conversation)


def _asking(routes: APIRouter, assistant: Answers, kept: Conversations, owner: Owner) -> None:
    turns = threading.BoundedSemaphore(ASKING_AT_ONCE)

    @routes.post("/{conversation}/ask")
    def ask(conversation: ConversationId, body: Ask, mine: str = Depends(owner)) -> Outcome:
        """Ask in a conversation: a follow-up is understood by what was asked before, and the outcome is kept.

        Filters of the turns before stay while the matter does, unless the question brings its own.
        """
        text = body.question.strip()
        if not text:
            raise Unreadable("The question is empty.")
        talk = Talk(kept, mine, conversation)
        asked = Question(text=text, scope=body.filters.scope(), as_asked=body.as_asked)
        with turn(turns):
            outcome = assistant.answer(talk.follow_up(asked, every_filter=asked.scope.is_everything))
        talk.keep(asked, outcome)
        return outcome


def _view(one: Conversation) -> ConversationView:
    return ConversationView(
        id=one.id, name=one.name, created_at=one.created_at, updated_at=one.updated_at, turns=one.turns
    )
