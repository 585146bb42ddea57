"""Servers that are no model servers, or break the protocol: each is an outage, and none is followed or repeated."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from assistant.domain import Question
from tests.assistant.chat.asking import Asking
from tests.assistant.chat.papers import ASKED

CHUNK = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "x"}
CALL = {"index": 0, "id": "c", "type": "function", "function": {"name": "visit", "arguments": "{}"}}
BODIES: dict[str, bytes] = {
    "html": b"<html>Please log in</html>",
    "nothing": b"",
    "binary": bytes(range(256)),
    "error in the stream": b'data: {"error": {"message": "sk-leaked", "code": 500}}\n\n',
    "no JSON in the stream": b"data: {not json\n\n",
    "tool call": b"data: "
    + json.dumps(
        CHUNK | {"choices": [{"index": 0, "delta": {"tool_calls": [CALL]}, "finish_reason": "tool_calls"}]}
    ).encode()
    + b"\n\ndata: [DONE]\n\n",
    "no words": b"data: "
    + json.dumps(CHUNK | {"choices": [{"index": 0, "delta": {"content": None}, "finish_reason": "stop"}]}).encode()
    + b"\n\ndata: [DONE]\n\n",
    "redirect": b"",
}


class _Odd(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_POST(self) -> None:
        name = json.loads(self.rfile.read(int(self.headers["content-length"])))["model"]
        self.send_response(307 if name == "redirect" else 200)
        self.send_header("location", "http://192.0.2.1/v1/chat/completions")
        self.send_header("content-type", "text/event-stream" if BODIES[name].startswith(b"data") else "text/html")
        self.send_header("content-length", str(len(BODIES[name])))
        self.end_headers()
        self.wfile.write(BODIES[name])


@pytest.fixture(scope="module")
def odd() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Odd)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=[0.05], daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("name", BODIES)
def test_what_is_no_reply_gives_the_sources_own_words(asking: Asking, odd: str, name: str) -> None:
    outcome = asking(name, base_url=odd, retries=0).answer(Question(text=ASKED))
    answered = name in ("tool call", "no words")
    assert outcome.claims and outcome.trace.model is None
    assert ("model_gave_nothing" if answered else "model_unavailable") in outcome.caveats
    assert "sk-leaked" not in outcome.model_dump_json()
    if name == "redirect":
        assert outcome.trace.attempts == ("redirect: refused, status 307",)
