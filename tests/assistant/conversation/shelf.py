"""An invented library's names and documents, as questions are read by them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation import RuleResolver
from assistant.conversation.resolving import Resolved
from assistant.domain import Earlier, Question, Scope
from ingest.documents import Metadata
from ingest.ledger.records import DocumentRecord
from ingest.understanding.statement import Entity
from tests.assistant.web.scripted import stored

ENTITIES = (
    Entity("Harbour Standards Office", "public_body", ("HSO",)),
    Entity("Coastal Privacy Authority", "public_body", ("CPA",)),
    Entity("Northgate Cameras", "vendor", ("Northgate",)),
    Entity("Lumen Grid", "vendor", ()),
    Entity("Ports Committee", "public_body", ()),
    Entity("Harbour Commissioner", "public_body", ()),
    Entity("Mara Quill", "person", ("Quill",)),
    Entity("Owen Tarn", "person", ("Tarn",)),
    Entity("Felmouth", "place", ()),
    Entity("Westerby", "place", ()),
)


def _document(name: str, **metadata: str) -> DocumentRecord:
    made = stored(f"Text of {name}.", name=name, metadata=Metadata(**metadata)).document
    return replace(made, id=hashlib.sha256(name.encode()).hexdigest()[:16])


REPORT = _document(
    "report.pdf",
    title="Cameras at sea",
    publisher="Ports Committee",
    published="2021-06-01",
    source_type="committee_report",
)
LETTER = _document(
    "letter.pdf",
    title="Letter to Northgate",
    publisher="Harbour Standards Office",
    published="2022-03-04",
    source_type="letter",
)


class Shelf:
    """Fixed names and documents."""

    def __init__(self, entities: Sequence[Entity] = ENTITIES) -> None:
        self._entities = entities

    def entities(self) -> Sequence[Entity]:
        return self._entities

    def documents(self) -> Sequence[DocumentRecord]:
        return (REPORT, LETTER)


def follow(base: str, text: str, *, names: tuple[str, ...] = (), time: str | None = None, **scope: str) -> Resolved:
    """`text` asked after `base`, whose answer was about `names`; `scope` are filters that the conversation has set."""
    before = Earlier(question=base, standalone=base, names=names, time=time, scope=Scope(**scope))  # type: ignore[arg-type]
    return RuleResolver(Shelf()).resolve(Question(text=text, earlier=(before,)))
