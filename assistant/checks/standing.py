"""Who is said to say it, and in what standing, is what the source has: an allegation stays one, a request too.

What depends on a verb or noun of saying ("alleged that", "asked for", ", said X") has that standing and that speaker.
A claim may not drop it, change it for a stronger one, add one, or give it another speaker.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.attribution import attribute
from assistant.checks import Finding
from assistant.checks.lexicon import WEAKER
from assistant.checks.reading import ANAPHORS, read
from assistant.checks.saying import IN_FRONT, governors
from assistant.families import lemma
from assistant.word_classes import is_generic
from assistant.wording import STOP_WORDS, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.aliases import Alias
    from assistant.checks.case import Case
    from assistant.checks.reading import Reading
    from assistant.checks.saying import Governor
    from assistant.domain import WithheldReason

_REASON: dict[str, WithheldReason] = {"allegation": "standing_changed", "denial": "negation_changed"}


def check(case: Case) -> Finding | None:
    """See `assistant.checks`."""
    mine, theirs = governors(case.said), governors(case.source)
    met: set[int] = set()
    held = {other.place for other in theirs}
    for one in sorted(mine, key=lambda one: case.alignment.places.get(one.place) not in held):
        likely = [other for other in theirs if _overlap(case, one, other)]
        likely.sort(key=lambda other: _nearness(case, one, other), reverse=True)
        same = next((o for o in likely if o.place not in met and _no_stronger(one.standing, o.standing)), None)
        if same is None:
            if _told_beside(case, one):
                continue
            return _changed(case, one, likely[0]) if likely else _nobody(case, one)
        met.add(same.place)
        wrong = _other_speaker(case, one, same)
        if wrong:
            around = next((o for o in theirs if same.place in o.region and _untold(case, o, mine)), None)
            return _dropped(case, around) if around is not None else wrong
    for other in theirs:
        kept = [j for j in other.region if j in case.back]
        if other.place not in met and len(kept) * 3 > len(other.region):
            return _dropped(case, other)
    return None


def _untold(case: Case, other: Governor, mine: Sequence[Governor]) -> bool:
    """Whether the claim has no word of saying at all for one of the source's that is more than a saying."""
    places = case.alignment.places
    told = any(places.get(one.place) == other.place or one.standing == other.standing for one in mine)
    return other.standing in ("request", "allegation", "denial", "question", "proposal") and not told


def _overlap(case: Case, mine: Governor, theirs: Governor) -> bool:
    places = case.alignment.places
    reached = {places[i] for i in mine.region if i in places}
    return bool(reached & theirs.region) or places.get(mine.place) == theirs.place


def _nearness(case: Case, mine: Governor, theirs: Governor) -> tuple[bool, bool, int]:
    places = case.alignment.places
    shared = len({places[i] for i in mine.region if i in places} & theirs.region)
    return places.get(mine.place) == theirs.place, mine.standing == theirs.standing, shared


def _no_stronger(mine: str, theirs: str) -> bool:
    return mine == theirs or theirs in WEAKER.get(mine, set())


def _changed(case: Case, mine: Governor, theirs: Governor) -> Finding:
    detail = f"The claim has “{_text(case.said, mine)}” where its source has “{_text(case.source, theirs)}”."
    return Finding(_REASON.get(theirs.standing, "standing_changed"), detail)


def _nobody(case: Case, mine: Governor) -> Finding:
    return Finding("wrong_speaker", f"What the claim cites does not have anybody “{_text(case.said, mine)}” this.")


def _dropped(case: Case, other: Governor) -> Finding:
    text = _text(case.source, other)
    reason = _REASON.get(other.standing, "standing_changed")
    return Finding(
        reason, f"The source does not say this itself: it stands under “{text}”, which the claim leaves out."
    )


def _text(reading: Reading, one: Governor) -> str:
    return reading.tokens[one.place].text


def _other_speaker(case: Case, mine: Governor, theirs: Governor) -> Finding | None:
    """Nothing when both name the same, or when the source's pronoun stands for whom the claim names."""
    said, held = case.said.tokens, case.source.tokens
    carrying = [i for i in mine.speaker if said[i].carries]
    names = [i for i in carrying if said[i].text[0].isupper()] or carrying
    if not names:
        return None
    met = [i for i in names if case.alignment.places.get(i) in theirs.speaker]
    if max(names) in met and all(i in met or _stands_beside(case, i) for i in names):
        return None
    own = [held[j] for j in theirs.speaker]
    loose = not own or all(one.text.casefold() in ANAPHORS or is_generic(one.text) for one in own)
    if loose and _named_beside(case, " ".join(said[i].text for i in sorted(names))):
        return None
    if loose and _is_stored(case, [said[i].lemma for i in names]):
        return None
    shown = " ".join(said[i].text for i in sorted(names))
    return Finding("wrong_speaker", f"What the claim cites does not have “{shown}” say this.")


def _is_stored(case: Case, wanted: Sequence[str]) -> bool:
    """Whether it is whom the ledger has say the sentence: "he" is the Commissioner, by the whole document."""
    stored = case.stored()
    held = {lemma(word.text) for one in stored for word in words(one)}
    return any(set(wanted) <= {lemma(word.text) for word in words(one)} for one in stored) or any(
        set(wanted) <= alias.other and alias.name <= held for alias in case.known
    )


def _stands_beside(case: Case, i: int) -> bool:
    """A first name or title that the sentence leaves out and what is cited beside it gives."""
    token = case.said.tokens[i]
    return i not in case.alignment.places and any(
        token.lemma == one.lemma for other in case.beside for one in other.tokens
    )


def speaker_in_front(case: Case) -> Finding | None:
    """For a claim in its source's own words with a speaker in front: the source gives that speaker."""
    front = IN_FRONT.match(case.claim)
    if not front:
        return None
    shown = front.group().rstrip(": ")
    own = attribute([case.cited[case.basis]], 0)
    told = [own] if own else [attribute([text], 0) for text in case.cited]
    wanted = {word.stem for word in words(shown) if word.capital}
    speakers = [one.speaker for one in told if one]
    if not own:
        readings = [read(text) for text in case.cited]
        speakers += [
            " ".join(said.tokens[i].text for i in sorted(one.speaker)) for said in readings for one in governors(said)
        ]
    if any(wanted and wanted <= {word.stem for word in words(one)} for one in speakers):
        return None
    return Finding("wrong_speaker", f"What the claim cites does not have “{shown}” say this.")


def speaker_beside(case: Case) -> Finding | None:
    """The speaker that the writer names beside the claim is one whom the cited sentences may bear."""
    wanted = _names(case.speaker or "")
    if not wanted:
        return None
    told = attribute(case.cited, case.basis)
    if told and _names(told.speaker) and not any(is_generic(word.text) for word in words(told.speaker)):
        named = [told.speaker]
    else:
        named = [*case.cited, *case.about]
        if all(one.text in case.text for one in words(case.speaker or "") if one.capital):
            return None  # by a role or a pronoun: whose it is, the whole document tells
    if any(wanted & _names(one) for one in named) or any(
        _alias_of(case.speaker or "", one, named) for one in case.known
    ):
        return None
    return Finding("wrong_speaker", f"What the claim cites does not have “{case.speaker}” say this.")


def _alias_of(speaker: str, alias: Alias, named: Sequence[str]) -> bool:
    """Whether the writer's name is another name of one that is told: Fraser Sampson, the commissioner."""
    held = {lemma(word.text) for one in named for word in words(one)}
    mine = {lemma(word.text) for word in words(speaker) if word.capital and word.text.casefold() not in STOP_WORDS}
    return (mine <= alias.name and alias.other <= held) or (mine <= alias.other and alias.name <= held)


def _names(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in words(text) if word.capital and word.text.casefold() not in STOP_WORDS)


def _told_beside(case: Case, mine: Governor) -> bool:
    """Whether another cited sentence, or the document's publisher or author, gives the claim's speaker."""
    if mine.standing != "say":
        return False
    shown = " ".join(case.said.tokens[i].text for i in sorted(mine.speaker) if case.said.tokens[i].carries)
    return bool(shown) and _named_beside(case, shown)


def _named_beside(case: Case, shown: str) -> bool:
    told = attribute(case.cited, case.basis)
    speakers = [told.speaker] if told and told.basis != case.basis else list(case.about[1:])
    wanted = {word.stem for word in words(shown) if word.capital}
    return bool(wanted) and any(wanted <= {word.stem for word in words(one)} for one in speakers)
