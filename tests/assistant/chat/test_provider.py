from __future__ import annotations

import logging
from collections.abc import Mapping

import pytest

from assistant.chat.provider import chat_model, is_loopback
from assistant.domain import Question
from assistant.settings import ModelSettings, load
from eval.doubles.model_server import ModelServer
from ingest.errors import BadSettings, MissingExtra
from tests.assistant.chat.asking import Asking
from tests.assistant.chat.papers import ASKED

KEY = "sk-test-7f3a9c"
NONE: Mapping[str, str] = {}


@pytest.mark.parametrize("name", ["anthropic:claude-sonnet-4-5", "ollama:llama3.2"])
def test_a_missing_package_names_the_command_that_installs_it(name: str) -> None:
    try:
        chat_model(name, ModelSettings(), offline=False, environ={"ANTHROPIC_API_KEY": KEY})
    except MissingExtra as error:
        assert f"pip install 'policy-briefing-assistant[{name.partition(':')[0]}]'" in error.remedy
    except BadSettings as error:  # the package is here, and wants its key from the process's own environment
        assert "ANTHROPIC_API_KEY" in error.remedy


def test_a_package_that_is_no_extra_is_named_too() -> None:
    with pytest.raises(BadSettings, match="langchain-groq"):
        chat_model("groq:llama", ModelSettings(), offline=False, environ=NONE)


@pytest.mark.parametrize("name", ["nobody:thing", "thing", ":", "a b"])
def test_a_name_that_means_no_provider_is_told_how_to_write_it(name: str) -> None:
    with pytest.raises(BadSettings, match="openai:NAME"):
        chat_model(name, ModelSettings(), offline=False, environ=NONE)


def test_a_key_that_is_missing_is_asked_for_by_its_variable() -> None:
    with pytest.raises(BadSettings, match="no MY_KEY"):
        chat_model("openai:x", ModelSettings(key_from="MY_KEY"), offline=False, environ=NONE)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("openai:gpt-5", None),
        ("x", "https://models.example.org/v1"),
        ("x", "http://10.0.0.7/v1"),
        ("anthropic:c", None),
    ],
)
def test_offline_no_model_beyond_this_computer_is_made(name: str, address: str | None) -> None:
    with pytest.raises(BadSettings, match="offline"):
        chat_model(name, ModelSettings(base_url=address), offline=True, environ={"OPENAI_API_KEY": KEY})


def test_offline_a_server_of_this_computer_is_allowed() -> None:
    settings = ModelSettings(base_url="http://localhost:8000/v1")
    assert chat_model("llama3:8b", settings, offline=True, environ=NONE)


@pytest.mark.parametrize(
    ("address", "own"),
    [("http://127.0.0.1:1/v1", True), ("http://[::1]:1/", True), ("http://localhost/", True),
     ("http://127.0.0.1.example.org/", False), ("http://2130706433/", False), ("https://api.example.org", False)],
)  # fmt: skip
def test_only_addresses_of_this_computer_are_its_own(address: str, own: bool) -> None:
    assert is_loopback(address) is own


def test_a_key_reaches_the_server_and_nothing_else(
    asking: Asking, server: ModelServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    before = len(server.heard.headers)
    for name in ("well-behaved", "always-failing", "nowhere"):
        assistant = asking(name, environ={"MY_KEY": KEY}, key_from="MY_KEY", retries=0)
        outcome = assistant.answer(Question(text=ASKED))
        assert KEY not in outcome.model_dump_json()
        assert KEY not in repr(assistant)
    assert {one["authorization"] for one in server.heard.headers[before:]} == {f"Bearer {KEY}"}
    assert KEY not in caplog.text


def test_the_key_of_a_provider_does_not_stand_in_for_one_that_was_named(asking: Asking, server: ModelServer) -> None:
    before = len(server.heard.headers)
    asking("well-behaved", environ={"OPENAI_API_KEY": "sk-other", "MINE": KEY}, key_from="MINE").answer(
        Question(text=ASKED)
    )
    assert server.heard.headers[before]["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize(
    "address", ["ftp://x/", "x", "http://", "http://me:secret@host/v1", "http://host/v1?key=secret"]
)
def test_an_address_that_is_none_or_holds_a_key_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(BadSettings) as raised:
        load({"BRIEFING_MODEL__BASE_URL": address})
    assert "secret" not in str(raised.value)


def test_none_means_the_sources_own_words() -> None:
    assert load({"BRIEFING_MODEL__NAME": "none"}).model.name is None
    assert load({"BRIEFING_MODEL__NAME": "openai:x"}, overrides={"model.name": "none"}).model.name is None


def test_no_setting_takes_a_key() -> None:
    with pytest.raises(BadSettings, match="no setting `model.api_key`"):
        load({"BRIEFING_MODEL__API_KEY": KEY})
