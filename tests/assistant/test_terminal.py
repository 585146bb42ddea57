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


def test_text_of_a_source_cannot_steer_the_terminal() -> None:
    out = io.StringIO()
    asked = Question(text="What\x1b[2J \u202efine\x07?")
    show(assistant(TRUE).answer(asked), Console(file=out, width=100, force_terminal=True, color_system=None))
    assert not {"\x1b", "\x07", "\u202e"} & set(out.getvalue())
    assert "\u27e8U+001B\u27e9" in out.getvalue()


def test_a_marker_never_begins_a_line_of_its_own() -> None:
    for width in range(20, 60):
        out = io.StringIO()
        show(assistant(TRUE).answer(ASKED), Console(file=out, width=width))
        claim = out.getvalue().split("Sources")[0]
        assert not any(line.lstrip().startswith("[") for line in claim.splitlines())


def test_no_line_is_padded_or_wider_than_the_terminal() -> None:
    for width in (40, 60, 80, 120):
        out = io.StringIO()
        show(assistant(TRUE, FALSE).answer(ASKED), Console(file=out, width=width))
        for line in out.getvalue().splitlines():
            assert line == line.rstrip() and len(line) <= width, line


def test_a_quote_is_printed_where_no_claim_has_its_words() -> None:
    quote = f"\u201c{TRUE}\u201d"
    assert quote not in printed(TRUE)
    outcome = assistant(TRUE).answer(ASKED)
    reworded = tuple(claim.model_copy(update={"text": "It paid a fine."}) for claim in outcome.claims)
    out = io.StringIO()
    show(outcome.model_copy(update={"claims": reworded}), Console(file=out, width=100))
    assert quote in out.getvalue()


def test_standing_and_speaker_stand_in_a_line_of_their_own_under_a_claim() -> None:
    outcome = assistant(TRUE).answer(ASKED)
    told = {"standing": "request", "speaker": "Jane Doe", "addressee": "the vendor"}
    claims = tuple(claim.model_copy(update=told) for claim in outcome.claims)
    out = io.StringIO()
    show(outcome.model_copy(update={"claims": claims}), Console(file=out, width=100))
    assert "\n    Request · Jane Doe to the vendor\n" in out.getvalue()
