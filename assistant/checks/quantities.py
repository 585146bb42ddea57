"""Numbers of a text in one form: value or range, unit, and how exactly the text means it.

"£1.2m", "1,200,000 pounds", "over a million", "40 per cent", "two in five", "between 5 and 10", "third".
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = {name: 10 * n for n, name in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_VALUE = {name: n for n, name in enumerate(_SMALL)} | _TENS
_SCALE = {"hundred": 100, "thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6, "mn": 10**6, "dozen": 12}
_SCALE |= {"billion": 10**9, "bn": 10**9, "b": 10**9, "trillion": 10**12, "tn": 10**12}
_ORDINAL = {
    name: n
    for n, name in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
}
_PARTS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fourth": 4,
    "fourths": 4,
    "fifth": 5,
    "fifths": 5,
}
_PARTS |= {"tenth": 10, "tenths": 10}
_CURRENCY = {"£": "£", "$": "$", "€": "€", "us$": "$", "gbp": "£", "usd": "$", "eur": "€", "¥": "¥"}
_CURRENCY |= {"pound": "£", "pounds": "£", "dollar": "$", "dollars": "$", "euro": "€", "euros": "€", "yen": "¥"}

_DIGITS = r"\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,20})?(?!\d)|\d{1,20}(?:\.\d{1,20})?(?!\d)"
_SPELLED = rf"(?:{'|'.join(sorted(_VALUE, key=len, reverse=True))})"
_SCALES = r"(?:hundred|thousand|million|billion|trillion|dozen|bn|mn|tn|[mkb](?![\w’']))"
_WORDS = (
    rf"(?:(?:a|an)[ -]{_SCALES}|{_SPELLED})"
    rf"(?:[ -]{_SPELLED}|[ -]{_SCALES}|(?:(?<=hundred)|(?<=thousand)|(?<=million)) and {_SPELLED})*"
)
_ONE = rf"(?:(?:{_DIGITS})(?:[ -]?{_SCALES})*|{_WORDS})"
_FRACTION = re.compile(
    r"(?:(?:(?P<over>one|two|three|four|five|\d{1,3})[ -](?:in|out of)(?: every)?[ -](?P<under>two|three|four|five|six|ten|\d{1,3})(?![\w,.]\w))"
    r"|(?P<top>one|an?|two|three|four)[ -](?P<part>thirds?|quarters?|fourths?|fifths?|tenths?)\b(?! (?:time|of all))|\b(?:one )?(?P<half>half)\b)",
    re.I,
)
_BEFORE = (
    ("<~", r"almost|nearly|just under|close to|just below"),
    (">~", r"just over|just above|slightly more than|slightly over"),
    (">=", r"at least|no fewer than|no less than|not less than|not fewer than|a minimum of|minimum of"),
    ("<=", r"up to|at most|no more than|not more than|a maximum of|maximum of|no greater than|as many as"),
    (">", r"over|more than|above|in excess of|exceeding|exceeds|exceeded|greater than|upwards of|higher than"),
    ("<", r"under|less than|fewer than|below|lower than"),
    ("~", r"about|around|approximately|roughly|some|circa|an estimated|estimated|approx\.?|or so"),
)
_BOUND = re.compile(
    rf"(?:{'|'.join(f'(?P<b{n}>{words})' for n, (_, words) in enumerate(_BEFORE))}) (?:the |a )?$", re.I
)
_AFTER = re.compile(
    r"^(?: (?:years?|days?|months?|weeks?|hours?))? or (?P<more>more|above|older)\b|^ or (?:fewer|less|under)\b|^\+|^ or so\b",
    re.I,
)
_NUMBER = re.compile(
    rf"(?P<money>US\$|[£$€¥])?(?<![\w.])(?P<first>{_ONE})(?P<join>\s?[-–]\s?| to | and | or )?(?P<money2>[£$€¥])?"
    rf"(?(join)(?P<second>{_ONE}))(?P<unit>\s?%|[ -]per[ -]?cent(?:age points?)?\b| pc\b| percentage points?\b|"
    r" (?:pounds|dollars|euros|yen)\b(?: sterling)?| (?:GBP|USD|EUR)\b)?",
    re.I,
)
_SINGLE = re.compile(_NUMBER.pattern.replace(r"(?P<join>\s?[-–]\s?| to | and | or )?", "(?P<join>(?!))?"), re.I)
_ORDINALS = re.compile(
    rf"\b(?:(?P<digits>\d+)(?:st|nd|rd|th)|(?P<word>{'|'.join(_ORDINAL)}))\b(?!-(?:tier|class|rate|hand|degree)\b)",
    re.I,
)
_NO_NUMBER = re.compile(
    r"\b(?:one another|no one|one’s|one's|the one|this one|that one|each one|any one|someone)\b", re.I
)
_LETTERED = re.compile(
    r"(?<![\w£$€])(?:\w*[A-Za-z]\w*[-./]?\d[\w./-]*|\d+(?:[.:/]\d+){2,}|\d+[A-Za-z]+\w*|\d+[:/]\d+)(?![\w])"
)


class Quantity(NamedTuple):
    """`low` and `high` are equal but for a range. `bound` is "=", "~", ">", ">=", ">~", "<", "<=" or "<~"."""

    start: int
    end: int
    low: Fraction
    high: Fraction
    bound: str = "="
    unit: str = ""

    def stands_in(self, other: Quantity) -> bool:
        """True when a text that gives `other` may be reworded with this."""
        if self.unit != other.unit:
            return False
        if (self.low, self.high) == (other.low, other.high) and self.bound == other.bound:
            return True
        if self.unit == "%" and self.bound == other.bound and self.low == self.high:
            return (
                abs(self.low - other.low) < Fraction(1, 2)
                and bool(self.low.denominator > 2)
                and other.low == other.high
            )
        if self.low != self.high or other.low != other.high or self.unit in ("ordinal", "code"):
            return False
        return _allows(self.bound, self.low, other.bound, other.low)


def _allows(mine: str, value: Fraction, theirs: str, held: Fraction) -> bool:
    """Whether the wording `mine value` is a fair one for `theirs held`, neither too strong nor far off."""
    if mine == "~" and value == held:
        return theirs == "=" and held >= 100
    if mine == "~":
        return (
            theirs == "="
            and held >= 100
            and abs(value - held) <= held / 20
            and _figures(value) <= min(2, _figures(held))
        )
    if mine in (">", ">=", ">~"):
        near = value < held <= value * Fraction(3, 2)
        return (theirs in ("=", "~") and near) or (value == held and (mine, theirs) == (">", ">~"))
    if mine in ("<", "<=", "<~"):
        near = value * Fraction(2, 3) <= held < value
        return (theirs in ("=", "~") and near) or (value == held and (mine, theirs) == ("<", "<~"))
    return False


def _figures(value: Fraction) -> int:
    """How many of its figures count: 1 for 500, 2 for 1.2 million."""
    return len(f"{float(value):.9g}".replace(".", "").split("e")[0].strip("0")) or 1


def quantities(text: str, taken: Sequence[tuple[int, int]] = ()) -> list[Quantity]:
    """Every number of `text` outside the spans in `taken` (its dates), in order."""
    blocked = [*taken, *(match.span() for match in _NO_NUMBER.finditer(text))]
    found: list[Quantity] = []
    for read in (_fractions, _codes, _ordinals, _plain):
        fresh = [one for one in read(text) if all(one.end <= a or one.start >= b for a, b in blocked)]
        found += fresh
        blocked += [(one.start, one.end) for one in fresh]
    return sorted(found)


def _fractions(text: str) -> Iterator[Quantity]:
    for match in _FRACTION.finditer(text):
        value = _fraction(match)
        yield _bounded(text, match.start(), match.end(), value, value, "%")


def _codes(text: str) -> Iterator[Quantity]:
    """Numbers of rules, papers and products ("3.2.1(a)", "HC198"), to be met to the letter."""
    for match in _LETTERED.finditer(text):
        if not re.fullmatch(rf"(?:{_DIGITS}){_SCALES}|\d+(?:st|nd|rd|th)", match.group(), re.I):
            code = Fraction(int.from_bytes(match.group().casefold().encode(), "big"))
            yield Quantity(*match.span(), code, code, "=", "code")


def _ordinals(text: str) -> Iterator[Quantity]:
    for match in _ORDINALS.finditer(text):
        value = Fraction(int(match["digits"]) if match["digits"] else _ORDINAL[match["word"].casefold()])
        yield Quantity(*match.span(), value, value, "=", "ordinal")


def _plain(text: str) -> Iterator[Quantity]:
    place = 0
    while match := _NUMBER.search(text, place):
        taken = match
        if match["join"] and not _is_range(text, match):
            taken = _SINGLE.match(text, match.start()) or match
        place = max(taken.end(), place + 1)
        yield _one(text, taken)


def _is_range(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start()].rstrip().casefold()
    join = match["join"].strip()
    if join == "and":
        return before.endswith("between")
    return join in ("-", "–") or (join == "to" and not before.endswith(("from", "of", "by")))


def _one(text: str, match: re.Match[str]) -> Quantity:
    low = _value(match["first"])
    second = match["second"] if match["join"] else None
    high = _value(second) if second else low
    if (
        second
        and high > low
        and (scale := re.search(rf"{_SCALES}$", second, re.I))
        and not re.search(_SCALES, match["first"], re.I)
    ):
        low *= _SCALE[scale.group().casefold()]
    return _bounded(text, match.start(), match.end(), low, high, _unit(match))


def _bounded(text: str, start: int, end: int, low: Fraction, high: Fraction, unit: str) -> Quantity:
    bound = "="
    if before := _BOUND.search(text[max(0, start - 24) : start]):
        bound = next(sign for n, (sign, _) in enumerate(_BEFORE) if before[f"b{n}"])
        start -= len(before.group())
    elif after := _AFTER.search(text[end : end + 24]):
        bound = "~" if "so" in after.group().split() else ">=" if after["more"] or "+" in after.group() else "<="
    return Quantity(start, end, low, high, bound, unit)


def _fraction(match: re.Match[str]) -> Fraction:
    if match["half"]:
        return Fraction(50)
    top, under = match["over"] or match["top"], match["under"] or match["part"]
    over = int(top) if top.isdigit() else _VALUE.get(top.casefold(), 1)
    below = int(under) if under.isdigit() else _PARTS.get(under.casefold(), _VALUE.get(under.casefold(), 1))
    return Fraction(100 * over, below or 1)


def _unit(match: re.Match[str]) -> str:
    money = match["money"] or match["money2"]
    if money:
        return _CURRENCY[money.casefold()]
    unit = (match["unit"] or "").strip(" -").casefold()
    if not unit:
        return ""
    if "point" in unit:
        return "points"
    return _CURRENCY.get(unit.split()[0], "%")


def _value(text: str) -> Fraction:
    total, current = Fraction(0), Fraction(0)
    for part in re.findall(r"\d[\d,]*(?:\.\d+)?|[a-z]+", text.casefold()):
        if part[0].isdigit():
            current += Fraction(part.replace(",", ""))
        elif part in _VALUE:
            current += _VALUE[part]
        elif part in _SCALE:
            scale = _SCALE[part]
            current = (current or Fraction(1)) * scale
            if scale >= 1000:
                total, current = total + current, Fraction(0)
    return total + current
