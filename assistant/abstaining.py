"""Why there is no answer, in words: the reason, what was not found, and whom a filter could have meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from assistant.messages import ABSTENTIONS, name_not_known, name_shared, read_as, words_not_found

if TYPE_CHECKING:
    from assistant.domain import AbstentionReason
    from assistant.evidence import Evidence
    from assistant.sufficiency import Verdict
    from ingest.ledger.entity_index import NameAsked


class Names(Protocol):
    """Tells whom a library names so."""

    def named(self, name: str) -> NameAsked:
        """One, several, or none with names that are near."""
        ...


def why(reason: AbstentionReason, verdict: Verdict, evidence: Evidence, names: Names) -> str:
    """The detail of an abstention; a sentence or two."""
    told = [ABSTENTIONS[reason]]
    if verdict.missing and reason in ("part_not_found", "evidence_too_weak"):
        told.append(words_not_found(verdict.missing))
    if reason == "nothing_in_scope":
        for asked in map(names.named, evidence.scope.entities):
            if asked.found == "none":
                told.append(name_not_known(asked.wanted, asked.names))
            elif asked.found == "several":
                told.append(name_shared(asked.wanted, asked.names))
    told += [read_as(*each) for each in evidence.respelt]
    return " ".join(told)
