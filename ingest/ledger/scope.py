"""Which live documents a scope lets in, as far as their records tell; whom they name is told by `EntityIndex`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.errors import BadSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ingest.ledger.records import DocumentRecord, Scope

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\d-])")
_LAST_DAY = {"02": "28", "04": "30", "06": "30", "09": "30", "11": "30"}


def admits(scope: Scope, document: DocumentRecord) -> bool:
    """Whether `document` is inside `scope`, its entities left aside."""
    return _names(scope, document) and _period(scope, document.metadata.published)


def _names(scope: Scope, document: DocumentRecord) -> bool:
    metadata = document.metadata
    publisher = (metadata.publisher or "").casefold()
    source_type = (metadata.source_type or "").casefold()
    return (
        (not scope.documents or any(document.id.startswith(part) for part in scope.documents))
        and (not scope.publishers or any(part.casefold() in publisher for part in scope.publishers))
        and (not scope.source_types or source_type in {part.casefold() for part in scope.source_types})
    )


def _period(scope: Scope, published: str | None) -> bool:
    dated = _DATE.match(published or "")
    if published is None or dated is None:
        return scope.since is None and scope.until is None
    first, last = bounds(published)
    return (
        (scope.since is None or first >= bounds(scope.since)[0])
        and (scope.until is None or last <= bounds(scope.until)[1])
        and (scope.as_of is None or last <= bounds(scope.as_of)[1])
    )


def bounds(date: str) -> tuple[str, str]:
    """First and last day of an ISO date given to the year, month or day (the time of day is dropped).

    Raises:
        BadSettings: it is no such date.
    """
    match = _DATE.match(date)
    if match is None:
        raise BadSettings(f"`{date}` is no date.", remedy="Write 2022, 2022-04 or 2022-04-11.")
    year, month, day = match.groups()
    if day:
        return (f"{year}-{month}-{day}",) * 2
    if month:
        return f"{year}-{month}-01", f"{year}-{month}-{_last_day(int(year), month)}"
    return f"{year}-01-01", f"{year}-12-31"


def _last_day(year: int, month: str) -> str:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return "29" if leap and month == "02" else _LAST_DAY.get(month, "31")


def mentions(entities: Sequence[str], document: DocumentRecord, text_of: Callable[[], str]) -> bool:
    """Whether metadata or text have one of those names as whole words; `text_of` is called only if needed."""
    parts = [re.escape(" ".join(entity.split())).replace(r"\ ", r"\s+") for entity in entities if entity.strip()]
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)", re.IGNORECASE)
    metadata = document.metadata
    known = (metadata.title, metadata.publisher, metadata.author, *(value for _, value in metadata.extra))
    return any(pattern.search(value) for value in known if value) or bool(pattern.search(text_of()))
