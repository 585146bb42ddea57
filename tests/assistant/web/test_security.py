"""The guard in front of a tiny application that says yes to everything."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from assistant.web.security import BODY_BYTES, CONTENT_SECURITY_POLICY, LOOPBACK, Guard


async def _yes(scope: Any, receive: Any, send: Any) -> None:
    headers = [
        (b"content-type", b"text/plain"),
        (b"X-Frame-Options", b"ALLOWALL"),
        (b"access-control-allow-origin", b"*"),
        (b"server", b"tiny"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"yes"})


def ask(
    path: str = "/", method: str = "GET", *, host: str = "127.0.0.1:7860", guard: Guard | None = None, **headers: str
) -> tuple[int, dict[str, str]]:
    """Status and headers of one request; `sec_fetch_site=` sends `sec-fetch-site`."""
    guard = guard or Guard(_yes, hosts=LOOPBACK, upload_bytes=10_000_000)
    sent: list[dict[str, Any]] = []
    given = {"host": host, **{name.replace("_", "-"): value for name, value in headers.items()}}
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(guard(scope, receive, send))
    found = [(name.decode().lower(), value.decode()) for name, value in sent[0]["headers"]]
    assert len(found) == len(dict(found)), "a header is sent twice"
    return sent[0]["status"], dict(found)


@pytest.mark.parametrize("path", ["/", "/assets/index.js", "/api/ask", "/nowhere"])
def test_every_answer_bears_the_headers(path: str) -> None:
    _, headers = ask(path)
    assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers and "server" not in headers


def test_the_policy_lets_no_inline_script_run_and_nothing_come_from_elsewhere() -> None:
    rules = dict(rule.split(" ", 1) for rule in CONTENT_SECURITY_POLICY.split("; "))
    assert rules["default-src"] == "'none'" and rules["script-src"] == "'self'"
    assert rules["frame-ancestors"] == rules["base-uri"] == rules["object-src"] == "'none'"
    assert "http" not in CONTENT_SECURITY_POLICY and "unsafe-eval" not in CONTENT_SECURITY_POLICY
    assert [name for name, rule in rules.items() if "unsafe-inline" in rule] == ["style-src"]


def test_answers_are_not_kept_by_the_browser_but_gradios_files_may_be() -> None:
    assert ask("/api/ask")[1]["cache-control"] == "no-store"
    assert "cache-control" not in ask("/assets/index.js")[1]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:7860", "LOCALHOST", "[::1]:7860", "localhost.:1"])
def test_names_of_this_computer_are_answered(host: str) -> None:
    assert ask(host=host)[0] == 200


@pytest.mark.parametrize(
    "host",
    ["attacker.invalid", "attacker.invalid:7860", "127.0.0.1.attacker.invalid", "", "localhost@attacker", "[bad"],
)
def test_a_rebound_name_is_refused(host: str) -> None:
    assert ask(host=host)[0] == 421


def test_a_server_for_others_answers_to_any_name() -> None:
    assert ask(host="briefing.example", guard=Guard(_yes, hosts=None, upload_bytes=1))[0] == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_what_another_site_caused_is_refused(site: str, method: str) -> None:
    assert ask("/api/documents", method, sec_fetch_site=site, sec_fetch_mode="cors")[0] == 403


def test_a_link_from_another_site_to_the_page_works() -> None:
    assert ask("/", sec_fetch_site="cross-site", sec_fetch_mode="navigate")[0] == 200
    assert ask("/", "POST", sec_fetch_site="cross-site", sec_fetch_mode="navigate")[0] == 403


@pytest.mark.parametrize("origin", ["https://attacker.invalid", "null", "http://127.0.0.1:1", "http://localhost:7860"])
def test_a_change_with_a_foreign_origin_is_refused(origin: str) -> None:
    assert ask("/api/documents", "POST", origin=origin, content_length="1")[0] == 403


def test_the_page_itself_and_programs_may_change_things() -> None:
    own = {"origin": "http://127.0.0.1:7860", "sec_fetch_site": "same-origin"}
    assert ask("/api/documents", "POST", content_length="1", **own)[0] == 200
    assert ask("/api/documents", "POST", content_length="1")[0] == 200
    assert ask("/api/documents/00", "DELETE")[0] == 200


@pytest.mark.parametrize(
    "path",
    ["/gradio_api/file=/etc/passwd", "/file=/etc/passwd", "/gradio_api/proxy=http://x/", "/gradio_api/call/ask",
     "/gradio_api/run/ask", "/gradio_api/component_server", "/gradio_api/component_server/", "/login", "/monitoring",
     "/gradio_api/openapi.json", "/gradio_api/vibe-code", "/gradio_api/dev/reload", "/manifest.json", "/static/img/a",
     "/gradio_api/stream/x", "/gradio_api/deep_link", "/gradio_api/run-history/buckets", "/docs", "//", "/svelte/x",
     "/gradio_api/upload/../file=x", "/gradio_api/upload", "/gradio_api/upload_progress",
     "/custom_component/x", "/gradio_api/process_recording", "/theme.css/"],
)  # fmt: skip
def test_gradio_routes_that_the_page_does_not_use_are_not_there(path: str) -> None:
    assert ask(path)[0] == 404


@pytest.mark.parametrize("path", ["/config", "/theme.css", "/gradio_api/queue/join", "/gradio_api/queue/data"])
def test_those_that_it_uses_are(path: str) -> None:
    assert ask(path)[0] == 200


def test_a_request_that_is_too_long_is_refused_before_it_is_read() -> None:
    assert ask("/api/ask", "POST", content_length=str(BODY_BYTES + 1))[0] == 413
    assert ask("/gradio_api/queue/join", "POST", content_length=str(BODY_BYTES + 1))[0] == 413
    assert ask("/api/documents", "POST", content_length=str(BODY_BYTES + 1))[0] == 200
    assert ask("/fragments/receipts", "POST", content_length="10000001")[0] == 413


def test_a_request_that_does_not_say_how_long_it_is_is_refused() -> None:
    assert ask("/api/ask", "POST", transfer_encoding="chunked")[0] == 411
    assert ask("/api/ask", "POST", content_length="-5", transfer_encoding="chunked")[0] == 411
