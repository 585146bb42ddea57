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


def attributed(width: int, **told: str) -> list[str]:
    outcome = assistant(TRUE).answer(ASKED)
    claims = tuple(claim.model_copy(update=told) for claim in outcome.claims)
    out = io.StringIO()
    show(outcome.model_copy(update={"claims": claims}), Console(file=out, width=width))
    return out.getvalue().split("Sources")[0].splitlines()


def test_standing_and_speaker_stand_in_brackets_behind_a_claim() -> None:
    lines = attributed(100, standing="request", speaker="Jane Doe", addressee="the vendor")
    assert f"  {TRUE} [1] (request, Jane Doe to the vendor, as reported)" in lines


def test_an_allegation_says_in_the_terminal_by_whom_it_is() -> None:
    assert f"  {TRUE} [1] (allegation, by whom is not known)" in attributed(100, standing="allegation")


def test_what_stands_in_brackets_is_broken_only_where_no_line_holds_it() -> None:
    told = "(request, Professor Jane Doe to the vendor, as reported)"
    for width in (60, 80, 120):
        lines = attributed(width, standing="request", speaker="Professor Jane Doe", addressee="the vendor")
        assert any(told in line for line in lines) and all(len(line) <= width for line in lines)
    speaker = "The Standing Committee on " + "Surveillance and " * 12 + "Records"
    lines = attributed(60, standing="finding", speaker=speaker)
    assert all(len(line) <= 60 for line in lines) and f"(finding, {speaker}, as reported)" in " ".join(
        map(str.strip, lines)
    )


def test_a_speaker_cannot_steer_the_terminal() -> None:
    shown = "\n".join(attributed(80, standing="denial", speaker="A\x1b[2J\r\u202eB\nC"))
    assert not {"\x1b", "\r", "\u202e"} & set(shown) and "\u27e8U+001B\u27e9" in shown
