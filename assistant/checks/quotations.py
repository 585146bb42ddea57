"""Every string a claim puts in quotation marks stands in what it cites, exact as an editor would have it.

Straight and curly marks, kinds of dashes and soft hyphens count as one. "…" and "[...]" may leave words out inside one
quotation, "[the company]" may stand for a pronoun, "[T]he" for "the". Nothing else may differ, and no quotation may be
put together from two.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from assistant.checks import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.checks.case import Case

_OPEN, _CLOSE = "“„«", "”»"
_FOLD = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\u00ad": None, "\u00a0": " "}
    | {"—": " - "}
    | dict.fromkeys("–‐‑−", "-")
)
_GAP = re.compile(r"\s*(?:\[\s*(?:\.\s?\.\s?\.|…)\s*\]|\(\s*(?:\.\.\.|…)\s*\)|…|\.\s?\.\s?\.)\s*")
_CHANGED = re.compile(r"\[([^\]]{1,60})\]")
_MOST = 8
"""No quotation has more gaps or brackets than this, nor more places where it may begin."""

_WORDS = re.compile(r"\w+(?:['-]\w+)*")
_TURNS = re.compile(
    r"\b(?:not|no|never|nor|neither|none|nothing|without|unless|if|except|only|may|might|alleged\w*|\w+n't)\b", re.I
)
_STANDS_FOR = re.compile(
    r"\b(?:it|he|she|they|we|i|you|its|his|her|their|our|them|him|us|this|that|these|those|the|a|an|my|your)\b", re.I
)


def check(case: Case) -> Finding | None:
    """See `assistant.checks`."""
    texts = [_fold(text) for text in case.runs]
    for quoted in quotations(case.claim):
        wanted = _fold(quoted).strip(' .,;"')
        if wanted and not any(_holds(text, wanted, texts) for text in texts):
            return _finding(quoted, wanted, texts)
    return None


def quotations(text: str) -> list[str]:
    """What stands between double quotation marks, outermost pair first; an unclosed one runs to the end.

    A sentence cut out of a longer quotation may open with a closing mark or end on an opening one.
    """
    found: list[str] = []
    straight = [match.start() for match in re.finditer('"', text)]
    for first, second in zip(straight[::2], [*straight[1::2], None], strict=False):
        found.append(text[first + 1 : second])
    depth, start = 0, 0
    for place, character in enumerate(text):
        if character in _OPEN:
            if depth == 0:
                start = place + 1
            depth += 1
        elif character in _CLOSE and depth:
            depth -= 1
            if depth == 0:
                found.append(text[start:place])
    if depth:
        found.append(text[start:])
    found += re.findall(r"(?<!\w)‘([^‘’]+(?:’(?=\w)[^‘’]+)*)’(?!\w)", text) if not found else []
    return [part.strip() for part in found if part.strip()]


class _Match(NamedTuple):
    """Where a quotation stands in a text, with what its gaps leave out and its brackets replace."""

    text: str
    gaps: list[str]
    replaced: list[str]


def _holds(text: str, wanted: str, texts: Sequence[str]) -> bool:
    exact = any(not _spans(one, wanted) for one in _matches(text, wanted, exact=True))
    return exact or any(_is_fair(one, wanted, texts) for one in _matches(text, wanted))


def _is_fair(match: _Match, wanted: str, texts: Sequence[str]) -> bool:
    if _spans(match, wanted) or any(_TURNS.search(part) or part.count('"') % 2 for part in match.gaps):
        return False
    if any(_TURNS.search(part) or not _STANDS_FOR.search(part) for part in match.replaced):
        return False
    return all(_known(one, texts) for one in _CHANGED.findall(wanted) if not _GAP.fullmatch(f"[{one}]"))


def _spans(match: _Match, wanted: str) -> bool:
    """Whether what matches runs out of one quotation and into the next."""
    return '"' not in wanted and bool(re.search(r'"[^"]*"', match.text))


def _matches(text: str, wanted: str, *, exact: bool = False) -> Iterator[_Match]:
    """Where the parts of `wanted` between its gaps follow each other; none when it is all gaps and brackets."""
    parts = [wanted] if exact else [part for part in _GAP.split(wanted) if part]
    if not parts or len(parts) > _MOST or (not exact and len(_CHANGED.findall(wanted)) > _MOST):
        return
    patterns = [re.compile(rf"(?<!\w){re.escape(part) if exact else _pattern(part)}(?!\w)") for part in parts]
    for first in islice(patterns[0].finditer(text), _MOST):
        found, gaps = [first], []
        for pattern in patterns[1:]:
            following = pattern.search(text, found[-1].end())
            if following is None:
                return
            gaps.append(text[found[-1].end() : following.start()])
            found.append(following)
        replaced = [part for one in found for part in one.groups() if part]
        yield _Match(text[first.start() : found[-1].end()], gaps, replaced)


def _known(inserted: str, texts: Sequence[str]) -> bool:
    """Whether what an editor put in brackets is a word ending or stands in what is cited."""
    if len(inserted) <= 3:
        return True
    held = {word.casefold() for text in texts for word in re.findall(r"\w+", text)}
    return all(word.casefold() in held for word in re.findall(r"\w{4,}", inserted))


def _pattern(part: str) -> str:
    """A part of a quotation as a pattern in which brackets stand for what an editor may have changed."""
    found, place = [], 0
    for match in _CHANGED.finditer(part):
        found.append(re.escape(part[place : match.start()]))
        literal = re.escape(match.group())
        if len(match[1]) == 1 and part[match.end() : match.end() + 1].isalpha():
            found.append(rf"(?:{literal}|[{re.escape(match[1].lower())}{re.escape(match[1].upper())}])")
        elif part[match.start() - 1 : match.start()].isalpha():
            found.append(r"\w*")
        else:
            found.append(rf"(?:{literal}|(\S+(?: \S+){{0,3}}?))")
        place = match.end()
    return "".join([*found, re.escape(part[place:])])


def _finding(quoted: str, wanted: str, texts: Sequence[str]) -> Finding:
    if any(not _spans(one, wanted) for text in texts for one in _matches(text, wanted)):
        return Finding("quote_altered", f"“{quoted}” leaves out or replaces words on which the sense depends.")
    if _stitched(wanted, texts):
        return Finding("stitched_quote", f"“{quoted}” is put together from separate places of what the claim cites.")
    words, best = _WORDS.findall(wanted), (0.0, "")
    for text in texts:
        held = _WORDS.findall(text)
        for start in range(max(1, len(held) - len(words) + 1)):
            matcher = SequenceMatcher(None, words, held[start : start + len(words)], autojunk=False)
            if matcher.ratio() > best[0]:
                best = (matcher.ratio(), _difference(matcher, words, held[start : start + len(words)]))
    if best[0] < 0.5:
        return Finding("quote_altered", f"“{quoted}” does not stand in what the claim cites.")
    return Finding("quote_altered", f"“{quoted}” was altered: {best[1]}.")


def _difference(matcher: SequenceMatcher[str], words: Sequence[str], held: Sequence[str]) -> str:
    found = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            mine, theirs = " ".join(words[a:b]) or "nothing", " ".join(held[c:d]) or "nothing"
            found.append(f"it has “{mine}” where the source has “{theirs}”")
    return ", ".join(found[:3]) or "its words stand in another order"


def _stitched(wanted: str, texts: Sequence[str]) -> bool:
    """Whether two or more runs of its words, each of two words or more, stand apart in the source."""
    pieces = [part for part in _GAP.split(wanted) if part]
    if len(pieces) > 1:
        return all(any(part in text for text in texts) for part in pieces)
    words = wanted.split()
    return any(
        any(" ".join(words[:cut]) in text for text in texts) and any(" ".join(words[cut:]) in text for text in texts)
        for cut in range(2, len(words) - 1)
    )


def _fold(text: str) -> str:
    plain = text.translate(_FOLD).replace("``", '"').replace("''", '"')
    return re.sub(r"\s*-\s+|\s+-\s*", " - ", " ".join(plain.split()))
