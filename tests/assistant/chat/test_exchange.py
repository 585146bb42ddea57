from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from assistant.chat.exchange import Exchange, Interrupted, Patience, Unanswered, Voice
from assistant.drafting import Writing

ASKED = [("system", "Rules"), ("human", "Question")]


@dataclass
class Piece:
    text: str
    response_metadata: dict[str, Any] = field(default_factory=dict)
    usage_metadata: dict[str, int] | None = None


class Failure(Exception):
    def __init__(self, status: int, **headers: str) -> None:
        super().__init__("secret sk-12345 of the server")
        self.status_code = status
        self.response = type("Response", (), {"headers": headers})()


@dataclass
class Scripted:
    """A model that does what is next in its script each time it is asked."""

    script: list[Callable[[], Iterator[Piece]]]

    def stream(self, input: Any) -> Iterator[Piece]:
        return self.script.pop(0)()


def says(*pieces: str, reason: str = "stop") -> Callable[[], Iterator[Piece]]:
    def spoken() -> Iterator[Piece]:
        yield from (Piece(text) for text in pieces)
        yield Piece("", {"finish_reason": reason})

    return spoken


def fails(error: Exception, *before: str) -> Callable[[], Iterator[Piece]]:
    def spoken() -> Iterator[Piece]:
        yield from (Piece(text) for text in before)
        raise error

    return spoken


@dataclass
class Clock:
    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def exchange(clock: Clock, *voices: Scripted, retries: int = 2, deadline: float = 60) -> Exchange:
    named = [Voice(f"model {number}", one) for number, one in enumerate(voices, start=1)]
    return Exchange(named, Patience(retries, deadline), clock=clock, sleep=clock.sleep)


def test_pauses_grow_and_the_one_a_server_asks_for_is_kept() -> None:
    clock, writing = Clock(), Writing()
    model = Scripted([fails(Failure(429, **{"retry-after": "7"})), fails(Failure(503)), says("yes")])
    assert "".join(exchange(clock, model).stream(ASKED, writing)) == "yes"
    assert clock.slept == [7.0, 1.0]
    assert writing.attempts == ["model 1: refused, status 429", "model 1: refused, status 503", "model 1: answered"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
def test_what_will_not_pass_is_not_tried_again(status: int) -> None:
    clock, writing = Clock(), Writing()
    with pytest.raises(Unanswered):
        list(exchange(clock, Scripted([fails(Failure(status))])).stream(ASKED, writing))
    (attempt,) = writing.attempts
    assert clock.slept == [] and attempt.startswith(f"model 1: refused, status {status}")
    assert status != 401 or attempt.endswith("see its key")  # noqa: PLR2004


def test_a_pause_longer_than_the_deadline_is_not_waited_for() -> None:
    clock = Clock()
    first = Scripted([fails(Failure(429, **{"retry-after": "3600"}))])
    writing = Writing()
    assert list(exchange(clock, first, Scripted([says("other")])).stream(ASKED, writing)) == ["other", ""]
    assert clock.slept == [] and writing.model == "model 2"


def test_a_reply_that_broke_off_is_not_begun_again() -> None:
    writing = Writing()
    model = Scripted([fails(ConnectionResetError("gone"), "half "), says("whole")])
    got: list[str] = []
    with pytest.raises(Interrupted):
        got.extend(exchange(Clock(), model).stream(ASKED, writing))
    assert len(model.script) == 1 and writing.model == "model 1" and writing.attempts == ["model 1: broke off"]


def test_a_reply_that_a_filter_ended_is_interrupted() -> None:
    writing = Writing()
    with pytest.raises(Interrupted):
        list(exchange(Clock(), Scripted([says("half ", reason="content_filter")])).stream(ASKED, writing))
    assert writing.attempts == ["model 1: stopped by its provider's filter"]


def test_a_reply_that_is_read_in_part_is_on_record() -> None:
    writing = Writing()
    reply = exchange(Clock(), Scripted([says("one ", "two ")])).stream(ASKED, writing)
    assert next(reply) == "one "
    reply.close()  # type: ignore[attr-defined]
    assert writing.model == "model 1" and writing.attempts == ["model 1: answered, read in part"]


def test_a_reply_that_dribbles_past_the_deadline_is_interrupted() -> None:
    clock, writing = Clock(), Writing()

    def dribble() -> Iterator[Piece]:
        while True:
            clock.now += 5
            yield Piece("word ")

    with pytest.raises(Interrupted):
        list(exchange(clock, Scripted([dribble]), deadline=20).stream(ASKED, writing))
    assert clock.now <= 30 and writing.attempts == ["model 1: took too long"]


def test_nothing_that_a_server_says_of_its_failure_is_kept() -> None:
    writing = Writing()
    with pytest.raises(Unanswered) as raised:
        list(exchange(Clock(), Scripted([fails(Failure(401))]), retries=0).stream(ASKED, writing))
    assert "sk-12345" not in f"{raised.value!r} {writing!r}"


def test_a_reply_without_a_word_is_a_reply() -> None:
    writing = Writing()
    assert "".join(exchange(Clock(), Scripted([says()])).stream(ASKED, writing)) == ""
    assert writing.attempts == ["model 1: answered"]


def test_tokens_of_all_attempts_are_counted() -> None:
    writing = Writing()

    def counted() -> Iterator[Piece]:
        yield Piece("yes", usage_metadata={"input_tokens": 10, "output_tokens": 2})

    asked = Exchange([Voice("m", Scripted([counted, counted]), (1.0, 10.0))], Patience())
    for _ in range(2):
        list(asked.stream(ASKED, writing))
    assert writing.tokens == {"read": 20, "written": 4} and writing.cost == pytest.approx(60 / 1_000_000)
