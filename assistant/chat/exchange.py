"""One question put to language models: tried again, then the next model, and never a failure that takes the answer along.

What a server says of its own failure is neither shown nor kept: it may repeat what it was sent, or a part of a key.
"""

from __future__ import annotations

import contextvars
import time
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from assistant.drafting import Writing

FIRST_PAUSE = 0.5
"""Seconds before the second attempt; each further pause is twice as long, up to `LONGEST_PAUSE`."""

LONGEST_PAUSE = 8.0


class Speaks(Protocol):
    """As much of a LangChain chat model as is used here."""

    def stream(self, input: Any) -> Iterator[Any]:  # noqa: A002 - LangChain's own word
        """The reply in pieces."""
        ...


@dataclass(frozen=True, slots=True)
class Voice:
    """A language model and what it is called. `prices` are for a million tokens, read and written."""

    name: str
    model: Speaks
    prices: tuple[float, float] | None = None


class Unanswered(Exception):
    """No model said a word."""


class Interrupted(Exception):
    """A model began and did not end: its connection broke, its time was up, or its reply reached the cap on its length."""


class Filtered(Interrupted):
    """The provider's own filter ended a reply."""


class OutOfTime(Exception):
    """The deadline passed while a reply was coming."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long and how often. `deadline` is for a whole reply, in seconds, pauses and other attempts included."""

    retries: int = 2
    deadline: float = 120.0


class Exchange:
    """Puts messages to the first of `voices` that answers. Safe to share between threads."""

    def __init__(
        self,
        voices: Sequence[Voice],
        patience: Patience,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        traced: bool = False,
    ) -> None:
        """`traced` lets LangSmith see the calls, where its own settings say so."""
        self._voices = tuple(voices)
        self._patience = patience
        self._clock = clock
        self._sleep = sleep
        self._traced = traced

    def stream(self, messages: Sequence[tuple[str, str]], writing: Writing) -> Iterator[str]:
        """The reply in pieces; what was tried, and what it cost, goes into `writing`.

        Raises:
            Unanswered: no model said a word before the retries and the deadline were used up.
            Interrupted: a model stopped in the middle.
        """
        until = self._clock() + self._patience.deadline
        for voice in self._voices:
            for attempt in range(self._patience.retries + 1):
                failed: Exception | None = None
                said = False
                try:
                    for piece in self._spoken(voice, messages, writing, until):
                        said = said or bool(piece)
                        yield piece
                except GeneratorExit:  # as much was read as is needed
                    writing.attempts.append(f"{voice.name}: answered, read in part")
                    writing.model = voice.name
                    raise
                except Exception as error:  # every provider has errors of its own
                    failed = error
                came_of_it = _cause(failed, broke_off=said) if failed else "answered"
                writing.attempts.append(f"{voice.name}: {came_of_it}")
                if failed is None or said:
                    writing.model = voice.name
                if failed is None:
                    return
                if said:
                    raise Interrupted from failed
                if not self._waited(failed, attempt, until):
                    break
        raise Unanswered

    def _waited(self, failed: Exception, attempt: int, until: float) -> bool:
        """Whether it is worth trying again, after the pause that is due."""
        pause = _asked_to_wait(failed) or min(FIRST_PAUSE * 2**attempt, LONGEST_PAUSE)
        if attempt == self._patience.retries or not _may_pass(failed) or self._clock() + pause >= until:
            return False
        self._sleep(pause)
        return True

    def _spoken(
        self, voice: Voice, messages: Sequence[tuple[str, str]], writing: Writing, until: float
    ) -> Iterator[str]:
        # In a context of its own, so that what is set for this call does not reach whoever reads the pieces.
        context = contextvars.copy_context()
        tracing = self._tracing()
        context.run(tracing.__enter__)
        pieces = context.run(lambda: iter(voice.model.stream(list(messages))))
        reason: str | None = None
        try:
            while (piece := context.run(next, pieces, None)) is not None:
                _count(piece, writing, voice)
                reason = _finish_reason(piece) or reason
                yield _words(piece)
                if self._clock() > until:
                    raise OutOfTime
        finally:
            close = getattr(pieces, "close", None)
            if close is not None:
                context.run(close)
            context.run(tracing.__exit__, None, None, None)
        if reason in ("length", "max_tokens"):
            raise Interrupted
        if reason == "content_filter":
            raise Filtered

    def _tracing(self) -> AbstractContextManager[None]:
        """LangSmith as its own settings have it, or shut out: a variable alone must not send an answer away."""
        if self._traced:
            return nullcontext()
        from langsmith.run_helpers import tracing_context

        return tracing_context(enabled=False)


def _words(piece: Any) -> str:
    text = piece.text
    return text if isinstance(text, str) else str(text())


def _finish_reason(piece: Any) -> str | None:
    told = getattr(piece, "response_metadata", None) or {}
    reason = told.get("finish_reason") or told.get("stop_reason") or told.get("done_reason")
    return str(reason) if reason else None


def _count(piece: Any, writing: Writing, voice: Voice) -> None:
    usage = getattr(piece, "usage_metadata", None)
    if not usage:
        return
    read, written = int(usage.get("input_tokens") or 0), int(usage.get("output_tokens") or 0)
    for kind, number in (("read", read), ("written", written)):
        writing.tokens[kind] = writing.tokens.get(kind, 0) + number
    if voice.prices is not None:
        cost = (read * voice.prices[0] + written * voice.prices[1]) / 1_000_000
        writing.cost = round((writing.cost or 0.0) + cost, 8)


_MEANT = {401: "see its key", 403: "see what its key may do", 404: "see its name and address"}
"""What is to be seen to, of what no second attempt mends."""


def _status(error: BaseException) -> int | None:
    status = getattr(error, "status_code", None)
    return status if isinstance(status, int) else None


def _may_pass(error: Exception) -> bool:
    """Whether the same request may do better a little later."""
    status = _status(error)
    if status is not None:
        return status in (408, 409, 425, 429) or status >= 500
    stated = getattr(error, "is_retryable", None)
    if stated is not None:
        return bool(stated)
    names = " ".join(kind.__name__ for kind in type(error).__mro__)
    return isinstance(error, OSError) or "Connect" in names or "Timeout" in names or "httpx" in type(error).__module__


def _cause(error: BaseException, *, broke_off: bool) -> str:
    """What went wrong, in words that are ours alone; `broke_off` tells that a part of the reply had come."""
    status = _status(error)
    names = " ".join(kind.__name__ for kind in type(error).__mro__)
    if isinstance(error, Filtered):
        return "stopped by its provider's filter"
    if isinstance(error, Interrupted):
        return "stopped at the cap on its length"
    if isinstance(error, OutOfTime):
        return "took too long"
    if "Timeout" in names:
        return "did not answer in time"
    if broke_off:
        return "broke off"
    if status is not None:
        meant = _MEANT.get(status)
        return f"refused, status {status}" + (f": {meant}" if meant else "")
    if "Connect" in names or isinstance(error, OSError):
        return "cannot be reached"
    if isinstance(error, ValueError):
        return "gave no reply that can be read"
    return f"failed ({type(error).__name__})"


def _asked_to_wait(error: BaseException) -> float | None:
    """Seconds that the server asks for with `Retry-After` (a number or a date, RFC 9110); None when it does not."""
    headers = getattr(getattr(error, "response", None), "headers", None)
    stated = headers.get("retry-after") if headers is not None else None
    if not stated:
        return None
    try:
        return max(0.0, float(stated))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(stated) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None
