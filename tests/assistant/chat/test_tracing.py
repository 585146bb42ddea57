"""Callbacks reach the language model, and LangSmith is told nothing unless that was asked for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from langchain_core.callbacks import BaseCallbackHandler

from assistant.chain import briefing_chain
from assistant.domain import Briefing, Supported
from assistant.settings import load
from eval.doubles.model_server import ModelServer
from ingest.errors import BadSettings
from tests.assistant.chat.asking import Asking
from tests.assistant.chat.papers import ASKED


class Watch(BaseCallbackHandler):
    """Names of the runs and of those above them, and what was said to and by the model."""

    def __init__(self) -> None:
        self.names: dict[Any, str] = {}
        self.above: list[tuple[str, str | None]] = []
        self.started: list[str] = []
        self.tokens = ""
        self.usage: dict[str, Any] | None = None

    def _begin(self, name: str, run_id: Any, above: Any) -> None:
        self.names[run_id] = name
        self.above.append((name, self.names.get(above)))

    def on_chain_start(self, serialized: Any, inputs: Any, *, run_id: Any, **more: Any) -> None:
        self._begin(str(more.get("name")), run_id, more.get("parent_run_id"))

    def on_chat_model_start(self, serialized: Any, messages: Any, *, run_id: Any, **more: Any) -> None:
        self._begin("model", run_id, more.get("parent_run_id"))
        self.started.append(json.dumps([serialized, more.get("invocation_params")], default=str))

    def on_llm_new_token(self, token: Any, **more: Any) -> None:
        self.tokens += token if isinstance(token, str) else ""

    def on_llm_end(self, response: Any, **more: Any) -> None:
        self.usage = response.generations[0][0].message.usage_metadata


@pytest.mark.parametrize("way", ["invoke", "stream"])
def test_callbacks_reach_the_language_model_below_the_writer(asking: Asking, way: str) -> None:
    watch = Watch()
    chain = briefing_chain(asking("mends", environ={"KEY": "sk-hidden"}, key_from="KEY"))
    if way == "invoke":
        outcome = chain.invoke(ASKED, {"callbacks": [watch]})
    else:
        *_, outcome = chain.stream(ASKED, {"callbacks": [watch]})
    assert isinstance(outcome, Briefing)
    assert watch.above == [
        ("briefing", None), ("search", "briefing"), ("weigh", "briefing"), ("write", "briefing"), ("compose", "briefing"),
        ("model", "compose"), ("check", "briefing"), ("mend", "briefing"), ("model", "mend"),
    ]  # fmt: skip
    assert "4,817" in watch.tokens and watch.usage is not None and watch.usage["input_tokens"] == 900
    assert not any("sk-hidden" in one for one in watch.started)


def test_what_is_followed_is_what_is_answered(asking: Asking) -> None:
    assistant = asking("well-behaved")
    plain = [type(one) for one in briefing_chain(assistant).stream(ASKED)]
    assert plain[0] is Supported and plain[-1] is Briefing


class _Listener(BaseHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        self.rfile.read(int(self.headers.get("content-length") or 0))
        body = b"{}"
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_PATCH = do_GET  # noqa: N815


@contextmanager
def listener() -> Iterator[tuple[str, list[str]]]:
    """A stand-in for LangSmith, and the paths it is asked for."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Listener)
    asked: list[str] = []
    server.asked = asked  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=[0.05], daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


CALLS = """
import asyncio, sys
from assistant import wiring
from assistant.chain import briefing_chain, passage_retriever
from assistant.domain import Question
from assistant.settings import load
assistant = wiring.build(load())
question = sys.argv[1]
with assistant.library:
    assert assistant.answer(Question(text=question)).trace.model == "mends"
    chain, retriever = briefing_chain(assistant), passage_retriever(assistant)
    chain.invoke(question); list(chain.stream(question)); chain.batch([question, question])
    asyncio.run(chain.ainvoke(question)); retriever.invoke(question); asyncio.run(retriever.ainvoke(question))
    async def streamed():
        return [one async for one in chain.astream(question)]
    asyncio.run(streamed())
from langchain_core.tracers.langchain import wait_for_all_tracers
wait_for_all_tracers()
"""


@pytest.mark.parametrize("wanted", [False, True])
def test_langsmith_hears_of_nothing_by_its_own_variables_alone(
    wanted: bool, asking: Asking, shelf: Path, model_cache: Path, server: ModelServer
) -> None:
    with listener() as (address, asked):
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("BRIEFING_", "LANG"))}
        environment = plain | {
            "LANGSMITH_TRACING": "true", "LANGCHAIN_TRACING_V2": "true", "LANGSMITH_TRACING_V2": "true",
            "LANGSMITH_API_KEY": "key", "LANGSMITH_ENDPOINT": address, "LANGCHAIN_ENDPOINT": address,
            "BRIEFING_LIBRARY": str(shelf), "BRIEFING_CACHE": str(model_cache), "BRIEFING_MODEL__NAME": "mends",
            "BRIEFING_MODEL__BASE_URL": server.address, "BRIEFING_TRACING__LANGSMITH": "1" if wanted else "0",
        }  # fmt: skip
        ran = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", CALLS, ASKED],
            env=environment,
            capture_output=True,
            text=True,
            timeout=240,
        )
        assert ran.returncode == 0, ran.stderr
        assert bool(asked) is wanted


def test_langsmith_is_refused_when_offline() -> None:
    with pytest.raises(BadSettings, match="LangSmith is on the network"):
        load({"BRIEFING_OFFLINE": "1", "BRIEFING_TRACING__LANGSMITH": "1"})
