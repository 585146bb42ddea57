"""From a document to what it says: quotations, speakers, standing, times, names, corrections. Start here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.understanding.attributing import Page, attribute, sentences
from ingest.understanding.corrections import correction
from ingest.understanding.entities import entities
from ingest.understanding.naming import names_of
from ingest.understanding.origin import origin
from ingest.understanding.quoting import quotations
from ingest.understanding.standing import standing
from ingest.understanding.statement import Statement, Time, Understanding
from ingest.understanding.times import dated, reference, times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.documents import Metadata, PlacedBlock, Span
    from ingest.understanding.attributing import Sentence
    from ingest.understanding.lexicon import Lexicon
    from ingest.understanding.times import Reference

_LAWS = ("legislation", "statute", "regulation", "act", "law")


def understand(
    text: str, blocks: Sequence[PlacedBlock], spans: Sequence[Span], metadata: Metadata, lexicon: Lexicon
) -> Understanding:
    """What is known of a document with that canonical text; one statement for each of `spans`, its sentences."""
    quoted = quotations(text, blocks)
    names = names_of(text)
    thing = origin(text, blocks, metadata)
    page = Page(text, blocks, sentences(text, blocks, spans, quoted), quoted, names, thing, metadata.publisher)
    attribute(page)
    published = reference(metadata.published)
    law = thing.primary and (metadata.source_type or "").lower().startswith(_LAWS)
    made = {one.span: _made(page, one, published) for one in page.sentences if one.own}
    return Understanding(
        statements=tuple(_statement(page, one, made, published, law) for one in page.sentences),
        primary=thing.primary,
        primary_cue=thing.cue,
        entities=entities(names, lexicon, text),
        correction=correction(text, blocks, metadata),
    )


def _statement(
    page: Page, one: Sentence, made: dict[Span, Time | None], published: Reference | None, law: bool
) -> Statement:
    attribution = one.attribution
    spoken = attribution is not None and attribution.verb != "write" or one.run is not None
    decided = standing(one.text, one.own, quoted=one.quoted_share > 0.6, spoken=spoken, law=law)
    told_by = one.settled.told_by if one.settled is not None else one.span
    when = made.get(told_by)
    return Statement(
        span=one.span,
        standing=decided.standing,
        cue=decided.cue,
        attribution=attribution,
        times=_times(page, one, when, published),
        made=when,
        primary=page.origin.primary,
    )


def _made(page: Page, one: Sentence, published: Reference | None) -> Time | None:
    """When a sentence's reporting clause says it was said: the date outside the quotation, where there is just one."""
    outside = _outside(page, one)
    return dated(times(outside, published)) if page.quotations.inside(one.span.start, one.span.end) else None


def _times(page: Page, one: Sentence, made: Time | None, published: Reference | None) -> tuple[Time, ...]:
    """Relative dates in quoted words count from the day they were said; in a primary text all is of one day."""
    if one.quoted_share == 0 or page.origin.primary:
        return times(one.text, published)
    spoken = reference(made.date, "statement") if made is not None and made.date is not None else None
    inside = page.quotations.inside(one.span.start, one.span.end)
    found = list(times(_outside(page, one), published))
    for start, end in inside:
        found += times(page.text[start:end], spoken)
    return tuple(dict.fromkeys(found))


def _outside(page: Page, one: Sentence) -> str:
    """The sentence with what is quoted in it blanked."""
    kept = list(one.text)
    for start, end in page.quotations.inside(one.span.start, one.span.end):
        kept[start - one.span.start : end - one.span.start] = " " * (end - start)
    return "".join(kept)
