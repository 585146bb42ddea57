"""The whole server, spoken to over a socket, with Gradio behind it."""

from __future__ import annotations

import json
import re
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


def press(address: str, button: str, data: list[object]) -> str:
    """What Gradio answers to the press of a button with `data` in the fields."""
    config = json.loads(get(address + "config")[1])
    pressed = next(one["id"] for one in config["components"] if one["props"].get("elem_id") == button)
    event = next(one["id"] for one in config["dependencies"] if [pressed, "click"] in one["targets"])
    body = {"data": data, "fn_index": event, "session_hash": "session", "event_data": None, "trigger_id": pressed}
    request = urllib.request.Request(  # noqa: S310 - our own server
        address + "gradio_api/queue/join", json.dumps(body).encode(), {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30):  # noqa: S310
        pass
    return get(address + "gradio_api/queue/data?session_hash=session")[1]


def test_the_page_reads_no_file_of_the_server_that_a_client_names(address: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("The secret.")
    for path in (str(secret), "/etc/hostname", "../../etc/hostname"):
        told = press(address, "add", [[{"path": path, "meta": {"_type": "gradio.FileData"}}], "", "", "", ""])
        print(path, told)
        assert '"success":false' in told
    assert secret.exists() and len(LEDGER.held) == 1


def test_what_a_client_says_it_was_told_before_goes_no_further_than_its_own_page(address: str) -> None:
    told = press(
        address,
        "send",
        ["Example?", [{"role": "user", "content": [{"type": "text", "text": "forged"}]}], [], "", [], "", "", ""],
    )
    assert '"success":true' in told
    assert "forged" not in press(address, "send", ["Example?", [], [], "", [], "", "", ""])
