"""What officials would ask on a topic: by whom it names, and by what was found to be said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from assistant.conversation.naming import ROLES, by_shape, known, mentions, with_article
from assistant.question import view
from assistant.wording import stem, stems

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.domain import Standing, Supported
    from ingest.understanding.statement import Entity

MOST_OPEN = 7

_ROLE = re.compile(rf"\b(?:{ROLES})$", re.I)

_SUM = re.compile(r"[£$€¥]\s?\d|\b\d[\d,.]*\s?(?:million|billion|thousand|pounds|dollars|euros)\b", re.I)
_DATE = re.compile(r"\b(?:19|20)\d\d\b")
_GENERIC = frozenset("the professor prof dr mr mrs ms sir dame lord lady baroness judge justice".split())

_LEADS = re.compile(
    r"(?:(?:please )?(?:draft|write|prepare|give me)\s+)?(?:(?:a|an|the|some)\s+)?(?:(?:press )?lines(?: to take)?|q ?(?:&|and) ?as?|questions and answers|"
    r"(?:a )?(?:holding statement|background note|one-page brief|briefing|brief|note))\s+(?:on|about|for|of)\s+(?=\S)",
    re.I,
)
_MONEY = re.compile(r"\b(?:fine|penalty|contract|budget|settlement|award|grant|levy|fee)\b", re.I)
_EVENT = re.compile(
    r"\b(?:fine|penalty|contract|settlement|ban|order|letter|decision|ruling|vote|inquiry|investigation|report|removal|trial|rollout|review|"
    r"appeal|judgment|bill|law|sale|purchase|breach|hack|closure)\b",
    re.I,
)
_JOINS = re.compile(r"[\s,;&/]*(?:and|or|with|v|vs|versus|on)?[\s,;&/.]*(?:the)?[\s]*", re.I)

_BY_STANDING: dict[Standing, str] = {
    "finding": "What did {speaker} find?",
    "allegation": "What does {speaker} allege?",
    "request": "What did {speaker} ask for?",
    "denial": "What does {speaker} deny?",
    "response": "How did {speaker} respond?",
    "decision": "What did {speaker} decide?",
    "opinion": "What is the view of {speaker}?",
    "statement_of_fact": "What did {speaker} say?",
}


@dataclass(frozen=True, slots=True)
class Topic:
    """What a draft is about. `subjects` are companies and the like, `bodies` whoever judges, asks or decides."""

    text: str
    subjects: tuple[str, ...]
    bodies: tuple[str, ...]
    names_only: bool
    rest: str = ""

    @property
    def whom(self) -> frozenset[str]:
        """Stems by which a statement names whom the topic is about; empty where it is about nobody."""
        return frozenset(stem(part) for one in self.subjects or self.bodies for part in _telling(one))


def read_topic(text: str, entities: Sequence[Entity]) -> Topic:
    """The topic without "lines on", and whom it names."""
    bare = _LEADS.sub("", " ".join(text.split()), count=1).strip(" .?!") or text.strip()
    found = mentions(bare, entities)
    rest = bare
    for mention in reversed(found):
        rest = rest[: mention.start] + rest[mention.end :]
    found = [one for one in found if one.kind is not None or one.start > 0 or " " in one.name]  # not a mere capital
    bodies = [one.name for one in found if one.kind in ("public_body", "person", "role") or _ROLE.search(one.name)]
    others = [one.name for one in found if one.kind in ("vendor", "organisation", None)]
    subjects = [name for name in others if name not in bodies]
    named = dict.fromkeys(subjects), dict.fromkeys(bodies)
    rest = " ".join(rest.split()).strip(" ,;")
    return Topic(bare, tuple(named[0]), tuple(named[1]), not _JOINS.sub("", rest).strip(), rest)


@dataclass(frozen=True, slots=True)
class Open:
    """A question that is asked on every such topic, and what answers it.

    `nearly` tells what may answer it under another name, as a person does for an office: then it is neither answered nor
    said to be unknown.
    """

    text: str
    answers: Callable[[Supported], bool]
    nearly: Callable[[Supported], bool] = lambda _: False


def open_questions(topic: Topic) -> tuple[Open, ...]:
    """What officials ask on a topic like this; what the library answers is told, and so is what it does not."""
    found: list[Open] = []
    for body in topic.bodies[:1]:
        for subject in topic.subjects[:1]:
            found += _between(body, subject)
    if not topic.names_only:
        found += _about(topic)
    for subject in topic.subjects[:2]:
        about = "" if topic.names_only else f" about {_phrase(_without(topic))}"
        if not topic.bodies:
            found.append(Open(f"What has {with_article(subject)} said{about}?", partial(_by, subject, None)))
        found.append(Open(f"What does {with_article(subject)} deny?", partial(_by, subject, ("denial",))))
    for body in topic.bodies[:2] if not topic.subjects else ():
        found.append(Open(f"What did {with_article(body)} decide?", partial(_by, body, ("decision", "finding"))))
        found.append(Open(f"What did {with_article(body)} ask for?", partial(_by, body, ("request",))))
    return tuple({one.text: one for one in found}.values())[:MOST_OPEN]


def _between(body: str, subject: str) -> list[Open]:
    one, other = with_article(body), with_article(subject)
    return [
        Open(
            f"What did {one} ask {other}?",
            partial(_to, (body,), (subject,), ("request",)),
            partial(_to, (), (subject,), ("request",)),
        ),
        Open(
            f"What did {other} reply to {one}?",
            partial(_to, (subject,), (body,), ("response", "denial")),
            partial(_by, subject, ("response", "denial")),
        ),
        Open(f"What did {one} decide about {other}?", partial(_by, body, ("decision", "finding"))),
    ]


def _about(topic: Topic) -> list[Open]:
    phrase = _phrase(topic.text)
    cost = f"How much is {phrase}?" if _MONEY.search(topic.text) else f"What does {phrase} cost?"
    return [
        Open(f"Who decided on {phrase}?", partial(_on, topic, ("decision",), None)),
        Open(f"When was {phrase} decided on?", partial(_on, topic, ("decision",), _DATE)),
        Open(cost, partial(_on, topic, None, _SUM)),
        Open(f"What is the legal basis of {phrase}?", partial(_on, topic, ("law",), None)),
    ]


def _on(topic: Topic, standings: tuple[Standing, ...] | None, holds: re.Pattern[str] | None, claim: Supported) -> bool:
    """Whether a claim speaks of the matter itself, in such a standing, and holds a figure or date if one is wanted."""
    matter = {word.stem for word in view(topic.rest).words} or {word.stem for word in view(topic.text).words}
    met = len(matter & stems(claim.text)) * 2 >= len(matter)
    fits = standings is None or claim.standing in standings
    return met and fits and (holds is None or holds.search(claim.text) is not None)


def _by(who: str, standings: tuple[Standing, ...] | None, claim: Supported) -> bool:
    return _is(claim.speaker, who) and (standings is None or claim.standing in standings)


def _to(who: tuple[str, ...], whom: tuple[str, ...], standings: tuple[Standing, ...], claim: Supported) -> bool:
    """Whether one says it to the other, by the ledger or by the words of the claim."""
    said = not who or any(_is(claim.speaker, one) or _names(claim.text, one) for one in who)
    heard = any(_is(claim.addressee, one) or _names(claim.text, one) for one in whom)
    wrong_way = any(_is(claim.speaker, one) for one in whom)
    return claim.standing in standings and said and heard and not wrong_way


def _is(name: str | None, wanted: str) -> bool:
    return name is not None and _names(name, wanted)


def _names(text: str, wanted: str) -> bool:
    held = stems(text)
    return any(stem(part) in held for part in _telling(wanted))


def _telling(name: str) -> list[str]:
    """The words of a name that tell it from others: the first, without titles, and an acronym of it."""
    parts = [part for part in re.findall(r"[\w’'-]+", name) if part.casefold() not in _GENERIC]
    acronym = "".join(part[0] for part in parts if part[0].isupper())
    return [*parts[:1], *([acronym] if len(acronym) > 2 else [])]


def asked_of(claim: Supported, entities: Sequence[Entity]) -> str | None:
    """The question that a claim answers by whose it is and its standing; None where the library does not know the speaker."""
    speaker = claim.speaker
    if claim.standing is None or speaker is None or not _is_somebody(speaker, entities):
        return None
    shape = _BY_STANDING.get(claim.standing)
    if shape is None:
        return None
    if claim.standing == "request" and claim.addressee and _is_somebody(claim.addressee, entities):
        return f"What did {_called(speaker)} ask {_called(claim.addressee)}?"
    return shape.format(speaker=_called(speaker))


def _called(name: str) -> str:
    """A name inside a question; one that says whose it is ("Australia's ...") takes no article."""
    return name if re.search(r"['’]s ", name) else with_article(name)


def _is_somebody(name: str, entities: Sequence[Entity]) -> bool:
    if not name[:1].isupper() and not name.startswith("the "):
        return False
    return known(name, entities) is not None or by_shape(name) in ("person", "vendor", "public_body")


def _without(topic: Topic) -> str:
    """The topic without whom it names, where that reads as a phrase of its own."""
    rest = topic.rest
    return topic.text if not rest or re.search(r"\b(?:of|by|on|in|to|and|for|with|at|the)$", rest, re.I) else rest


def _phrase(text: str) -> str:
    """A topic as a part of a question: "the government removal of ..."."""
    if re.match(r"(?:the|a|an|this|that)\b", text, re.I):
        return text[0].lower() + text[1:]
    return f"the {text}" if _EVENT.search(text) else text
