"""What the page fetches by itself: sources, pictures of pages, receipts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import api_problems
from assistant.web import fragments
from ingest.documents import Box, PlacedBlock
from ingest.errors import UnreadableSource
from tests.assistant.web.scripted import MemoryLedger, holdings, stored

TEXT = "The contract ended in March."
LETTER = stored(TEXT)
LINE = Box(2, 72, 600, 262, 614)
BLOCK = PlacedBlock("paragraph", 0, len(TEXT), page=2, boxes=(LINE,), char_boxes=((0, len(TEXT)),))
SCAN = stored(TEXT, name="scan.pdf")
PDF = replace(SCAN, blocks=(BLOCK,), document=replace(SCAN.document, format="pdf", pages=3))


@dataclass
class Camera:
    """Draws nothing and remembers what it was to draw."""

    drawn: list[tuple[int, Sequence[Box]]] = field(default_factory=list)
    fails: bool = False

    def __call__(self, content: bytes, page: int, boxes: Sequence[Box]) -> bytes:
        if self.fails:
            raise UnreadableSource("The page is damaged.", remedy="Read the text.")
        self.drawn.append((page, boxes))
        return b"\x89PNG"


@pytest.fixture
def camera() -> Camera:
    return Camera()


@pytest.fixture
def client(camera: Camera) -> Iterator[TestClient]:
    server = FastAPI()
    api_problems.install(server)
    server.include_router(fragments.router(holdings(MemoryLedger(LETTER, PDF)), camera))
    with TestClient(server, raise_server_exceptions=False) as made:
        yield made


def source(shown: object, query: str = "") -> str:
    return f"/fragments/source/{shown.document.id}/1{query}"  # type: ignore[attr-defined]


def test_a_quote_in_a_pdf_leads_to_the_picture_of_its_page_and_the_place_on_it(client: TestClient) -> None:
    panel = client.get(source(PDF, "?start=4&end=18")).text
    assert f"/page-image/{PDF.document.id}/1/2&#46;png&#63;start&#61;4&#38;end&#61;18" in panel
    assert 'data-top="960"' in panel and "Page 2, with the quote outlined" in panel
    assert "<dt>Page</dt><dd>2 of 3</dd>" in panel


def test_a_source_without_pages_or_without_a_quote_has_no_picture(client: TestClient) -> None:
    for address in (source(LETTER, "?start=4&end=18"), source(PDF), source(PDF, "?start=9&end=9")):
        assert "page-picture" not in client.get(address).text


def test_the_picture_is_drawn_with_the_boxes_of_the_quote(client: TestClient, camera: Camera) -> None:
    answer = client.get(f"/page-image/{PDF.document.id}/1/2.png?start=0&end={len(TEXT)}")
    assert answer.headers["content-type"] == "image/png"
    assert camera.drawn == [(2, [LINE])]


def test_a_page_that_is_not_there_or_cannot_be_drawn_is_a_problem(client: TestClient, camera: Camera) -> None:
    for shown, page in ((PDF, 4), (LETTER, 1)):
        assert client.get(f"/page-image/{shown.document.id}/1/{page}.png").status_code == 404
    camera.fails = True
    answer = client.get(f"/page-image/{PDF.document.id}/1/2.png")
    assert answer.status_code == 422 and answer.json()["remedy"] == "Read the text."


@settings(
    max_examples=500, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    shown=st.sampled_from([LETTER, PDF]),
    query=st.dictionaries(
        st.sampled_from(["start", "end", "whole"]),
        st.integers(-5, 60) | st.integers() | st.text(max_size=10) | st.booleans(),
    ),
    picture=st.booleans(),
    page=st.integers(-2, 5)
    | st.text(st.characters(min_codepoint=32, max_codepoint=126, exclude_characters="?#/\\"), max_size=5),
)
def test_no_place_makes_a_source_or_a_picture_fail_undocumented(
    client: TestClient, shown: object, query: dict[str, object], picture: bool, page: object
) -> None:
    named = f"/page-image/{shown.document.id}/1/{page}.png"  # type: ignore[attr-defined]
    answer = client.get(named if picture else source(shown), params=query)  # type: ignore[arg-type]
    assert answer.status_code in {200, 404, 422}, answer.text
