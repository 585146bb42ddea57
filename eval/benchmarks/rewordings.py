"""Faithful rewordings of real sentences, made by rule: the sentence still says no more than its source.

Each maker takes a sentence, the document's sentences and a source of chance, and returns a claim or None where it does
not apply. The word lists are drawn up for this bench alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

_CAP = r"(?:[A-Z][\w’'-]+|of|and|the|for)"
_PARTY = (
    rf"(?:(?:The|the) [a-z]+(?: [a-z]+)?|(?:The |the )?[A-Z][\w’'-]+(?: {_CAP})*(?<! of)(?<! and)(?<! the)(?<! for))"
)
_TELLING = "said|stated|wrote|argued|announced|warned|explained|alleged|claimed|concluded|insisted|reported|noted|added"
_MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_LONG_MONTHS)}) (\d{{4}})\b")
_MONTH_FIRST = re.compile(rf"(?<![-–])\b({'|'.join(_LONG_MONTHS)}) (\d{{1,2}}), (\d{{4}})\b")
_WORDED = dict(zip("two three four five six seven eight nine ten eleven twelve".split(), range(2, 13), strict=True))
_ALIKE = (
    ("said", "stated"), ("began", "started"), ("bought", "purchased"), ("started", "began"), ("purchase", "buy"),
    ("requested", "asked for"), ("sought", "asked for"), ("replied", "responded"),
    ("responded", "replied"), ("criticised", "condemned"), ("criticized", "condemned"),
    ("permitted", "allowed"), ("prohibited", "banned"), ("banned", "prohibited"),
    ("named", "identified"), ("identified", "named"), ("published", "released"), ("released", "published"),
    ("installed", "deployed"), ("provide", "supply"), ("provides", "supplies"),
    ("permit", "allow"), ("assist", "help"), ("obtain", "get"), ("require", "need"),
    ("commenced", "began"), ("ended", "finished"), ("approximately", "about"), ("firm", "company"),
    ("firms", "companies"), ("companies", "firms"), ("company", "firm"), ("located", "situated"),
    ("established", "set up"), ("shows", "demonstrates"), ("ensure", "make sure"), ("nation", "country"),
    ("annual", "yearly"), ("attempted", "tried"), ("utilised", "used"), ("reduce", "cut"), ("employees", "staff"),
    ("investigated", "looked into"), ("examined", "inspected"),
)  # fmt: skip
_ENDS_WITH_PLACE = re.compile(
    r"^(?P<rest>[A-Z].{30,}?),? (?P<end>(?:in|at|on|during) (?:the |early |late )?(?:[A-Z][\w’'-]+|\d{4})(?: (?:[A-Z][\w’'-]+|\d{4})){0,3})\.$"
)
_TURNING = re.compile(
    r"\b(?:not|no|never|without|only|unless|if|until|except|n[’']t|most|than|first|last|largest|nor|any|some|more|best|all|many|few)\b|n[’']t\b",
    re.I,
)
_PASSIVE = re.compile(
    rf"^(?!It\b|He\b|She\b|They\b|This\b|These\b)(?P<what>{_PARTY}) (?P<be>was|were|has been|have been) (?P<done>[a-z]+ed) by (?P<who>{_PARTY})(?P<rest>(?:[.,]| (?:in|on|at|for|to|from|after|before)\b)[^“”\"]*)$"
)
_ACTIVE = re.compile(
    rf"^(?P<who>{_PARTY}) (?P<done>(?!(?:asked|called|appeared|agreed|decided|wanted|named|contained|included|served|remained|featured|lasted|allowed|helped|followed|received|entered|attended|earned|joined|reached|married|gained|needed|required|enjoyed|died|turned|moved|played)\b)[a-z]+ed) (?P<what>(?:the|a|an) [a-z]+(?: [a-z]+)?|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)(?P<rest>(?: (?:in|on|at|for|from|during|after|before|to|over) [^“”\"]*)?\.)$"
)


def reporting_moved(sentence: str, document: Sequence[str], random: Random) -> str | None:
    """As in "X said that P." to "P, X said."; "According to X, P." to "P, according to X."."""
    if any(mark in sentence for mark in '“”"'):
        match = re.match(
            rf"^[“\"](?P<words>[^“”\"]+),[”\"] (?P<verb>said|says|wrote|added) (?P<who>{_PARTY})\.$", sentence
        )
        return f"{match['who']} {match['verb']}: “{match['words']}.”" if match else None
    match = re.match(rf"^According to (?P<who>{_PARTY}), (?P<what>[^:;]+)\.$", sentence)
    if match:
        return f"{_raised(match['what'])}, according to {match['who']}."
    match = re.match(
        rf"^(?P<who>{_PARTY}) (?P<verb>{_TELLING}) (?:that )?(?P<what>(?:the|a|an|it|they|he|she|its|their|no|[A-Z][\w’'-]+) [^:;]+)\.$",
        sentence,
    )
    return f"{_raised(match['what'])}, {_lowered(match['who'])} {match['verb']}." if match else None


def voice_turned(sentence: str, document: Sequence[str], random: Random) -> str | None:
    """As in "X was banned by Y." to "Y banned X.", and back."""
    match = _PASSIVE.match(sentence)
    if match:
        helper = {"has been": "has ", "have been": "has "}.get(match["be"], "")
        return f"{_raised(match['who'])} {helper}{match['done']} {_lowered(match['what'])}{match['rest']}"
    match = _ACTIVE.match(sentence)
    if not match:
        return None
    many = match["what"].endswith("s") and not match["what"][0].isupper()
    return f"{_raised(match['what'])} {'were' if many else 'was'} {match['done']} by {_lowered(match['who'])}{match['rest']}"


def date_in_another_form(sentence: str, document: Sequence[str], random: Random) -> str | None:
    """8 July 2021 as July 8, 2021, 2021-07-08, 8th July 2021, 8 Jul 2021 or July 2021."""
    match = _DAY_FIRST.search(sentence)
    if match:
        day, month, year = match.groups()
    else:
        match = _MONTH_FIRST.search(sentence)
        if not match:
            return None
        month, day, year = match.groups()
    number = _LONG_MONTHS.index(month)
    coarse = re.sub(r"\bon $", "in ", sentence[: match.start()])
    forms = [
        f"{day} {month} {year}", f"{month} {day}, {year}", f"{year}-{number + 1:02}-{int(day):02}",
        f"{day} {_MONTH_NAMES[number]} {year}", f"{month} {year}",
    ]  # fmt: skip
    chosen = random.choice([form for form in forms if form != match.group()])
    return (coarse if chosen == forms[-1] else sentence[: match.start()]) + chosen + sentence[match.end() :]


def number_in_another_form(sentence: str, document: Sequence[str], random: Random) -> str | None:
    """1,200,000 as 1.2 million, 40% as 40 per cent, twelve as 12."""
    if re.search(r"[“”\"]", sentence):
        return None
    match = re.search(r"(?<![\d.,])(\d{1,3}),(\d)00,000\b(?![,.]\d)", sentence)
    if match:
        whole = match[1] + (f".{match[2]}" if match[2] != "0" else "")
        return sentence[: match.start()] + f"{whole} million" + sentence[match.end() :]
    match = re.search(r"(\d)( ?%| percent\b| per cent\b)", sentence)
    if match:
        other = random.choice([form for form in ("%", " percent", " per cent") if form.strip() != match[2].strip()])
        return sentence[: match.start(2)] + other + sentence[match.end(2) :]
    match = re.search(
        rf"(?<![-\w])({'|'.join(_WORDED)})\b(?! of the| (?:quarter|third|fourth|fifth)s?\b)(?<!-)(?!-)", sentence
    )
    if match:
        return sentence[: match.start()] + str(_WORDED[match[1]]) + sentence[match.end() :]
    match = re.search(r"(?<![\d.,$£€/(-])\b(\d{1,3}(?:,\d{3})+)\b(?![.,/-]\d)", sentence)
    return sentence[: match.start()] + match[1].replace(",", "") + sentence[match.end() :] if match else None


def abbreviated(sentence: str, document: Sequence[str], random: Random) -> str | None:
    """A name that the document defines, "Financial Conduct Authority (FCA)", by its other form."""
    if re.search(r"[“”\"]", sentence):
        return None
    for text in document:
        for long, short in re.findall(
            r"((?:[A-Z][a-z’'-]+ (?:of |and |for |the )?)+[A-Z][a-z’'-]+) \([“\"]?([A-Z]{2,6})[”\"]?\)", text
        ):
            letters = "".join(word[0] for word in long.split() if word[0].isupper())
            full = long if letters == short else " ".join(long.split()[-len(short) :])
            if "".join(word[0] for word in full.split() if word[0].isupper()) != short:
                continue
            if re.search(rf"\b{short}\b", sentence) and full not in sentence:
                return re.sub(rf"\b{short}\b", full, sentence, count=1)
            if full in sentence:
                return re.sub(rf"{re.escape(full)}(?: \([“\"]?{short}[”\"]?\))?", short, sentence, count=1)
    return None


def end_left_out(sentence: str, document: Sequence[str], random: Random) -> str | None:
    """Without where or when, at the end: "… in Leeds", "… in 2019"."""
    match = _ENDS_WITH_PLACE.match(sentence)
    return f"{match['rest']}." if match and not _TURNING.search(sentence) else None


def end_put_first(sentence: str, document: Sequence[str], random: Random) -> str | None:
    """As in "… in 2019." to "In 2019, …"."""
    match = _ENDS_WITH_PLACE.match(sentence)
    opening = sentence.split(" ", 1)[0] in ("The", "A", "An", "It", "This", "These", "They", "He", "She")
    plain = (
        match
        and opening
        and not re.search(r"[“”\",;:]| and | that | which | who ", sentence)
        and len(sentence.split()) < 22
    )
    return f"{_raised(match['end'])}, {_lowered(match['rest'])}." if match and plain else None


def bracket_left_out(sentence: str, document: Sequence[str], random: Random) -> str | None:
    """Without what stands in brackets."""
    if re.search(r"[“”\"]", sentence):
        return None
    found = [one for one in re.finditer(r" \([^()]{3,80}\)", sentence) if not _TURNING.search(one.group())]
    if not found:
        return None
    one = random.choice(found)
    return sentence[: one.start()] + sentence[one.end() :]


def quote_shortened(sentence: str, document: Sequence[str], random: Random) -> str | None:
    """A phrase with its preposition, or one between commas, left out of a quotation, with an ellipsis."""
    match = re.search(r"“([^“”]{50,})”", sentence)
    if not match:
        return None
    phrase = r" (?:of|in|at|on|for) (?:the |a |our |their |these )?[a-z]+(?= [a-z])|, [^,“”]{5,50},(?= )"
    found = [one for one in re.finditer(phrase, match[1]) if not _TURNING.search(one.group()) and one.start() > 10]
    if not found:
        return None
    out = random.choice(found)
    kept = f"{match[1][: out.start()]} {random.choice(('…', '...', '[…]', '[...]'))}{match[1][out.end() :]}"
    return sentence[: match.start(1)] + kept + sentence[match.end(1) :]


def quote_capital_bracketed(sentence: str, document: Sequence[str], random: Random) -> str | None:
    """The end of a quotation as a sentence of its own, its capital in brackets: X: “[T]hey …”."""
    match = re.match(rf"^[“\"](?P<words>[^“”\"]+),[”\"] (?P<verb>said|says|wrote|added) (?P<who>{_PARTY})\.$", sentence)
    if not match or not match["words"][0].isupper():
        return None
    return f"{match['who']} said that “[{match['words'][0].lower()}]{match['words'][1:]}”."


def synonym(sentence: str, document: Sequence[str], random: Random) -> str | None:
    """One word by another that means the same there, outside quotation marks."""
    outside = re.sub(r"[“\"][^”\"]*[”\"]", lambda match: "\0" * len(match.group()), sentence)
    if sentence.count('"') % 2 or sentence.count("“") != sentence.count("”"):
        return None
    for word, other in random.sample(_ALIKE, len(_ALIKE)):
        match = re.search(rf"(?<!\bto )\b{word}\b", outside)
        if match and match.start() > 0:
            return sentence[: match.start()] + other + sentence[match.end() :]
    return None


def _raised(text: str) -> str:
    return text[0].upper() + text[1:]


def _lowered(text: str) -> str:
    opening = text.split(" ", 1)[0]
    return (
        text[0].lower() + text[1:]
        if opening in ("The", "A", "An", "In", "It", "This", "These", "There", "They", "He", "She")
        else text
    )


MAKERS: dict[str, Callable[[str, Sequence[str], Random], str | None]] = {
    "reporting clause moved": reporting_moved,
    "passive and active": voice_turned,
    "date in another form": date_in_another_form,
    "number in another form": number_in_another_form,
    "defined name abbreviated": abbreviated,
    "end left out": end_left_out,
    "end put first": end_put_first,
    "bracket left out": bracket_left_out,
    "quote shortened": quote_shortened,
    "quote with a bracketed capital": quote_capital_bracketed,
    "synonym": synonym,
}
