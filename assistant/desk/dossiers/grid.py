"""A grid of vendors against bodies: what each body last said on each vendor, as far as the library holds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from assistant.desk.dossiers import gathering
from assistant.desk.dossiers.dating import dated
from assistant.desk.dossiers.entries import Cell, Grid, Row
from assistant.desk.dossiers.positions import WEIGHT, Bodies
from assistant.desk.finding import Candidate
from assistant.domain import Scope, Searched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.desk.dossiers.gathering import Admitted, Found
    from assistant.desk.dossiers.making import Dossiers, Subject
    from assistant.desk.dossiers.naming import Names
    from ingest.ledger.records import DocumentRecord
    from ingest.understanding.statement import Attribution

    Cells = dict[tuple[str, str], list[Admitted]]
    """What is held by vendor and body."""

VENDORS, BODIES = 12, 8
"""Rows and columns of a grid; more do not fit a page."""

CANDIDATES = 40
"""Vendors that are looked at, those of most documents first."""

AT_ONCE = 2
"""Statements of one cell: those of its last day, the weightiest first."""

EVERYTHING = Scope()


@dataclass(frozen=True)
class _Said:
    """A statement on a vendor, in a document of the library."""

    vendor: str
    found: Found


class _Read(NamedTuple):
    """A document, whether it is the thing itself, what it says of vendors, and whom it gives a role."""

    record: DocumentRecord
    primary: bool
    said: list[_Said]
    officers: list[Attribution]


def make(dossiers: Dossiers, only: Sequence[str] = (), scope: Scope = EVERYTHING) -> Grid:
    """The vendors that bodies say most of, against the bodies that say most; `only` some vendors, whatever is said.

    Raises:
        NobodyNamed, NameShared: a name of `only` is nobody's, or several vendors'.
    """
    ledger = dossiers.ledger
    with ledger.one_state():
        vendors = [dossiers.subject(one) for one in only] or dossiers.vendors(CANDIDATES)
        wanted = [one.name for one in vendors] if only else []
        on: dict[str, list[Subject]] = {}
        records: dict[str, DocumentRecord] = {}
        for vendor in vendors:
            for record in gathering.documents_on(ledger, vendor.name, sorted(vendor.names.forms), scope):
                records[record.id] = record
                on.setdefault(record.id, []).append(vendor)
        entities = dossiers.entities()
        read = [_read(dossiers, record, on[record.id]) for record in records.values()]
        said = [one for each in read for one in each.said]
        admitted, _ = gathering.admitted(dossiers.gate, [one.found for one in said])
        bodies = Bodies.of(entities, ledger.documents()).learned(
            (one.record, one.primary, one.officers) for one in read
        )
        of = _by_vendor(said)
        cells = _cells(admitted, bodies, of)
        documents, passages = ledger.counts(scope)
        return _laid_out(cells, wanted, scope, Searched(documents=documents, passages=passages), dossiers.snapshot())


def _read(dossiers: Dossiers, record: DocumentRecord, vendors: Sequence[Subject]) -> _Read:
    known = dossiers.ledger.understanding(record.id, record.version)
    here = [
        (one.name, one.names.within(known.entities)) for one in vendors if not one.names.are(record.metadata.publisher)
    ]
    said: list[_Said] = []
    officers: list[Attribution] = []
    for passage in dossiers.ledger.passages_of(record.id, record.version):
        for at, told in enumerate(passage.statements):
            candidate = Candidate(passage, at, told)
            if told.attribution is not None and told.attribution.role:
                officers.append(told.attribution)
            if not (told.attribution or known.primary) or len(candidate.text.split()) < gathering.FEWEST:
                continue
            found = gathering.Found(candidate, False, False, "statement", dated(candidate))
            said += [_Said(name, found) for name, names in here if _on(candidate, names)]
    return _Read(record, known.primary, said, officers)


def _on(candidate: Candidate, names: Names) -> bool:
    told = candidate.told.attribution if candidate.told else None
    return names.named(candidate.text) and not names.speak(told)


def _by_vendor(said: Sequence[_Said]) -> dict[tuple[str, int, int], list[str]]:
    found: dict[tuple[str, int, int], list[str]] = {}
    for one in said:
        found.setdefault(one.found.candidate.key, []).append(one.vendor)
    return found


def _cells(admitted: Sequence[Admitted], bodies: Bodies, of: dict[tuple[str, int, int], list[str]]) -> Cells:
    found: Cells = {}
    for one in admitted:
        told = one.found.candidate.told
        body = bodies.behind(told.attribution if told else None, one.claim)
        if body is None:
            continue
        for vendor in dict.fromkeys(of[one.found.candidate.key]):
            if vendor != body:
                found.setdefault((vendor, body), []).append(one)
    return found


def _laid_out(cells: Cells, wanted: Sequence[str], scope: Scope, searched: Searched, library: str) -> Grid:
    vendors = list(dict.fromkeys(wanted)) or _most(cells, 0)
    bodies = _most({pair: held for pair, held in cells.items() if pair[0] in vendors}, 1)
    shown, columns = vendors[:VENDORS], bodies[:BODIES]
    rows = tuple(
        Row(vendor=one, cells=tuple(_cell(body, cells.get((one, body), ())) for body in columns)) for one in shown
    )
    left_out = (*vendors[VENDORS:], *bodies[BODIES:])
    return Grid(bodies=tuple(columns), rows=rows, left_out=left_out, scope=scope, searched=searched, library=library)


def _most(cells: Cells, part: int) -> list[str]:
    """Names by how much is said, then by name."""
    totals: dict[str, int] = {}
    for pair, held in cells.items():
        totals[pair[part]] = totals.get(pair[part], 0) + len(held)
    return sorted(totals, key=lambda one: (-totals[one], one))


def _cell(body: str, held: Sequence[Admitted]) -> Cell:
    """What was said last, the weightiest first; what no date is known of is older than what has one."""
    if not held:
        return Cell(body=body)
    weighing = [one for one in held if one.claim.standing not in (None, "statement_of_fact")] or list(held)
    last = max((one.found.dated.date or "" for one in weighing), key=lambda one: one.rpartition("/")[2])
    newest = [one for one in weighing if (one.found.dated.date or "") == last]
    newest.sort(key=lambda one: (_weight(one), one.found.order))
    shown = newest[:AT_ONCE]
    return Cell(body=body, date=last or None, claims=tuple(one.claim for one in shown), earlier=len(held) - len(shown))


def _weight(one: Admitted) -> int:
    return WEIGHT.index(one.claim.standing) if one.claim.standing else len(WEIGHT)
