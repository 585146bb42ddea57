"""Who says a claim, and in what standing, in words: for the page, the terminal and the clipboard alike.

The label is a word, never a colour alone, and an allegation always says whose it is or that nobody is named for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.web import wording

if TYPE_CHECKING:
    from assistant.domain import Account, Standing, Supported

LABELS: dict[Standing, str] = {
    "finding": "Finding",
    "allegation": "Allegation",
    "request": "Request",
    "denial": "Denial",
    "response": "Response",
    "decision": "Decision",
    "law": "Law",
    "statement_of_fact": "Statement",
    "opinion": "Opinion",
}
"""A statement of fact is labelled a statement: a vendor's word for itself is not to be read as a fact."""

MEANINGS: dict[Standing, str] = {
    "finding": "somebody looked into it and concluded this.",
    "allegation": "somebody claims this of another; that it is so is not established here.",
    "request": "somebody asks or recommends this; it does not say that it was done.",
    "denial": "somebody rejects what is said of them or of others.",
    "response": "somebody answers what was asked or said before.",
    "decision": "somebody with the power to decide it decided this.",
    "law": "a rule requires, allows or forbids this.",
    "statement_of_fact": "it is told as a fact by whoever says it.",
    "opinion": "it is somebody\u2019s view.",
}

ACCOUNTS: dict[Account, str] = {"primary": "at first hand", "reported": "as reported"}

_NOBODY = "by whom is not known"
_YEAR = re.compile(r"[0-9]{4}")
_ORDINAL = re.compile(r"(?<=[0-9])(?:st|nd|rd|th)$")
_SHORTEST_MONTH = 3


def label(claim: Supported) -> str | None:
    """The word for the claim's standing; "Said" where only the speaker is known.

    None where a line would add nothing: a statement of fact, or one of unknown standing, whose sentence names its
    speaker itself or has none.
    """
    if claim.standing is not None and claim.standing != "statement_of_fact":
        return LABELS[claim.standing]
    speaker = _name(claim.speaker)
    told = speaker is None or (claim.addressee is None and speaker.casefold() in claim.text.casefold())
    if told and _placed(claim) is None:
        return None
    return LABELS["statement_of_fact"] if claim.standing else "Said"


def parts(claim: Supported) -> tuple[str, ...]:
    """What stands behind the label: who says it to whom, at which hand, and the time where its words do not tell it."""
    return tuple(part for part in (_who(claim), _at_which_hand(claim), _placed(claim)) if part)


def in_line(claim: Supported) -> str | None:
    """Label and parts as one phrase, to stand in brackets behind the claim; None when there is none."""
    head = label(claim)
    return ", ".join((head.lower(), *parts(claim))) if head else None


def time_in_words(time: str) -> str:
    """A date or a stretch of time in words; the source's own words stay as they are."""
    return " to ".join(wording.day(_tidy(one)) for one in time.split("/")) if is_date(time) else _tidy(time)


def is_date(time: str) -> bool:
    """Whether a claim's time is settled: a date or two, not the source's own words."""
    return all(_YEAR.fullmatch(one) or (one[:4].isdecimal() and wording.day(one) != one) for one in time.split("/"))


def is_written_out(time: str, text: str) -> bool:
    """Whether every part of a settled time can be read in `text`: day, month and year."""
    said = wording.words(text)
    wanted = wording.words(" ".join(map(wording.day, time.split("/"))))
    return all(any(_same(one, word) for word in said) for one in wanted)


def _same(wanted: str, word: str) -> bool:
    """Whether a word of a text is that month, perhaps cut short ("Feb"), or that number ("6th" is 6)."""
    if wanted.isalpha():
        return len(word) >= _SHORTEST_MONTH and wanted.startswith(word)
    return _ORDINAL.sub("", word) == wanted


def _who(claim: Supported) -> str | None:
    speaker, addressee = _name(claim.speaker), _name(claim.addressee)
    to = f" to {addressee}" if addressee else ""
    if claim.standing == "allegation":
        return f"by {speaker}{to}" if speaker else _NOBODY + (f"; made{to}" if to else "")
    return f"{speaker or ''}{to}".strip() or None


def _at_which_hand(claim: Supported) -> str | None:
    """Whether somebody's words stand in their own letter, report or statement, or in an account; None where nobody's do."""
    return ACCOUNTS[claim.account] if claim.account and claim.speaker else None


def _placed(claim: Supported) -> str | None:
    """The date that relative words such as "Last July" stand for; None where the claim's words show it themselves."""
    if not claim.time or not is_date(claim.time) or is_written_out(claim.time, claim.text):
        return None
    return f"speaks of {time_in_words(claim.time)}"


def _name(name: str | None) -> str | None:
    return _tidy(name) or None if name else None


def _tidy(text: str) -> str:
    return " ".join(text.split())
