"""The two documents that the page is tested on, and the server that shows them."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.documents import Metadata
from tests.assistant.web.scripted import MemoryLedger, ScriptedAssistant, stored

QUOTE = "I ask Northgate Cameras to confirm whether it supplied the harbour."
LETTER = stored(
    "# Questions\n\nI write about the harbour cameras.\n\n" + QUOTE + "\n\n- whether it knows of the contract",
    metadata=Metadata(
        title="Letter to Northgate Cameras",
        publisher="Office of the Commissioner",
        published="2022-02-14",
        source_type="regulator_letter",
        address="https://example.org/letter",
    ),
)
NEWS = stored(
    "Northgate Cameras denies that it supplied the harbour.",
    name="news.html",
    metadata=Metadata(title="Northgate denies it", publisher="Harbour News"),
)


@dataclass
class Site:
    """A running server and what stands behind it."""

    address: str
    ledger: MemoryLedger
    assistant: ScriptedAssistant
