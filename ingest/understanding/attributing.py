"""Who says each sentence of a document, across its sentences, quotations and paragraphs.

Three sources, tried in order: the sentence's own reporting clause; the quotation it stands in, whose speaker another
sentence names; and, in a letter or statement, whoever signed it. Pronouns and short names are settled by what came
before; where that leaves two, the sentence has no speaker.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.understanding import phrases
from ingest.understanding.antecedents import Antecedents, Known
from ingest.understanding.reporting import Report, reports
from ingest.understanding.statement import Attribution

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.documents import PlacedBlock, Span
    from ingest.understanding.naming import Names
    from ingest.understanding.origin import Origin
    from ingest.understanding.phrases import Word
    from ingest.understanding.quoting import Quotations

_SIGNATURE = re.compile(r"^[-–—]*\s*(?P<who>[A-Z][^.!?:;]{2,80})$")
_FIRST_PERSON = re.compile(r"\b(?:I|We|we|[Mm]y|[Oo]ur|me|us)\b")
_HOLDINGS = "findings|finding|claims|claim|allegations|allegation|conclusions|conclusion|report|view|assessment|ruling"
_HELD = re.compile(rf"[’']s? (?:own |recent )?(?:{_HOLDINGS})\b")
_POSSESSED = re.compile(
    rf"(?P<who>(?:\b[Tt]he (?:[\w-]+ )?)?[A-Za-z][\w-]+(?: [A-Z][\w-]+)*)[’']s? (?:own |recent )?(?:{_HOLDINGS})\b"
)


@dataclass(slots=True)
class Sentence:
    """One sentence as it is worked on. `run` and `stretch` place it in a quotation that holds all of it."""

    span: Span
    text: str
    block: int
    words: list[Word]
    own: list[Report]
    run: int | None
    quoted_share: float
    touched: frozenset[int] = frozenset()
    attribution: Attribution | None = None
    settled: Known | None = None
    addressee: str | None = None


@dataclass(slots=True)
class Page:
    """A document being attributed."""

    text: str
    blocks: Sequence[PlacedBlock]
    sentences: list[Sentence]
    quotations: Quotations
    names: Names
    origin: Origin
    outlet: str | None
    telling: dict[int, list[Sentence]] = field(default_factory=dict)
    runs: dict[int, tuple[int, int]] = field(default_factory=dict)
    at: dict[Span, Sentence] = field(default_factory=dict)
    opening: dict[int, int] = field(default_factory=dict)


def sentences(text: str, blocks: Sequence[PlacedBlock], spans: Sequence[Span], quoted: Quotations) -> list[Sentence]:
    """The sentences with what each says of itself."""
    found = []
    block = 0
    for span in spans:
        while block + 1 < len(blocks) and blocks[block].end <= span.start:
            block += 1
        inside = quoted.inside(span.start, span.end)
        own_text = text[span.start : span.end]
        run = quoted.run_of(span.start, span.end)
        words = [] if run is not None else phrases.read(own_text, [(a - span.start, b - span.start) for a, b in inside])
        share = sum(b - a for a, b in inside) / max(1, span.end - span.start)
        found.append(
            Sentence(span, own_text, block, words, reports(own_text, words), run, share, quoted.runs_in(inside))
        )
    return found


def attribute(page: Page) -> None:
    """Set `attribution` on every sentence of the page whose speaker the text settles."""
    antecedents = Antecedents(page.names, page.text)
    for place, one in enumerate(page.sentences):
        if one.own:
            one.settled = antecedents.settle(one.own[0], place, one.span, one.block, _headed(page, place))
            one.addressee = antecedents.addressee(one.own[0].addressee)
            if one.settled is not None:
                one.attribution = _own(page, one, one.settled)
        antecedents.saw(place, one.span, one.settled, one.block)
    _index(page)
    for place, one in enumerate(page.sentences):
        if one.run is not None:
            _quotation(page, place)
    if page.origin.signatory is not None:
        _signed(page)


def _index(page: Page) -> None:
    """Note where each block and each quotation begins, by sentence, and which sentences tell of a quotation."""
    for place, one in enumerate(page.sentences):
        page.at[one.span] = one
        page.opening.setdefault(one.block, place)
        if one.run is not None:
            first, _ = page.runs.get(one.run, (place, place))
            page.runs[one.run] = (first, place)
        elif one.settled is not None:
            for run in one.touched:
                page.telling.setdefault(run, []).append(one)


def _headed(page: Page, place: int) -> bool:
    """Whether the sentence is the first below a heading: what was said above it is over."""
    block = page.sentences[place].block
    first = place == 0 or page.sentences[place - 1].block != block
    return first and block > 0 and page.blocks[block - 1].kind == "heading"


def _own(page: Page, one: Sentence, known: Known) -> Attribution:
    report = one.own[0]
    return Attribution(
        speaker=known.speaker,
        verb=report.verb,
        basis=known.basis,
        quoted=one.quoted_share > 0.6,
        name=known.name,
        role=report.role or page.names.roles.get(known.name),
        addressee=one.addressee or page.origin.addressee,
        chain=_chain(page, one, known.name),
        basis_text=_text(page, known.basis),
    )


def _chain(page: Page, one: Sentence, speaker: str) -> tuple[str, ...]:
    """Outlet, speaker, and whoever the speaker's words rest on."""
    outlet = () if page.origin.primary or not page.outlet or page.outlet == speaker else (page.outlet,)
    return (*outlet, speaker, *_nested(page, one, speaker))


def _nested(page: Page, one: Sentence, speaker: str) -> tuple[str, ...]:
    """Whom the words of one speaker report in turn: in another clause, inside the quotation, or as a possessor."""
    found = [other.who for other in one.own[1:] if other.kind != "pronoun"]
    for start, end in page.quotations.inside(one.span.start, one.span.end):
        inner = page.text[start + 1 : end]
        found += [other.who for other in reports(inner, phrases.read(inner, ())) if other.kind != "pronoun"]
    if _HELD.search(one.text):
        found += [match["who"] for match in _POSSESSED.finditer(one.text)]
    known = page.names.full
    distinct = dict.fromkeys(known(name) for name in found if known(name) != speaker and name != one.own[0].who)
    return tuple(distinct)[:2] if one.own else ()


def _quotation(page: Page, place: int) -> None:
    """Give a sentence inside a quotation the speaker whom another sentence names."""
    one = page.sentences[place]
    other = _names_speaker(page, place)
    if other is None or other.settled is None or not other.own:
        _by_signature(page, place)
        return
    known = other.settled
    report = other.own[0]
    one.attribution = Attribution(
        speaker=known.speaker,
        verb=report.verb,
        basis=known.basis,
        quoted=True,
        name=known.name,
        role=report.role or page.names.roles.get(known.name),
        addressee=other.addressee or page.origin.addressee,
        chain=_outer(page, known.name),
        basis_text=_text(page, known.basis),
    )
    one.settled = known


def _text(page: Page, span: Span) -> str:
    return page.text[span.start : span.end]


def _outer(page: Page, speaker: str) -> tuple[str, ...]:
    outlet = () if page.origin.primary or not page.outlet or page.outlet == speaker else (page.outlet,)
    return (*outlet, speaker)


def _names_speaker(page: Page, place: int) -> Sentence | None:
    """The sentence whose reporting clause governs the quotation that sentence `place` stands in."""
    one = page.sentences[place]
    telling = page.telling.get(one.run or 0, [])
    same = [other for other in telling if page.quotations.joined(one.span, other.span)]
    before = [other for other in telling if other.span.start < one.span.start]
    later = [other for other in telling if other.span.start > one.span.start]
    if same:
        return same[-1] if same[-1].span.start > one.span.start else same[0]
    if before:
        return before[-1]
    previous = _previous_paragraph(page, place)
    if previous is not None and previous.text.rstrip().endswith(":") and previous.own:
        return previous
    if later and page.blocks[one.block].kind != "quote":
        return later[0]
    carries_on = (
        previous is not None and (previous.run is not None or previous.touched) and previous.settled is not None
    )
    return _source_of(page, previous) if carries_on and previous is not None else None


def _previous_paragraph(page: Page, place: int) -> Sentence | None:
    """The last sentence of the paragraph before the quotation that holds sentence `place`; None under a heading."""
    one = page.sentences[place]
    at = page.runs[one.run or 0][0]
    block = page.sentences[at].block
    at = page.opening[block]
    if at == 0:
        return None
    between = page.blocks[page.sentences[at - 1].block + 1 : block]
    return None if any(other.kind == "heading" for other in between) else page.sentences[at - 1]


def _source_of(page: Page, previous: Sentence) -> Sentence | None:
    """The sentence that names the speaker of a quotation which the next paragraph carries on."""
    if previous.own and previous.touched:
        return previous
    other = page.at.get(previous.settled.told_by) if previous.settled is not None else None
    return other if other is not None and other.own else None


def _by_signature(page: Page, place: int) -> None:
    """A block quotation whose last line is no sentence but a name is that name's."""
    one = page.sentences[place]
    if page.blocks[one.block].kind != "quote" or one.run is None:
        return
    last = page.runs[one.run][1]
    below = page.sentences[last + 1 : last + 2]
    for other in (page.sentences[last], *below):
        match = _SIGNATURE.match(other.text)
        dashed = other.text.lstrip("\\ ")[:1] in "-–—"
        if match is None or other is one or not (other.run == one.run or dashed) or len(other.text.split()) > 10:
            continue
        who, role = phrases.split_role(match["who"].lstrip("-–— "))
        name = page.names.full(who)
        one.attribution = Attribution(
            who, "sign", other.span, quoted=True, name=name, role=role, chain=_outer(page, name), basis_text=other.text
        )
        return


def _signed(page: Page) -> None:
    """In a letter or statement what nobody else says is its signatory's."""
    origin = page.origin
    for one in page.sentences:
        if (
            one.attribution is None
            and one.run is None
            and (origin.signature is not None or _FIRST_PERSON.search(one.text))
        ):
            if one.span == origin.signature or page.blocks[one.block].kind in ("heading", "table_row"):
                continue
            name = page.names.full(origin.signatory or "")
            one.attribution = Attribution(
                speaker=origin.signatory or "",
                verb="write",
                basis=origin.signature or one.span,
                quoted=True,
                name=name,
                role=origin.role or page.names.roles.get(name),
                addressee=origin.addressee,
                chain=(name,),
                basis_text=_text(page, origin.signature or one.span),
            )
