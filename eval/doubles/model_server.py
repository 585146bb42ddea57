"""A server that speaks OpenAI's chat protocol over HTTP and answers by script, with server-sent events or without.

    python -m eval.doubles.model_server --port 8900
    BRIEFING_MODEL__BASE_URL=http://127.0.0.1:8900/v1 briefing ask "..." --model invented-number

The model that is asked for names the script (see `eval.doubles.scripts`). Three of them fail as servers do: `busy-twice`
answers the first two requests of each question with 429 and `Retry-After`, `always-failing` with 500, and
`cut-mid-stream` breaks the connection in the middle. `slow` takes its time between pieces.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from eval.doubles.scripts import SCRIPTS, Told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

PIECE = 24
"""Characters of a piece."""


@dataclass
class Heard:
    """What the server was sent, for tests: bodies and headers in order of arrival."""

    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    _counts: Counter[str] = field(default_factory=Counter)

    def count(self, key: str) -> int:
        """How often `key` has come, this time included."""
        with self.lock:
            self._counts[key] += 1
            return self._counts[key]


@dataclass(frozen=True)
class ModelServer:
    """A running server: its address for `model.base_url`, and what it has heard."""

    address: str
    heard: Heard


@contextmanager
def model_server(
    port: int = 0, *, pause: float = 0.2, scripts: Mapping[str, Callable[[Told], str]] = SCRIPTS
) -> Iterator[ModelServer]:
    """A server on this computer for the length of the block; `pause` is between the pieces of `slow`, in seconds."""
    heard = Heard()
    server = _Server(("127.0.0.1", port), _Handler)
    server.heard, server.pause, server.scripts = heard, pause, scripts
    thread = threading.Thread(target=server.serve_forever, args=[0.05], daemon=True)
    thread.start()
    try:
        yield ModelServer(f"http://127.0.0.1:{server.server_port}/v1", heard)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    heard: Heard
    pause: float
    scripts: Mapping[str, Callable[[Told], str]]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a client that goes away in the middle is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's word
        """Say nothing."""

    def do_POST(self) -> None:
        """Answer `/v1/chat/completions`."""
        body = json.loads(self.rfile.read(int(self.headers.get("content-length") or 0)))
        heard = self.server.heard
        with heard.lock:
            heard.bodies.append(body)
            heard.headers.append({name.casefold(): value for name, value in self.headers.items()})
            heard.at_once += 1
            heard.most_at_once = max(heard.most_at_once, heard.at_once)
        try:
            with suppress(BrokenPipeError, ConnectionResetError):
                self._answer(body)
        finally:
            with heard.lock:
                heard.at_once -= 1

    def _answer(self, body: dict[str, Any]) -> None:
        name = str(body.get("model"))
        script = self.server.scripts.get(name)
        if script is None:
            self._failure(404, f"There is no model `{name}`.")
            return
        told = Told("\n\n".join(_text(message) for message in body.get("messages", ())))
        if name == "always-failing":
            self._failure(500, "Something went wrong.")
            return
        if name == "busy-twice" and self.server.heard.count(told.whole) <= 2:
            self._failure(429, "Too many requests.", {"retry-after": "0.05"})
            return
        said = script(told)
        if body.get("stream"):
            self._streamed(name, said)
        else:
            self._whole(name, said)

    def _failure(self, status: int, message: str, headers: Mapping[str, str] = {}) -> None:  # noqa: B006 - never changed
        key = self.headers.get("authorization", "")
        error = {"error": {"message": f"{message} ({key})", "type": "server_error", "code": None}}
        self._send(status, json.dumps(error).encode(), headers)

    def _whole(self, name: str, said: str) -> None:
        choice = {"index": 0, "message": {"role": "assistant", "content": said}, "finish_reason": _finish(name)}
        body = {
            "id": "s-1",
            "object": "chat.completion",
            "created": 0,
            "model": name,
            "choices": [choice],
            "usage": _usage(said),
        }
        self._send(200, json.dumps(body).encode(), {})

    def _streamed(self, name: str, said: str) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        self._event(name, {"role": "assistant", "content": ""})
        pieces = [said[at : at + PIECE] for at in range(0, len(said), PIECE)]
        for number, piece in enumerate(pieces):
            if name == "slow":
                time.sleep(self.server.pause)
            if name == "cut-mid-stream" and number >= 2 and number * PIECE > said.find("\n") + PIECE:
                self.close_connection = True
                self.wfile.flush()
                self.connection.close()
                return
            self._event(name, {"content": piece})
        self._event(name, {}, finish=_finish(name), usage=None)
        self._event(name, None, usage=_usage(said))
        self._chunk(b"data: [DONE]\n\n")
        self._chunk(b"")

    def _event(
        self, name: str, delta: dict[str, str] | None, *, finish: str | None = None, usage: dict[str, int] | None = None
    ) -> None:
        choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
        event = {"id": "s-1", "object": "chat.completion.chunk", "created": 0, "model": name, "choices": choices}
        if usage is not None:
            event["usage"] = usage
        self._chunk(f"data: {json.dumps(event)}\n\n".encode())

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def _send(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)


def _finish(name: str) -> str:
    return "length" if name == "length" else "stop"


def _usage(said: str) -> dict[str, int]:
    return {"prompt_tokens": 900, "completion_tokens": len(said) // 4, "total_tokens": 900 + len(said) // 4}


def _text(message: dict[str, Any]) -> str:
    content = message.get("content") or ""
    return content if isinstance(content, str) else "\n".join(str(part.get("text", "")) for part in content)


def main() -> None:
    """Serve until stopped with Ctrl+C."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8900)
    port = parser.parse_args().port
    with model_server(port) as running, suppress(KeyboardInterrupt):
        sys.stdout.write(f"{running.address}\nModels: {', '.join(SCRIPTS)}\n")
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main()
