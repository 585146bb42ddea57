"""Whom and what the live documents name, by every name that is stored for them, and who is meant by a name that is asked for.

Names are compared without case, accents, articles, titles ("Professor"), company forms ("Ltd") and "Office of the". One name that several
bear stands for none of them until it is given in full; documents in which somebody is named by a surname alone count
for the one person of the library who bears it, or for nobody.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal, NamedTuple

from sqlalchemy import select

from ingest.ledger import schema
from ingest.understanding.vocabulary import TITLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.engine import Connection

    from ingest.documents import Metadata
    from ingest.understanding.statement import Entity

_COMPANY_FORMS = frozenset("inc incorporated ltd limited plc llc llp co corp corporation gmbh ag sa bv nv pty".split())
_AS_NEAR = 0.72
_MOST_NEAR = 3


def fold(name: str) -> str:
    """A name as it is compared; empty for one without a letter or a digit."""
    plain = unicodedata.normalize("NFKD", re.sub(r"[’']s?\b", "", name))
    words = re.findall(r"[^\W_]+", "".join(one for one in plain if not unicodedata.combining(one)).casefold())
    while len(words) > 1 and words[0] in (*TITLES, "the"):
        words = words[1:]
    if words[:2] == ["office", "of"] and len(words) > 3:
        words = words[3:] if words[2] == "the" else words[2:]
    while len(words) > 1 and words[-1] in _COMPANY_FORMS:
        words = words[:-1]
    return " ".join(_initials(words))


def _initials(words: list[str]) -> list[str]:
    """U.K. as uk: single letters in a row are one word."""
    found: list[str] = []
    single = False
    for word in words:
        if len(word) == 1 and single:
            found[-1] += word
        else:
            found.append(word)
        single = len(word) == 1
    return found


class NameAsked(NamedTuple):
    """Who is meant by a name. `names` are that one, those who share it, or known names that are near it."""

    wanted: str
    found: Literal["one", "several", "none"]
    names: tuple[str, ...] = ()


class Bearer(NamedTuple):
    """Somebody whom the documents name: the name, what bears it, and the folded names that are theirs alone."""

    name: str
    kind: str
    forms: tuple[str, ...]


@dataclass(slots=True)
class EntityIndex:
    """Entities by the folded form of their name; `rows` are the versions that name each.

    `stored` are the versions for which entities are stored at all; of others only the text tells.
    """

    names: dict[str, str] = field(default_factory=dict)
    rows: dict[str, set[int]] = field(default_factory=dict)
    bearers: dict[str, set[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    stored: set[int] = field(default_factory=set)

    @classmethod
    def load(cls, connection: Connection, live: Mapping[int, Metadata], known: Iterable[Entity]) -> EntityIndex:
        """The entities of the live versions, with the other names that a lexicon has for them."""
        made = cls()
        columns = schema.understandings.c
        found = [
            (row.version_row, json.loads(row.entities))
            for row in connection.execute(select(columns.version_row, columns.entities))
            if row.version_row in live
        ]
        for row, entities in found:
            made.stored.add(row)
            for name, kind, aliases in entities:
                made._add(row, name, kind, aliases)
        made._join_surnames()
        for row, metadata in live.items():
            for name in filter(None, (metadata.publisher, metadata.author)):
                made._add_bearer(row, name)
        for entity in known:
            if fold(entity.name) in made.names:
                made._name(fold(entity.name), entity.aliases)
        return made

    def ask(self, wanted: str) -> NameAsked:
        """Who is meant by `wanted`."""
        form = fold(wanted)
        keys = self._keys(form)
        if len(keys) == 1:
            return NameAsked(wanted, "one", (self.names[keys[0]],))
        if keys:
            return NameAsked(wanted, "several", tuple(sorted(self.names[key] for key in keys)))
        near = get_close_matches(form, self.bearers, n=12, cutoff=_AS_NEAR) if form else []
        near += sorted(one for one in self.bearers if form and len(form) > 2 and set(form.split()) <= set(one.split()))
        names = [self.names[key] for one in near for key in sorted(self.bearers[one])]
        return NameAsked(wanted, "none", tuple(dict.fromkeys(names))[:_MOST_NEAR])

    def naming(self, wanted: str) -> tuple[set[int], tuple[str, ...]]:
        """The versions that name whoever is meant, and every folded form of that name; nothing for none or several."""
        keys = self._keys(fold(wanted))
        if len(keys) != 1:
            return set(), ()
        forms = sorted(form for form, bearers in self.bearers.items() if bearers == {keys[0]})
        return self.rows.get(keys[0], set()), tuple(forms)

    def bearer(self, wanted: str) -> Bearer | None:
        """Whoever is meant by `wanted`, whose own name is always among the forms; None for none or several."""
        keys = self._keys(fold(wanted))
        if len(keys) != 1:
            return None
        _, forms = self.naming(wanted)
        return Bearer(self.names[keys[0]], self.kinds[keys[0]], tuple(sorted({keys[0], *forms})))

    def _keys(self, form: str) -> list[str]:
        """An entity's own name goes before another's alias."""
        bearers = self.bearers.get(form, set())
        return [form] if form in bearers else sorted(bearers)

    def _add(self, row: int, name: str, kind: str, aliases: Iterable[str]) -> None:
        key = fold(name)
        if not key:
            return
        self.names.setdefault(key, name)
        self.kinds.setdefault(key, kind)
        self.rows.setdefault(key, set()).add(row)
        self._name(key, (name, *aliases))

    def _name(self, key: str, names: Iterable[str]) -> None:
        for form in map(fold, names):
            if form:
                self.bearers.setdefault(form, set()).add(key)

    def _add_bearer(self, row: int, name: str) -> None:
        """A publisher or author: the entity of that name, or a new one."""
        keys = self._keys(fold(name))
        if len(keys) == 1:
            self.rows.setdefault(keys[0], set()).add(row)
        elif not keys:
            self._add(row, name, "organisation", ())

    def _join_surnames(self) -> None:
        """Somebody who is called by a surname alone in one document is the only one who bears it in the others."""
        people = [key for key, kind in self.kinds.items() if kind == "person"]
        full: dict[str, list[str]] = {}
        for key in people:
            if " " in key:
                full.setdefault(key.split()[-1], []).append(key)
                self._name(key, (key.split()[-1],))
        for key in people:
            meant = full.get(key, ())
            if " " in key or not meant:
                continue
            if len(meant) == 1:
                self.rows[meant[0]] |= self.rows.pop(key)
                del self.names[key], self.kinds[key]
            for bearers in self.bearers.values():
                if key in bearers:
                    bearers.discard(key)
                    bearers.update(meant)


def holds(forms: Iterable[str], text: str) -> bool:
    """Whether a text has one of those folded names, as whole words."""
    folded = f" {fold(text)} "
    return any(f" {form} " in folded for form in forms)
