"""Who a sentence is attributed to by the sentences that stand beside it, for text that is not in the ledger.

What the ledger holds was understood with its whole document (see `ingest.understanding`); this asks the same rules
about a few sentences alone, such as those a claim cites.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ingest.documents import PlacedBlock, Span
from ingest.understanding.attributing import Page, sentences
from ingest.understanding.attributing import attribute as attribute_page
from ingest.understanding.naming import names_of
from ingest.understanding.origin import Origin
from ingest.understanding.phrases import is_person, split_role
from ingest.understanding.quoting import quotations

if TYPE_CHECKING:
    from collections.abc import Sequence

REPORTING_VERBS = (
    "accused|acknowledged|added|admitted|advised|agreed|alleged|announced|answered|argued|asked|"
    "asserted|believes|called|cautioned|claimed|claims|commented|complained|concluded|condemned|"
    "confirmed|considered|contended|declared|decided|declined|denied|denies|described|disclosed|"
    "dismissed|emphasised|emphasized|estimated|explained|expressed|found|held|insisted|maintained|"
    "maintains|noted|notes|objected|observed|ordered|pledged|pointed out|promised|proposed|"
    "published|questioned|recommended|recommends|refused|rejected|rejects|remarked|replied|reported|"
    "reports|requested|responded|revealed|ruled|said|says|states|stated|stressed|submitted|"
    "suggested|suggests|suspected|told|tweeted|urged|urges|vowed|warned|warns|welcomed|wrote|"
    "writes"
)

_SIGNATURE = re.compile(r"^[-–—]*\s*(?P<who>[A-Z][^.!?:;,\n]{2,60})")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a sentence.

    `speaker` is as the text names it. `basis` is the sentence that says so (an index into the sentences that were
    given), which a claim must cite when it names the speaker. `quoted` is True for the speaker's own words.
    """

    speaker: str
    verb: str
    basis: int
    quoted: bool


def attribute(texts: Sequence[str], index: int) -> Attribution | None:
    """Who says `texts[index]`, by that sentence and its neighbours in one passage; None when unsettled.

    A line that is a person's name and no more, as under a letter, is that person's.
    """
    found = _all(tuple(texts))[index]
    if found is None and (signed := _signatory(texts[index])) is not None:
        return Attribution(signed, "sign", index, quoted=False)
    return found


@lru_cache(maxsize=8_000)
def _all(texts: tuple[str, ...]) -> tuple[Attribution | None, ...]:
    whole = " ".join(texts)
    blocks = (PlacedBlock("paragraph", 0, len(whole)),)
    spans, place = [], 0
    for text in texts:
        spans.append(Span(place, place + len(text)))
        place += len(text) + 1
    quoted = quotations(whole, blocks)
    page = Page(
        whole,
        blocks,
        sentences(whole, blocks, spans, quoted),
        quoted,
        names_of(whole),
        Origin(primary=False, cue=""),
        None,
    )
    attribute_page(page)
    at = {span: place for place, span in enumerate(spans)}
    told = [one.attribution for one in page.sentences]
    return tuple(Attribution(one.speaker, one.verb, at[one.basis], one.quoted) if one else None for one in told)


def _signatory(line: str) -> str | None:
    match = _SIGNATURE.match(line)
    if match is None or len(line.split()) > 10:
        return None
    who, _ = split_role(match["who"].strip())
    return who if is_person(who) and line.rstrip()[-1:] not in ".!?:" else None
