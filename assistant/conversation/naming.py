"""Names as questions use them: those of the library, known in any spelling of case, and others by their shape."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from assistant.question import view
from assistant.wording import STOP_WORDS
from ingest.ledger.names import named

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ingest.ledger.ledger import Ledger
    from ingest.ledger.records import DocumentRecord
    from ingest.understanding.statement import Entity

Kind = Literal["vendor", "public_body", "organisation", "person", "place", "role"]
"""A kind of entity, or a role ("the commissioner") that a person or a body may fill."""

ROLES = (
    "commissioner|minister|secretary|chair|chairman|chairwoman|president|director|ombudsman|regulator|watchdog|spokesman|"
    "spokeswoman|spokesperson|committee|tribunal|court|council|ministry|department|agency|authority|parliament|"
    "government|police|board|commission|company|firm|vendor|supplier|manufacturer|judge|mayor|senator"
)
_ROLE = re.compile(rf"\b[Tt]he (?:[a-z]+ ){{0,2}}?(?:{ROLES})\b(?! (?:of|for) [A-Z])")
_BODY = re.compile(
    r"\b(?:committee|commission|council|court|tribunal|ministry|department|office|agency|authority|parliament|"
    r"government|congress|senate|police|bureau|treasury|commissioner|commons|lords|assembly|board)\b",
    re.I,
)
_COMPANY = re.compile(r"\b(?:inc|ltd|limited|plc|llc|corp|corporation|technology|technologies|systems|cameras|AI)\b\.?")
_PERSON = re.compile(
    r"\b(?:professor|prof|dr|mr|mrs|ms|sir|dame|lord|lady|baroness|judge|justice|councillor|superintendent|inspector|senator)\b\.?",
    re.I,
)
_FILLS_A_ROLE = re.compile(rf"\b(?:{ROLES}|chamber)$", re.I)
_DETERMINER = re.compile(r"\b(?:the|a|an)\s+$", re.I)
_SHORTEST_IN_LOWER_CASE = 4


class Mention(NamedTuple):
    """A name in a text: its span without its article, the library's name for it, and what it is (None: not known)."""

    text: str
    start: int
    end: int
    name: str
    kind: Kind | None
    article: str


class Holdings(Protocol):
    """What a question may be read by: the names of a library, and its documents."""

    def entities(self) -> Sequence[Entity]:
        """Everybody the library names, most named first."""
        ...

    def documents(self) -> Sequence[DocumentRecord]:
        """The live documents."""
        ...


class NoLibrary:
    """Knows nobody; names are known by their shape alone."""

    def entities(self) -> Sequence[Entity]:
        """See `Holdings`."""
        return ()

    def documents(self) -> Sequence[DocumentRecord]:
        """See `Holdings`."""
        return ()


@dataclass
class LedgerHoldings:
    """The names of a ledger's live documents, read again when another generation is live."""

    ledger: Ledger
    _held: tuple[int, Sequence[Entity]] | None = field(default=None, init=False)

    def entities(self) -> Sequence[Entity]:
        """See `Holdings`."""
        generation = self.ledger.generation()
        if self._held is None or self._held[0] != generation:
            self._held = (generation, named(self.ledger.engine))
        return self._held[1]

    def documents(self) -> Sequence[DocumentRecord]:
        """See `Holdings`."""
        return self.ledger.documents()


def mentions(text: str, entities: Iterable[Entity]) -> list[Mention]:
    """Names in `text` in order, the longest where several overlap.

    The library's names, others that are written as names, and roles with an article ("the commissioner").
    """
    found: list[Mention] = []
    plain = _plain(text)
    for one in entities:
        for form in {one.name, *one.aliases}:
            # A library names thousands; nearly all are ruled out without a pattern.
            if _plain(form) in plain:
                found += (_mention(text, match, one.name, certain_kind(one)) for match in _places(text, form))
    for subject in view(text).subjects:
        found += (_mention(text, match, subject, by_shape(subject)) for match in _places(text, subject))
    found += (_role(match) for match in _ROLE.finditer(text))
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda one: (one.kind == "role", one.start - one.end)):
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda one: one.start)


def certain_kind(one: Entity) -> Kind | None:
    """What an entity is, as far as it is certain: two capitals make a person in a library's list, and a company as well.

    Certain is whoever bears a title or is called by the last name alone. None for a person who may be a company, or holds an office that speaks as one.
    """
    if one.kind != "person" or any(_PERSON.search(form) for form in (one.name, *one.aliases)):
        return one.kind
    if _FILLS_A_ROLE.search(one.name):
        return None
    words = one.name.split()
    return "person" if len(words) > 1 and words[-1] in one.aliases else None


def by_shape(name: str) -> Kind | None:
    """What a name that no document holds is, as far as its words tell; capitals alone make a body."""
    if _PERSON.search(name):
        return "person"
    if _BODY.search(name):
        return "public_body"
    if _COMPANY.search(name):
        return "vendor"
    return "public_body" if re.fullmatch(r"[A-Z]{2,6}", name) else None


def with_article(name: str) -> str:
    """`name` as it stands inside a sentence: bodies have an article ("the Information Commissioner’s Office")."""
    if name[:4].casefold() == "the ":
        return f"the {name[4:]}"
    return f"the {name}" if by_shape(name) == "public_body" else name


def known(name: str, entities: Iterable[Entity]) -> Entity | None:
    """The entity that bears `name`, in whatever case; None for nobody or for several."""
    wanted = _plain(name)
    bearers = [one for one in entities if wanted in {_plain(form) for form in (one.name, *one.aliases)}]
    return bearers[0] if len(bearers) == 1 else None


def _plain(name: str) -> str:
    return re.sub(r"\s+", " ", name.replace("’", "'")).strip().casefold().removeprefix("the ")


def _places(text: str, form: str) -> Iterable[re.Match[str]]:
    """Whole words; a short name and one that is an ordinary word only as it is written ("US", "Who")."""
    loose = len(form) >= _SHORTEST_IN_LOWER_CASE and form.casefold() not in STOP_WORDS
    words = r"\s+".join(re.sub("['’]", "['’]", re.escape(word)) for word in form.split())
    return re.finditer(rf"(?<![\w-]){words}(?!\w)", text, re.I if loose else 0)


def _mention(text: str, match: re.Match[str], name: str, kind: Kind | None) -> Mention:
    # A library's name may have its article in it ("The Harbour Commissioner").
    start = match.start() + (4 if match.group()[:4].casefold() == "the " else 0)
    article = _DETERMINER.search(text[:start])
    return Mention(
        text[start : match.end()], start, match.end(), name, kind, article.group().strip() if article else ""
    )


def _role(match: re.Match[str]) -> Mention:
    article, _, rest = match.group().partition(" ")
    return Mention(rest, match.start() + len(article) + 1, match.end(), match.group().lower(), "role", article)
