"""From a follow-up to a question that stands alone, without a model.

In this order: its filters are taken out ("only 2022"); what it leaves out is put in from the question before ("and the
CNIL?", "why?"); what it points at is named ("it", "the company"); and where it points back and none of these can say
at what, the matter of the question before is put behind it in brackets. A question that does none of this is a new
one: it is taken as it was asked, and the filters of the conversation end with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, NamedTuple

from assistant.conversation.carrying import carried, matter, points_back
from assistant.conversation.ellipsis import fill
from assistant.conversation.naming import NoLibrary, known, mentions
from assistant.conversation.narrowing import EVERYTHING, in_words, narrowed
from assistant.conversation.pronouns import point
from assistant.conversation.resolving import Resolved
from assistant.domain import Earlier, Scope
from assistant.question import view

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.conversation.naming import Holdings
    from assistant.conversation.narrowing import Narrowed
    from assistant.domain import Question

LOOKED_BACK = 8
"""Turns that are looked at, the last ones."""

_COURTESY = frozenset(
    "thank thanks great good ok okay welcome fine bye hello hi hey sure nice cool perfect got know".split()
)
_LONGEST = 2000
_PLACES = ("first", "second", "third", "fourth", "fifth")


class _Reading(NamedTuple):
    text: str
    how: tuple[str, ...]


@dataclass(frozen=True)
class RuleResolver:
    """See `Resolver`. `library` gives the names a question may be read by; without one names are known by shape."""

    library: Holdings = field(default_factory=NoLibrary)

    def resolve(self, question: Question) -> Resolved:
        """See `Resolver`."""
        turns = [] if question.as_asked else self._turns(question)
        return self._after(question.text, question.scope, turns[-1]) if turns else _taken(question.text, question.scope)

    def _turns(self, question: Question) -> list[Earlier]:
        """What was asked before and how it stands alone; courtesies are no turns."""
        given = question.earlier or tuple(Earlier(question=text) for text in question.previous)
        turns: list[Earlier] = []
        for turn in given[-LOOKED_BACK:]:
            if not _says_something(turn.standalone or turn.question):
                continue
            if turn.standalone is None:
                made = self._after(turn.question, turn.scope, turns[-1]) if turns else None
                turn = turn.model_copy(
                    update={"standalone": made.text, "scope": made.scope} if made else {"standalone": turn.question}
                )
            turns.append(turn)
        return turns

    def _after(self, text: str, scope: Scope, last: Earlier) -> Resolved:
        found = narrowed(" ".join(text.split()), self.library, last.time)
        reading = self._read(found, last)
        if reading is None and not found.changes:
            dropped = " and ".join(f"“{one}”" for one in in_words(last.scope))
            how = f"A new question: {dropped} no longer narrows it." if dropped else None
            return Resolved(text, scope, how, self._context(text, last))
        if reading is None:
            return Resolved(_tidy(found.rest), _merged(scope, found.applied(Scope())), _sentence((), found.said))
        still = tuple(f"still {one}" for one in in_words(_without(last.scope, found.changes)))
        whole = reading.text if len(reading.text) <= _LONGEST else text
        return Resolved(
            whole,
            _merged(scope, found.applied(last.scope)),
            _sentence(reading.how, (*found.said, *still)),
            matter(whole, last.standalone or last.question),
        )

    def _context(self, text: str, last: Earlier) -> str:
        """Where to look first for a question that stands alone; nowhere when it turns to others that the library names.

        Without a name of its own it may go on with the matter all the same ("Can the fees be waived?").
        """
        base, entities = last.standalone or last.question, self.library.entities()
        own = {one.name for one in mentions(text, entities) if known(one.name, entities)}
        if own and not own & {one.name for one in mentions(base, entities)}:
            return ""
        return matter(text, base)

    def _read(self, found: Narrowed, last: Earlier) -> _Reading | None:
        """The follow-up as it stands alone; None for a question that stands alone already."""
        base, entities = " ".join((last.standalone or last.question).split()), self.library.entities()
        if found.is_all:
            return _Reading(base, ("the question before",))
        text = _tidy(found.rest)
        if chosen := _chosen(text, last.choices):
            return _Reading(chosen, ("one of the questions that were offered",))
        # What was only carried over in brackets is no part of a sentence that a name could be put into.
        filled = fill(text, re.sub(r" \([^()]*\)$", "", base), entities, last.names)
        if filled:
            return _Reading(filled.text, (filled.how,))
        pointed = point(text, base, last.names, entities)
        if pointed:
            return _Reading(pointed.text, tuple(f"“{word}” is {whom}" for word, whom in pointed.read))
        if points_back(text):
            behind = carried(text, base)
            how = ("with the matter of the question before",)
            return _Reading(behind[0].upper() + behind[1:], how) if behind != text else None
        return None


def _chosen(text: str, choices: Sequence[str]) -> str | None:
    """The question that was offered and is meant by its place ("2", "the second one") or by words of it alone."""
    said = re.sub(r"^(?:i mean|i meant|please|option|number|no\.?|the|that|i'll take|yes,?)\s+", "", text, flags=re.I)
    said = re.sub(r"(?:\s+(?:one|please|question))?[\s.!?]*$", "", said, flags=re.I)
    place = {**{str(n): n for n in range(1, 6)}, **{word: n for n, word in enumerate(_PLACES, 1)}}.get(said.casefold())
    if place is not None:
        return choices[place - 1] if place <= len(choices) else None
    words = {word.stem for word in view(said).words}
    meant = [one for one in choices if words <= {word.stem for word in view(one).words}]
    return meant[0] if words and len(meant) == 1 and not text.rstrip().endswith("?") else None


def _taken(text: str, scope: Scope) -> Resolved:
    return Resolved(text, scope)


def _says_something(text: str) -> bool:
    said = [word for word in view(text).words if word.text.casefold() not in _COURTESY]
    return bool(said) or bool(re.search(r"\b(?:who|what|when|where|why|how)\b", text, re.I) and len(text.split()) > 1)


def _tidy(text: str) -> str:
    """The text without the blanks and commas that a filter left behind it."""
    return re.sub(r"[\s,;]+(?=[?.!]*$)", "", re.sub(r"\s{2,}", " ", text)).strip(" ,;")


def _without(scope: Scope, names: Iterable[str]) -> Scope:
    """`scope` without the filters of these names."""
    empty = Scope()
    return replace(scope, **{name: getattr(empty, name) for name in names})


def _merged(asked: Scope, conversation: Scope) -> Scope:
    """The filters of the conversation, where the question itself was not given others."""
    empty = Scope()
    own = {one.name: getattr(asked, one.name) for one in fields(Scope)}
    return replace(conversation, **{name: value for name, value in own.items() if value != getattr(empty, name)})


def _sentence(how: Sequence[str], filters: Sequence[str]) -> str:
    narrowing = f"only documents {' and '.join(filters)}" if filters else ""
    if EVERYTHING in filters:
        narrowing = EVERYTHING
    whole = "; ".join(part for part in (*how, narrowing) if part)
    return f"{whole[0].upper()}{whole[1:]}."
