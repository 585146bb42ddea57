"""A dossier, from a name to its parts. Read this file of the package first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from assistant.conversation.naming import by_shape
from assistant.desk.dossiers import gathering
from assistant.desk.dossiers.disagreements import contrary
from assistant.desk.dossiers.entries import Corrected, Dossier, Entry, Moment
from assistant.desk.dossiers.gaps import documents, gaps
from assistant.desk.dossiers.naming import Names, said_to_be_named
from assistant.desk.dossiers.positions import Bodies, positions
from assistant.desk.dossiers.replies import exchanges
from assistant.domain import Scope, Searched
from ingest.errors import BadSettings, DocumentMissing
from ingest.ledger.entity_index import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from assistant.desk.dossiers.entries import Contrary, Positions
    from assistant.desk.dossiers.gathering import Admitted, Read
    from assistant.desk.weighing import Admits
    from assistant.domain import Citation
    from ingest.ledger.entity_index import Bearer, NameAsked
    from ingest.understanding.statement import Entity

EVERYTHING = Scope()
_VENDORS = 60
"""Vendors that a body's own words are looked through for, those of most documents first."""


class NobodyNamed(DocumentMissing):
    """No document names anybody so, inside the filters."""


class NameShared(BadSettings):
    """Several bear the name; `names` are theirs."""

    def __init__(self, message: str, *, remedy: str, names: tuple[str, ...] = ()) -> None:
        super().__init__(message, remedy=remedy)
        self.names = names


class Reads(gathering.Reads, Protocol):
    """What is asked of the ledger."""

    def named(self, name: str) -> NameAsked:
        """Whom the library names so."""
        ...

    def bearer(self, name: str) -> Bearer | None:
        """The one whom it names so, with every name of theirs."""
        ...

    def counts(self, scope: Scope = ...) -> tuple[int, int]:
        """Live documents and passages."""
        ...

    def one_state(self) -> AbstractContextManager[None]:
        """One committed state of the ledger for the whole of a block."""
        ...


class Subject(NamedTuple):
    """Whoever a dossier is on."""

    name: str
    kind: str
    aliases: tuple[str, ...]
    names: Names


@dataclass(frozen=True)
class Dossiers:
    """Makes dossiers of one library. `entities` gives everybody whom it names, `snapshot` its digest. Safe in threads."""

    ledger: Reads
    gate: Admits
    entities: Callable[[], Sequence[Entity]]
    snapshot: Callable[[], str]

    def make(self, wanted: str, scope: Scope = EVERYTHING) -> Dossier:
        """Everything held on whoever is named `wanted`, inside `scope`.

        Raises:
            NobodyNamed: no document inside the scope does.
            NameShared: the name is several people's or bodies'.
        """
        with self.ledger.one_state():
            subject = self.subject(wanted)
            records = gathering.documents_on(self.ledger, subject.name, sorted(subject.names.forms), scope)
            if not records:
                raise NobodyNamed(
                    f"No document inside the filters names {subject.name}.", remedy="Widen the filters or clear them."
                )
            named = {one.id for one in self.ledger.documents(scope=Scope(entities=(subject.name,)))}
            reads = [gathering.read(self.ledger, one, subject.names) for one in records]
            reads = [one for one in reads if one.found or one.record.id in named]
            told, left_out = gathering.chosen([one for read in reads for one in read.found])
            admitted, withheld = gathering.admitted(self.gate, told)
            entries = tuple(map(_entry, range(1, len(admitted) + 1), admitted))
            documents_there, passages_there = self.ledger.counts(replace(scope, entities=()))
            against = contrary(subject.name, admitted)
            return Dossier(
                entity=subject.name,
                kind=subject.kind,
                names=subject.aliases,
                scope=scope,
                entries=entries,
                exchanges=exchanges(entries, subject.names),
                positions=self._positions(subject, admitted, entries, reads, against),
                timeline=_timeline(entries),
                undated=tuple(one.number for one in entries if one.date is None),
                disagreements=against,
                corrections=self._corrections(reads, entries, subject.names),
                documents=documents(reads, entries),
                gaps=gaps(subject.name, reads, admitted, entries, left_out),
                withheld=tuple(withheld),
                searched=Searched(documents=documents_there, passages=passages_there),
                library=self.snapshot(),
            )

    def known_names(self, most: int = 300) -> tuple[str, ...]:
        """Vendors and bodies that a dossier can be made of, those of most documents first."""
        kinds = ("vendor", "public_body", "organisation")
        return tuple(dict.fromkeys(one.name for one in self.entities() if one.kind in kinds))[:most]

    def subject(self, wanted: str) -> Subject:
        """Whoever is meant by a name.

        Raises:
            NobodyNamed: nobody. NameShared: several.
        """
        asked, bearer = self.ledger.named(wanted), self.ledger.bearer(wanted)
        if asked.found == "several":
            several = ", ".join(asked.names)
            raise NameShared(
                f"`{wanted}` may be any of: {several}.", remedy="Name one of them in full.", names=asked.names
            )
        if bearer is None:
            near = f"Near it are: {', '.join(asked.names)}." if asked.names else "See `briefing dossier --grid`."
            raise NobodyNamed(f"No document of the library names `{wanted}`.", remedy=near)
        return self._known_as(bearer)

    def vendors(self, most: int) -> list[Subject]:
        """The vendors that most documents name, by how many do."""
        found: dict[str, Subject] = {}
        for one in self.entities():
            if one.kind == "vendor" or (one.kind == "person" and _shape(one.name) == "vendor"):
                bearer = self.ledger.bearer(one.name)
                if bearer is not None and fold(one.name) not in found and not said_to_be_named(one.name):
                    found[fold(one.name)] = self._known_as(bearer)
            if len(found) >= most:
                break
        return list(found.values())

    def _known_as(self, bearer: Bearer) -> Subject:
        """Somebody by the name that most documents use, with what bears it and every name that is theirs."""
        held = [one for one in self.entities() if fold(one.name) == fold(bearer.name)]  # most named first
        name, kinds = (held[0].name, [one.kind for one in held]) if held else (bearer.name, [])
        kind: str = next((one for one in kinds if one != "person"), kinds[0] if kinds else bearer.kind)
        stored = dict.fromkeys(alias for one in held for alias in (one.name, *one.aliases))
        forms = frozenset(bearer.forms)
        shape = _shape(name)
        if kind == "person" and shape in ("vendor", "public_body"):
            # A company that was taken for a person has no surname.
            kind, forms = shape, frozenset(map(fold, (name, *stored)))
        aliases = tuple(one for one in stored if fold(one) != fold(name))
        return Subject(name, kind, aliases, Names(forms, office=kind == "public_body", vendor=kind == "vendor"))

    def _positions(
        self,
        subject: Subject,
        admitted: Sequence[Admitted],
        entries: Sequence[Entry],
        reads: Sequence[Read],
        against: Sequence[Contrary],
    ) -> tuple[Positions, ...]:
        """Of each body on the subject; where the subject is a body itself, its own on each vendor as well."""
        entities = self.entities()
        told = [one.found.candidate.told for one in admitted]
        attributions = [one.attribution if one is not None else None for one in told]
        bodies = Bodies.of(entities, self.ledger.documents()).learned(
            (one.record, one.known.primary, one.officers) for one in reads
        )
        vendors = self.vendors(_VENDORS) if subject.kind == "public_body" else []

        def key(one: Entry) -> list[tuple[str, str]]:
            if one.relation == "of":
                body = bodies.behind(attributions[one.number - 1], one.claim)
                return [(body, subject.name)] if body is not None and not subject.names.are(body) else []
            if subject.kind != "public_body":
                return []
            return [(subject.name, vendor.name) for vendor in vendors if vendor.names.named(one.claim.text)]

        return positions(entries, key, against)

    def _corrections(self, reads: Sequence[Read], entries: Sequence[Entry], names: Names) -> tuple[Corrected, ...]:
        """What corrects an entry, and every notice that a document of the dossier bears on itself."""
        found: dict[tuple[str, int, int], tuple[Citation, list[int]]] = {}
        for one in entries:
            by = one.claim.corrected_by
            if by is not None:
                found.setdefault((by.document, by.version, by.start), (by, []))[1].append(one.number)
        for read in reads:
            note = self._note(read, names)
            if note is not None and not any(_overlap(note, held) for held, _ in found.values()):
                found[note.document, note.version, note.start] = (note, [])
        return tuple(Corrected(citation=cited, entries=tuple(numbers)) for cited, numbers in found.values())

    def _note(self, read: Read, names: Names) -> Citation | None:
        """Where a document says that it, or another one, was corrected in what bears on the subject, or as a whole."""
        correction = read.known.correction
        if correction is None or not (correction.whole or names.named(correction.notice)):
            return None
        opening = correction.notice.strip()
        for passage in self.ledger.passages_of(read.record.id, read.record.version):
            for span in passage.sentences:
                text = passage.text[span.start - passage.start : span.end - passage.start]
                if text in opening:
                    place = passage.text.find(opening)
                    end = passage.start + place + len(opening) if place >= 0 else span.end
                    return self.gate.cite(passage, span.start, end)
        return None


def _shape(name: str) -> str | None:
    """What a name is by its words: "Cameras" and "Ltd" make a vendor, "Committee" a body."""
    return next(filter(None, (by_shape(word) for word in (name, *name.lower().split()))), None)


def _overlap(one: Citation, other: Citation) -> bool:
    same = (one.document, one.version) == (other.document, other.version)
    return same and one.start < other.end and other.start < one.end


def _entry(number: int, admitted: Admitted) -> Entry:
    found = admitted.found
    return Entry(
        number=number,
        claim=admitted.claim,
        relation="by" if found.by else "of",
        addressed=found.addressed,
        named_in=found.named_in,
        date=found.dated.date,
        dated_by=found.dated.by,
        before=admitted.before,
    )


def _timeline(entries: Sequence[Entry]) -> tuple[Moment, ...]:
    """The dated entries by date; a month stands before its days, a year before its months."""
    by_date: dict[str, list[int]] = {}
    for one in entries:
        if one.date is not None:
            by_date.setdefault(one.date, []).append(one.number)
    return tuple(Moment(date=date, entries=tuple(by_date[date])) for date in sorted(by_date))
