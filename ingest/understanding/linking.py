"""Which document a correction means, by what the notice gives of it. Nothing is guessed: what several fit is linked to none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ingest.documents import Metadata
    from ingest.understanding.statement import Correction

Named = tuple[str, "Metadata"]

_FEWEST_WORDS = 2
"""Without a date, a title must share so many words of weight with what the notice says it is about."""

_PLAIN = frozenset(
    "about after also been before being between could earlier from have into more most other over said says should some "
    "statement letter report article story notice guidance release their them then there these they this those under "
    "what when where which while will with would your correction".split()
)


class Link(NamedTuple):
    """The document meant, by id; None where none fits, or where `candidates`, two or more, fit as well."""

    document: str | None
    candidates: tuple[str, ...] = ()


def linked(found: Correction, own: Metadata, others: Iterable[Named]) -> Link:
    """The one of `others`, as (id, metadata), that a notice about another document means.

    An address decides; else the whole title; else the day it was published on and what it is about. With the notice's
    publisher known, only what the same one published counts.
    """
    known = list(others)
    if found.address is not None:
        wanted = _plain_address(found.address)
        at = [name for name, other in known if other.address and _plain_address(other.address) == wanted]
        if len(at) == 1:
            return Link(at[0])
    ours = [(name, other) for name, other in known if _of_publisher(other, own, found)]
    if found.title is not None:
        wanted = _plain(found.title)
        titled = [name for name, other in ours if wanted and _plain(other.title or "") == wanted]
        if titled:
            return _one_of(titled)
    matter = _weighty(found.about or "")
    if found.date is not None:
        return _by_date(found.date, matter, ours)
    if len(matter) >= _FEWEST_WORDS and own.publisher is not None:
        before = [pair for pair in ours if not (own.published and (pair[1].published or "") > own.published)]
        return _one_of([name for name, other in before if len(matter & _weighty(other.title or "")) >= _FEWEST_WORDS])
    return Link(None)


def _by_date(date: str, matter: frozenset[str], ours: Sequence[Named]) -> Link:
    """What was published on that day; of several, the one whose title shares most words with the matter."""
    dated = [(name, other) for name, other in ours if _same_day(other.published, date)]
    if not matter:
        return _one_of([name for name, _ in dated])
    shared = {name: len(matter & _weighty(other.title or "")) for name, other in dated}
    most = max(shared.values(), default=0)
    if most == 0:
        return Link(None, tuple(sorted(shared)) if len(shared) > 1 else ())
    return _one_of([name for name, count in shared.items() if count == most])


def _one_of(names: Sequence[str]) -> Link:
    return Link(names[0]) if len(names) == 1 else Link(None, tuple(sorted(names)))


def _of_publisher(other: Metadata, own: Metadata, found: Correction) -> bool:
    if own.publisher is None:
        return (
            bool(other.publisher) is False
            or (other.publisher or "").casefold() in found.notice.casefold()
            or bool(found.title)
        )
    if found.title is not None and other.publisher is None:
        return True
    return (other.publisher or "").casefold() == own.publisher.casefold()


def _same_day(published: str | None, date: str) -> bool:
    """Whether two dates are the same as far as both are known, to the month at least."""
    if published is None or len(published) < len("2022-01"):
        return False
    return published[:10].startswith(date) or date.startswith(published)


def _weighty(text: str) -> frozenset[str]:
    words = re.findall(r"[^\W_]{4,}", re.sub(r"[’']s\b", "", text.casefold()))
    return frozenset(word.removesuffix("s") for word in words if word not in _PLAIN)


def _plain(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))


def _plain_address(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", address.casefold()).split("#")[0].rstrip("/")
