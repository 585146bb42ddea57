"""What is being done, told on a terminal while an answer is made; a file or a pipe is told nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console

from assistant.answering import Step
from assistant.domain import Supported, Withheld

if TYPE_CHECKING:
    from assistant.domain import Outcome, Question
    from assistant.web.holdings import Answers


def watched(answers: Answers, asked: Question, console: Console | None = None) -> Outcome:
    """The outcome of `asked`; each step is shown while it lasts, on standard error unless another `console` is given.

    Nothing of it stays when the outcome is there. Raises what `answers` raises.
    """
    console = console or Console(stderr=True)
    if not console.is_terminal:
        return answers.answer(asked)
    passed, label, outcome = 0, "", None
    # Ctrl+C ends the status too, so that the terminal has its cursor back.
    with console.status("") as status:
        for came in answers.steps(asked):
            if isinstance(came, Step):
                label = came.label
            elif isinstance(came, Supported):
                passed += 1
            elif not isinstance(came, Withheld):
                outcome = came
            status.update(label + (f" ({passed} passed)" if passed else ""), spinner="dots")
    assert outcome is not None  # noqa: S101 - the flow ends on an outcome
    return outcome
