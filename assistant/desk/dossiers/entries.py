"""The words of a dossier as types; their JSON is what the command line, the HTTP interface and exports share.

An entry is told once, under `entries`; every other part names entries by their `number`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.domain import Citation, Frozen, Scope, Searched, Standing, Supported, Withheld

DatedBy = Literal["statement", "spoken_of", "published"]
"""What dates an entry: the statement says when it was made, the one time that it speaks of, or the day of publication."""

NamedIn = Literal["statement", "speaker", "before", "title", "publisher"]
"""Where the subject is named: the sentence, its speaker or addressee, the sentence before it ("The company said"), the
title of its document, or the publisher."""

ReplyStatus = Literal["reply_held", "said_not_to_have_replied", "no_reply_held"]

GapKind = Literal[
    "undated_document",
    "unknown_publisher",
    "relative_date",
    "no_words_of_its_own",
    "no_first_hand_account",
    "allegation_by_nobody_named",
    "one_publisher",
    "nothing_since",
    "name_shared",
    "left_out",
]


class Entry(Frozen):
    """One claim on the subject. `relation` is "by" for its own words, else "of". `addressed` tells that it is put to it.

    `before` is the sentence before one that takes it up ("This ..."). `date` is ISO 8601 at the precision that is known, two dates with a slash for a stretch; None when nothing dates it.
    """

    number: int
    claim: Supported
    relation: Literal["by", "of"]
    addressed: bool = False
    named_in: NamedIn = "statement"
    date: str | None = None
    dated_by: DatedBy | None = None
    before: Citation | None = None


class Exchange(Frozen):
    """An allegation or a request, and what the library holds of a reply.

    `no_reply_held` says that the library holds none, never that there was none. `replies` and `told` (that it declined
    or had not answered, as a source has it) are entries, by date; `general` are plain denials of all wrongdoing, later and
    elsewhere, which may or may not mean this. `undated` tells that an order in time is not certain.
    """

    entry: int
    status: ReplyStatus
    replies: tuple[int, ...] = ()
    told: tuple[int, ...] = ()
    general: tuple[int, ...] = ()
    undated: bool = False


class Step(Frozen):
    """What one body said at one time in one document. `standing` is the weightiest of its entries.

    `change` says in words what differs from the step before; None where nothing does that can be read from the ledger.
    """

    date: str | None
    standing: Standing | None
    entries: tuple[int, ...]
    change: str | None = None


class Positions(Frozen):
    """The positions of one body on the subject, or of the subject on one vendor, oldest first, undated last."""

    body: str
    on: str
    steps: tuple[Step, ...]


class Contrary(Frozen):
    """Two entries that do not agree; `kind` is as in `assistant.disagreeing`."""

    kind: Literal["figures", "names", "denial"]
    one: int
    other: int
    here: str = ""
    there: str = ""


class Corrected(Frozen):
    """A correction in the words of its document, and the entries that it bears on, possibly none."""

    citation: Citation
    entries: tuple[int, ...] = ()


class Moment(Frozen):
    """One date of the timeline with its entries."""

    date: str
    entries: tuple[int, ...]


class Held(Frozen):
    """A document that the dossier rests on; `primary` for the thing itself, `entries` how many are from it."""

    document: str
    version: int
    title: str | None
    publisher: str | None
    published: str | None
    source_type: str | None
    source: str
    primary: bool
    entries: int


class Gap(Frozen):
    """Something that the library does not hold or does not say. `documents` are the ids that it is about."""

    kind: GapKind
    detail: str
    documents: tuple[str, ...] = ()


class Dossier(Frozen):
    """Everything held on `entity`. `names` are the other names it is known by here. `undated` are the entries without a date."""

    entity: str
    kind: str
    names: tuple[str, ...]
    scope: Scope
    entries: tuple[Entry, ...]
    exchanges: tuple[Exchange, ...]
    positions: tuple[Positions, ...]
    timeline: tuple[Moment, ...]
    undated: tuple[int, ...]
    disagreements: tuple[Contrary, ...]
    corrections: tuple[Corrected, ...]
    documents: tuple[Held, ...]
    gaps: tuple[Gap, ...]
    withheld: tuple[Withheld, ...]
    searched: Searched
    library: str

    def entry(self, number: int) -> Entry:
        """The entry of that number; they count from 1."""
        return self.entries[number - 1]


class Cell(Frozen):
    """What a body last said on a vendor; no `claims` when nothing is held. `earlier` counts what it said before."""

    body: str
    date: str | None = None
    claims: tuple[Supported, ...] = ()
    earlier: int = Field(ge=0, default=0)


class Row(Frozen):
    """One vendor with a cell for each body, in their order."""

    vendor: str
    cells: tuple[Cell, ...]


class Grid(Frozen):
    """Vendors against bodies. `left_out` are vendors and bodies for which there was no room, those that say least."""

    bodies: tuple[str, ...]
    rows: tuple[Row, ...]
    left_out: tuple[str, ...]
    scope: Scope
    searched: Searched
    library: str
