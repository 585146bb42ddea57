"""Where somebody is named, and whose words are theirs: by the names that the ledger stores, not by likeness.

A name inside a longer one that is another's ("Northgate" in "Northgate Hospital") is not theirs, nor is an office of
another country ("Australia's Information Commissioner" for the Information Commissioner).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.conversation.naming import by_shape
from assistant.wording import STOP_WORDS
from ingest.ledger.entity_index import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ingest.understanding.statement import Attribution, Entity

NOT_REPLIED = re.compile(
    r"\b(?:declin\w+|refus\w+) (?:to )?(?:an? )?(?:comment|answer|respond|reply|request for comment)|"
    r"\b(?:did|does|do|has|have|had|was|were) not (?:yet |immediately |publicly |at once )*(?:respond|repl|comment|answer|return)\w*|"
    r"\b(?:gave|given|made|had|has|sent) no (?:comment|reply|answer|response)\b|\b(?:has|have|had) yet to (?:respond|reply|answer|comment)|"
    r"\bcould not be reached\b|\bleft (?:\w+ ){0,4}unanswered\b",
    re.I,
)
_TAKES_UP = re.compile(r"\W*(?:it|they|the (?:company|firm|vendor|manufacturer|supplier|office|body))\b", re.I)
_SHORT = 4
_SPEAKS_FOR = re.compile(
    r"\b(?:spokes\w+|director|chief|officer|executive|manager|president|chair\w*|founder|head|counsel|lawyers?|solicitors?|"
    r"representatives?|officials?|secretary|minister|commissioner|boss|ceo|general manager)\b",
    re.I,
)
_SAYING = frozenset("says said tells told asks asked adds added writes wrote".split())
_BEFORE = re.compile(r"([\w’'.-]+)\s+$")


@dataclass(frozen=True)
class Names:
    """The folded names of one bearer as they may stand in one document; `others` are longer names that are not theirs.

    `short` are first words of a vendor's names that stand for it where they stand alone ("Northgate"); known for one
    document only, in which nobody else's name begins so.
    """

    forms: frozenset[str]
    others: frozenset[str] = frozenset()
    office: bool = False
    vendor: bool = False
    short: frozenset[str] = frozenset()

    def within(self, entities: Iterable[Entity]) -> Names:
        """These names as a document uses them, which may call somebody by a name that several bear elsewhere."""
        mine, others = set(self.forms), set[str]()
        for one in entities:
            names = {fold(name) for name in (one.name, *one.aliases)} - {""}
            if fold(one.name) in self.forms:
                mine |= names
            else:
                others |= names
        others = {one for one in others if one.partition(" ")[0] not in _SAYING}
        begun = {one.partition(" ")[0] for one in others - self.forms}
        short = {form.partition(" ")[0] for form in self.forms if " " in form} if self.vendor else set[str]()
        short = {one for one in short if len(one) >= _SHORT and one not in STOP_WORDS and one not in begun}
        forms = frozenset(mine - (others - self.forms))
        return Names(forms, frozenset(others - self.forms), self.office, self.vendor, frozenset(short - forms))

    def are(self, name: str | None) -> bool:
        """Whether `name` is theirs as a whole."""
        return bool(name) and (fold(name or "") in self.forms or fold(name or "") in self.short)

    def speak(self, told: Attribution | None) -> bool:
        """Whether the words are theirs: they say them, somebody speaks for them, or they are quoted by whoever does."""
        if told is None:
            return False
        if self.another(told):
            return False
        if any(map(self.are, re.split(r" and |, ", told.name))):
            return True
        if self.are(told.name) or self.are(told.speaker) or any(map(self.are, told.chain[1:])):
            return True
        return any(_SPEAKS_FOR.search(said) and self.named(said) for said in (told.role, told.name) if said) or (
            re.search(r" (?:of|for|at) ", told.name) is not None
            and self.named(told.name)
            and not _first_is_a_body(told.name)
        )

    def another(self, told: Attribution) -> bool:
        """Whether a speaker who is called by one of these names is another, whose fuller name is not theirs."""
        return (
            self.are(told.speaker) and not self.are(told.name) and f" {fold(told.speaker)} " in f" {fold(told.name)} "
        )

    def silent(self, text: str) -> bool:
        """Whether a text says that they declined to answer or had not answered."""
        for match in NOT_REPLIED.finditer(text):
            clauses = re.split(r"[;.]|, (?:and|but|while) ", text[: match.start()])
            # "... whether it accepts this, and had not answered": a clause without a subject has that of the one before.
            clause = clauses[-1] if clauses[-1].strip() or len(clauses) < 2 else clauses[-2]
            if self.named(clause) or _TAKES_UP.match(clause):
                return True
        return False

    def named(self, text: str) -> bool:
        """Whether a text names them."""
        plain = _plain(text)
        if self._others is not None:
            plain = self._others.sub(lambda match: "·" * len(match.group()), plain)
        return any(not self._elsewhere(plain, match) for match in self._pattern.finditer(plain)) or any(
            not _within_a_name(plain, match) for match in (self._alone.finditer(plain) if self.short else ())
        )

    def _elsewhere(self, plain: str, match: re.Match[str]) -> bool:
        """Whether an office is another's: a name stands in front of it that is no part of theirs."""
        if not self.office or by_shape(match.group()) != "public_body" or match.group().isupper():
            return False
        before = _BEFORE.search(plain[: match.start()])
        word = fold(before.group(1)) if before and before.group(1)[:1].isupper() else ""
        if not word or word in STOP_WORDS or word in _SAYING or word.isdigit():
            return False
        joined = f"{word} {fold(match.group())}"
        return not any(joined in form for form in self.forms)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return _any_of(self.forms)

    @cached_property
    def _alone(self) -> re.Pattern[str]:
        return _any_of(self.short)

    @cached_property
    def _others(self) -> re.Pattern[str] | None:
        longer = [one for one in self.others if any(f" {form} " in f" {one} " for form in self.forms)]
        return _any_of(longer) if longer else None


def everybody(entities: Sequence[Entity], kinds: Iterable[str]) -> dict[str, Entity]:
    """Entities of some kinds by the folded names that only one of them bears."""
    wanted = frozenset(kinds)
    found: dict[str, list[Entity]] = {}
    for one in entities:
        if one.kind in wanted and not said_to_be_named(one.name):
            for form in {fold(name) for name in (one.name, *one.aliases)} - {""}:
                found.setdefault(form, []).append(one)
    own = {fold(one.name): one for bearers in found.values() for one in reversed(bearers)}
    return {form: own.get(form, bearers[0]) for form, bearers in found.items() if form in own or len(bearers) == 1}


def said_to_be_named(name: str) -> bool:
    """Whether a name begins with a word of saying that was taken for a part of it ("Says Northgate")."""
    return fold(name).partition(" ")[0] in _SAYING


def without_brackets(name: str) -> str:
    """A publisher's name without what stands in brackets behind it ("(GOV.UK)") or tells by whom it was passed on."""
    return re.sub(r"\s*\([^)]*\)|\s+via\s.*$", "", name).strip()


def _within_a_name(plain: str, match: re.Match[str]) -> bool:
    """Whether a word stands beside another with a capital, and so may be a part of somebody else's name."""
    before = _BEFORE.search(plain[: match.start()])
    ahead = re.match(r"(?:['’]s)?\s+([A-Z])", plain[match.end() :])
    word = before.group(1) if before else ""
    return ahead is not None or (word[:1].isupper() and fold(word) not in STOP_WORDS)


def _first_is_a_body(name: str) -> bool:
    return by_shape(re.split(r" (?:of|for|at) ", name)[0]) == "public_body"


def _plain(text: str) -> str:
    """Without accents; of the same length for nearly every text, which is all that is asked of it."""
    return "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))


def _any_of(forms: Iterable[str]) -> re.Pattern[str]:
    parts = [_written(form) for form in sorted(forms, key=lambda one: (-len(one), one))]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts) or '(?!)'})(?![\w])")


def _written(form: str) -> str:
    """A folded name as it may be written: with a capital, all capitals where it is short; 's and dots between."""
    words = form.split(" ")
    if len(words) == 1 and len(form) < _SHORT:
        return r"\.?".join(map(re.escape, form.upper()))
    between = r"(?:['’]s?)?[\s,.&/-]+(?:the\s+)?"
    first = f"{re.escape(form[0].upper())}(?i:" if form[0].isalpha() else "(?i:"
    return (
        f"{first}{between.join(map(re.escape, words)).removeprefix(re.escape(form[0]) if form[0].isalpha() else '')})"
    )
