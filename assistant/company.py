"""Sentences that a statement must not be shown without: its company in the text it is taken from.

"An article of 9 May said that 24 per cent were bought." is no answer without "In fact it was 19 per cent.", nor "I have
considered a power to impose fines." without "I am not persuaded."; "He chairs the board." tells nobody who does, and an
item of a list says little without what introduces the list.
The company is cited like any other statement, so nothing is said here that the source does not say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.describing import header

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.evidence import Statement

_TURNS = re.compile(
    r"^[“\"]?(?:But|However|In (?:fact|truth|reality)|Instead|Yet|Nor|Nevertheless|Nonetheless|Rather|Actually|On the contrary|"
    r"(?:That|This|It|There)(?: \w+)? (?:is|was|were|has|had|have|did|does|do) (?:not|never|wrong|incorrect|untrue|withdrawn|corrected)|"
    r"(?:I|We) (?:am|are|was|were|do|did|have|had) not|No|None|Neither|"
    r"(?:A|The) (?:later|correct|corrected) |Later[^.]{0,60}\b(?:withdr|correct|denied))\b"
)
_RESTS_ON = re.compile(
    r"^(?:Therefore|Consequently|Accordingly|As a result|For (?:that|this) reason|Because of (?:that|this)|So)\b|"
    r"\b(?:therefore|consequently|accordingly)\b"
)
"""A sentence that draws a conclusion gives no reason without the one it is drawn from."""

_SHORT_DENIAL = re.compile(r"\b(?:not|never|no|none|nothing)\b", re.I)
_FEW_WORDS = 6
_OF_AN_EARLIER_TEXT = re.compile(
    r"\b(?:[Aa]n? (?:earlier|previous|original) (?:version|article|story|report|release|caption)|[Aa]n article|"
    r"[Oo]ur (?:earlier |original |previous )?(?:article|story|report|piece|release|statement) (?:of|on|from|published)\b|"
    r"[Tt]he (?:article|story|caption|headline|release|report|table) (?:first |originally |wrongly )?(?:said|stated|described|gave|put)|"
    r"[Aa] caption|[Ww]e (?:also |first |previously |wrongly |originally )+(?:reported|said|stated|described)|"
    r"(?:first|originally|wrongly|mistakenly) (?:said|stated|reported|described|gave))\b"
)
_LEFT_OPEN = re.compile(
    r"\b(?:considered|considering|consider|wondered|examined|asked itself) (?:whether|if)\b|\b(?:undertook|promised|pledged|"
    r"undertakes|promises) to\b|\bit (?:has been|was) (?:suggested|claimed|argued) that\b"
)
_TAKES_UP = re.compile(r"^[“\"]?(?:He|She|It|They|His|Her|Its|Their|This|These|Those)\b")
_AT_MOST_BEHIND = 3


def tells_of_an_earlier_text(text: str) -> bool:
    """Whether a sentence says what an earlier version or another article had, to take it back."""
    return bool(_OF_AN_EARLIER_TEXT.search(text))


def leads(texts: Sequence[str]) -> list[int | None]:
    """For each sentence of a passage, the one that introduces the list it is an item of ("A council must:"), or None.

    A list ends at the first whole sentence; the first item may be one.
    """
    found: list[int | None] = []
    lead: int | None = None
    for at, text in enumerate(texts):
        first = lead == at - 1
        whole = text.rstrip("”\"’')").endswith((".", "!", "?")) and text[:1].isupper()
        open_before = at > 0 and texts[at - 1].endswith((";", ","))
        if lead is not None and whole and not (first or open_before):
            lead = None
        found.append(lead)
        if text.endswith(":"):
            lead = at
    return found


def company(one: Statement, statements: Sequence[Statement]) -> list[Statement]:
    """What must stand beside `one`, out of `statements`, in the order of the text; usually nothing."""
    beside = {other.index: other for other in statements if other.passage.id == one.passage.id}
    head = header(one, statements)
    return [*([head] if head else []), *_before(one, beside), *_behind(one, beside)]


def is_lead(one: Statement) -> bool:
    """Whether the statement introduces a list."""
    return one.text.endswith(":")


def lists(one: Statement, statements: Sequence[Statement]) -> list[list[Statement]]:
    """The lists of the statement's passage, each with what introduces it in front.

    Items are what `leads` says, and whole sentences on lines of their own that begin with the same word as the first.
    """
    beside = {other.index: other for other in statements if other.passage.id == one.passage.id}
    if len(beside) != max(beside) + 1:
        return []
    inside = [beside[at] for at in sorted(beside)]
    led = leads([each.text for each in inside])
    found: dict[int, list[Statement]] = {}
    for at, each in enumerate(inside):
        lead = led[at] if led[at] is not None else _goes_on(each, found)
        if lead is not None:
            found.setdefault(lead, [inside[lead]]).append(each)
    return list(found.values())


def _goes_on(one: Statement, found: dict[int, list[Statement]]) -> int | None:
    """The lead of the last list of `found`, when `one` stands on the line behind it and begins like its first item."""
    if not found:
        return None
    lead = max(found)
    items = found[lead]
    follows = items[-1].index == one.index - 1 and _on_a_line(one, items[-1])
    return lead if follows and one.text.split()[0] == items[1].text.split()[0] else None


def _on_a_line(one: Statement, before: Statement) -> bool:
    start = one.passage.start
    return "\n" in one.passage.text[before.end - start : one.start - start]


def is_item(one: Statement, statements: Sequence[Statement]) -> bool:
    """Whether the statement is an item of a list that `statements` hold the introduction of."""
    beside = {other.index: other for other in statements if other.passage.id == one.passage.id}
    return _lead(one, beside) is not None


def _lead(one: Statement, beside: dict[int, Statement]) -> int | None:
    whole = len(beside) == max(beside) + 1
    return leads([beside[at].text for at in sorted(beside)])[one.index] if whole else None


def _before(one: Statement, beside: dict[int, Statement]) -> list[Statement]:
    """What introduces the list that the statement is an item of, says whom its opening pronoun takes up, or why."""
    lead = _lead(one, beside)
    if lead is not None:
        return [beside[lead]]
    before = beside.get(one.index - 1)
    if before is None:
        return []
    if not _RESTS_ON.search(one.text):
        return [before] if _TAKES_UP.match(one.text) and one.named_elsewhere is None else []
    earlier = beside.get(before.index - 1) if _TAKES_UP.match(before.text) else None
    return [earlier, before] if earlier is not None else [before]


def _behind(one: Statement, beside: dict[int, Statement]) -> list[Statement]:
    following = [beside[at] for at in range(one.index + 1, one.index + 1 + _AT_MOST_BEHIND) if at in beside]
    if not following:
        return []
    if _OF_AN_EARLIER_TEXT.search(one.text) or _LEFT_OPEN.search(one.text):
        turn = next((at for at, other in enumerate(following) if _turns(other.text)), 0)
        return following[: turn + 1]
    return following[:1] if _turns(following[0].text) else []


def _turns(text: str) -> bool:
    denies = len(text.split()) <= _FEW_WORDS and bool(_SHORT_DENIAL.search(text)) and not text.startswith("Not ")
    return denies or bool(_TURNS.match(text))
