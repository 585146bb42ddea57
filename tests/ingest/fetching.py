"""A page served on this computer, a fetcher that may have it, and names that lead where a test says."""

from __future__ import annotations

import socket
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ingest.fetch import Fetcher, FetchRules
from tests.ingest.web_server import Site, answer, serving

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2024, 3, 1, 12, 0, tzinfo=UTC)
PAGE = b"<html><head><title>Letter</title></head><body><p>The commissioner wrote to Dahua.</p></body></html>"

connections: list[object] = []
sys.addaudithook(lambda event, given: connections.append(given) if event == "socket.connect" else None)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving({"/page": answer(PAGE)}) as made:
        yield made


def fetcher(*, seconds: float = 10.0, most: int = 1_000_000, hosts: tuple[str, ...] = (), **more: object) -> Fetcher:
    rules = FetchRules(seconds=seconds, bytes=most, hosts=hosts, private_hosts=("127.0.0.1",))
    return Fetcher(rules, clock=lambda: NOON, **more)  # type: ignore[arg-type]


class Names:
    """A resolver that knows some names, and counts how often it was asked."""

    def __init__(self, **known: Sequence[str]) -> None:
        self.known = {name.replace("_", "."): list(found) for name, found in known.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        if host not in self.known:
            raise socket.gaierror(host)
        return self.known[host]
