"""Claims changed so that their evidence no longer carries them, and faithful ones beside them.

Made from real supported pairs, with a seed. Each alteration returns None when it does not apply. The faithful
makes keep a model from learning that a claim close to its evidence is wrong.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+|(?<![\w.,])\d+(?:\.\d+)?(?![\w])")
_MONTHS = "January February March April May June July August September October November December".split()
_MONTH = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b")
_WORD_NUMBERS = "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty".split()
_WORD_NUMBER = re.compile(rf"\b(?:{'|'.join(_WORD_NUMBERS)})\b")
NAME = re.compile(r"(?<![.!?“\"] )(?<!^)\b[A-Z][\w’'.-]+(?: (?:of |the |de |van )?[A-Z][\w’'.-]+)*")
_AUXILIARY = re.compile(r"\b(is|was|are|were|has|have|had|will|would|can|could|should|must|did|does|do)\b(?! not|n't)")
_NEGATED = re.compile(r"\b(is|was|are|were|has|have|had|will|would|can|could|should|must|did|does|do) not ")
_OPPOSITES = tuple(
    tuple(pair.split("/"))
    for pair in (
        "increased/decreased increase/decrease increases/decreases more/fewer more/less higher/lower rose/fell rise/fall "
        "rising/falling before/after first/last above/below won/lost accepted/rejected approved/refused north/south "
        "east/west largest/smallest best/worst oldest/youngest male/female public/private early/late earlier/later "
        "allowed/banned began/ended begin/end opened/closed bought/sold agreed/refused supports/opposes supported/opposed "
        "confirmed/denied confirms/denies legal/illegal lawful/unlawful guilty/innocent inside/outside minimum/maximum "
        "most/least always/never all/none every/no some/all many/few majority/minority often/rarely over/under "
        "up/down gained/lost improved/worsened strengthened/weakened granted/refused required/forbidden son/daughter "
        "mother/father brother/sister husband/wife left/joined "
        "many/all most/all several/all some/most often/always usually/always sometimes/always about/exactly"
    ).split()
)
_ONE_WAY = frozenset({"many/all", "most/all", "several/all", "some/most", "some/all", "often/always", "usually/always"})
_HEDGES = (
    (re.compile(r"\b(may|might|could) (?:have )?(?=\w)"), "will "),
    (re.compile(r"\b(?:reportedly|allegedly|possibly|probably|apparently|perhaps) "), ""),
    (re.compile(r"\bis (?:alleged|said|thought|believed|reported|expected|likely) to have "), "has "),
    (re.compile(r"\b(?:suggests?|suggested) that\b"), "proves that"),
    (re.compile(r"\b(?:alleged|claimed|suspected) (?=[a-z])"), "proven "),
    (re.compile(r"\b(?:plans|hopes|wants|intends|proposes) to "), "has decided to "),
)
_SAYING = ("said", "claimed", "alleged", "argued", "suggested", "denied", "asked whether", "warned")
_SPEAKERS = (
    "the minister", "the company", "a spokesman", "critics", "the report", "the committee", "campaigners", "officials",
    "the commissioner", "the regulator", "the union", "residents", "the court", "analysts", "the department",
)  # fmt: skip


def number(claim: str, evidence: str, random: Random) -> str | None:
    """Another figure, written figures and words alike."""
    found = [one for one in _NUMBER.finditer(claim) if one.group() in evidence]
    if found:
        one = random.choice(found)
        return _put(claim, one.span(), _other_figure(one.group(), random))
    worded = list(_WORD_NUMBER.finditer(claim))
    if not worded:
        return None
    one = random.choice(worded)
    return _put(claim, one.span(), random.choice([word for word in _WORD_NUMBERS if word != one.group()]))


def _other_figure(figure: str, random: Random) -> str:
    plain = figure.replace(",", "")
    if "." in plain:
        return f"{float(plain) * random.choice((0.5, 0.8, 1.3, 2, 10)) + 0.1:.{len(plain.split('.')[1])}f}"
    value = int(plain)
    if len(plain) == 4 and 1500 < value < 2100:
        return str(value + random.choice((-20, -10, -3, -2, -1, 1, 2, 3, 10, 20)))
    other = max(
        0, random.choice((value + 1, value - 1, value * 10, value // 2, value * 2, value + random.randint(2, 30)))
    )
    other = other if other != value else value + 7
    return f"{other:,}" if "," in figure else str(other)


def month(claim: str, evidence: str, random: Random) -> str | None:
    """Another month."""
    found = [one for one in _MONTH.finditer(claim) if one.group() in evidence]
    if not found:
        return None
    one = random.choice(found)
    return _put(claim, one.span(), random.choice([month for month in _MONTHS if month != one.group()]))


def name(claim: str, evidence: str, random: Random) -> str | None:
    """A name of the claim gives way to another one of the evidence that the claim does not hold."""
    found = list(NAME.finditer(claim))
    others = [one for one in {o.group() for o in NAME.finditer(evidence)} if one not in claim and len(one) > 2]
    if not found or not others:
        return None
    one = random.choice(found)
    return _put(claim, one.span(), random.choice(sorted(others)))


def roles(claim: str, evidence: str, random: Random) -> str | None:
    """Two names of the claim change places."""
    found = [one for one in NAME.finditer(claim) if one.group() not in _MONTHS]
    if len(found) < 2:
        return None
    first, second = sorted(random.sample(found, 2), key=lambda one: one.start())
    between = claim[first.end() : second.start()]
    if first.group() == second.group() or re.fullmatch(r",? (?:and|or) |, ", between):
        return None
    return claim[: first.start()] + second.group() + between + first.group() + claim[second.end() :]


def negation(claim: str, evidence: str, random: Random) -> str | None:
    """The word "not" put in, or taken out."""
    negated = _NEGATED.search(claim)
    if negated:
        return claim[: negated.start()] + negated.group(1) + " " + claim[negated.end() :]
    found = list(_AUXILIARY.finditer(claim))
    if not found:
        return None
    one = found[0]
    return _put(claim, one.span(), f"{one.group()} {random.choice(('not', 'not', 'never', 'no longer'))}")


def opposite(claim: str, evidence: str, random: Random) -> str | None:
    """A word of direction, quantity or outcome gives way to its opposite or a stronger one."""
    held = []
    for pair in _OPPOSITES:
        ways = [pair] if "/".join(pair) in _ONE_WAY else [pair, pair[::-1]]
        held += [(one, new) for old, new in ways for one in re.finditer(rf"\b{old}\b", claim)]
    if not held:
        return None
    one, new = random.choice(held)
    return _put(claim, one.span(), new)


def certainty(claim: str, evidence: str, random: Random) -> str | None:
    """What may be becomes what is."""
    for pattern, firm in _HEDGES:
        one = pattern.search(claim)
        if one:
            return _put(claim, one.span(), firm)
    return None


ALTERATIONS: dict[str, Callable[[str, str, Random], str | None]] = {
    "number": number,
    "month": month,
    "name": name,
    "roles": roles,
    "negation": negation,
    "opposite": opposite,
    "certainty": certainty,
}
"""Every way a claim is changed; the key is the kind that a table of results names."""


def attributed(sentence: str, random: Random) -> tuple[str, str, bool]:
    """Evidence that puts the sentence into a mouth, a claim about it, and whether the one carries the other."""
    speaker, other = random.sample(_SPEAKERS, 2)
    verb = random.choice(_SAYING)
    body = _inside(sentence)
    evidence = f"{speaker[0].upper()}{speaker[1:]} {verb} that {body}".replace("asked whether that", "asked whether")
    make = random.randrange(4)
    if make == 0:
        return evidence, sentence, False
    if make == 1 and verb not in {"denied", "asked whether"}:
        return evidence, f"According to {other}, {body}", False
    if make == 2 and verb in {"denied", "asked whether"}:
        return evidence, f"{speaker[0].upper()}{speaker[1:]} said that {body}", False
    return evidence, evidence.replace(" said that", " stated that"), True


def _inside(sentence: str) -> str:
    first = sentence.split(" ", 1)[0]
    function_words = {"The", "A", "An", "It", "He", "She", "They", "In", "There", "This", "These", "Its", "His", "Her"}
    return sentence[0].lower() + sentence[1:] if first in function_words else sentence


def _put(text: str, span: tuple[int, int], new: str) -> str:
    return text[: span[0]] + new + text[span[1] :]
