"""What a question says of somebody by the way: "Ana Ruiz, the harbour commissioner, ..."."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.families import lemma
from assistant.word_classes import GENERIC_STEMS
from assistant.wording import stems

if TYPE_CHECKING:
    from assistant.evidence import Evidence

_ROLES = frozenset(
    map(
        lemma,
        "chief executive director chairman chairwoman chair president secretary head founder judge lawyer spokesman "
        "spokeswoman spokesperson leader editor mayor inspector ambassador professor governor chancellor".split(),
    )
)
_BY_THE_WAY = re.compile(
    r"(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)+), (?P<role>(?:the|a|an) (?:[\w’'&-]+ ){0,8}?[\w’'-]+)(?:,|\?|$)"
)
_BETWEEN = (
    r"(?:,? (?:who (?:is|was|has been) |then |now |was |is |as )?(?:the |a |an |its |his |her )?[^,.;|]{0,80}?\b)"
)


def role_not_held(evidence: Evidence) -> tuple[str, str] | None:
    """A name and the role that the question gives it, when passages name both and none puts the two together."""
    match = _BY_THE_WAY.search(evidence.view.text)
    if match is None:
        return None
    name, role = match["name"], match["role"]
    head = role.split()[-1]
    if lemma(head) not in _ROLES | GENERIC_STEMS:
        return None
    texts = [hit.passage.text for hit in evidence.hits if name in hit.passage.text]
    if not texts or any(_together(name, head, text) for text in texts):
        return None
    return name, role if stems(role) else head


def _together(name: str, head: str, text: str) -> bool:
    """Whether `text` gives `name` the role: right behind it, or right before."""
    behind = re.compile(rf"{re.escape(name)}{_BETWEEN}{re.escape(head)}\b", re.I)
    before = re.compile(
        rf"\b{re.escape(head)}(?: (?:for|of|at|to) [^,.;|]{{0,60}})?,? (?:\w+ ){{0,2}}{re.escape(name)}", re.I
    )
    return bool(behind.search(text) or before.search(text))
