"""What the page calls things: the outcome's codes as words for people."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Citation, Scope

ABSTENTIONS = {
    "library_empty": "The library is empty",
    "nothing_in_scope": "No document fits the filters",
    "nothing_found": "Nothing in the library is about this",
    "evidence_too_weak": "The library does not say",
    "part_not_found": "The library is on the subject, but does not say this",
    "all_claims_withheld": "Nothing passed the check against the sources",
}

WHAT_TO_DO = {
    "library_empty": "Add the documents it should answer from, then ask again.",
    "nothing_in_scope": "Widen the filters or clear them, then ask again.",
}

SET_ASIDE = {
    "menu": "menu",
    "share": "share buttons",
    "cookie": "cookie notice",
    "newsletter": "newsletter box",
    "teasers": "links to other stories",
    "page_header": "page header",
    "page_footer": "page footer",
}

STATUSES = {
    "ingested": "Added",
    "new_version": "New version",
    "unchanged": "Already in the library",
    "refused": "Not added",
}

FIELDS = {"title": "title", "publisher": "publisher", "published": "date", "source_type": "type of document"}
"""What a reader of an answer looks for in a source; the rest of what is unknown is no trouble."""

FORMATS = {
    "text": "plain text",
    "markdown": "Markdown",
    "html": "web page",
    "pdf": "PDF",
    "docx": "Word",
    "pptx": "PowerPoint",
    "eml": "e-mail",
    "rtf": "RTF",
}

_MONTHS = "January February March April May June July August September October November December".split()


def day(published: str | None) -> str:
    """An ISO date at the precision it is given in, in words; `date unknown` for None."""
    if published is None:
        return "date unknown"
    parts = published[:10].split("-")
    try:
        checked = date(*(int(part) for part in (*parts, "1", "1")[:3]))
    except ValueError:
        return published
    words = (str(checked.day), _MONTHS[checked.month - 1], str(checked.year))
    return " ".join(words[3 - len(parts) :])


def counted(number: int, thing: str, things: str | None = None) -> str:
    """`1 document`, `12,000 documents`."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def kind(source_type: str) -> str:
    """A source type as words: `committee_report` is `committee report`."""
    return source_type.replace("_", " ")


def words(text: str) -> list[str]:
    """The words and figures of a text, in lower case and without their marks."""
    return re.findall(r"\w+", text.casefold())


def narrowed(
    publishers: Sequence[str] | None = None,
    entity: str | None = None,
    source_types: Sequence[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    as_of: str | None = None,
) -> str | None:
    """The filters of a question in one line, as they were set; None when none is."""
    typed = {
        "naming": entity,
        "published since": since,
        "published until": until,
        "as of": as_of,
    }
    parts = [f"published by {' or '.join(publishers)}" if publishers else None]
    parts += [f"type {' or '.join(map(kind, source_types))}" if source_types else None]
    parts += [f"{name} {said.strip()}" if said and said.strip() else None for name, said in typed.items()]
    told = "; ".join(part for part in parts if part)
    return f"Only documents {told[:500]}" if told else None


def narrowed_by(scope: Scope) -> str | None:
    """The same of a `Scope`."""
    return narrowed(
        scope.publishers, ", ".join(scope.entities), scope.source_types, scope.since, scope.until, scope.as_of
    )


def reference(citation: Citation) -> str:
    """A citation as one line of plain text: title, publisher, date, type, page and where it came from."""
    parts = [
        citation.title or "Untitled document",
        citation.publisher or "publisher unknown",
        day(citation.published),
        kind(citation.source_type) if citation.source_type else None,
        f"page {citation.page}" if citation.page else None,
        f"version {citation.version}" if citation.version > 1 else None,
        citation.source,
    ]
    return ". ".join(part.rstrip(".") for part in parts if part)
