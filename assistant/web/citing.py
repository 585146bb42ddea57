"""Citation markers: their numbers, their buttons, and the line that says where a source comes from.

Numbers are given here and nowhere else: one per cited place per answer, in reading order. A marker carries the
place itself (document, version, start, end), so that it stays right whatever its number.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from assistant.web import wording
from assistant.web.markup import Markup, element, join

if TYPE_CHECKING:
    from assistant.domain import Citation


class Numbering:
    """Citation numbers of one answer."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.citations: list[Citation] = []

    def number(self, citation: Citation) -> int:
        """The number of the place that `citation` cites; a new one for a new place."""
        place = address_of(citation)
        if place not in self._numbers:
            self._numbers[place] = len(self._numbers) + 1
            self.citations.append(citation)
        return self._numbers[place]


def address_of(citation: Citation) -> str:
    """Where a marker leads: `document/version/start/end`."""
    return f"{citation.document}/{citation.version}/{citation.start}/{citation.end}"


def marker(citation: Citation, number: int) -> Markup:
    """A citation marker: a button that opens the source at the quote.

    Its name for a screen reader is text that cannot be seen, because Gradio's sanitiser takes every `aria-`
    attribute out of a chat message.
    """
    told = f" Source {number}: {citation.title or 'Untitled document'}"
    return element(
        "button",
        element("span", f"[{number}]"),
        element("span", told, class_="unseen"),
        type="button",
        name="open-source",
        value=address_of(citation),
        class_="marker",
        title=wording.reference(citation),
    )


def opener(citation: Citation, spoken: str) -> Markup:
    """The title of the cited document as a button that opens it at the quote."""
    return element(
        "button",
        element("span", spoken, class_="unseen"),
        citation.title or "Untitled document",
        type="button",
        name="open-source",
        value=address_of(citation),
        class_="linklike",
    )


def provenance(citation: Citation, pages: Collection[int | None] | None = None) -> Markup:
    """Publisher, date, type, pages and version, in one line. `pages` are those cited, when there may be several."""
    cited = sorted(page for page in ({citation.page} if pages is None else pages) if page)
    parts = (
        citation.publisher or "publisher unknown",
        wording.day(citation.published),
        wording.kind(citation.source_type) if citation.source_type else None,
        f"{'page' if len(cited) == 1 else 'pages'} {', '.join(map(str, cited))}" if cited else None,
        f"version {citation.version}" if citation.version > 1 else None,
    )
    return join((part for part in parts if part), " \u00b7 ")
