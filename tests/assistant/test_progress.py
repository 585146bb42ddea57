from __future__ import annotations

import io
from collections.abc import Iterator

from rich.console import Console

from assistant.answering import Step
from assistant.domain import Outcome, Question, Supported, Withheld
from assistant.progress import watched
from tests.assistant.web.scripted import MemoryLedger, ScriptedAssistant

ASKED = Question(text="What did the Harbour Commissioner ask?")


def told(*, terminal: bool) -> tuple[Outcome, str]:
    written = io.StringIO()
    console = Console(file=written, force_terminal=terminal, width=80)
    return watched(ScriptedAssistant(MemoryLedger()), ASKED, console), written.getvalue()


def test_a_terminal_is_told_what_is_being_done_and_nothing_of_it_stays() -> None:
    outcome, written = told(terminal=True)
    assert outcome.question == ASKED.text
    assert "\x1b[2K" in written and "\x1b[?25h" in written  # the line is cleared, and the cursor is back


def test_a_file_or_a_pipe_is_told_nothing() -> None:
    outcome, written = told(terminal=False)
    assert outcome.question == ASKED.text and written == ""


def test_the_flow_is_followed_to_its_end() -> None:
    ended: list[str] = []

    class Ends(ScriptedAssistant):
        def steps(self, question: Question) -> Iterator[Step | Supported | Withheld | Outcome]:
            yield Step("search", "Searching the library")
            yield from super().steps(question)
            ended.append("behind the outcome")

    watched(Ends(MemoryLedger()), ASKED, Console(file=io.StringIO(), force_terminal=True))
    assert ended == ["behind the outcome"]
