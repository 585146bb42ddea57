"""Bytes to text: byte order mark, strict UTF-8, the declared charset, and only then a statistical guess.

The order is that of the WHATWG encoding standard with one change: strict UTF-8 comes before the declared
charset, because wrong declarations are common and text that happens to be valid UTF-8 is not.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from ingest.errors import UnreadableSource

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What a declaration means in practice: the superset that browsers read under that name.
_READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
# Not character sets, or ones that hide text from a reader of the bytes.
_REFUSED = {"utf-7", "unicode-escape", "raw-unicode-escape", "idna", "punycode", "undefined", "mbcs", "oem"}
# What a guess may come out as. EBCDIC and the like turn junk into letters, so they are left out.
_GUESSED = [
    "cp1250",
    "cp1251",
    "cp1252",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "cp1258",
    "cp874",
    "cp932",
    "cp949",
    "big5",
    "euc_jp",
    "euc_jis_2004",
    "gb18030",
    "koi8_r",
    "koi8_u",
    "mac_roman",
    "shift_jis_2004",
]
# Left out are letters that stand for frequent ones in the code pages beside it: \xec and \xf8 in Czech, \xb3 in Polish.
_WESTERN = "€…‘’“”•–—™\xa0£§©«»°àáâäåæçèéêëîïñóôöùúûüßÀÄÇÈÉÊÖÜ".encode("cp1252")
_CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
_SAMPLE = 65_536
_REMEDY = "Save it again as UTF-8 text, or give the original document."


class Decoded(NamedTuple):
    """A text, the Python name of the encoding it was read in, and what the receipt should say about it."""

    text: str
    encoding: str
    warnings: tuple[str, ...]


def decode(content: bytes, declared: str | None = None) -> Decoded:
    """The text of `content`. `declared` is the charset its carrier names (header, meta element), if any.

    The byte order mark is not part of the text. Line ends are left as they are.

    Raises:
        UnreadableSource: the bytes are not text in any encoding that is read.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _marked(content[len(mark) :], name)
    wide = _without_mark(content)
    if wide is not None:
        return wide
    if _is_binary(content):
        raise UnreadableSource("The bytes are not text in any known encoding.", remedy=_REMEDY)
    seven_bit = _escaped_japanese(content)
    text = seven_bit if seven_bit is not None else _strictly(content, "utf-8")
    if text is not None:
        return Decoded(text, "utf-8" if seven_bit is None else "iso2022_jp", ())
    return _by_declaration(content, declared) or _guess(content)


def charset(name: str | None) -> str | None:
    """The Python codec a declared charset is read with; None when there is none or it may not be used."""
    if not name:
        return None
    try:
        found = codecs.lookup(name.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    # `_is_text_encoding` is what str.decode itself asks; zip and base64 are codecs too.
    if found.name.replace("_", "-") in _REFUSED or not getattr(found, "_is_text_encoding", True):
        return None
    return _READ_AS.get(found.name, found.name)


def _marked(content: bytes, name: str) -> Decoded:
    text = _strictly(content, name)
    if text is not None:
        return Decoded(text, name, ())
    text = content.decode(name, errors="replace")
    if text.count("\ufffd") > max(3, len(text) // 100):
        raise UnreadableSource(f"The text is marked as {name} but is not.", remedy=_REMEDY)
    return Decoded(text, name, (f"Some bytes are no valid {name}; they show as \ufffd.",))


def _strictly(content: bytes, name: str) -> str | None:
    try:
        return content.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _without_mark(content: bytes) -> Decoded | None:
    """UTF-16 without a mark: in European text every second byte is zero."""
    sample = content[:_SAMPLE]
    if len(sample) < 4 or sample.count(0) * 5 < len(sample):
        return None
    for name, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        others = sample.count(0) - zeros.count(0)
        if zeros.count(0) * 10 > len(zeros) * 4 and others * 50 < len(sample):
            text = _strictly(content, name)
            if text is not None:
                return Decoded(text, name, (f"No encoding is marked; read as {name}.",))
    return None


def _is_binary(content: bytes) -> bool:
    sample = content[:_SAMPLE] + content[-_SAMPLE:]
    return len(sample) - len(sample.translate(None, _CONTROL)) > len(sample) // 100


def _escaped_japanese(content: bytes) -> str | None:
    # ISO-2022-JP is plain ASCII with escapes, so it would pass for UTF-8 and read as rubbish.
    return _strictly(content, "iso2022_jp") if re.search(rb"\x1b[$(][B@J]", content) else None


def _by_declaration(content: bytes, declared: str | None) -> Decoded | None:
    name = charset(declared)
    if name is None:
        return None
    text = _strictly(content, name)
    if text is None:
        return None
    return Decoded(text, name, ())


def _guess(content: bytes) -> Decoded:
    from charset_normalizer import from_bytes  # 40 ms to import, and almost every source is UTF-8

    damaged = content.decode("utf-8", errors="replace")
    if damaged.count("\ufffd") <= 3 + len(damaged) // 2000 and not damaged.isascii() and _mostly_utf8(content):
        return Decoded(damaged, "utf-8", ("A few bytes are no valid utf-8; they show as \ufffd.",))
    best = from_bytes(content, cp_isolation=_GUESSED, preemptive_behaviour=False).best()
    if best is None:
        raise UnreadableSource("The bytes are not text in any known encoding.", remedy=_REMEDY)
    name = best.encoding
    if name != "cp1252" and _reads_as_western(content):
        name = "cp1252"
    return Decoded(content.decode(name), name, (f"No encoding is declared; read as {name} by its bytes.",))


def _mostly_utf8(content: bytes) -> bool:
    """More valid multi-byte sequences than stray bytes: UTF-8 with damage, not another encoding."""
    valid = len(re.findall(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}", content))
    high = len(content) - len(content.translate(None, bytes(range(128, 256))))
    return valid * 4 > high


def _reads_as_western(content: bytes) -> bool:
    """Only the punctuation that Windows adds, and accented letters of western Europe among ASCII letters.

    A short letter holds a handful of high bytes, too few for statistics: its curly quotes and accents decode
    equally well as several code pages, of which cp1252 is the one that English, French and German are written in.
    """
    high = len(content) - len(content.translate(None, bytes(range(128, 256))))
    usual = len(content) - len(content.translate(None, _WESTERN))
    return high * 5 < len(content) and usual * 10 >= high * 9 and _strictly(content, "cp1252") is not None
