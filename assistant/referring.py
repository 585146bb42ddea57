"""From a stored statement to a claim in its own words, and to the places that a claim resting on it cites."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.drafting import DraftClaim, Reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.evidence import Statement


def references(one: Statement) -> list[Reference]:
    """The statement itself and, where another sentence names its speaker, that sentence."""
    found = [_reference(one, one.start, one.end, one.text)]
    attribution = one.attribution
    if attribution is not None and one.named_elsewhere is not None:
        basis = attribution.basis
        found.append(_reference(one, basis.start, basis.end, attribution.basis_text))
    return found


def copies(one: Statement, statements: Sequence[Statement]) -> list[Statement]:
    """The same sentence in other documents, one per document, by document id."""
    plain = _plain(one.text)
    found: dict[str, Statement] = {}
    for other in statements:
        if other.passage.document.id != one.passage.document.id and _plain(other.text) == plain:
            found.setdefault(other.passage.document.id, other)
    return [found[key] for key in sorted(found)]


def own_words(one: Statement, statements: Sequence[Statement]) -> DraftClaim:
    """The statement as a claim, cited wherever among `statements` the same sentence stands.

    Words from inside a quotation whose speaker another sentence names get that speaker in front.
    """
    attribution = one.attribution
    text = one.text
    if attribution is not None and one.named_elsewhere is not None and attribution.quoted and _is_all_quoted(text):
        text = f"{attribution.speaker}: {_in_quotation_marks(text)}"
    repeated = copies(one, statements)
    return DraftClaim(
        text,
        (*references(one), *(_reference(copy, copy.start, copy.end, copy.text) for copy in repeated)),
        speaker=attribution.name if attribution is not None else None,
        addressee=attribution.addressee if attribution is not None else None,
        standing=one.told.standing if one.told is not None else None,
        time=_time(one),
    )


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).casefold().strip()


def _time(one: Statement) -> str | None:
    """The time the statement speaks of, the first that is settled before one that is not; the end of a stretch is none."""
    known = one.told.times if one.told is not None else ()
    times = [time for time in known if not time.words.lower().startswith(("since ", "until ", "by ", "from "))]
    settled = [time.date for time in times if time.date is not None]
    return settled[0] if settled else times[0].words if times else None


def _is_all_quoted(text: str) -> bool:
    """Whether a sentence from inside a quotation is the speaker's words alone: no mark, or one at either end of it.

    With a mark in its middle it holds words of the writer too, and must not be put between marks as if it did not.
    """
    return not re.search(r"[“”\"„«»]", text.strip()[1:].rstrip('”"»'))


def _in_quotation_marks(text: str) -> str:
    opened = text[:1] in '“"'
    closed = text.rstrip()[-1:] in '”"'
    return ("" if opened else "“") + text + ("" if closed else "”")


def _reference(one: Statement, start: int, end: int, quote: str) -> Reference:
    document = one.passage.document
    return Reference(document.id, document.version, start, end, quote)
