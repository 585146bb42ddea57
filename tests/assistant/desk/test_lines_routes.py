"""Drafts and rechecks over HTTP, and what the page does with a draft."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant import api_problems, wiring
from assistant.answering import Assistant
from assistant.desk.checking import Checker
from assistant.desk.lines.making import Wanted
from assistant.desk.lines.papers import PressDraft
from assistant.desk.lines.working import Step, Working
from assistant.desk.routes import Desk, router
from ingest.errors import DocumentMissing

TOPIC = "Northgate Cameras and the Harbour Commissioner"


@pytest.fixture(scope="module")
def client(harbour: Assistant, checker: Checker) -> TestClient:
    server = FastAPI()
    api_problems.install(server)
    server.include_router(router(harbour, Desk(checker, drafting=wiring.drafting(harbour))))
    return TestClient(server, raise_server_exceptions=False)


@pytest.fixture(scope="module")
def draft(harbour: Assistant) -> PressDraft:
    return wiring.drafter(harbour).draft(Wanted(TOPIC))


@pytest.fixture
def working(checker: Checker) -> Working:
    return Working(checker)


def texts(draft: PressDraft) -> list[str]:
    return [line.claim.text for line in draft.sections[0].lines]


def test_a_draft_is_json_and_a_file_and_can_be_rechecked(client: TestClient) -> None:
    made = client.post("/api/draft", json={"topic": TOPIC, "kind": "note"})
    assert made.status_code == 200
    assert client.post("/api/recheck", json=made.json()).json()["counts"].keys() == {"unchanged"}
    file = client.post("/api/draft/export?format=docx", json={"topic": TOPIC})
    assert file.content[:2] == b"PK"
    told = client.post("/api/recheck", files={"file": ("d.docx", file.content)}).json()
    assert set(told["counts"]) == {"unchanged"}


@pytest.mark.parametrize(
    "body", [{}, {"topic": " "}, {"topic": "x", "kind": "poem"}, {"topic": "x", "filters": {"since": "May"}}]
)
def test_a_request_without_a_topic_or_kind_is_a_problem_with_a_remedy(
    client: TestClient, body: dict[str, object]
) -> None:
    answer = client.post("/api/draft", json=body)
    assert answer.status_code == 422
    assert answer.json()["remedy"]


def test_a_line_is_moved_dropped_replaced_and_accepted(working: Working, draft: PressDraft) -> None:
    key = working.keep(draft)
    before = texts(draft)
    assert len(before) > 2
    assert texts(working.change(key, "down", 0, 0).draft)[:2] == [before[1], before[0]]
    assert texts(working.change(key, "up", 0, 1).draft) == before
    assert working.change(key, "accept", 0, 0).draft.sections[0].lines[0].accepted
    spare = draft.sections[0].spare
    if spare:
        assert texts(working.change(key, "next", 0, 0).draft)[0] == spare[0].claim.text
    assert len(texts(working.change(key, "drop", 0, 0).draft)) == len(before) - 1


@pytest.mark.parametrize("step", ["up", "down"])
def test_a_line_at_the_edge_stays_there(working: Working, draft: PressDraft, step: Step) -> None:
    key = working.keep(draft)
    place = 0 if step == "up" else len(texts(draft)) - 1
    assert texts(working.change(key, step, 0, place).draft) == texts(draft)


def test_an_edited_line_is_checked_as_edited(working: Working, draft: PressDraft) -> None:
    key = working.keep(draft)
    told = working.change(key, "edit", 0, 0, "Northgate Cameras admitted that it can reach every recording.")
    assert told.faults
    assert texts(told.draft) == texts(draft)
    told = working.change(key, "edit", 0, 0, "Northgate Cameras denied that it can reach any recording.")
    assert not told.faults
    line = told.draft.sections[0].lines[0]
    assert line.edited
    assert line.claim.standing == "denial"
    assert line.claim.citations


def test_a_draft_that_is_not_kept_is_told_so(working: Working, draft: PressDraft) -> None:
    with pytest.raises(DocumentMissing):
        working.change("0" * 32, "drop", 0, 0)
    with pytest.raises(DocumentMissing):
        working.change(working.keep(draft), "drop", 0, 99)


def test_the_page_shows_a_draft_and_its_steps(client: TestClient) -> None:
    shown = client.post("/fragments/draft", json={"topic": TOPIC, "audience": "<b>Ministers</b>"}).text
    assert "<b>Ministers" not in shown
    key = re.search(r'data-key="([0-9a-f]{32})"', shown)
    assert key
    step = {"step": "edit", "section": 0, "line": 0, "text": "Northgate Cameras exploded."}
    told = client.post(f"/fragments/draft/{key[1]}", json=step).text
    assert "Not used" in told
    assert "exploded&#46;</textarea>" in told
    kept = re.search(r"/fragments/export/([0-9a-f]{32})&#46;docx", told)
    assert kept
    assert b"exploded" not in client.get(f"/fragments/export/{kept[1]}.json").content
