"""What a follow-up points at with "it", "he", "the company": a name of the question before, or of its answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from assistant.conversation.ellipsis import AUXILIARY, OPENERS, subject_of
from assistant.conversation.naming import ROLES, Mention, by_shape, certain_kind, known, mentions, with_article
from assistant.conversation.recalling import DAYS
from assistant.families import lemma
from assistant.question import view
from assistant.wording import stem, stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.conversation.naming import Kind
    from ingest.understanding.statement import Entity

_PRONOUN = re.compile(r"\b(?:it|its|he|him|his|she|her|they|them|their|theirs)\b", re.I)
_COMPANY = re.compile(r"\b(?:the|that|this) (?:company|firm|vendor|supplier|manufacturer|business)\b", re.I)
_ROLE = re.compile(rf"\b(?:the|that|this) (?:[a-z]+ )?(?:{ROLES})\b(?! (?:of|for|on) )", re.I)
_TWO = re.compile(r"\bthe (?:former|latter)\b", re.I)
_POINTS_AT_NOTHING = re.compile(
    r"\b(?:is|was|be|been|would) it (?:(?!not\b)\w+ ){1,3}(?:to|that|for)\b|"
    r"\b(?:does|did|will|would|can|could|may) it (?:take|mean|matter)\b|"
    r"\bwhat time is it\b",
    re.I,
)
_OWNS = frozenset(("its", "his", "their", "theirs"))
_KINDS: dict[str, frozenset[Kind | None]] = {
    "it": frozenset(("vendor", "public_body", "organisation", None)),
    "he": frozenset(("person", "role", None)),
    "they": frozenset(("vendor", "public_body", "organisation", "person", "role", None)),
    "company": frozenset(("vendor", "organisation", None)),
}
_GROUP = {"it": "it", "its": "it", "he": "he", "him": "he", "his": "he", "she": "he", "her": "he"}
_REPLIES = frozenset(
    lemma(verb)
    for verb in (
        "reply respond answer deny appeal reject admit accept confirm react comply apologise apologize dispute contest "
        "challenge refuse agree pay defend explain"
    ).split()
)
"""What the one who was spoken to, or of, does next."""

_SAYS = frozenset(
    lemma(verb)
    for verb in (
        "say find decide ask recommend conclude publish fine order warn state tell rule propose call suggest report write "
        "announce criticise criticize accuse allege claim demand request investigate"
    ).split()
)
"""What the one who spoke goes on to do."""

MOST_POINTERS = 12
"""Words of one question that are read as pointing back; nobody means more."""

ANYBODY_DOES = _SAYS | _REPLIES
"""Deeds that do not tell one speaker from another."""


_SMALL = frozenset("about of to for by with from in on at do have be".split())


class Pointed(NamedTuple):
    """A question with its pronouns read, and how: pairs of what stood there and whom it is taken for."""

    text: str
    read: tuple[tuple[str, str], ...]


def point(text: str, base: str, answered: Sequence[str], entities: Sequence[Entity]) -> Pointed | None:
    """`text` with names in the place of what points back; None when nothing points, or at nobody that is known.

    `base` is the question before as it stands alone, `answered` whom its answer is about, most prominent first.
    """
    own = mentions(text, entities)
    read: list[tuple[str, str]] = []
    out, place = [], 0
    for match in _pointers(text, own):
        whom = _antecedent(match, text, base, answered, entities, [name for _, name in read])
        pronoun = match.group()
        if whom is None or (pronoun.lower() == "it" and _was_asked_of(text[: match.start()], base)):
            continue
        owns = pronoun.lower() in _OWNS or (
            pronoun.lower() == "her" and re.match(r" (?!to\b|about\b)\w", text[match.end() :])
        )
        out.append(text[place : match.start()] + (_possessive(whom) if owns else whom))
        place = match.end()
        read.append((pronoun, whom))
    if not read:
        return None
    whole = re.sub(rf"^{OPENERS}", "", "".join(out) + text[place:], flags=re.I)
    whole = whole[:1].upper() + whole[1:]
    return Pointed(_to_whom(whole, base, entities), tuple(dict.fromkeys(read)))


def _was_asked_of(before: str, base: str) -> bool:
    """Whether "it" is what the question before asks for: "What did he write?", "When did he write it?"."""
    verb = re.search(r"(\w+) $", before)
    asked = {lemma(word.casefold()) for word in re.findall(r"\w+", base)}
    return verb is not None and base.lower().startswith("what") and lemma(verb[1].casefold()) in asked - _SMALL


def _pointers(text: str, own: Sequence[Mention]) -> list[re.Match[str]]:
    """What points back: not what an earlier name of the same question explains, and not an empty "it"."""
    found = [*_COMPANY.finditer(text), *_ROLE.finditer(text), *_TWO.finditer(text)]
    if not _POINTS_AT_NOTHING.search(text):
        found += _PRONOUN.finditer(text)
    names = [one for one in own if one.kind != "role"]
    kept = [
        one
        for one in found
        if not any(name.start < one.start() for name in names) or (len(names) == 1 and _is_object(one, names[0], text))
    ]
    kept = sorted(kept, key=lambda one: (one.start(), one.start() - one.end()))[:MOST_POINTERS]
    return [one for at, one in enumerate(kept) if at == 0 or one.start() >= kept[at - 1].end()]


def unexplained(text: str, entities: Sequence[Entity]) -> tuple[re.Match[str] | None, frozenset[Kind | None]]:
    """A personal pronoun that does something in a question that names nobody, and what it may stand for; else None."""
    own = mentions(text, entities)
    found = [
        one for one in _pointers(text, own) if one.re is _PRONOUN and one.group().lower() in ("it", "he", "she", "they")
    ]
    if not found or own or not re.search(r"\b(?:did|does|do|has|have|had|will)\W+$", text[: found[0].start()], re.I):
        return None, frozenset()
    return found[0], _KINDS[_GROUP.get(found[0].group().lower(), "they")] - {None, "role"}


def _is_object(pronoun: re.Match[str], name: Mention, text: str) -> bool:
    """Whether a name does something to what the pronoun stands for, which is then another: "Did the court fine it?"."""
    asks = re.search(rf"\b(?:{AUXILIARY}) (?:the |a |an )?$", text[: name.start], re.I)
    ends = pronoun.group().lower() in ("it", "them", "him") and not text[pronoun.end() :].strip(" ?.!")
    return bool(asks and ends and re.search(r"\w+ $", text[name.end : pronoun.start()]))


def _antecedent(
    match: re.Match[str], text: str, base: str, answered: Sequence[str], entities: Sequence[Entity], used: Sequence[str]
) -> str | None:
    pronoun = match.group().lower()
    if match.re is _TWO:
        named = mentions(base, entities)
        return _written(named[0 if pronoun.endswith("former") else -1]) if len(named) > 1 else None
    if match.re is _ROLE:
        return _bearer(pronoun, base, answered, entities)
    wanted = _KINDS["company"] if match.re is _COMPANY else _KINDS[_GROUP.get(pronoun, "they")]
    there = [one for one in mentions(base, entities) if not re.search(rf"\b{re.escape(one.text)}\b", text)]
    there = [one for one in there if one.text not in DAYS]
    told = [Mention(name, -1, -1, name, _kind(name, entities), "") for name in answered]
    new = [one for one in told if not any(_same(one, other) for other in there)]
    subject = subject_of(base, entities)
    ordered = _by_prominence(there, subject, text, match, base)
    # "Who fined it?" is answered by a name, and what follows is about that name, but whoever was fined is who appeals.
    answers = view(base).kind == "person" and _deed(text, match) not in _REPLIES
    candidates = [*new, *ordered] if answers else [*ordered, *new]
    # A name of no known kind comes last, unless the question before says it: what is asked about is spoken of.
    fitting = sorted(
        (one for one in candidates if one.kind in wanted), key=lambda one: one.kind is None and one.start < 0
    )
    if pronoun in ("he", "him", "his", "she", "her"):
        fitting.sort(key=lambda one: one.kind != "person")
    chosen = next((one for one in fitting if _written(one) not in used), None)
    if chosen is None:
        return None
    # The answer may have the whole name of whom the question calls by a part of it.
    whole = next((one for one in told if one.text.casefold().startswith(f"{chosen.text.casefold()} ")), chosen)
    return _written(whole)


def _by_prominence(
    there: Sequence[Mention], subject: Mention | None, text: str, match: re.Match[str], base: str
) -> list[Mention]:
    """Names of the question before, the likeliest first: whoever spoke goes on speaking, whoever was spoken of replies.

    Whoever replied goes on too: "did it pay?" after "What did the firm answer the court?" asks of the firm.
    """
    others = [one for one in there if subject is None or one.start != subject.start]
    speaker = [subject] if subject is not None else []
    does = _deed(text, match)
    asks = re.search(r"\b(?:did|does|do|has|have|had|will|would|is|was|are|were)\W+$", text[: match.start()], re.I)
    # Its own verb tells whether the speaker replied: who asks a firm "to confirm" has confirmed nothing.
    deed = re.match(r"\W+(?:(?:also|then|not|ever) )?(\w+)", base[subject.end :]) if subject is not None else None
    replied = deed is not None and lemma(deed[1].casefold()) in _REPLIES
    if asks and (does in _SAYS or (replied and does in _REPLIES)):
        return [*speaker, *others]
    if asks and does in _REPLIES:
        return [*others, *speaker]
    return [*reversed(others), *speaker] if not asks else [*others, *speaker]


def _deed(text: str, pronoun: re.Match[str]) -> str:
    """What the one whom a pronoun stands for does, as a lemma; empty for nothing."""
    verb = re.match(r"\W+(?:not |also |then |ever )*(\w+)", text[pronoun.end() :])
    return lemma(verb[1].casefold()) if verb else ""


def _bearer(role: str, base: str, answered: Sequence[str], entities: Sequence[Entity]) -> str | None:
    """The name of the question before or its answer that bears the role: "the committee", "the commissioner"."""
    head, kind_of = role.split()[-1], {stem(word) for word in role.split()[1:-1]}
    for name in (*(one.name for one in mentions(base, entities)), *answered):
        one = known(name, entities)
        forms = (name, *((one.name, *one.aliases) if one else ()))
        kind = one.kind if one else by_shape(name)
        if kind_of and not any(kind_of <= stems(form) for form in forms):
            continue
        if any(re.search(rf"\b{head}\b", form, re.I) for form in forms):
            return with_article(name)
        if head in ("regulator", "watchdog", "authority", "agency") and kind == "public_body":
            return with_article(name)
    return None


def _to_whom(text: str, base: str, entities: Sequence[Entity]) -> str:
    """A reply is a reply to somebody: whoever asked, when the follow-up leaves it out."""
    match = re.fullmatch(r"((?:What|How|When|Did|Has) .*\b(?:repl(?:y|ied)|respond(?:ed)?|answer(?:ed)?))\s*\?*", text)
    subject = subject_of(base, entities)
    if match is None or subject is None or subject.text in text:
        return text
    asker = f"{subject.article} {subject.text}".strip()
    return f"{match[1]} to {asker[0].lower() + asker[1:] if subject.article else asker}?"


def _written(one: Mention) -> str:
    return f"{one.article.lower()} {one.text}" if one.article else with_article(one.text)


def _possessive(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _kind(name: str, entities: Sequence[Entity]) -> Kind | None:
    one = known(name, entities)
    return certain_kind(one) if one is not None else by_shape(name)


def _same(one: Mention, other: Mention) -> bool:
    if one.name.casefold() == other.name.casefold() or one.text.casefold() == other.text.casefold():
        return True
    # "The Commissioner" of an answer is the Harbour Commissioner of the question.
    return other.text.casefold().endswith(f" {one.text.casefold().removeprefix('the ')}")
