from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from assistant import api_conversations, api_problems
from assistant.conversation.keeping import Conversations
from assistant.domain import Scope
from ingest.documents import Metadata
from tests.assistant.web.scripted import MemoryLedger, ScriptedAssistant, stored
from tests.ingest.libraries import opened

LETTER = stored("I ask Example Ltd to confirm *it*.", metadata=Metadata(title="A letter", published="2022-02-14"))


class Served:
    """The routes over a real ledger, where a header says who asks."""

    def __init__(self, kept: Conversations) -> None:
        self.kept = kept
        self.assistant = ScriptedAssistant(MemoryLedger(LETTER))
        self.server = FastAPI(openapi_url="/api/openapi.json")
        api_problems.install(self.server)

        def owner(request: Request) -> str:
            return request.headers.get("x-test-user", "ann")

        self.server.include_router(api_conversations.router(self.assistant, kept, owner))
        self.client = TestClient(self.server, raise_server_exceptions=False)

    def begun(self, name: str = "Letters") -> str:
        return str(self.client.post("/api/conversations", json={"name": name}).json()["id"])

    def ask(self, id: str, question: str, **more: Any) -> Any:  # noqa: A002 - the house's word
        return self.client.post(f"/api/conversations/{id}/ask", json={"question": question, **more})


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with opened(tmp_path) as library:
        made = Served(Conversations(library.ledger.engine))
        with made.client:
            yield made


def test_a_question_in_a_conversation_is_answered_and_kept(served: Served) -> None:
    id = served.begun()  # noqa: A001 - the house's word
    assert served.ask(id, "What did Example confirm?").json()["outcome"] == "briefing"
    whole = served.client.get(f"/api/conversations/{id}").json()
    assert (whole["name"], whole["turns"]) == ("Letters", 1)
    assert whole["said"][0]["outcome"]["claims"][0]["citations"][0]["quote"] == LETTER.text
    served.ask(id, "and when?", as_asked=True)
    assert [one.question for one in served.assistant.asked[-1].earlier] == ["What did Example confirm?"]
    assert served.assistant.asked[-1].as_asked


def test_filters_go_on_until_a_question_brings_its_own(served: Served) -> None:
    id = served.begun()  # noqa: A001 - the house's word
    served.ask(id, "What did Example confirm?", filters={"since": "2022"})
    served.ask(id, "and when?", filters={"since": "2020"})
    assert served.assistant.asked[-1].scope == Scope(since="2020")


def test_conversations_are_listed_searched_renamed_and_deleted(served: Served) -> None:
    one, two = served.begun("Fines"), served.begun("Letters")
    listed = served.client.get("/api/conversations").json()
    assert {it["id"] for it in listed} == {one, two}
    assert [it["id"] for it in served.client.get("/api/conversations", params={"search": "fin"}).json()] == [one]
    assert served.client.patch(f"/api/conversations/{one}", json={"name": "Penalties"}).json()["name"] == "Penalties"
    assert served.client.delete(f"/api/conversations/{one}").json() == {"deleted": one}
    assert served.client.get(f"/api/conversations/{one}").status_code == 404


def test_an_export_is_a_file_that_a_browser_saves(served: Served) -> None:
    id = served.begun("Letters <b>")  # noqa: A001 - the house's word
    served.ask(id, "What did Example confirm?")
    written = served.client.get(f"/api/conversations/{id}/export")
    assert written.headers["content-disposition"] == f'attachment; filename="conversation-{id}.md"'
    assert "# Letters \\<b\\>" in written.text and "\\*it\\*" in written.text
    as_json = served.client.get(f"/api/conversations/{id}/export", params={"format": "json"}).json()
    assert as_json["turns"][0]["outcome"]["trace"]["library"]
    assert served.client.get(f"/api/conversations/{id}/export", params={"format": "exe"}).status_code == 422


@pytest.mark.parametrize(
    ("verb", "place", "body"),
    [
        ("GET", "", None),
        ("GET", "/export", None),
        ("PATCH", "", {"name": "Mine"}),
        ("DELETE", "", None),
        ("POST", "/ask", {"question": "What did Example confirm?"}),
    ],
)
def test_another_owner_s_conversation_is_not_found(
    served: Served, verb: str, place: str, body: dict[str, str] | None
) -> None:
    id = served.begun("Hers")  # noqa: A001 - the house's word
    headers = {"x-test-user": "bob"}
    refused = served.client.request(verb, f"/api/conversations/{id}{place}", json=body, headers=headers)
    unknown = served.client.request(verb, f"/api/conversations/{'0' * 16}{place}", json=body, headers=headers)
    assert refused.status_code == unknown.status_code == 404
    assert refused.json()["title"] == unknown.json()["title"].replace("0" * 16, id)
    assert refused.headers["content-type"] == "application/problem+json"
    assert served.client.get("/api/conversations", headers=headers).json() == []
    assert served.kept.find("ann", id).name == "Hers" and served.kept.find("ann", id).turns == 0


@pytest.mark.parametrize("name", ["", " ", "x" * 121])
def test_a_name_that_is_empty_or_too_long_is_refused(served: Served, name: str) -> None:
    id = served.begun()  # noqa: A001 - the house's word
    assert served.client.patch(f"/api/conversations/{id}", json={"name": name}).status_code == 422


def test_every_route_is_described(served: Served) -> None:
    described = served.client.get("/api/openapi.json").json()["paths"]
    assert set(described) == {
        "/api/conversations",
        "/api/conversations/{conversation}",
        "/api/conversations/{conversation}/ask",
        "/api/conversations/{conversation}/export",
    }
    assert all(operation["description"] for path in described.values() for operation in path.values())
