"""One claim against what it cites: what every check is given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.checks.alignment import Alignment, align
from assistant.checks.reading import Reading, read

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.aliases import Alias


@dataclass(frozen=True)
class Case:
    """A claim, the cited sentence it is held against, and what else bears on it.

    `cited` are all sentences the claim cites, in their order; `basis` is one of them, by place. `naming` gives
    the other names that the cited document has, and is called when they are needed. `about` are titles, publishers and authors of the cited documents.
    `bracketless` reads that sentence without what it has in brackets and the claim has not. `joined` are cited sentences that stand side by side, as one text each. `text` is the whole document. `speaker` is whom the writer names beside the claim, if anybody. `place` is where the sentence stands: document, version, start and end. `stored` gives whom the ledger has say the sentence, by every name and role it holds for them.
    """

    claim: str
    cited: tuple[str, ...]
    basis: int = 0
    naming: Callable[[], tuple[Alias, ...]] = tuple
    about: tuple[str, ...] = ()
    speaker: str | None = None
    bracketless: bool = False
    joined: tuple[str, ...] = ()
    text: str = ""
    place: tuple[str, int, int, int] | None = None
    stored: Callable[[], tuple[str, ...]] = tuple

    @cached_property
    def known(self) -> tuple[Alias, ...]:
        """Other names for the same, as the cited document gives them."""
        return self.naming()

    @cached_property
    def runs(self) -> tuple[str, ...]:
        """What a quotation may be taken from: each cited sentence, and those that follow upon each other as one."""
        return self.joined or self.cited

    @cached_property
    def said(self) -> Reading:
        """The claim, read."""
        return read(re.sub(r"\[(\w)\](?=\w)", r"\1", self.claim))

    @cached_property
    def source(self) -> Reading:
        """The cited sentence it is held against, read."""
        text = self.cited[self.basis]
        return read(re.sub(r"\s\([^()]{3,}\)", self._kept, text) if self.bracketless else text)

    def _kept(self, bracket: re.Match[str]) -> str:
        return bracket.group() if bracket.group() in self.claim else ""

    @cached_property
    def beside(self) -> tuple[Reading, ...]:
        """What may name whom the sentence means by a pronoun: other cited sentences, titles, publishers, authors."""
        others = (text for place, text in enumerate(self.cited) if place != self.basis)
        return tuple(read(text) for text in (*others, *self.about))

    @cached_property
    def alignment(self) -> Alignment:
        """Where the claim's words stand in the sentence."""
        return align(self.said, self.source, self.known)

    @cached_property
    def back(self) -> dict[int, list[int]]:
        """Place in the sentence -> places in the claim that go back to it."""
        found: dict[int, list[int]] = {}
        for i, j in self.alignment.places.items():
            found.setdefault(j, []).append(i)
        return found
