"""Thirty people ask at once, over HTTP, and a slow language model words each answer."""

from __future__ import annotations

import json
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psutil

from assistant.domain import Question
from assistant.web.library_holdings import holdings
from eval.doubles.model_server import ModelServer, model_server
from ingest.sandbox import Parser
from tests.assistant.chat.asking import Asking
from tests.assistant.chat.papers import ALLEGED, ASKED, SAID
from tests.assistant.web.served import served

USERS = 30
QUESTIONS = (ASKED, ALLEGED, SAID)
PAUSE = 0.15


def _post(address: str, question: str, **more: bool) -> dict[str, Any]:
    request = urllib.request.Request(  # noqa: S310 - an address of this test's own
        f"{address}api/ask", json.dumps({"question": question, **more}).encode(), {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=120) as reply:  # noqa: S310 - the same
        return json.load(reply)


def _told(outcome: dict[str, Any]) -> Any:
    return outcome["question"], [claim["text"] for claim in outcome["claims"]], outcome["trace"]["model"]


def test_thirty_users_wait_for_nobody_elses_model_get_their_own_answer_and_leave_memory_as_it_was(
    asking: Asking,
) -> None:
    with model_server(pause=PAUSE) as models:
        assistant = asking("slow", base_url=models.address, timeout=60)
        alone = {text: _told(assistant.answer(Question(text=text)).model_dump()) for text in QUESTIONS}
        begun = time.monotonic()
        assistant.answer(Question(text=ASKED))
        one = time.monotonic() - begun
        with Parser() as parser, served(assistant, holdings(assistant.library), parser.render) as address:
            plain = _post(address, ASKED, own_words=True)
            assert plain["claims"] and plain["trace"]["model"] is None and plain["trace"]["attempts"] == []
            spent, sizes = [], []
            for _ in range(2):
                spent.append(_all_at_once(address, alone, models))
                sizes.append(psutil.Process().memory_info().rss)
    # One after another they would take thirty times as long as one.
    assert min(spent) < one * USERS / 3
    assert models.heard.most_at_once > USERS / 2
    assert sizes[-1] - sizes[0] < 60_000_000


def _all_at_once(address: str, alone: dict[str, Any], models: ModelServer) -> float:
    ready = threading.Barrier(USERS)

    def ask(number: int) -> tuple[str, dict[str, Any]]:
        question = QUESTIONS[number % len(QUESTIONS)]
        ready.wait(30)
        return question, _post(address, question)

    begun = time.monotonic()
    with ThreadPoolExecutor(USERS) as users:
        for question, outcome in users.map(ask, range(USERS)):
            assert _told(outcome) == alone[question]
    return time.monotonic() - begun
