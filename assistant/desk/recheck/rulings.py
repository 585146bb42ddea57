"""What a recheck says of each claim of a paper, from a closed set. Its JSON is what `--json` prints."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.domain import Citation, Frozen

Status = Literal["unchanged", "newer_version", "corrected", "retracted", "contradicted", "not_in_library"]

LABELS: dict[Status, str] = {
    "unchanged": "Unchanged",
    "newer_version": "Changed in a newer version",
    "corrected": "Corrected since",
    "retracted": "Source removed",
    "contradicted": "Contradicted by something newer",
    "not_in_library": "Source not in this library",
}
"""Each status as people read it."""

WORST: tuple[Status, ...] = (
    "retracted",
    "newer_version",
    "corrected",
    "contradicted",
    "not_in_library",
    "unchanged",
)
"""What is told of a claim with several citations: the first of these that one of them has."""


class RecheckedClaim(Frozen):
    """A claim and what became of what it rests on.

    `detail` is a sentence for people. `citation` is the one that decided, `now` where the library says otherwise today.
    `difference` are runs of words: `same`, only in the paper (`draft`), only in today's text (`source`).
    """

    text: str
    status: Status
    detail: str
    citation: Citation
    now: Citation | None = None
    difference: tuple[tuple[str, str], ...] = ()


class Rechecked(Frozen):
    """A paper that was rechecked. `left_out` are claims that its text no longer has."""

    claims: tuple[RecheckedClaim, ...]
    counts: dict[Status, int]
    left_out: tuple[str, ...] = ()
    name: str = Field(default="", exclude=True)
    library: str = ""

    @property
    def all_still_true(self) -> bool:
        """Whether nothing has changed under any claim."""
        return all(one.status == "unchanged" for one in self.claims)


def counted(claims: tuple[RecheckedClaim, ...]) -> dict[Status, int]:
    """How often each status occurs; those that do not are left out."""
    found = [one.status for one in claims]
    return {status: found.count(status) for status in LABELS if status in found}
