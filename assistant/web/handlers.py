"""What happens when somebody presses something: plain values in, plain values out, no gradio.

A conversation is kept by the library where there are `Conversations`, else it is the list of messages that the page
holds. A handler catches `BriefingError` and shows its remedy; any other fault is logged and shown as one that cannot be
helped here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.answering import Step
from assistant.conversation.talking import Talk
from assistant.domain import Question, Supported, Withheld
from assistant.web import render, render_library, wording
from assistant.web.filters import QUESTION_LENGTH, from_page
from assistant.web.holdings import Answers, Holdings
from assistant.web.markup import Markup, join
from ingest.errors import BriefingError

if TYPE_CHECKING:
    from assistant.conversation.keeping import Conversations
    from assistant.domain import Outcome

Messages = list[dict[str, Any]]
KEPT_MESSAGES = 40
"""A longer conversation loses its oldest messages from the page."""

EARLIER_QUESTIONS = 6
"""How far back a follow-up may point."""

_REFUSED_SHOWN = 200
"""Characters that are shown of a question that is too long."""

_log = logging.getLogger(__name__)


class Narrowing(NamedTuple):
    """The filter fields of the page, as they stand."""

    publishers: Sequence[str] | None = None
    entity: str | None = None
    source_types: Sequence[str] | None = None
    since: str | None = None
    until: str | None = None
    as_of: str | None = None


class Choices(NamedTuple):
    """What can be chosen from today's library."""

    publishers: list[str]
    source_types: list[str]


class Handlers:
    """The page's handlers over one assistant and its holdings.

    `examples` gives questions that today's library can answer, possibly none.
    """

    def __init__(
        self,
        assistant: Answers,
        holdings: Holdings,
        examples: Callable[[], Sequence[str]] = lambda: (),
        kept: Conversations | None = None,
        offer: Callable[[Outcome], Markup] | None = None,
    ) -> None:
        self.assistant = assistant
        self.holdings = holdings
        self.examples = examples
        self.conversations = kept
        self.offer = offer or (lambda _: Markup())

    def talk(self, owner: str, conversation: str | None) -> Talk | None:
        """The owner's conversation of that id, a new one without; None where none is kept."""
        kept = self.conversations
        return Talk(kept, owner, (conversation or "").strip() or None) if kept else None

    def opened(self, owner: str, conversation: str) -> Messages:
        """A conversation that is kept, as the chat shows it; its failure when it is not the owner's."""
        talk = self.talk(owner, conversation)
        if talk is None or talk.id is None:
            return []
        try:
            turns = talk.kept.turns(owner, talk.id)
        except BriefingError as error:
            return [_message("assistant", render.failure(error))]
        shown: Messages = []
        for turn in turns[-KEPT_MESSAGES // 2 :]:
            shown.append(_message("user", render.question(turn.question, wording.narrowed_by(turn.scope))))
            shown.append(_message("assistant", join((render.outcome(turn.outcome), self.offer(turn.outcome)))))
        return shown

    def ask(
        self, text: str, narrowing: Narrowing, said: Messages, talk: Talk | None = None, *, as_asked: bool = False
    ) -> Iterator[Messages]:
        """The conversation as it grows: the question, what is being done, the claims, the outcome.

        With a `talk` it is kept, and understood by what that holds; `as_asked` takes no question for a follow-up.
        """
        asked = (text or "").strip()
        if not asked:
            yield said
            return
        before = _said_before(said)
        asking = render.question(_shortened(asked), wording.narrowed(*narrowing))
        shown = [*before, _message("user", asking)][-KEPT_MESSAGES:]
        yield [*shown, _message("assistant", render.progress((), ()))]
        try:
            for answer in self._answer(asked, narrowing, _questions(before), talk, as_asked):
                yield [*shown, _message("assistant", answer)]
        except BriefingError as error:
            yield [*shown, _message("assistant", render.failure(error))]
        except Exception:  # the page must say something, whatever broke; the log has the rest
            _log.exception("A question could not be answered")
            yield [*shown, _message("assistant", _unexpected())]

    def kept(self, text: str, narrowing: Narrowing) -> str:
        """What stays in the field: a question that is refused as it stands, so that it can be mended."""
        try:
            from_page(*narrowing)
        except BriefingError:
            return text
        return text if len((text or "").strip()) > QUESTION_LENGTH else ""

    def _answer(
        self, asked: str, narrowing: Narrowing, previous: tuple[str, ...], talk: Talk | None, as_asked: bool
    ) -> Iterator[Markup]:
        if len(asked) > QUESTION_LENGTH:
            yield render.notice(
                f"The question has {len(asked):,} characters; at most {QUESTION_LENGTH:,} are read.",
                "Ask for one thing at a time.",
            )
            return
        steps: list[str] = []
        claims: list[Supported] = []
        given = Question(text=asked, scope=from_page(*narrowing), previous=previous, as_asked=as_asked)
        question = talk.follow_up(given, every_filter=False) if talk else given
        for came in self.assistant.steps(question):
            if isinstance(came, Step):
                steps.append(came.label)
            elif isinstance(came, Supported):
                claims.append(came)
            elif isinstance(came, Withheld):
                continue
            else:
                yield join((render.outcome(came), self.offer(came), _keep(talk, given, came)))
                return
            yield render.progress(steps, claims)

    def documents(self, words: str, source_type: str | None) -> Markup:
        """The list of documents that fit a search."""
        try:
            held, _ = self.holdings.ledger.counts()
            found = self.holdings.find(words or "", source_type or "")
            return render_library.documents(found, held, self.holdings.version_numbers())
        except BriefingError as error:
            return render.failure(error)

    def status(self) -> Markup:
        """How much the library holds, or what to do when that is nothing."""
        try:
            held, passages = self.holdings.ledger.counts()
        except BriefingError as error:
            return render.failure(error)
        return render_library.status(held, passages, self.examples()) if held else render_library.empty()

    def choices(self) -> Choices:
        """What the filters offer; nothing when the library does not answer."""
        try:
            return Choices(self.holdings.publishers(), self.holdings.source_types())
        except BriefingError:
            return Choices([], [])

    def verify(self) -> Markup:
        """What a verification of the library found."""
        try:
            return render_library.verified(self.holdings.verify())
        except BriefingError as error:
            return render.failure(error)


def _keep(talk: Talk | None, asked: Question, outcome: Outcome) -> Markup | None:
    """Keep the turn; an answer that cannot be kept is shown all the same, and it is said."""
    if talk is None:
        return None
    try:
        talk.keep(asked, outcome)
    except BriefingError as error:
        return render.notice(f"This answer could not be kept. {error.message}", error.remedy)
    return None


def _message(role: str, content: Markup) -> dict[str, Any]:
    return {"role": role, "content": str.__str__(content)}


def _said_before(said: Sequence[Mapping[str, Any]] | None) -> Messages:
    """The messages that a page holds, brought down to text: they come from the client, who may write anything."""
    kept: Messages = []
    for message in said or ():
        content = message.get("content")
        parts = [content] if isinstance(content, str) else [part.get("text") for part in content or ()]
        kept.append(
            {
                "role": "user" if message.get("role") == "user" else "assistant",
                "content": "".join(part for part in parts if isinstance(part, str)),
            }
        )
    return kept


def _questions(said: Messages) -> tuple[str, ...]:
    """The last questions of a conversation, oldest first."""
    asked = (render.asked_in(message["content"]) for message in said if message["role"] == "user")
    fitting = [text for text in asked if text and len(text) <= QUESTION_LENGTH]
    return tuple(fitting[-EARLIER_QUESTIONS:])


def _shortened(asked: str) -> str:
    return asked if len(asked) <= QUESTION_LENGTH else asked[:_REFUSED_SHOWN] + "\u2026"


def _unexpected() -> Markup:
    return render.notice("Something went wrong that should not have.", "Try again; the server\u2019s log says more.")
