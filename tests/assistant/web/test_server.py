"""The whole server, spoken to over a socket, with Gradio behind it."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.web import app, shell
from tests.assistant.web.scripted import MemoryLedger, ScriptedAssistant, holdings, no_picture, stored
from tests.assistant.web.served import served

LEDGER = MemoryLedger(stored("I ask Example Ltd to confirm it."))


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(ScriptedAssistant(LEDGER), holdings(LEDGER), no_picture) as where:
        yield where


def get(address: str, **headers: str) -> tuple[int, str, dict[str, str]]:
    request = urllib.request.Request(address, headers={k.replace("_", "-"): v for k, v in headers.items()})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own server
            return answer.status, answer.read().decode(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), dict(error.headers)


def test_the_page_names_only_files_of_this_server_and_all_of_them_are_there(address: str) -> None:
    _, page, _ = get(address)
    named = re.findall(r'(?:src|href)="(/[^"#]+)"', page)
    assert len(named) >= 6
    for path in named:
        assert get(address.rstrip("/") + path)[0] == 200, path
    assert "http" not in page.replace("http-equiv", "").replace("HTTP interface", "")


def test_every_answer_bears_the_policy(address: str) -> None:
    for path in ("", "config", "theme.css", "api/health", "api", "nowhere", "page/page.js", "gradio_api/info"):
        assert "script-src 'self'" in get(address + path)[2]["content-security-policy"], path


def test_gradio_offers_no_operation_of_its_own(address: str) -> None:
    described = json.loads(get(address + "gradio_api/info")[1])
    assert described["named_endpoints"] == {}
    assert not described["unnamed_endpoints"]


def test_gradio_reports_nothing_and_shares_nothing(address: str) -> None:
    config = json.loads(get(address + "config")[1])
    assert config["analytics_enabled"] is False
    assert not config.get("mcp_server") and not config.get("footer_links") and not config.get("run_history")


def test_the_list_of_operations_names_each_and_loads_nothing_from_elsewhere(address: str) -> None:
    _, page, _ = get(address + "api")
    for path in ("/api/ask", "/api/documents", "/api/health"):
        assert path in re.sub(r"&#(\d+);", lambda match: chr(int(match[1])), page)
    assert "<script" not in page


def test_a_page_of_gradio_that_changed_its_form_is_noticed() -> None:
    with pytest.raises(LookupError):
        shell.page("<html></html>")
    assert "/assets/index-" in shell.page(app.frontend())


def test_another_host_name_is_refused(address: str) -> None:
    assert get(address + "api/health", Host="attacker.invalid")[0] == 421


def press(address: str, button: str, data: list[object]) -> tuple[int, str]:
    """Status, and what Gradio answers to the press of a button with `data` in the fields."""
    config = json.loads(get(address + "config")[1])
    pressed = next(one["id"] for one in config["components"] if one["props"].get("elem_id") == button)
    event = next(one["id"] for one in config["dependencies"] if [pressed, "click"] in one["targets"])
    body = {"data": data, "fn_index": event, "session_hash": "session", "event_data": None, "trigger_id": pressed}
    status, told = post(address + "gradio_api/queue/join", json.dumps(body).encode(), "application/json")
    return (status, told) if status != 200 else (200, get(address + "gradio_api/queue/data?session_hash=session")[1])


def post(address: str, body: bytes, kind: str) -> tuple[int, str]:
    request = urllib.request.Request(address, body, {"content-type": kind})  # noqa: S310 - our own server
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


FIELDS: list[object] = [[], "", [], "", "", ""]


def test_a_question_is_answered_through_gradio(address: str) -> None:
    status, told = press(address, "send", ["Example?", [], "", "", *FIELDS])
    assert status == 200 and '"success":true' in told


@pytest.mark.parametrize("path", ["/etc/hostname", "../../etc/hostname", "http://127.0.0.1:9/x", "https://a.invalid/"])
@pytest.mark.parametrize("at", range(10))
def test_no_field_takes_a_file_reference(address: str, path: str, at: int) -> None:
    data: list[object] = ["Example?", [], "", "", *FIELDS]
    data[at] = [{"path": path, "url": path, "meta": {"_type": "gradio.FileData"}}]
    assert press(address, "send", data)[0] == 403


def test_a_file_reference_is_found_however_it_is_written(address: str) -> None:
    join = address + "gradio_api/queue/join"
    for body in (
        rb'{"data": [{"\u0070ath": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}], "fn_index": 0}',
        b'{"data": [' + b"[" * 400 + b'{"path": "/etc/passwd"}' + b"]" * 400 + b"]}",
        b"[" * 200_000,
        b"{",
        b"",
        b'{"data": [{"role": "user", "content": [{"file": {"path": "http://127.0.0.1:9/"}}]}]}',
    ):
        assert post(join, body, "application/json")[0] == 403
        assert post(join + "/", body, "application/json")[0] == 404


def test_gradio_takes_no_upload(address: str) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="files"; filename="x"\r\n\r\nx\r\n--b--\r\n'
    assert post(address + "gradio_api/upload", body, "multipart/form-data; boundary=b")[0] == 404


def test_an_upload_comes_in_with_a_receipt_as_escaped_html(address: str) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="files"; filename="<b>.txt"\r\n\r\nSaid.\r\n--b--\r\n'
    status, told = post(address + "fragments/receipts", body, "multipart/form-data; boundary=b")
    assert status == 200 and "<b>" not in told and "can be asked about now" in told
    status, told = post(address + "fragments/receipts", b'{"address": "/etc/passwd"}', "application/json")
    assert status == 200 and "This is no web address" in told


def test_the_command_serves_on_this_computer_says_where_and_stops_when_told(tmp_path: Path, model_cache: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = "from assistant.command import main; main()"
    options = ["serve", "--library", str(tmp_path / "library"), "--port", str(port)]
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", command, *options],
        stderr=subprocess.PIPE,
        env={**os.environ, "BRIEFING_CACHE": str(model_cache)},
        text=True,
    ) as server:
        address = f"http://127.0.0.1:{port}/"
        try:
            told = _once_it_answers(address + "api/health", server)
        finally:
            server.send_signal(signal.SIGINT)
            said = server.communicate(timeout=30)[1]
    assert json.loads(told) == {"status": "ok", "documents": 0}
    assert address in said and "Traceback" not in said


def _once_it_answers(address: str, server: subprocess.Popen[str]) -> str:
    deadline = time.monotonic() + 60
    while True:
        try:
            return get(address)[1]
        except urllib.error.URLError:
            assert server.poll() is None and time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.2)
