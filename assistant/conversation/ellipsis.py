"""Follow-ups that leave out what the question before says: "and the CNIL?", "why?", "who else?", "in 2021?"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from assistant.conversation.naming import Mention, by_shape, mentions, with_article

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.understanding.statement import Entity

OPENERS = r"(?:(?:and|but|so|ok(?:ay)?|also|then|now|well|yes|no|sorry|thanks|thank you|please|right)[,.!]? +)*"
_ABOUT = r"(?:(?:what|how) about|what of|(?:and )?the same (?:for|of|about)|same (?:for|with)|what does that mean for)"
_PREPOSITION = "about|against|at|by|for|from|in|of|on|to|towards|with"
_NAMED = re.compile(
    rf"^(?P<opener>{OPENERS}(?:{_ABOUT} +)?)(?:(?P<preposition>{_PREPOSITION}) +)?"
    r"(?P<phrase>(?P<article>(?:the|a|an) +)?[\w’'&./-]+(?: +[\w’'&./-]+){0,6}?)\s*[?.!]*$",
    re.I,
)
_BARE = re.compile(
    rf"^{OPENERS}(?P<wh>by whom|to whom|why|when|where|who|whom|how much|how many|how long|how|since when|until when|"
    r"on what (?:grounds|basis|date)|which|what)(?: (?P<else>else)| (?P<negated>not)| (?:exactly|then|so|did (?:that|it) happen|(?:was|is|were) (?:it|that|this|they)))?\s*[?.!]*$",
    re.I,
)
_MORE = re.compile(rf"^{OPENERS}(?:anything|something|what|any thing) (?:else|more)\s*[?.!]*$", re.I)
_ANYONE = re.compile(
    rf"^{OPENERS}(?:any(?:one|body)|some(?:one|body)|who|any others?|which others?)(?: else)?\s*[?.!]*$", re.I
)
AUXILIARY = (
    "did|does|do|has|have|had|is|are|was|were|will|would|can|could|should|must|may|might|didn[’']t|doesn[’']t|hasn[’']t"
)
_WITH_WH = re.compile(
    r"^(?P<wh>(?:(?:in|on|at|by|to|from|for|with|about|of|since|until) )?(?:what|which|who|whom|whose|when|where|why|how)"
    rf"(?: (?!(?:{AUXILIARY})\b)[\w’'-]+){{0,4}}?) (?P<rest>(?:{AUXILIARY})\b .+?)\s*[?.!]*$",
    re.I,
)
_WHO_DID = re.compile(r"^(?P<wh>who|which [\w’'-]+(?: [\w’'-]+)?|what [\w’'-]+) (?P<rest>[\w’'-]+ .+?)\s*[?.!]*$", re.I)
_YES_NO = re.compile(rf"^(?P<rest>(?:{AUXILIARY})\b .+?)\s*[?.!]*$", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_VERBAL = re.compile(
    rf"\b(?:{AUXILIARY}|be|am|who|what|which|when|where|why|how|that|if|it|he|she|they|i|you|we)\b", re.I
)
_KIN = {
    frozenset(pair): 1.5
    for pair in (
        ("vendor", "organisation"),
        ("public_body", "organisation"),
        ("person", "role"),
        ("public_body", "role"),
        ("organisation", "role"),
        ("vendor", "role"),
    )
}
_ALIKE, _BOTH_UNKNOWN, _UNKNOWN, _BOTH_SPEAK, _UNLIKE = 3.0, 1.5, 1.0, 0.3, -3.0


class Filled(NamedTuple):
    """A whole question made of a follow-up and the question before, and how, in words."""

    text: str
    how: str


def fill(text: str, base: str, entities: Sequence[Entity], answered: Sequence[str] = ()) -> Filled | None:
    """The question that `text` stands for after `base`; None when it is no ellipsis that can be filled in.

    `answered` are those whom the answer to `base` is about: "why?" after "Who fined it?" asks why they did.
    """
    return _wh(text, _with_doer(base, answered), base, entities) or _name(text, base, entities)


def _with_doer(base: str, answered: Sequence[str]) -> str:
    """A question after the doer as one after what the doer did; `base` itself when it is none, or nobody is known."""
    match = re.match(
        r"(?:who|which \w+) (?P<verb>\w+ed|said|told|gave|made|wrote|took|sent|found) (?P<rest>.+)", base, re.I
    )
    if match is None or not answered:
        return base
    return f"What did {with_article(answered[0])} {_plain_form(match['verb'].casefold())} {match['rest']}"


_PAST = dict(
    pair.split("/")
    for pair in "said/say told/tell gave/give made/make wrote/write took/take sent/send found/find".split()
)


def _plain_form(verb: str) -> str:
    """A verb in the past as it stands behind "did", by the rules of spelling: "fined" is fine, "banned" ban."""
    if verb in _PAST or not verb.endswith("ed"):
        return _PAST.get(verb, verb)
    stem = verb[:-2]
    if stem.endswith("i"):
        return f"{stem[:-1]}y"
    if re.search(r"([bdgmnprt])\1$", stem):
        return stem[:-1]
    silent = re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", stem) or re.search(
        r"(?:[cguvz]|[^s]s|at|[ui]r|[aeiou]k)$", stem
    )
    return f"{stem}e" if silent else stem


def _wh(text: str, done: str, base: str, entities: Sequence[Entity]) -> Filled | None:
    asked = _WITH_WH.match(base) or _YES_NO.match(base) or _WITH_WH.match(done)
    if _MORE.match(text):
        if asked is None or "wh" not in asked.groupdict():
            return None
        return Filled(f"{asked['wh']} else {asked['rest']}?", "more of what the question before asks")
    if _ANYONE.match(text) and (re.search(r"\b(?:else|others?)\b", text, re.I) or re.search(r"^\W*any", text, re.I)):
        return _others(base, entities)
    match = _BARE.match(text)
    if match is None or asked is None or match["wh"].lower() in ("which", "what"):
        return None
    if match["else"] and asked.groupdict().get("wh"):
        return Filled(f"{asked['wh']} else {asked['rest']}?", "more of what the question before asks")
    wh, rest = match["wh"].lower(), asked["rest"][0].lower() + asked["rest"][1:]
    counted = re.match(r"(?:how many|which|what) (?P<what>.+)", asked.groupdict().get("wh") or "", re.I)
    if counted and re.search(r"\bthere$", rest):
        rest = f"{rest} {counted['what']}"
    if match["negated"]:
        subject = subject_of(rest, entities)
        if subject is None:
            return None
        rest = f"{rest[: subject.end]} not{rest[subject.end :]}"
    return Filled(f"{wh[0].upper()}{wh[1:]} {rest}?", f"“{wh}” asked of the question before")


def _others(base: str, entities: Sequence[Entity]) -> Filled | None:
    how = "others than those the question before names"
    who = _WHO_DID.match(base)
    if re.match(r"(?:who|whom)\b", base, re.I):
        return Filled(re.sub(r"^(\w+)(?: else)?", r"\1 else", base, count=1), how)
    if who and re.match(r"(?:which|what) ", base, re.I) and not _WITH_WH.match(base):
        return Filled(re.sub(r"^(\w+) ", r"\1 other ", base, count=1), how)
    subject = subject_of(base, entities)
    if subject is None:
        return None
    start = subject.start - (len(subject.article) + 1 if subject.article else 0)
    return Filled(f"{base[:start]}anyone else{base[subject.end :]}", how)


def subject_of(base: str, entities: Sequence[Entity]) -> Mention | None:
    """The name that does what a question asks about: the one right behind its auxiliary, or at its beginning."""
    asked = re.match(rf"^(?:.*?\b(?:{AUXILIARY})\b )?(?:the |a |an )?", base, re.I)
    place = asked.end() if asked else 0
    return next((one for one in mentions(base, entities) if one.start == place), None)


def _name(text: str, base: str, entities: Sequence[Entity]) -> Filled | None:
    match = _NAMED.match(text.strip())
    if match is None or _VERBAL.search(match["phrase"]):
        return None
    phrase, opened = (
        re.sub(r"(?:['’]s|(?<=s)['’])$", "", match["phrase"]),
        bool(match["opener"].strip() or match["preposition"]),
    )
    year = _YEAR.fullmatch(phrase)
    if year and _YEAR.search(base):
        old = _YEAR.findall(base)[-1]
        return Filled(
            _YEAR.sub(phrase, base) if base.count(old) == 1 else base.replace(old, phrase),
            f"“{phrase}” in the place of “{old}” in the question before",
        )
    added = Filled(
        f"{base.rstrip(' ?.!')} {match['preposition']} {phrase}?", f"“{phrase}” added to the question before"
    )
    if year and match["preposition"]:
        return added
    if year and opened:
        return Filled(f"{base.rstrip(' ?.!')} in {phrase}?", f"“in {phrase}” added to the question before")
    named_from = len(match["article"] or "")
    found = [one for one in mentions(phrase, entities) if (one.start, one.end) == (named_from, len(phrase))]
    if not found:
        return added if match["preposition"] and opened else None
    article = (match["article"] or "").strip()
    name = found[0]._replace(article=article, kind=found[0].kind or by_shape(phrase))
    whole = phrase[len(match["article"] or "") :]
    place = _counterpart(name, whole, base, entities, match["preposition"])
    if place is None:
        return added if match["preposition"] else None
    start = place.start - (len(place.article) + 1 if place.article else 0)
    filled = f"{base[:start]}{phrase}{base[place.end :]}"
    return Filled(filled[0].upper() + filled[1:], f"“{phrase}” in the place of “{base[start : place.end]}”")


def _counterpart(
    name: Mention, whole: str, base: str, entities: Sequence[Entity], preposition: str | None
) -> Mention | None:
    """The name of `base` that the new one takes the place of: of its kind first, in its grammar next."""
    there = [one for one in mentions(base, entities) if one.text.casefold() != whole.casefold()]
    subject = subject_of(base, entities)
    best: tuple[float, Mention] | None = None
    for one in there:
        score = likeness(name.kind, one.kind)
        unlike = score == _BOTH_SPEAK
        before = base[: one.start - (len(one.article) + 1 if one.article else 0)].split()[-1:]
        score += 0.4 * (bool(one.article) == bool(name.article)) + 0.3 * (one.text.isupper() == whole.isupper())
        score += 2.0 * bool(preposition and before and before[0].lower() == preposition.lower())
        # A speaker of another kind still speaks: "and Mr Edwards?" after "What did the office say about the firm?"
        acts = subject is not None and one.start == subject.start
        score += (1.0 if unlike else 0.2) * acts
        if score > 0 and (best is None or score > best[0]):
            best = (score, one)
    return best[1] if best else None


def likeness(one: str | None, other: str | None) -> float:
    """How well a name of one kind may stand where one of another kind stood."""
    if one is None or other is None:
        if one is other:
            return _BOTH_UNKNOWN
        return _UNKNOWN if "place" not in (one, other) else 0.2
    if one == other:
        return _ALIKE
    return _KIN.get(frozenset((one, other)), _UNLIKE if "place" in (one, other) else _BOTH_SPEAK)
