"""Alterations of real sentences, one kind a function: the sentence then says what its source does not.

Each maker takes a sentence, the document's sentences and a source of chance, and returns a claim or None where it does
not apply. The word lists are drawn up for this bench alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_COUNT = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|million"
_NAME = re.compile(
    r"(?<=[a-z,;] )(?!I\b|The\b|Where\b|When\b|This\b|In\b|If\b|An?\b|That\b|Is\b)[A-Z][\w’'-]*[a-zA-Z](?: [A-Z][\w’'-]+)*(?=[ ,.;])"
)
_HELPING = re.compile(
    r"\b(is|are|was|were|has|have|had|will|would|can|could|should|must|does|did|shall)\b(?! (?:not|no|never)\b)(?!n[’']t)"
)
_SAYS = re.compile(
    r"\b(?:said|says|wrote|argued|alleged|claimed|warned|stated|suggested|complained|believes?|contends?|asserted|insisted|maintained) that "
)
_HEDGED = (
    (r"\b(?:may|might|could) be\b", "is"), (r"\b(?:may|might|could) have been\b", "was"),
    (r"\b(?:may|might|could) have\b", "has"), (r"\b(?:may|might|could)\b (?=[a-z])", "will "),
    (r"\b(?:allegedly|reportedly|possibly|probably|perhaps|apparently|potentially|likely) ", ""),
    (r"(?<=[Tt]he )(?:alleged|suspected|potential|possible|proposed|planned) (?=[a-z])", ""),
    (r"\b(?:plans?|planned|hopes?|intends?|wants?|sought|seeks?|tried|aims?) to ", "has managed to "),
    (r"\bappears? to\b", "is certain to"), (r"\bis (?:expected|likely) to\b", "is certain to"),
)  # fmt: skip
_EMPTY = frozenset(
    "however please having before within should during although through whether because without another between against itself themselves amongst towards toward himself herself another".split()
)
_AMOUNTS = (
    ("all", "some"), ("some", "all"), ("most", "all"), ("many", "all"), ("several", "all"), ("few", "most"), ("every", "many a"),
    ("only ", ""), ("almost all", "all"), ("at least", "at most"), ("up to", "at least"), ("each", "hardly any"),
    ("majority", "minority"), ("often", "always"), ("usually", "always"), ("sometimes", "always"), ("always", "sometimes"),
    ("certain", "all"), ("mainly", "solely"), ("any", "only some"), ("more than", "exactly"), ("generally", "invariably"),
)  # fmt: skip
_OPPOSED = (
    ("more", "less"), ("less", "more"), ("higher", "lower"), ("lower", "higher"), ("rose", "fell"), ("fell", "rose"),
    ("increased", "decreased"), ("decreased", "increased"), ("before", "after"), ("after", "before"), ("larger", "smaller"),
    ("above", "below"), ("below", "above"), ("greater", "smaller"), ("earlier", "later"), ("later", "earlier"),
    ("longer", "shorter"), ("increase", "reduction"), ("largest", "smallest"), ("better", "worse"), ("older", "younger"),
    ("until", "since"), ("over", "under"), ("first", "last"), ("fewer", "more"), ("since", "until"), ("growth", "decline"),
)  # fmt: skip


def number(sentence: str, document: Sequence[str], random: Random) -> str | None:
    """Another figure, in digits or in words."""
    found = list(
        re.finditer(rf"(?<![\w.,/])\d{{1,3}}(?:,\d{{3}})*(?:\.\d+)?(?![\w/]|[.,]\d)|\b(?:{_COUNT})\b", sentence)
    )
    found = [
        one
        for one in found
        if not re.match(rf" (?:{_MONTH})", sentence[one.end() :])
        and not re.search(rf"(?:{_MONTH}) $", sentence[: one.start()])
    ]
    if not found:
        return None
    one = random.choice(found)
    text = one.group()
    if text.isalpha():
        other = random.choice([word for word in _COUNT.split("|") if word != text])
    else:
        digits = [place for place, character in enumerate(text) if character.isdigit()]
        place = random.choice(digits)
        other = text[:place] + random.choice([d for d in "123456789" if d != text[place]]) + text[place + 1 :]
    return sentence[: one.start()] + other + sentence[one.end() :]


def date(sentence: str, document: Sequence[str], random: Random) -> str | None:
    """Another year, month or day."""
    found = list(
        re.finditer(
            rf"\b(?:19|20)\d\d\b|\b(?:{_MONTH})\b(?=,? \d)|\b\d{{1,2}}(?= (?:{_MONTH})\b)|(?<=[a-z] )(?:{_MONTH})\b",
            sentence,
        )
    )
    if not found:
        return None
    one = random.choice(found)
    text = one.group()
    if text.isalpha():
        other = random.choice([month for month in _MONTH.split("|") if month != text])
    else:
        other = str(int(text) + random.choice((-2, -1, 1, 2))) if len(text) == 4 else str(int(text) % 28 + 1)
    return sentence[: one.start()] + other + sentence[one.end() :]


def name(sentence: str, document: Sequence[str], random: Random) -> str | None:
    """A name by another of the same document."""
    others = sorted(
        {one.group() for text in document if text != sentence for one in _NAME.finditer(text)}
        - {one.group() for one in _NAME.finditer(sentence)}
    )
    others = [
        one for one in others if not any(part[:4] in sentence for part in one.split()) and not re.search(_MONTH, one)
    ]
    lower = {word for text in document for word in re.findall(r"\b[a-z]+", text)} | {
        "your",
        "other",
        "section",
        "their",
        "our",
    }
    others = [one for one in others if len(one) > 4 and not any(part.casefold() in lower for part in one.split())]
    others = [one for one in others if "".join(part[:1] for part in re.split(r"[ -]", one)) not in sentence]
    found = [one for one in _NAME.finditer(sentence) if not re.search(_MONTH, one.group())]
    if not others or not found:
        return None
    one = random.choice(found)
    return sentence[: one.start()] + random.choice(others) + sentence[one.end() :]


def negation(sentence: str, document: Sequence[str], random: Random) -> str | None:
    """A "not" taken out, or one put in."""
    if re.search(r"\bnot\b", sentence) and not re.search(r"\bnot only\b", sentence):
        return re.sub(r" not\b", "", sentence, count=1)
    if re.search(r"\bno longer ", sentence):
        return sentence.replace("no longer ", "", 1)
    if re.search(r"\bno (?=[a-z])", sentence):
        return re.sub(r"\bno (?=[a-z])", "a ", sentence, count=1)
    found = list(_HELPING.finditer(sentence))
    if not found:
        return None
    one = random.choice(found)
    return sentence[: one.end()] + random.choice((" not", " never")) + sentence[one.end() :]


def speaker(sentence: str, document: Sequence[str], random: Random) -> str | None:
    """What one said, put into the mouth of another whom the document names."""
    match = re.search(
        r"(?P<who>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*) (?P<verb>said|told|wrote|argued|alleged|claimed|warned|added|asked|stated)\b",
        sentence,
    )
    match = match or re.search(
        r"[,?!][”\"] (?P<verb>said|added|wrote|asked) (?P<who>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)", sentence
    )
    if not match or match["who"] in ("He", "She", "It", "They", "We", "I", "The", "This"):
        return None
    others = sorted({one.group() for text in document for one in _NAME.finditer(text)} - {match["who"]})
    others = [one for one in others if not set(one.split()) & set(match["who"].split()) and not re.search(_MONTH, one)]
    return sentence[: match.start("who")] + random.choice(others) + sentence[match.end("who") :] if others else None


def roles(sentence: str, document: Sequence[str], random: Random) -> str | None:
    """Doer and done-to change places: "X sued Y" to "Y sued X"."""
    party = r"(?:(?!Th|Both|An?\b|Any|We\b|He\b|She\b|It\b|In\b|Another|By\b|Each|Its?\b|No\b|All\b|If\b)[A-Z][\w-]+(?: [A-Z][\w-]+)*)(?![’'])"
    match = re.search(
        rf"(?:^|(?<=, )|(?<=that ))(?P<one>{party}) (?P<deed>(?:has |had |was |were )?(?:[a-z]+ed|met|sued|told|sent|bought|sold|taught)(?: by| on| with| against)?) (?P<two>{party})(?=[ ,.;])",
        sentence,
    )
    if not match or match["one"].split()[-1].casefold() == match["two"].split()[-1].casefold():
        return None
    two = match["two"][0].upper() + match["two"][1:] if match.start() == 0 else match["two"]
    one = match["one"].replace("The ", "the ")
    return sentence[: match.start()] + f"{two} {match['deed']} {one}" + sentence[match.end() :]


def hedge(sentence: str, document: Sequence[str], random: Random) -> str | None:
    """Said for certain, or as done, what the source holds possible or planned."""
    for pattern, instead in random.sample(_HEDGED, len(_HEDGED)):
        changed = re.sub(pattern, instead, sentence, count=1)
        if changed != sentence:
            return changed[0].upper() + changed[1:]
    return None


def as_fact(sentence: str, document: Sequence[str], random: Random) -> str | None:
    """What somebody alleged, argued or asked for, as a fact."""
    match = _SAYS.search(sentence)
    if match:
        return sentence[match.end()].upper() + sentence[match.end() + 1 :]
    match = re.search(
        r"\b(?:asked|urged|called on|called upon|invited|pressed) (?P<who>[^,;.“”]{3,60}?) to (?=[a-z])", sentence
    )
    if match:
        who = match["who"][0].upper() + match["who"][1:]
        return f"{who} agreed to {sentence[match.end() :]}"
    match = re.search(r"\baccused (?P<who>[^,;.“”]{3,50}?) of (?P<what>[a-z]+ing .+)$", sentence)
    if match:
        return f"{match['who'][0].upper()}{match['who'][1:]} was {match['what']}"
    match = re.match(
        r"^(?P<what>[^“”\"]{30,}), (?:[A-Z][\w’'-]+ ){1,3}(?:said|says|claimed|alleged|argued)\.$", sentence
    )
    return f"{match['what']}." if match else None


def quote(sentence: str, document: Sequence[str], random: Random) -> str | None:
    """One word of a quotation by another of the document, left out, or two changed about."""
    match = re.search(r"“([^“”\"]{20,})”", sentence) or re.match(r"[^\"“”]*\"([^“”\"]{20,})\"", sentence)
    if not match:
        return None
    parts = match[1].split(" ")
    inner = [place for place in range(1, len(parts) - 1) if parts[place].isalpha()]
    if not inner:
        return None
    place = random.choice(inner)
    pool = sorted({word for text in document for word in re.findall(r"\b[a-z]{4,}\b", text)} - set(parts))
    change = random.choice(("other", "out", "about")) if pool else "out"
    if change == "other":
        parts[place] = random.choice(pool)
    elif change == "out":
        del parts[place]
    elif parts[place] == parts[place - 1]:
        return None
    else:
        parts[place - 1], parts[place] = parts[place], parts[place - 1]
    return sentence[: match.start(1)] + " ".join(parts) + sentence[match.end(1) :]


def amount(sentence: str, document: Sequence[str], random: Random) -> str | None:
    """All for some, at most for at least, without "only"."""
    return _swapped(sentence, _AMOUNTS, random)


def comparison(sentence: str, document: Sequence[str], random: Random) -> str | None:
    """More for less, after for before."""
    return _swapped(sentence, _OPPOSED, random)


def content(sentence: str, document: Sequence[str], random: Random) -> str | None:
    """One plain word by another of the document."""
    mine = [word for word in re.findall(r"\b[a-z]{6,}\b", sentence) if word not in _EMPTY]
    pool = sorted({word for text in document if text != sentence for word in re.findall(r"\b[a-z]{6,}\b", text)})
    pool = [word for word in pool if word not in _EMPTY and word[:4] not in {one[:4] for one in mine}]
    if not mine or not pool:
        return None
    return re.sub(rf"\b{random.choice(mine)}\b", random.choice(pool), sentence, count=1)


def _swapped(sentence: str, pairs: Sequence[tuple[str, str]], random: Random) -> str | None:
    for word, other in random.sample(pairs, len(pairs)):
        match = re.search(rf"\b{word}(?!\w)", sentence) if not word.endswith(" ") else re.search(rf"\b{word}", sentence)
        if match:
            return sentence[: match.start()] + other + sentence[match.end() :]
    return None


MAKERS: dict[str, Callable[[str, Sequence[str], Random], str | None]] = {
    "number": number,
    "date": date,
    "name": name,
    "negation": negation,
    "speaker": speaker,
    "doer and done-to": roles,
    "hedge removed": hedge,
    "allegation or request as fact": as_fact,
    "quote altered": quote,
    "quantifier": amount,
    "comparison": comparison,
    "another word": content,
}
