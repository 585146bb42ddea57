"""What was alleged of the subject or asked of it, and what the library holds of a reply.

A reply is linked when it may be no earlier and is plainly one to it: in the same document behind it, to whoever said it,
or on the same matter by the words they share. A plain denial of everything, elsewhere, is told beside an allegation and
is no reply to it. What is not linked is not held to be unanswered: "no reply is held" speaks of the library.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.desk.dossiers.dating import no_earlier
from assistant.desk.dossiers.entries import Exchange
from assistant.disagreeing import content
from assistant.wording import stem, stems
from ingest.ledger.entity_index import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.desk.dossiers.entries import Entry, ReplyStatus
    from assistant.desk.dossiers.naming import Names

SHARED = 3
"""Words of weight that a reply in another document has in common with what it answers."""

NEAR = 200
"""Characters between an allegation and a reply to it that shares no words with it."""

_ALL = frozenset(
    map(stem, "allegation accusation claim charge report wrongdoing deny denied denial reject rejected refute dispute all any "
    "allege accuse statement untrue false baseless unfounded unsubstantiated groundless strongly categorically firmly "
    "wrong company firm always have has been never".split())
)  # fmt: skip
_BE_DONE = re.compile(
    r"\b(?:should|must|ought to)\b (?:no longer |not |also )*be (?:\w+ly )?\w+(?:ed|en|ned|ut)\b", re.I
)
"""What is asked for is to be done to somebody by others: "should not be allowed to operate"."""
_ANSWERS = frozenset({"denial", "response"})


def exchanges(entries: Sequence[Entry], names: Names) -> tuple[Exchange, ...]:
    """Each allegation against the subject and each request to it, in the order of the entries."""
    silent = frozenset(one.number for one in entries if names.silent(one.claim.text))
    charges = [one for one in entries if one.number not in silent and is_charge(one, names)]
    answers = [one for one in entries if one.relation == "by" and one.number not in silent]
    told = [one for one in entries if one.number in silent]
    return tuple(_exchange(one, answers, told) for one in charges)


def is_charge(one: Entry, names: Names) -> bool:
    """Whether an entry alleges something of the subject or asks something of it."""
    if one.relation == "by":
        return False
    if one.claim.standing == "allegation":
        return one.named_in in ("statement", "speaker")
    if one.claim.standing != "request" or _BE_DONE.search(one.claim.text):
        return False
    return one.addressed or _asked(one, names)


def _asked(one: Entry, names: Names) -> bool:
    """Whether the words themselves ask it of the subject: "asked Northgate to", "calls on Northgate to"."""
    at = re.search(
        r"\b(?:asks|asked|urges|urged|calls (?:on|upon)|called (?:on|upon)|requests|requested|presses|pressed|invites|invited)\s+(.{3,80}?)\s+"
        r"(?:to|for|whether|that|if|why|how|not)\b",
        one.claim.text,
        re.I,
    )
    return at is not None and names.named(at.group(1))


def _exchange(charge: Entry, answers: Sequence[Entry], silences: Sequence[Entry]) -> Exchange:
    told = [one for one in silences if _tells_of_silence(one, charge)]
    replies = list(_replies(charge, answers))
    general = [
        one
        for one in answers
        if charge.claim.standing == "allegation" and one not in replies and _in_general(one, charge)
    ]
    status: ReplyStatus = "reply_held" if replies else "said_not_to_have_replied" if told else "no_reply_held"
    undated = any(no_earlier(one.date, charge.date) is None for one in (*replies, *told))
    return Exchange(
        entry=charge.number,
        status=status,
        replies=_numbers(replies),
        told=_numbers(told),
        general=_numbers(general),
        undated=undated,
    )


def _numbers(entries: Sequence[Entry]) -> tuple[int, ...]:
    return tuple(one.number for one in entries)


def _replies(charge: Entry, answers: Sequence[Entry]) -> Iterator[Entry]:
    for one in answers:
        told = one.claim.standing == "statement_of_fact" and _takes_up(one, charge)
        replied = told or (one.claim.standing in _ANSWERS and _answers(one, charge))
        if replied and no_earlier(one.date, charge.date) is not False:
            yield one


def _takes_up(one: Entry, charge: Entry) -> bool:
    """Whether something told as a fact is on what was asked ("confirmed that it supplied the harbour")."""
    shared, to_asker = _shared(one, charge), _said_to(one, charge)
    return shared >= SHARED - 1 if to_asker else charge.claim.standing == "request" and shared >= SHARED


def _answers(reply: Entry, charge: Entry) -> bool:
    shared = _shared(reply, charge)
    if shared >= SHARED or (_behind(reply, charge) and (shared or _plain_denial(reply) or _next(reply, charge))):
        return True
    return _said_to(reply, charge) and no_earlier(reply.date, charge.date) is True


def _tells_of_silence(one: Entry, charge: Entry) -> bool:
    if one is charge or no_earlier(one.date, charge.date) is False:
        return False
    if one.relation == "of" and one.named_in != "statement":
        return False
    enough = SHARED - 1 if charge.claim.standing == "request" else SHARED
    return _behind(one, charge) or _shared(one, charge) >= enough


def _behind(one: Entry, charge: Entry) -> bool:
    """Whether it stands in the same document, behind it."""
    places = {(cited.document, cited.version): cited.start for cited in reversed(charge.claim.citations)}
    return any(places.get((cited.document, cited.version), cited.start) < cited.start for cited in one.claim.citations)


def _shared(one: Entry, other: Entry) -> int:
    return len(_words(one.claim.text) & _words(other.claim.text))


@lru_cache(maxsize=2_048)
def _words(text: str) -> frozenset[str]:
    """The words of weight of a statement; each is held against many others."""
    return content(text) - _ALL


def _in_general(one: Entry, charge: Entry) -> bool:
    """Whether it denies everything, in the year of the allegation or the next."""
    return _plain_denial(one) and no_earlier(one.date, charge.date) is True and _same_year(one, charge)


def _plain_denial(one: Entry) -> bool:
    return one.claim.standing == "denial" and not _words(one.claim.text)


def _next(one: Entry, charge: Entry) -> bool:
    """Whether it stands a sentence or two behind in the same document; a denial there answers an allegation only."""
    if one.claim.standing == "denial" and charge.claim.standing != "allegation":
        return False
    places = {(cited.document, cited.version): cited.end for cited in charge.claim.citations}
    return any(
        0 <= cited.start - places.get((cited.document, cited.version), -NEAR - 1) <= NEAR
        for cited in one.claim.citations
    )


def _said_to(reply: Entry, charge: Entry) -> bool:
    """Whether a reply is put to whoever alleged or asked."""
    to = reply.claim.addressee
    if not to or not charge.claim.speaker:
        return False
    (asker, of_asker), (told, of_told) = _name(charge.claim.speaker), _name(to)
    return asker == told or bool(of_asker & of_told)


@lru_cache(maxsize=2_048)
def _name(name: str) -> tuple[str, frozenset[str]]:
    """A name as it is compared, and the stems of its words."""
    return fold(name), stems(fold(name))


def _same_year(one: Entry, other: Entry) -> bool:
    return one.date is not None and other.date is not None and abs(int(one.date[:4]) - int(other.date[:4])) <= 1
