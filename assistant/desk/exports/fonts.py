"""Fonts for the PDF, from this computer alone: the first that holds a letter shows it.

A department's computers have one of the families below. Where none is found, reportlab's own Vera, which knows Western
European letters, stands in. Chinese, Japanese and Korean fall back on the fonts that every PDF reader knows by name.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

_FOLDERS = {
    "win32": (Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",) if sys.platform == "win32" else (),
    "darwin": (Path("/System/Library/Fonts/Supplemental"), Path("/Library/Fonts"), Path("/System/Library/Fonts")),
}
_ELSEWHERE = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
_FAMILIES = (
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf"),
    ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSans-Italic.ttf"),
    ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf", "LiberationSans-Italic.ttf"),
    ("arial.ttf", "arialbd.ttf", "ariali.ttf"),
    ("Arial.ttf", "Arial Bold.ttf", "Arial Italic.ttf"),
)
_MORE = (
    "Arial Unicode.ttf",
    "NotoSansArabic-Regular.ttf",
    "NotoSansHebrew-Regular.ttf",
    "NotoSansDevanagari-Regular.ttf",
)
_BY_NAME = ("STSong-Light", "HeiseiMin-W3", "HYSMyeongJo-Medium")
_CJK = ((0x2E80, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF))


class Faces(NamedTuple):
    """Names under which reportlab knows the fonts: of the text, and further ones by what they hold."""

    regular: str
    bold: str
    italic: str
    more: tuple[str, ...]


@cache
def faces() -> Faces:
    """The fonts of this computer, registered once."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    found = _files()
    names: list[str] = []
    for family in (*_FAMILIES, ("Vera.ttf", "VeraBd.ttf", "VeraIt.ttf")):
        files = [found.get(one, one) for one in family]
        if family[0] != "Vera.ttf" and family[0] not in found:
            continue
        files = [one if one in found.values() or family[0] == "Vera.ttf" else files[0] for one in files]
        try:
            for kind, file in zip(("regular", "bold", "italic"), files, strict=True):
                pdfmetrics.registerFont(TTFont(f"paper-{kind}", str(file)))
        except (TTFError, OSError):
            continue
        break
    for one in _MORE:
        if one in found:
            try:
                pdfmetrics.registerFont(TTFont(one, str(found[one])))
            except TTFError:
                continue
            names.append(one)
    return Faces("paper-regular", "paper-bold", "paper-italic", tuple(names))


def face_for(letter: str, base: str) -> str | None:
    """The font that shows `letter` where `base` is the text's own; None when none does."""
    from reportlab.pdfbase import pdfmetrics

    code = ord(letter)
    for name in (base, *faces().more):
        glyphs = getattr(pdfmetrics.getFont(name).face, "charToGlyph", {})
        if code in glyphs or code < 0x21:
            return name
    if any(low <= code <= high for low, high in _CJK):
        return _by_name(code)
    return None


def _by_name(code: int) -> str:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    name = _BY_NAME[2] if 0xAC00 <= code <= 0xD7AF else _BY_NAME[1] if 0x3040 <= code <= 0x30FF else _BY_NAME[0]
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(name))
    return name


def _files() -> dict[str, Path]:
    wanted = {one for family in _FAMILIES for one in family} | set(_MORE)
    found: dict[str, Path] = {}
    for folder in _FOLDERS.get(sys.platform, _ELSEWHERE):
        for path in sorted(folder.rglob("*.[tT][tT][fF]")) if folder.is_dir() else ():
            if path.name in wanted:
                found.setdefault(path.name, path)
    return found
