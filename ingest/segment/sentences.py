"""Sentences with exact offsets: a boundary stands only when two judges agree.

The first judge is sentencex (Wikimedia), the second the rules here, which know how official, legal and news writing
uses full stops. For citations a sentence cut in two costs more than two left together, so each judge has a veto.

Quotations. A quotation of several sentences is cut into its sentences, so that a claim can be one of them; the
quotation marks stay where they are, and a sentence may hold only the first or the last of them. It is not cut where
a piece would have fewer than three words, nor between a closing mark and what says whose words they are: “Why?” she
asked. “It is wrong.” Mr Sampson said. sentencex never cuts inside quotation marks, so it is shown the text with
blanks in their place, and in place of a bracket that closes behind a full stop.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from ingest.documents import Span
from ingest.segment.abbreviations import BEGINS_SENTENCES, NEVER_LAST, NUMBERED, SELDOM_LAST

# Straight and typographic single marks between two letters are apostrophes and stay.
_MARKS = re.compile(r"[“”„\"«»‹›]|(?<!\w)['‘’]|['‘’](?!\w)|(?<=[.!?])[)\]]")
_PARAGRAPH = re.compile(r"\n\s*\n|\n\s*(?=(?:[-*•‣▪–]|\(?\w{1,4}[.)])\s)")
_CLOSERS = "”\"’'»›)]}"
_OPENERS = "“„\"‘'«‹([{ \t\n\r\xa0\u200b"
_END = re.compile(r"[.!?…。！？｡؟।॥։]")  # noqa: RUF001 - ends of sentences in other scripts
_NO_BLANK_NEEDED = "。！？｡"  # noqa: RUF001
_BEFORE_STOP = re.compile(r"(?<![\w.])((?:[^\W\d_]|['’])+(?:\.\s?[^\W\d_]+)*)\.$")
_INITIAL = re.compile(r"(?<!\w)[^\W\d_]\.$")
_NUMBER = re.compile(r"[(\[]?(?:§|[A-Z]{0,2}\d|[IVXLC]+\b(?!\s[a-z])|[A-HJ-Z]\b)")
_MARKER = re.compile(r"[\W_]*(?:[A-Za-z]{0,2}\d{1,4}(?:[.\-]\d{1,3})*[a-z]?|[A-Za-z]|[ivxlcIVXLC]{1,5})[.)\]:]*")
_WORD = re.compile(r"[^\W_]+")
# "... of the Act.12 The": a note's number set against the full stop, as PDF readers give it.
_NOTE = re.compile(r"(?<=[^\W\d_]{3})[.!?][”\"’')\]]*(?:\[\d{1,3}\]|\d{1,3})(?=\s+[“\"‘(]?[A-Z])")
_SAYING = re.compile(
    r"(?:[A-Z][\w.'’-]*\s+){1,5}(?:said|says|asked|told|added|wrote|replied|tweeted|warned|explained|insisted)\b(\W?)"
)
_ABBREVIATIONS = NEVER_LAST | NUMBERED | SELDOM_LAST
_ASIDE = 600
"""Longest bracket, in characters, that counts as one; a bracket that is never closed must not swallow the rest."""


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
    asides, quotations = _pairs(paragraph, "([", ")]"), _quotations(paragraph)
    kept: list[int] = []
    for cut in candidates:
        first = kept[-1] if kept else 0
        if cut <= first or cut >= len(paragraph) or not _WORD.search(paragraph, cut):
            continue
        if _inside(asides, cut) is None and _ends(paragraph, first, cut, _inside(quotations, cut)):
            kept.append(cut)
    return kept


def _candidates(paragraph: str) -> list[int]:
    from sentencex import segment

    plain = _MARKS.sub(" ", paragraph)
    cuts, place = set(), 0
    for piece in segment("en", plain):
        place += len(piece)
        cuts.add(_behind_mark(paragraph, place))
    for note in _NOTE.finditer(paragraph):
        if not _is_abbreviation(paragraph[max(0, note.start() - 32) : note.start() + 1]):
            cuts.add(note.end())
    return sorted(cuts - {0})


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
    if cut - first <= 16 and _MARKER.fullmatch(paragraph, first, cut):
        return False
    if bare.endswith((" ...", " …", ". . .")) or _stops_short(bare, ahead):
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
    begins = next_word is not None and next_word.group() in BEGINS_SENTENCES
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


Pair = tuple[int, int]


def _pairs(paragraph: str, openers: str, closers: str) -> list[Pair]:
    """Brackets that are closed again within `_ASIDE`, outermost only, in order."""
    stack: list[int] = []
    found: list[Pair] = []
    for mark in re.finditer(f"[{re.escape(openers + closers)}]", paragraph):
        if mark.group() in openers:
            stack.append(mark.start())
        elif stack:
            opened = stack.pop()
            if mark.start() - opened <= _ASIDE:
                while found and found[-1][0] > opened:
                    found.pop()
                found.append((opened, mark.start()))
    return found


def _quotations(paragraph: str) -> list[Pair]:
    """Double quotation marks, straight or not, in pairs; one that is never closed is passed over."""
    found: list[Pair] = []
    opened: int | None = None
    for mark in re.finditer(r"[“”„\"«»]", paragraph):
        at, straight = mark.start(), mark.group() == '"'
        opens = mark.group() in "“„«" or (straight and opened is None)
        if opens:
            opened = at
        elif opened is not None:
            found.append((opened, at))
            opened = None
    return found


def _inside(pairs: list[Pair], place: int) -> Pair | None:
    at = bisect_right(pairs, (place, -1)) - 1
    return pairs[at] if at >= 0 and pairs[at][0] < place <= pairs[at][1] else None
