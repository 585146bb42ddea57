"""From a page of pdfium to pieces of text with their boxes.

Every character is taken by its own index: the text that pdfium returns as one string leaves out some characters
and renames others, so that its offsets do not fit its boxes (Arabic, mathematics).
"""

from __future__ import annotations

import ctypes
import math
import re
import threading
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Rectangle = tuple[float, float, float, float]
"""x0, y0, x1, y1 from the top left."""

PDFIUM = threading.Lock()
"""Held around every call of pdfium, which is not safe in threads: by the reader and by `ingest.page_image`."""

_WORD = re.compile(r"[^\s\x00-\x1f\x7f\u00ad\ufffe\uffff\u200b\u2060\ufeff]+")
_LINE_END = re.compile(r"[\r\n\x02\ufffe]")
_BOLD_NAME = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)
_FORCE_BOLD = 1 << 18
_SKEW = 8
"""Degrees off the page's edges from which on text is no line of it but a stamp across it."""

RAISED = str.maketrans("0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")
"""A raised figure is a note's mark or an exponent: "2022" and a raised 3 must not become the number 20223."""

_FIGURE = re.compile(r"[0-9]")
_SMALLEST_SEEN = 2.5
"""Points. What is set smaller cannot be read by eye: identifiers put there by a program, or words meant to hide."""


@dataclass(slots=True)
class Piece:
    """A run of words on one baseline with no wide gap in it.

    Coordinates are those in which the text runs from left to right, whatever way the page is turned.
    `line` is pdfium's line number on the page; `broken` says that a word goes on after its end and that
    pdfium took the hyphen away. `turned` text runs another way than most of its page. `first` is pdfium's index of a
    character in it; `hidden` says that it cannot be read by eye (see `pdf_unseen`).
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool
    line: int
    broken: bool = False
    turned: bool = False
    first: int = 0
    hidden: bool = False
    skewed: bool = False

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.y0 + self.y1) / 2

    @property
    def height(self) -> float:
        """Height of its box, never 0."""
        return max(self.y1 - self.y0, 0.1)


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page is turned: `shown` by the page's own /Rotate, `reading` by the way its text runs. Degrees."""

    box: Rectangle
    shown: int
    reading: int

    def to_reading(self, left: float, top: float, right: float, bottom: float) -> Rectangle:
        """From pdfium's user space (y upwards) to the space in which text runs left to right."""
        return _turned(self.box, self.reading, (left, bottom, right, top))

    def to_shown(self, x0: float, y0: float, x1: float, y1: float) -> Rectangle:
        """From reading space to the page as it is displayed, from its top left corner."""
        if self.shown == self.reading:
            return (x0, y0, x1, y1)
        return _turned(self.box, self.shown, _unturned(self.box, self.reading, (x0, y0, x1, y1)))


def frame_of(page: Any, reading: int) -> Frame:
    """The frame of `page`, whose text mostly runs `reading` degrees counter-clockwise."""
    left, bottom, right, top = page.get_bbox()
    return Frame((left, bottom, right, top), int(page.get_rotation()) % 360, reading)


def _turned(page: Rectangle, degrees: int, user: Rectangle) -> Rectangle:
    left, bottom, right, top = page
    x0, y0, x1, y1 = user
    if degrees == 90:
        return (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
    if degrees == 180:
        return (right - x1, y0 - bottom, right - x0, y1 - bottom)
    if degrees == 270:
        return (top - y1, right - x1, top - y0, right - x0)
    return (x0 - left, top - y1, x1 - left, top - y0)


def _unturned(page: Rectangle, degrees: int, turned: Rectangle) -> Rectangle:
    left, bottom, right, top = page
    x0, y0, x1, y1 = turned
    if degrees == 90:
        return (left + y0, bottom + x0, left + y1, bottom + x1)
    if degrees == 180:
        return (right - x1, bottom + y0, right - x0, bottom + y1)
    if degrees == 270:
        return (right - y1, top - x1, right - y0, top - x0)
    return (left + x0, top - y1, left + x1, top - y0)


def pieces(page: Any, text_page: Any) -> tuple[list[Piece], Frame]:
    """The pieces of one page in the order they were written, and how the page is turned."""
    raw = text_page.raw
    count = max(0, pdfium.FPDFText_CountChars(raw))
    code_of = pdfium.FPDFText_GetUnicode
    text = "".join([_character(code_of(raw, index)) for index in range(count)])
    starts = [match.start() for match in re.finditer(r"[^\r\n\x02]+", text)]
    angles = [_angle(raw, start) for start in starts]
    frame = frame_of(page, Counter(angles).most_common(1)[0][0] if angles else int(page.get_rotation()) % 360)
    corners = (pdfium.FS_RECTF * max(count, 1))()
    box_of = pdfium.FPDFText_GetLooseCharBox
    for index in range(count):
        box_of(raw, index, corners[index])
    flat = memoryview(corners).cast("B").cast("f").tolist()
    return _cut(raw, text, flat, frame), frame


def _character(code: int) -> str:
    return chr(code) if code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"


def _angle(raw: Any, index: int) -> int:
    # pdfium counts clockwise.
    return -round(math.degrees(pdfium.FPDFText_GetCharAngle(raw, index)) / 90) * 90 % 360


def _cut(raw: Any, text: str, flat: Sequence[float], frame: Frame) -> list[Piece]:
    made: list[Piece] = []
    line, seen, run = 0, 0, _Run(raw, frame)
    for start, end in _words(text, flat):
        between = text[seen:start]
        seen = end
        box = frame.to_reading(*_box(flat, start, end))
        if _LINE_END.search(between):
            made.extend(run.piece(line, broken="\x02" in between or "\ufffe" in between))
            line += 1
        elif run.jumps(box, text[start:end]):
            made.extend(run.piece(line))
            line += 1
        elif run.gap(box):
            made.extend(run.piece(line))
        word = _with_marks(raw, text[start:end], start, end, flat, frame)
        run.add(word, start, end, box, glued="\u00ad" in between and between.strip("\u00ad") == "")
    made.extend(run.piece(line))
    return made


def _words(text: str, flat: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Spans of words, also of those that stand apart on the page with no space character between them."""
    gaps = [after - before for before, after in zip(flat[2::4], flat[4::4], strict=False)]
    for match in _WORD.finditer(text):
        start, end = match.span()
        white = 0.15 * (flat[4 * start + 1] - flat[4 * start + 3])
        if end - start < 3 or max(gaps[start : end - 1]) <= white or white <= 0:
            yield start, end
            continue
        breaks = [index + 1 for index in range(start, end - 1) if gaps[index] > white]
        if len(breaks) > (end - start) / 4 or _RIGHT_TO_LEFT.search(match.group()):
            yield start, end  # letters set apart on purpose
            continue
        yield from pairwise([start, *breaks, end])


def _box(flat: Sequence[float], start: int, end: int) -> Rectangle:
    # The first and the last character bound the word whichever way it runs.
    first, last = 4 * start, 4 * (end - 1)
    return (
        min(flat[first], flat[last]),
        max(flat[first + 1], flat[last + 1]),
        max(flat[first + 2], flat[last + 2]),
        min(flat[first + 3], flat[last + 3]),
    )


class _Run:
    """The words of one piece as they come in."""

    def __init__(self, raw: Any, frame: Frame) -> None:
        self._raw = raw
        self._frame = frame
        self._words: list[str] = []
        self._boxes: list[Rectangle] = []
        self._starts: list[int] = []
        self._end = 0

    def add(self, word: str, start: int, end: int, box: Rectangle, *, glued: bool) -> None:
        if glued and self._words:
            self._words[-1] += word
        else:
            self._words.append(word)
        self._starts.append(start)
        self._end = end
        self._boxes.append(box)

    def jumps(self, box: Rectangle, word: str) -> bool:
        """True when the next word stands on another baseline, or back to the left of this one."""
        if not self._boxes:
            return False
        last = self._boxes[-1]
        height = max(min(last[3] - last[1], box[3] - box[1]), 0.1)
        if abs((last[1] + last[3]) - (box[1] + box[3])) / 2 > 0.7 * height:
            return True
        return box[2] < last[0] and not _RIGHT_TO_LEFT.search(word + self._words[-1])

    def gap(self, box: Rectangle) -> bool:
        """True when more white lies between than between two words."""
        if not self._boxes:
            return False
        last = self._boxes[-1]
        white = max(box[0] - last[2], last[0] - box[2])
        return white > 1.0 * max(min(last[3] - last[1], box[3] - box[1]), 1.0)

    def piece(self, line: int, *, broken: bool = False) -> list[Piece]:
        """What came in since the last call as at most one piece."""
        if not self._boxes:
            return []
        text = " ".join(self._words).translate(_LIGATURES)
        start = self._starts[0]
        # A word in the middle: the first can be a footnote's mark, and a space has no size of its own.
        centre = self._starts[len(self._starts) // 2]
        size, skewed = _size(self._raw, centre), _is_skewed(self._raw, centre)
        made = Piece(
            text,
            min(box[0] for box in self._boxes),
            min(box[1] for box in self._boxes),
            max(box[2] for box in self._boxes),
            max(box[3] for box in self._boxes),
            size,
            all(_is_bold(self._raw, index) for index in {start, centre, self._end - 1}),
            line,
            broken,
            skewed or _angle(self._raw, start) != self._frame.reading,
            centre,
            size < _SMALLEST_SEEN,
            skewed,
        )
        self._words, self._boxes, self._starts = [], [], []
        return [made]


def _is_skewed(raw: Any, index: int) -> bool:
    degrees = math.degrees(pdfium.FPDFText_GetCharAngle(raw, index))
    return abs(degrees - round(degrees / 90) * 90) > _SKEW


def is_raised(mark: tuple[float, float], beside: tuple[float, float]) -> bool:
    """Whether the first of two (top, bottom) is that of a smaller letter set higher; y grows downwards."""
    height = beside[1] - beside[0]
    return mark[1] - mark[0] < 0.85 * height and beside[1] - mark[1] > 0.15 * height


def _with_marks(raw: Any, word: str, start: int, end: int, flat: Sequence[float], frame: Frame) -> str:
    """The word, its raised figures written as such."""
    if len(word) < 2 or not _FIGURE.search(word):
        return word
    if _is_skewed(raw, start) or _angle(raw, start) != frame.reading:
        return word  # its letters do not stand side by side
    boxes = [frame.to_reading(*_box(flat, index, index + 1)) for index in range(start, end)]
    tall = max(boxes, key=lambda box: box[3] - box[1])
    return "".join(
        letter.translate(RAISED) if is_raised((box[1], box[3]), (tall[1], tall[3])) else letter
        for letter, box in zip(word, boxes, strict=True)
    )


def _size(raw: Any, index: int) -> float:
    """Size in points as drawn; the font's own size is 1 where the size stands in the text matrix."""
    matrix = pdfium.FS_MATRIX()
    size = float(pdfium.FPDFText_GetFontSize(raw, index))
    if not pdfium.FPDFText_GetMatrix(raw, index, matrix):
        return size
    return round(size * math.hypot(matrix.c, matrix.d), 2)


def _is_bold(raw: Any, index: int) -> bool:
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(raw, index, name, 128, flags)
    if not length:
        return False
    named = name.raw[: min(length, 128)].decode("utf-8", "replace")
    return bool(_BOLD_NAME.search(named)) or bool(flags.value & _FORCE_BOLD)
