"""What stands beside a claim: standing, speaker, addressee, time and account, as the ledger holds them.

They are the ledger's word of the sentences that carry the claim, whoever wrote it. A writer may leave them out; one that
gives others is stopped, since a label beside a claim says as much as a word in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from assistant.checks import Finding
from assistant.families import lemma
from assistant.messages import UNDATED_TIME, UNSETTLED_TIME, counted_from, counted_from_statement, time_as_written
from assistant.wording import STOP_WORDS, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.aliases import Alias
    from assistant.domain import Account
    from assistant.drafting import DraftClaim
    from ingest.understanding.statement import Standing, Statement, Time

_GUARDED: tuple[Standing, ...] = (
    "allegation",
    "denial",
    "request",
    "opinion",
    "response",
    "statement_of_fact",
    "finding",
    "decision",
    "law",
)
"""From the standing that must not be lost when sentences are put together to the one that may."""

_OPEN = ("since ", "until ", "by ", "from ")


class Told(NamedTuple):
    """A stored statement that carries a part of a claim, with its text and the date its document was published."""

    statement: Statement
    text: str
    published: str | None


class Beside(NamedTuple):
    """What is shown beside a claim; see `assistant.domain.Supported`."""

    standing: Standing | None = None
    cue: str | None = None
    speaker: str | None = None
    addressee: str | None = None
    time: str | None = None
    time_basis: str | None = None
    account: Account | None = None


def beside(carriers: Sequence[Told]) -> Beside:
    """What the ledger holds of the sentences that carry a claim; nothing when it holds none of them.

    Where they differ, the most guarded standing counts, nobody is named as the speaker, and one account among them makes
    it an account. Copies of a sentence that date its words differently leave them as written.
    """
    if not carriers:
        return Beside()
    told = [one.statement for one in carriers]
    deciding = min(told, key=lambda one: _GUARDED.index(one.standing))
    time, basis = _time(carriers)
    return Beside(
        standing=deciding.standing,
        cue=deciding.cue or None,
        speaker=_same(one.attribution.name if one.attribution else None for one in told),
        addressee=_same(one.attribution.addressee if one.attribution else None for one in told),
        time=time,
        time_basis=basis,
        account="primary" if all(one.primary for one in told) else "reported",
    )


def contradicted(claim: DraftClaim, carriers: Sequence[Told], known: Sequence[Alias]) -> Finding | None:
    """What the writer says beside the claim that the ledger does not; None also where the ledger holds nothing."""
    if not carriers:
        return None
    held = beside(carriers).standing
    if claim.standing is not None and claim.standing != held:
        given, stored = claim.standing.replace("_", " "), (held or "").replace("_", " ")
        return Finding("standing_changed", f"The writer calls it a {given}; the source has it as a {stored}.")
    return _speaker(claim, carriers, known) or _addressee(claim, carriers, known) or _other_time(claim, carriers)


def _speaker(claim: DraftClaim, carriers: Sequence[Told], known: Sequence[Alias]) -> Finding | None:
    told = [one.statement.attribution for one in carriers if one.statement.attribution]
    if not told or not _names(claim.speaker or ""):
        return None
    named = [name for one in told for name in (one.name, one.speaker, one.role or "", *one.chain)]
    if _is_named(claim.speaker or "", named, known):
        return None
    return Finding("wrong_speaker", f"The source has “{told[0].name}” say this, not “{claim.speaker}”.")


def _addressee(claim: DraftClaim, carriers: Sequence[Told], known: Sequence[Alias]) -> Finding | None:
    if not claim.addressee:
        return None
    told = [one.statement.attribution.addressee for one in carriers if one.statement.attribution]
    held = [name for name in told if name]
    if claim.addressee in held or _is_named(claim.addressee, held or [one.text for one in carriers], known):
        return None
    said = f"The source has it said to “{held[0]}”" if held else "The source does not have it said to anybody"
    return Finding("wrong_addressee", f"{said}, not to “{claim.addressee}”." if held else f"{said} of that name.")


def _other_time(claim: DraftClaim, carriers: Sequence[Told]) -> Finding | None:
    if claim.time is None:
        return None
    times = [time for one in carriers for time in (*one.statement.times, one.statement.made) if time is not None]
    for time in times:
        if claim.time == time.words or (time.date or "").startswith(claim.time):
            return None
    return Finding("wrong_time", f"The source does not date it “{claim.time}”.")


def _is_named(given: str, held: Sequence[str], known: Sequence[Alias]) -> bool:
    """Whether a writer's name is one of those held, in whole or in part, or another name of one."""
    if any(_names(given) & _names(one) for one in held):
        return True
    mine = {lemma(word.text) for word in words(given) if word.capital and word.text.casefold() not in STOP_WORDS}
    other = {lemma(word.text) for one in held for word in words(one)}
    return any(
        (mine <= one.name and one.other <= other) or (mine <= one.other and one.name <= other) for one in known if mine
    )


def _names(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in words(text) if word.capital and word.text.casefold() not in STOP_WORDS)


def _same(values: Iterable[str | None]) -> str | None:
    held = set(values)
    return held.pop() if len(held) == 1 else None


def _time(carriers: Sequence[Told]) -> tuple[str | None, str | None]:
    """The time the first carrier that has one speaks of, settled before not, and what settles it."""
    found = next(((one, time) for one in carriers if (time := speaks_of(one.statement)) is not None), None)
    if found is None:
        return None, None
    one, time = found
    dates = {
        other.date
        for told in carriers
        if told.text == one.text
        for other in told.statement.times
        if other.words == time.words
    }
    if time.date is None or len(dates) > 1:
        return time.words, UNSETTLED_TIME if one.published else UNDATED_TIME
    return time.date, _basis(one, time)


def speaks_of(statement: Statement) -> Time | None:
    """The first time that is settled, before one that is not; the end of a stretch is none."""
    times = [time for time in statement.times if not time.words.lower().startswith(_OPEN)]
    return next((time for time in times if time.date is not None), next(iter(times), None))


def _basis(one: Told, time: Time) -> str:
    if time.basis == "published" and one.published:
        return counted_from(time.words, one.published)
    if time.basis == "statement" and one.statement.made is not None and one.statement.made.date:
        return counted_from_statement(time.words, one.statement.made.date)
    return time_as_written(time.words)
