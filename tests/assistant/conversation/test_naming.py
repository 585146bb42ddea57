from __future__ import annotations

import pytest

from assistant.conversation.naming import mentions
from ingest.understanding.statement import Entity


@pytest.mark.parametrize("kept", ["Harbour Commissioner’s Office", "Harbour Commissioner's Office"])
@pytest.mark.parametrize("asked", ["Harbour Commissioner’s Office", "Harbour Commissioner's Office"])
def test_a_name_is_known_with_either_apostrophe(kept: str, asked: str) -> None:
    (found,) = mentions(f"What did the {asked} say?", [Entity(kept, "public_body", ("Harbour Watch",))])
    assert (found.text, found.name, found.article) == (asked, kept, "the")
