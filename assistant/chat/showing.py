"""Evidence as a language model is shown it: one numbered line a statement, between two lines that nothing else forms.

After Hines et al. 2024 (arXiv 2403.14720): what is data is marked as such, line by line, and the marks are chosen so that
the data cannot hold them. No address is shown, neither a document's nor one inside its text: a model that has not seen
an address can neither follow nor pass it on. Nor is a sentence shown that tells its reader to do something: most planted
instructions are worded like that, and what guidance says in this form is left to the sources' own words.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.chat.tokens import Tokens, tokens_for
from assistant.checks.stating import is_order
from assistant.wording import stems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.evidence import Evidence, Statement

LONGEST_STATEMENT = 1_200
"""Characters of one statement that are shown; a claim is held against the whole of it all the same."""

ADDRESS = re.compile(
    r"(?:https?://|ftp://|www\.)\S+|\b[\w.+-]+@[\w-]+\.[\w.-]+\w|\b(?:[\w-]+\.)+(?:com|org|net|info|biz|io|gov|edu|uk|eu)\b(?:/\S*)?",
    re.I,
)
"""Web and mail addresses, bare host names included."""

MASK = "(address left out)"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the model is shown: `statements[n - 1]` is what `tokens.of(n)` names."""

    statements: tuple[Statement, ...]
    tokens: Tokens
    text: str
    opening: str
    closing: str

    @property
    def places(self) -> tuple[str, ...]:
        """The places shown, as `document@version:start-end`."""
        return tuple(
            f"{one.passage.document.id}@{one.passage.document.version}:{one.start}-{one.end}" for one in self.statements
        )


def shown(evidence: Evidence, most: int) -> Shown:
    """The best `most` statements, those of one document together and in its order, the best document first."""
    chosen = _best(evidence, most)
    question = evidence.view.text
    lines = [_line(one) for one in chosen]
    tokens = tokens_for(len(chosen), question, *lines, *map(_heading, chosen))
    text = "\n".join(_headed(chosen, [f"{tokens.of(number)} {line}" for number, line in enumerate(lines, start=1)]))
    mark = _mark(text + question)
    return Shown(tuple(chosen), tokens, text, f"<<<EVIDENCE {mark}", f"EVIDENCE {mark}>>>")


def _best(evidence: Evidence, most: int) -> list[Statement]:
    taken: list[Statement] = []
    said: list[set[str]] = []
    for one in evidence.statements:
        if len(taken) == most:
            break
        words = set(stems(one.text))
        if is_order(one.text):
            continue
        # The same sentence in another document is cited with it (see the writer), not shown twice.
        if len(words) < 2 or any(words == other for other in said):
            continue
        taken.append(one)
        said.append(words)
    rank: dict[str, int] = {}
    for one in taken:
        rank.setdefault(one.passage.document.id, len(rank))
    return sorted(taken, key=lambda one: (rank[one.passage.document.id], one.start))


def _headed(chosen: Sequence[Statement], lines: Sequence[str]) -> Iterator[str]:
    """The lines, with a line in front of those of each document that says what it is."""
    document = None
    for one, line in zip(chosen, lines, strict=True):
        if one.passage.document.id != document:
            document = one.passage.document.id
            yield f"# {_heading(one)}"
        yield line


def _heading(one: Statement) -> str:
    metadata = one.passage.document.metadata
    return "; ".join(_flat(part) for part in (metadata.title, metadata.publisher, metadata.published) if part)


def _line(one: Statement) -> str:
    told = []
    attribution = one.attribution
    if attribution is not None:
        told.append(f"said by {attribution.name}" + (f" to {attribution.addressee}" if attribution.addressee else ""))
    if one.told is not None and one.told.standing != "statement_of_fact":
        told.append(one.told.standing)
    about = f"({_flat('; '.join(told))}) " if told else ""
    return about + _flat(one.text)[:LONGEST_STATEMENT]


def _flat(text: str) -> str:
    """On one line, without addresses and characters that cannot be seen."""
    seen = "".join(character if character.isprintable() else " " for character in text)
    return re.sub(r"\s+", " ", ADDRESS.sub(MASK, seen)).strip()


def _mark(text: str) -> str:
    """A word that `text` does not hold; the same text gives the same word."""
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return next(digest[i : i + 8] for i in range(len(digest)) if digest[i : i + 8] not in text)
