"""The filters of a question as people and programs give them, checked, and as a `Scope`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from assistant.domain import Scope
from ingest.errors import BadSettings

QUESTION_LENGTH = 2000
"""Characters a question may have; a longer one is refused, never cut."""

LABELS = {
    "publishers": "Publisher",
    "entities": "Names",
    "source_types": "Type of document",
    "since": "Published since",
    "until": "Published until",
    "as_of": "As of",
}
"""What the fields of the page are called."""

_DATES = "Dates are written YYYY, YYYY-MM or YYYY-MM-DD, for example 2022-04-11."
_NAMES = "At most 20 names, each of at most 200 characters, separated by commas."
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def is_a_date(value: str) -> str:
    """`value`, when it is a day of the calendar, a month or a year.

    Raises:
        ValueError: it is none.
    """
    match = _DATE.fullmatch(value)
    if match is None:
        raise ValueError("a date is YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part or 1) for part in match.groups())
    date(year, month, day)
    return value


Day = Annotated[str, AfterValidator(is_a_date), Field(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Names = Annotated[tuple[Name, ...], Field(max_length=20)]


class Filters(BaseModel):
    """What narrows a question; every field empty means the whole library."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    publishers: Names = ()
    entities: Names = ()
    source_types: Names = ()
    documents: Names = ()
    since: Day | None = None
    until: Day | None = None
    as_of: Day | None = None

    def scope(self) -> Scope:
        """The same as the library understands it."""
        return Scope(**self.model_dump())


def from_page(
    publishers: Sequence[str] | None,
    entity: str | None,
    source_types: Sequence[str] | None,
    since: str | None,
    until: str | None,
    as_of: str | None,
) -> Scope:
    """The scope of the filter fields on the page; several entities are separated by commas.

    Raises:
        BadSettings: a date is none, or a field is too long.
    """
    entities = [part.strip() for part in (entity or "").split(",")]
    days = {"since": since, "until": until, "as_of": as_of}
    try:
        return Filters.model_validate(
            {
                "publishers": publishers or (),
                "entities": [part for part in entities if part],
                "source_types": source_types or (),
                **{name: (given or "").strip() or None for name, given in days.items()},
            }
        ).scope()
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0])
        raise BadSettings(
            f"The filter \u201c{LABELS[field]}\u201d cannot be read.", remedy=_DATES if field in days else _NAMES
        ) from error
