"""From what the gate decides beside each candidate to one verdict of the closed set, for what does not stand.

First the quotations: whoever quotes must quote right. Then the statement that comes nearest: whether it was taken back,
and what it has otherwise, by the reason that the gate gives.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.attribution import REPORTING_VERBS
from assistant.checks.operators import tied
from assistant.checks.reading import is_light
from assistant.checks.saying import governors
from assistant.desk.difference import difference, nearest_run
from assistant.desk.finding import telling
from assistant.desk.opposites import opposed
from assistant.desk.outdated import supersedes
from assistant.desk.quoting import quotes_in
from assistant.desk.weighing import surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.checks.case import Case
    from assistant.desk.difference import Part
    from assistant.desk.finding import Candidate
    from assistant.desk.quoting import QuoteFound
    from assistant.desk.verdicts import Verdict
    from assistant.desk.weighing import Weighed
    from assistant.domain import WithheldReason

ON_THE_MATTER = 0.5
"""Up to this share of a sentence's words the nearest statement speaks of something else."""

NEAR_ENOUGH = 0.4
"""With so much in the statement and nearly all of it in its passage, it is about the same."""

NEARLY_ALL = 0.65
"""From here on, another name or figure in the same place says otherwise; below, the statement may be of another matter."""

_KIND = {"number_not_in_source": "number", "date_not_in_source": "date"}
_SAYS = re.compile(rf"(?:{REPORTING_VERBS}|defended|criticised|criticized|praised|supported|backed|opposed|hailed)")
_SETTLED = frozenset({"finding", "confirm", "order", "admit", "promise"})
"""What is told as a fact of these lacks only whose word it is; of any other standing it is no fact at all."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict, why, and the statements it rests on, best first."""

    verdict: Verdict
    detail: str
    rests_on: tuple[Candidate, ...] = ()
    difference: tuple[Part, ...] = ()


def judge(text: str, weighed: Sequence[Weighed]) -> Ruling:
    """The verdict on a sentence that stands with no candidate; `weighed` is nearest first, possibly empty."""
    nowhere = "The library holds nothing that says this."
    if not weighed:
        return Ruling("not_in_library", nowhere)
    ruling = _by_quotations(quotes_in(text, [one.candidate for one in weighed]), weighed)
    if ruling is not None:
        return ruling
    best = next((one for one in weighed if _on_the_matter(one)), None)
    if best is None:
        return Ruling("not_in_library", nowhere)
    taken_back = supersedes(best)
    if taken_back is not None:
        return Ruling("out_of_date", taken_back.detail, taken_back.rests_on)
    return _BY_REASON.get(best.reason or "not_supported", _partly)(best)


def _on_the_matter(one: Weighed) -> bool:
    """Whether a statement speaks of what the sentence does: it shares most of its words, and one of its names if any.

    Where a passage tells of the rest around it, fewer words of the statement itself will do.
    """
    tokens = one.case.said.tokens
    held = surroundings(one.candidate)
    figures = [i for i in lacking(one.case) if tokens[i].kind in ("number", "date")]
    told = all(tokens[i].kind == "date" and telling(tokens[i].text) <= held for i in figures)
    near = one.coverage > ON_THE_MATTER or (one.coverage > NEAR_ENOUGH and one.around > NEARLY_ALL and told)
    names = [i for i, token in enumerate(tokens) if token.kind == "name" or _kind(one.case, i) == "name"]
    met = not names or any(i in one.case.alignment.places or telling(tokens[i].text) & held for i in names)
    return near and (met or one.coverage > NEARLY_ALL)


def _by_quotations(quotes: Sequence[QuoteFound], weighed: Sequence[Weighed]) -> Ruling | None:
    """What the quotations decide by themselves; None when there are none, or all stand."""
    for one in quotes:
        if one.state == "stitched":
            detail = f"“{one.quoted}” is put together from {len(one.where)} places of the library."
            return Ruling("stitched_quote", detail, one.where)
        if one.state == "altered":
            return Ruling("quote_altered", f"“{one.quoted}” differs from the source.", one.where, one.difference)
        home = next((near for near in weighed if near.coverage > ON_THE_MATTER), None)
        if one.state == "nowhere" and home is not None and telling(one.quoted) & telling(home.candidate.text):
            parts = difference(one.quoted, nearest_run(one.quoted, home.candidate.text)[1])
            return Ruling("quote_altered", f"“{one.quoted}” differs from the source.", (home.candidate,), parts)
        if one.state == "nowhere":
            return Ruling("not_in_library", f"“{one.quoted}” stands nowhere in the library.")
    homes = {home.key for one in quotes for home in one.where}
    at_home = next((one for one in weighed if one.candidate.key in homes), None)
    if at_home is not None and (at_home.reason == "wrong_speaker" or another_speaks(at_home)):
        return _wrong_speaker(at_home)
    return None


def _wrong_speaker(best: Weighed) -> Ruling:
    told = best.candidate.told.attribution if best.candidate.told else None
    whose = f" The source gives it to {told.name}." if told and told.name not in best.detail else ""
    return Ruling("wrong_speaker", f"{best.detail}{whose}", (best.candidate,))


def _speaker(best: Weighed) -> Ruling:
    """Partly supported where the source has the speaker named, and not the one who is named beside them."""
    case = best.case
    own = {j for one in governors(case.source) for j in one.speaker}
    for one in governors(case.said):
        named = [i for i in one.speaker if case.said.tokens[i].text[:1].isupper()]
        met = [i for i in named if case.alignment.places.get(i) in own]
        if met and len(met) < len(named) and " and " in case.said.text[case.said.tokens[min(named)].start :]:
            return _partly(best)
    return _wrong_speaker(best)


def _partly(best: Weighed) -> Ruling:
    missing = [best.case.said.tokens[i].text for i in lacking(best.case)]
    if not missing:
        return Ruling("partly_supported", best.detail, (best.candidate,))
    shown = ", ".join(f"“{word}”" for word in dict.fromkeys(missing))
    return Ruling("partly_supported", f"The source does not have: {shown}.", (best.candidate,))


def _contradicted(best: Weighed) -> Ruling:
    return Ruling("contradicted", best.detail, (best.candidate,))


def _roles(best: Weighed) -> Ruling:
    """Another doer contradicts, unless the words stand under a word of saying that the sentence leaves out."""
    held = governors(best.case.source)
    if not governors(best.case.said) and any(one.region & best.case.back.keys() for one in held):
        return _standing(best)
    return _contradicted(best)


def _unless_more(best: Weighed) -> Ruling:
    """Contradicted when every word is the source's but one small one; partly so when words are added as well."""
    return _partly(best) if lacking(best.case) else _contradicted(best)


def _other_in_its_place(best: Weighed) -> Ruling:
    """Contradicted where nothing is missing but a name, number or date, and the source has another one there."""
    case = best.case
    kinds = {_kind(case, i) for i in lacking(case)} or {_KIND.get(best.reason or "", "name")}
    spare = [
        one.text for j, one in enumerate(case.source.tokens) if one.carries and one.kind in kinds and j not in case.back
    ]
    if len(kinds) > 1 or kinds & {"word"} or not spare or best.coverage < NEARLY_ALL:
        return _but_opposed(best)
    if another_speaks(best):
        return _wrong_speaker(best)
    has = ", ".join(f"“{word}”" for word in dict.fromkeys(spare[:4]))
    return Ruling("contradicted", f"{best.detail} The source has {has}.", (best.candidate,))


def _but_opposed(best: Weighed) -> Ruling:
    """Partly supported, unless the source says the opposite: another verb, or "no", where the sentence has neither."""
    case = best.case
    mine = [case.said.tokens[i].lemma for i in lacking(case)]
    theirs = [one.lemma for j, one in enumerate(case.source.tokens) if one.kind == "word" and j not in case.back]
    if opposed(mine, theirs):
        return Ruling("contradicted", f"{best.detail} The source says the opposite.", (best.candidate,))
    denies = [one for one in tied(case.source) if one.klass == "negation" and one.anchor in case.back]
    if denies and not any(one.klass == "negation" for one in tied(case.said)):
        shown = case.source.tokens[denies[0].place].text
        return Ruling("contradicted", f"The source has “{shown}” there.", (best.candidate,))
    return _partly(best)


def lacking(case: Case) -> list[int]:
    """Places of the sentence's telling words that have no like in the statement."""
    return [
        i
        for i, one in enumerate(case.said.tokens)
        if one.carries and not is_light(one) and i not in case.alignment.places
    ]


def another_speaks(best: Weighed) -> bool:
    """Whether the sentence gives words or a reaction to somebody whom the statement does not name, and it names another."""
    case = best.case
    missing = [i for i in lacking(case) if case.said.tokens[i].kind == "name" or _opens(case, i)]
    verb = next((i for i, one in enumerate(case.said.tokens) if _SAYS.fullmatch(one.text.casefold())), None)
    if not missing or verb is None or max(missing) > verb or len(missing) != len(lacking(case)):
        return False
    told = best.candidate.told.attribution if best.candidate.told else None
    shown = {case.said.tokens[i].text for i in missing}
    if told is not None and shown & set(told.name.split()):
        return False
    return any(one.kind == "name" or j == 0 for j, one in enumerate(case.source.tokens) if j not in case.back)


def _kind(case: Case, i: int) -> str:
    return "name" if _opens(case, i) and not case.said.is_verb(i) else case.said.tokens[i].kind


def _opens(case: Case, i: int) -> bool:
    """The first word of a sentence is read as a plain one; with a capital it may be a name."""
    return i == 0 and case.said.tokens[i].text[:1].isupper()


def _standing(best: Weighed) -> Ruling:
    """An allegation, request or denial told as a fact; a finding told without whose it is; one standing for another."""
    case = best.case
    mine = governors(case.said)
    whole = sum(one.carries for one in case.said.tokens)
    if any(
        one.standing == "say" and one.place in case.alignment.places and len(one.region) * 2 > whole for one in mine
    ):
        return _partly(best)
    dropped = [one for one in governors(case.source) if any(j in case.back for j in one.region)]
    strongest = next((one for one in dropped if one.standing not in _SETTLED), None)
    if mine and not any(one.standing in ("finding", "confirm", "admit") for one in mine):
        same = {one.standing for one in mine} & {one.standing for one in dropped}
        if not same and strongest is not None and strongest.standing != "say":
            return _contradicted(best)
    if strongest is None and dropped:
        return Ruling("partly_supported", f"{best.detail} Say whose it is.", (best.candidate,))
    return Ruling("allegation_as_fact", best.detail, (best.candidate,))


_BY_REASON: dict[WithheldReason, Callable[[Weighed], Ruling]] = {
    "wrong_speaker": _speaker,
    "name_not_in_source": _other_in_its_place,
    "number_not_in_source": _other_in_its_place,
    "date_not_in_source": _other_in_its_place,
    "negation_changed": _contradicted,
    "hedge_changed": _partly,
    "quantifier_changed": _unless_more,
    "comparison_changed": _unless_more,
    "standing_changed": _standing,
    "roles_changed": _roles,
    "not_supported": _other_in_its_place,
}
"""What each of the gate's reasons means for a draft."""
