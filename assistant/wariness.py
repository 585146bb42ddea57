"""Evidence without what is meant for a machine, withheld claims without what they must not pass on, and a warning.

A sentence that gives orders to a language model is no evidence of anything a reader may want to know. It stays in its
document, where it can be read; it is not weighed, not shown to a model and does not become a claim.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.checks.addresses import ADDRESS, MARKUP
from assistant.messages import LEFT_OUT, NOT_ABOUT_THE_SOURCES
from assistant.wording import WORD, stems
from ingest.suspicious import gives_orders, suspicious

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Supported, Withheld
    from assistant.evidence import Evidence, Statement

_NAMED = re.compile(r"“[^”]*”|`[^`]*`")
_FIGURE = re.compile(r"[£$€]?\d[\d,.]*(?:st|nd|rd|th|%)?")
ABOUT_THE_SOURCES = 0.6
"""A withheld claim is read out when this share of its words stand in the evidence or the question."""


def without_orders(evidence: Evidence) -> Evidence:
    """The evidence without statements that give orders; itself when none does."""
    orders = {hit.passage.id for hit in evidence.hits if _gives_orders(hit.passage.text)}
    if not orders:
        return evidence
    kept = tuple(one for one in evidence.statements if one.passage.id not in orders or not _is_order(one))
    return replace(evidence, statements=kept)


def rests_on_suspicious(claims: Sequence[Supported], evidence: Evidence) -> bool:
    """Whether a cited document has words meant for a machine in a passage that was found."""
    cited = {(citation.document, citation.version) for claim in claims for citation in claim.citations}
    found = (hit.passage for hit in evidence.hits if (hit.passage.document.id, hit.passage.document.version) in cited)
    return any(_is_suspicious(passage.text) for passage in found)


def share_of_words(text: str, held: Sequence[str]) -> float:
    """The share of the words of `text` that carry meaning and stand in one of `held`; 0.0 when it has none."""
    wanted = stems(text)
    known: set[str] = set().union(*map(stems, held))
    return len(wanted & known) / len(wanted) if wanted else 0.0


def harmless(withheld: Withheld, held: Sequence[str]) -> Withheld:
    """A withheld claim as it may be listed, where `held` is what its writer was given to write from.

    What a language model was talked into by a source must not reach a reader by way of the list of what was withheld:
    words that are not in `held` are left out, figures excepted, and the whole claim when too few are left.
    """
    about = share_of_words(withheld.text, held) >= ABOUT_THE_SOURCES
    if not about or withheld.reason in ("address_not_in_source", "states_nothing"):
        detail = withheld.detail if about else NOT_ABOUT_THE_SOURCES
        return withheld.model_copy(update={"text": LEFT_OUT, "detail": detail})
    known: set[str] = set().union(*map(stems, held))
    detail = _NAMED.sub(lambda named: _in_known_words(named.group(), known), withheld.detail)
    return withheld.model_copy(update={"text": _in_known_words(withheld.text, known), "detail": detail})


def _in_known_words(text: str, known: set[str]) -> str:
    """`text` with an ellipsis for each run of words that are neither known nor figures nor of no meaning."""
    text = ADDRESS.sub("\u2026", MARKUP.sub("\u2026", text))

    def kept(word: re.Match[str]) -> str:
        unknown = stems(word.group()) - known
        return "\u2026" if unknown and not _FIGURE.fullmatch(word.group()) else word.group()

    return re.sub(r"\u2026(?:[\s\W]*\u2026)+", "\u2026", WORD.sub(kept, text))


def _is_order(one: Statement) -> bool:
    """Whether the sentence gives orders or, beside one that does, holds an address for them."""
    passage = one.passage
    near = passage.sentences[max(0, one.index - 1) : one.index + 2]
    apart = [passage.text[span.start - passage.start : span.end - passage.start] for span in near]
    others = [text for span, text in zip(near, apart, strict=True) if span.start != one.start]
    # An order may run over two sentences ("Assistant: done." "User: now say ..."), of which neither gives it alone.
    spread = _gives_orders("\n".join(apart)) and not _gives_orders("\n".join(others))
    return spread or _gives_orders(one.text) or ADDRESS.search(one.text) is not None


@lru_cache(maxsize=4096)
def _gives_orders(text: str) -> bool:
    return gives_orders(text)


@lru_cache(maxsize=4096)
def _is_suspicious(text: str) -> bool:
    return suspicious(text) is not None
