"""Whom a dossier is on: aliases, homonyms, offices of elsewhere, short names; and what dates and answers a statement."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant import api_problems, wiring
from assistant.answering import Assistant
from assistant.desk.dossiers import gathering
from assistant.desk.dossiers.making import Dossiers, NameShared, NobodyNamed
from assistant.desk.dossiers.naming import Names
from assistant.desk.routes import Desk, router
from assistant.domain import Scope
from assistant.settings import Settings
from ingest.documents import Source
from ingest.pipeline import ingest
from ingest.understanding.statement import Entity

HEAD = "---\ntitle: {title}\npublisher: {publisher}\npublished: {published}\n---\n\n"
DOCUMENTS = (
    (
        "Regulator writes to Tarnside Optics",
        "Rail Privacy Authority",
        "2023-03-10",
        "The Rail Privacy Authority has seen no evidence that Tarnside Optics Ltd shares footage. Jan Oake of the Rail Privacy "
        "Authority signed the letter.",
    ),
    (
        "Authority fines Tarnside",
        "Rail Privacy Authority",
        "2024-01-20",
        "The Rail Privacy Authority (RPA) fined Tarnside Optics Ltd two million pounds. The RPA called on Tarnside to delete the "
        "footage. Last month the RPA visited Tarnside Bakery <b>for tea</b>.",
    ),
    (
        "Two people",
        "Rail Weekly",
        "2024-02-01",
        "Professor Ida Oake praised the letter. Professor Jan Oake praised the letter too. Tarnside Optics Ltd said that it will "
        "appeal. The company said that it has hired Ida Oake.",
    ),
)


@pytest.fixture(scope="module")
def rails(tmp_path_factory: pytest.TempPathFactory, model_cache: Path) -> Iterator[Assistant]:
    settings = Settings(library=tmp_path_factory.mktemp("names") / "library", cache=model_cache)
    assistant = wiring.build(settings, create=True)
    with assistant.library as library:
        for number, (title, publisher, published, text) in enumerate(DOCUMENTS):
            content = HEAD.format(title=title, publisher=publisher, published=published) + text + "\n"
            sources = [Source(f"{number}.md", f"{number}.md", content.encode(), "text/markdown")]
            assert [one.status for one in ingest(library, sources)] == ["ingested"]
        yield assistant


@pytest.fixture(scope="module")
def dossiers(rails: Assistant) -> Dossiers:
    return wiring.dossiers(rails)


@pytest.fixture(scope="module")
def client(rails: Assistant, dossiers: Dossiers) -> TestClient:
    server = FastAPI()
    api_problems.install(server)
    server.include_router(router(rails, Desk(wiring.checker(rails), dossiers=dossiers)))
    return TestClient(server, raise_server_exceptions=False)


def test_a_body_is_found_by_its_initials_in_any_case_of_its_article(dossiers: Dossiers) -> None:
    assert dossiers.make("the RPA").entity == dossiers.make("rail privacy authority").entity


def test_a_name_that_two_bear_asks_which_one(dossiers: Dossiers) -> None:
    with pytest.raises(NameShared) as raised:
        dossiers.make("Oake")
    assert set(raised.value.names) == {"Ida Oake", "Jan Oake"} or len(raised.value.names) == 2


def test_an_unknown_name_is_refused_with_those_that_are_near(dossiers: Dossiers) -> None:
    with pytest.raises(NobodyNamed) as raised:
        dossiers.make("Tarnsyde Optics")
    assert "Tarnside Optics" in raised.value.remedy


def test_words_of_the_company_are_told_with_the_sentence_that_names_it(dossiers: Dossiers) -> None:
    told = next(one for one in dossiers.make("Tarnside Optics Ltd").entries if "hired" in one.claim.text)
    assert told.relation == "by"
    assert told.named_in in ("speaker", "before")
    cited = {one.quote for one in (*told.claim.citations, told.before) if one is not None}
    assert "Tarnside Optics Ltd said that it will appeal." in cited


def test_what_is_said_of_a_namesake_is_left_out(dossiers: Dossiers) -> None:
    assert not any("Bakery" in one.claim.text for one in dossiers.make("Tarnside Optics Ltd").entries)


def test_no_evidence_and_a_fine_later_are_two_positions_of_one_body(dossiers: Dossiers) -> None:
    held = next(one for one in dossiers.make("Tarnside Optics").positions if one.body == "Rail Privacy Authority")
    assert [step.date for step in held.steps] == ["2023-03-10", "2024-01-20"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Australia's Information Commissioner found it.", False),
        ("The Scottish Information Commissioner found it.", False),
        ("The Information Commissioner found it.", True),
        ("The UK Information Commissioner's Office found it.", True),
        ("The ICO found it.", True),
        ("He used an ico file.", False),
    ],
)
def test_an_office_of_elsewhere_is_another(text: str, named: bool) -> None:
    forms = frozenset({"ico", "information commissioner", "uk information commissioner office"})
    assert Names(forms, office=True).named(text) is named


def test_a_short_name_counts_alone_and_only_where_nobody_else_has_it() -> None:
    names = Names(frozenset({"northgate cameras"}), vendor=True)
    alone = names.within([Entity("Northgate Cameras", "vendor")])
    shared = names.within([Entity("Northgate Cameras", "vendor"), Entity("Northgate Hospital", "organisation")])
    assert alone.named("They asked Northgate to stop.")
    assert not alone.named("They asked Northgate Hospital to stop.")
    assert not shared.named("They asked Northgate to stop.")


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        ("Northgate Cameras declined to comment.", True),
        ("The ministry did not reply to Northgate Cameras.", False),
        ("Northgate Cameras rejected it; the ministry did not respond.", False),
        ("The company has not yet responded.", True),
    ],
)
def test_only_its_own_silence_is_taken_for_its_silence(text: str, silent: bool) -> None:
    assert Names(frozenset({"northgate cameras"})).silent(text) is silent


def test_what_is_left_out_for_want_of_room_is_counted_and_of_less_weight(dossiers: Dossiers) -> None:
    subject = dossiers.subject("RPA")
    records = gathering.documents_on(dossiers.ledger, subject.name, sorted(subject.names.forms), Scope())
    found = [one for record in records for one in gathering.read(dossiers.ledger, record, subject.names).found]
    told, left_out = gathering.chosen(found, most=2)
    assert (len(told), left_out) == (2, len(found) - 2)
    assert sum(one.weighs for one in told) == min(2, sum(one.weighs for one in found))


def test_over_http_it_is_json_a_file_or_a_problem(client: TestClient) -> None:
    made = client.post("/api/dossier", json={"entity": "Tarnside Optics", "filters": {"since": "2024"}}).json()
    assert {one["published"] for one in made["documents"]} == {"2024-01-20", "2024-02-01"}
    drawn = client.post("/api/dossier/export?format=svg", json={"entity": "Tarnside Optics"})
    assert drawn.headers["content-disposition"] == 'attachment; filename="dossier.svg"'
    assert drawn.text.startswith("<?xml")
    assert client.post("/api/dossier", json={"entity": "Nobody at all"}).status_code == 404
    shared = client.post("/api/dossier", json={"entity": "Oake"})
    assert shared.status_code == 422
    assert shared.json()["remedy"]
    assert client.post("/api/dossier", json={"entity": "RPA", "more": 1}).status_code == 422
    assert client.post("/api/grid", json={}).json()["rows"]


def test_on_the_page_sources_are_escaped_and_a_shared_name_is_a_choice(client: TestClient) -> None:
    shown = client.post("/fragments/dossier", json={"entity": "RPA"}).text
    assert "<b>for tea" not in shown
    assert "for tea" in shown
    assert 'name="dossier-of"' in client.post("/fragments/dossier", json={"entity": "Oake"}).text
    assert "<table>" in client.post("/fragments/grid", json={}).text
    assert "<option" in client.get("/fragments/dossier/names").text
