"""The small words of a claim are those of its source, on the same words: not, may, only, most, more, before, unless.

Each is tied to the word it bears on, the next one that carries meaning. A claim may neither add one, drop one from a
word that it keeps, nor move it to another word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from assistant.checks import Finding
from assistant.checks.lexicon import DROPPABLE
from assistant.checks.reading import is_light
from assistant.checks.saying import governors

if TYPE_CHECKING:
    from assistant.checks.case import Case
    from assistant.checks.reading import Reading, Token
    from assistant.domain import WithheldReason

_REASONS: dict[str, WithheldReason] = {
    "negation": "negation_changed",
    **dict.fromkeys(
        ("may", "likely", "can", "will", "should", "must", "planned", "try", "if", "unless"), "hedge_changed"
    ),
    "allegedly": "standing_changed",
    **dict.fromkeys(("all", "most", "some", "several", "many", "few", "only", "almost"), "quantifier_changed"),
}
_CONDITIONS = frozenset(("if", "unless"))


class Tied(NamedTuple):
    """An operator at `place`, tied to the carrying token at `anchor`; `region` are those up to the clause's end.

    `also` is the noun of a "no" that turns the verb before it.
    """

    place: int
    klass: str
    anchor: int | None
    region: tuple[int, ...]
    also: int | None = None


def check(case: Case) -> Finding | None:
    """See `assistant.checks`."""
    mine, theirs = tied(case.said), tied(case.source)
    met: set[int] = set()
    unmet = mine
    for way in (_in_one_run, _on_the_same_word, _in_the_same_clause):
        left = []
        for one in unmet:
            other = next((o for o in theirs if o.place not in met and o.klass == one.klass and way(case, one, o)), None)
            if other:
                met.add(other.place)
            else:
                left.append(one)
        unmet = left
    for one in unmet:
        if not _idle(case.said, one) and not _wanted(case, one):
            return _finding(case.said.tokens[one.place], one.klass, "does not stand there in what the claim cites")
    for other in theirs:
        if other.place not in met and _matters(case, other):
            return _finding(case.source.tokens[other.place], other.klass, "is left out")
    return None


def _finding(token: Token, klass: str, what: str) -> Finding:
    return Finding(_REASONS.get(klass, "comparison_changed"), f"“{token.text}” {what}.")


def tied(reading: Reading) -> list[Tied]:
    """Every operator of the sentence with what it bears on."""
    found = []
    tokens = reading.tokens
    for place, token in enumerate(tokens):
        if token.kind != "operator" or token.klass == "skip":
            continue
        ahead = [i for i in range(place + 1, len(tokens)) if tokens[i].carries]
        region = tuple(i for i in ahead if tokens[i].clause == token.clause)
        anchor = next((i for i in region or ahead if not is_light(tokens[i])), region[0] if region else None)
        if anchor is None or (token.klass == "against" and _ends(reading, place)):
            anchor = next((i for i in range(place - 1, -1, -1) if tokens[i].carries), None)
        also = None
        if token.text.casefold() in ("no", "nothing", "none", "nobody"):
            verb = _turned(reading, place)
            if verb is not None:
                anchor, also, region = verb, anchor, (verb, *region)
        found.append(Tied(place, token.klass, anchor, region, also))
    return found


def _turned(reading: Reading, place: int) -> int | None:
    """The verb right before "no", which it turns: "found no evidence", not "concluded that there was no truth"."""
    for i in range(place - 1, -1, -1):
        one = reading.tokens[i]
        if one.text.casefold() in ("that", "there") or one.clause != reading.tokens[place].clause:
            return None
        if one.carries:
            return i if reading.is_verb(i) else None
    return None


def _ends(reading: Reading, place: int) -> bool:
    """Whether nothing follows up to the next mark, as in "36 in favour and 24 against, with six abstentions"."""
    return place + 1 == len(reading.tokens) or bool(re.match(r"\s*[,.;:)]", reading.text[reading.tokens[place].end :]))


def _in_one_run(case: Case, mine: Tied, theirs: Tied) -> bool:
    """Both stand in the same run of words, word for word."""
    runs = case.alignment.runs
    if runs.get(mine.place) != theirs.place:
        return False
    if mine.anchor is None:
        return runs.get(mine.place - 1) == theirs.place - 1
    return runs.get(mine.anchor) == theirs.anchor


def _on_the_same_word(case: Case, mine: Tied, theirs: Tied) -> bool:
    anchors = {case.alignment.places[i] for i in (mine.anchor, mine.also) if i in case.alignment.places}
    return bool(anchors & {theirs.anchor, theirs.also})


def _in_the_same_clause(case: Case, mine: Tied, theirs: Tied) -> bool:
    """Where one of the two bears on a word that the other text lacks."""
    places = case.alignment.places
    anchor = None if mine.anchor is None else places.get(mine.anchor)
    if theirs.anchor is not None and anchor is not None and theirs.anchor in case.back:
        return mine.klass in _CONDITIONS and bool({places.get(i) for i in mine.region} & set(theirs.region))
    reached = [places[i] for i in mine.region if i in places]
    return bool(reached) and sum(j in theirs.region for j in reached) * 2 > len(reached)


def _idle(reading: Reading, one: Tied) -> bool:
    """As in "to" before a verb belongs to the verb's form; "or" between what both texts list adds nothing."""
    if one.klass == "to":
        return one.anchor is None or reading.tokens[one.anchor].kind == "word"
    return False


def _wanted(case: Case, one: Tied) -> bool:
    """As in "agreed that it would publish" for "agreed to publish", "recommended that it should" for "recommended that it"."""
    j = case.alignment.places.get(one.anchor) if one.anchor is not None else None
    if one.klass not in ("will", "should") or j is None:
        return False
    if one.klass == "should":
        asked = ("proposal", "request")
        return any(g.standing in asked and j in g.region for g in governors(case.source)) and any(
            g.standing in asked and one.anchor in g.region for g in governors(case.said)
        )
    tokens = case.source.tokens
    if not j or tokens[j - 1].text.casefold() != "to":
        return False
    matrix = next((i for i in range(j - 2, -1, -1) if case.source.is_verb(i)), None)
    return matrix is not None and matrix in case.back and min(case.back[matrix]) < one.place


def _wished(case: Case, other: Tied) -> bool:
    """Recommended that it "should ban" says no more than that it "ban"."""
    return other.klass == "should" and any(
        one.standing in ("proposal", "request") and other.anchor in one.region for one in governors(case.source)
    )


def _matters(case: Case, other: Tied) -> bool:
    """Whether the claim keeps what the operator bears on, so that leaving it out changes what is said."""
    if other.klass in DROPPABLE or _wished(case, other):
        return False
    if other.klass in _CONDITIONS:
        return True
    if other.anchor is not None and other.anchor in case.back:
        return True
    kept = [j for j in other.region if j in case.back]
    return other.klass in ("negation", "may", "allegedly", "only", "try", "will", "likely") and len(kept) * 2 > len(
        other.region
    )
