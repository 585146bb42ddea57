"""A served page over documents held in memory, and browsers that watch it; each test module has its own of both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ingest.sandbox import Parser
from tests.assistant.web.scripted import MemoryLedger, ScriptedAssistant, as_a_request, holdings
from tests.assistant.web.served import served
from tests.end_to_end.browser import Watched, chromium, watched
from tests.end_to_end.site import LETTER, NEWS, Site


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    ledger = MemoryLedger()
    assistant = ScriptedAssistant(ledger)
    with (
        Parser() as parser,
        served(assistant, holdings(ledger), parser.render, lambda: ["What was Northgate asked?"]) as address,
    ):
        yield Site(address, ledger, assistant)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture(autouse=True)
def _library(request: pytest.FixtureRequest) -> None:
    if "site" in request.fixturenames:
        site: Site = request.getfixturevalue("site")
        site.ledger.held = [LETTER, NEWS]
        site.assistant.withheld = ()
        site.assistant.pause = 0.0
        site.assistant.told = as_a_request


@pytest.fixture
def seen(browser: Any, site: Site) -> Iterator[Watched]:
    with watched(browser, site.address, permissions=["clipboard-read", "clipboard-write"]) as page:
        yield page
    assert page.complaints == []
    assert page.outside == []


@pytest.fixture
def phone(browser: Any, site: Site) -> Iterator[Watched]:
    with watched(browser, site.address, viewport={"width": 390, "height": 844}, has_touch=True) as page:
        yield page
    assert page.complaints == []
    assert page.outside == []
