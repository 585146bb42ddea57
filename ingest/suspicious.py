"""Words of a document that are meant for a machine: orders to a language model that may read it, code for a browser.

Nothing here decides what is believed: text of a source is data whatever it says, and an order that is worded like any
other sentence ("Draft an essay") cannot be told from one. What is found is told on the receipt, said beside an answer
that cites the document, and not used as evidence. Words inside quotation marks are reported speech and pass, as does
what only speaks of such models ("AI assistants must be tested").
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_EARLIER = r"(?:all |any |every |the |your |these |those |my )*(?:of )?(?:the |your )?(?:previous|prior|above|earlier|preceding|foregoing|existing|original|initial|former)"
_TOLD = r"(?:instructions?|prompts?|rules|directions?|directives?|guidelines|commands?|orders|messages?|conversation|context|text|constraints)"
_MODEL = r"(?:AI|A\.I\.|LLM|large language model|language model|chat ?bot|GPT\S*|AI (?:assistant|model|agent|system|reader|summari[sz]er))s?"
_REPLY = r"(?:answer|response|reply|summary|output|briefing|report|message|completion)s?"

_ORDERS = (
    rf"\b(?:ignore|disregard|forget|override|bypass|discard)\b (?:\w+ ){{0,2}}?{_EARLIER} (?:\w+ ){{0,2}}?{_TOLD}",
    rf"\b(?:ignore|disregard|forget|override) (?:all |everything |whatever )?(?:of )?(?:your|the) (?:system |safety )?{_TOLD}",
    r"\b(?:ignore|disregard|forget) (?:everything|all|anything) (?:that (?:was|is|has been|came) )?(?:above|before|said|so far|you)",
    r"\b(?:new|updated|revised|additional|urgent|important|hidden) (?:system )?instructions? (?:for (?:you|the (?:assistant|model|ai))|follow|:)",
    rf"\byou are (?:now |from now on |no longer )*(?:an? |the )?(?:\w+ ){{0,2}}?(?:{_MODEL}|DAN|in (?:developer|debug|maintenance) mode)\b",
    rf"\b(?:act|behave|respond|answer|pretend to be) as (?:if you were )?(?:an? |the )?(?:\w+ )?(?:{_MODEL}|DAN)\b",
    rf"\b(?:note|message|instructions?|notice|attention|warning|memo|hint)s? (?:to|for) (?:all |any |every |the )?(?:{_MODEL}|assistant|summari[sz]er|model|automated (?:reader|system|tool|agent)s?)\b",
    rf"\b(?:if|when|should) you(?:['’]re| are| be)? (?:an? |the )?(?:{_MODEL}|automated (?:reader|system))\b",
    rf"\b(?:attention|hey|dear|hello),? (?:all )?(?:{_MODEL})\b",
    rf"\b(?:{_MODEL}|assistants?) (?:that (?:read|process|summari[sz]e)s?|reading|processing|summari[sz]ing) (?:this|the (?:above|text|document|page))",
    r"\b(?:reveal|print|show|repeat|output|display|disclose|leak|tell me) (?:me )?(?:your|the) (?:full |entire |hidden |secret |initial )*(?:system )?(?:prompt|instructions)\b",
    rf"\b(?:begin|start|end|finish|open|close|prefix|precede|preface|follow) (?:your|every|each|any|the) {_REPLY} with\b",
    rf"\b(?:include|insert|append|add|embed|put|place|place|mention|repeat) .{{0,80}}\b(?:in|into|to|at the end of|at the start of) (?:your|every|each|any) {_REPLY}\b",
    r"\b(?:any|every|each) (?:summary|answer|response|reply) (?:must|should|has to|shall) (?:carry|include|contain|repeat|begin|end|start|say|state)\b",
    r"\b(?:do not|don['’]t|never) (?:tell|inform|warn|alert|reveal (?:this )?to|mention (?:this|it) to) (?:the )?(?:user|human|reader|person asking)\b",
    r"\b(?:before going on|before you (?:go on|continue|answer|reply)),? (?:please )?(?:repeat|say|write|print|visit|send)\b",
    r"\b(?:instead of|rather than) (?:answering|summari[sz]ing|following)\b.{0,60}\b(?:write|say|print|output|reply|send)\b",
)
_TURNS = (
    r"<\|(?:im_start|im_end|system|user|assistant|endoftext|eot_id|start_header_id)\|?>",
    r"\[/?(?:INST|SYS|SYSTEM)\]|<</?SYS>>",
    r"^\s*#{2,4} ?(?:instruction|system|system prompt|response|human|assistant)s?:?\s*$",
    r"^\s*</?(?:system|assistant|user|instructions?|prompt)>\s*",
    r"^\s*(?:assistant|ai|bot|system)\s*:.{0,4000}?^\s*(?:user|human)\s*:",
    r"^\s*(?:user|human)\s*:.{0,4000}?^\s*(?:assistant|ai|bot)\s*:",
    r"^\s*(?:\[|<)?system (?:prompt|message|note|override)(?:\]|>)?\s*:",
    r"\b(?:begin|end|start) (?:of )?system (?:prompt|message)\b",
)
_CODE = (
    r"<(?:script|iframe|object|embed|svg|img)\b[^>]{0,400}(?:>|$)",
    r"<a\b[^>]{0,400}(?:javascript|data)\s*:",
    r"\bon(?:error|load|click|mouseover|focus|toggle)\s*=\s*[\"'\w]",
    r"\]\(\s*(?:javascript|data|vbscript)\s*:",
    r"\bexpression\(\s*javascript:",
    r"https?://\S*[=?&/][\[{<]{1,2}[A-Z_ ]{2,20}[\]}>]{1,2}",
)
"""Markup that does something, and addresses with a place for what is to be carried away."""

_UNSEEN = (
    "[\U000e0020-\U000e007f]{3,}",
    "(?:[\u200b\u200c\u200d\u2060\ufeff]\\w?){6,}",
)
_BEGINNINGS = (r"\b", r"^\s*")


def _any_of(*patterns: str) -> re.Pattern[str]:
    """One pattern; how its parts begin is said once, so that most places of a text are passed over at a glance."""
    parts = []
    for beginning in _BEGINNINGS:
        ends = [pattern.removeprefix(beginning) for pattern in patterns if pattern.startswith(beginning)]
        parts.append(f"{beginning}(?:{'|'.join(ends)})")
    parts.extend(pattern for pattern in patterns if not pattern.startswith(_BEGINNINGS))
    return re.compile("|".join(parts), re.I | re.M | re.S)


@cache
def _pattern(code: bool) -> re.Pattern[str]:
    # Made when a first text needs it: most texts need neither, and asking must not wait for it.
    return _any_of(*_ORDERS, *_TURNS, *(_CODE if code else ()), *_UNSEEN)


_ANY = re.compile(
    r"ignor|disregard|forget|overrid|bypass|discard|instruction|you are|act as|as an?\b|languag|\bAI\b|\bA\.I\.|LLM|GPT|prompt|"
    r"assistant|automated|your|summar|answer|repl|respon|before|script|<svg|<img|<i?frame|<obj|<emb|on\w+\s*=|\]\(|[=?&/][\[{<]|<\||\[/?(?:INST|SYS)|<</?SYS|system|^\s*(?:user|human)|"
    "[\U000e0020-\U000e007f\u200b-\u200d\u2060\ufeff]|tell|inform",
    re.I | re.M,
)
_QUOTED = re.compile(
    "[\u201c\u201e\u00ab][^\u201d\u00bb\n]{0,400}[\u201d\u00bb]|\"[^\"\n]{0,400}\"|(?<!\\w)'[^'\n]{3,200}'(?!\\w)|\u2018[^\u2019\n]{3,200}\u2019(?!\\w)"
)
LONGEST = 120
"""Characters that are shown of what was found."""


def suspicious(text: str) -> str | None:
    """The first words of `text` that are meant for a machine; None when there are none."""
    found = _first(text, code=True)
    return _shown(found) if found is not None else None


def gives_orders(text: str) -> bool:
    """Whether `text` gives orders to a language model; code alone gives none."""
    return _first(text, code=False) is not None


def _first(text: str, *, code: bool) -> str | None:
    if _ANY.search(text) is None:
        return None
    quoted: list[tuple[int, int]] | None = None
    for found in _pattern(code).finditer(text):
        if quoted is None:
            quoted = [match.span() for match in _QUOTED.finditer(text)]
        if not any(start < found.start() and found.end() <= end for start, end in quoted):
            return found.group()
    return None


def warnings(text: str, hidden: Iterable[str] = ()) -> list[str]:
    """What a receipt says of a document with that text and that `hidden` text, which was set aside."""
    told = []
    found = suspicious(text)
    if found is not None:
        told.append(
            f"It holds words meant for a machine, not a reader (“{found}”). They are kept as text and not followed."
        )
    unseen = next(filter(None, map(suspicious, hidden)), None)
    if unseen is not None:
        told.append(f"Text that no reader sees is meant for a machine (“{unseen}”). It was set aside.")
    return told


def _shown(words: str) -> str:
    seen = "".join(character if character.isprintable() else " " for character in words)
    shortened = " ".join(seen.split()) or "characters that cannot be seen"
    return shortened if len(shortened) <= LONGEST else shortened[:LONGEST] + "…"
