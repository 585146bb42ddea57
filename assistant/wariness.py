"""Evidence without what is meant for a machine, and whether an answer rests on a document that holds such words.

A sentence that gives orders to a language model is no evidence of anything a reader may want to know. It stays in its
document, where it can be read; it is not weighed, not shown to a model and does not become a claim.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.checks.addresses import ADDRESS
from ingest.suspicious import gives_orders, suspicious

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Supported
    from assistant.evidence import Evidence, Statement


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
