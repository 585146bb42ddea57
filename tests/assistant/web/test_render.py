from __future__ import annotations

import html
import re
from typing import get_args

import pytest

from assistant.domain import (
    Abstention,
    AbstentionReason,
    Briefing,
    Caveat,
    Clarification,
    Nearest,
    Question,
    Searched,
    Supported,
    Withheld,
    WithheldReason,
)
from assistant.web import citing, render, render_library, wording
from ingest.documents import Metadata
from ingest.errors import BriefingError
from ingest.receipts import Receipt
from tests.assistant.web.scripted import TRACE, MemoryLedger, ScriptedAssistant, cite, stored
from tests.end_to_end.hostile_payloads import PAYLOADS

LETTER = stored(
    "I ask Example Ltd to confirm it.\n\nI ask for a reply by 1 May.",
    metadata=Metadata(
        title="A letter", publisher="Office", published="2022-02-14", source_type="regulator_letter",
        address="https://example.org/letter",
    ),
)  # fmt: skip
NEWS = stored("The company denies it.", name="news.html", metadata=Metadata(title="News"))
FIRST = cite(LETTER, "I ask Example Ltd to confirm it.")
SECOND = cite(NEWS, "The company denies it.")


def briefing(**more: object) -> Briefing:
    given: dict[str, object] = {
        "question": "What was asked?",
        "standalone_question": "What was asked?",
        "claims": (
            Supported(text="It was asked.", citations=(FIRST,), standing="request", speaker="A. Person"),
            Supported(text="It was denied.", citations=(SECOND, FIRST), standing="denial"),
        ),
        "searched": Searched(documents=2, passages=3),
        "trace": TRACE,
    }
    return Briefing.model_validate(given | more)


def text(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def test_one_place_has_one_number_in_order_of_reading() -> None:
    numbering = citing.Numbering()
    assert [numbering.number(one) for one in (SECOND, FIRST, SECOND)] == [1, 2, 1]


def test_every_claim_bears_its_markers() -> None:
    shown = render.outcome(briefing())
    claims = re.findall(r'<li class="claim.*?</li>', shown)

    assert [re.findall(r"\[\d\]", text(claim)) for claim in claims] == [["[1]"], ["[2]", "[1]"]]


def test_a_marker_is_a_button_that_names_its_source_and_knows_its_place() -> None:
    shown = citing.marker(FIRST, 1)

    assert shown.startswith("<button") and 'name="open-source"' in shown
    assert f'value="{citing.address_of(FIRST)}"' in shown
    assert text(shown) == "[1] Source 1: A letter"


def test_a_source_without_a_date_says_so() -> None:
    assert "date unknown" in text(render.outcome(briefing()))


def test_dates_are_as_precise_as_they_were_given() -> None:
    assert [wording.day(one) for one in ("2022-02-14", "2022-02", "2022", None, "2022-99-99")] == [
        "14 February 2022", "February 2022", "2022", "date unknown", "2022-99-99",
    ]  # fmt: skip


def test_a_document_cited_twice_is_listed_once_with_both_numbers() -> None:
    again = cite(LETTER, "I ask for a reply by 1 May.")
    shown = render.outcome(briefing(claims=(Supported(text="Both.", citations=(FIRST, again)),)))
    sources = shown[shown.index('class="sources"') :]

    assert text(sources[: sources.index("</ol>")]).count("A letter") == 3  # the title, and each marker's name
    assert re.findall(r"\[\d\]", text(sources[: sources.index("</ol>")])) == ["[1]", "[2]"]


def test_withheld_claims_say_why() -> None:
    withheld = Withheld(text="It was 2020.", reason="date_not_in_source", detail="2020 is not there.")
    shown = text(render.outcome(briefing(withheld=(withheld,))))

    assert "1 claim withheld" in shown
    assert "A date is not in the source: \u201cIt was 2020.\u201d 2020 is not there." in shown


@pytest.mark.parametrize("reason", get_args(WithheldReason))
def test_every_reason_to_withhold_a_claim_has_words_on_the_page(reason: WithheldReason) -> None:
    shown = text(render.outcome(briefing(withheld=(Withheld(text="It was.", reason=reason, detail="So."),))))
    told = re.search(r"1 claim withheld([A-Z][^:_]{8,}): \u201cIt was\.\u201d So\.", shown)
    assert told, shown


@pytest.mark.parametrize("caveat", get_args(Caveat))
def test_every_caveat_has_words_on_the_page(caveat: Caveat) -> None:
    shown = text(render.outcome(briefing(caveats=(caveat,))))
    assert "1 caveat" in shown and caveat not in shown


@pytest.mark.parametrize("reason", get_args(AbstentionReason))
def test_every_reason_to_abstain_has_words_on_the_page(reason: AbstentionReason) -> None:
    searched = Searched(documents=1, passages=1)
    value = Abstention(
        question="q", standalone_question="q", reason=reason, detail="So.", searched=searched, trace=TRACE
    )
    assert reason not in text(render.outcome(value))


def test_notes_are_shown_in_place_of_codes() -> None:
    assert "Rests on one" in text(render.outcome(briefing(caveats=("single_source",), notes=("Rests on one.",))))
    assert "Everything here rests on one document." in text(render.outcome(briefing(caveats=("single_source",))))


def test_a_rewritten_question_is_shown() -> None:
    assert "Understood as: Who denied?" in text(render.outcome(briefing(standalone_question="Who denied?")))
    assert "Understood as" not in text(render.outcome(briefing()))


def test_an_abstention_says_why_and_shows_what_came_near() -> None:
    assistant = ScriptedAssistant(MemoryLedger(LETTER))
    shown = render.outcome(assistant.answer(Question(text="zzz")))

    assert "Nothing in the library is about this" in text(shown)
    assert "Searched 1 document, 2 passages." in text(shown)
    assert "What would settle it: A letter that names it." in text(shown)
    assert 'name="open-source"' in shown and "I ask Example Ltd to confirm it." in text(shown)


def test_a_clarification_offers_its_choices_as_buttons() -> None:
    value = Clarification(
        question="it?", standalone_question="it?", choices=("Which letter?", "Which firm?"),
        searched=Searched(documents=0, passages=0), trace=TRACE,
    )  # fmt: skip
    assert render.outcome(value).count('name="ask-this"') == 2


def test_the_copied_text_holds_every_claim_number_source_and_quote() -> None:
    copied = render.plain_text(briefing())

    assert "- It was asked. [1] (request, A. Person)" in copied
    assert "- It was denied. [2][1] (denial)" in copied
    assert "[1] A letter. Office. 14 February 2022. regulator letter. https://example.org/letter" in copied
    assert "[2] News. publisher unknown. date unknown. news.html" in copied
    assert "\u201cThe company denies it.\u201d" in copied


def test_progress_shows_the_step_at_work_and_the_claims_so_far() -> None:
    shown = text(render.progress(["Searching", "Checking"], briefing().claims[:1]))
    assert shown.startswith("Checking\u2026") and "It was asked." in shown


def test_a_failure_shows_its_remedy() -> None:
    shown = render.failure(BriefingError("It <b>broke</b>.", remedy="Mend it."))
    assert 'role="alert"' in shown and "<b>" not in shown
    assert text(shown) == "It <b>broke</b>.Mend it."


def test_a_name_in_backticks_is_shown_as_a_name() -> None:
    shown = render.notice("`a.pdf` is <damaged>.", "Print `a.pdf` again.")
    assert "<code>a&#46;pdf</code> is &#60;damaged&#62;" in shown and "`" not in text(shown)
    assert "`" in text(render.notice("`a`b.pdf` is damaged.", ""))


def test_an_empty_library_or_filters_that_fit_nothing_say_what_to_do() -> None:
    assistant = ScriptedAssistant(MemoryLedger())
    shown = render.outcome(assistant.answer(Question(text="zzz")))
    assert 'name="open-library"' in shown and "What would settle it" not in text(shown)


def test_nothing_rendered_holds_a_line_break_that_markdown_could_read() -> None:
    assert "\n" not in render.outcome(briefing(notes=("one\n\n# two",)))


HARMFUL = re.compile(
    r"<(?!/?(?:article|h2|h3|p|ul|ol|li|span|strong|q|button|div|pre|details|summary|dl|dt|dd|blockquote|code)\b)"
)


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_hostile_text_in_every_field_of_an_outcome_stays_text(payload: str) -> None:
    hostile = stored(payload, name=payload, metadata=Metadata(*[payload] * 8))
    citation = cite(hostile, payload)
    told = {"speaker": payload, "addressee": payload, "time": payload}
    claim = Supported(text=payload, citations=(citation,), **told)
    alleged = Supported(text="It was.", citations=(citation,), standing="allegation", **told)
    common = {"question": payload, "standalone_question": payload + "?", "notes": (payload,)}
    withheld = Withheld(text=payload, reason="not_supported", detail=payload)
    searched = Searched(documents=1, passages=1)
    outcomes = (
        briefing(claims=(claim, alleged), withheld=(withheld,), **common),
        Abstention(
            reason="nothing_found", detail=payload, would_settle=payload, searched=searched, trace=TRACE,
            nearest=(Nearest(citation=citation, score=0.1),), **common,
        ),
        Clarification(detail=payload, choices=(payload, payload), searched=searched, trace=TRACE, **common),
    )  # fmt: skip
    receipt = Receipt(source=payload, status="refused", reason=payload, remedy=payload, warnings=(payload,))
    added = Receipt(source=payload, status="ingested", document="0" * 16, version=1, title=payload, format=payload)
    for shown in (
        *map(render.outcome, outcomes),
        render.question(payload, wording.narrowed([payload], payload, [payload], payload, payload, payload)),
        render.notice(payload, payload),
        render_library.receipts([receipt, added]),
        render_library.verified([payload]),
        render_library.status(1, 1, [payload]),
        render_library.documents([hostile.document], 1, {}),
    ):
        assert not HARMFUL.search(shown), shown
        assert not re.search(r"<[^>]*\s(?:on\w+|style|href|src)=", shown)
