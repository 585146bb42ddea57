"""`briefing ask --model` as somebody types it, with a scripted model behind a real connection."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from eval.doubles.model_server import ModelServer
from tests.assistant.chat.papers import ASKED

COMMAND = [sys.executable, "-W", "ignore", "-c", "from assistant.command import main; main()", "ask", ASKED]
CLAIM = "asked Northgate Cameras to confirm by 1 March 2022 that it supplied 38 cameras"


class Ask:
    """Runs `briefing ask` over the papers."""

    def __init__(self, shelf: Path, cache: Path, server: ModelServer) -> None:
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("BRIEFING_", "OPENAI_"))}
        self._environment = plain | {
            "BRIEFING_LIBRARY": str(shelf), "BRIEFING_CACHE": str(cache), "BRIEFING_MODEL__BASE_URL": server.address,
            "BRIEFING_MODEL__RETRIES": "1", "COLUMNS": "200",
        }  # fmt: skip

    def __call__(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in (self._environment | more).items() if value}
        return subprocess.run([*COMMAND, *words], env=environment, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def ask(shelf: Path, model_cache: Path, server: ModelServer) -> Ask:
    return Ask(shelf, model_cache, server)


def test_an_answer_names_the_model_that_worded_it(ask: Ask) -> None:
    ran = ask("--model", "well-behaved")
    assert ran.returncode == 0 and ran.stderr == ""
    assert CLAIM in ran.stdout and "Worded by well-behaved; checked claim by claim." in ran.stdout


def test_a_withheld_claim_is_listed_with_its_reason_below_the_sources_own_words(ask: Ask) -> None:
    ran = ask("--model", "invented-number")
    assert ran.returncode == 0 and CLAIM in ran.stdout
    assert "Withheld (a number is not in the source)" in ran.stdout and "these are the sources’ own words" in ran.stdout
    assert "Worded by" not in ran.stdout


def test_an_outage_is_a_note_and_no_failure(ask: Ask) -> None:
    ran = ask("--model", "always-failing")
    assert ran.returncode == 0 and CLAIM in ran.stdout
    assert "Note: The language model did not answer (always-failing: refused, status 500)" in ran.stdout


def test_json_keeps_standard_output_to_itself_and_the_key_out_of_it(ask: Ask) -> None:
    ran = ask("--model", "mends", "--json", OPENAI_API_KEY="sk-command-line")
    outcome = json.loads(ran.stdout)
    assert outcome["trace"]["model"] == "mends" and outcome["trace"]["mended"] == 1
    assert "sk-command-line" not in ran.stdout + ran.stderr


def test_the_model_of_the_settings_can_be_left_out(ask: Ask) -> None:
    assert "Worded by structured" in ask(BRIEFING_MODEL__NAME="structured").stdout
    assert "Worded by" not in ask("--model", "none", BRIEFING_MODEL__NAME="structured").stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            {"BRIEFING_OFFLINE": "1", "BRIEFING_MODEL__BASE_URL": "https://models.example.org/v1"},
            "the assistant is offline",
        ),
        ({"BRIEFING_MODEL__KEY_FROM": "NO_SUCH_KEY"}, "NO_SUCH_KEY"),
        ({"BRIEFING_MODEL__BASE_URL": "", "BRIEFING_MODEL__NAME": "nobody:thing"}, "openai:NAME"),
    ],
)
def test_a_model_that_cannot_be_used_is_one_line_and_its_remedy(ask: Ask, words: dict[str, str], told: str) -> None:
    ran = ask(**({"BRIEFING_MODEL__NAME": "x"} | words))
    assert ran.returncode == 1 and ran.stdout == "" and len(ran.stderr.splitlines()) == 2
    assert told in ran.stderr


def test_without_a_model_no_chat_library_is_imported(shelf: Path, model_cache: Path) -> None:
    asked = (
        "import sys; from assistant import wiring; from assistant.domain import Question; from assistant.settings import load\n"
        "a = wiring.build(load()); a.answer(Question(text=sys.argv[1])); a.library.close()\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('langchain', 'langchain_core', 'openai', 'langsmith')])"
    )
    environment = os.environ | {"BRIEFING_LIBRARY": str(shelf), "BRIEFING_CACHE": str(model_cache)}
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", asked, ASKED],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.stdout.strip() == "[]", ran.stderr
