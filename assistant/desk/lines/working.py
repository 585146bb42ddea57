"""Drafts that somebody works on in the page: lines accepted, dropped, moved, replaced, edited. In memory, by a random key.

An edited line is checked as edited, and stands only when it is supported: nothing that a browser sends is kept as a claim
that the gate has not passed.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from assistant.desk.drafts import from_text
from assistant.domain import Supported
from assistant.drafting import Draft, DraftClaim, Reference
from ingest.errors import DocumentMissing

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.desk.drafts import DraftText
    from assistant.desk.lines.papers import DraftSection, Line, PressDraft
    from assistant.desk.verdicts import Checked, CheckedSentence
    from assistant.desk.weighing import Admits

KEPT = 100
"""Drafts that are kept; the one longest untouched goes first."""

Step = Literal["accept", "drop", "up", "down", "next", "edit"]


class Checks(Protocol):
    """Checks drafts; `assistant.desk.checking.Checker` is one."""

    @property
    def gate(self) -> Admits:
        """What decides."""
        ...

    def check(self, draft: DraftText) -> Checked:
        """A verdict for every sentence."""
        ...


@dataclass
class Working:
    """The drafts in work. Safe in threads."""

    checks: Checks
    _drafts: OrderedDict[str, PressDraft] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, draft: PressDraft) -> str:
        """The key under which it can be worked on."""
        key = secrets.token_hex(16)
        with self._lock:
            self._put(key, draft)
        return key

    def change(self, key: str, step: Step, section: int, line: int, text: str = "") -> Changed:
        """The draft after one step; with `edit` the verdicts that keep the words from standing, if any do.

        Raises:
            DocumentMissing: the draft is not kept any more, or has no such line.
        """
        found, faults = self._edited(text) if step == "edit" else (None, ())
        with self._lock:
            draft = self._drafts.get(key)
            if draft is None or not _has(draft, section, line):
                raise DocumentMissing("This draft is not kept any more.", remedy="Draft it again.")
            if not faults:
                before = draft.sections[section]
                changed = _edit(before, line, found) if found is not None else _STEPS[step](before, line)
                sections = tuple(changed if at == section else one for at, one in enumerate(draft.sections))
                draft = draft.model_copy(update={"sections": sections})
            self._put(key, draft)
        return Changed(draft, faults, text if faults else "")

    def _put(self, key: str, draft: PressDraft) -> None:
        self._drafts[key] = draft
        self._drafts.move_to_end(key)
        while len(self._drafts) > KEPT:
            self._drafts.popitem(last=False)

    def _edited(self, text: str) -> tuple[Supported | None, tuple[CheckedSentence, ...]]:
        """The words as a claim, or what keeps them from being one."""
        checked = self.checks.check(from_text(text))
        faults = tuple(one for one in checked.sentences if one.verdict != "supported")
        if faults:
            return None, faults
        cited = dict.fromkeys(citation for one in checked.sentences for citation in one.citations)
        places = tuple(Reference(one.document, one.version, one.start, one.end, one.quote) for one in cited)
        claim = DraftClaim(" ".join(one.text for one in checked.sentences), places)
        decided = next(iter(self.checks.gate.admit(Draft((claim,)))))
        if isinstance(decided, Supported):
            return decided, ()
        return None, tuple(
            one.model_copy(update={"verdict": "partly_supported", "detail": decided.detail})
            for one in checked.sentences[:1]
        )


@dataclass(frozen=True)
class Changed:
    """A draft after a step, and the faults for which an edit was not taken, with the words it was of."""

    draft: PressDraft
    faults: tuple[CheckedSentence, ...] = ()
    words: str = ""


def _has(draft: PressDraft, section: int, line: int) -> bool:
    return 0 <= section < len(draft.sections) and 0 <= line < len(draft.sections[section].lines)


def _accept(section: DraftSection, line: int) -> DraftSection:
    known = section.lines[line]
    return _with(section, line, (known.model_copy(update={"accepted": not known.accepted}),))


def _drop(section: DraftSection, line: int) -> DraftSection:
    return _with(section, line, ()).model_copy(update={"spare": (*section.spare, section.lines[line])})


def _next(section: DraftSection, line: int) -> DraftSection:
    """The next best in its place; the replaced one goes to the end of those that are spare."""
    if not section.spare:
        return section
    best, *rest = section.spare
    return _with(section, line, (best,)).model_copy(update={"spare": (*rest, section.lines[line])})


def _up(section: DraftSection, line: int) -> DraftSection:
    lines = list(section.lines)
    if line > 0:
        lines[line - 1], lines[line] = lines[line], lines[line - 1]
    return section.model_copy(update={"lines": tuple(lines)})


def _down(section: DraftSection, line: int) -> DraftSection:
    return _up(section, line + 1) if line + 1 < len(section.lines) else section


def _edit(section: DraftSection, line: int, claim: Supported) -> DraftSection:
    update = {"claim": claim, "edited": True, "accepted": False}
    return _with(section, line, (section.lines[line].model_copy(update=update),))


def _with(section: DraftSection, line: int, instead: tuple[Line, ...]) -> DraftSection:
    return section.model_copy(update={"lines": (*section.lines[:line], *instead, *section.lines[line + 1 :])})


_STEPS: dict[Step, Callable[[DraftSection, int], DraftSection]] = {
    "accept": _accept,
    "drop": _drop,
    "up": _up,
    "down": _down,
    "next": _next,
}
