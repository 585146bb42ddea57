"""Which sentences of a draft claim nothing that a library could hold: headings, greetings, questions, what leads on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.checks.reading import read
from assistant.web.standings import LABELS
from assistant.word_classes import AUXILIARIES

if TYPE_CHECKING:
    from assistant.desk.drafts import DraftSentence

_GREETING = re.compile(
    r"\W*(?:dear\b|hi\b|hello\b|good (?:morning|afternoon|evening)\b|all the best\b|(?:kind |best |warm )?(?:regards|wishes)\b|"
    r"yours\b|many thanks\b|thank you\b|thanks\b|ends?\W*$|notes? to editors?\b|for immediate release\b|embargo|"
    r"(?:press |media )?(?:contact|enquiries)s?\b|draft\b[^.]{0,40}$|happy to\b)",
    re.I,
)
_ASKS_THE_READER = re.compile(
    r"\W*(?:what would settle it: |please\b|see (?:also )?(?:the |our |page|annex|note|below|above)|(?:click|call|e-?mail|visit|contact|read|note)\b(?! that))",
    re.I,
)
_LEADS_ON = re.compile(
    r"(?:\b(?:as follows|below|the following|following (?:points|lines|questions|sections?))|:)[\s.:]*$", re.I
)
_OF_THE_WRITER = re.compile(r"\W*(?:we|i|our|my)\b", re.I)
_QUESTION = re.compile(r"\?[”\"’')\]]*\s*$")
_LABELS = "|".join((*LABELS.values(), "Said"))
_STANDING = re.compile(
    rf"(?:{_LABELS})(?:, [^.]*)?$|(?:{_LABELS})(?:, [^;]{{1,200}})?; [^;]{{1,200}}, (?:date unknown|[\w ]*\d{{4}})$"
)
"""The line that an export puts below a claim: "Request, Fraser Sampson to Dahua; BBC News, 11 April 2022"."""

_OF_THE_LIBRARY = re.compile(
    r"\W*(?:the library holds (?:documents on the subject|nothing)\b|nothing that was found plainly answers)", re.I
)
"""What an export says of what it could not find."""

_FRAGMENT_WORDS = 12
_VERBS = AUXILIARIES | {"am", "says", "said", "makes", "made", "gives", "takes"}


def no_claim_in(sentence: DraftSentence) -> str | None:
    """Why there is nothing to look up in a sentence; None when it makes a claim."""
    text = sentence.words.strip()
    if sentence.kind == "heading" and not _is_sentence(text):
        return "A heading."
    if sentence.reference:
        return "A reference, not a claim."
    if _QUESTION.search(text):
        return "A question."
    if _STANDING.match(text):
        return "The standing of the line before it."
    if _OF_THE_LIBRARY.match(text):
        return "It speaks of the library, not of what it holds."
    if _GREETING.match(text):
        return "A greeting, or a line of form."
    if _ASKS_THE_READER.match(text):
        return "It asks something of the reader."
    return _by_its_words(text, sentence)


def _is_sentence(heading: str) -> bool:
    """Layout alone makes a heading in some formats; what reads as a sentence is checked as one."""
    return len(heading.split()) > 5 and heading.rstrip('”"’)]').endswith(".") and _has_verb(heading)


def _by_its_words(text: str, sentence: DraftSentence) -> str | None:
    reading = read(text)
    carrying = [one for one in reading.tokens if one.carries]
    if len(carrying) < 2:
        return "It says nothing that could be looked up."
    if _LEADS_ON.search(text) and len(text.split()) <= _FRAGMENT_WORDS and sentence.kind != "table_row":
        return "It leads on to what follows."
    if _OF_THE_WRITER.match(text) and not any(one.kind in ("name", "number", "date") for one in carrying):
        return "It speaks for whoever writes it."
    if len(text.split()) <= _FRAGMENT_WORDS and not re.search(r"[.!;][”\"’')\]]*\s*$", text) and not _has_verb(text):
        return "No sentence, so no claim."
    return None


def _has_verb(text: str) -> bool:
    reading = read(text)
    return any(reading.is_verb(i) or one.text.casefold() in _VERBS for i, one in enumerate(reading.tokens))
