"""Sentences with exact offsets: one judge proposes a boundary, another has a veto.

sentencex (Wikimedia) proposes, with a few ends added that it is known to miss; the rules here, which know how official,
legal and news writing uses full stops, decide. For citations a sentence cut in two costs more than two left together.

Quotations. A quotation of several sentences is cut into its sentences, so that a claim can be one of them; the
quotation marks stay where they are, and a sentence may hold only the first or the last of them. It is not cut where
a piece would have fewer than three words, nor between a closing mark and what says whose words they are: “Why?” she
asked. “It is wrong.” Mr Sampson said. sentencex never cuts inside quotation marks, nor at all behind some brackets
("(a) take steps. They must"), so it is shown the text with blanks in their place; brackets are looked at here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.documents import Span
from ingest.segment.abbreviations import BEGINS_SENTENCES, NEVER_LAST, NUMBERED, SELDOM_LAST
from ingest.segment.enclosed import brackets, inside, quotations

# Straight and typographic single marks between two letters are apostrophes and stay.
_MARKS = re.compile(r"[“”„\"«»‹›()\[\]]|(?<!\w)['‘’]|['‘’](?!\w)")
# A number at the beginning of a line is an item's only when the line before has ended: "on page / 12. It was".
_PARAGRAPH = re.compile(
    r"\n\s*\n|\n\s*(?=[-*•‣▪–]\s)|"
    r"(?:(?<=[.;:!?])|(?<=; or)|(?<=; and)|(?<=, or)|(?<=, and))\r?\n\s*(?=\(?(?:\d{1,3}|[A-Za-z]|[ivxl]{1,5})[.)]\s)"
)
_CLOSERS = "”\"’'»›)]}"
_OPENERS = "“„\"‘'«‹([{ \t\n\r\xa0\u200b"
_END = re.compile(r"[.!?…。！？｡؟।॥։]")  # noqa: RUF001 - ends of sentences in other scripts
_NO_BLANK_NEEDED = "。！？｡"  # noqa: RUF001
_BEFORE_STOP = re.compile(r"(?<![\w.])((?:[^\W\d_]|['’])+(?:\.\s?[^\W\d_]+)*)\.$")
_INITIAL = re.compile(r"(?<![\w'’])[^\W\d_]\.$")
_NUMBER = re.compile(r"[(\[]?(?:§|[A-Z]{0,2}\d|[IVXLC]+\b(?!\s[a-z])|[A-HJ-Z]\b)")
_NUMBERED = re.compile(r"No\.\s*\d")
_MARKER = re.compile(r"[\W_]*(?:[A-Za-z]{0,2}\d{1,4}(?:[.\-]\d{1,3})*[a-z]?|[A-Za-z]|[ivxlcIVXLC]{1,5})[.)\]:]*")
_ITEM_BEGINS = re.compile(r"[:;]\s+(?:\d{1,2}|[a-z])\.$")
_WORD = re.compile(r"[^\W_]+")
# "Recommendation 3. The ministry should": what is said under it is part of the same sentence.
_NAMED_MARKER = re.compile(
    r"[\W_]*(?:[A-Z][a-z]{2,15} (?:\d{1,3}[A-Za-z]?|[IVXLC]{1,5})|(?:Annex|Appendix|Exhibit|Option|Part|Schedule) [A-Z])\."
)
# "(c) Exceptions. This clause does not": a heading run into its paragraph.
_RUN_IN = re.compile(r"[(\[]?(?:[a-z]|\d{1,3}(?:\.\d{1,3})*|[ivx]{1,5}|[A-Z])[.)\]]+\s+[A-Z][a-z]+(?: [a-z]+)?\.")
# "... of the Act.12 The": a note's number set against the full stop, as PDF readers give it.
_NOTE = re.compile(r"(?<=[^\W\d_]{3})[.!?][”\"’')\]]*(?:\[\d{1,3}\]|\d{1,3}|[¹²³⁰⁴-⁹]{1,3})(?=\s+[“\"‘(]?[A-Z])")
_TRAILED_OFF = re.compile(r"(?<=\w)…(?=\s+[“\"‘(]?[A-Z])")
# "... an appeal. [2] It is brought": paragraphs of a judgment run together.
_BEFORE_BRACKETED = re.compile(r"[.!?][”\"’)\]]*(?=\s+\[\d{1,3}\]\s+[“\"‘(]?[A-Z])")
# Where sentencex is known to miss an end that nothing speaks against: at a line's end, behind a bracket, after "May", before "I".
_LINE_ENDS = re.compile(r"[.!?][”\"’')\]]*(?=[ \t]*\r?\n\s*[“\"‘(]?[A-Z])")
_BEHIND_BRACKET = re.compile(r"(?<=[)\]])[.!?](?=\s+[“\"‘(]?[A-Z])")
_AFTER_MAY = re.compile(r"(?<=\bMay)\.(?=\s+[“\"‘(]?[A-Z])")
_BEFORE_BEGINNING = re.compile(rf"(?<=[a-z]{{2}})[.!?](?=\s+(?:{'|'.join(sorted(BEGINS_SENTENCES))})\s)")
_MISSED = (_NOTE, _BEFORE_BRACKETED, _TRAILED_OFF, _LINE_ENDS, _AFTER_MAY, _BEHIND_BRACKET, _BEFORE_BEGINNING)
_MARKERS = (_MARKER, _NAMED_MARKER, _RUN_IN)
_SAYING = re.compile(
    r"(?:[A-Z][\w.'’-]*\s+){1,5}(?:said|says|asked|told|added|wrote|replied|tweeted|warned|explained|insisted)\b(\W?)"
)
_ABBREVIATIONS = NEVER_LAST | NUMBERED | SELDOM_LAST
_LONGEST_MARKER = 32
_WINDOW = 8_000


def sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The sentences of `text[start:end]`, in order, without white space at their ends.

    Every character that is not white space is in exactly one of them. Blank lines always separate; other line
    breaks do only in front of a list item.
    """
    found: list[Span] = []
    for first, last in _paragraphs(text, start, end):
        found.extend(_of_paragraph(text, first, last))
    return tuple(found)


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for gap in _PARAGRAPH.finditer(text, start, end):
        yield first, gap.start()
        first = gap.end()
    yield first, end


def _of_paragraph(text: str, start: int, end: int) -> Iterator[Span]:
    first = start
    for cut in _boundaries(text[start:end]):
        if span := _trimmed(text, first, start + cut):
            yield span
        first = start + cut
    if span := _trimmed(text, first, end):
        yield span


def _trimmed(text: str, start: int, end: int) -> Span | None:
    inner = text[start:end].strip()
    if not inner:
        return None
    first = text.index(inner[0], start)
    return Span(first, first + len(inner))


def _boundaries(paragraph: str) -> list[int]:
    """Where the paragraph is cut: just behind the mark that ends a sentence and what closes with it."""
    candidates = _candidates(paragraph)
    if not candidates:
        return []
    asides, quoted = brackets(paragraph), quotations(paragraph)
    kept: list[int] = []
    for cut in candidates:
        first = kept[-1] if kept else 0
        if cut <= first or cut >= len(paragraph) or not _WORD.search(paragraph, cut):
            continue
        if inside(asides, cut) is None and _ends(paragraph, first, cut, inside(quoted, cut)):
            kept.append(cut)
    return kept


def _candidates(paragraph: str) -> list[int]:
    from sentencex import segment

    plain = _MARKS.sub(" ", paragraph)
    cuts, place = set(), 0
    for window in _windows(plain):
        for piece in segment("en", window):
            place += len(piece)
            cuts.add(_behind_mark(paragraph, place))
    for pattern in _MISSED:
        for found in pattern.finditer(paragraph):
            if not _is_abbreviation(paragraph[max(0, found.start() - 32) : found.start() + 1]):
                cuts.add(found.end())
    return sorted(cuts - {0})


def _windows(plain: str) -> Iterator[str]:
    """The paragraph in parts that sentencex takes in a moment; its time grows with the square of a long one."""
    start = 0
    while len(plain) - start > _WINDOW:
        blank = max(plain.rfind(mark, start + 1, start + _WINDOW) for mark in (" ", "\n", "。"))
        end = blank + 1 if blank > start else start + _WINDOW
        yield plain[start:end]
        start = end
    yield plain[start:]


def _behind_mark(paragraph: str, place: int) -> int:
    """From where sentencex begins the next sentence, back to the end of this one: 0 when it has no end mark."""
    floor = max(0, place - 64)
    at = place
    while at > floor and not _END.match(paragraph[at - 1]):
        if paragraph[at - 1] not in _OPENERS and paragraph[at - 1] not in _CLOSERS:
            return 0
        at -= 1
    if at == floor:
        return 0
    while at < len(paragraph) and (paragraph[at] in _CLOSERS or _END.match(paragraph[at])):
        at += 1
    return at


def _ends(paragraph: str, first: int, cut: int, quotation: tuple[int, int] | None) -> bool:
    """Whether a sentence that began at `first` ends at `cut`, by the rules of this module."""
    bare = paragraph[max(first, cut - 48) : cut].rstrip(_CLOSERS)
    ahead = paragraph[cut : cut + 96].lstrip(_OPENERS)
    if bare[-1:] in _NO_BLANK_NEEDED:
        return True
    if not paragraph[cut].isspace() or not ahead or ahead[0].islower() or ahead[0] in ",;:":
        return False
    if cut - first <= _LONGEST_MARKER and any(one.fullmatch(paragraph, first, cut) for one in _MARKERS):
        return False
    if bare.endswith((" ...", " …", ". . .")) or _ITEM_BEGINS.search(bare) or _stops_short(bare, ahead):
        return False
    if quotation is not None:
        return _wide(paragraph, max(first, quotation[0]), cut) and _wide(paragraph, cut, quotation[1])
    closed = paragraph[cut - 1] in "”\"’'»›"
    return not (closed and _is_attribution(bare[-1:], ahead))


def _stops_short(bare: str, ahead: str) -> bool:
    """Whether the full stop belongs to an abbreviation and the sentence goes on."""
    found = _BEFORE_STOP.search(bare)
    if not found:
        return False
    word = re.sub(r"\s", "", found.group(1))
    last = word.rpartition(".")[2]
    next_word = _WORD.match(ahead)
    begins = next_word is not None and next_word.group() in BEGINS_SENTENCES and not _NUMBERED.match(ahead)
    if {word, last} & NEVER_LAST or word.casefold() in {"e.g", "i.e"}:
        return True
    if {word.casefold(), last.casefold()} & NUMBERED and _NUMBER.match(ahead):
        return True
    seldom = word.casefold() in SELDOM_LAST or last.casefold() in SELDOM_LAST
    initials = _INITIAL.search(bare) is not None or "." in word
    return (seldom or initials) and not begins


def _is_abbreviation(bare: str) -> bool:
    found = _BEFORE_STOP.search(bare)
    return found is not None and not {found.group(1), found.group(1).casefold()}.isdisjoint(_ABBREVIATIONS)


def _is_attribution(mark: str, ahead: str) -> bool:
    """Whether a capitalised name and a verb of saying follow a closing mark, and belong to the quotation.

    After a full stop only when nothing follows the verb: “It is wrong.” Mr Sampson said. With more behind it
    (“It is wrong.” Mr Sampson said he would write) it is a sentence of its own.
    """
    saying = _SAYING.match(ahead)
    return saying is not None and (mark in "?!" or saying.group(1) in {".", ",", ":", ""})


def _wide(paragraph: str, first: int, last: int) -> bool:
    words = _WORD.finditer(paragraph, first, last)
    return sum(1 for _, _ in zip(words, range(3), strict=False)) == 3
