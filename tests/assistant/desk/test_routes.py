"""The desk over HTTP."""

from __future__ import annotations

import io

import pytest
from docx import Document
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant import api_problems
from assistant.answering import Assistant
from assistant.desk.checking import Checker
from assistant.desk.routes import Desk, router
from assistant.desk.shown import Shown
from ingest.errors import DocumentMissing

TRUE = "Northgate Cameras denied that it can reach any recording."


@pytest.fixture(scope="module")
def client(harbour: Assistant, checker: Checker) -> TestClient:
    server = FastAPI()
    api_problems.install(server)
    server.include_router(router(harbour, Desk(checker)))
    return TestClient(server, raise_server_exceptions=False)


def test_a_draft_is_checked_as_json_and_as_a_file(client: TestClient) -> None:
    as_text = client.post("/api/check", json={"text": TRUE}).json()
    as_file = client.post("/api/check", files={"file": ("d.txt", TRUE.encode())}).json()
    assert as_text["counts"] == as_file["counts"] == {"supported": 1}
    assert set(as_text) == {"sentences", "counts"}


@pytest.mark.parametrize("body", [{"text": ""}, {"text": "   "}, {}, {"text": "x", "more": 1}])
def test_a_request_without_a_draft_is_a_problem_with_a_remedy(client: TestClient, body: dict[str, str]) -> None:
    answer = client.post("/api/check", json=body)
    assert answer.status_code == 422
    assert answer.json()["remedy"]


def test_an_answer_is_exported_and_to_be_saved(client: TestClient) -> None:
    answer = client.post("/api/export?format=docx", json={"question": "What did Northgate Cameras deny?"})
    assert answer.headers["content-disposition"] == 'attachment; filename="briefing.docx"'
    assert Document(io.BytesIO(answer.content)).paragraphs
    assert client.post("/api/export?format=odt", json={"question": "What?"}).status_code == 422


def test_a_checked_draft_can_be_downloaded_from_the_page(client: TestClient) -> None:
    shown = client.post("/fragments/check", data={"text": "Northgate <b>denied</b> it.\n\n" + TRUE}, files={}).text
    assert client.post("/fragments/check", json={"text": TRUE}).status_code == 200
    assert "<b>denied" not in shown


def test_only_what_was_shown_can_be_downloaded(client: TestClient) -> None:
    assert client.get(f"/fragments/export/{'0' * 32}.docx").status_code == 404
    assert client.get("/fragments/export/../../x.docx").status_code in (404, 422)
    with pytest.raises(DocumentMissing):
        Shown().file("0" * 32, "pdf")
