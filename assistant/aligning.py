"""Statements against the question's bearers, time and attribute: which of them speak of something else.

What holds the question's words and is said of another company, of another month or of another body's chief executive
answers another question. Such statements stay in the evidence, behind all others, so that a reader can see how near
the library comes; they never become claims.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant import attributes, periods
from assistant.aliases import aliases
from assistant.asking import reverses
from assistant.bearers import absent, names, stands_in, written_small

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.evidence import Hit, Statement
    from assistant.question import QuestionView

BEHIND = 0.3
"""What is left of the score of a statement about something else: less than any share a writer takes claims from."""


def aligned(view: QuestionView, hits: Sequence[Hit], found: Iterable[Statement]) -> tuple[Statement, ...]:
    """`found`, best first, with `about` told; `hits` are every passage found, by which documents are judged."""
    foreign = _documents_about_others(view, hits)
    marked = (_marked(one, view, one.passage.document.id in foreign) for one in found)
    return tuple(sorted(marked, key=lambda one: (-round(one.score, 6), one.passage.id, one.start)))


def _marked(one: Statement, view: QuestionView, foreign: bool) -> Statement:
    if (
        not foreign
        and not _of_another_time(one, view)
        and not _of_another(one, view)
        and not reverses(one.text, view.text)
    ):
        return one
    return replace(one, about=0.0, score=one.score * BEHIND)


def _of_another_time(one: Statement, view: QuestionView) -> bool:
    told = one.told.times if one.told is not None else ()
    published = one.passage.document.metadata.published
    return periods.agreement(view.text, one.text, told, published) == periods.DIFFERS


def _of_another(one: Statement, view: QuestionView) -> bool:
    return attributes.bearing(one.text, view.text) == attributes.OTHER


def _documents_about_others(view: QuestionView, hits: Sequence[Hit]) -> frozenset[str]:
    """Documents of which nothing found, neither title nor publisher, names any of the question's bearers."""
    wanted = names(view.text)
    if not wanted:
        return frozenset()
    texts = texts_by_document(hits)
    every = [text for each in texts.values() for text in each]
    known, plain = aliases(every), written_small(every)
    return frozenset(
        document
        for document, each in texts.items()
        if not any(stands_in(name, text, known, plain) for name in wanted for text in each)
    )


def absent_names(view: QuestionView, hits: Sequence[Hit]) -> tuple[str, ...]:
    """Names of the question that nothing found bears, as the question writes them."""
    return absent(view.text, [text for each in texts_by_document(hits).values() for text in each])


def texts_by_document(hits: Iterable[Hit]) -> dict[str, list[str]]:
    """What was found of each document: its title and whoever is behind it, headings and passages."""
    found: dict[str, list[str]] = {}
    for hit in hits:
        document = hit.passage.document
        known = document.metadata
        if document.id not in found:
            found[document.id] = [text for text in (known.title, known.publisher, known.author) if text]
        found[document.id] += [hit.passage.text, *hit.passage.heading_path]
    return found
