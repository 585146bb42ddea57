"""Drafts of lines, questions and answers and notes: what stands in them, and what must not."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from assistant import wiring
from assistant.answering import Assistant
from assistant.desk.checking import Checker
from assistant.desk.drafts import from_source
from assistant.desk.exports import export
from assistant.desk.exports.lines import of_draft
from assistant.desk.lines.making import Drafter, Wanted
from assistant.desk.lines.papers import Kind, PressDraft
from assistant.desk.lines.questions import open_questions, read_topic
from assistant.domain import Scope
from ingest.documents import Source

NOW = datetime(2024, 5, 6, 7, 8, tzinfo=UTC)
TOPIC = "Northgate Cameras and the Harbour Commissioner"


@pytest.fixture(scope="module")
def drafter(harbour: Assistant) -> Drafter:
    return wiring.drafter(harbour)


@pytest.fixture(scope="module")
def lines(drafter: Drafter) -> PressDraft:
    return drafter.draft(Wanted(TOPIC))


def test_every_line_is_a_claim_with_an_exact_quote(lines: PressDraft, harbour: Assistant) -> None:
    assert lines.claims
    for claim in lines.claims:
        for cited in claim.citations:
            text = harbour.library.ledger.text(cited.document, cited.version).text
            assert text[cited.start : cited.end] == cited.quote


def test_a_denial_stands_beside_what_is_alleged_of_whoever_denies(lines: PressDraft) -> None:
    every = [line for section in lines.sections for line in section.lines]
    alleged = [line for line in every if "rival port" in line.claim.text]
    assert alleged
    assert all(any(claim.standing == "denial" for claim in line.beside) for line in alleged)
    assert all(line.claim.standing == "allegation" for line in alleged)


def test_what_the_library_does_not_say_is_listed_as_unknown(drafter: Drafter) -> None:
    draft = drafter.draft(Wanted("Felmouth Port Board cameras"))
    assert draft.claims
    assert any(" cost" in one.question for one in draft.unknown)
    assert all(one.detail for one in draft.unknown)


def test_nothing_is_said_twice_and_nobody_is_called_she(lines: PressDraft) -> None:
    texts = [line.claim.text for section in lines.sections for line in section.lines]
    assert len(texts) == len(set(texts))
    assert not any(text.startswith(("She ", "He ", "It ", "They ")) for text in texts)


def test_what_a_source_takes_back_is_no_line(drafter: Drafter) -> None:
    draft = drafter.draft(Wanted("Felmouth Port Board cameras", "note"))
    assert draft.claims
    assert not any("for a year" in claim.text for claim in draft.claims)
    assert not any("40 cameras" in claim.text for claim in draft.claims)


def test_a_holding_statement_alleges_nothing(drafter: Drafter) -> None:
    draft = drafter.draft(Wanted(TOPIC, "holding"))
    assert draft.claims
    assert not any(line.claim.standing == "allegation" for section in draft.sections for line in section.lines)


def test_a_topic_that_the_library_does_not_hold_gives_no_line(drafter: Drafter) -> None:
    draft = drafter.draft(Wanted("Quantum tea in Patagonia"))
    assert not draft.claims
    assert draft.unknown


def test_a_filter_and_a_date_narrow_a_draft(drafter: Drafter) -> None:
    draft = drafter.draft(Wanted(TOPIC, scope=Scope(as_of="2022-02-28")))
    assert draft.claims
    assert {cited.publisher for claim in draft.claims for cited in claim.citations} == {
        "Office of the Harbour Commissioner"
    }


@pytest.mark.parametrize("kind", ["lines", "qa", "note", "brief"])
@pytest.mark.parametrize("form", ["docx", "md"])
def test_an_exported_draft_passes_the_check(drafter: Drafter, checker: Checker, kind: Kind, form: str) -> None:
    draft = drafter.draft(Wanted(TOPIC, kind))
    content = export(of_draft(draft, NOW), form)
    checked = checker.check(from_source(Source(f"d.{form}", f"d.{form}", content)))
    assert [(one.verdict, one.text) for one in checked.sentences if not one.passes] == []
    assert checked.counts["supported"] >= 3


def test_the_words_lines_on_are_no_part_of_a_topic() -> None:
    for asked in (
        "lines on harbour cameras",
        "Q&A on harbour cameras",
        "Write a background note about harbour cameras.",
    ):
        assert read_topic(asked, ()).text == "harbour cameras"


def test_each_open_question_knows_what_answers_it(drafter: Drafter, lines: PressDraft) -> None:
    topic = read_topic(TOPIC, drafter.names.entities())
    asked = next(one for one in open_questions(topic) if " ask " in one.text)
    request = next(claim for claim in lines.claims if claim.standing == "request")
    assert asked.answers(request)
    assert not any(asked.answers(claim) for claim in lines.claims if claim.standing == "denial")


def test_a_draft_is_json_that_reads_back(lines: PressDraft) -> None:
    assert PressDraft.model_validate(json.loads(lines.model_dump_json())) == lines
