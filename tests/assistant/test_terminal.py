from __future__ import annotations

import io

from rich.console import Console

from assistant.domain import Question
from assistant.sufficiency import Verdict
from assistant.terminal import show

from .test_answering import ASKED, FALSE, TRUE, assistant


def printed(*texts: str, terminal: bool = False, verdict: Verdict = Verdict(None)) -> str:
    out = io.StringIO()
    show(assistant(*texts, verdict=verdict).answer(ASKED), Console(file=out, width=100, force_terminal=terminal))
    return out.getvalue()


def test_every_claim_bears_the_number_of_a_source_below() -> None:
    text = printed(TRUE)
    assert f"{TRUE} [1]" in text
    assert "[1] letter · A Paper · 2021" in text


def test_piped_output_has_no_colour() -> None:
    assert "\x1b" not in printed(TRUE)
    assert "\x1b" in printed(TRUE, terminal=True)


def test_a_withheld_claim_is_listed_with_its_reason() -> None:
    assert f"Withheld (a number is not in the source): {FALSE}" in printed(TRUE, FALSE)


def test_an_abstention_says_what_was_searched_and_what_would_settle_it() -> None:
    text = printed(TRUE, verdict=Verdict("part_not_found", ("replied",)))
    assert "No answer:" in text
    assert "What would settle it:" in text
    assert "Searched 1 document, 1 passage." in text


def test_markup_in_a_question_is_printed_as_it_is() -> None:
    out = io.StringIO()
    asked = Question(text="[bold]What[/bold] fine?")
    show(assistant(TRUE).answer(asked), Console(file=out, width=100))
    assert "[bold]What[/bold] fine?" in out.getvalue()
