from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import api, api_problems, wiring
from assistant.domain import Briefing
from assistant.settings import Settings
from assistant.web import library_holdings
from ingest import errors
from ingest.documents import Metadata, Source
from tests.assistant.web.scripted import MemoryLedger, ScriptedAssistant, holdings, stored
from tests.end_to_end.hostile_payloads import PAYLOADS
from tests.ingest import libraries

LETTER = stored(
    "I ask Example Ltd to confirm it.\n\nI ask for a reply.",
    metadata=Metadata(title="A letter", publisher="Office", published="2022-02-14", source_type="letter"),
)
ID = LETTER.document.id


class Served:
    """The interface over a scripted library, without page or guard."""

    def __init__(self) -> None:
        self.ledger = MemoryLedger(LETTER)
        self.assistant = ScriptedAssistant(self.ledger)
        self.server = FastAPI(openapi_url="/api/openapi.json")
        api_problems.install(self.server)
        self.server.include_router(api.router(self.assistant, holdings(self.ledger)))
        self.client = TestClient(self.server, raise_server_exceptions=False)


@pytest.fixture
def served() -> Iterator[Served]:
    made = Served()
    with made.client:
        yield made


def problem(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["status"] == status and body["title"] and body["remedy"]
    return body


def test_an_answer_is_the_outcome_that_the_command_line_prints(served: Served) -> None:
    answer = served.client.post("/api/ask", json={"question": "What did Example confirm?"})

    outcome = Briefing.model_validate(answer.json())
    assert outcome == served.assistant.answer(served.assistant.asked[0])
    citation = outcome.claims[0].citations[0]
    text = served.client.get(f"/api/documents/{citation.document}/text", params={"version": citation.version}).json()
    assert text["text"][citation.start : citation.end] == citation.quote
    assert text["document"]["sha256"] == citation.sha256


def test_an_abstention_is_an_answer(served: Served) -> None:
    answer = served.client.post("/api/ask", json={"question": "zzz"})
    assert answer.status_code == 200 and answer.json()["outcome"] == "abstention"


def test_a_follow_up_is_asked_with_the_questions_before_it(served: Served) -> None:
    served.client.post("/api/ask", json={"question": "And when?", "previous": ["What did Example confirm?"]})
    assert served.assistant.asked[0].previous == ("What did Example confirm?",)


def test_filters_reach_the_question(served: Served) -> None:
    filters = {"publishers": ["Office"], "entities": ["Dahua"], "since": "2021", "as_of": "2022-04"}
    served.client.post("/api/ask", json={"question": "x", "filters": filters})
    scope = served.assistant.asked[0].scope
    assert (scope.publishers, scope.entities, scope.since, scope.as_of) == (("Office",), ("Dahua",), "2021", "2022-04")


@pytest.mark.parametrize(
    "body",
    [
        {}, {"question": ""}, {"question": "   "}, {"question": "x" * 2001}, {"question": 5}, {"question": None}, [],
        {"question": "x", "more": 1}, {"question": "x", "filters": {"since": "yesterday"}},
        {"question": "x", "filters": {"since": "2021-02-30"}}, {"question": "x", "filters": {"publishers": ["y"] * 21}},
        {"question": "x", "filters": {"unknown": 1}}, {"question": "x", "previous": ["y"] * 21},
        {"question": "x", "previous": [""]}, {"question": "x", "previous": "y"},
        {"question": "x", "filters": {"entities": [""]}},
    ],
)  # fmt: skip
def test_a_question_that_breaks_a_rule_is_a_problem_that_names_it(served: Served, body: Any) -> None:
    problem(served.client.post("/api/ask", json=body), 422)
    assert served.assistant.asked == []


def test_a_body_that_is_no_json_is_a_problem(served: Served) -> None:
    for content in (b"", b"{", b"\xff\xfe", b'{"question": "\\ud800"}', b"[" * 5000):
        answer = served.client.post("/api/ask", content=content, headers={"content-type": "application/json"})
        problem(answer, answer.status_code)
        assert answer.status_code in {400, 422}


def test_what_was_sent_is_not_sent_back_with_a_problem(served: Served) -> None:
    assert "secret" not in served.client.post("/api/ask", json={"question": {"secret": 1}}).text


def test_documents_are_listed_and_searched(served: Served) -> None:
    assert [one["title"] for one in served.client.get("/api/documents").json()] == ["A letter"]
    assert served.client.get("/api/documents", params={"search": "office letter"}).json()[0]["id"] == ID
    assert served.client.get("/api/documents", params={"search": "zzz"}).json() == []


def test_a_document_can_be_read_by_version(served: Served) -> None:
    assert served.client.get(f"/api/documents/{ID}").json()["published"] == "2022-02-14"
    assert served.client.get(f"/api/documents/{ID}", params={"version": 1}).status_code == 200
    problem(served.client.get(f"/api/documents/{ID}", params={"version": 2}), 404)
    problem(served.client.get("/api/documents/0000000000000000"), 404)
    problem(served.client.get("/api/documents/..%2f..%2fetc"), 404)
    problem(served.client.get("/api/documents/ABC"), 422)


def test_the_original_is_saved_and_never_shown(served: Served) -> None:
    served.ledger.originals[ID] = b"<script>1</script>"
    answer = served.client.get(f"/api/documents/{ID}/original")
    assert answer.content == b"<script>1</script>"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == f'attachment; filename="{ID}-v1.text"'


def test_files_go_in_with_what_is_known_of_them_and_give_receipts(served: Served) -> None:
    files = [("files", ("a.txt", b"Said one thing.")), ("files", ("empty.txt", b" "))]
    receipts = served.client.post("/api/documents", files=files, data={"publisher": "Office"}).json()
    assert [one["status"] for one in receipts] == ["ingested", "refused"]
    assert receipts[1]["remedy"]
    assert {one["publisher"] for one in served.client.get("/api/documents").json()} == {"Office"}


def test_the_name_of_a_file_is_no_path(served: Served) -> None:
    served.client.post("/api/documents", files=[("files", ("..\\..\\evil/../x.txt", b"Said."))])
    assert {one.name for one in served.ledger.documents()} == {"letter.txt", "x.txt"}


@pytest.mark.parametrize("address", ["/etc/passwd", "file:///etc/passwd", "javascript:1", "letters/*.txt", "~"])
def test_an_address_is_one_of_the_web_and_no_file_of_the_server(served: Served, address: str) -> None:
    receipt = served.client.post("/api/documents", json={"address": address}).json()[0]
    assert receipt["status"] == "refused" and receipt["reason"] == "This is no web address."
    assert len(served.ledger.held) == 1


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"", "text/plain"), (b"{}", "application/json"), (b"{", "application/json"), (b"x", "multipart/form-data"),
     (b"--x\r\n", "multipart/form-data; boundary=x"), (b'{"address": ""}', "application/json"),
     (b'--x\r\nContent-Disposition: form-data; name="files"\r\n\r\nx\r\n--x--\r\n', "multipart/form-data; boundary=x")],
)  # fmt: skip
def test_what_brings_no_source_is_a_problem(served: Served, content: bytes, kind: str) -> None:
    answer = served.client.post("/api/documents", content=content, headers={"content-type": kind})
    problem(answer, answer.status_code)
    assert answer.status_code in {400, 422}


def test_a_removed_document_is_asked_about_no_more(served: Served) -> None:
    assert served.client.delete(f"/api/documents/{ID}").json() == {"removed": ID}
    assert served.client.get("/api/documents").json() == []
    assert served.client.post("/api/ask", json={"question": "Example?"}).json()["outcome"] == "abstention"
    assert served.client.get(f"/api/documents/{ID}", params={"version": 1}).json()["live"] is False
    problem(served.client.delete(f"/api/documents/{ID}"), 404)


def test_the_library_and_its_health_are_told(served: Served) -> None:
    assert served.client.get("/api/health").json() == {"status": "ok", "documents": 1}
    before = served.client.get("/api/library").json()
    assert (before["documents"], before["passages"], before["publishers"]) == (1, 2, ["Office"])
    served.client.delete(f"/api/documents/{ID}")
    assert served.client.get("/api/library").json()["snapshot"] != before["snapshot"]


@pytest.mark.parametrize(
    ("kind", "status"),
    [(errors.LibraryBusy, 503), (errors.StorageFull, 507), (errors.LibraryMissing, 503), (errors.ModelMismatch, 503),
     (errors.ModelUnavailable, 503), (errors.IndexUnavailable, 503), (errors.SourceTooLarge, 413),
     (errors.RefusedAddress, 422), (errors.BadSettings, 422), (errors.DocumentMissing, 404),
     (errors.LibraryDamaged, 503), (errors.UnreadableSource, 422), (errors.BriefingError, 500)],
)  # fmt: skip
def test_each_failure_has_its_status_and_says_its_remedy(
    served: Served, kind: type[errors.BriefingError], status: int
) -> None:
    served.assistant.fails_with = kind("It failed.", remedy="Do this.")
    assert problem(served.client.post("/api/ask", json={"question": "x"}), status)["remedy"] == "Do this."


def test_a_part_that_is_not_installed_is_named_with_what_installs_it(served: Served) -> None:
    served.assistant.fails_with = errors.MissingExtra("psycopg", extra="postgres")
    assert "pip install" in problem(served.client.post("/api/ask", json={"question": "x"}), 501)["remedy"]


def test_what_is_not_done_at_an_address_is_a_problem(served: Served) -> None:
    problem(served.client.get("/api/ask"), 405)
    problem(served.client.put(f"/api/documents/{ID}", content=b"x"), 405)
    problem(served.client.get("/api/nowhere"), 404)


def test_a_fault_shows_nothing_of_its_insides(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    served.assistant.fails_with = RuntimeError("/secret/path")
    answer = served.client.post("/api/ask", json={"question": "x"})
    problem(answer, 500)
    assert "secret" not in answer.text and "/secret/path" in caplog.text


def test_the_description_names_every_operation_and_its_problems(served: Served) -> None:
    described = served.client.get("/api/openapi.json").json()
    operations = {f"{verb} {path}" for path, verbs in described["paths"].items() for verb in verbs}
    assert operations == {
        "post /api/ask", "get /api/health", "get /api/library", "get /api/documents", "post /api/documents",
        "get /api/documents/{document}", "delete /api/documents/{document}", "get /api/documents/{document}/text",
        "get /api/documents/{document}/original",
    }  # fmt: skip
    for path, verbs in described["paths"].items():
        for verb, operation in verbs.items():
            assert {"404", "405", "422", "500", "503"} <= operation["responses"].keys(), (verb, path)


def test_hostile_text_comes_back_as_json_and_nothing_else(served: Served) -> None:
    for name, payload in PAYLOADS.items():
        for made in (
            served.client.post("/api/documents", files=[("files", (f"{name}.txt", payload.encode()))]),
            served.client.post("/api/ask", json={"question": payload}),
            served.client.get("/api/documents", params={"search": payload[:200]}),
        ):
            assert made.headers["content-type"] in {"application/json", "application/problem+json"}
            assert made.status_code < 500


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=8,
)
ASKED = st.fixed_dictionaries(
    {"question": st.text(max_size=60)},
    optional={
        "previous": st.lists(st.text(max_size=30), max_size=3) | ANYTHING,
        "filters": st.fixed_dictionaries(
            {},
            optional={name: ANYTHING for name in ("publishers", "since", "until", "as_of", "entities")}
            | {"source_types": st.lists(st.text(max_size=10), max_size=3)},
        ),
    },
)
PATHS = st.sampled_from(["", f"/{ID}", f"/{ID}/text", f"/{ID}/original", "/0000000000000000", "/x", "/x/y/z"])
FUZZ = settings(
    max_examples=1000, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def documented(answer: Any) -> None:
    assert answer.status_code in {200, 400, 404, 405, 413, 422}, answer.text
    json.loads(answer.text) if "json" in answer.headers["content-type"] else None


@FUZZ
@given(body=ASKED | ANYTHING)
def test_no_body_makes_asking_fail_undocumented(served: Served, body: Any) -> None:
    documented(served.client.post("/api/ask", json=body))


@FUZZ
@given(path=PATHS, verb=st.sampled_from(["GET", "POST", "PUT"]), query=st.dictionaries(
    st.sampled_from(["version", "search", "source_type", "x"]), st.text(max_size=20) | st.integers(), max_size=3
))  # fmt: skip
def test_no_address_makes_reading_fail_undocumented(
    served: Served, path: str, verb: str, query: dict[str, Any]
) -> None:
    documented(served.client.request(verb, f"/api/documents{path}", params=query))


@FUZZ
@given(content=st.binary(max_size=200), name=st.text(max_size=30), kind=st.sampled_from(
    ["application/json", "multipart/form-data; boundary=b", "text/plain", "application/x-www-form-urlencoded", ""]
))  # fmt: skip
def test_no_upload_makes_adding_fail_undocumented(served: Served, content: bytes, name: str, kind: str) -> None:
    documented(served.client.post("/api/documents", content=content, headers={"content-type": kind}))
    documented(served.client.post("/api/documents", files=[("files", (name, content))]))


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The interface over a real library: ledger, full text, Chroma, gate."""
    with libraries.opened(tmp_path_factory.mktemp("real")) as library:
        libraries.put(library, Source("letter.txt", "letter.txt", LETTER.text.encode(), None))
        server = FastAPI()
        api_problems.install(server)
        own = Settings(library=library.settings.library)
        server.include_router(api.router(wiring.over(library, own), library_holdings.holdings(library)))
        with TestClient(server, raise_server_exceptions=False) as client:
            yield client


TRICKY = st.text(st.sampled_from("\"'*():^-+{}[]\\%_NEAR ORNOT\x00\ud800\u202e\u0130\ufb01\n\t?.,a1"), max_size=40)
WORDS = st.lists(
    st.sampled_from(
        ["Example", "confirm", "reply", "ask", "who", "when", "how many", "NOT", "AND", "title:", "*", '"', "1", "?"]
    ),
    max_size=12,
).map(" ".join)


@FUZZ
@given(
    question=TRICKY | WORDS | st.text(max_size=80),
    previous=st.lists(TRICKY | WORDS, max_size=2),
    entities=st.lists(TRICKY, max_size=2),
)
def test_no_question_breaks_the_search_of_a_real_library(
    real: TestClient, question: str, previous: list[str], entities: list[str]
) -> None:
    body = {"question": question, "previous": previous, "filters": {"entities": entities}}
    documented(real.post("/api/ask", content=json.dumps(body), headers={"content-type": "application/json"}))


@FUZZ
@given(search=TRICKY | WORDS, kind=TRICKY)
def test_no_search_breaks_the_list_of_a_real_library(real: TestClient, search: str, kind: str) -> None:
    sent = {"search": search, "source_type": kind}
    documented(
        real.get(
            "/api/documents", params={name: text.encode("utf-8", "replace").decode() for name, text in sent.items()}
        )
    )
