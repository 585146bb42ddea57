"""What a language model writes, made into claims as they complete. Tolerant of the form, never of the meaning.

What becomes of it, one by one:

- a line, a list item or a sentence with tokens is a claim; several sentences of one line are a claim each
- tokens may stand in front of it, inside it, before or behind its full stop, in any brackets, in one list or in several
- a sentence without tokens shares those of the next sentence of its line that has some; else it is a claim without
- Markdown (bullets, numbers, bold, headings, quotes, code fences, tables) is taken off; a heading or a line that ends on
  a colon is no claim
- introductions and closing words without tokens ("Here is the briefing", "Let me know") are no claim
- a refusal, the word NOTHING and an empty reply are no claim
- JSON, whole or cut off, with or without a fence, gives a claim for each object in it that holds a text, whatever its keys
  are called, and for each string in it that holds tokens
- tokens on a line of their own belong to the line before them, if it has none
- entities of HTML are read as what they stand for, and characters that cannot be seen are left out
- a half sentence at the end of a reply that was cut off is dropped
- the same claim again is dropped
- a model's own thinking (`<think>...</think>`) is dropped, wherever it stands
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ingest.segment.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.chat.tokens import Tokens

LONGEST_REPLY = 60_000
"""Characters of a reply that are read; what comes behind them is as if it had been cut off."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence that the model wrote, and the statements it names for it, by number.

    `number` is the one it gave the sentence itself, when it was asked to.
    """

    text: str
    evidence: tuple[int, ...]
    number: int | None = None


_MARKED = re.compile(r"^\s*(?:>\s*)*(?:(?:[-*+\u2022\u2013]|\(?\d{1,2}[.)]|[a-z]\))\s+)?(?:\[[ xX]\]\s+)?")
_HEADING = re.compile(
    r"^\s*#{1,6}\s|^\s*(?:\*\*|__)[^*_]+(?:\*\*|__):?\s*$|^\s*(?:={3,}|-{3,}|\*{3,}|```\w*|\|[\s:|-]*)\s*$"
)
_EMPHASIS = re.compile(r"(\*\*|__|\*|`|(?<!\w)_)(?=\S)(.+?)(?<=\S)\1(?!\w)")
_AROUND = re.compile(
    r"^\W*(?:here (?:is|are)|sure\b|certainly|of course|based on (?:the|these|this)|below (?:is|are)|the following|in summary|"
    r"to summari[sz]e|let me know|i hope|please (?:let|note)|if you (?:need|have|would)|note:|answer:?\s*$|claims?:?\s*$|okay\b)",
    re.I,
)
_REFUSAL = re.compile(
    r"^\W*(?:nothing\W*$|none\W*$|no answer\W*$|(?:i['\u2019]?m|i am) (?:sorry|unable|not able)|sorry\b|i (?:can(?:no|['\u2019])t|won['\u2019]t|cannot)|"
    r"as an ai\b|i do(?: not|n['\u2019]t) (?:have|know)|unfortunately\b|the (?:evidence|statements?) (?:do(?:es)? not|don['\u2019]t|doesn['\u2019]t)"
    r" (?:say|answer|contain|mention|hold))",
    re.I,
)
_THINKING = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.I | re.S)
_THOUGHT = re.compile(r"</think(?:ing)?>", re.I)
_UNSEEN = re.compile(
    r"\x1b\[[0-9;]*[A-Za-z]|[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
_OPENED = re.compile(r"<think(?:ing)?>|<(?:t(?:h(?:i(?:n(?:k(?:i(?:n(?:g)?)?)?)?)?)?)?)?$", re.I)
_LABEL = re.compile(
    r"^(?:\*\*|__)[^*_:\n]{1,40}(?::(?:\*\*|__)|(?:\*\*|__):)\s*|^(?:claim|point|statement) \d{1,2}\s*[:.)]\s+", re.I
)
_AHEAD = re.compile(
    r"^(?:(?:sure|certainly|of course|okay)[!,.:]\s*)?(?:(?:here|below) (?:is|are) )?(?:the |a |an |my |your )?(?:[\w-]+ ){0,3}"
    r"(?:briefing|answer|summary|claims?|points?|statements?|response)\b[^.:?]{0,40}:\s+",
    re.I,
)
_NAMING = frozenset("evidence tokens token citations citation sources source references refs statements".split())
_NUMBERED = re.compile(r"^\W{0,3}(?:claim )?(\d{1,2})\s*[:.)]\s+", re.I)
_LIKE_JSON = re.compile(r"^\s*(?:```(?:json)?\s*)?[\[{](?!\[|\s*\w+\s?\d)", re.I)
_JSON_LINE = re.compile(r"\s*(?:```(?:json)?\s*)?[\[{]\s*[\"{]", re.I)


@dataclass
class Parser:
    """Takes a reply in pieces; `numbered` reads the number in front of each claim, for a reply to what was refused."""

    tokens: Tokens
    numbered: bool = False
    _text: str = ""
    _read: int = 0
    _as_json: bool = False
    _held: str = ""
    _waiting: list[Said] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)
    declined: bool = False

    @property
    def full(self) -> bool:
        """Whether no more of the reply is read."""
        return len(self._text) >= LONGEST_REPLY

    def feed(self, piece: str) -> Iterator[Said]:
        """The claims that `piece` completes."""
        piece = self._thought_of(piece)
        rest = _UNSEEN.sub("", self._text[self._read :] + piece)
        self._text = (self._text[: self._read] + rest)[:LONGEST_REPLY]
        if not self._text.strip():
            return
        if not self._is_json():
            yield from self._lines(last=False)
        elif "}" in piece:
            yield from self._json()

    def close(self, *, cut: bool = False) -> Iterator[Said]:
        """The claims that the end of the reply completes; `cut` tells that it ended too soon."""
        cut = cut or self.full
        if self._held and not self._held.casefold().startswith("<think"):
            self._text += self._held
        if not self._is_json():
            yield from self._lines(last=True, cut=cut)
        if self._is_json():
            yield from self._json()
            yield from self._strings()
        yield from self._no_longer_waiting(())

    def _thought_of(self, piece: str) -> str:
        """`piece`, with what was kept back before it, without the model's thinking; what may yet be such is kept back."""
        came = _THOUGHT.sub("", _THINKING.sub("", self._held + piece))
        opened = _OPENED.search(came)
        if opened is None:
            self._held = ""
            return came
        kept = came[opened.start() :]
        # Of a thought only its beginning is kept, and as much of its end as may be half a tag.
        self._held = f"{opened.group()}{kept[len(opened.group()) :][-12:]}"
        return came[: opened.start()]

    def _is_json(self) -> bool:
        return _LIKE_JSON.match(self._text) is not None or self._as_json

    def _json(self) -> Iterator[Said]:
        """Each object that is complete; while the outermost is not, the ones inside it."""
        decoder = json.JSONDecoder(strict=False)
        place = self._read
        while (place := self._text.find("{", place)) >= 0:
            try:
                value, end = decoder.raw_decode(self._text, place)
            except (ValueError, RecursionError):
                place += 1
                continue
            self._read = place = end
            yield from self._from_value(value)

    def _from_value(self, value: Any) -> Iterator[Said]:
        for one in _objects(value):
            text = next((one[key] for key in ("text", "claim", "sentence") if isinstance(one.get(key), str)), None)
            stated = self._stated([inner for key, inner in one.items() if key.casefold() in _NAMING])
            if text is None:
                others = [
                    inner for key, inner in one.items() if isinstance(inner, str) and key.casefold() not in _NAMING
                ]
                text = max(others, key=len, default="")
                if not stated and not self.tokens.group.search(text):
                    continue
            number = one.get("number") if isinstance(one.get("number"), int) else None
            for said in self._sentences(_plain(text)):
                evidence = tuple(dict.fromkeys((*said.evidence, *stated)))
                yield from self._new(Said(said.text, evidence, number))

    def _stated(self, named: Any) -> tuple[int, ...]:
        """The statements that JSON names, by token or by number alone."""
        if isinstance(named, list):
            return tuple(dict.fromkeys(number for one in named for number in self._stated(one)))
        if isinstance(named, int) or (isinstance(named, str) and named.strip().isdecimal()):
            return (int(named),)
        return self.tokens.numbers(json.dumps(named))

    def _strings(self) -> Iterator[Said]:
        """JSON that is nothing but a list of sentences."""
        opening = re.search(r"\[\s*\"", self._text[self._read :]) if not self._seen else None
        if opening is None:
            return
        try:
            value, _ = json.JSONDecoder(strict=False).raw_decode(self._text, self._read + opening.start())
        except (ValueError, RecursionError):
            return
        for text in value:
            if isinstance(text, str) and self.tokens.group.search(text):
                for said in self._sentences(_plain(text)):
                    yield from self._new(said)

    def _lines(self, *, last: bool, cut: bool = False) -> Iterator[Said]:
        while (end := self._end_of_claim()) is not None:
            if _JSON_LINE.match(self._text, self._read):
                self._as_json = True
                return
            line, self._read = self._text[self._read : end], end
            yield from self._line(line)
        if last and _JSON_LINE.match(self._text, self._read):
            self._as_json = True
        elif last:
            line, self._read = self._text[self._read :], len(self._text)
            if cut:
                line = self._without_half(line)
            yield from self._line(line)

    def _end_of_claim(self) -> int | None:
        """The place behind the next claim that is known to be complete: a line's end, or tokens before a new sentence."""
        newline = self._text.find("\n", self._read)
        stop = newline if newline >= 0 else len(self._text)
        if not self.numbered:
            begins = _MARKED.match(self._text, self._read, stop)
            front = self.tokens.group.match(self._text, begins.end() if begins else self._read, stop)
            for group in self.tokens.group.finditer(self._text, self._read, stop):
                behind = re.compile(r"[.!?]?[\u201d\"')]?\s+(?=[\u201c\"]?[A-Z])").match(self._text, group.end(), stop)
                before = self._text[self._read : group.start()].rstrip()
                if behind and before and front and before[-1] in '.!?\u201d"':
                    return group.start()
                if behind and before and (before[-1] in '.!?\u201d"' or self._text[group.end()] in ".!?"):
                    return behind.end()
        return newline + 1 if newline >= 0 else None

    def _without_half(self, line: str) -> str:
        """`line` without what stands behind its last whole sentence with tokens."""
        ends = [match.end() for match in re.finditer(r"[.!?][\u201d\"')]?(?=\s|$)", line)]
        groups = [(match.start(), match.end()) for match in self.tokens.group.finditer(line)]
        ended = [end for start, end in groups if line[:start].rstrip()[-1:] in tuple('.!?\u201d"')]
        ended += [end for end in ends if any(group_end <= end for _, group_end in groups)]
        return line[: max(ended, default=0)]

    def _line(self, line: str) -> Iterator[Said]:
        if not _tidied(self.tokens.group.sub("", line)).strip(" .-"):
            yield from self._no_longer_waiting(self.tokens.numbers(line))
            return
        yield from self._no_longer_waiting(())
        number = None
        if self.numbered:
            numbered = _NUMBERED.match(line)
            if numbered is None:
                return
            number, line = int(numbered[1]), line[numbered.end() :]
        has_tokens = self.tokens.group.search(line) is not None
        if _HEADING.match(line) and not has_tokens:
            return
        line = _plain(_LABEL.sub("", line if number is not None else _MARKED.sub("", line, count=1)))
        for said in self._sentences(line):
            if not said.evidence and self._is_no_claim(said.text):
                continue
            one = Said(said.text, said.evidence, number)
            if has_tokens:
                yield from self._new(one)
            else:
                self._waiting.append(one)

    def _no_longer_waiting(self, evidence: tuple[int, ...]) -> Iterator[Said]:
        """The sentences of a line without tokens, with those of the line behind it if that is nothing else."""
        for one in self._waiting:
            yield from self._new(Said(one.text, evidence, one.number))
        if evidence or self._waiting:
            self._waiting = []

    def _is_no_claim(self, text: str) -> bool:
        if _REFUSAL.match(text):
            self.declined = True
            return True
        words = re.findall(r"\w+", text)
        return len(words) < 3 or text.endswith((":", "?")) or _AROUND.match(text) is not None

    def _sentences(self, line: str) -> Iterator[Said]:
        """Each sentence of a line with its tokens (see the module)."""
        text, marks = self._taken_off(line)
        spans = [(one.start, one.end) for one in sentences(text, 0, len(text))]
        if not spans:
            return
        named: list[list[int]] = [[] for _ in spans]
        for place, numbers in marks:
            inside = [i for i, (start, _) in enumerate(spans) if start < place]
            behind = [i for i, (start, _) in enumerate(spans) if start >= place]
            in_front = marks[0][0] == 0 and behind and (not inside or spans[inside[-1]][1] <= place)
            named[behind[0] if in_front else inside[-1] if inside else 0].extend(numbers)
        for i in range(len(spans) - 2, -1, -1):
            if not named[i] and not _AROUND.match(text[slice(*spans[i])]):
                named[i] = named[i + 1]
        for (start, end), evidence in zip(spans, named, strict=True):
            said = _tidied(_AHEAD.sub("", text[start:end]) if evidence else text[start:end])
            if marks and marks[0][0] == 0 == start and said[:1].islower():
                said = said[:1].upper() + said[1:]  # "According to [[ev1]], the firm ..."
            if said:
                yield Said(said, tuple(dict.fromkeys(evidence)))

    def _taken_off(self, line: str) -> tuple[str, list[tuple[int, tuple[int, ...]]]]:
        """`line` without its tokens, and the place in it where each group of them stood."""
        text, marks, at = "", [], 0
        for group in self.tokens.group.finditer(line):
            text += line[at : group.start()]
            marks.append((len(text.rstrip()), self.tokens.numbers(group.group())))
            at = group.end()
        return text + line[at:], marks

    def _new(self, said: Said) -> Iterator[Said]:
        plain = re.sub(r"\W+", " ", said.text).casefold().strip()
        if plain and plain not in self._seen:
            self._seen.add(plain)
            yield said


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner)


def _plain(line: str) -> str:
    """A line without Markdown's emphasis and table bars; links and HTML stay, for the gate to withhold."""
    line = (
        re.sub(r"\\([\[\](){}*_#.!>~`|-])", r"\1", html.unescape(line).replace("\x1b", "")).strip().strip("|").strip()
    )
    for _ in range(2):
        line = _EMPHASIS.sub(r"\2", line)
    return re.sub(r"\s+", " ", line).strip("| ")


def _tidied(text: str) -> str:
    """What is left of a sentence when its tokens are taken out, without the gaps they leave."""
    text = re.sub(r"\(\s*\)|\[\s*\]|\[\[|\]\]", "", text)
    text = re.sub(r"\s+([,.;:!?])", r"\1", text)
    text = re.sub(r"(?<!\.)\.\.$", ".", re.sub(r"[,;]+([.!?])", r"\1", re.sub(r"^[\s,;:\u2013-]+", "", text)))
    return re.sub(r"\s+", " ", re.sub(r"(?<=[.!?\u201d\"])[\s\u2013\u2014-]+$", "", text)).strip("| ")
