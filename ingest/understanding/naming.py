"""Who is who in one document: full names for surnames, long forms for short ones, roles for people.

Only what the document itself joins: an apposition, a role before a name, a definition in brackets, a surname that one
person alone bears. Two people of one surname stay apart, and so do two bodies of one head word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.understanding.phrases import bare, is_person, split_role
from ingest.understanding.vocabulary import BODY_WORDS, HE, NOT_NAMES, ROLES, SHE, TITLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NAME = re.compile(
    r"(?:Rt\.? Hon\.? |[A-Z][a-z]{1,3}\. )?[A-Z][\w’'&\-]+(?:(?: [A-Z]\.)* (?:(?:of|for|and|the|on|de|van|von|bin|al) ){0,2}[A-Z][\w’'&\-]+){0,9}"
)
_DEFINED = re.compile(r" \((?:(?:the|hereafter|or) )?[“\"‘']?(?P<short>[A-Z][A-Za-z&\-]{1,11})[”\"’']?[),;]")
_ROLE = "|".join(sorted(ROLES))
_ROLE_BEHIND = re.compile(
    r",? (?:who (?:is|was) |is |was )?(?:the |then |its |now |a |an |one of )*"
    rf"(?P<role>(?:[\w’'&-]+ ){{0,6}}?(?:{_ROLE})\b(?: (?:{_ROLE})\b)*"
    r"(?: (?:of|for|at|to) (?:the )?(?:[A-Z][\w’'&-]+)(?: (?:(?:of|and|for|the) )?[A-Z][\w’'&-]+){0,5})?)"
)


_MOST_FORMS = 12
"""A document that has more names with one head word, or people of one surname, tells none of them by it alone."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name at a place of the text."""

    name: str
    start: int
    end: int


@dataclass(slots=True)
class Names:
    """The names of one document. `spans` are all its runs of capitals, in order; `people` full names by surname."""

    spans: list[Named] = field(default_factory=list)
    people: dict[str, list[str]] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    long_forms: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, list[str]] = field(default_factory=dict)

    terms: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Words that the document defines for a name, small ("company"), with the name and the place that says so."""

    def add_person(self, name: str, role: str | None = None) -> None:
        """Take a person in; a longer form of the same name replaces the shorter."""
        surname = name.split()[-1]
        known = self.people.setdefault(surname, [])
        for i, other in enumerate(known):
            if _same_person(other, name):
                longer = max(other, name, key=len)
                known[i] = longer
                role = role or self.roles.pop(other, None) if longer != other else role
                name = longer
                break
        else:
            if len(known) == _MOST_FORMS:
                return
            known.append(name)
        if role and name not in self.roles:
            self.roles[name] = role

    def person(self, name: str) -> str | None:
        """The fullest form of a person's name; None when the document knows none, or two."""
        known = [one for one in self.people.get(name.split()[-1], ()) if _same_person(one, name)]
        return known[0] if len(known) == 1 else None

    def full(self, speaker: str) -> str:
        """The fullest form the document gives of a speaker's name; the name itself when it gives none."""
        plain = re.sub(r"^(?:[Tt]he) ", "", speaker)
        return self.person(plain) or self.long_forms.get(plain) or self.holder(plain) or speaker

    def holder(self, office: str) -> str | None:
        """The only person whom the document gives an office of these words ("UK’s biometrics commissioner")."""
        words = {word.lower() for word in office.split() if not word.endswith(("’s", "'s"))} - {
            "the",
            "of",
            "for",
            "and",
        }
        if len(words) < 2 or bare(office.split()[-1].lower()) not in ROLES:
            return None
        known = [name for name, role in self.roles.items() if words <= set(re.findall(r"[\w-]+", role.lower()))]
        return known[0] if len(known) == 1 else None

    def known_people(self, start: int, end: int) -> list[str]:
        """People named between two places, by full name, in order, each once."""
        found = [self.person(one.name) for one in self.between(start, end)]
        return list(dict.fromkeys(one for one in found if one))

    def between(self, start: int, end: int) -> Iterator[Named]:
        """Names that begin between two places of the text."""
        from bisect import bisect_left

        at = bisect_left(self.spans, start, key=lambda one: one.start)
        while at < len(self.spans) and self.spans[at].start < end:
            yield self.spans[at]
            at += 1


_IN_QUOTES = re.compile(r"(?: (?:plc|Ltd|Limited|Inc\.?|LLP))? \((?P<inside>[^()]{0,120})\)")
"""“Arc Optics plc (“Arc Optics” or the “Company”)”"""


def names_of(text: str) -> Names:
    """Every name of the text with what the text itself says of it."""
    found = Names()
    bodies: dict[str, dict[str, None]] = defaultdict(dict)
    for match in _NAME.finditer(text):
        name, start = _without_opening(match.group(), match.start())
        if not name:
            continue
        found.spans.append(Named(name, start, match.end()))
        _define(found, text, name, match.end())
        words = [bare(word.lower()) for word in name.split()]
        if len(words) > 1:
            for word in words:
                if word in BODY_WORDS or word in ROLES:
                    bodies[word][name] = None
        _person(found, text, name, start, match.end())
    found.bodies = {word: list(names) for word, names in bodies.items()}
    return found


def _without_opening(name: str, start: int) -> tuple[str, int]:
    """The name without a word that only opens the sentence, nor a genitive at its end."""
    while name:
        first, _, rest = name.partition(" ")
        if first.lower() not in NOT_NAMES:
            break
        start += len(first) + 1
        name = rest
        for join in ("of ", "for ", "and ", "the ", "on "):
            if name.startswith(join):
                name, start = name[len(join) :], start + len(join)
    # Most names have no genitive; looking for its mark is quicker than looking for its pattern.
    return (re.sub(r"[’']s?$", "", name) if "’" in name or "'" in name else name), start


def _define(found: Names, text: str, name: str, end: int) -> None:
    quoted = _IN_QUOTES.match(text, end)
    for term in re.findall(r"the [“\"]([^”\"]{2,40})[”\"]", quoted["inside"]) if quoted is not None else ():
        found.terms.setdefault(term.lower(), (name, end))
    match = _DEFINED.match(text, end)
    if match is None or len(name.split()) < 2:
        return
    short = match["short"]
    long = _spelling(name, short)
    if long is not None and short != name:
        found.long_forms.setdefault(short, long)


def _spelling(name: str, short: str) -> str | None:
    """The end of `name` whose capitals spell `short`; None when none does."""
    parts = name.split()
    for begin in range(len(parts) - 1):
        initials = "".join(letter for part in parts[begin:] for letter in part if letter.isupper())
        if initials == short.upper() or (initials.startswith(short.upper()) and begin == 0):
            return " ".join(parts[begin:])
    return None


def _person(found: Names, text: str, name: str, start: int, end: int) -> None:
    rest, role = split_role(name)
    if role is None and " " in rest:
        before = text[max(0, start - 24) : start].split()[-1:]
        role = before[0] if before and before[0] in ROLES else None
    titled = rest.split()[0].lower().rstrip(".") in TITLES and " " in rest
    if not is_person(rest):
        return
    if role or titled:
        found.add_person(rest, role)
    behind = _ROLE_BEHIND.match(text, end) if text[end : end + 1] in ", " else None
    if behind and (text[end] == "," or " was " in behind.group() or " is " in behind.group()):
        found.add_person(rest, behind["role"].strip())


def _same_person(one: str, other: str) -> bool:
    """Whether two names with one surname may be one person's: the given names of one are among the other's."""
    first, second = _given(one), _given(other)
    if one.split()[-1] != other.split()[-1] or _gender(one) * _gender(other) < 0:
        return False
    if not first or not second:
        return True
    return first[-len(second) :] == second or second[-len(first) :] == first or first[0] == second[0]


def _given(name: str) -> list[str]:
    return [part for part in name.split()[:-1] if part.lower().rstrip(".") not in TITLES and not part.endswith(".")]


def _gender(name: str) -> int:
    """1 for a title that only men bear, -1 for one that only women bear, else 0."""
    titles = {part.lower().rstrip(".") for part in name.split()[:-1]}
    return int(bool(titles & HE)) - int(bool(titles & SHE))


def fits(pronoun: str, name: str) -> bool:
    """Whether a title in the name does not speak against the pronoun."""
    gender = _gender(name)
    return not ((pronoun == "he" and gender < 0) or (pronoun == "she" and gender > 0))


def heads(names: Names, head: str, near: Sequence[str] = ()) -> str | None:
    """The one body that "the committee" takes up: the only one of the document, or the only one named near by."""
    known = names.bodies.get(head, [])
    distinct = known
    if len(known) <= _MOST_FORMS:
        distinct = [one for one in known if not any(one != other and other.endswith(one) for other in known)]
    if len(distinct) == 1:
        return distinct[0]
    close = list(dict.fromkeys(one for one in near if one in known))
    return close[0] if len(close) == 1 else None
