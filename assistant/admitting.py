"""A draft through the gate, claim by claim: said, checked, mended once if refused, shown or withheld.

A claim is shown as soon as it has passed, while the next one is still being written. A refused one is kept back until
the writer has had its one chance to word it anew; what then passes takes the refused claim's place. What does not is
withheld with its reason, and the sources' own words that it rests on are shown in its place. When nothing at all of a
language model's draft can be shown, the sources' own words answer.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from assistant.domain import Supported, Withheld
from assistant.drafting import Draft, Refused, Writing
from assistant.messages import STEPS, checking

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from contextlib import AbstractContextManager

    from assistant.drafting import DraftClaim
    from assistant.gate import Gate

_Made = TypeVar("_Made")


class Step(NamedTuple):
    """A step of the flow that has just begun, in words for people."""

    name: str
    label: str


class Admission:
    """One answer's way through the gate; `claims` and `withheld` are complete when `run` has ended.

    `timed` times a step by name; `name_of` gives the title of a document id, for what is being checked.
    """

    def __init__(
        self,
        gate: Gate,
        timed: Callable[[str], AbstractContextManager[None]],
        name_of: Callable[[str], str | None],
    ) -> None:
        self._waiting: deque[DraftClaim] = deque()
        self._decisions: Generator[Supported | Withheld] = gate.admit(Draft(self._fed()))
        self._timed = timed
        self._name_of = name_of
        self._placed: dict[int, Supported] = {}
        self._said = 0
        self.withheld: list[Withheld] = []
        self.mended = 0
        self.writing = Writing()

    @property
    def claims(self) -> tuple[Supported, ...]:
        """What passed, in reading order."""
        return tuple(self._placed[place] for place in sorted(self._placed))

    def run(self, draft: Draft) -> Iterator[Step | Supported | Withheld]:
        """What is being checked (in words), and each claim as it is decided for good."""
        self.writing = draft.writing
        try:
            yield from self._drafted(draft)
            if not self._placed and draft.instead is not None:
                # Nor is anything shown in the place of single claims then: what the model rested on is not trusted.
                plain = draft.instead()
                yield from self._drafted(plain)
                # What was asked stays on record; who wrote what is shown is the plain writer.
                self.writing.model = plain.writing.model
            if self._said:
                next(self._decisions, None)
        finally:
            self._decisions.close()

    def _drafted(self, draft: Draft) -> Iterator[Step | Supported | Withheld]:
        refused: list[tuple[int, Refused]] = []
        composing = Step("write", STEPS["write"] if draft.mended is None else STEPS["compose"])
        yield composing
        for claim in self._written("write", draft.claims):
            place, decided = yield from self._checked(claim)
            if isinstance(decided, Supported):
                yield self._shown(place, decided)
            elif draft.mended is None:
                yield self._kept_back(decided)
            else:
                refused.append((place, Refused(claim, decided)))
            if draft.mended is not None:
                yield composing
        if refused and draft.mended is not None:
            left = yield from self._once_more(draft.mended([one for _, one in refused]), refused)
            yield from self._in_their_places(draft, left, trusted=bool(self._placed))
        if self._placed and draft.company is not None:
            for claim in draft.company(self.claims):
                place, decided = yield from self._checked(claim)
                yield self._shown(place, decided) if isinstance(decided, Supported) else self._kept_back(decided)

    def _once_more(
        self, mended: Iterable[tuple[int, DraftClaim]], refused: list[tuple[int, Refused]]
    ) -> Generator[Step | Supported, None, list[tuple[int, Refused]]]:
        """Shows what passes in its second wording; what is left of `refused`."""
        yield Step("mend", STEPS["mend"])
        left = dict(enumerate(refused))
        for number, claim in self._written("mend", mended):
            if number not in left:
                continue
            _, decided = yield from self._checked(claim, left[number][0])
            if isinstance(decided, Supported) and any(decided.text == shown.text for shown in self._placed.values()):
                del left[number]  # it says again what is shown already
            elif isinstance(decided, Supported):
                self.mended += 1
                yield self._shown(left.pop(number)[0], decided)
        return list(left.values())

    def _in_their_places(
        self, draft: Draft, refused: list[tuple[int, Refused]], *, trusted: bool
    ) -> Iterator[Step | Supported | Withheld]:
        """Withholds what is left, and shows the sources' own words that it rests on unless they are shown already."""
        for place, one in refused:
            yield self._kept_back(draft.listed(one.why) if draft.listed else one.why)
            claim = draft.in_its_place(one) if trusted and draft.in_its_place else None
            if claim is None or any(claim.text == shown.text for shown in self._placed.values()):
                continue
            _, decided = yield from self._checked(claim, place)
            if isinstance(decided, Supported):
                yield self._shown(place, decided)

    def _checked(
        self, claim: DraftClaim, place: int | None = None
    ) -> Generator[Step, None, tuple[int, Supported | Withheld]]:
        """The claim's place in reading order, the next one unless it has one, and what the gate says of it."""
        if place is None:
            place, self._said = self._said, self._said + 1
        yield Step("check", checking(place + 1, self._titles(claim)))
        self._waiting.append(claim)
        with self._timed("check"):
            return place, next(self._decisions)

    def _shown(self, place: int, claim: Supported) -> Supported:
        self._placed[place] = claim
        return claim

    def _kept_back(self, claim: Withheld) -> Withheld:
        self.withheld.append(claim)
        return claim

    def _written(self, step: str, made: Iterable[_Made]) -> Iterator[_Made]:
        """What is made, one after another; only the making is timed."""
        each = iter(made)
        while True:
            with self._timed(step):
                one = next(each, None)
            if one is None:
                return
            yield one

    def _fed(self) -> Iterator[DraftClaim]:
        # The gate reads a draft lazily, so one admission serves the whole answer and reads each document once.
        while self._waiting:
            yield self._waiting.popleft()

    def _titles(self, claim: DraftClaim) -> tuple[str, ...]:
        named = (self._name_of(one.document) for one in claim.references)
        return tuple(dict.fromkeys(title for title in named if title))
