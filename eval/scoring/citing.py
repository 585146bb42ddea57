"""Whether the answer cites what it must, and nothing that it must not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eval.metrics.ranking import ndcg, recall
from eval.scoring.marks import Mark
from eval.scoring.wording import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.domain import Citation, Outcome
    from eval.suite import Expectation, Place


def cited(expect: Expectation, outcome: Outcome, documents: Mapping[str, tuple[str, str | None]]) -> list[Mark]:
    """Marks for `cites`, the document and the sentence apart, and `cites_not`; `documents`: name and title by id."""
    citations = [one for claim in outcome.claims for one in claim.citations]
    marks = []
    for place in expect.cites:
        whole = place.model_copy(update={"quote": None})
        marks.append(_found("cites document", whole, any(meets(one, whole, documents) for one in citations)))
        if place.quote is not None:
            marks.append(_found("cites sentence", place, any(meets(one, place, documents) for one in citations)))
    for place in expect.cites_not:
        found = any(meets(one, place, documents) for one in citations)
        marks.append(Mark("cites not", not found, f"{place} is cited" if found else ""))
    return marks


def _found(name: str, place: Place, found: bool) -> Mark:
    return Mark(name, found, "" if found else f"{place} is not cited")


def meets(citation: Citation, place: Place, documents: Mapping[str, tuple[str, str | None]]) -> bool:
    """Whether `citation` is of the document, the page and the words that `place` names."""
    if not _names(place.document, citation.source, citation.title, *_names_of(citation.document, documents)):
        return False
    if place.page is not None and place.page != citation.page:
        return False
    return place.quote is None or plain(place.quote) in plain(citation.quote)


def ranked(
    expect: Expectation, found: Sequence[str], documents: Mapping[str, tuple[str, str | None]]
) -> tuple[float, float] | None:
    """Recall and nDCG@10 over documents of what the answer was chosen from, `found`, best first.

    Right are the documents that `cites` names. None where it names none, or one that cannot be told by what is known.
    """
    right: set[str] = set()
    for name in {plain(place.document) for place in expect.cites}:
        bearing = [one for one in (*found, *documents) if _names(name, *_names_of(one, documents))]
        if not bearing:
            return None
        right.add(bearing[0])  # of documents with one name, the one that was found
    return (recall(found, right, len(found)), ndcg(found, right, 10)) if right else None


def _names_of(document: str, documents: Mapping[str, tuple[str, str | None]]) -> tuple[str | None, ...]:
    return document, *documents.get(document, (None, None))


def _names(wanted: str, *names: str | None) -> bool:
    return plain(wanted) in {plain(one) for one in names if one}
