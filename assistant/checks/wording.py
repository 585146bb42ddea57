"""Every word of a claim that carries meaning stands in the texts it cites.

The first form of the support check: a claim is a cited text in its own words, with the speaker in front where it
is a quotation, and nothing else. Because the gate lets only whole sentences be cited, neither a dropped "not", nor
"the cameras were removed" out of "it is not true that the cameras were removed", nor two halves of different
sentences pass. Case, spacing and punctuation may differ.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.checks import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

_SPEAKER_IN_FRONT = re.compile(r"^(?P<speaker>[^:“\"]{2,120}): (?=[“\"])")


def check(claim: str, quotes: Sequence[str]) -> Finding | None:
    """See `assistant.checks`."""
    held = [_fold(quote) for quote in quotes]
    speaker = _SPEAKER_IN_FRONT.match(claim)
    body = claim[speaker.end() :] if speaker else claim
    if speaker and not any(_fold(speaker.group("speaker")) in quote for quote in held):
        return Finding("not_supported", f"No cited text names the speaker “{speaker.group('speaker')}”.")
    if _fold(body) not in held:
        return Finding("not_supported", "The claim is not a sentence of any text it cites.")
    return None


def _fold(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+(?:[’'.,\-–][^\W_]+)*", text.casefold().replace("’", "'")))
