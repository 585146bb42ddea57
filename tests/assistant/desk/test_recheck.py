"""Is a paper still true? Its sources change under it, one by one."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document

from assistant import wiring
from assistant.answering import Assistant
from assistant.desk.exports import export
from assistant.desk.exports.lines import of_draft
from assistant.desk.lines.making import Wanted
from assistant.desk.recheck.carried import NAMESPACE, read
from assistant.desk.recheck.rulings import Rechecked
from assistant.desk.recheck.showing import of_recheck
from assistant.settings import Settings
from ingest.documents import Source
from ingest.errors import UnreadableSource
from ingest.maintenance import remove
from ingest.pipeline import ingest

NOW = datetime(2024, 5, 6, 7, 8, tzinfo=UTC)
ORDER = """---
title: Order on the ferry cameras
publisher: Harbour Office
published: 2022-02-14
---

The Harbour Office fined Wexley Ferries £40,000 over its cameras. The Harbour Office ordered Wexley Ferries to delete {kept} \
recordings.
"""
REPLY = """---
title: Wexley Ferries answers
publisher: Felmouth Herald
published: 2022-03-02
---

Wexley Ferries denied that its cameras record passengers.
"""
LATER = """---
title: The fine on Wexley Ferries
publisher: Harbour Tribunal
published: 2023-01-01
---

The Harbour Office fined Wexley Ferries £25,000 over its cameras.
"""


def _source(name: str, text: str) -> Source:
    return Source(f"ferries/{name}", name, text.encode(), "text/markdown")


@pytest.fixture
def ferries(tmp_path: Path, model_cache: Path) -> Iterator[Assistant]:
    assistant = wiring.build(Settings(library=tmp_path / "library", cache=model_cache), create=True)
    with assistant.library as library:
        given = [_source("order.md", ORDER.format(kept="4,200")), _source("reply.md", REPLY)]
        assert all(one.status == "ingested" for one in ingest(library, given))
        yield assistant


def drafted(assistant: Assistant, form: str) -> bytes:
    draft = wiring.drafter(assistant).draft(Wanted("Wexley Ferries cameras", "note"))
    assert len(draft.claims) == 3
    return export(of_draft(draft, NOW), form)


def rechecked(assistant: Assistant, content: bytes) -> Rechecked:
    return wiring.rechecker(assistant).recheck(read("brief", content), "brief")


def statuses(told: Rechecked) -> dict[str, str]:
    return {one.text.split()[3].strip("£,."): one.status for one in told.claims if one.status != "unchanged"}


@pytest.mark.parametrize("form", ["json", "docx"])
def test_nothing_has_changed_in_a_library_that_has_not(ferries: Assistant, form: str) -> None:
    told = rechecked(ferries, drafted(ferries, form))
    assert told.counts == {"unchanged": 3}
    assert told.all_still_true


@pytest.mark.parametrize("form", ["json", "docx"])
def test_a_changed_source_is_told_of_exactly_the_claims_that_it_changed(ferries: Assistant, form: str) -> None:
    before = drafted(ferries, form)
    list(ingest(ferries.library, [_source("order.md", ORDER.format(kept="3,900"))]))
    told = rechecked(ferries, before)
    changed = [one for one in told.claims if one.status != "unchanged"]
    assert [one.status for one in changed] == ["newer_version"]
    assert "4,200" in changed[0].text
    assert ("draft", "4,200") in changed[0].difference
    assert ("source", "3,900") in changed[0].difference
    assert changed[0].now is not None
    assert changed[0].now.version == 2


def test_a_removed_source_is_told_of_its_claims_alone(ferries: Assistant) -> None:
    before = drafted(ferries, "json")
    reply = next(one for one in ferries.library.ledger.documents() if one.name == "reply.md")
    remove(ferries.library, [reply.id])
    told = rechecked(ferries, before)
    assert told.counts == {"unchanged": 2, "retracted": 1}


def test_a_newer_document_that_says_otherwise_is_named(ferries: Assistant) -> None:
    before = drafted(ferries, "docx")
    list(ingest(ferries.library, [_source("later.md", LATER)]))
    told = rechecked(ferries, before)
    changed = [one for one in told.claims if one.status != "unchanged"]
    assert [one.status for one in changed] == ["contradicted"]
    assert changed[0].now is not None
    assert changed[0].now.publisher == "Harbour Tribunal"


def test_another_library_does_not_hold_the_sources(ferries: Assistant, harbour: Assistant) -> None:
    told = rechecked(harbour, drafted(ferries, "json"))
    assert told.counts == {"not_in_library": 3}


def test_a_line_that_was_taken_out_of_a_word_file_is_left_out(ferries: Assistant) -> None:
    document = Document(io.BytesIO(drafted(ferries, "docx")))
    gone = next(one for one in document.paragraphs if "4,200" in one.text)
    gone._p.getparent().remove(gone._p)
    held = io.BytesIO()
    document.save(held)
    told = rechecked(ferries, held.getvalue())
    assert len(told.claims) == 2
    assert "4,200" in told.left_out[0]


def test_a_word_file_carries_its_claims_in_a_part_of_their_own(ferries: Assistant) -> None:
    with zipfile.ZipFile(io.BytesIO(drafted(ferries, "docx"))) as packed:
        parts = [packed.read(name) for name in packed.namelist() if name.startswith("customXml/item")]
        links = packed.read("word/_rels/document.xml.rels").decode()
    assert any(NAMESPACE.encode() in part for part in parts)
    assert "relationships/customXml" in links


def test_what_was_withheld_is_not_carried(ferries: Assistant) -> None:
    data = json.loads(drafted(ferries, "json"))
    data["withheld"] = [data["sections"][0]["lines"][0]["claim"] | {"text": "Withheld before."}]
    told = read("x.json", json.dumps(data).encode())
    assert not any("Withheld before" in one.text for one in told.found)


@pytest.mark.parametrize("content", [b"", b"no json", b"[]", b"{}", b"PK\x03\x04broken", b"[" * 100_000])
def test_a_file_without_claims_is_refused_with_a_remedy(content: bytes) -> None:
    with pytest.raises(UnreadableSource) as refused:
        read("x", content)
    assert refused.value.remedy


@pytest.mark.parametrize("form", ["docx", "pdf", "md", "html", "json", "csv"])
def test_a_recheck_is_exported_in_every_format(ferries: Assistant, form: str) -> None:
    assert export(of_recheck(rechecked(ferries, drafted(ferries, "json")), NOW), form)
