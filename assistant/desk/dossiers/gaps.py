"""What the library does not hold or does not say, so that nobody takes a dossier for the whole of the matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.desk.dossiers.entries import Gap, Held
from assistant.web.wording import counted, day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.desk.dossiers.entries import Entry
    from assistant.desk.dossiers.gathering import Admitted, Read

_QUOTED = 12
"""Relative times that are named one by one."""


def gaps(
    name: str, reads: Sequence[Read], admitted: Sequence[Admitted], entries: Sequence[Entry], left_out: int
) -> tuple[Gap, ...]:
    """The gaps, those that mislead most first."""
    return tuple(_gaps(name, reads, admitted, entries, left_out))


def documents(reads: Sequence[Read], entries: Sequence[Entry]) -> tuple[Held, ...]:
    """Every document that names the subject, by date, those without one last; some have no entry."""
    numbers: dict[tuple[str, int], int] = {}
    for one in entries:
        for place in {(cited.document, cited.version) for cited in one.claim.citations}:
            numbers[place] = numbers.get(place, 0) + 1
    ordered = sorted(reads, key=lambda one: (one.record.metadata.published or "9999", one.record.id))
    return tuple(_held(one, numbers.get((one.record.id, one.record.version), 0)) for one in ordered)


def _held(one: Read, entries: int) -> Held:
    metadata = one.record.metadata
    return Held(
        document=one.record.id,
        version=one.record.version,
        title=metadata.title,
        publisher=metadata.publisher,
        published=metadata.published,
        source_type=metadata.source_type,
        source=metadata.address or one.record.name,
        primary=one.known.primary,
        entries=entries,
    )


def _gaps(
    name: str, reads: Sequence[Read], admitted: Sequence[Admitted], entries: Sequence[Entry], left_out: int
) -> Iterator[Gap]:
    own = [one for one in entries if one.relation == "by"]
    if entries and not own:
        yield Gap(kind="no_words_of_its_own", detail=f"The library holds nothing that {name} said itself.")
    elif own and not any(one.claim.account == "primary" for one in own):
        detail = f"What {name} said is held as others report it; no document of its own is held that says it."
        yield Gap(kind="no_first_hand_account", detail=detail)
    nobody = [one for one in entries if one.claim.standing == "allegation" and one.claim.speaker is None]
    if nobody:
        detail = f"{counted(len(nobody), 'allegation')} for which no speaker is named: {_numbers(nobody)}."
        yield Gap(kind="allegation_by_nobody_named", detail=detail, documents=_cited(nobody))
    yield from _of_documents(reads, entries)
    yield from _of_times(admitted, entries)
    if left_out:
        detail = f"{counted(left_out, 'statement')} of less weight not told, for want of room. Narrow the filters to see them."
        yield Gap(kind="left_out", detail=detail)


def _of_documents(reads: Sequence[Read], entries: Sequence[Entry]) -> Iterator[Gap]:
    undated = [one.record.id for one in reads if not one.record.metadata.published]
    if undated:
        yield Gap(
            kind="undated_document",
            detail=f"{counted(len(undated), 'document')} without a date.",
            documents=tuple(undated),
        )
    unknown = [one.record.id for one in reads if not one.record.metadata.publisher]
    if unknown:
        detail = f"{counted(len(unknown), 'document')} of an unknown publisher."
        yield Gap(kind="unknown_publisher", detail=detail, documents=tuple(unknown))
    publishers = {cited.publisher for one in entries for cited in one.claim.citations}
    if len(reads) > 1 and len(publishers) == 1 and None not in publishers:
        yield Gap(kind="one_publisher", detail=f"Everything told is from one publisher, {publishers.pop()}.")
    newest = max((one.record.metadata.published or "" for one in reads), default="")
    if newest:
        yield Gap(kind="nothing_since", detail=f"Nothing held that names it was published after {day(newest[:10])}.")


def _of_times(admitted: Sequence[Admitted], entries: Sequence[Entry]) -> Iterator[Gap]:
    """Times that the ledger could not settle, in the source's words."""
    found: dict[str, list[Entry]] = {}
    for one, entry in zip(admitted, entries, strict=True):
        told = one.found.candidate.told
        for time in told.times if told is not None else ():
            if time.date is None:
                found.setdefault(time.words, []).append(entry)
    if found:
        places = [f"“{words}” (entry {', '.join(str(one.number) for one in told)})" for words, told in found.items()]
        more = f", and {len(places) - _QUOTED} more" if len(places) > _QUOTED else ""
        detail = f"Times that no date settles: {', '.join(places[:_QUOTED])}{more}."
        yield Gap(
            kind="relative_date", detail=detail, documents=_cited([one for told in found.values() for one in told])
        )


def _numbers(entries: Sequence[Entry]) -> str:
    return f"{'entry' if len(entries) == 1 else 'entries'} {', '.join(str(one.number) for one in entries)}"


def _cited(entries: Sequence[Entry]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cited.document for one in entries for cited in one.claim.citations))
